"""``kg ontology``."""

from collections import Counter, defaultdict
from pathlib import Path

import click

from kg.cli.options import ONTOLOGY
from kg.cli.tables import counted
from kg.errors import ExportError, OntologyError

_FILES = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("ontology")
def command() -> None:
    """Show, check, begin and write ontologies.

    Example: kg ontology new robots, edit robots.yaml, then kg build papers.txt --ontology robots.yaml
    """


@command.command("show")
@ONTOLOGY
@click.option("--names", is_flag=True, help="Also list the names of your own files.")
def show(ontology: tuple[Path, ...], names: bool) -> None:
    """Print the classes as a tree, then the relations.

    Example: kg ontology show --ontology robots.yaml --names
    """
    from kg.ontology import load_ontology

    known = load_ontology(ontology)
    below: dict[str, list[str]] = defaultdict(list)
    for type_ in known.types:
        below[type_.parent].append(type_.name)
    counts = Counter(term.type for term in known.terms)

    def tell(name: str, depth: int) -> None:
        type_ = known.type_by_name[name]
        count = f"  ({counts[name]:,} names)" if counts[name] else ""
        roles = f"  [{', '.join(type_.roles)}]" if type_.roles else ""
        click.echo(f"{'  ' * depth}{name}{count}{roles}  {type_.description}")
        for term in known.terms if names else ():
            if term.type == name and term.extension:
                click.echo(f"{'  ' * depth}  - {' | '.join((term.name, *term.aliases))}  {term.source}")
        for child in below[name]:
            tell(child, depth + 1)

    for root in below[""]:
        tell(root, 0)
    click.echo("")
    for predicate in known.predicates:
        ends = f"{' | '.join(predicate.domain)} → {' | '.join(predicate.range)}"
        click.echo(f"{predicate.name}: {ends}  {predicate.description}")


@command.command("check", short_help="Tell all that is wrong with ontology files.")
@click.argument("files", nargs=-1, type=_FILES, metavar="[FILE]...")
def check(files: tuple[Path, ...]) -> None:
    """Tell all that is wrong with FILES (taken together) by file and line; without FILES, with the built-in ontology.

    Exit code 1 if there is an error; a warning alone does not count.

    Example: kg ontology check robots.yaml names.csv
    """
    from kg.ontology import check_files, load_ontology

    problems = check_files(files)
    for problem in problems:
        click.echo(str(problem))
    errors = sum(not problem.warning for problem in problems)
    if errors:
        click.echo(counted(errors, "error"), err=True)
        raise click.exceptions.Exit(1)
    known, plain = load_ontology(files), load_ontology()
    classes, relations = len(known.types) - len(plain.types), len(known.predicates) - len(plain.predicates)
    names = len(known.terms) - len(plain.terms)
    added = f"{counted(classes, 'class', 'classes')}, {counted(relations, 'relation')}, {counted(names, 'name')}"
    click.echo(f"sound; adds {added}" if files else "sound")


@command.command("new", short_help="Begin an ontology of your own.")
@click.argument("name")
@click.option("-o", "--output", "folder", type=click.Path(file_okay=False, path_type=Path), default=Path(),
              metavar="DIR", help="Write into this folder.")  # fmt: skip
def new(name: str, folder: Path) -> None:
    """Write NAME.yaml and NAME.tsv: a small ontology that works, with comments, to make your own.

    Example: kg ontology new robot
    """
    from kg.files import atomic_text
    from kg.ontology.scaffold import scaffold

    try:
        files = scaffold(name)
    except ValueError as error:
        raise OntologyError(str(error)) from error
    for file in files:
        if (folder / file).exists():
            raise ExportError(f"{folder / file} exists already; choose another name or folder")
    for file, text in files.items():
        with atomic_text(folder / file) as stream:
            stream.write(text)
    first = folder / next(iter(files))
    click.echo(f"Wrote {' and '.join(str(folder / file) for file in files)}. Next:")
    click.echo(f"  kg ontology check {first}\n  kg build INPUT --ontology {first}")


@command.command("export", short_help="Write the ontology as OWL, SHACL or YAML.")
@click.option("--format", "kind", type=click.Choice(["owl", "shacl", "yaml"]), default="owl", show_default=True)
@ONTOLOGY
@click.option("-o", "--output", "target", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write here instead of to standard output.")  # fmt: skip
def export(kind: str, ontology: tuple[Path, ...], target: Path | None) -> None:
    """Write the ontology with your extensions: OWL in Turtle (for Protégé), SHACL shapes, or one YAML file.

    Example: kg ontology export --format owl --ontology robots.yaml -o robots-owl.ttl
    """
    from kg.files import atomic_text
    from kg.ontology import load_ontology, write_owl, write_shacl, write_yaml

    writers = {"owl": write_owl, "shacl": write_shacl, "yaml": write_yaml}
    text = writers[kind](load_ontology(ontology))
    if target is None:
        click.echo(text, nl=False)
        return
    with atomic_text(target) as stream:
        stream.write(text)
    click.echo(f"Wrote {target}")
