"""Reports: one page on an agency, one on a region or on all agencies, and a folder of them."""

from meritindex.reporting.reports.agency import AgencyReport, agency_report
from meritindex.reporting.reports.board import BoardReport, board_report
from meritindex.reporting.reports.folder import write_reports

__all__ = ["AgencyReport", "BoardReport", "agency_report", "board_report", "write_reports"]
