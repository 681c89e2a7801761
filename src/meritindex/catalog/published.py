"""Totals and categories of merit-system assessments that were published about agencies.

They come from news, theses and the agencies' own pages, each row with its source and standing; none
is computed here. What a source doesn't state is None. Names are kept as printed, beside the agency
that is meant: one of the directory where it is a province, regency or city.
"""

from __future__ import annotations

from functools import cache

from meritindex.catalog.directory import agency, read_rows
from meritindex.definition import Agency, PublishedResult
from meritindex.numbers import parse_number


@cache
def published_results() -> tuple[PublishedResult, ...]:
    """Return all 30 published results, totals exact, in the order of the table.

    Examples:
        >>> best = max(published_results(), key=lambda result: result.total)
        >>> best.printed_name, str(best.total), best.year
        ('BKN', '380', 2024)
    """
    return tuple(_result(row) for row in read_rows("published-results.csv"))


def _result(row: dict[str, str]) -> PublishedResult:
    return PublishedResult(
        agency=(
            agency(row["code"])
            if row["code"]
            else Agency(name=row["printed_name"], kind=row["kind"])
        ),
        printed_name=row["printed_name"],
        total=parse_number(row["total"]),
        standing=row["standing"],
        source=row["source"],
        year=int(row["year"]) if row["year"] else None,
        category=row["category"] or None,
        stage=row["stage"] or None,
        stage_as_printed=row["stage_as_printed"] or None,
        note=row["note"] or None,
    )
