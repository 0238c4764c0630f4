"""arXiv ids, DOIs and dates, as listings spell them."""

import re

_ARXIV = re.compile(
    r"(?:arxiv\s*:\s*|(?:https?://)?(?:www\.|export\.|browse\.)?(?:arxiv\.org|alphaxiv\.org)/(?:abs|pdf|html|format|src)/|"
    r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/papers/|(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.48550/arxiv\.)?"
    r"(?P<id>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z]{2,8}(?:-[a-z]{2,4})?(?:\.[A-Za-z]{2})?/\d{7})"
    r"(?:v\d{1,3})?(?:\.pdf)?(?:[?#].*)?/?",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi\s*:\s*)?(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:\.0+)?(?:$|[T\sZ+,;)-])")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_DAY_FIRST = re.compile(r"(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?\.?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})\b", re.I)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})\b", re.I)
_YEAR_LAST = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](\d{4})\b")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LONGEST = 400


def arxiv_id(value: str) -> str:
    """The arXiv id that `value` is, or that its address names, without version; empty if it is none.

    >>> arxiv_id("https://arxiv.org/pdf/2405.13729v2.pdf"), arxiv_id("hep-th/9901001"), arxiv_id("2413.00001")
    ('2405.13729', 'hep-th/9901001', '')
    """
    found = _ARXIV.fullmatch(value.strip()) if len(value) <= _LONGEST else None
    return found["id"].lower() if found and "." in found["id"][:5] else _old_style(found["id"]) if found else ""


def _old_style(found: str) -> str:
    archive, _, number = found.partition("/")
    head, dot, subject = archive.partition(".")
    return f"{head.lower()}{dot}{subject.upper()}/{number}"


def doi(value: str) -> str:
    """The DOI that `value` is, in lower case; empty if it is none.

    >>> doi("https://doi.org/10.1000/ABC.1"), doi("11.1000/x")
    ('10.1000/abc.1', '')
    """
    found = _DOI.match(value.strip()) if len(value) <= _LONGEST else None
    return found[1].rstrip(".,;").lower() if found else ""


def iso_date(value: str) -> str:
    """ISO 8601 to the precision that `value` states; empty if it names no year ("Mar 14") or no day that exists.

    >>> iso_date("Mon, 2 Apr 2007 19:18:42 GMT"), iso_date("May 2024"), iso_date("2024.0"), iso_date("Mar 14")
    ('2007-04-02', '2024-05', '2024', '')
    """
    value = value.strip()[:60]
    if found := _ISO.match(value):
        return _join(found[1], found[2] or "", found[3] or "")
    if found := _COMPACT.match(value):
        return _join(*found.groups())
    if (found := _DAY_FIRST.match(value)) and (month := month_number(found[2])):
        return _join(found[3], month, found[1])
    if (found := _MONTH_FIRST.match(value)) and (month := month_number(found[1])):
        return _join(found[3], month, found[2] or "")
    if found := _YEAR_LAST.match(value):
        return _join(found[1], "", "")
    return ""


def month_number(name: str) -> str:
    """Number of a month given by its English name, its first three letters or its number; empty if it is none.

    >>> month_number("September"), month_number("2"), month_number("soon")
    ('09', '02', '')
    """
    name = name.strip().casefold()
    if name.isascii() and name.isdigit():
        return f"{int(name[:2]):02}" if 1 <= int(name[:2]) <= 12 else ""
    return f"{_MONTHS.index(name[:3]) + 1:02}" if name[:3] in _MONTHS else ""


def _join(year: str, month: str, day: str) -> str:
    if not 1000 <= int(year) <= 2999:
        return ""
    if not month or not 1 <= int(month) <= 12:
        return year
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}"
