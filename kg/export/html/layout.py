"""Where every node stands: communities packed as discs, each laid out within itself, one disc inside another.

A force layout of a whole large graph is a ball of wool. Here the edges that a reader can follow stay inside a disc and
only the few that join fields cross the picture. igraph finds the communities (Leiden) and lays out what is inside
them (Fruchterman and Reingold); packing the discs is ours, in `kg.export.html.pack_discs`.
"""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass

import igraph
import numpy as np

from kg.export.html.pack_discs import Floats, pack_discs, sunflower

_SEED = 20_240_229
_LEAF = 260  # nodes that one force layout arranges at once; more are split into smaller communities first
_DEPTH = 4
_ALL_PAIRS = 2_000  # nodes up to which every two push each other apart; of more, as around a hub, only those near by
_SMALL = 12  # a component below this size stands outside the packed discs, in the belt around them


_last: dict[bytes, "Placement"] = {}


@dataclass(frozen=True, slots=True)
class Placement:
    """Positions in the unit square, by node, and the community that each node belongs to (0 is the largest)."""

    positions: Floats
    communities: np.ndarray


def place(count: int, edges: np.ndarray, weights: Floats) -> Placement:
    """Lay out `count` nodes joined by `edges` (rows of two indices). The same input gives the same bytes.

    The last layout is remembered: one build asks for it for the page, for GraphML and for GEXF.
    """
    key = hashlib.sha256(count.to_bytes(8, "big") + edges.tobytes() + weights.tobytes()).digest()
    if key not in _last:
        igraph.set_random_number_generator(random.Random(_SEED))  # noqa: S311 - a layout is no secret
        try:
            placed = _place(count, edges, weights)
        finally:
            igraph.set_random_number_generator(random)
        _last.clear()
        _last[key] = placed
    return _last[key]


def _place(count: int, edges: np.ndarray, weights: Floats) -> Placement:
    net = igraph.Graph(n=count, edges=edges.tolist())
    net.es["weight"] = weights.tolist()
    net = net.simplify(combine_edges={"weight": "sum"})
    components = sorted(net.connected_components(), key=lambda members: (-len(members), members[0]))
    large = [part for part in components if len(part) >= min(_SMALL, len(components[0]))] if components else []
    small = components[len(large) :]
    positions = np.zeros((count, 2))
    core = [node for part in large for node in part]
    groups: list[list[int]] = []
    if core:
        positions[core] = _arrange(net.induced_subgraph(core), 0, groups)
    _belt(net, small, positions, float(np.sqrt(len(core))))
    communities = _number(count, [[core[i] for i in group] for group in groups] + small)
    return Placement(unit(positions), communities)


def _arrange(net: igraph.Graph, depth: int, groups: list[list[int]]) -> Floats:
    """Positions of a graph within a disc of radius √n; `groups` receives the communities found at the top."""
    members = _split(net, depth)
    if depth == 0:
        groups.extend(members)
    if len(members) < 2:
        return _force(net)
    centres = pack_discs(np.array([np.sqrt(len(part)) for part in members]), _joined(net, members))
    positions = np.zeros((net.vcount(), 2))
    for part, centre in zip(members, centres, strict=True):
        positions[part] = centre + _arrange(net.induced_subgraph(part), depth + 1, groups)
    reach = float(np.sqrt((positions**2).sum(axis=1)).max()) or 1.0
    return positions * (1.06 * np.sqrt(net.vcount()) / reach) if depth else positions


def _split(net: igraph.Graph, depth: int) -> list[list[int]]:
    if depth and (net.vcount() <= _LEAF or depth >= _DEPTH):
        return [list(range(net.vcount()))]
    found = net.community_leiden(
        objective_function="modularity", weights="weight", n_iterations=4, resolution=1.0 + 0.4 * depth
    )
    return sorted((list(part) for part in found), key=lambda part: (-len(part), part[0]))


def _joined(net: igraph.Graph, members: Sequence[Sequence[int]]) -> igraph.Graph:
    """The graph of communities: one vertex each, edges weighted by what runs between them."""
    membership = [0] * net.vcount()
    for number, part in enumerate(members):
        for node in part:
            membership[node] = number
    joined = net.copy()
    joined.contract_vertices(membership, combine_attrs="ignore")
    return joined.simplify(combine_edges={"weight": "sum"})


def _force(net: igraph.Graph) -> Floats:
    """A force layout, spread so that a disc of radius √n is filled evenly: no dense heart, no far outliers."""
    count = net.vcount()
    if count == 1:
        return np.zeros((1, 2))
    seats = sunflower(count)
    order = np.argsort(-np.array(net.strength(weights="weight")), kind="stable")
    start = np.empty((count, 2))
    start[order] = seats
    grid = "nogrid" if count <= _ALL_PAIRS else "grid"
    found = net.layout_fruchterman_reingold(
        weights="weight", niter=120, seed=start.tolist(), start_temp=count**0.5, grid=grid
    )
    positions = np.asarray(found.coords)
    positions -= np.median(positions, axis=0)
    radius = np.sqrt((positions**2).sum(axis=1))
    rank = np.empty(count)
    rank[np.argsort(radius, kind="stable")] = np.arange(count)
    even = np.sqrt((rank + 0.5) / count)
    own = radius / (radius.max() or 1.0)
    target = 0.92 * np.sqrt(count) * (0.75 * even + 0.25 * own)
    spread: Floats = positions * (target / np.maximum(radius, 1e-9))[:, None]
    return spread


def _belt(net: igraph.Graph, small: Sequence[Sequence[int]], positions: Floats, inner: float) -> None:
    """Set small components around the core, each on a seat of its own, along a sunflower spiral."""
    taken = (inner * 1.18) ** 2 if inner else 0.0
    for number, part in enumerate(small):
        area = 3.2 * len(part)
        angle = number * np.pi * (3 - np.sqrt(5))
        distance = np.sqrt(taken + area / 2)
        taken += area
        offset = distance * np.array([np.cos(angle), np.sin(angle)])
        inside = _force(net.induced_subgraph(part)) if len(part) > 1 else np.zeros((1, 2))
        positions[list(part)] = offset + inside


def _number(count: int, groups: Sequence[Sequence[int]]) -> np.ndarray:
    communities = np.zeros(count, dtype=np.uint32)
    for number, part in enumerate(groups):
        communities[list(part)] = number
    return communities


def unit(positions: Floats) -> Floats:
    """Scale into the unit square, keeping the shape, centred."""
    if not len(positions):
        return positions
    low, high = positions.min(axis=0), positions.max(axis=0)
    span = float((high - low).max()) or 1.0
    scaled: Floats = (positions - (low + high) / 2) / span + 0.5
    return scaled
