"""Between what ends the totals of agencies lie: `total_intervals`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from meritindex.analysis import BoundsCard, BoundsTable
from meritindex.language import Language, Text
from meritindex.reporting.plot.agency_rows import Who, chosen_rows, names_of
from meritindex.reporting.plot.interval_rows import Interval, draw_intervals, sample
from meritindex.reporting.plot.scale import Scale, band_lines, limits_of, numbered
from meritindex.reporting.plot.sheet import Sheet, require_matplotlib
from meritindex.reporting.plot.style import MOST
from meritindex.reporting.plot.words import (
    band_notes,
    ground_notes,
    rule_lines,
    shown_line,
    standing_line,
)
from meritindex.scoring.saying import UNKNOWN, Sayer

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

_TITLE = Text("Rentang nilai yang mungkin", "Possible totals")
_WORDS = (
    (Text("nilai belum pasti", "total not certain"), Text("nilai pasti", "total certain")),
    (Text("kategori belum pasti", "band not certain"), Text("kategori pasti", "band certain")),
)
_PLACES = 4
_FREE = 0.03


def total_intervals(
    bounds: BoundsTable | BoundsCard,
    ax: Axes | None = None,
    *,
    agencies: Iterable[Who] | None = None,
    most: int | None = MOST,
    language: Language = "id",
) -> Axes:
    """Draw between what ends the total of every agency lies, and whether its band is certain.

    Agencies stand in the order of the least that their totals can be, the highest first; those of
    which nothing is known come last, without an interval. Written ends are rounded outward.

    Args:
        bounds: what `mi.bounds` found, for many agencies or for one.
        ax: where to draw; by default on a figure of its own.
        agencies: who is drawn, in this order: rows, or names or codes.
        most: how many are drawn where nobody is named; None for all.
        language: `id` or `en`.

    Returns:
        the axes. A notebook shows those on a figure of their own; nothing else is shown.

    Raises:
        MissingExtraError: matplotlib is not installed (extra `plot`).
        UnknownNameError: an agency is not in the table, or is there more than once.
        IndexError: there is no such row.
        ValueError: `most` is below 1.

    Examples:
        >>> # needs: matplotlib
        >>> import meritindex as mi
        >>> jambi = mi.sample().where(lambda facts: facts.agency.province == "Jambi")
        >>> ax = mi.plot.total_intervals(mi.bounds(jambi), language="en")
        >>> ax.get_title(loc="left"), len(ax.get_yticklabels())
        ('Possible totals', 12)
    """
    require_matplotlib()
    say = Sayer(language)
    table, asked = (
        (bounds.table, agencies or [bounds.row])
        if isinstance(bounds, BoundsCard)
        else (bounds, agencies)
    )
    least = list(table.lower)
    order = sorted(range(len(table)), key=lambda row: (*_place(least[row]), row))
    rows = chosen_rows(order, table.row_of, asked, most)
    bands = table.instrument.root.bands
    intervals = _intervals(table, rows, say)
    sheet = Sheet(
        language=language,
        title=say(_TITLE),
        lines=(
            *rule_lines([table.instrument], say),
            standing_line(table.standing, table.tree.plan, say),
            *shown_line(rows, len(table), say),
        ),
        synthetic=table.synthetic,
        keys=_keys(intervals, say, banded=bands is not None),
        notes=[
            *band_notes(bands, say, listed=True),
            *ground_notes([table.instrument], say, exact=table.exact),
        ],
        body=0.0,
        axis=say(table.instrument.root.name),
    )
    ends = [end for each in intervals for end in each.ends or ()]
    scale = Scale.around(ends or [value for value, _ in limits_of(bands)], _FREE)

    def number(drawn: Axes) -> None:
        band_lines(drawn, bands, scale)
        numbered(drawn, scale, say)

    return draw_intervals(ax, sheet, intervals, number)


def _intervals(table: BoundsTable, rows: Sequence[int], say: Sayer) -> list[Interval]:
    names = names_of(rows, table.assessments.facts, say)
    banded = table.instrument.root.bands is not None
    found = []
    for name, row in zip(names, rows, strict=True):
        low, high = table.lower[row], table.upper[row]
        if low is None or high is None:
            found.append(Interval(name=name, ends=None, text=say(UNKNOWN)))
            continue
        text = f"{say.at_least(low, _PLACES)} – {say.at_most(high, _PLACES)}"
        firm = len(table.possible_bands[row]) == 1 if banded else low == high
        text = say.points(low, _PLACES) if low == high else text
        found.append(Interval(name=name, ends=(low, high), firm=firm, text=text))
    return found


def _keys(intervals: Sequence[Interval], say: Sayer, *, banded: bool) -> list[Artist]:
    words = _WORDS[banded]
    kinds = {each.firm for each in intervals if each.ends is not None}
    return [sample(say(words[firm]), firm=firm) for firm in sorted(kinds, reverse=True)]


def _place(least: Fraction | None) -> tuple[bool, Fraction]:
    return least is None, -(least or Fraction(0))
