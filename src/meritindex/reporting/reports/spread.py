"""How totals are spread: over the bands, over the scale, and from group to group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from meritindex.analysis.boards.group import BoardGroup
from meritindex.analysis.boards.showing import share_text
from meritindex.analysis.boards.words import UNKNOWN_SIGN, WITHOUT_BAND, number_text, spread_places
from meritindex.language import Text
from meritindex.layout import Bar, Cell, Column, Link, Part, Shade, Table
from meritindex.reporting.reports.board import BoardReport
from meritindex.reporting.reports.dimensions import share_of
from meritindex.reporting.reports.ladder import band_scale
from meritindex.scoring.formulas import approximate
from meritindex.scoring.saying import Sayer

# The scale of the total is cut into so many equal parts.
_PARTS = 10


def spread_parts(group: BoardGroup, say: Sayer) -> Iterator[Part]:
    """Yield how the totals of a group are spread."""
    plan = group.board.table.plan
    root = plan.instrument.root
    if root.bands is not None:
        if group.median is not None:
            median = say(Text("median {value}", "median {value}"))
            label = median.format(value=say.points(group.median))
            title = Text("Median di tangga kategori", "The median on the ladder of bands")
            yield band_scale(plan, [(label, group.median)], None, say(title), say)
        yield _bands(group, say)
    if group.known:
        yield _histogram(group, say)


def _bands(group: BoardGroup, say: Sayer) -> Table:
    columns = (
        Column(say("kategori", "band")),
        Column(say("instansi", "agencies"), "right"),
        Column(say("kategori ini ke atas", "this band or higher"), "right"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            say.band(group.board.instrument, name),
            Bar(str(count), _share(count, group.count)),
            share_text(group, name, say),
        )
        for name, count in group.bands.items()
    ]
    if group.without_band:
        without = group.without_band
        rows.append(
            (say(WITHOUT_BAND), Bar(str(without), _share(without, group.count)), UNKNOWN_SIGN)
        )
    caption = Text("Instansi menurut kategori", "Agencies by band")
    note = Text(
        "Persentase dihitung dari instansi yang kategorinya diketahui.",
        "Percentages are of the agencies whose band is known.",
    )
    return Table(columns, tuple(rows), say(caption), notes=(say(note),))


def _histogram(group: BoardGroup, say: Sayer) -> Table:
    """Return how many totals lie in each tenth of the scale, which reaches to all of them."""
    table = group.table
    low, high = group.board.table.plan.ranges[group.board.instrument.root.code]
    totals = [total for total in table.totals if total is not None]
    # Deductions may lead far below zero, where nobody is.
    low = min(max(low, Fraction(0)), *totals)
    high = max(high, *totals)
    width = (high - low) / _PARTS or Fraction(1)
    counts = Counter(min((total - low) // width, _PARTS - 1) for total in totals)
    most = max(counts.values())
    rows = tuple(
        (
            say(
                Text("{low} sampai {high}", "{low} to {high}").fill(
                    low=approximate(low + width * place, say.language, 4),
                    high=approximate(low + width * (place + 1), say.language, 4),
                )
            ),
            Bar(str(counts[place]), Fraction(counts[place], most)),
        )
        for place in range(_PARTS)
    )
    columns = (
        Column(say(group.board.instrument.root.name).lower()),
        Column(say("instansi", "agencies"), "right"),
    )
    caption = Text("Instansi menurut nilai", "Agencies by total")
    note = Text(
        "Ujung atas sebuah rentang termasuk rentang berikutnya, kecuali pada rentang terakhir.",
        "The upper end of a range belongs to the next one, except in the last.",
    )
    return Table(columns, rows, say(caption), notes=(say(note),))


def group_tables(report: BoardReport, anchors: dict[str, str], say: Sayer) -> Iterator[Part]:
    """Yield the groups beside one another: their totals, then their bands."""
    board, groups = report.board, report.groups
    places = spread_places(groups)
    low, high = board.table.plan.ranges[board.instrument.root.code]
    heading = Column(say(board.grouping.heading), min_width=16)
    columns = (
        heading,
        Column(say("instansi", "agencies"), "right"),
        Column(say("ada nilai", "with total"), "right"),
        Column(say("rata-rata", "mean"), "right"),
        Column(say("kuartil 1", "quartile 1"), "right"),
        Column(say("median", "median"), "right"),
        Column(say("kuartil 3", "quartile 3"), "right"),
    )
    rows: list[tuple[Cell, ...]] = []
    for group in groups:
        mean: Cell = UNKNOWN_SIGN
        if group.mean is not None:
            share = share_of(group.mean, max(low, Fraction(0)), high)
            mean = Bar(say.points(group.mean, places, fixed=True), share)
        quartiles = group.quartiles or (None, None, None)
        rows.append(
            (
                Link(say(group.label), anchor=anchors[group.name]),
                str(group.count),
                str(group.known),
                mean,
                *(number_text(value, places, say) for value in quartiles),
            )
        )
    note = Text(
        "Kelompok diurutkan menurut rata-ratanya. Yang belum ada nilainya tidak ikut dihitung.",
        "Groups are in the order of their means. Who has no total is not counted in them.",
    )
    caption = Text("Nilai menurut kelompok", "Totals by group")
    yield Table(columns, tuple(rows), say(caption), notes=(say(note),), compared=True)
    if board.instrument.root.bands is not None:
        yield _band_counts(groups, heading, say)


def _band_counts(groups: tuple[BoardGroup, ...], heading: Column, say: Sayer) -> Table:
    names = list(groups[0].bands)
    columns = (
        heading,
        *(Column(name, "right") for name in names),
        Column(say(WITHOUT_BAND), "right"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            say(group.label),
            *(Shade(str(count), _share(count, group.count)) for count in group.bands.values()),
            str(group.without_band),
        )
        for group in groups
    ]
    caption = Text("Instansi menurut kategori dan kelompok", "Agencies by band and group")
    note = Text(
        "Makin gelap (di layar gelap: makin terang), makin besar bagiannya dalam kelompok.",
        "The darker (on a dark screen: the lighter), the greater the share of the group.",
    )
    return Table(columns, tuple(rows), say(caption), notes=(say(note),), compared=True)


def _share(count: int, of: int) -> Fraction:
    return Fraction(count, of) if of else Fraction(0)
