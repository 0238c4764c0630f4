"""spaCy token patterns: what may stand in one, checked without loading spaCy."""

import re
from typing import Any

from kg.ontology.problems import did_you_mean

_TEXTS = ("ORTH", "TEXT", "NORM", "LOWER", "SHAPE", "PREFIX", "SUFFIX")
_FLAGS = (
    "IS_ALPHA", "IS_ASCII", "IS_BRACKET", "IS_CURRENCY", "IS_DIGIT", "IS_LEFT_PUNCT", "IS_LOWER", "IS_PUNCT",
    "IS_QUOTE", "IS_RIGHT_PUNCT", "IS_SPACE", "IS_STOP", "IS_TITLE", "IS_UPPER", "LIKE_EMAIL", "LIKE_NUM", "LIKE_URL",
    "SPACY",
)  # fmt: skip
_TAGGED = ("POS", "TAG", "LEMMA", "DEP", "MORPH", "ENT_TYPE", "ENT_ID", "ENT_IOB", "ENT_KB_ID", "IS_SENT_START", "_")
_TESTS = ("REGEX", "IN", "NOT_IN", "FUZZY", *(f"FUZZY{n}" for n in range(1, 10)), "==", "!=", ">=", "<=", ">", "<")
_OPERATOR = re.compile(r"[!?+*]|\{\d+\}|\{\d+,\d*\}|\{,\d+\}")
_KNOWN = (*_TEXTS, *_FLAGS, "LENGTH", "OP")


def pattern_fault(pattern: Any) -> str:
    """Why a token pattern cannot be used, or empty.

    >>> pattern_fault([{"LOWER": "unitree"}, {"TEXT": {"REGEX": "^[GH][0-9]$"}, "OP": "?"}])
    ''
    """
    if not isinstance(pattern, list) or not pattern:
        return "'pattern' must be a name or a list of tokens"
    for token in pattern:
        if not isinstance(token, dict):
            return f'a token of the pattern is {token!r:.60}, but must be an object such as {{"LOWER": "spot"}}'
        for key, value in token.items():
            if fault := _token_fault(key, value):
                return fault
    if all(token.get("OP") in ("?", "*", "!") for token in pattern):
        return "every token of the pattern may be absent, so it would match anywhere"
    return ""


def _token_fault(key: str, value: Any) -> str:  # noqa: PLR0911 - a row of rules
    if key in _TAGGED:
        return f"token attribute {key} needs a tagger, which kg does not run; use LOWER, TEXT or SHAPE"
    if key not in _KNOWN:
        return f"unknown token attribute {key!r}{did_you_mean(key, _KNOWN)}"
    if key == "OP":
        fits = isinstance(value, str) and _OPERATOR.fullmatch(value)
        return "" if fits else f"OP is {value!r:.40}, but must be one of ! ? + * {{n}} {{n,m}}"
    if key in _FLAGS:
        return "" if isinstance(value, bool) else f"{key} must be true or false"
    if isinstance(value, dict):
        return _test_fault(key, value)
    if key == "LENGTH":
        return "" if isinstance(value, int) else "LENGTH must be a number"
    return "" if isinstance(value, str) else f"{key} must be a string"


def _test_fault(key: str, tests: dict[str, Any]) -> str:
    for test, value in tests.items():
        if test not in _TESTS:
            return f"{key}: unknown test {test!r}{did_you_mean(test, _TESTS)}"
        if test == "REGEX":
            try:
                re.compile(value)
            except (re.error, TypeError) as error:
                return f"{key}: REGEX {value!r:.60} does not compile ({error})"
    return ""
