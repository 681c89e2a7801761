"""What most of some agencies do that another does not: indicator by indicator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from meritindex.assessment import NOT_APPLICABLE, AssessmentSet
from meritindex.definition import Agency, Indicator, Level
from meritindex.language import Text


@attrs.frozen(kw_only=True)
class Practice:
    """An indicator in which most of some agencies stand higher than another.

    Attributes:
        indicator: which.
        own: the level of the agency, with its criterion.
        reached: the highest level that most of the others have reached, with its criterion.
        levels: who the others are and what level each has; None where it has not answered, or the
            indicator does not apply to it.
    """

    indicator: Indicator
    own: Level
    reached: Level
    levels: tuple[tuple[Agency, int | None], ...]

    @property
    def code(self) -> str:
        """The code of the indicator."""
        return self.indicator.code

    @property
    def name(self) -> Text:
        """The name of the indicator."""
        return self.indicator.name

    @property
    def higher(self) -> int:
        """How many of the others stand higher than the agency."""
        return self.count_at_least(self.own.value + 1)

    def count_at_least(self, level: int) -> int:
        """Return how many of the others have reached a level."""
        return sum(value is not None and value >= level for _, value in self.levels)


def practices_of(
    assessments: AssessmentSet, row: int, others: Sequence[int]
) -> tuple[Practice, ...]:
    """Return the indicators in which most of the others stand higher, the most first."""
    found = _practices(assessments, row, others)
    return tuple(sorted(found, key=lambda practice: -practice.higher))


def _practices(assessments: AssessmentSet, row: int, others: Sequence[int]) -> Iterator[Practice]:
    for place, indicator in enumerate(assessments.instrument.indicators):
        own, *theirs = assessments.levels[[row, *others], place].tolist()
        if own >= NOT_APPLICABLE:
            continue
        levels = [None if value >= NOT_APPLICABLE else value for value in theirs]
        most = _most_reach(levels)
        if most is not None and most > own:
            agencies = [assessments.agencies[other] for other in others]
            yield Practice(
                indicator=indicator,
                own=indicator.level(own),
                reached=indicator.level(most),
                levels=tuple(zip(agencies, levels, strict=True)),
            )


def _most_reach(levels: Sequence[int | None]) -> int | None:
    """Return the highest level that more than half have reached; None where most have none."""
    ordered = sorted((value for value in levels if value is not None), reverse=True)
    place = len(levels) // 2
    return ordered[place] if place < len(ordered) else None
