r"""The links of a text: found, mended, cleaned and told apart by kind.

Written for what abstracts really hold: ``\url{…}``, ``\href{a}{a}``, ``https://…{Github}``, ``[a](a)``, a URL that a
space or a line end breaks, one without a scheme. Each pattern looks at bounded stretches only, so that hostile text
costs linear time.
"""

import re
from collections.abc import Iterator

from kg.data import Link

_LONGEST = 2000
_HOSTS = (
    r"(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|gitee\.com|huggingface\.co|hf\.co|zenodo\.org|"
    r"doi\.org|dx\.doi\.org|arxiv\.org|kaggle\.com|youtu\.be|youtube\.com|osf\.io|anonymous\.4open\.science|"
    r"modelscope\.cn|sites\.google\.com|aka\.ms|bit\.ly)"
)
_TLD = (
    r"(?:com|org|net|io|ai|edu|gov|co|dev|me|info|app|tech|science|page|site|xyz|cc|tv|ch|de|fr|uk|eu|cn|jp|kr|in|it|"
    r"nl|se|at|ca|us|es|be|fi|dk|no|pl|sg|hk|tw|au|br|il|ru|cloud|online|live|space|world|ml|gg|so|sh|ly|lu)"
)
_START = re.compile(
    r"(?P<scheme>https?)(?:\s?:\s?//\s?|:\s(?=//)//\s?)(?=[^\s])"
    rf"|(?<![A-Za-z0-9.@/_-])(?P<bare>{_HOSTS})(?=\s?/\s?[A-Za-z0-9])"
    r"|(?<![A-Za-z0-9.@/_-])www\.(?=[A-Za-z0-9-]{2,63}\.)"
    r"|(?<![A-Za-z0-9.@/_-])[A-Za-z0-9][A-Za-z0-9-]{0,62}\.(?:github|gitlab)\.io\b"
    rf"|(?<![A-Za-z0-9.@/_-])(?:[A-Za-z0-9][A-Za-z0-9-]{{0,62}}\.){{1,4}}{_TLD}/(?=[A-Za-z0-9~])",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"\.[a-z]{2,7}\s?/[A-Za-z0-9~\s]|/\s?/|www\.|\.io\b|(?:hub|lab|face|bucket|zenodo|berg|google)\s?\.\s",
    re.IGNORECASE,
)
"""What every text with a link holds: cheap to look for, and most abstracts hold none."""
_BROKEN_HOST = re.compile(
    r"(github|gitlab|huggingface|bitbucket|zenodo|codeberg|google)(?:\s\.\s?|\.\s)"
    r"(com|io|co|org)(?=[/\s.,;)}\]]|$)",
    re.IGNORECASE,
)
_BROKEN_OWNER = re.compile(
    r"((?:https?://)?(?:www\.)?(?:github|gitlab)\.com)(?:\s?/\s|\s/)([A-Za-z0-9][A-Za-z0-9-]{0,63})/"
    r"(?=[A-Za-z0-9._-])",
    re.IGNORECASE,
)
_STOP = re.compile(r"[\s<>\"“”‘’`{}|^\\\x00-\x1f\x7f]")
_LINE_BROKEN = re.compile(r"[-_/]\n(?=[A-Za-z0-9])")
_TRAILING = ".,;:!?'*~_)]}$"
_SCHEME = re.compile(r"^[a-z]+://", re.IGNORECASE)
_SECOND_SCHEME = re.compile(r"(?<=.)https?://", re.IGNORECASE)

_CODE_HOSTS = frozenset(
    ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com", "git.io", "gitlab.inria.fr")
)
_CODE_PREFIXES = ("gitlab.", "git.")
_NO_OWNERS = frozenset(
    ("about", "features", "orgs", "topics", "search", "marketplace", "explore", "settings", "sponsors", "collections",
     "apps", "notifications", "login", "pricing", "blog", "trending", "stars", "users")
)  # fmt: skip
_HUB_HOSTS = frozenset(("huggingface.co", "hf.co"))
_HUB_PAGES = frozenset(
    ("papers", "blog", "docs", "tasks", "learn", "organizations", "join", "login", "posts", "pricing")
)
_ARCHIVE_HOSTS = frozenset(("doi.org", "dx.doi.org", "zenodo.org", "doi.pangaea.de"))


def find_links(text: str) -> tuple[Link, ...]:
    """Links of a text in reading order, each URL once.

    >>> [(link.url, link.kind) for link in find_links(r"Code: github.com/a/b. Page: \\url{https://a.github.io/b/}).")]
    [('https://github.com/a/b', 'repository'), ('https://a.github.io/b/', 'page')]
    """
    found: dict[str, Link] = {}
    for url, start, end in _spans(text):
        key = re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/").lower()
        if key not in found:
            found[key] = Link(url, link_kind(url), start, end, canonical_url(url))
    return tuple(found.values())


def link_kind(url: str) -> str:
    """Kind of a cleaned URL: ``repository``, ``model``, ``dataset``, ``demo``, ``archive`` or else ``page``.

    >>> link_kind("https://github.com/owner"), link_kind("https://huggingface.co/spaces/a/b")
    ('page', 'demo')
    """
    host, parts = _host_and_parts(url)
    if host in _HUB_HOSTS:
        return _hub_kind(parts)
    if host in _ARCHIVE_HOSTS or host.endswith(".zenodo.org"):
        return "archive"
    if (host in _CODE_HOSTS or host.startswith(_CODE_PREFIXES)) and len(parts) > 1:
        return "page" if parts[0].lower() in _NO_OWNERS else "repository"
    return "page"


