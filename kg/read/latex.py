"""LaTeX of bibliographies to text: accents, letters, escapes, wrappers and chemical formulas.

Other mathematics stays as it is written.
"""

import re
import unicodedata

_MATH = re.compile(r"((?<!\\)\$(?:[^$\\]|\\.)*+\$)", re.DOTALL)
_COMBINING = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "k": "\u0328",
    "r": "\u030a",
    "d": "\u0323",
    "b": "\u0331",
}
_SYMBOL_ACCENT = re.compile(r"\\(['`^\"~=.])\s{0,4}(?:\{\s{0,4}\\?([A-Za-z])\s{0,4}\}|\\?([A-Za-z]))")
_LETTER_ACCENT = re.compile(r"\\([uvHckrdb])(?:\s{0,4}\{\s{0,4}\\?([A-Za-z])\s{0,4}\}|\s{1,4}([A-Za-z])(?![A-Za-z]))")
_LETTERS = {
    "ss": "ß",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "i": "ı",
    "j": "ȷ",
    "dh": "ð",
    "th": "þ",
    "textendash": "–",
    "textemdash": "—",
    "textquoteright": "’",
    "textquoteleft": "‘",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textasciitilde": "~",
    "textunderscore": "_",
    "ldots": "…",
    "dots": "…",
    "copyright": "©",
    "times": "×",
    "textdegree": "°",
    "textmu": "µ",
    "textpm": "±",
}
_LETTER = re.compile(rf"\\({'|'.join(sorted(_LETTERS, key=len, reverse=True))})(?![A-Za-z])(?:\{{\}}|\s{{0,4}})")
_WRAPPER = re.compile(r"\\(?:emph|text[a-z]{2,6}|mbox|url|href|uppercase|lowercase|it|bf|em|sc|tt)\s{0,4}(?=[{ ])\s?")
_ESCAPE = re.compile(r"\\([&%$#_{} ])")
_KEPT_BRACE = {"{": "\ue000", "}": "\ue001"}  # private code points that stand for \{ and \} until braces are gone
_FORMULA = re.compile(  # $_2$, $_{0.8}$, $^{2+}$ and \ce-like $\mathrm{Li_2O}$; nothing with a variable in it
    r"\$\s{0,4}(?:\\(?:mathrm|text|rm)\s{0,4}(?=\{))?((?:\{|\}|[_^]|[A-Z][a-z]?|[0-9.+\-−()\[\],/·]|\s)+)\$"
)
_SIGNS = dict(
    zip(  # small Greek letters, in the order of the alphabet
        (
            "alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi chi psi omega"
        ).split(),
        "αβγδεζηθκλμνξπρστφχψω",
        strict=True,
    )
) | {"times": "×", "pm": "±", "circ": "°"}
_SIGN = re.compile(rf"\$\s{{0,4}}(?:\^?\{{?)\\({'|'.join(_SIGNS)})\s{{0,4}}\}}?\s{{0,4}}\$")
_SCRIPT = re.compile(r"([_^])\s{0,4}(?:\{\s{0,4}([0-9+\-−.,/]{1,20})\s{0,4}\}|([0-9+\-−]))")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LOWERED = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_BREAK = re.compile(r"\\\\|(?<![/\\])~")


def latex_text(source: str) -> str:
    r"""`source` as a reader sees it.

    >>> latex_text(r"{BERT} for {\"U}bersetzung \& Fran\c{c}ois, $x^{2}$")
    'BERT for Übersetzung & François, $x^{2}$'
    >>> latex_text(r"LiFePO$_4$, LiNi$_{0.8}$O$_2$, $\alpha$-Fe$^{3+}$, $\mathrm{Li_2O}$, 25 {\textdegree}C, $10^{-3}$")
    'LiFePO₄, LiNi₀.₈O₂, α-Fe³⁺, Li₂O, 25 °C, 10⁻³'
    """
    if not any(mark in source for mark in "\\{}~$"):
        return source
    parts = _MATH.split(source)
    return "".join(_formula(part) if place % 2 else _words(part) for place, part in enumerate(parts))


def _formula(math: str) -> str:
    """A formula of elements and numbers with raised and lowered digits, or one sign; what has a variable as it is."""
    if sign := _SIGN.fullmatch(math):
        return _SIGNS[sign[1]]
    found = _FORMULA.fullmatch(math)
    if not found or not _SCRIPT.search(math):
        return math
    plain = _SCRIPT.sub(_script, found[1])
    return math if "_" in plain or "^" in plain else plain.replace("{", "").replace("}", "").strip()


def _script(found: re.Match[str]) -> str:
    return (found[2] or found[3]).translate(_LOWERED if found[1] == "_" else _RAISED)


def _words(text: str) -> str:
    text = _SYMBOL_ACCENT.sub(_accent, text)
    text = _LETTER_ACCENT.sub(_accent, text)
    text = _LETTER.sub(lambda found: _LETTERS[found[1]], text)
    text = _WRAPPER.sub("", text)
    text = _BREAK.sub(" ", text)
    text = _ESCAPE.sub(lambda found: _KEPT_BRACE.get(found[1], found[1]), text)
    text = text.replace("{", "").replace("}", "").replace("\\-", "").replace("\\/", "")
    return text.replace("\ue000", "{").replace("\ue001", "}")


def _accent(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", (found[2] or found[3]) + _COMBINING[found[1]])
