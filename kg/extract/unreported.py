"""Numbers that look like reported figures and report nothing: of names, devices, data, statistics, and other models."""

import re

_SUBSCRIPT = re.compile(r"(?:_\s?\{?|\^\s?\{)$")
_MEMORY = re.compile(r"\d\s?[GM]B$")
_DEVICE = re.compile(
    r"[\s-]?(?:V?RAM\s+)?(?:(?:NVIDIA|consumer|single|mobile|edge|gaming|commodity)\b|laptops?\b|cards?\b|"
    r"devices?\b|phones?\b|machines?\b|[AH]100\b|RTX\b|GPUs?\b(?!\s+(?:memory|RAM|VRAM|usage|hours?)))"
)
_RANKED = re.compile(r"\b(?:[Ww]orst|[Tt]op|[Bb]ottom)-$|\b(?:[Ww]orst|[Bb]ottom)\s$")
_LEARNED = re.compile(
    r"\s(?:of\s+(?:the\s+)?)?(?:labell?ed|annotated|(?:pre-?)?training)\s(?:data|dataset|samples?|images|examples|labels|"
    r"annotations)\b"
)
_PRETRAINED = re.compile(r"\s(?:of\s+(?:the\s+)?)?pre-?training\s(?:data|tokens|compute)\b")
_LEARNING = re.compile(r"\b(?:using|with|after|from|on|at)\s+(?:only\s+|just\s+|about\s+|merely\s+|the\s+)*$")
_SIGNIFICANCE = re.compile(r"\bp(?:-value)?s?\s?(?:\$|\\)?\s?(?:[<>=≤≥]|\\(?:leq?|geq?|lt|gt))\s?$")
_INTERVAL = re.compile(r"(?:\bCIs?|confidence intervals?)\b[^;)a-z]{0,20}$")
_CONFIDENCE = re.compile(r"\s*(?:confidence\s+(?:intervals?|bounds?)|CIs?)\b")
_TIMES = re.compile(r"(?:[xX×]|\\times\$?|times)$")
_LARGER_MODEL = re.compile(
    r"\s*(?:larger|bigger|(?:the\s+|its\s+)?size)\s+(?:[\w-]+\s+){0,3}?(?:models?|[A-Z]*LLMs?|VLMs?|networks?|ones)\b"
)
_ITS_SIZE = re.compile(
    r"\s*(?:larger|bigger|(?:the|its|their|our)\s+(?:parameter\s+|model\s+)?size|more\s+parameters|in\s+size)\b"
)
_MODELS = re.compile(
    r"\b(?:models?|LLMs?|VLMs?|baselines?|competitors?|ones|networks|counterparts?)\s+(?:that\s+are\s+|which\s+are\s+|with\s+)?"
    r"(?:up\s+to\s+|over\s+|more\s+than\s+|about\s+|nearly\s+|roughly\s+|even\s+)?~?\$?$"
)
_AGAINST = re.compile(
    r"\b(?:outperform\w*|surpass\w*|match\w*|rival\w*|exceed\w*|beat\w*|than|versus|vs\.?|over|against|comparable\s+to|"
    r"compet\w+\s+with|par\s+with|compar\w+\s+(?:to|with))\s+(?:[\w-]+\s+){0,3}?~?\$?$"
)
_VERSION = re.compile(r"\b(?:[Vv]ersions?|[Rr]eleases?)[ ~]+$|(?:://|www\.)\S*$")
_IN_BRACKETS = re.compile(r"\b[Vv]ersion\s\($")
_MONTHS = re.compile(r"(?:19|20)\d\d[./]\d\d?\s?[-–—]+\s?(?:19|20)\d\d")
_SMALL = re.compile(r"[1-9]\.\d")
_WAVE = re.compile(r"kHz$")
_SOUND = re.compile(r"(?i:audio|speech|sound|music|stereo|sampl|wave|voice|band|codec)")
_LASTING = re.compile(r"\d[\s-]?(?:s|sec|seconds?|min|minutes?|hours?)$")
_RECORDING = re.compile(
    r"[\s-]+(?:of\s+)?(?:long\s+)?(?:[\w-]+\s+)?(?:videos?|audio|speech|music|clips?|recordings?|songs?|tracks?|footage)\b"
)


def reports_nothing(value: str, before: str, after: str) -> bool:
    """Whether a number is surely no result, by the characters before and after it in its sentence.

    >>> [reports_nothing("16GB", "It runs on a ", after) for after in (" laptop.", " smaller index.")]
    [True, False]
    """
    return (
        _is_part(value, before)
        or _is_statistic(before, after)
        or (_MEMORY.search(value) is not None and _DEVICE.match(after) is not None)
        or (value.endswith("%") and _is_share(before, after))
        or (_TIMES.search(value) is not None and _is_size_of_others(before, after))
        or (_WAVE.search(value) is not None and _SOUND.search(f"{before} {after}") is not None)
        or (_LASTING.search(value) is not None and _RECORDING.match(after) is not None)
    )


def _is_part(value: str, before: str) -> bool:
    """Of a name, as in "pi_{0.5}" (but not "81.2_{+0.5}", a gain), of a version, of an address, of months."""
    if (value[0] not in "+-−" and _SUBSCRIPT.search(before)) or _MONTHS.match(value):
        return True
    return _VERSION.search(before) is not None or (_SMALL.fullmatch(value) and _IN_BRACKETS.search(before)) is not None


def _is_statistic(before: str, after: str) -> bool:
    """A level of significance or of confidence, or a bound of an interval."""
    return any(one.search(before) for one in (_SIGNIFICANCE, _INTERVAL)) or _CONFIDENCE.match(after) is not None


def _is_share(before: str, after: str) -> bool:
    """ "the worst-25%", "with 40% being questions", "after 1% of the pretraining data"."""
    if _RANKED.search(before) or (before.endswith("with ") and after.startswith(" being ")):
        return True
    learned = _LEARNED.match(after) or _PRETRAINED.match(after)
    return learned is not None and _LEARNING.search(before) is not None


def _is_size_of_others(before: str, after: str) -> bool:
    """ "surpasses 10x larger models", "than models 10x its size", but not "trains 10x larger models"."""
    if _LARGER_MODEL.match(after):
        return _AGAINST.search(before) is not None
    return _ITS_SIZE.match(after) is not None and _MODELS.search(before) is not None
