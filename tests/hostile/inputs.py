"""Listings made to break their reader: name → (bytes of a file, what must be said of it; "" if its paper must be read).

Each that can holds the paper `KEPT` behind or before the hostile part.
"""

import gzip
import io
import json
import zipfile

TITLE = "Maple-Net: Counting Leaves"
ABSTRACT = "We propose Maple-Net, which counts the leaves of a tree from one photograph."
KEPT = json.dumps({"title": TITLE, "abstract": ABSTRACT}) + "\n"
_ENTRY = f"<entry><title>{TITLE}</title><summary>{ABSTRACT}</summary></entry>"
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_LONGEST_DEEP = 200_000


def _feed(declared: str, text: str) -> bytes:
    feed = f"<feed>{_ENTRY}<entry><title>{text}</title><summary>{ABSTRACT}</summary></entry></feed>"
    return f'<?xml version="1.0"?><!DOCTYPE feed [{declared}]>{feed}'.encode()


def _zip_bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("papers.jsonl", b"\0" * (64 << 20))
    return held.getvalue()


def _with(title: str = "Other", abstract: str = ABSTRACT) -> bytes:
    return (json.dumps({"title": title, "abstract": abstract}) + "\n" + KEPT).encode()


INPUTS: dict[str, tuple[bytes, str]] = {
    "entity bomb": (_feed(f'<!ENTITY l0 "ha">{_LAUGHS}', "&l9;"), "declares the entity 'l0'"),
    "quadratic entity": (_feed(f'<!ENTITY a "{"a" * 50_000}">', "&a;" * 50_000), "not a listing"),
    "external entity": (_feed('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"), "declares the entity 'x'"),
    "external address": (_feed('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">', "&x;"), "declares the entity 'x'"),
    "parameter entity": (_feed('<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;', "x"), "declares the entity 'p'"),
    "external doctype": (
        f'<!DOCTYPE feed SYSTEM "file:///etc/passwd"><feed>{_ENTRY}</feed>'.encode(),
        "",
    ),
    "undefined entity": (f"<feed>{_ENTRY}<entry><title>&x;</title></entry></feed>".encode(), "broken XML"),
    "deep XML": (f"<feed>{_ENTRY}{'<a>' * _LONGEST_DEEP}".encode(), "nested more than 64 deep"),
    "gzip bomb": (gzip.compress(KEPT.encode() + b" " * (100 << 20), 6), "unpacks to more than 200 times its size"),
    "gzip in gzip": (gzip.compress(gzip.compress(KEPT.encode())), "binary file"),
    "gzip cut short": (gzip.compress(KEPT.encode() * 500)[:-12], "ends early"),
    "zip bomb": (_zip_bomb(), "a zip archive"),
    "deep JSON": ((KEPT + "[" * _LONGEST_DEEP + "\n").encode(), "nested"),
    "number of a million digits": ((KEPT + '{"title": ' + "9" * 1_000_000 + "}\n").encode(), ""),
    "title of a megabyte": (_with(title="A" * (1 << 20)), "the title has 1048576 characters"),
    "abstract of a megabyte": (_with(abstract="word " * (1 << 18)), "characters; at most 200000 are read"),
    "word of 100,000 characters": (_with(abstract="a" * 100_000), ""),
    "title of control characters": (_with(title="\x00\x07\x1b"), "title"),
    "lone surrogates": (_with(title="\\ud800"), ""),
    "BibTeX of large macros": (
        ("@string{a = {" + "a" * 1_999 + "}}\n@article{k, title = " + "a # " * 200_000 + "a}").encode(),
        "larger than any entry",
    ),
    "BibTeX that never closes": (("@article{k, title = {" + "{" * 200_000).encode(), "not closed"),
    "BibTeX that calls itself": (
        ("@string{a = a # a}\n" * 60 + "@article{k, title = a # a,\n}").encode(),
        "macros of more than 2000",
    ),
    "RIS without an end": (("TY  - JOUR\nTI  - A\n" + "AB  - a\n" * 100_000).encode(), ""),
    "CSV of one open quotation mark": (('title,abstract\n"' + "a,b\n" * 50_000).encode(), ""),
}  # fmt: skip
