"""The only place that knows the order of the stages."""

from kg.pipeline.build import build
from kg.pipeline.options import BuildOptions, BuildReport, OutputOptions

__all__ = ["BuildOptions", "BuildReport", "OutputOptions", "build"]
