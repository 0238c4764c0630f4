"""From a name to a string that can be compared.

It sits below the ontology because three stages must agree on it: the lexicon is looked up by it, the mentions of one
paper are grouped by it, and the entities of all papers are blocked by it.
"""

import hashlib
import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

_FOLDED = dict.fromkeys(map(ord, "‐‑‒–—―−⁃﹘﹣－"), "-") | dict.fromkeys(map(ord, "’‘ʼ′`´"), "'")
_GREEK = {ord(letter): f"{unicodedata.name(letter).split()[3].lower()}" for letter in "αβγδεζηθικλμνξπρστυφχψω"}
_GREEK[ord("λ")] = "lambda"
_LATEX_WRAPPER = re.compile(
    r"\\(?:text(?:sc|bf|it|tt|rm|sf|up|sl|normal)?|emph|math(?:rm|bf|bb|it|cal|tt|sf)|url|href)\s*\{([^{}]*)\}"
)
_MARKUP = re.compile(r"[$*_`{}~^\\]+")
_STARRED = re.compile(r"(?<![\w-])([A-Za-z]{1,2})\*")
_STAR = "\N{STAR OPERATOR}"  # stands for the asterisk of a name while markup is removed
_SEPARATORS = re.compile(r"[\s\-/_]+")
_EDGES = " .,;:!?\"'()[]"
_KEEP_S = ("ss", "us", "is", "ics", "sis")
_BRACKETED = re.compile(r" ?\(([A-Za-z][\w-]*)\)")
_WORD_BREAK = re.compile(r"[\s-]+")
_POSSESSIVE = re.compile(r"(?<!'s)(?:'s)++$")
_UNSAFE = re.compile(r"[^a-z0-9_]+")
_SLUG_LENGTH = 60
_STEM = 5
_BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")
_AFTER_WORD = re.compile(r"(?<!(?<!\S)\S)@")  # not after a single letter
_LONE_GREEK = re.compile("(?<![Ͱ-Ͽ])[α-ω](?![Ͱ-Ͽ])")
_POINT_ZERO = re.compile(r"(?<=\d)\.0(?![\d.])")
_ACRONYM_PLURAL = re.compile(r"[A-Z]s$")
_BEFORE_PREPOSITION = frozenset("of in for from with".split())

_IRREGULAR = {
    "analyses": "analysis", "axes": "axis", "biases": "bias", "caches": "cache", "characteristics": "characteristic",
    "comics": "comic", "cookies": "cookie", "corpora": "corpus", "corpuses": "corpus", "criteria": "criterion",
    "critics": "critic", "diagnoses": "diagnosis", "heuristics": "heuristic", "hypotheses": "hypothesis",
    "indices": "index", "lenses": "lens", "matrices": "matrix", "metrics": "metric", "mosaics": "mosaic",
    "movies": "movie", "niches": "niche", "phenomena": "phenomenon", "series": "series", "species": "species",
    "statistics": "statistic", "syntheses": "synthesis", "topics": "topic", "vertices": "vertex", "viruses": "virus",
}  # fmt: skip
_ENDS_IN_S = frozenset("alias atlas bias canvas chaos gas lens news pancreas series species".split())

_ISE = re.compile(r"(?<=[a-z]{3})is(?=(?:ations?|ed|es?|ers?|ing|able)$)")
_NEVER_IZE = re.compile(
    r"(?:adv|bru|compr|comprom|conc|cru|^dem|desp|dev|disgu|enterpr|exc|exerc|expert|franch|improv|inc|marqu|merchand|no"
    r"|parad|po|pra|prec|prem|prom|rev|superv|surpr|telev|treat|w)$"
)
_YSE = re.compile(r"(anal|paral|catal)ys(?=(?:ed|e|ers?|ing)$)")
_OUR = re.compile(r"(behavi|col|neighb|fav|lab|hon|hum|rum|flav|harb|vap|tum|endeav|od|vig|arm)our")
_DOUBLED_L = re.compile(
    r"((?:re|un|mis)?(?:mode|labe|trave|signa|cance|channe|tunne|leve|fue|marve|paralle|tota|tria))ll(?=ing|ed|ers?$)"
)
_BRITISH = {
    "centre": "center", "metre": "meter", "fibre": "fiber", "litre": "liter", "theatre": "theater", "grey": "gray",
    "defence": "defense", "offence": "offense", "licence": "license", "programme": "program", "artefact": "artifact",
    "judgement": "judgment", "ageing": "aging", "dialogue": "dialog", "catalogue": "catalog", "analogue": "analog",
    "paediatric": "pediatric", "anaesthesia": "anesthesia", "oesophageal": "esophageal", "aeroplane": "airplane",
    "modelisation": "modelization", "acknowledgement": "acknowledgment", "mould": "mold", "sceptical": "skeptical",
}  # fmt: skip


