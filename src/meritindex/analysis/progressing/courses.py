"""For how long a total has gone one way, and what fell on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

import attrs

from meritindex.analysis.progressing.changes import PeriodChange
from meritindex.analysis.progressing.occasions import Direction, period_words
from meritindex.analysis.progressing.parts import DimensionChange, ItemChange
from meritindex.language import Text


@attrs.frozen(kw_only=True, repr=False)
class Streak:
    """Periods in a row in which the total went one way.

    Attributes:
        direction: which way.
        changes: the periods, the earliest first.
    """

    direction: Direction
    changes: tuple[PeriodChange, ...]

    @property
    def periods(self) -> int:
        """How many periods in a row."""
        return len(self.changes)

    @property
    def difference(self) -> Fraction:
        """By how much the total went, over all of them."""
        return sum((change.difference or Fraction(0) for change in self.changes), Fraction(0))

    @property
    def label(self) -> Text:
        """The streak for a reader."""
        text = Text(
            "{direction} {count} periode berturut-turut ({period})",
            "{direction} for {count} periods in a row ({period})",
        )
        if self.periods == 1:
            text = Text(
                "{direction} dalam satu periode ({period})",
                "{direction} for one period ({period})",
            )
        return text.fill(
            direction=self.direction.label,
            count=self.periods,
            period=period_words(self.changes[0].before, self.changes[-1].after),
        )

    def __repr__(self) -> str:
        return f"<Streak: {self.label.en}>"


@attrs.frozen(kw_only=True, repr=False)
class Setback:
    """A dimension or an answer that fell in one period.

    Attributes:
        change: the period.
        code: of the dimension, indicator or measure.
        name: what it is called.
        is_dimension: whether it is a dimension.
        before: its points, its level or its number.
        after: likewise, later.
    """

    change: PeriodChange
    code: str
    name: Text
    is_dimension: bool
    before: Fraction
    after: Fraction

    def __repr__(self) -> str:
        return f"<Setback of {self.code}, {self.change.label.en}: {self.before} to {self.after}>"


def streaks(changes: Sequence[PeriodChange]) -> Iterator[Streak]:
    """Yield the streaks from the earliest; a period that can't be compared is in none."""
    for direction, group in groupby(changes, key=lambda change: change.direction):
        if direction is not None:
            yield Streak(direction=direction, changes=tuple(group))


def setbacks(change: PeriodChange) -> Iterator[Setback]:
    """Yield what fell in a period: dimensions first, then answers."""
    parts: list[DimensionChange | ItemChange] = [*change.dimensions, *change.items]
    for part in parts:
        if part.direction is Direction.FELL:
            assert part.before is not None  # noqa: S101 - a direction needs both
            assert part.after is not None  # noqa: S101
            yield Setback(
                change=change,
                code=part.code,
                name=part.name,
                is_dimension=isinstance(part, DimensionChange),
                before=part.before,
                after=part.after,
            )
