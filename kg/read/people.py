"""Names of authors, however a listing writes them down."""

import re
from typing import Any

_AND = re.compile(" (?:and|&) | ?, ?and ", re.IGNORECASE)  # white space is single spaces by then


def author_names(value: Any) -> tuple[str, ...]:
    """Names from a list of strings, of objects with a name, of arXiv's ``[last, first, suffix]``, or from one string.

    >>> author_names([{"name": "Ada L."}, {"name": "X", "hidden": True}, ["Hopper", "Grace", ""]])
    ('Ada L.', 'Grace Hopper')
    """
    if isinstance(value, str):
        return split_names(value)
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return ()
    return tuple(filter(None, map(_name, value)))


def _name(value: Any) -> str:
    if isinstance(value, str):
        return flip(value)
    if isinstance(value, list) and all(isinstance(part, str) for part in value[:3]):
        last, first, suffix = (*(str(part) for part in value[:3]), "", "", "")[:3]
        return " ".join(filter(None, (first, last, suffix)))
    if not isinstance(value, dict) or value.get("hidden") is True:
        return ""
    for key in ("name", "display_name", "fullname", "full_name", "raw_author_name"):
        if isinstance(value.get(key), str) and value[key]:
            return flip(value[key])
    parts = [value.get(key) for key in ("first", "given", "firstName", "last", "family", "lastName", "suffix")]
    return " ".join(part for part in parts if isinstance(part, str) and part)


def split_names(text: str) -> tuple[str, ...]:
    """Names from one string, separated by semicolons, by "and" or by commas.

    >>> split_names("Lovelace, Ada; Hopper, Grace"), split_names("A. Lovelace, G. Hopper and B. Liskov")
    (('Ada Lovelace', 'Grace Hopper'), ('A. Lovelace', 'G. Hopper', 'B. Liskov'))
    >>> split_names("Lovelace, Ada and Hopper, Grace"), split_names("Lovelace, Ada")
    (('Ada Lovelace', 'Grace Hopper'), ('Ada Lovelace',))
    """
    if text.startswith("[") and text.endswith("]"):  # a list that a spreadsheet wrote down as Python would
        text = re.sub(r"['\"]\s*,\s*['\"]", ";", text[1:-1]).strip("'\" ")
    for separator in (";", "|", "\n"):
        if separator in text:
            return tuple(filter(None, (flip(part) for part in text.split(separator))))
    names: list[str] = []
    for part in _AND.split(" ".join(text.split())):
        pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
        if len(pieces) == 2 and " " not in pieces[0]:
            names.append(flip(part))
        else:
            names.extend(pieces)
    return tuple(names)


def flip(name: str) -> str:
    """First name first.

    >>> flip("van der Berg, Jan"), flip("King, Jr., Martin"), flip("Plato")
    ('Jan van der Berg', 'Martin King Jr.', 'Plato')
    """
    pieces = [" ".join(piece.split()) for piece in name.split(",")]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) == 3:
        return f"{pieces[2]} {pieces[0]} {pieces[1]}"
    return " ".join(reversed(pieces)) if len(pieces) == 2 else " ".join(pieces)
