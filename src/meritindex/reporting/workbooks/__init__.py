"""Workbooks that the library writes: documents, data, and results whose formulas recompute.

Everything is written by openpyxl (extra `excel`), as bytes; the same input gives the same bytes.
"""

from meritindex.reporting.workbooks.documents import document_workbook
from meritindex.reporting.workbooks.result import result_workbook, write_workbook
from meritindex.reporting.workbooks.rows import csv_workbook, rows_workbook

__all__ = [
    "csv_workbook",
    "document_workbook",
    "result_workbook",
    "rows_workbook",
    "write_workbook",
]
