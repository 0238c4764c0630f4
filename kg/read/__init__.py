"""Listings in: papers of any usual format, each with the place where it was read, and a reason for all that is not one.

``read_papers`` goes from paths to papers, ``unify`` makes one paper of several listings of it. ``READERS`` is the table
of formats; a new one is a module here and a row there.
"""

from kg.read.limits import DEFAULT_LIMITS, Limits
from kg.read.readers import READERS, Reader, detect, nothing_read, read_into, read_papers
from kg.read.unify import Unified, unify

__all__ = [
    "DEFAULT_LIMITS",
    "READERS",
    "Limits",
    "Reader",
    "Unified",
    "detect",
    "nothing_read",
    "read_into",
    "read_papers",
    "unify",
]
