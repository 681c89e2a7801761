"""Assessments from data frames of any library, through narwhals."""

from meritindex.assessment.frames.reading import read_frame

__all__ = ["read_frame"]
