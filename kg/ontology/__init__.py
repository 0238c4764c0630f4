"""The ontology: what types, predicates, names and cues there are. Everything else follows it."""

from kg.ontology.load import load_ontology, ontology_folder
from kg.ontology.model import Cue, EntityType, Ontology, Predicate, Property, Term

__all__ = ["Cue", "EntityType", "Ontology", "Predicate", "Property", "Term", "load_ontology", "ontology_folder"]
