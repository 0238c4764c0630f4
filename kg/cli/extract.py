"""``kg extract``."""

import json
import sys
from pathlib import Path

import click

from kg.cli.options import DEVICE, EXTRACTORS, FORMAT, INPUTS, LIMITS, MIN_SCORE, ONTOLOGY, names, verbosity
from kg.data import Rejection
from kg.extract import load_extractor, to_record
from kg.ontology import load_ontology
from kg.pipeline.within import annotate_within
from kg.read import Limits, nothing_read, read_into


@click.command("extract")
@INPUTS
@ONTOLOGY
@FORMAT
@MIN_SCORE
@EXTRACTORS
@DEVICE
@LIMITS
@verbosity
def command(
    inputs: tuple[str, ...],
    ontology: tuple[Path, ...],
    format_name: str,
    min_score: float,
    extractors: str,
    device: str,
    limits: Limits,
    quiet: bool,
    verbose: bool,
) -> None:
    """Write one JSON record a paper to standard output, in input order: entities with roles, links, results, mentions.

    Example: kg extract papers.txt > records.jsonl
    """
    known = load_ontology(ontology)
    extractor = load_extractor(known, extractors=names(extractors) or None, min_score=min_score, device=device)
    refused: list[Rejection] = []
    done = 0
    papers = read_into(refused, inputs, format_name=format_name, limits=limits)
    out = sys.stdout
    if hasattr(out, "reconfigure"):
        out.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    for annotated in annotate_within(extractor, papers, limits):
        out.write(json.dumps(to_record(annotated), ensure_ascii=False) + "\n")
        done += 1
        for item in annotated.rejections:
            if verbose or ("(limit " in item.reason and not quiet):  # what empties a whole paper is never silent
                click.echo(f"{item.where}: {item.reason}: {item.value}", err=True)
    if not done:
        raise nothing_read(refused)
    for item in refused if not quiet else []:
        click.echo(f"{item.where}: left out: {item.reason}", err=True)