def clean_markup(name: str) -> str:
    r"""Remove LaTeX and Markdown wrappers and fold Unicode variants of dashes, quotes, spaces and ligatures.

    The asterisk of a name such as A* is no markup.

    >>> clean_markup(r"\textsc{Flan}–T5"), clean_markup(r"$\tau$-bench"), clean_markup("τ-bench")
    ('Flan-T5', 'tau-bench', 'tau-bench')
    >>> clean_markup("*V* Bench"), clean_markup("V* Bench"), clean_markup("*Embodied AI*"), clean_markup("Qwen2-VL*")
    ('V Bench', 'V* Bench', 'Embodied AI', 'Qwen2-VL')
    """
    if name.isascii() and not _MARKUP.search(name):  # nearly all names
        return " ".join(name.split())
    previous = ""
    while previous != name:
        previous, name = name, _LATEX_WRAPPER.sub(r"\1", name)
    if not name.isascii():
        name = plain_letters(name)
    if name.count("*") == 1:  # of two or more, most are markup
        name = _MARKUP.sub("", _STARRED.sub(rf"\1{_STAR}", name)).replace(_STAR, "*")
    else:
        name = _MARKUP.sub("", name)
    return " ".join(name.split())


@lru_cache(maxsize=1 << 14)
def plain_letters(name: str) -> str:
    """The letters and digits that people type for raised, lowered, joined and (small) Greek ones.

    >>> plain_letters("Li₃PO₄"), plain_letters("β-actin"), plain_letters("ﬁne‐tuned")
    ('Li3PO4', 'beta-actin', 'fine-tuned')
    """
    return unicodedata.normalize("NFKC", name).translate(_FOLDED).translate(_GREEK)


