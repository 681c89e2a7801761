"""How definitions and results are shown to a person, beyond what they show of themselves."""

from meritindex.reporting.instrument_sheet import instrument_sheet
from meritindex.reporting.results import table_csv, table_json

__all__ = ["instrument_sheet", "table_csv", "table_json"]
