"""Between what ends the ranks of agencies lie: `rank_intervals`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from meritindex.analysis import BoundsTable, Robustness
from meritindex.language import Language, Text
from meritindex.reporting.plot import style
from meritindex.reporting.plot.agency_rows import Who, chosen_rows, names_of
from meritindex.reporting.plot.interval_rows import Interval, draw_intervals, sample
from meritindex.reporting.plot.keys import stroke
from meritindex.reporting.plot.scale import numbered_ranks
from meritindex.reporting.plot.sheet import Sheet, require_matplotlib
from meritindex.reporting.plot.style import MOST
from meritindex.reporting.plot.words import (
    ground_notes,
    points_text,
    rule_lines,
    shown_line,
    standing_line,
)
from meritindex.scoring.saying import Sayer

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

_TITLE = Text("Rentang peringkat yang mungkin", "Possible ranks")
_DRAWN_TITLE = Text("Peringkat dalam {draws} tarikan", "Ranks over {draws} draws")
_NO_RANK = Text("tanpa peringkat", "no rank")
_CERTAIN = Text("peringkat pasti", "rank certain")
_OPEN = Text("peringkat belum pasti", "rank not certain")
_MOST_DRAWS = Text("persentil 5 sampai 95", "percentiles 5 to 95")
_ALL_DRAWS = Text("semua tarikan", "all draws")
_MEAN = Text("rata-rata", "mean")
_ATTAINED = Text(
    "Peringkat di luar rentang tidak mungkin; kedua ujungnya tercapai.",
    "No rank outside a range is possible; both of its ends are attained.",
)
_NOT_ATTAINED = Text(
    "Peringkat di luar rentang tidak mungkin; apakah kedua ujungnya tercapai tidak dipastikan.",
    "No rank outside a range is possible; whether both of its ends are attained is not known.",
)
_SHARES = Text(
    "Yang ditarik hanyalah yang mungkin: rentang ini bukan peluang bahwa suatu peringkat benar.",
    "What is drawn is only possible: these ranges are no probability that a rank is true.",
)
_LOW, _HIGH = 5, 95


def rank_intervals(
    result: BoundsTable | Robustness,
    ax: Axes | None = None,
    *,
    agencies: Iterable[Who] | None = None,
    most: int | None = MOST,
    language: Language = "id",
) -> Axes:
    """Draw the best and the worst rank of every agency, of all that is possible or was drawn.

    Of bounds, the interval holds every possible rank. Of a simulation, the thin line holds the
    ranks of all draws, the thick one those between the percentiles 5 and 95, and the mark is the
    mean. Agencies without a rank come last, without an interval.

    Args:
        result: what `mi.bounds` or `mi.robustness` found.
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
        >>> ax = mi.plot.rank_intervals(mi.bounds(jambi), language="en")
        >>> ax.get_title(loc="left")
        'Possible ranks'
    """
    require_matplotlib()
    say = Sayer(language)
    drawn = isinstance(result, Robustness)
    found = _drawn(result, say) if isinstance(result, Robustness) else _possible(result, say)
    order = sorted(range(len(found)), key=lambda row: (*_place(found[row]), row))
    rows = chosen_rows(order, result.row_of, agencies, most)
    intervals = [found[row] for row in rows]
    ranked = sum(each.ends is not None for each in found)
    sheet = Sheet(
        language=language,
        title=say(_title(result)),
        lines=(
            *rule_lines([result.instrument], say),
            standing_line(result.standing, result.tree.plan, say),
            *shown_line(rows, len(found), say),
        ),
        synthetic=result.synthetic,
        keys=_drawn_keys(say) if drawn else _keys(intervals, say),
        notes=[say(_meaning(result)), *ground_notes([result.instrument], say, exact=result.exact)],
        body=0.0,
        axis=say("peringkat", "rank"),
    )

    def number(axes: Axes) -> None:
        ends = [float(end) for each in intervals for end in each.ends or ()]
        numbered_ranks(axes, int(max(ends, default=ranked or 1)))

    return draw_intervals(ax, sheet, intervals, number)


def _title(result: BoundsTable | Robustness) -> Text:
    if isinstance(result, Robustness):
        return _DRAWN_TITLE.fill(draws=result.settings.draws)
    return _TITLE


def _meaning(result: BoundsTable | Robustness) -> Text:
    if isinstance(result, Robustness):
        return _SHARES
    return _ATTAINED if result.attained else _NOT_ATTAINED


def _possible(table: BoundsTable, say: Sayer) -> list[Interval]:
    """Return the possible ranks of all agencies."""
    names = names_of(range(len(table)), table.assessments.facts, say)
    found = []
    for name, ends in zip(names, table.rank_ranges, strict=True):
        if ends is None:
            found.append(Interval(name=name, ends=None, text=say(_NO_RANK)))
            continue
        best, worst = ends
        text = str(best) if best == worst else f"{best} – {worst}"
        interval = (Fraction(best), Fraction(worst))
        found.append(Interval(name=name, ends=interval, firm=best == worst, text=text))
    return found


def _drawn(result: Robustness, say: Sayer) -> list[Interval]:
    """Return the ranks of all agencies over the draws."""
    names = names_of(range(len(result)), result.assessments.facts, say)
    lows, highs = result.percentile(_LOW), result.percentile(_HIGH)
    found = []
    for row, name in enumerate(names):
        mean, low, high = result.mean_ranks[row], lows[row], highs[row]
        if mean is None or low is None or high is None:
            found.append(Interval(name=name, ends=None, text=say(_NO_RANK)))
            continue
        best, worst = result.card(row).best_rank, result.card(row).worst_rank
        assert best is not None and worst is not None  # noqa: PT018, S101 - there is a mean
        found.append(
            Interval(
                name=name,
                ends=(Fraction(best), Fraction(worst)),
                inner=(low, high),
                middle=mean,
                text=f"{points_text(mean, say, places=1)} ({best} – {worst})",
            )
        )
    return found


def _keys(intervals: Sequence[Interval], say: Sayer) -> list[Artist]:
    kinds = {each.firm for each in intervals if each.ends is not None}
    return [
        sample(say(_CERTAIN if firm else _OPEN), firm=firm) for firm in sorted(kinds, reverse=True)
    ]


def _drawn_keys(say: Sayer) -> list[Artist]:
    return [
        sample(say(_MOST_DRAWS), firm=True),
        stroke(say(_ALL_DRAWS), style.INK, width=1.2),
        stroke(say(_MEAN), style.INK, width=0.0, marker="D"),
    ]


def _place(each: Interval) -> tuple[bool, Fraction, Fraction]:
    if each.ends is None:
        return True, Fraction(0), Fraction(0)
    return False, each.middle or each.ends[0], each.ends[1]
