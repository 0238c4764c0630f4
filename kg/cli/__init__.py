"""The command line: parses, calls one function, reports. The only place that prints."""

from kg.cli.main import main

__all__ = ["main"]
