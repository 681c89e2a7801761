"""Workbooks from anybody: opened within limits, refused with a reason, read cell by cell."""

from meritindex.assessment.workbooks.cells import CellError, Content, Formula, Percentage, Plain
from meritindex.assessment.workbooks.opening import Workbook, open_workbook, workbook_of
from meritindex.assessment.workbooks.sheets import Range, Sheet

__all__ = [
    "CellError",
    "Content",
    "Formula",
    "Percentage",
    "Plain",
    "Range",
    "Sheet",
    "Workbook",
    "open_workbook",
    "workbook_of",
]
