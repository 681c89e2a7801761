"""The improvements of many agencies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cached_property

import attrs

from meritindex.analysis.improving.improvement import Improvement
from meritindex.analysis.improving.steps import ImprovementStatus
from meritindex.assessment import RowFacts
from meritindex.definition import Admissible, Agency, Instrument, Standing, Weighting
from meritindex.errors import Fault
from meritindex.language import Language
from meritindex.layout import to_html, to_text
from meritindex.scoring import Reason, ScoreTable


@attrs.frozen(kw_only=True, repr=False)
class ImprovementTable:
    """The improvements of many agencies, one a row. Made by `improve`.

    Indexing by a number or by a name (or code) of an agency gives its `Improvement`.

    Attributes:
        improvements: one a row.
        scored: the scores of the present answers; where weights are open, of an arbitrary
            weighting.
    """

    improvements: tuple[Improvement, ...]
    scored: ScoreTable

    __hash__ = None  # type: ignore[assignment]

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """Who was assessed; one a row."""
        return self.scored.agencies

    @property
    def instrument(self) -> Instrument:
        """The instrument."""
        return self.scored.instrument

    @property
    def weighting(self) -> Weighting | Admissible:
        """Where the weights come from, or what is known of them."""
        if self.improvements:
            return self.improvements[0].weighting
        return self.scored.weighting

    @property
    def left_out(self) -> tuple[Fault, ...]:
        """The faults of rows that were left out on request."""
        return self.scored.left_out

    @property
    def statuses(self) -> tuple[ImprovementStatus, ...]:
        """What became of every target."""
        return tuple(each.status for each in self.improvements)

    @property
    def costs(self) -> tuple[Fraction | None, ...]:
        """What every plan costs; None where there is none."""
        return tuple(
            each.cost if each.status is ImprovementStatus.PLANNED else None
            for each in self.improvements
        )

    @cached_property
    def common_steps(self) -> tuple[tuple[str, int], ...]:
        """The indicators that are raised, and in how many plans; the most common first.

        Those that are raised as often stand in the instrument's order.
        """
        counts = Counter(step.indicator for each in self.improvements for step in each.steps)
        codes = [indicator.code for indicator in self.instrument.indicators]
        found = [(code, counts[code]) for code in codes if counts[code]]
        return tuple(sorted(found, key=lambda item: -item[1]))

    @property
    def synthetic(self) -> bool:
        """Whether any of the present answers were made up."""
        return self.scored.synthetic

    @property
    def standing(self) -> Standing:
        """The weakest standing of any row."""
        return self.scored.standing

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What makes the standing no firmer."""
        return self.scored.reasons

    def __len__(self) -> int:
        return len(self.improvements)

    def __iter__(self) -> Iterator[Improvement]:
        return iter(self.improvements)

    def row_of(self, who: int | str, keep: Callable[[RowFacts], bool] | None = None) -> int:
        """Return the row of an agency by its name or code, or check a row.

        Args:
            who: a row, or the name or code of an agency.
            keep: which of several assessments is meant, by its facts.

        Raises:
            UnknownNameError: as `ScoreTable.card_of`.
            IndexError: there is no such row.
        """
        if isinstance(who, str):
            return self.scored.card_of(who, keep).row
        return range(len(self))[who]

    def __getitem__(self, who: int | str) -> Improvement:
        """Return the improvement of a row, or of the agency with this name or code.

        Raises:
            UnknownNameError: the agency is not in the table, or is there more than once.
            IndexError: there is no such row.
        """
        return self.improvements[self.row_of(who)]

    def __repr__(self) -> str:
        counts = Counter(self.statuses)
        found = ", ".join(
            f"{counts[status]} {status}" for status in ImprovementStatus if counts[status]
        )
        made_up = ", synthetic" if self.synthetic else ""
        return (
            f"<ImprovementTable of {len(self)} under {self.instrument.id}: {found}, "
            f"{self.standing}{made_up}>"
        )

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the table as text of at most `width` columns."""
        from meritindex.analysis.improving.showing import improvements_document  # noqa: PLC0415

        return to_text(improvements_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the table as plain semantic HTML, escaped."""
        from meritindex.analysis.improving.showing import improvements_document  # noqa: PLC0415

        return to_html(improvements_document(self, language))

    def _repr_html_(self) -> str:
        return self.to_html()
