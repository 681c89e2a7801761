"""How the agencies of groups are spread over the bands: `distribution`."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from meritindex.analysis.boards import Board, BoardGroup, board
from meritindex.analysis.boards.grouping import By
from meritindex.language import Language, Text
from meritindex.reporting.plot import areas, style
from meritindex.reporting.plot.areas import Look, area, bar
from meritindex.reporting.plot.keys import swatch
from meritindex.reporting.plot.lettering import widest, width_of
from meritindex.reporting.plot.scale import plain, rows_of, width_in_points, within
from meritindex.reporting.plot.sheet import (
    Sheet,
    label_width,
    require_matplotlib,
    row_height,
    side_labels,
)
from meritindex.reporting.plot.style import band_colours, ink_on
from meritindex.reporting.plot.words import (
    NO_BAND,
    NOBODY,
    UNKNOWN_BAND,
    abridged,
    band_name,
    ground_notes,
    rule_lines,
    standing_line,
)
from meritindex.scoring import ScoreTable
from meritindex.scoring.saying import Sayer

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

_TITLE = Text("Kategori menurut {grouping}", "Bands by {grouping}")
_ALL = Text("Kategori semua instansi", "Bands of all agencies")
_COUNTS = Text(
    "Panjang: bagian dari kelompok. Angka: banyaknya instansi.",
    "Length: the share of the group. Numbers: how many agencies.",
)
_ROW = 17.0
_ALONE = 34.0
_HALF = 0.38


def distribution(
    table: ScoreTable | Board,
    ax: Axes | None = None,
    *,
    by: By | None = None,
    language: Language = "id",
) -> Axes:
    """Draw what share of every group is in which band, with how many agencies that are.

    Groups stand in the order of their means, as on a board; agencies without a group come last.
    Who has no band that is known is counted apart, in a hatched part.

    Args:
        table: the results, each agency once; or a board, of which the groups are drawn.
        ax: where to draw; by default on a figure of its own.
        by: `province`, `kind` or `kanreg`, a mapping or a function, as for `mi.board`; None for one
            group of all, and for a board, which has its groups.
        language: `id` or `en`.

    Returns:
        the axes. A notebook shows those on a figure of their own; nothing else is shown.

    Raises:
        MissingExtraError: matplotlib is not installed (extra `plot`).
        UnknownNameError: there is no such grouping, or a mapping names an agency that neither the
            table nor the directory has.
        AssessmentError: an agency is in the table twice.
        MeritIndexError: a mapping puts an agency into two groups, or a name of a group is none.
        ValueError: `by` is given with a board.

    Examples:
        >>> # needs: matplotlib
        >>> import meritindex as mi
        >>> ax = mi.plot.distribution(mi.score(mi.sample()), by="kind", language="en")
        >>> [label.get_text() for label in ax.get_yticklabels()]
        ['province', 'regency', 'city']
    """
    require_matplotlib()
    say = Sayer(language)
    found = _board(table, by)
    groups = [*found.groups, *([] if found.ungrouped is None else [found.ungrouped])]
    labels = side_labels([say(group.label) for group in groups])
    counts = [say(_counted(group.count)) for group in groups]
    left = label_width(labels)
    alone = len(found.groups) == 1 and found.ungrouped is None
    sheet = Sheet(
        language=language,
        title=say(_ALL) if alone else say(_TITLE.fill(grouping=found.grouping.title)),
        lines=(
            *rule_lines([found.instrument], say),
            standing_line(found.table.standing, found.table.plan, say),
        ),
        synthetic=found.table.synthetic,
        keys=_keys(found, say),
        notes=[say(_COUNTS), *ground_notes([found.instrument], say, exact=found.exact)],
        body=row_height(labels, _ALONE if alone else _ROW) * max(len(groups), 1),
        left=left,
        right=widest(counts, style.LABEL_SIZE) + style.GAP if counts else 0.0,
        below=style.GAP,
    )
    ax = sheet.axes(ax)
    rows_of(ax, labels, left, counts)
    plain(ax, keep=())
    ax.set_xlim(0, 1)
    ax.set_xticks([])
    for place, group in enumerate(groups):
        _draw_group(ax, place, group)
    if not groups:
        within(ax, say(NOBODY))
    return sheet.dress(ax, abridged([_said(group, say) for group in groups]))


def _board(table: ScoreTable | Board, by: By | None) -> Board:
    if isinstance(table, ScoreTable):
        return board(table, by)
    if by is not None:
        raise ValueError("a board has its groups already: by is not for it")
    return table


def _draw_group(ax: Axes, place: int, group: BoardGroup) -> None:
    """Draw the bands of a group one after the other, the lowest first, and what has none."""
    room = width_in_points(ax)
    parts = list(zip(group.bands.items(), band_colours(len(group.bands)), strict=True))
    start = 0
    for (name, count), colour in [*parts, (("", group.without_band), style.PAPER)]:
        if not count:
            continue
        share = float(Fraction(count, group.count))
        look = Look(colour=colour, edge=style.MUTED, width=0.6) if name else areas.UNKNOWN
        across = (float(Fraction(start, group.count)), share)
        area(ax, across, bar(place, _HALF), look, f"{place} {name}")
        text = str(count)
        if width_of(text, style.SMALL_SIZE) + 3 <= share * room:
            ax.text(
                *((start + count / 2) / group.count, place, text),
                fontsize=style.SMALL_SIZE,
                color=ink_on(colour),
                ha="center",
                va="center",
                parse_math=False,
                bbox=None if name else {"facecolor": style.PAPER, "linewidth": 0, "pad": 1},
            )
        start += count


def _counted(count: int) -> Text:
    return Text(f"{count} instansi", f"{count} {'agency' if count == 1 else 'agencies'}")


def _without(found: Board) -> Text:
    return NO_BAND if found.instrument.root.bands is None else UNKNOWN_BAND


def _keys(found: Board, say: Sayer) -> list[Artist]:
    names = [band_name(band, say) for band in found.instrument.root.bands or ()]
    pairs = zip(names, band_colours(len(names)), strict=True)
    keys = [swatch(name, colour) for name, colour in pairs]
    if found.whole.without_band:
        keys.append(swatch(say(_without(found)), style.PAPER, hatch=style.HATCH))
    return keys


def _said(group: BoardGroup, say: Sayer) -> str:
    """Return in words how many agencies of a group are in which band."""
    instrument = group.board.instrument
    counts = [f"{say.band(instrument, name)} {count}" for name, count in group.bands.items()]
    if group.without_band:
        counts.append(f"{say(_without(group.board))} {group.without_band}")
    return f"{say(group.label)}: {', '.join(counts)}"
