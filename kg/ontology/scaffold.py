"""A first ontology of one's own: small, commented, and working as it stands."""

import re

from kg.ontology.merge import colour_of

_YAML = """\
# {title}: classes, names, phrases and relations of your own. Check it with: kg ontology check {file}.yaml
# Everything in it is an example that works; change the words, keep the keys.
id: https://example.org/{file}
name: {file}
default_prefix: my
prefixes:
  my: https://example.org/{file}#             # where your classes and relations live in RDF
annotations:
  lexicon: [{file}.tsv]                        # names with aliases and a type, a file or several beside this one

classes:
  {name}:
    is_a: Entity                               # or Method, Task, Dataset, Benchmark, Metric: what it is one of
    description: A {words} that papers speak of.
    # What follows may be left out; kg then chooses.
    annotations:
      colour: "{colour}"                       # in the graph and its legend
      shape: hexagon                           # box, diamond, dot, hexagon, square, star, triangle, triangleDown
      iri: {iri}                               # the names become .../{iri}/some-name
      heads: [{words}]                         # nouns that tell the type of a new name: "the X {words}"

slots:
  # A relation between two names. A cue is a phrase: a|b is either word, word? may be absent, ... is up to four words.
  {slot}:
    description: The method runs on the {words}.
    domain: Method
    range: {name}
    annotations:
      cues: ["X ... runs|run|deployed ... on Y"]
      examples: ["PS-KD runs on Example-{name}-1"]     # each cue must match one of them, or check tells you
  # What a paper does with a name. The domain is Paper, and a cue has X alone.
  {verb}:
    description: The paper deploys its work on the {words}.
    domain: Paper
    range: {name}
    annotations:
      cues: [we ... deploy|deployed ... on X]
      examples: ["We deploy our policy on Example-{name}-1."]
"""
_TSV = """\
name\taliases\ttype\tbroader\tlinks\tnote
Example-{name}-1\tEx{name}One|first example {words}\t{name}\t\thttps://example.org/one\t
Example-{name}-2\t\t{name}\tExample-{name}-1\t\t
"""


def scaffold(name: str) -> dict[str, str]:
    """Files by name for an ontology called `name`. Raises `ValueError` if no class can be called that.

    >>> list(scaffold("robot arm"))
    ['robot-arm.yaml', 'robot-arm.tsv']
    """
    parts = re.findall(r"[A-Za-z0-9]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name))
    if not parts or not parts[0][0].isalpha() or len("".join(parts)) > 40 or name.isascii() is False:
        raise ValueError(f"{name!r}: give a name of English letters and digits, such as robot")
    class_name = "".join(part[:1].upper() + part[1:] for part in parts)
    words = " ".join(parts).lower()
    file = words.replace(" ", "-")
    filled = {
        "title": words.capitalize(), "file": file, "name": class_name, "words": words, "iri": file,
        "colour": colour_of(class_name), "slot": f"runsOn{class_name}", "verb": f"deploysOn{class_name}",
    }  # fmt: skip
    return {f"{file}.yaml": _YAML.format(**filled), f"{file}.tsv": _TSV.format(**filled)}
