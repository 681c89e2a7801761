"""How definitions and results are shown to a person, beyond what they show of themselves."""

from meritindex.reporting import plot
from meritindex.reporting.forms import write_form
from meritindex.reporting.instrument_sheet import instrument_sheet
from meritindex.reporting.reports import (
    AgencyReport,
    BoardReport,
    agency_report,
    board_report,
    write_reports,
)
from meritindex.reporting.results import table_csv, table_json
from meritindex.reporting.workbooks import write_workbook

__all__ = [
    "AgencyReport",
    "BoardReport",
    "agency_report",
    "board_report",
    "instrument_sheet",
    "plot",
    "table_csv",
    "table_json",
    "write_form",
    "write_reports",
    "write_workbook",
]
