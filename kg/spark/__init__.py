"""The engine for listings that one machine cannot hold: the functions of the local engine as Spark transformations."""

from kg.spark.build import build_on_spark

__all__ = ["build_on_spark"]
