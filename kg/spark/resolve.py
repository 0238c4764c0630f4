"""Entities from the table of names: the rules of `kg.resolve`, run on the driver over names instead of papers.

A name stands for all its occurrences, at the place of the first, and weighs as much as they are many. What needs single
papers is asked of Spark: acronyms that only their context explains, and nodes that one paper names as two kinds.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from kg.data import Broader, Entity, Merge
from kg.ontology import Ontology
from kg.resolve import Override
from kg.resolve.aliases import Speech, speech_of
from kg.resolve.entities import Ids, make_entity, merges_of
from kg.resolve.families import find_hierarchy
from kg.resolve.forms import Reader, make_reader
from kg.resolve.homonyms import concerns, shared_names
from kg.resolve.nodes import told_apart, with_meaning, with_rules
from kg.resolve.occurrences import Occurrence
from kg.spark.homonyms import divided, understood
from kg.spark.job import Job
from kg.spark.names import Name, Position, Statement, decoded
from kg.spark.rows import collected, schema, to_frame
from kg.spark.senses import Corpus, PaperNeededError, SensesAtHand, Told, choose, make_context, replay
from kg.spark.session import Shards

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame

PLACES = schema(name_id=pa.string(), variant=pa.string(), entity=pa.string(), type=pa.string())
"""The entity of a name; ``variant`` is empty, or the meaning that its context gave it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A name in one meaning with all its occurrences; ``item`` stands at the first of them."""

    name_id: str
    variant: str
    item: Occurrence
    count: int
    last: Position


@dataclass(frozen=True, slots=True)
class Named:
    """The outcome: entities, hierarchy, merges whose number of papers is still to be counted, and places of names."""

    entities: tuple[Entity, ...]
    broader: tuple[Broader, ...]
    merges: tuple[Merge, ...]
    nodes: tuple[tuple[Counted, Entity], ...]


class Resolver:
    """The steps of one resolution, which share its tables."""

    def __init__(
        self,
        names: "DataFrame",
        papers: "DataFrame",
        annotated: "DataFrame",
        job: "Broadcast[Job]",
        ontology: Ontology,
    ) -> None:
        """`names` as `read_names` gives them; `papers` and `annotated` with number and record of every paper."""
        self._names = names
        self._papers = papers
        self._annotated = annotated
        self._job = job
        self._reader = make_reader(ontology)

    def resolve(self, papers: int, overrides: Sequence[Override], shards: Shards) -> tuple[Named, "DataFrame"]:
        """Entities of all `papers`, and the entity of every place; `shards` keep what lies between."""
        told = _told(self._names)
        plain, asked = self._alone(papers, told)
        variants = None
        if asked:
            context = make_context(self._names, self._annotated, told, asked, papers)
            chosen = choose(self._names, self._annotated, asked, context, self._job)
            variants = shards.keep("variants", chosen)
        items = sorted((*plain, *self._with_context(variants)), key=lambda counted: _place(counted.item))
        found = with_rules([counted.item for counted in items], self._reader, overrides)
        ruled = [replace(counted, item=item) for counted, item in zip(items, found, strict=True)]
        ruled, places = self._divided(ruled, _occurrences(self._names, variants, asked), shards)
        both = self._both(ruled, places)
        named = self._entities(_apart(ruled, both, self._reader))
        rows = ((c.name_id, c.variant, entity.id, entity.type) for c, entity in named.nodes)
        given = to_frame(self._names.sparkSession, rows, PLACES)
        return named, places.join(given, ["name_id", "variant"])

    def _alone(self, papers: int, told: Sequence[Told]) -> tuple[list[Counted], dict[str, Name]]:
        """Names whose meaning needs no paper, and the others by digest."""
        senses = SensesAtHand(Corpus(papers, {}))
        leaders = replay(senses, told)
        plain: list[Counted] = []
        asked: dict[str, Name] = {}
        for name_id, text, count, first, last in collected(_counted(self._names)):
            name = _led(decoded(text), leaders)
            try:
                item = with_meaning(name.occurrence(_position(first), self._reader), senses, self._reader)
            except PaperNeededError:
                asked[name_id] = name
            else:
                plain.append(Counted(name_id, "", item, count, _position(last)))
        return plain, asked

    def _with_context(self, variants: "DataFrame | None") -> Iterator[Counted]:
        if variants is None:
            return
        for name_id, variant, count, first, last in collected(_grouped(variants, "name_id", "variant")):
            item = decoded(variant).occurrence(_position(first), self._reader)
            yield Counted(name_id, variant, item, count, _position(last))

    def _divided(
        self, items: Sequence[Counted], places: "DataFrame", shards: Shards
    ) -> "tuple[list[Counted], DataFrame]":
        """Items and places, those of names that several things share by the things that they mean."""
        ends = [end for counted in items for end in (counted.item, replace(counted.item, paper=counted.last[0]))]
        shared = shared_names(ends, self._reader, undated=True)
        known = {(c.name_id, c.variant): c.item for c in items if concerns(c.item, shared)}
        if not known:
            return list(items), places
        asked = ((name_id, variant, item) for (name_id, variant), item in known.items())
        found = shards.keep("divided", divided(asked, places, self._papers, self._job))
        parts = []
        for name_id, text, count, first, last in collected(_grouped(found, "name_id", "variant")):
            item = understood(text)
            at = _position(first)
            item_at = item.occurrence(known[name_id, item.variant], *at)
            parts.append((item.of, Counted(name_id, text, item_at, count, _position(last))))
        of_several = {key for key, _ in parts}
        rest = (c for c in items if c.item.key not in of_several or (c.name_id, c.variant) not in known)
        whole = places.join(found.select("number", "place"), ["number", "place"], "left_anti")
        columns = ["number", "place", "name_id", "variant"]
        sorted_ = sorted((*rest, *(part for _, part in parts)), key=lambda counted: _place(counted.item))
        return sorted_, whole.select(*columns).unionByName(found)

    def _both(self, items: Sequence[Counted], places: "DataFrame") -> set[str]:
        """Nodes that a paper names as two kinds of thing."""
        from pyspark.sql import functions as F  # noqa: N812, PLC0415 - its usual name; slow to import

        blocks: dict[str, set[str]] = {}
        for counted in items:
            blocks.setdefault(counted.item.key, set()).add(self._block(counted.item))
        rows = (
            (counted.name_id, counted.variant, counted.item.key, self._block(counted.item))
            for counted in items
            if len(blocks[counted.item.key]) > 1
        )
        columns = schema(name_id=pa.string(), variant=pa.string(), key=pa.string(), block=pa.string())
        doubtful = places.join(to_frame(places.sparkSession, rows, columns), ["name_id", "variant"])
        kinds = doubtful.groupBy("number", "key").agg(F.countDistinct("block").alias("kinds"))
        return {key for (key,) in collected(kinds.where("kinds > 1").select("key").distinct())}

    def _block(self, item: Occurrence) -> str:
        return self._reader.anchors.block(item.entity.type)

    def _entities(self, items: Iterable[Counted]) -> Named:
        nodes: dict[str, list[Counted]] = {}
        for counted in items:
            nodes.setdefault(counted.item.key, []).append(counted)
        weighted = {key: _weighted(own) for key, own in nodes.items()}
        speech = speech_of(weighted.items(), self._reader)
        ids = Ids(self._reader)
        entities: dict[str, Entity] = {}
        for key, own in nodes.items():
            entities[key] = make_entity(ids.mint(key, own[0].item), key, weighted[key], speech)
        merges = (merge for key, own in nodes.items() for merge in _merges(entities[key], key, own, speech))
        hierarchy = find_hierarchy(entities, ids.of_terms, self._reader)
        families = [make_entity(ids.of_terms[key], key, (), speech) for key in hierarchy.added]
        return Named(
            entities=tuple(sorted((*entities.values(), *families), key=lambda entity: entity.id)),
            broader=hierarchy.steps,
            merges=tuple(sorted(merges, key=lambda merge: (merge.entity, merge.name, merge.type))),
            nodes=tuple((counted, entities[key]) for key, own in nodes.items() for counted in own),
        )


def _merges(entity: Entity, key: str, own: Sequence[Counted], speech: Speech) -> Iterator[Merge]:
    """The joins of a node. The last occurrence of a name tells its reason, the first one that of an alias."""
    names = {(counted.item.entity.name, counted.item.entity.type) for counted in own}
    aliases = merges_of(entity, key, _weighted(own), speech)
    yield from (merge for merge in aliases if (merge.name, merge.type) not in names)
    by_last = sorted(own, key=lambda counted: counted.last)
    named = merges_of(entity, key, _weighted(by_last), speech)
    yield from (merge for merge in named if (merge.name, merge.type) in names)


def _told(names: "DataFrame") -> list[Told]:
    """What papers state of acronyms, in their order."""
    known: dict[str, Statement] = {}
    rows = collected(names.where("stated IS NOT NULL").select("number", "place", "stated"))
    told = []
    for number, place, text in rows:
        if text not in known:
            known[text] = msgspec.json.decode(text, type=Statement)
        told.append((number, place, known[text]))
    return [(number, statement) for number, _, statement in sorted(told, key=lambda row: row[:2])]


def _counted(names: "DataFrame") -> "DataFrame":
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 - its usual name; slow to import

    grouped = _grouped(names.where("name IS NOT NULL"), "name_id", "name")
    return grouped.select("name_id", "name", F.col("count"), "first", "last")


def _grouped(places: "DataFrame", *columns: str) -> "DataFrame":
    """How often each is there, and the first and the last place."""
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 - its usual name; slow to import

    at = F.struct("number", "place")
    counts = F.count(F.lit(1)).alias("count"), F.min(at).alias("first"), F.max(at).alias("last")
    return places.groupBy(*columns).agg(*counts)


def _occurrences(names: "DataFrame", variants: "DataFrame | None", asked: Mapping[str, Name]) -> "DataFrame":
    """Number, place, digest of the name and variant of every occurrence."""
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 - its usual name; slow to import

    columns = ["number", "place", "name_id"]
    places = names.where("name IS NOT NULL").select(*columns)
    if variants is None:
        return places.withColumn("variant", F.lit(""))
    ids = to_frame(names.sparkSession, ((name_id,) for name_id in asked), schema(name_id=pa.string()))
    rest = places.join(ids, "name_id", "left_anti").select(*columns).withColumn("variant", F.lit(""))
    return rest.unionByName(variants.select(*columns, "variant"))


def _led(name: Name, leaders: Mapping[Statement, str]) -> Name:
    """A name whose paper explains it has the node that all papers share which explain it so."""
    if not name.statement:
        return name
    short, block = name.statement
    return replace(name, key=leaders[Statement(short, block, name.key, name.long)])


def _apart(items: Sequence[Counted], both: set[str], reader: Reader) -> Iterator[Counted]:
    """Items with the node of their own kind."""
    apart = told_apart((counted.item for counted in items), both, reader.anchors)
    for counted, item in zip(items, apart, strict=True):
        yield replace(counted, item=item)


def _weighted(items: Iterable[Counted]) -> list[Occurrence]:
    return [item for counted in items for item in repeat(counted.item, counted.count)]


def _place(item: Occurrence) -> Position:
    return item.paper, item.place


def _position(at: Mapping[str, int]) -> Position:
    return at["number"], at["place"]
