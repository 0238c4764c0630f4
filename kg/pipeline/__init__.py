"""The only place that knows the order of the stages."""

from kg.pipeline.build import build
from kg.pipeline.options import BuildOptions, BuildReport

__all__ = ["BuildOptions", "BuildReport", "build"]
