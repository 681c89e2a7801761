"""A folder of reports: a page on every agency, and one that lists them all."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

import attrs

from meritindex.analysis.boards import Board, board
from meritindex.definition import Agency
from meritindex.errors import Fault, FileError
from meritindex.files import reason_of
from meritindex.language import Language, Text
from meritindex.reporting.reports.agency import agency_report
from meritindex.reporting.reports.board import BoardReport, board_report
from meritindex.scoring import GroupBy, ScoreTable

_HOME = "index"
_ENDINGS = {"html": ".html", "markdown": ".md"}
# Longer names are cut, so that a path fits every system.
_LONGEST_NAME = 80
# Names that Windows keeps for devices, whatever their ending.
_DEVICES = frozenset(
    {
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10)),
    }
)


def write_reports(
    what: ScoreTable | Board,
    folder: str | os.PathLike[str],
    language: Language = "id",
    *,
    markdown: bool = False,
    progress: Callable[[int, int], object] | None = None,
) -> BoardReport:
    """Write a report on every agency, and `index.html`, which lists them and leads to them.

    The folder is made where there is none. Each page is complete or absent, and the list is written
    last: where it is new, all the others are there. Names of pages are made of the agency's code
    and name, in small letters, digits and dashes alone.

    Args:
        what: results of many agencies, which the list groups by province; or a board.
        folder: where the pages go.
        language: of all pages.
        markdown: write Markdown (`index.md`) instead.
        progress: called with how many agencies are done, and how many there are.

    Returns:
        The report on all of them, which is the list.

    Raises:
        AssessmentError: results of which several are of one agency.
        FileError: the folder or a file can't be written.

    Examples:
        >>> import meritindex as mi
        >>> some = mi.sample().where(lambda facts: facts.agency.province == "Bali")
        >>> listed = mi.write_reports(mi.score(some), "laporan")
        >>> len(listed.pages), listed.pages[0]
        (10, '51-bali.html')
    """
    groups = board(what, GroupBy.PROVINCE) if isinstance(what, ScoreTable) else what
    table = groups.table
    place = Path(folder)
    _make(place)
    ending = _ENDINGS["markdown" if markdown else "html"]
    names = [name + ending for name in page_names(table.agencies)]
    home = _HOME + ending
    for row, name in enumerate(names):
        report = agency_report(table.card(row), among=table)
        attrs.evolve(report, home=home).write(place / name, language)
        if progress is not None:
            progress(row + 1, len(names))
    listed = attrs.evolve(board_report(groups), pages=dict(enumerate(names)))
    listed.write(place / home, language)
    return listed


def page_names(agencies: Iterable[Agency]) -> list[str]:
    """Return a name for the page on each agency, without ending; no two are the same.

    Examples:
        >>> page_names([Agency(name="Kota Batu", code="35.79"), Agency(name="../../etc/passwd")])
        ['35-79-kota-batu', 'etc-passwd']
    """
    taken = {_HOME}
    names = []
    for agency in agencies:
        first = name = _page_name(agency)
        number = 1
        while name in taken:
            number += 1
            name = f"{first}-{number}"
        taken.add(name)
        names.append(name)
    return names


def _page_name(agency: Agency) -> str:
    text = unicodedata.normalize("NFKD", f"{agency.code or ''} {agency.name}")
    plain = text.encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_NAME].rstrip("-")
    if name and name not in _DEVICES:
        return name
    return f"instansi-{name}" if name else "instansi"


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        message = Text(
            "folder untuk laporan tidak dapat dibuat ({why})",
            "the folder for the reports can't be made ({why})",
        ).fill(why=reason_of(error))
        raise FileError(
            Fault(code="report-folder", message=message, place=Text.same(folder.name))
        ) from None
