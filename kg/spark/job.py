"""What every worker knows of a build, and what it loads once a process."""

import pickle
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.data import Run
from kg.extract import Extractor, load_extractor
from kg.ontology import Ontology
from kg.read import Limits
from kg.resolve.anchors import index_anchors
from kg.resolve.forms import Reader

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import SparkSession


@dataclass(frozen=True, slots=True)
class Job:
    """Settings of a build. ``ontology`` is pickled: a broadcast is opened for every task, an ontology once a process.

    ``fingerprint`` stands for all that an extraction depends on but its paper.
    """

    ontology: bytes
    fingerprint: str
    extractors: tuple[str, ...]
    min_score: float
    device: str
    limits: Limits
    provenance: str
    run: Run


def send(spark: "SparkSession", job: Job) -> "Broadcast[Job]":
    """The job as every worker gets it."""
    return spark.sparkContext.broadcast(job)


@lru_cache(maxsize=1)
def ontology_of(pickled: bytes) -> Ontology:
    """The ontology that the driver sent."""
    ontology: Ontology = pickle.loads(pickled)  # noqa: S301 - from our own driver
    return ontology


@lru_cache(maxsize=1)
def extractor_of(job: Job) -> Extractor:
    """The extractor, loaded once a process."""
    ontology = ontology_of(job.ontology)
    return load_extractor(ontology, extractors=job.extractors or None, min_score=job.min_score, device=job.device)


def reader_of(job: Job) -> Reader:
    """A reader of names, new for every task, since it remembers every name."""
    ontology = ontology_of(job.ontology)
    return Reader(ontology, index_anchors(ontology))
