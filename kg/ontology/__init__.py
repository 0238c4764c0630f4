"""The ontology: what types, predicates, names and cues there are. Everything else follows it."""

from kg.ontology.constraints import Constraint, constraints
from kg.ontology.load import BUILT, built_ontology, check_files, load_file, load_ontology, ontology_folder
from kg.ontology.model import Cue, EntityType, Ontology, Predicate, Property, Term
from kg.ontology.namespaces import standard_prefixes
from kg.ontology.problems import Problem
from kg.ontology.settings import configured_extensions
from kg.ontology.shacl import shacl_report
from kg.ontology.write import write_owl, write_shacl, write_yaml

__all__ = [
    "BUILT",
    "Constraint",
    "Cue",
    "EntityType",
    "Ontology",
    "Predicate",
    "Problem",
    "Property",
    "Term",
    "built_ontology",
    "check_files",
    "configured_extensions",
    "constraints",
    "load_file",
    "load_ontology",
    "ontology_folder",
    "shacl_report",
    "standard_prefixes",
    "write_owl",
    "write_shacl",
    "write_yaml",
]
