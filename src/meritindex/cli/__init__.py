"""The command line: a thin door to the same functions."""

from meritindex.cli.commands import main

__all__ = ["main"]