def canonical_repository(url: str) -> str:
    """One URL for all that point into a repository: lower-case host, owner and name, nothing after.

    The owner is lower case too, the name keeps its case. A URL that is no repository comes back unchanged.

    >>> canonical_repository("http://www.GitHub.com/A/B.git/tree/main/x?tab=readme#y")
    'https://github.com/a/B'
    """
    if link_kind(url) != "repository":
        return url
    host, parts = _host_and_parts(url)
    if "-" in parts[2:]:
        parts = parts[: parts.index("-", 2)]
    elif host in _CODE_HOSTS:
        parts = parts[:2]
    return f"https://{host}/" + "/".join([*(part.lower() for part in parts[:-1]), parts[-1].removesuffix(".git")])


def canonical_url(url: str) -> str:
    """The address that all spellings of a link share: for a repository that of its root, else without scheme variants.

    >>> canonical_url("http://www.X.github.io/Page/")
    'https://x.github.io/Page'
    """
    if link_kind(url) == "repository":
        return canonical_repository(url)
    rest = _SCHEME.sub("", url)
    host, slash, path = rest.partition("/")
    return f"https://{host.lower().removeprefix('www.')}{slash}{path}".rstrip("/")


def _host_and_parts(url: str) -> tuple[str, list[str]]:
    rest = _SCHEME.sub("", url)
    host, _, path = rest.partition("/")
    path = re.split(r"[?#]", path, maxsplit=1)[0]
    host = host.rpartition("@")[2].lower().removeprefix("www.").partition(":")[0]
    return host, [part for part in path.split("/") if part]


def _hub_kind(parts: list[str]) -> str:
    if len(parts) > 1 and parts[0] == "datasets":
        return "dataset"
    if len(parts) > 1 and parts[0] == "spaces":
        return "demo"
    return "model" if len(parts) > 1 and parts[0] not in _HUB_PAGES else "page"


def _spans(text: str) -> Iterator[tuple[str, int, int]]:
    if not _HINT.search(text):
        return
    mended, positions = _mend(text)
    done = 0
    for match in _START.finditer(mended):
        if match.start() < done:
            continue
        scheme = match["scheme"]
        body = match.end() if scheme else match.start()
        end = _end(mended, body)
        done = end
        end = _trim(mended, body, end)
        path = re.sub(r"\s+", "", mended[body:end])
        if not _plausible(path):
            continue
        last = positions[end - 1] if positions else end - 1
        yield f"{scheme.lower() if scheme else 'https'}://{path}", _position(positions, match.start()), last + 1


def _position(positions: list[int], index: int) -> int:
    return positions[index] if positions else index


def _mend(text: str) -> tuple[str, list[int]]:
    """The text without the spaces that break a known host, and where each character stood (empty: unchanged)."""
    cuts: list[tuple[int, int]] = []
    for match in _BROKEN_HOST.finditer(text):
        cuts.extend(_spaces(text, match.end(1), match.start(2)))
    if cuts:
        text, positions = _cut(text, cuts, list(range(len(text))))
    else:
        positions = []
    more = [cut for match in _BROKEN_OWNER.finditer(text) for cut in _spaces(text, match.end(1), match.start(2))]
    more += [(match.start() + 1, match.end()) for match in _LINE_BROKEN.finditer(text) if _in_url(text, match.start())]
    if more:
        text, positions = _cut(text, sorted(set(more)), positions or list(range(len(text))))
    return text, positions


def _spaces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [(index, index + 1) for index in range(start, end) if text[index].isspace()]


def _cut(text: str, cuts: list[tuple[int, int]], positions: list[int]) -> tuple[str, list[int]]:
    kept: list[str] = []
    where: list[int] = []
    previous = 0
    for start, end in [*cuts, (len(text), len(text))]:
        kept.append(text[previous:start])
        where.extend(positions[previous:start])
        previous = end
    return "".join(kept), where


def _in_url(text: str, position: int) -> bool:
    window = text[max(0, position - 200) : position].split()
    return bool(window) and ("://" in window[-1] or "www." in window[-1])


def _end(text: str, start: int) -> int:
    limit = min(len(text), start + _LONGEST)
    stop = _STOP.search(text, start, limit)
    end = stop.start() if stop else limit
    second = _SECOND_SCHEME.search(text, start, end)
    if second and text[second.start() - 1] not in "/=?&":
        end = second.start()
    return end


def _trim(text: str, start: int, end: int) -> int:
    """End of the URL without trailing marks; a closing bracket stays if the URL opened it."""
    for opening, closing in ("()", "[]"):
        depth = 0
        for index in range(start, end):
            depth += (text[index] == opening) - (text[index] == closing)
            if depth < 0:
                end = index
                break
    while end > start and text[end - 1] in _TRAILING:
        if text[end - 1] == ")" and text.count("(", start, end) >= text.count(")", start, end):
            break
        if text[end - 1] == "_" and not text.startswith("_", end):
            break
        end -= 1
    while end > start and text[end - 1] in "([":
        end -= 1
    return end


def _plausible(path: str) -> bool:
    host = re.split(r"[/?#]", path, maxsplit=1)[0]
    name = host.rpartition("@")[2]
    if name.startswith("["):
        return len(name) > 3
    name = name.partition(":")[0]
    if name == "localhost":
        return True
    labels = name.rstrip(".").split(".")
    return len(labels) > 1 and all(labels) and any(char.isalnum() for char in labels[-1])
