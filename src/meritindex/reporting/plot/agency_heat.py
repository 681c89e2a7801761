"""Many agencies by dimensions, as a map of colours: `heat_map`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import attrs
import numpy as np

from meritindex.language import Language, Text
from meritindex.reporting.plot import areas, style
from meritindex.reporting.plot.agency_rows import Who, chosen_rows, names_of
from meritindex.reporting.plot.areas import area
from meritindex.reporting.plot.keys import swatch
from meritindex.reporting.plot.lettering import drawable, widest, width_of
from meritindex.reporting.plot.scale import (
    height_in_points,
    plain,
    rows_of,
    width_in_points,
    within,
)
from meritindex.reporting.plot.sheet import (
    Sheet,
    label_width,
    require_matplotlib,
    row_height,
    side_labels,
)
from meritindex.reporting.plot.style import MOST, ink_on, ramp
from meritindex.reporting.plot.words import (
    NOBODY,
    abridged,
    ground_notes,
    points_text,
    rule_lines,
    shown_line,
    standing_line,
)
from meritindex.scoring import ScoreTable
from meritindex.scoring.saying import UNKNOWN, Sayer

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

_TITLE = Text("Instansi menurut dimensi", "Agencies by dimensions")
_SHARES = Text(
    "Warna: letak nilai pada rentang yang mungkin bagi dimensinya. Angka di kiri: peringkat.",
    "Colour: where the points lie on the range of the dimension. Number at the left: rank.",
)
_OWN_ORDER = Text("menurut urutan yang diminta", "in the order that was asked for")
_ROW = 15.0
_CELL_SIZE = 7.0
_PLACES = 2
_UNKNOWN = attrs.evolve(areas.UNKNOWN, width=0.0)


def heat_map(
    table: ScoreTable,
    ax: Axes | None = None,
    *,
    agencies: Iterable[Who] | None = None,
    most: int | None = MOST,
    language: Language = "id",
) -> Axes:
    """Draw agencies by dimensions: the darker, the nearer the points are to the most.

    Agencies stand in the order of their ranks, those without a total last. Points that are not
    known are hatched.

    Args:
        table: the results.
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
        >>> ax = mi.plot.heat_map(mi.score(mi.sample()), most=10)
        >>> [label.get_text().split() for label in ax.get_yticklabels()][:2]
        [['1', 'Kalimantan', 'Utara'], ['2', 'Kota', 'Pematangsiantar']]
    """
    require_matplotlib()
    say = Sayer(language)
    order = sorted(range(len(table)), key=lambda row: (table.ranks[row] or len(table) + 1, row))
    rows = chosen_rows(order, lambda each: table[each].row, agencies, most)
    labels = _labels(table, rows, say)
    totals = [drawable(_total(table, row, say)) for row in rows]
    left = label_width(labels)
    right = widest(totals, style.LABEL_SIZE) + style.GAP if totals else 0.0
    names = {code: say(table.instrument.dimension(code).name) for code in table.dimensions}
    codes = list(map(drawable, names))
    room = (style.PAGE_WIDTH - 2 * style.MARGIN - left - right) / max(len(codes), 1)
    upright = any(
        (width_of(one, style.SMALL_SIZE) + width_of(other, style.SMALL_SIZE)) / 2 + 3 > room
        for one, other in pairwise(codes)
    )
    sheet = Sheet(
        language=language,
        title=say(_TITLE),
        lines=(
            *rule_lines([table.instrument], say),
            standing_line(table.standing, table.plan, say),
            *shown_line(rows, len(table), say),
        ),
        synthetic=table.synthetic,
        keys=_keys(table, rows, say),
        notes=[
            say(_SHARES),
            "; ".join(f"{code}: {name}" for code, name in names.items()),
            *ground_notes([table.instrument], say, exact=table.scores.total.exact),
        ],
        body=row_height(labels, _ROW) * max(len(rows), 1),
        left=left,
        right=right,
        above=(widest(codes, style.SMALL_SIZE) if upright else style.SMALL_SIZE) + 10,
        below=style.GAP,
    )
    ax = sheet.axes(ax)
    rows_of(ax, labels, left, totals)
    plain(ax, keep=())
    ax.set_xlim(-0.5, max(len(codes), 1) - 0.5)
    ax.set_xticks(range(len(codes)), labels=codes, parse_math=False, usetex=False)
    ax.xaxis.set_ticks_position("top")
    ax.tick_params(
        axis="x",
        length=0,
        labelsize=style.SMALL_SIZE,
        labelcolor=style.INK,
        labelrotation=90 if upright else 0,
    )
    _draw_cells(ax, table, rows, say)
    if not rows:
        within(ax, say(NOBODY))
    return sheet.dress(ax, _described(table, rows, say))


def _draw_cells(ax: Axes, table: ScoreTable, rows: Sequence[int], say: Sayer) -> None:
    """Draw a cell for every agency and dimension, and the points in it where there is room."""
    from matplotlib.colors import ListedColormap  # noqa: PLC0415 - an extra

    codes = list(table.dimensions)
    shares = np.array([[_share(table, code, row) for code in codes] for row in rows], dtype=float)
    if not shares.size:
        return
    edges = [np.arange(count + 1) - 0.5 for count in reversed(shares.shape)]
    ax.pcolormesh(
        *edges,
        np.ma.masked_invalid(shares),
        cmap=ListedColormap([ramp(step / 255) for step in range(256)]),
        vmin=0,
        vmax=1,
        edgecolors=style.PAPER,
        linewidth=0.8,
    )
    texts = [[_cell(table, code, row, say) for code in codes] for row in rows]
    room, height = width_in_points(ax) / len(codes), height_in_points(ax) / len(rows)
    fits = widest(chain.from_iterable(texts), _CELL_SIZE) + 3 <= room and height >= _CELL_SIZE * 1.3
    for place, line in enumerate(texts):
        for column, text in enumerate(line):
            share = shares[place, column]
            if np.isnan(share):
                label = f"unknown {place} {codes[column]}"
                area(ax, (column - 0.5, 1), (place - 0.5, 1), _UNKNOWN, label)
            elif fits:
                ax.text(
                    *(column, place, text),
                    fontsize=_CELL_SIZE,
                    color=ink_on(ramp(float(share))),
                    ha="center",
                    va="center",
                    parse_math=False,
                )


def _share(table: ScoreTable, code: str, row: int) -> float:
    """Return where points lie on the range of their dimension, from 0 to 1; NaN where unknown."""
    points = table.dimensions[code][row]
    if points is None:
        return float("nan")
    low, high = table.plan.ranges[code]
    return float((points - low) / (high - low)) if high > low else 1.0


def _cell(table: ScoreTable, code: str, row: int, say: Sayer) -> str:
    points = table.dimensions[code][row]
    return "" if points is None else say.points(points, _PLACES)


def _labels(table: ScoreTable, rows: Sequence[int], say: Sayer) -> list[str]:
    """Return the names of agencies, each behind its rank."""
    names = names_of(rows, table.assessments.facts, say)
    ranks = [table.ranks[row] for row in rows]
    return side_labels(
        [f"{rank or '-'}\u2002{name}" for rank, name in zip(ranks, names, strict=True)]
    )


def _total(table: ScoreTable, row: int, say: Sayer) -> str:
    worth = points_text(table.totals[row], say, exact=table.scores.total.exact)
    band = table.bands[row]
    return worth if band is None else f"{worth} {band}"


def _keys(table: ScoreTable, rows: Sequence[int], say: Sayer) -> list[Artist]:
    ends = (
        (Fraction(0), Text("paling rendah", "the least")),
        (Fraction(1, 2), Text("tengah", "the middle")),
        (Fraction(1), Text("paling tinggi", "the most")),
    )
    found = [swatch(say(name), ramp(float(share))) for share, name in ends]
    unknown = any(column[row] is None for column in table.dimensions.values() for row in rows)
    return [*found, swatch(say(UNKNOWN), style.PAPER, hatch=style.HATCH)] if unknown else found


def _described(table: ScoreTable, rows: Sequence[int], say: Sayer) -> list[str]:
    """Return in words who is drawn, with total and band; of many, the first and the last."""
    names = names_of(rows, table.assessments.facts, say)
    return abridged(
        [f"{name}: {_total(table, row, say)}" for name, row in zip(names, rows, strict=True)]
    )
