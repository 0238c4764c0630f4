"""Atom, BibTeX and RIS: fields, broken entries, and what hostile files try."""

from pathlib import Path

import pytest

from kg.read.latex import latex_text
from tests.read.samples import ABSTRACT_1, FEED, TITLE_1, TITLE_2, papers, read, rejections


def test_fields_of_an_arxiv_entry(tmp_path: Path) -> None:
    entry = f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><title>Query</title>
<author><name>Not an author of the paper</name></author>
<entry><id>http://arxiv.org/abs/2401.00001v2</id><updated>2024-02-02T00:00:00Z</updated>
<published>2024-01-01T00:00:00Z</published><title>{TITLE_1}</title><summary>A &lt; B
 and C</summary><author><name>Ada L.</name></author><author><name>Grace H.</name></author>
<arxiv:doi>10.1234/X</arxiv:doi><arxiv:journal_ref>Annals 3</arxiv:journal_ref></entry></feed>"""
    (paper,) = papers(read(tmp_path, entry))
    assert (paper.id, paper.arxiv, paper.doi, paper.date) == ("2401.00001", "2401.00001", "10.1234/x", "2024-01-01")
    assert (paper.abstract, paper.authors, paper.venue) == ("A < B and C", ("Ada L.", "Grace H."), "Annals 3")
    assert paper.sources[0].line == 4


BOMB = '<!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n<feed'
FILE = '<!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<feed'
REMOTE = '<!DOCTYPE feed SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>\n<feed'


@pytest.mark.parametrize(
    ("text", "reason", "kept"),
    [
        (FEED.replace("<feed", BOMB).replace(TITLE_2, "&b;"), "declares the entity 'a'", 0),
        (FEED.replace("<feed", FILE).replace(TITLE_2, "&x;"), "declares the entity 'x'", 0),
        (FEED.replace("<feed", REMOTE), "declares the entity 'p'", 0),
        (FEED.replace(TITLE_2, "&undefined;"), "broken XML in line 10: undefined entity", 1),
        (FEED.replace(TITLE_2, "a < b"), "broken XML in line 10", 1),
        (FEED.replace("</feed>", ""), "broken XML", 2),
        (FEED.replace("</feed>", "<x>" * 70), "nested more than 64 deep", 2),
        (FEED.replace(f"<summary>{ABSTRACT_1}</summary>", ""), "a title without an abstract", 1),
    ],
)
def test_feed_that_is_broken_or_hostile(tmp_path: Path, text: str, reason: str, kept: int) -> None:
    found = read(tmp_path, text)
    assert len(papers(found)) == kept
    assert any(reason in one.reason for one in rejections(found)), rejections(found)


ENTRY = """% A comment, and text between the entries, are passed over.
@string{annals = "Annals of Moss"}
@comment{nothing}
@InProceedings{love:2021,
  author    = {Lovelace, Ada and Hopper, Grace and {The Moss Group} and M{\\"u}ller, J{\\\"o}rg and others},
  title     = {{BERT} and {M}oss: {\\"U}ber \\emph{slow} things},
  abstract  = "We reach 90\\% with {``}Moss{''} \\& friends, $x_{1}$; see \\url{https://a.org/~b}.",
  journal   = annals # { } # "(" # 2021 # {)},
  year      = 2021,
  month     = jun,
  doi       = {10.1234/X},
  eprint    = {2106.00001v2},
  url       = {https://github.com/a/b\\_c},
}
"""


def test_fields_of_a_bibtex_entry(tmp_path: Path) -> None:
    (paper,) = papers(read(tmp_path, ENTRY))
    assert paper.title == "BERT and Moss: Über slow things"
    assert paper.abstract == "We reach 90% with ``Moss'' & friends, $x_{1}$; see https://a.org/~b."
    assert paper.authors == ("Ada Lovelace", "Grace Hopper", "The Moss Group", "Jörg Müller")
    assert (paper.id, paper.arxiv, paper.doi, paper.date) == ("love:2021", "2106.00001", "10.1234/x", "2021-06")
    assert paper.venue == "Annals of Moss (2021)"
    assert paper.urls == ("https://github.com/a/b_c",)
    assert paper.sources[0].line == 4


GOOD = "@article{good, title = {Good}, abstract = {Fine.}}\n"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("@article{bad, title = {Bad, abstract = {B},\n}", "broken or not closed"),
        ('@article{bad, title = "Bad, abstract = {B},\n}', "'title': a brace or quotation mark that is not closed"),
        ("@article{bad, title = {Bad} abstract = {B}", "not closed"),
        ("@article{bad, title = , abstract = {B}}", "'title': no value"),
        ("@article{bad}", "no comma after its key"),
        ("@article{bad, title = {Bad}}", "a title without an abstract"),
        ("@article{bad, title = {}}}}", "neither title nor abstract"),
    ],
)
def test_bad_entry_is_told_and_loses_no_other(tmp_path: Path, entry: str, reason: str) -> None:
    found = read(tmp_path, f"{GOOD}\n{entry}\n{GOOD}")
    assert [paper.title for paper in papers(found)] == ["Good", "Good"]
    (rejection,) = rejections(found)
    assert reason in rejection.reason
    assert rejection.where.endswith(":3")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"{\'e}{\`a}{\^o}\"{u}\~n{\=a}{\.z}", "éàôüñāż"),
        (r"\v{s}\c{c}\H{o}\u{g}\k{a}\r{u} \v s", "šçőğąů š"),
        (r"\ss{} \o\ {\aa} \L{}od\'z {\'\i}", "ß ø å Łodź í"),
        (r"50\% \& \$5 a\_b \{x\} \#1", "50% & $5 a_b {x} #1"),
        (r"$\alpha^{2}$ and {x}", r"$\alpha^{2}$ and x"),
        (r"\textbf{bold} \textsc{caps} \emph{it}", "bold caps it"),
        (r"one~two\\three", "one two three"),
        (r"\citep{x} \verb", r"\citepx \verb"),
        ("plain", "plain"),
        (r"cost \$5 and {\$}6, $unclosed", "cost $5 and $6, $unclosed"),
    ],
)
def test_latex_becomes_text(source: str, expected: str) -> None:
    assert latex_text(source) == expected


REFERENCE = f"""TY  - JOUR
ID  - ref1
AU  - Lovelace, Ada
A1  - Hopper, Grace
T1  - {TITLE_1}
N2  - A first line
and a second one.
PY  - 2021/06/07/
DO  - 10.1234/X
JO  - Annals
UR  - https://github.com/a/b
UR  - https://doi.org/10.1234/X
ER  -
"""


def test_fields_of_a_ris_reference(tmp_path: Path) -> None:
    (paper,) = papers(read(tmp_path, REFERENCE))
    assert (paper.id, paper.title, paper.abstract) == ("ref1", TITLE_1, "A first line and a second one.")
    assert (paper.doi, paper.date, paper.venue) == ("10.1234/x", "2021-06-07", "Annals")
    assert (paper.authors, paper.urls) == (("Ada Lovelace", "Grace Hopper"), ("https://github.com/a/b",))


def test_references_without_end_or_abstract(tmp_path: Path) -> None:
    open_end = REFERENCE.replace("ER  -\n", "")
    bare = "TY  - BOOK\nTI  - A Book\nER  - \n"
    found = read(tmp_path, f"{open_end}{bare}\n{open_end}")
    assert len(papers(found)) == 2
    (rejection,) = rejections(found)
    assert (rejection.value, rejection.reason) == ("A Book", "a title without an abstract")
    assert rejection.where.endswith(":13")
