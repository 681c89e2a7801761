"""Who is most like an agency, who of them is ahead, and what these do that it does not."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

import attrs
import numpy as np

from meritindex.analysis.boards.distances import Profiles, Rows
from meritindex.analysis.boards.grouping import twice
from meritindex.analysis.boards.practices import Practice, practices_of
from meritindex.definition import Agency, Dimension
from meritindex.errors import Fault, MeritIndexError
from meritindex.language import Language, Text
from meritindex.layout import to_html, to_text
from meritindex.numbers import quoted
from meritindex.scoring import ScoreCard, ScoreTable

DEFAULT_COUNT = 5


@attrs.frozen(kw_only=True)
class Peer:
    """An agency beside another.

    Attributes:
        agency: who.
        row: in the table.
        distance: how far their profiles are apart; 0 where they are the same.
        total: its total; None where it is not known.
        band: the official name of its band.
        rank: among the whole table.
    """

    agency: Agency
    row: int
    distance: Fraction
    total: Fraction | None
    band: str | None
    rank: int | None


@attrs.frozen(kw_only=True)
class Unlike:
    """An agency that can't be compared, because points are not known in these dimensions."""

    agency: Agency
    lacking: tuple[str, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Peers:
    """The agencies whose profile is nearest to that of one. Made by `peers`.

    Attributes:
        table: the results of all.
        row: whose peers they are.
        count: how many were asked for; more are given where they are equally far.
        same_kind: whether only agencies of the same kind are looked at.
    """

    table: ScoreTable
    row: int
    count: int = DEFAULT_COUNT
    same_kind: bool = True

    @property
    def card(self) -> ScoreCard:
        """The result of the agency."""
        return self.table.card(self.row)

    @property
    def agency(self) -> Agency:
        """Whose peers they are."""
        return self.table.agencies[self.row]

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions that are compared: those that combine no other dimensions."""
        return self._profiles.dimensions

    @property
    def lacking(self) -> tuple[str, ...]:
        """The dimensions in which the agency's own points are not known: then it has no peers."""
        return self._profiles.lacking(self.row)

    @cached_property
    def nearest(self) -> tuple[Peer, ...]:
        """The nearest agencies, whatever their totals; all that are as far as the last of them.

        Agencies that are equally far are in the order of the table.
        """
        return self._chosen(self._candidates)

    @cached_property
    def next_better(self) -> tuple[Peer, ...]:
        """The nearest agencies with a higher total; all that are as far as the last of them."""
        totals, rows = self.table.totals, self._candidates
        if not totals.known[self.row]:
            return ()
        own = totals.numerators[self.row]
        ahead = totals.known[rows] & np.asarray(totals.numerators[rows] > own, dtype=np.bool_)
        return self._chosen(rows[ahead])

    @cached_property
    def left_out(self) -> tuple[Unlike, ...]:
        """The agencies that would be looked at, but whose points are not known everywhere."""
        rows = [row for row in self._others if not self._profiles.complete[row]]
        return tuple(
            Unlike(agency=self.table.agencies[row], lacking=self._profiles.lacking(row))
            for row in rows
        )

    @cached_property
    def what_they_do(self) -> tuple[Practice, ...]:
        """The indicators in which most of `next_better` stand higher than the agency.

        Those in which the most stand higher come first, then the order of the instrument. What
        the agency has not answered can't be compared, and is not among them.
        """
        rows = [peer.row for peer in self.next_better]
        return practices_of(self.table.assessments, self.row, rows)

    @cached_property
    def _profiles(self) -> Profiles:
        return Profiles(table=self.table)

    @cached_property
    def _others(self) -> list[int]:
        agencies = self.table.agencies
        return [
            row
            for row, other in enumerate(agencies)
            if row != self.row and (not self.same_kind or other.kind is self.agency.kind)
        ]

    @cached_property
    def _candidates(self) -> Rows:
        """The rows that can be compared; none where the agency itself can't be."""
        rows = np.array(self._others, dtype=np.intp)
        return rows[self._profiles.complete[rows]] if not self.lacking else rows[:0]

    def _chosen(self, rows: Rows) -> tuple[Peer, ...]:
        """Return the nearest of some rows, with all that tie with the last of them."""
        numbers, denominator = self._profiles.distances(self.row, rows)
        order = np.argsort(numbers, kind="stable")
        if len(order) > self.count:
            farthest = numbers[order[self.count - 1]]
            order = order[np.asarray(numbers[order] <= farthest, dtype=np.bool_)]
        table = self.table
        return tuple(
            Peer(
                agency=table.agencies[row],
                row=row,
                distance=Fraction(int(number), denominator),
                total=table.totals[row],
                band=table.bands[row],
                rank=table.ranks[row],
            )
            for row, number in zip(rows[order].tolist(), numbers[order].tolist(), strict=True)
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Peers):
            return NotImplemented
        return (
            self.table == other.table
            and self.row == other.row
            and self.count == other.count
            and self.same_kind == other.same_kind
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        names = ", ".join(peer.agency.name for peer in self.nearest[:3])
        made_up = ", synthetic" if self.table.synthetic else ""
        return f"<Peers of {self.agency.name}: {names or 'none'}{made_up}>"

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the peers as text of at most `width` columns."""
        from meritindex.analysis.boards.peers_page import peers_document  # noqa: PLC0415

        return to_text(peers_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the peers as plain semantic HTML, escaped."""
        from meritindex.analysis.boards.peers_page import peers_document  # noqa: PLC0415

        return to_html(peers_document(self, language))

    def _repr_html_(self) -> str:
        return self.to_html()


def peers(
    table: ScoreTable, agency: int | str, count: int = DEFAULT_COUNT, *, same_kind: bool = True
) -> Peers:
    """Return the agencies whose profile is nearest to that of one.

    A profile is the points in the dimensions that combine no other dimensions (the aspects). The
    distance of two is the sum over these of the difference of points, each divided by the length of
    the dimension's range, exactly: 0 where all points are the same, and at most the number of
    dimensions.

    Args:
        table: the results of all.
        agency: a row, or the name or code of an agency.
        count: how many, 1 or more. All that are equally far as the last of them are given as well.
        same_kind: whether only agencies of the same kind (provinces, regencies, cities) are
            compared.

    Returns:
        The nearest agencies, the nearest that are ahead, and what most of these do that the agency
        does not. Agencies without points in a dimension are left out, and listed.

    Raises:
        UnknownNameError: the agency is not in the table, or is there more than once.
        IndexError: there is no such row.
        MeritIndexError: an agency is in the table twice; the kind of this one is not known; `count`
            is not above 0.

    Examples:
        >>> import meritindex as mi
        >>> found = mi.peers(mi.score(mi.sample()), "Kota Pangkal Pinang", 3)
        >>> [(peer.agency.name, str(peer.distance)) for peer in found.nearest]
        [('Kota Bekasi', '1/2'), ('Kota Medan', '9/16'), ('Kota Banjarmasin', '241/336')]
        >>> found.what_they_do[0].code
        'a2q1'
    """
    row = table[agency].row
    faults = list(twice(table.assessments.facts))
    if count < 1:
        allowed = Text("1 atau lebih", "1 or more")
        message = Text(
            "jumlah instansi sebanding {count}; yang diterima: {allowed}",
            "the number of peers is {count}; allowed: {allowed}",
        ).fill(count=quoted(count), allowed=allowed)
        faults.append(
            Fault(code="peers-count", message=message, value=quoted(count), allowed=allowed)
        )
    if same_kind and table.agencies[row].kind is None:
        name = table.agencies[row].name
        message = Text(
            "jenis instansi {agency} tidak diketahui, sehingga yang sejenis tidak dapat dicari; "
            "bandingkan dengan semua jenis",
            "of what kind {agency} is is not known, so that none of the same kind can be found; "
            "compare with all kinds",
        ).fill(agency=name)
        faults.append(Fault(code="peers-kind-unknown", message=message, agency=name))
    if faults:
        raise MeritIndexError(faults)
    return Peers(table=table, row=row, count=count, same_kind=same_kind)
