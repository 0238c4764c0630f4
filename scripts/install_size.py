"""Say what the packages that kg needs take on disk, and what would go with each that kg itself asks for.

    python scripts/install_size.py [FOLDER]      FOLDER: site-packages of an environment with kg; without it this one's

Counts the files that packages list as theirs, without bytecode, which pip makes and uv does not.
"""

import re
import sys
from collections.abc import Collection
from importlib.metadata import Distribution, distributions

from packaging.requirements import Requirement

KG = "papers-kg"


def main() -> None:
    """Print a line a package that kg asks for, and the largest packages."""
    places = sys.argv[1:] or sys.path
    found = {key(one.metadata["Name"]): one for one in distributions(path=places)}
    if KG not in found:
        raise SystemExit("kg is not installed there")
    sizes = {name: size(package) for name, package in found.items()}
    everything = needed(found)
    print(f"{megabytes(everything, sizes)} MB in {len(everything)} packages; of it only for")
    for name in sorted(asked(found[KG], found), key=lambda one: -megabytes(everything - needed(found, one), sizes)):
        gone = everything - needed(found, name)
        largest = sorted(gone, key=lambda one: -sizes[one])[:4]
        told = ", ".join(f"{one} {megabytes([one], sizes)}" for one in largest)
        print(f"{name:14} {megabytes(gone, sizes):6}   {told}")


def needed(found: dict[str, Distribution], without: str = "") -> set[str]:
    """Names of kg and of all that it needs, if one package were not asked for."""
    seen: set[str] = set()
    pending = [KG]
    while pending:
        name = pending.pop()
        if name not in seen and name != without:
            seen.add(name)
            pending += asked(found[name], found)
    return seen


def asked(package: Distribution, found: Collection[str]) -> list[str]:
    """The packages that one asks for on this machine, extras left out."""
    wanted = map(Requirement, package.requires or ())
    names = [key(one.name) for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})]
    return [name for name in dict.fromkeys(names) if name in found]


def size(package: Distribution) -> int:
    """Bytes of the files that a package lists and that are there, without bytecode."""
    places = (file.locate() for file in package.files or () if file.suffix != ".pyc")
    return sum(place.stat().st_size for place in places if place.is_file())  # type: ignore[attr-defined]


def megabytes(names: Collection[str], sizes: dict[str, int]) -> float:
    """Sum of the sizes, in millions of bytes with one decimal."""
    return round(sum(sizes[name] for name in names) / 1e6, 1)


def key(name: str) -> str:
    """A package's name as all spellings of it are compared.

    >>> key("hf_xet")
    'hf-xet'
    """
    return re.sub(r"[-_.]+", "-", name).casefold()


if __name__ == "__main__":
    main()
