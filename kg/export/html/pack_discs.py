"""Discs set side by side: near what they are joined to, close together, none upon another."""

import igraph
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_ROUNDS = 160
_MANY = 1_500  # above this, pairs of discs are too many to compare and a spiral by size serves


def sunflower(count: int) -> Floats:
    """`count` seats that fill a disc of radius √count evenly, from the centre outwards."""
    index = np.arange(count)
    radius, angle = np.sqrt(index + 0.5), index * np.pi * (3 - np.sqrt(5))
    return np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))


def pack_discs(radii: Floats, joined: igraph.Graph) -> Floats:
    """Centres around the origin for discs of these radii; `joined` has a weighted edge where two belong together."""
    if len(radii) > _MANY:
        return _spiral(radii)
    start = _spiral(radii)
    if joined.ecount():
        joined.es["pull"] = np.log1p(joined.es["weight"]).tolist()
        found = joined.layout_fruchterman_reingold(weights="pull", niter=300, seed=start.tolist(), grid="nogrid")
        start = np.asarray(found.coords)
    start = start - start.mean(axis=0)
    reach = np.sqrt((start**2).sum(axis=1).mean()) or 1.0
    return _settle(start * (np.sqrt((radii**2).sum()) / reach), radii * 1.1)


def _spiral(radii: Floats) -> Floats:
    taken = np.cumsum(radii**2) * 1.5
    distance = np.sqrt(taken - 0.75 * radii**2)
    distance[0] = 0.0
    angle = np.arange(len(radii)) * np.pi * (3 - np.sqrt(5))
    return np.column_stack((distance * np.cos(angle), distance * np.sin(angle)))


def _settle(centres: Floats, radii: Floats) -> Floats:
    """Pull everything gently inwards and push overlapping pairs apart until they stand free; large discs move less.

    A column of a matrix has what all others do to one disc; x and y have matrices of their own, six times as fast as
    one of pairs.
    """
    need = radii[:, None] + radii[None, :]
    mass = radii**2
    share = mass[:, None] / (mass[:, None] + mass[None, :])
    x, y = centres.T
    for step in range(_ROUNDS):
        shrink = 1 - 0.03 * (1 - step / _ROUNDS)
        x, y = x * shrink, y * shrink
        right, up = x - x[:, None], y - y[:, None]
        distance = np.sqrt(right**2 + up**2)
        np.fill_diagonal(distance, np.inf)
        push = np.maximum(need - distance, 0.0) * share / np.maximum(distance, 1e-6)
        x, y = x + 0.7 * (right * push).sum(axis=0), y + 0.7 * (up * push).sum(axis=0)
    return np.column_stack((x, y))
