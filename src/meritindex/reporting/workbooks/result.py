"""Results as workbooks, of one agency or of many."""

from __future__ import annotations

import os
from typing import assert_never

from meritindex import files
from meritindex.language import Language
from meritindex.reporting.workbooks.card_workbook import card_workbook
from meritindex.reporting.workbooks.table_workbook import table_workbook
from meritindex.scoring import GroupBy, ScoreCard, ScoreTable


def result_workbook(
    result: ScoreCard | ScoreTable, language: Language = "id", by: GroupBy | str | None = None
) -> bytes:
    r"""Return a result as the bytes of a workbook; see `write_workbook`.

    Args:
        result: of one agency, or of many.
        language: of its texts.
        by: of many, also give each its group and the rank within it.

    Raises:
        MissingExtraError: openpyxl is not installed.
        FileError: there are more agencies or columns than a sheet has room for.

    Examples:
        >>> # needs: openpyxl
        >>> import meritindex as mi
        >>> from meritindex.reporting.workbooks import result_workbook
        >>> result_workbook(mi.score(mi.sample())["Kota Malang"])[:4]
        b'PK\x03\x04'
    """
    match result:
        case ScoreCard():
            return card_workbook(result, language)
        case ScoreTable():
            return table_workbook(result, language, by)
        case _:
            assert_never(result)


def write_workbook(
    result: ScoreCard | ScoreTable,
    path: str | os.PathLike[str],
    *,
    language: Language = "id",
    by: GroupBy | str | None = None,
) -> None:
    """Write a result as an Excel workbook whose formulas recompute it.

    Change an answer in the workbook, and points, bands and (of a table) ranks follow, by the same
    integers that the library computes with. What a spreadsheet can't compute exactly is written as
    numbers, and the workbook says so. Standing and reasons are those of the answers as written.

    Args:
        result: of one agency, or of many.
        path: of the file, which is complete or absent.
        language: of its texts.
        by: of many, also give each its group (`province`, `kind` or `kanreg`) and its rank there.

    Raises:
        MissingExtraError: openpyxl is not installed.
        FileError: the place can't be written, or there are more agencies than a sheet has rows.

    Examples:
        >>> # needs: openpyxl
        >>> import meritindex as mi
        >>> table = mi.score(mi.sample())
        >>> mi.write_workbook(table["Kota Malang"], "kota-malang.xlsx")
    """
    files.write_bytes(path, result_workbook(result, language, by))
