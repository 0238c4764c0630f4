"""List the licences of what kg needs at run time, and refuse what was not looked at.

    scripts/licences.py [--extras mcp,parquet,shacl]

The list follows the installed packages from kg's own requirements on, by what they say of themselves. Exit code 1 if
one says nothing, or has a licence that is not in the table below.
"""

import argparse
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement

_WHOLE = "whoever ships kg together with it ships the whole under the GPL"
_FILES = "free; changes to its own files stay under it"
_LIBRARY = "free; the library itself stays under it"
# What a licence begins with, and what follows for whoever ships kg, which is under the MIT licence.
KNOWN = {
    **dict.fromkeys(("MIT", "BSD", "3-Clause BSD", "0BSD", "Apache", "ISC", "PSF", "Python Software", "Zlib"), "free"),
    **dict.fromkeys(("HPND", "Unlicense", "CC0", "CNRI", "W3C"), "free"),
    **dict.fromkeys(("MPL", "Mozilla Public"), _FILES),
    **dict.fromkeys(("LGPL", "GNU Lesser"), _LIBRARY),
    **dict.fromkeys(("GPL", "GNU General"), _WHOLE),
}


def main() -> int:
    """Print name, version, licence and what follows; 1 if a package's licence is not known."""
    parser = argparse.ArgumentParser(description="List the licences of what kg needs.")
    parser.add_argument("--extras", default="", help="extras of kg to follow too, comma-separated")
    extras = {name for name in parser.parse_args().extras.split(",") if name}
    unknown = 0
    rows = [(package.metadata["Name"], package.version, licence(package)) for package in needed("papers-kg", extras)]
    for name, version, told in sorted(rows, key=lambda row: row[0].casefold()):
        follows = next((what for start, what in KNOWN.items() if told.startswith(start)), "NOT KNOWN: look at it")
        unknown += follows.startswith("NOT")
        print(f"{name:32} {version:12} {told[:40]:40} {follows}")
    print(f"{len(rows)} packages, {unknown} with a licence that nobody looked at")
    return 1 if unknown else 0


def needed(name: str, extras: set[str]) -> list[Distribution]:
    """All packages that a package needs in this environment, without itself."""
    found: dict[str, Distribution] = {}
    pending = [(name, extra) for extra in ("", *extras)]
    while pending:
        current, extra = pending.pop()
        try:
            package = distribution(current)
        except PackageNotFoundError:
            continue  # of another platform
        found[_key(current)] = package
        for text in package.requires or ():
            wanted = Requirement(text)
            if (wanted.marker is None or wanted.marker.evaluate({"extra": extra})) and _key(wanted.name) not in found:
                pending += [(wanted.name, one) for one in ("", *wanted.extras)]
    del found[_key(name)]
    return list(found.values())


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


def licence(package: Distribution) -> str:
    """The licence that a package states: expression, classifier, or the first line of its text."""
    told = package.metadata.get("License-Expression") or ""
    classifiers = package.metadata.get_all("Classifier") or []
    classes = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License ::")]
    plain = next((one for one in classes if one != "OSI Approved"), "").removeprefix("The ")
    first = (package.metadata.get("License") or "").strip().split("\n")[0]
    return (told or plain or first or "says nothing").strip("( ")


if __name__ == "__main__":
    sys.exit(main())
