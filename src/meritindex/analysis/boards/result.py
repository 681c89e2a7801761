"""A board: groups of agencies beside one another, and each agency among its group."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

import attrs

from meritindex.analysis.boards.entry import BoardEntry
from meritindex.analysis.boards.group import BoardGroup
from meritindex.analysis.boards.grouping import NO_GROUP, WHOLE, Grouping
from meritindex.analysis.boards.peers import DEFAULT_COUNT, Peers, peers
from meritindex.analysis.boards.rises import Rise, rises_of
from meritindex.definition import Agency, Instrument, Standing
from meritindex.errors import Fault, UnknownNameError
from meritindex.language import Language, Text, listed
from meritindex.layout import to_html, to_text
from meritindex.names import near_names
from meritindex.numbers import quoted
from meritindex.scoring import Reason, ScoreTable

_MOST_NEAR = 5
# More groups than this are told by the first of them and how many more there are.
_MOST_LISTED = 12


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Board:
    """Groups of agencies beside one another. Made by `board`.

    Indexing by the name of a group gives it; iterating gives all groups, in their order.

    Attributes:
        table: the results of all agencies, each once.
        grouping: to which group each belongs.
        before: an earlier table, from which rises are told; None where there is none.
    """

    table: ScoreTable
    grouping: Grouping
    before: ScoreTable | None = None

    @property
    def instrument(self) -> Instrument:
        """The instrument under which all were scored."""
        return self.table.instrument

    @property
    def exact(self) -> bool:
        """Whether totals are exact; not so where a rule that is not rational has a part in them."""
        return self.table.totals.exact

    @cached_property
    def whole(self) -> BoardGroup:
        """All agencies of the table, as one group; those without a group too."""
        return BoardGroup(
            board=self, name=WHOLE.en, label=WHOLE, rows=tuple(range(len(self.table)))
        )

    @cached_property
    def groups(self) -> tuple[BoardGroup, ...]:
        """The groups by their mean, the highest first, and equal ones by name.

        Groups without any total that is known come last.
        """
        rows: dict[str, list[int]] = {name: [] for name, _ in self.grouping.labels}
        for row, name in enumerate(self.grouping.names):
            if name is not None:
                rows[name].append(row)
        found = [
            BoardGroup(board=self, name=name, label=label, rows=tuple(rows[name]))
            for name, label in self.grouping.labels
        ]
        return tuple(sorted(found, key=_place))

    @cached_property
    def ungrouped(self) -> BoardGroup | None:
        """The agencies without a group; None where every agency has one."""
        rows = tuple(row for row, name in enumerate(self.grouping.names) if name is None)
        if not rows:
            return None
        return BoardGroup(board=self, name=NO_GROUP.en, label=NO_GROUP, rows=rows)

    @property
    def not_in_table(self) -> tuple[Agency, ...]:
        """The agencies that a mapping puts into a group and the table does not have."""
        return self.grouping.not_in_table

    @cached_property
    def earlier_rows(self) -> tuple[int | None, ...]:
        """The row of every agency in the earlier table; None where it is not there."""
        earlier = () if self.before is None else self.before.agencies
        rows = {agency: row for row, agency in enumerate(earlier)}
        return tuple(rows.get(agency) for agency in self.table.agencies)

    @cached_property
    def rises(self) -> tuple[Rise | None, ...]:
        """The total then and now of every row; None where either is not known."""
        if self.before is None:
            return (None,) * len(self.table)
        return tuple(rises_of(self.table, self.before, self.earlier_rows))

    @cached_property
    def only_before(self) -> tuple[Agency, ...]:
        """The agencies of the earlier table that this one does not have."""
        now = set(self.table.agencies)
        earlier = () if self.before is None else self.before.agencies
        return tuple(agency for agency in earlier if agency not in now)

    @property
    def synthetic(self) -> bool:
        """Whether any of the answers were made up, then or now."""
        return self.whole.synthetic

    @property
    def standing(self) -> Standing:
        """The weakest standing of any total, then or now."""
        return self.whole.standing

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What makes the standing of the board no firmer."""
        return self.whole.reasons

    def group_of(self, row: int) -> BoardGroup:
        """Return the group that a row of the table belongs to; `ungrouped` where it has none.

        Raises:
            IndexError: there is no such row.
        """
        name = self.grouping.names[row]
        if name is not None:
            return self[name]
        assert self.ungrouped is not None  # noqa: S101 - this row is in it
        return self.ungrouped

    def entry(self, who: int | str) -> BoardEntry:
        """Return one agency among its group.

        Args:
            who: a row, or the name or code of an agency.

        Raises:
            UnknownNameError: the agency is not in the table.
            IndexError: there is no such row.
        """
        row = self.table[who].row
        return BoardEntry(group=self.group_of(row), row=row)

    def peers(
        self, agency: int | str, count: int = DEFAULT_COUNT, *, same_kind: bool = True
    ) -> Peers:
        """Return the agencies of the whole table whose profile is nearest; see `peers`."""
        return peers(self.table, agency, count, same_kind=same_kind)

    def __len__(self) -> int:
        return len(self.groups)

    def __iter__(self) -> Iterator[BoardGroup]:
        return iter(self.groups)

    def __getitem__(self, name: str) -> BoardGroup:
        """Return the group with this name, or with this label in either language, in any case.

        Raises:
            UnknownNameError: there is no such group; the fault lists those that there are.
        """
        group = self._by_name.get(" ".join(name.split()).casefold())
        if group is None:
            raise UnknownNameError(self._unknown_group(name))
        return group

    def _unknown_group(self, name: str) -> Fault:
        """Return that there is no such group, with those that are meant perhaps; else with all."""
        # Several names may be of one group.
        close = near_names(name, self._by_name, 3 * _MOST_NEAR)
        near = list({self._by_name[each].name: self._by_name[each] for each in close}.values())
        message = Text(
            "tidak ada kelompok {value}; yang ada: {allowed}",
            "there is no group {value}; there are: {allowed}",
        )
        if near:
            message = Text(
                "tidak ada kelompok {value}; mungkin: {allowed}",
                "there is no group {value}; perhaps: {allowed}",
            )
        allowed = _named([group.label for group in near[:_MOST_NEAR] or self.groups])
        message = message.fill(value=quoted(name), allowed=allowed)
        return Fault(code="board-group-unknown", message=message, value=name, allowed=allowed)

    @cached_property
    def _by_name(self) -> dict[str, BoardGroup]:
        """The groups by everything that they are called; a name goes before a label."""
        labels = {
            name.casefold(): group
            for group in self.groups
            for name in (group.label.en, group.label.id)
        }
        return {**labels, **{group.name.casefold(): group for group in self.groups}}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Board):
            return NotImplemented
        return (
            self.table == other.table
            and self.grouping == other.grouping
            and self.before == other.before
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        made_up = ", synthetic" if self.synthetic else ""
        return (
            f"<Board of {len(self.table)} in {len(self)} groups under {self.instrument.id}, "
            f"{self.table.weighting.name}, {self.standing}{made_up}>"
        )

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the board as text of at most `width` columns."""
        from meritindex.analysis.boards.showing import board_document  # noqa: PLC0415

        return to_text(board_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the board as plain semantic HTML, escaped."""
        from meritindex.analysis.boards.showing import board_document  # noqa: PLC0415

        return to_html(board_document(self, language))

    def _repr_html_(self) -> str:
        return self.to_html()


def _named(labels: list[Text]) -> Text:
    more = len(labels) - _MOST_LISTED
    shown = labels[:_MOST_LISTED]
    if more > 0:
        shown = [*shown, Text(f"dan {more} lainnya", f"and {more} more")]
    return listed(shown or [Text.same("-")], "; ")


def _place(group: BoardGroup) -> tuple[bool, Fraction, str]:
    return group.mean is None, -(group.mean or Fraction(0)), group.name
