"""The little of XML that the writers need, and the one trap of Gephi that concerns text."""

_TRAP, _GUARDED = "INF", "I\u200cNF"


def text(value: object) -> str:
    """Content of an element. The value must be free of control characters (`kg.export.columns.clean`)."""
    if not isinstance(value, str):  # numbers hold none of these
        return str(value)
    # a chain of replacements costs a tenth of `str.translate` where there is nothing to replace
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(value: object) -> str:
    """Value of an attribute, to be put between double quotes."""
    return text(value).replace('"', "&quot;")


def guard(value: str) -> str:
    """Keep Gephi from reading INF as infinity, with an invisible zero-width non-joiner between I and N.

    Gephi replaces INF in every text column: REINFORCE becomes "REInfinityORCE", INFOCOM "InfinityOCOM".
    """
    return value.replace(_TRAP, _GUARDED)
