"""Pieces of a query's text in which a name means nothing: what searches of the text step over.

Patterns for `re`, without groups; they want ``re.DOTALL``.
"""

OPAQUE = "|".join(
    (
        r'<[^<>"{}|^`\\\s]*+>',
        r'"""(?:[^"\\]|\\.|"(?!""))*+"""',
        r"'''(?:[^'\\]|\\.|'(?!''))*+'''",
        r'"(?:[^"\\\r\n]|\\.)*+"',
        r"'(?:[^'\\\r\n]|\\.)*+'",
        r"\#[^\r\n]*+",
    )
)
"""IRIs, strings and comments."""
