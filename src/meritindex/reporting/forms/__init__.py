"""Excel forms: a workbook to be filled in, with a summary that computes while one types."""

from meritindex.reporting.forms.writing import form_bytes, write_form

__all__ = ["form_bytes", "write_form"]
