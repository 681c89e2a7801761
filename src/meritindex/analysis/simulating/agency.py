"""What a simulation found for one agency."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs
import numpy as np

from meritindex.definition import Agency, Instrument, Standing
from meritindex.language import Language
from meritindex.layout import to_html, to_text
from meritindex.numbers import decimal_text
from meritindex.scoring import Reason

if TYPE_CHECKING:
    from meritindex.analysis.simulating.result import Robustness


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AgencyRobustness:
    """How often one agency has each band and each rank. A row of a `Robustness`.

    Attributes:
        result: what was found for all.
        row: which of its rows.
    """

    result: Robustness
    row: int

    @property
    def agency(self) -> Agency:
        """Who was assessed."""
        return self.result.agencies[self.row]

    @property
    def instrument(self) -> Instrument:
        """The instrument."""
        return self.result.instrument

    @property
    def synthetic(self) -> bool:
        """Whether the answers were made up."""
        return self.result.assessments.facts[self.row].synthetic

    @cached_property
    def bands(self) -> Mapping[str, Fraction]:
        """In what share of the draws it has each band, by the band's official name."""
        shares = self.result.band_acceptability.row(self.row)
        return MappingProxyType(dict(zip(self.result.bands, shares, strict=True)))

    @cached_property
    def ranks(self) -> Mapping[int, Fraction]:
        """In what share of the draws it has each rank, of those that it ever has."""
        counts = np.bincount(self.result.draw_ranks[:, self.row]).tolist()
        draws = self.result.settings.draws
        return MappingProxyType(
            {rank: Fraction(count, draws) for rank, count in enumerate(counts) if rank and count}
        )

    @property
    def best_rank(self) -> int | None:
        """The best rank that it has in any draw; None without a rank."""
        return min(self.ranks, default=None)

    @property
    def worst_rank(self) -> int | None:
        """The worst rank that it has in any draw."""
        return max(self.ranks, default=None)

    @property
    def mean_rank(self) -> Fraction | None:
        """The mean of its ranks; None without a rank in every draw."""
        return self.result.mean_ranks[self.row]

    def percentile(self, percent: object) -> Fraction | None:
        """Return a percentile of its ranks, as `Robustness.percentile`."""
        return self.result.percentile(percent)[self.row]

    @property
    def standing(self) -> Standing:
        """How firmly the answers and the rule are known."""
        return self.result.standings[self.row]

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """What makes the standing no firmer."""
        return self.result.table.card(self.row).reasons

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the result as text of at most `width` columns."""
        from meritindex.analysis.simulating.showing import card_document  # noqa: PLC0415

        return to_text(card_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the result as plain semantic HTML, escaped."""
        from meritindex.analysis.simulating.showing import card_document  # noqa: PLC0415

        return to_html(card_document(self, language))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AgencyRobustness):
            return NotImplemented
        return self.row == other.row and self.result == other.result

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        mean = "None" if self.mean_rank is None else decimal_text(self.mean_rank, 2)
        made_up = ", synthetic" if self.synthetic else ""
        return (
            f"<AgencyRobustness of {self.agency.name} under {self.instrument.id}: mean rank {mean} "
            f"of {self.result.settings.draws} draws, {self.standing}{made_up}>"
        )

    def _repr_html_(self) -> str:
        return self.to_html()
