"""The command line: a thin door to the same functions."""

from meritindex.cli.main import main

__all__ = ["main"]
