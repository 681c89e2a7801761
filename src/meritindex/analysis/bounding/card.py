"""Between what ends the total of one agency lies, and which open question decides most."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from meritindex.analysis.bounding.extremes import side
from meritindex.analysis.completions import OpenItem
from meritindex.assessment import Assessment
from meritindex.definition import Agency, Instrument, Standing
from meritindex.language import Language
from meritindex.layout import to_html, to_text
from meritindex.scoring import Reason
from meritindex.scoring.formulas import brief

if TYPE_CHECKING:
    from meritindex.analysis.bounding.table import BoundsTable


@attrs.frozen(kw_only=True)
class Decision:
    """An open item, and how much of the interval it decides.

    Attributes:
        item: what is open.
        width: by how much the interval of the total narrows at most when it alone is settled.
        effect: the most that the total moves with it, over all admissible weights. It may be more
            than the width: at the weights that make the ends, an item may weigh little.
        can_settle: whether that could leave only one band, at an end of what it may be.
    """

    item: OpenItem
    width: Fraction
    effect: Fraction
    can_settle: bool


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BoundsCard:
    """Between what ends the total of one agency lies. A row of a `BoundsTable`.

    Attributes:
        table: the table.
        row: which of its rows.
    """

    table: BoundsTable
    row: int

    @property
    def agency(self) -> Agency:
        """Who was assessed."""
        return self.table.agencies[self.row]

    @property
    def instrument(self) -> Instrument:
        """The instrument."""
        return self.table.instrument

    @property
    def synthetic(self) -> bool:
        """Whether the answers were made up."""
        return self.table.assessments.facts[self.row].synthetic

    @property
    def lower(self) -> Fraction | None:
        """The least that the total can be; None where nothing is known of it."""
        return self.table.lower[self.row]

    @property
    def upper(self) -> Fraction | None:
        """The most that the total can be."""
        return self.table.upper[self.row]

    @property
    def possible_bands(self) -> tuple[str, ...]:
        """The official names of the bands that are possible, the lowest first."""
        return self.table.possible_bands[self.row]

    @property
    def certain_band(self) -> str | None:
        """The official name of the only possible band; None where there are several."""
        return self.table.certain_bands[self.row]

    @property
    def rank_range(self) -> tuple[int, int] | None:
        """The best and the worst rank in the table; None where it has none."""
        return self.table.rank_ranges[self.row]

    @property
    def attained(self) -> bool:
        """Whether both ends of the range of ranks are the rank under some weights and answers."""
        return not self.table.tree.regions or self.row in self.table.exact_ranks

    @property
    def standing(self) -> Standing:
        """How firmly the bounds are known."""
        return self.table.standings[self.row]

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """What makes the standing no firmer."""
        return self.table.table.card(self.row).reasons

    @cached_property
    def lower_weights(self) -> Mapping[str, Fraction]:
        """Admissible weights, by code, under which the total is at its least.

        `Given` takes them: scoring `lower_assessment` with them gives `lower`.
        """
        return self._weights(most=False)

    @cached_property
    def upper_weights(self) -> Mapping[str, Fraction]:
        """Admissible weights, by code, under which the total is at its most."""
        return self._weights(most=True)

    @cached_property
    def lower_assessment(self) -> Assessment:
        """A completion of the answers of which the total is at its least."""
        return self.table.completions.assessment(
            self.table.extreme_row(self.row, most=False), "low"
        )

    @cached_property
    def upper_assessment(self) -> Assessment:
        """A completion of the answers of which the total is at its most."""
        return self.table.completions.assessment(
            self.table.extreme_row(self.row, most=True), "high"
        )

    @cached_property
    def open_items(self) -> tuple[OpenItem, ...]:
        """What is not answered, or doubtful; what decides most comes first."""
        return tuple(decision.item for decision in self.decisions)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """How much each open item decides; what decides most comes first.

        Those of all rows are found faster together, by `BoundsTable.decisions`.
        """
        from meritindex.analysis.bounding.deciding import decisions  # noqa: PLC0415 - it bounds

        return decisions(self.table, [self.row])[0]

    def _weights(self, *, most: bool) -> Mapping[str, Fraction]:
        weights = dict(self.table.tree.settled_weights)
        if self.table.tree.regions and self.lower is not None:
            # The row alone: which of several weightings is found must not depend on the others.
            row = self.table.extreme_row(self.row, most=most)
            inputs = self.table.completions.high if most else self.table.completions.low
            alone = inputs.rows(slice(row, row + 1))
            weights |= side(self.table.tree, alone, most=most).weights(0)
        return MappingProxyType(weights)

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the card as text of at most `width` columns."""
        from meritindex.analysis.bounding.showing import card_document  # noqa: PLC0415

        return to_text(card_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the card as plain semantic HTML, escaped."""
        from meritindex.analysis.bounding.showing import card_document  # noqa: PLC0415

        return to_html(card_document(self, language))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BoundsCard):
            return NotImplemented
        return (
            self.table.weighting == other.table.weighting
            and self.table.policy == other.table.policy
            and self.table.assessments[self.row] == other.table.assessments[other.row]
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        exact = self.table.exact
        ends = f"{brief(self.lower, exact=exact)} to {brief(self.upper, exact=exact)}"
        made_up = ", synthetic" if self.synthetic else ""
        return (
            f"<BoundsCard of {self.agency.name} under {self.instrument.id}: {ends}, "
            f"{' or '.join(self.possible_bands) or None}, {self.standing}{made_up}>"
        )

    def _repr_html_(self) -> str:
        return self.to_html()