def singular(word: str) -> str:
    """Singular of a lower-case English noun, by suffix; leaves ``-ss``, ``-us``, ``-is`` and most ``-ics`` alone.

    >>> [singular(w) for w in ("models", "policies", "losses", "physics", "metrics", "cross", "matrices", "bias")]
    ['model', 'policy', 'loss', 'physics', 'metric', 'cross', 'matrix', 'bias']
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(_KEEP_S) or word in _ENDS_IN_S:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=1 << 15)
def american(word: str) -> str:
    """American spelling of a lower-case word.

    >>> [american(w) for w in ("optimisation", "behavioural", "labelling", "modeller", "centre", "supervised", "noise")]
    ['optimization', 'behavioral', 'labeling', 'modeler', 'center', 'supervised', 'noise']
    """
    if word in _BRITISH:
        return _BRITISH[word]
    if (found := _ISE.search(word)) and not _NEVER_IZE.search(word[: found.start()]):
        word = f"{word[: found.start()]}iz{word[found.end() :]}"
    return _DOUBLED_L.sub(r"\1l", _OUR.sub(r"\1or", _YSE.sub(r"\1yz", word)))


def _number_folded(word: str) -> str:
    """Lower-case singular of a word. "LMs" is a plural, "LMS", "PACS" and "MemOS" are not: their S stays a capital.

    >>> [_number_folded(w) for w in ("LMs", "LMS", "PACS", "MemOS", "Models", "MODELS")]
    ['lm', 'lms', 'pacS', 'memoS', 'model', 'model']
    """
    if len(word) > 2 and _ACRONYM_PLURAL.search(word):
        return word[:-1].casefold()
    lower = word.casefold()
    if word.endswith("S") and (len(word) <= 5 or not word.isupper()):
        return lower if singular(lower) == lower else lower[:-1] + "S"
    return singular(american(lower))


@lru_cache(maxsize=1 << 17)
def normalize(name: str) -> str:
    """Comparable form of a name: markup gone, case folded, hyphens and spaces equal, American, last word singular.

    Digits, versions and sizes stay, so CIFAR-10 and CIFAR-100, GPT-4 and GPT-4o remain apart. A normal form is its own
    normal form. The word before a preposition is singular too ("degrees of freedom"), an acronym in brackets is
    left out ("large language models (LLMs)").

    >>> normalize("Large  Language-Models") == normalize("large language model")
    True
    """
    form, again = "", _normalized(name)
    while again != form:
        form, again = again, _normalized(again)
    return form


def _normalized(name: str) -> str:
    plain = clean_markup(name).replace("&", " and ").replace("*", "-star ")
    if "(" in plain:
        plain = _BRACKETED.sub(_without_acronym, plain)
    words = [word.strip(_EDGES) for word in _SEPARATORS.split(plain)]
    words = [word for word in words if word]
    while len(words) > 1 and words[0] in ("the", "The"):
        del words[0]
    forms = []
    for word, following in zip(words, [*words[1:], "of"], strict=False):
        fold = _number_folded if following in _BEFORE_PREPOSITION else _case_folded
        forms.append(fold(_POSSESSIVE.sub("", word)).replace("'", ""))
    return " ".join(form for form in forms if form)


def _without_acronym(match: re.Match[str]) -> str:
    """Nothing for the brackets in "large language models (LLMs)"; other brackets as they are."""
    before = _WORD_BREAK.split(match.string[: match.start()].casefold())
    stands = any(word.startswith(match[1][0].casefold()) for word in before if word)
    return "" if stands and sum(map(str.isupper, match[1])) > 1 else match[0]


def _case_folded(word: str) -> str:
    return american(word.casefold())


@lru_cache(maxsize=1 << 17)
def compact(name: str) -> str:
    """Normal form without spaces, so that "fine tuning", "fine-tuning" and "finetuning" meet, BLEU@4 and BLEU-4 too.

    Digits stay apart, and R@1 is not R1.

    >>> compact("CIFAR 10") == compact("CIFAR-10"), compact("Llama 3 8B") == compact("Llama 38B")
    (True, False)
    """
    whole = _AFTER_WORD.sub(" ", _POINT_ZERO.sub("", normalize(name)))
    return _BETWEEN_DIGITS.sub("\0", whole).replace(" ", "").replace("\0", " ")


@lru_cache(maxsize=1 << 14)
def initials(name: str) -> tuple[str, str]:
    """First letters of the words of a long form: of all of them, and without its small words.

    >>> initials("Learning from Human-Made Feedback")
    ('lfhmf', 'lhmf')
    """
    words = normalize(name).split()
    return "".join(word[0] for word in words), "".join(word[0] for word in words if word not in SMALL_WORDS)


SMALL_WORDS = frozenset("a an and as at by for from in of on or the to via with".split())
"""Words that an acronym may skip."""


def is_short_for(short: str, long: str) -> bool:
    """Whether `short` is made of the initials of `long`, as "SAM" of "Segment Anything Model"; plural or not.

    >>> is_short_for("LLMs", "large language model"), is_short_for("GAN", "graph network")
    (True, False)
    """
    letters = _letters(short)
    return len(letters) > 1 and letters in initials(long)


@lru_cache(maxsize=1 << 14)
def _letters(short: str) -> str:
    return "".join(char for char in compact(short) if char.isalnum()).casefold()


def same_wording(one: str, other: str, heads: Collection[str]) -> bool:
    """Whether two names that stand in one paper say the same thing in other words: far too bold across papers.

    Initials ("PIT", "progressive image training"), capitals ("CUBER", "ContinUal … Backward knowlEdge tRansfer"), a
    generic head more (`heads`, in normal form), or the same stems in another order.

    >>> same_wording("simulating disease progression", "disease progression simulation", ())
    True
    >>> same_wording("rehearsal", "rehearsal methods", {"method"}), same_wording("data", "data mining", {"method"})
    (True, False)
    """
    if compact(one) == compact(other) or _abbreviates(one, other) or _abbreviates(other, one):
        return True
    short, long = sorted((_content(one), _content(other)), key=len)
    if short and long[: len(short)] == short and all(word in heads for word in long[len(short) :]):
        return True
    if normalize(one).find(" to ") > 0 < normalize(other).find(" to "):
        return False  # "text to image", "image to text"
    return len(short) > 1 and {word[:_STEM] for word in short} == {word[:_STEM] for word in long}


def _abbreviates(short: str, long: str) -> bool:
    if " " in short:
        return False
    letters = "".join(char for char in short if char.isalnum()).casefold()
    capitals = "".join(char for char in long if char.isupper()).casefold()
    words = _WORD_BREAK.split(long.casefold())
    if letters in words or letters.removesuffix("s") in words or letters + "s" in words:
        return False  # "iterative RAG" is no long form of "RAG"
    return is_short_for(short, long) or (len(letters) > 2 and len(words) > 1 and capitals == letters)


def _content(name: str) -> list[str]:
    return [word for word in normalize(name).split() if word not in SMALL_WORDS and word != "based"]


def slug(text: str) -> str:
    """Letters, digits, hyphens and underscores that still read like `text`; a digest where nothing readable is left.

    A Greek letter that stands alone is spelled out, and the asterisk of a name such as A*.

    >>> slug("ScanNet++"), slug("Überblick: C# & more"), slug("τ²-bench"), slug("V* Bench")
    ('scannet-plus-plus', 'uberblick-c-sharp-more', 'tau2-bench', 'v-star-bench')
    """
    starred = _STARRED.sub(r"\1 star ", text) if text.count("*") == 1 else text
    spelled = starred.replace("+", " plus ").replace("#", " sharp ")
    if not text.isascii():
        spelled = _LONE_GREEK.sub(
            lambda found: _GREEK[ord(found[0])], unicodedata.normalize("NFKC", spelled).casefold()
        )
    plain = unicodedata.normalize("NFKD", spelled.casefold()).encode("ascii", "ignore").decode("ascii")
    short = _UNSAFE.sub("-", plain).strip("-")[:_SLUG_LENGTH].strip("-")
    return short or digest(text)


def digest(*parts: str) -> str:
    """Eight hex digits of the SHA-256 of `parts`; the same on every machine."""
    return sha256(*parts)[:8]


def sha256(*parts: str) -> str:
    """The SHA-256 of `parts`, of which each may be any text but one with a NUL, in hexadecimal."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
