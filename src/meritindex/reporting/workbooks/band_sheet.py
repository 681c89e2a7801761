"""The sheet that counts agencies by band."""

from __future__ import annotations

from meritindex.definition import Limit
from meritindex.reporting.rule_words import Words
from meritindex.reporting.workbooks.book import Book, Content, Filled, Formula
from meritindex.reporting.workbooks.looks import BOLD, HEADER, NOTICE, NUMBER, NUMBER_HEADER
from meritindex.reporting.workbooks.table_sheet import TableSheet
from meritindex.reporting.workbooks.words import BANDS
from meritindex.scoring.saying import SYNTHETIC, Sayer


def band_sheet(book: Book, results: TableSheet) -> None:
    """Write how many agencies are in each band of the total, and how many in none.

    Nothing is written where the total has no bands.
    """
    table, say = results.table, Sayer(book.language)
    root = table.instrument.root
    if root.bands is None:
        return
    words = Words(book.language)
    sheet = book.sheet(say(BANDS), (28, 14, 14, 14))
    if table.synthetic:
        sheet.append([Filled(say(SYNTHETIC), NOTICE)], across=4)
    titles = ("kategori", "band"), ("dari", "from"), ("sampai", "to"), ("jumlah", "count")
    looks = (HEADER, NUMBER_HEADER, NUMBER_HEADER, NUMBER_HEADER)
    sheet.append([Filled(say(*title), look) for title, look in zip(titles, looks, strict=True)])
    first = sheet.rows + 1
    for number, band in enumerate(root.bands, 1):
        count: Content = table.bands.count(band.name.id)
        if results.program is not None:
            numbers = results.column("part", root.code, "band")
            count = Formula(f"COUNTIF({numbers},{number})", table.bands.count(band.name.id))
        sheet.append(
            [
                Filled(say.band(table.instrument, band.name.id), BOLD),
                Filled(_end(band.lower, "≥", ">", words), NUMBER),
                Filled(_end(band.upper, "≤", "<", words), NUMBER),
                Filled(count, NUMBER),
            ]
        )
    counts = f"D{first}:D{sheet.rows}"
    without = table.bands.count(None)
    rest: Content = without
    if results.program is not None:
        rest = Formula(f"{len(table)}-SUM({counts})", without)
    sheet.append([Filled(say("tidak diketahui", "unknown")), None, None, Filled(rest, NUMBER)])
    total = Formula(f"SUM(D{first}:D{sheet.rows})", len(table))
    sheet.append([Filled(say("semua", "all"), BOLD), None, None, Filled(total, NUMBER)])


def _end(limit: Limit | None, inclusive: str, exclusive: str, words: Words) -> str | None:
    if limit is None:
        return None
    return f"{inclusive if limit.inclusive else exclusive} {words.number(limit.value)}"
