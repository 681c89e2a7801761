"""Formulas by which a spreadsheet computes a score in integers, exactly as the library does."""

from meritindex.reporting.sheet_formulas.answers import Answer, gated_by
from meritindex.reporting.sheet_formulas.sheet_program import SheetProgram, sheet_program

__all__ = ["Answer", "SheetProgram", "gated_by", "sheet_program"]
