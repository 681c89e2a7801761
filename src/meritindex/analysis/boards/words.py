"""What the pages of boards, groups, agencies and peers say alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from meritindex.analysis.boards.group import BoardGroup
from meritindex.analysis.boards.grouping import NO_GROUP, WHOLE
from meritindex.analysis.boards.rises import Rise
from meritindex.definition import Agency, AgencyKind
from meritindex.language import Text, listed
from meritindex.layout import Heading, Paragraph, Part
from meritindex.scoring.saying import SYNTHETIC, Sayer, places_needed, score_standing_parts

UNKNOWN_SIGN = "-"
WITHOUT_BAND = Text("tanpa kategori", "no band")

_REGIONAL = {AgencyKind.PROVINCE, AgencyKind.REGENCY, AgencyKind.CITY}

# More names than this are told by their number: in a sentence, and in a cell of a table.
_SHOWN_NAMES = 6
CELL_NAMES = 2


def names_text(agencies: Sequence[Agency], most: int = _SHOWN_NAMES) -> Text:
    """Return the names of agencies; of many the first ones and how many more there are."""
    shown = ", ".join(agency.name for agency in agencies[:most])
    more = len(agencies) - most
    if more <= 0:
        return Text.same(shown or UNKNOWN_SIGN)
    return Text(f"{shown}, dan {more} lainnya", f"{shown}, and {more} more")


def number_text(value: Fraction | None, places: int, say: Sayer, *, fixed: bool = True) -> str:
    """Return a number as a decimal; what is not known as a dash."""
    return UNKNOWN_SIGN if value is None else say.points(value, places, fixed=fixed)


def change_text(rise: Rise | None, places: int, say: Sayer) -> str:
    """Return by how much a total rose, with its sign; what is not known as a dash."""
    if rise is None:
        return UNKNOWN_SIGN
    return say.signed(rise.points, places, fixed=True)


def spread_places(groups: Iterable[BoardGroup]) -> int:
    """Return how many decimals show the means and quartiles of groups."""
    values = [value for group in groups for value in (group.mean, *(group.quartiles or ()))]
    return places_needed(values)


def spread_lines(group: BoardGroup, say: Sayer) -> Iterator[str]:
    """Yield how the totals of a group are spread, who leads, and who rose most."""
    places = spread_places([group])
    counted = Text(
        "{count} instansi, {known} di antaranya sudah ada nilainya",
        "{count} agencies, {known} of them with a total",
    )
    if group.known == group.count:
        counted = Text("{count} instansi, semua ada nilainya", "{count} agencies, all with a total")
    yield say(counted.fill(count=group.count, known=group.known))
    if group.quartiles is not None and group.mean is not None:
        lower, middle, upper = group.quartiles
        spread = Text(
            "Rata-rata {mean}; kuartil 1 {lower}, median {middle}, kuartil 3 {upper}; terendah "
            "{lowest}, tertinggi {highest}",
            "Mean {mean}; quartile 1 {lower}, median {middle}, quartile 3 {upper}; lowest "
            "{lowest}, highest {highest}",
        )
        numbers = {
            "mean": group.mean,
            "middle": middle,
            "lower": lower,
            "upper": upper,
            "lowest": group.lowest,
            "highest": group.highest,
        }
        shown = {name: number_text(value, places, say) for name, value in numbers.items()}
        yield say(spread.fill(**shown))
        leading = Text("Nilai tertinggi: {names}", "Highest total: {names}")
        if group.known < group.count:
            leading = Text(
                "Nilai tertinggi di antara yang sudah ada nilainya: {names}",
                "Highest of the totals that are known: {names}",
            )
        yield say(leading.fill(names=names_text(group.leaders)))
    if group.board.before is not None:
        yield say(_improved_text(group, say))
        yield from rise_remark_lines(group, say)
    if group.without_total:
        without = Text("Belum ada nilainya: {names}", "Without a total: {names}")
        yield say(without.fill(names=names_text(group.without_total)))
    yield from kind_lines(group, say)


def kind_lines(group: BoardGroup, say: Sayer) -> Iterator[str]:
    """Yield what kinds of agencies are on a board that does not have all regional ones."""
    kinds = {agency.kind for agency in group.board.table.agencies}
    if kinds and not (None in kinds or kinds >= _REGIONAL):
        named = [kind.label for kind in AgencyKind if kind in kinds]
        text = Text(
            "Jenis instansi di papan ini: {kinds}", "Kinds of agencies on this board: {kinds}"
        )
        yield say(text.fill(kinds=listed(named)))


def rise_remark_lines(group: BoardGroup, say: Sayer) -> Iterator[str]:
    """Yield why differences may be no rises, each with of how many agencies it is true."""
    of_one, of_many = (
        Text("{count} instansi", "1 agency"),
        Text("{count} instansi", "{count} agencies"),
    )
    for remark, count in group.rise_remarks.items():
        shown = (of_one if count == 1 else of_many).fill(count=count)
        yield f"{say('Catatan', 'Remark')}: {say(remark)} ({say(shown)})"


def _improved_text(group: BoardGroup, say: Sayer) -> Text:
    if not group.most_improved:
        return Text("Kenaikan terbesar: tidak ada yang naik", "Rose most: nobody has risen")
    points = group.most_improved[0].points
    line = Text("Kenaikan terbesar: {names} ({points})", "Rose most: {names} ({points})")
    return line.fill(
        names=names_text([rise.agency for rise in group.most_improved]),
        points=say.signed(points, places_needed([points]), fixed=True),
    )


def synthetic_parts(say: Sayer, *, synthetic: bool) -> list[Part]:
    """Return that answers are made up, where they are."""
    return [Paragraph(say(SYNTHETIC), tone="warning")] if synthetic else []


def group_title(group: BoardGroup, say: Sayer) -> str:
    """Return what a group is called: what kind of group, and its name."""
    if group.label in (WHOLE, NO_GROUP):
        return say(group.label).capitalize()
    return f"{say(group.board.grouping.heading).capitalize()}: {say(group.label)}"


def group_standing_parts(group: BoardGroup, say: Sayer) -> list[Part]:
    """Return why the standing of a group is no firmer."""
    plan, exact = group.board.table.plan, group.board.exact
    return score_standing_parts(group.standing, group.reasons, plan, say, exact=exact)


def section(title: Text, say: Sayer) -> Heading:
    """Return the heading of a section."""
    return Heading(say(title), 3)
