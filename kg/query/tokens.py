"""Pieces of a query's text in which a name means nothing: what searches of the text step over.

Patterns for `re`, without groups; they want ``re.DOTALL``.
"""

LONG_STRINGS = (r'"""(?:[^"\\]|\\.|"(?!""))*+"""', r"'''(?:[^'\\]|\\.|'(?!''))*+'''")
SHORT_STRINGS = (r'"(?:[^"\\\r\n]|\\.)*+"', r"'(?:[^'\\\r\n]|\\.)*+'")
OPAQUE = "|".join((r'<[^<>"{}|^`\\\s]*+>', *LONG_STRINGS, *SHORT_STRINGS, r"\#[^\r\n]*+"))
"""IRIs, strings and comments."""
