"""From a name to a string that can be compared.

It sits below the ontology because three stages must agree on it: the lexicon is looked up by it, the mentions of one
paper are grouped by it, and the entities of all papers are blocked by it.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−⁃﹘﹣－"), "-")
_LATEX_WRAPPER = re.compile(
    r"\\(?:text(?:sc|bf|it|tt|rm|sf|up|sl|normal)?|emph|math(?:rm|bf|cal|tt|sf)|url|href)\s*\{([^{}]*)\}"
)
_MARKUP = re.compile(r"[$*_`{}~\\]+")
_SEPARATORS = re.compile(r"[\s\-/_]+")
_KEEP_S = ("ss", "us", "is", "ics", "sis")
_BETWEEN = re.compile(r"(?<=\d) (?=\d)")
_UNSAFE = re.compile(r"[^a-z0-9_]+")
_SLUG_LENGTH = 60


def clean_markup(name: str) -> str:
    r"""Remove LaTeX and Markdown wrappers and fold Unicode variants of dashes, spaces and ligatures.

    >>> clean_markup(r"\textsc{Flan}–T5")
    'Flan-T5'
    """
    previous = ""
    while previous != name:
        previous, name = name, _LATEX_WRAPPER.sub(r"\1", name)
    name = unicodedata.normalize("NFKC", name).translate(_DASHES)
    return " ".join(_MARKUP.sub("", name).split())


def singular(word: str) -> str:
    """Singular of a lower-case English noun, by suffix; leaves ``-ss``, ``-us``, ``-is`` and ``-ics`` alone.

    >>> [singular(w) for w in ("models", "policies", "losses", "physics", "cross")]
    ['model', 'policy', 'loss', 'physics', 'cross']
    """
    if len(word) < 4 or not word.endswith("s") or word.endswith(_KEEP_S):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=1 << 16)
def normalize(name: str) -> str:
    """Comparable form of a name: markup gone, case folded, hyphens and spaces equal, last word singular.

    Digits, versions and sizes stay, so CIFAR-10 and CIFAR-100, GPT-4 and GPT-4o remain apart.

    >>> normalize("Large  Language-Models") == normalize("large language model")
    True
    """
    words = [word for word in _SEPARATORS.split(clean_markup(name).casefold()) if word]
    if words:
        words[-1] = singular(words[-1].removesuffix("'s"))
    return " ".join(words).strip(" .,;:!?\"'()[]")


@lru_cache(maxsize=1 << 16)
def compact(name: str) -> str:
    """Normal form without spaces, so that "fine tuning", "fine-tuning" and "finetuning" meet; digits stay apart.

    >>> compact("CIFAR 10") == compact("CIFAR-10"), compact("Llama 3 8B") == compact("Llama 38B")
    (True, False)
    """
    return _BETWEEN.sub("\0", normalize(name)).replace(" ", "").replace("\0", " ")


def slug(text: str) -> str:
    """Letters, digits, hyphens and underscores that still read like `text`; a digest where nothing readable is left.

    >>> slug("ScanNet++"), slug("Überblick: C# & more")
    ('scannet-plus-plus', 'uberblick-c-sharp-more')
    """
    spelled = text.casefold().replace("+", " plus ").replace("#", " sharp ")
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode("ascii")
    short = _UNSAFE.sub("-", plain).strip("-")[:_SLUG_LENGTH].strip("-")
    return short or digest(text)


def digest(*parts: str) -> str:
    """Eight hex digits of the SHA-256 of `parts`; the same on every machine."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:8]
