"""What became of the dimensions and of the answers of an agency, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from meritindex.analysis.progressing.bridging import Names, node_of
from meritindex.analysis.progressing.occasions import Direction, Occasion
from meritindex.definition import Crosswalk, Dimension, Indicator, Measure
from meritindex.language import Text


@attrs.frozen(kw_only=True)
class DimensionChange:
    """What became of the points of one dimension.

    Attributes:
        code: its code under the later instrument.
        name: what it is called there.
        before: its points, None where they are not known.
        after: likewise, later.
        difference: by how much they rose; None where either is not known, or where the dimension
            has another scale now.
    """

    code: str
    name: Text
    before: Fraction | None
    after: Fraction | None
    difference: Fraction | None

    @property
    def direction(self) -> Direction | None:
        """Which way the points went; None where that is not known."""
        return None if self.difference is None else Direction.of(self.difference)


@attrs.frozen(kw_only=True)
class ItemChange:
    """An indicator or measure of which the answer is another now.

    Attributes:
        code: its code under the later instrument.
        name: what it is called there.
        before: the level, or the measured number; None where there was no answer.
        after: likewise, later.
        is_level: whether these are levels.
        direction: whether the agency is better off by it: a higher deduction is a fall. None where
            either answer is not there.
    """

    code: str
    name: Text
    before: Fraction | None
    after: Fraction | None
    is_level: bool
    direction: Direction | None

    @property
    def difference(self) -> Fraction | None:
        """How many levels up or down, or by how much the number rose; None without an answer."""
        return None if self.before is None or self.after is None else self.after - self.before


@attrs.frozen(kw_only=True)
class Counterpart:
    """Parts of two instruments that a crosswalk says are about the same subject.

    Attributes:
        before: codes of the earlier instrument, with the points and the most that each can be.
        after: those of the later.
    """

    before: tuple[PartScore, ...]
    after: tuple[PartScore, ...]


@attrs.frozen(kw_only=True)
class PartScore:
    """A part with what it is worth on its own scale; `points` is None where that is not known."""

    code: str
    name: Text
    points: Fraction | None
    maximum: Fraction


def dimension_changes(before: Occasion, after: Occasion, names: Names) -> Iterator[DimensionChange]:
    """Yield what became of every dimension below the root that both have.

    Args:
        before: the earlier assessment.
        after: the later one.
        names: what parts of the earlier instrument are called in the later; None for the same.
    """
    for dimension in before.instrument.dimensions[1:]:
        code = dimension.code if names is None else names.get(dimension.code)
        other = node_of(after.instrument, code)
        if not isinstance(other, Dimension):
            continue
        points = [_points(before, dimension.code), _points(after, other.code)]
        scales = [before.card.plan.ranges[dimension.code], after.card.plan.ranges[other.code]]
        yield DimensionChange(
            code=other.code,
            name=other.name,
            before=points[0],
            after=points[1],
            difference=None
            if points[0] is None or points[1] is None or scales[0] != scales[1]
            else points[1] - points[0],
        )


def item_changes(before: Occasion, after: Occasion, names: Names) -> Iterator[ItemChange]:
    """Yield the indicators and measures of which the answer changed; see `dimension_changes`."""
    old = {
        (code if names is None else names.get(code, "")): (code, value)
        for code, value in _answers(before).items()
    }
    new = _answers(after)
    deductions = {
        each.code for dimension in after.instrument.dimensions for each in dimension.deductions
    }
    for node in after.instrument.nodes:
        if isinstance(node, Dimension):
            continue
        was, now = old.get(node.code, ("", None))[1], new.get(node.code)
        if was == now:
            continue
        direction = None
        if was is not None and now is not None:
            worth = (was, now)
            if isinstance(node, Measure):
                worth = (node.points_of(was), node.points_of(now))
            difference = worth[1] - worth[0]
            direction = Direction.of(-difference if node.code in deductions else difference)
        yield ItemChange(
            code=node.code,
            name=node.name,
            before=was,
            after=now,
            is_level=isinstance(node, Indicator),
            direction=direction,
        )


def counterparts(before: Occasion, after: Occasion, crosswalk: Crosswalk) -> Iterator[Counterpart]:
    """Yield the dimensions that correspond, each with its points on its own scale.

    Args:
        before: the earlier assessment.
        after: the later one.
        crosswalk: one that is about their two instruments.
    """
    forward = crosswalk.source.instrument == before.instrument.id
    for pair in crosswalk.pairs:
        codes = (pair.source, pair.target) if forward else (pair.target, pair.source)
        scores = [
            tuple(_part_scores(occasion, side))
            for occasion, side in zip((before, after), codes, strict=True)
        ]
        if scores[0] and scores[1]:
            yield Counterpart(before=scores[0], after=scores[1])


def reworded(before: Occasion, after: Occasion, names: Names) -> tuple[str, ...]:
    """Return the indicators whose criteria are in other words under the later instrument."""
    found = []
    for indicator in before.instrument.indicators:
        code = indicator.code if names is None else names.get(indicator.code)
        other = node_of(after.instrument, code)
        if isinstance(other, Indicator) and [level.criterion for level in indicator.levels] != [
            level.criterion for level in other.levels
        ]:
            found.append(other.code)
    return tuple(found)


def _part_scores(occasion: Occasion, codes: tuple[str, ...]) -> Iterator[PartScore]:
    """Yield the dimensions among these parts."""
    for code in codes:
        node = node_of(occasion.instrument, code)
        if isinstance(node, Dimension):
            yield PartScore(
                code=code,
                name=node.name,
                points=_points(occasion, code),
                maximum=occasion.card.plan.ranges[code][1],
            )


def _points(occasion: Occasion, code: str) -> Fraction | None:
    return occasion.card.scores.columns[code][occasion.card.row]


def _answers(occasion: Occasion) -> dict[str, Fraction]:
    """Return the levels and measured numbers that were answered."""
    given = occasion.card.assessment
    levels = {code: Fraction(level) for code, level in given.levels}
    return levels | dict(given.measures)
