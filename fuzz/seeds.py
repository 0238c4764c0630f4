"""Where the fuzzer begins: a good listing of every format, names and links as papers spell them, and words to try."""

from tests.read.samples import FEED, SAMPLES

_NAMES = (
    "Llama-3.1-8B-Instruct", r"\textsc{Flan}–T5", r"$\tau$-bench", "large language models (LLMs)", "C++ & C#", "x's's",
    "modelling the colours of neighbours\ncolor models", "ScanNet++", "e\u0301 עברית 🤗", "=HYPERLINK(1)", "INFOCOM",
    "A\x1d</script>\x1d]]>\x1d'; DROP\x1d", "Ünïcode ﬁ ＡＢ \u202e",
)  # fmt: skip
_LINKS = (
    "Code: github.com/a/b. Page: \\url{https://a.github.io/b/}).", "https: //github. com/a /b", "(http://[::1]/x)",
    "huggingface.co/datasets/a/b, doi.org/10.1/x; ftp://a.b/c", "git@github.com:a/b.git", "www.x.org/https://y.org/",
)  # fmt: skip
_FIELDS = (
    "10.48550/arXiv.2401.00001v2", "https://doi.org/10.1000/ABC.1", "Mon, 2 Apr 2007 19:18:42 GMT", "2024-01-31T00:00",
    r"{\"U}ber \emph{x} \'{\i} $a_{b}$", "Lovelace, Ada; Hopper, Grace", "['A. B.', 'C. D.']", "King, Jr., Martin",
)  # fmt: skip
_QUERIES = (
    "SELECT ?x WHERE { SERVICE <http://a> { ?x ?y ?z } }", "ASK { ?s ?p 'service' # SERVICE <a> {\n}",
    "PREFIX service: <x:> SELECT * { ?a service:b ?c FILTER(?a<?b && ?c>?d) }", "INSERT DATA { <a> <b> <c> }",
    'SELECT ?x { ?x a kg:Method ; rdfs:label """a"b""" . service silent ex:x{} }', "\\u0053ERVICE<a>{}",
)  # fmt: skip
_ONTOLOGIES = (
    "\x00classes:\n  Robot:\n    is_a: Entity\n    iri: robot\n    colour: '#123456'\n    description: It moves.\n",
    "\x00slots:\n  liftedBy:\n    domain: Robot\n    range: Model\n    cues: ['{s} lifts {o}']\n",
    "\x01@prefix owl: <http://www.w3.org/2002/07/owl#> . <https://x.org/Robot> a owl:Class .\n",
    "\x02<?xml version='1.0'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'></rdf:RDF>",
    "\x03name\ttype\taliases\tbroader\nSpot\tModel\tSpot One|Spot Two\t\n",
    '\x04name,type\n"Spot, the dog",Model\n',
    '\x05{"label": "Model", "pattern": [{"LOWER": "spot"}]}\n',
    '\x06<https://x.org/Robot> <http://www.w3.org/2000/01/rdf-schema#label> "Robot"@en .\n',
)
_OVERRIDES = ("name\ttype\tto\nSpot\tModel\tSpot One\n", "action\tname\tother\njoin\tA\tB\npart\tC\tD\n")
_BY_TARGET = {
    "links": _LINKS, "fields": _FIELDS, "guard": _QUERIES, "ontology": _ONTOLOGIES, "overrides": _OVERRIDES,
}  # fmt: skip
_WORDS = (
    "service", "SERVICE", "SILENT", "SELECT", "https://", "github.com/", "<entry>", "</entry>", "<title>", "<summary>",
    "<!DOCTYPE", "<!ENTITY", "TY  - JOUR", "AB  - ", "ER  - ", "@article{", "title = {", "abstract", '"title"', "\\u",
    "\\textbf{", "]]>", "</script>", "\x1d", "\xe2\x80\xae", "\xed\xa0\x80", "\x1f\x8b", "is_a:", "classes:", "=cmd",
)  # fmt: skip


def of(target: str) -> list[bytes]:
    """Inputs that the target's code reads to the end."""
    if target.startswith("read-"):
        texts = SAMPLES.get(target.removeprefix("read-"), [FEED, *(text for some in SAMPLES.values() for text in some)])
        return [text[:4000].encode("utf-8") for text in texts]
    return [text.encode("utf-8", "surrogatepass") for text in _BY_TARGET.get(target, _NAMES)]


def dictionary() -> str:
    """Words that the fuzzer puts into its inputs, in libFuzzer's form."""
    escaped = ("".join(rf"\x{ord(char):02x}" for char in word) for word in _WORDS)
    return "".join(f'"{word}"\n' for word in escaped)
