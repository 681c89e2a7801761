"""Scoring in data frames and engines, and results as data frames, through narwhals."""

from meritindex.scoring.frames.expressions import Expressions
from meritindex.scoring.frames.suitable import EngineError

__all__ = ["EngineError", "Expressions"]
