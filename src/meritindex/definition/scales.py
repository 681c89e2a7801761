"""How an answer becomes points: levels, thresholds and goalposts.

A `LevelScale` is answered by choosing a level; the other two turn a measured number into points.
`OECD/JRC, Handbook on Constructing Composite Indicators` (2008), section "Normalisation of data",
calls the last two categorical scales and min-max.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar

import attrs

from meritindex.definition.checks import as_tuple, fault, refuse, shown_codes
from meritindex.definition.rules import from_double
from meritindex.definition.sources import Basis
from meritindex.errors import DefinitionError, Fault
from meritindex.language import Text
from meritindex.numbers import parse_number, shortest_text

# Levels share an array of bytes with the two marks "not answered" (255) and "not applicable" (254).
HIGHEST_LEVEL = 250


@attrs.frozen(kw_only=True)
class Level:
    """One step of an indicator's scale: its number, what it is worth, and its criterion."""

    value: int
    points: Fraction = attrs.field(converter=parse_number)
    criterion: Text | None = None


@attrs.frozen(kw_only=True)
class LevelScale:
    """An ordinal scale: consecutive levels from the lowest, whose points never fall.

    Formula: the points of the level that was chosen. Exact and monotone.

    Attributes:
        levels: the steps, each with its criterion.
        basis: on what the points of the levels rest.
        cumulative: whether a level asks for the levels below it as well.

    Raises:
        DefinitionError: levels that are none, not consecutive, outside 0 to 250, or worth less than
            the one below.
    """

    exact: ClassVar[bool] = True

    levels: tuple[Level, ...] = attrs.field(converter=as_tuple)
    basis: Basis
    cumulative: bool = False

    def __attrs_post_init__(self) -> None:
        if faults := tuple(self._faults()):
            raise DefinitionError(faults)

    def level(self, value: int) -> Level:
        """Return the level with this number, which must be one of the scale."""
        return self.levels[value - self.levels[0].value]

    def _faults(self) -> Iterator[Fault]:
        numbers = [level.value for level in self.levels]
        if not numbers or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            yield fault(
                "levels-not-consecutive",
                Text(
                    "tingkat {levels} tidak berurutan", "the levels {levels} are not consecutive"
                ).fill(levels=shown_codes(map(str, numbers)) or "-"),
            )
        elif numbers[0] < 0 or numbers[-1] > HIGHEST_LEVEL:
            yield fault(
                "levels-outside-scale",
                Text(
                    "tingkat {lowest} sampai {highest} di luar 0 sampai {limit}",
                    "the levels {lowest} to {highest} are outside 0 to {limit}",
                ).fill(lowest=numbers[0], highest=numbers[-1], limit=HIGHEST_LEVEL),
            )
        for below, above in pairwise(self.levels):
            if above.points < below.points:
                yield fault(
                    "levels-fall",
                    Text(
                        "tingkat {above} bernilai {less}, kurang dari tingkat {below} ({more})",
                        "level {above} is worth {less}, less than level {below} ({more})",
                    ).fill(
                        above=above.value,
                        less=shortest_text(above.points),
                        below=below.value,
                        more=shortest_text(below.points),
                    ),
                )


@attrs.frozen(kw_only=True)
class Step:
    """One step of a threshold scale: from which value on, what it is worth, and its criterion.

    `start` is None for the lowest step, which is open downward; `inclusive` says whether the value
    itself belongs to the step ("from 70") or only what is above it ("above 70").
    """

    points: Fraction = attrs.field(converter=parse_number)
    start: Fraction | None = attrs.field(
        default=None, converter=attrs.converters.optional(parse_number)
    )
    inclusive: bool = True
    criterion: Text | None = None

    def reached_by(self, value: Fraction) -> bool:
        """Say whether a measured value reaches this step."""
        return self.start is None or value > self.start or (self.inclusive and value == self.start)


@attrs.frozen(kw_only=True)
class ThresholdScale:
    """A measured share or count becomes the points of the step that it reaches.

    Formula: the points of the last step whose start is reached. Exact; monotone where the points
    don't fall from step to step, which the linter looks at.

    Attributes:
        steps: from the lowest, which is open downward, in ascending order of their starts.
        basis: on what the thresholds and their points rest.

    Raises:
        DefinitionError: fewer than two steps, a lowest one that is not open, another that is, or
            starts that don't rise.

    Examples:
        >>> from meritindex import Basis, Step
        >>> assumed = Basis(standing="assumed", reason=Text.same("example"))
        >>> scale = ThresholdScale(
        ...     steps=[Step(points=0), Step(points=1, start=70), Step(points=2, start=90)],
        ...     basis=assumed,
        ... )
        >>> [scale.points_of(Fraction(share)) for share in (69, 70, 90)]
        [Fraction(0, 1), Fraction(1, 1), Fraction(2, 1)]
    """

    exact: ClassVar[bool] = True

    steps: tuple[Step, ...] = attrs.field(converter=as_tuple)
    basis: Basis

    def __attrs_post_init__(self) -> None:
        if len(self.steps) < 2 or self.steps[0].start is not None:
            raise refuse(
                "thresholds-form",
                Text(
                    "skala ambang memerlukan sedikitnya dua langkah, dan langkah terendah tidak "
                    "berambang",
                    "a threshold scale needs two steps at least, and the lowest has no threshold",
                ),
            )
        faults = []
        for below, above in pairwise(self.steps):
            if above.start is None or not _begins_before(below, above):
                shown = "-" if above.start is None else shortest_text(above.start)
                faults.append(
                    fault(
                        "thresholds-order",
                        Text(
                            "ambang {value} tidak di atas ambang sebelumnya",
                            "the threshold {value} is not above the one before",
                        ).fill(value=shown),
                    )
                )
        if faults:
            raise DefinitionError(faults)

    def step_of(self, value: Fraction) -> Step:
        """Return the step that a measured value reaches."""
        return next(step for step in reversed(self.steps) if step.reached_by(value))

    def points_of(self, value: Fraction) -> Fraction:
        """Return what a measured value is worth."""
        return self.step_of(value).points

    def ends(self, minimum: Fraction, maximum: Fraction) -> tuple[Fraction, Fraction]:
        """Return the least and the most that a value in this range is worth."""
        first, last = self.steps.index(self.step_of(minimum)), self.step_of(maximum)
        points = [step.points for step in self.steps[first : self.steps.index(last) + 1]]
        return min(points), max(points)


def _begins_before(below: Step, above: Step) -> bool:
    if below.start is None or above.start is None:
        return above.start is not None
    if below.start == above.start:  # "from 70" and then "above 70" leaves 70 itself to the first
        return below.inclusive and not above.inclusive
    return below.start < above.start


_LESS_IS_BETTER = Text(
    "bila lebih sedikit berarti lebih baik, nyatakan points_at_low dan points_at_high, dan jangan "
    "membalik patoknya",
    "where less is better, state points_at_low and points_at_high instead of turning the posts "
    "round",
)


@attrs.frozen(kw_only=True)
class GoalpostScale:
    """A measured number between two fixed posts becomes points in proportion: min-max.

    Formula: `a + (b - a) * (value - low) / (high - low)`, where `a` and `b` are the points at the
    low and at the high post; of the logarithms of value and posts where it is `logarithmic`. A
    value beyond a post counts as the post, unless `capped` is False. Where less is better, the
    points at the low post are the higher ones. Exact and monotone; not exact where logarithmic, for
    then it is computed in double precision.

    Attributes:
        low: the lower post.
        high: the upper post.
        basis: on what the posts rest.
        points_at_low: what a value at the lower post is worth.
        points_at_high: what a value at the upper post is worth.
        capped: whether a value beyond a post counts as the post.
        logarithmic: whether distances are those of logarithms.

    Raises:
        DefinitionError: posts that are not in order, points that are the same at both, or a
            logarithm of a post that is not above 0.

    Examples:
        >>> from meritindex import Basis
        >>> assumed = Basis(standing="assumed", reason=Text.same("example"))
        >>> life = GoalpostScale(low=20, high=85, basis=assumed)
        >>> life.points_of(Fraction("72.0")), life.points_of(Fraction("86"))
        (Fraction(4, 5), Fraction(1, 1))
    """

    low: Fraction = attrs.field(converter=parse_number)
    high: Fraction = attrs.field(converter=parse_number)
    basis: Basis
    points_at_low: Fraction = attrs.field(default=Fraction(0), converter=parse_number)
    points_at_high: Fraction = attrs.field(default=Fraction(1), converter=parse_number)
    capped: bool = True
    logarithmic: bool = False

    def __attrs_post_init__(self) -> None:
        faults = []
        if not self.low < self.high:
            message = Text(
                "patok bawah (low) {low} harus di bawah patok atas (high) {high}",
                "the post {low} (low) must be below the post {high} (high)",
            )
            if self.low > self.high:
                message = Text(
                    f"{message.id}; {_LESS_IS_BETTER.id}", f"{message.en}; {_LESS_IS_BETTER.en}"
                )
            message = message.fill(low=shortest_text(self.low), high=shortest_text(self.high))
            faults.append(fault("goalposts-form", message))
        if self.points_at_low == self.points_at_high:
            message = Text(
                "kedua patok bernilai {points}; points_at_low dan points_at_high harus berbeda",
                "both posts are worth {points}; points_at_low and points_at_high must differ",
            ).fill(points=shortest_text(self.points_at_low))
            faults.append(fault("goalposts-form", message))
        if faults:
            raise DefinitionError(faults)
        if self.logarithmic and self.low <= 0:
            raise refuse(
                "goalposts-logarithm",
                Text(
                    "patok {low} tidak mempunyai logaritma: harus di atas 0",
                    "the post {low} has no logarithm: it must be above 0",
                ).fill(low=shortest_text(self.low)),
            )

    @property
    def exact(self) -> bool:
        """Whether the points are rational numbers."""
        return not self.logarithmic

    @property
    def slope(self) -> Fraction:
        """What one unit of the measured number is worth, between the posts of a linear scale."""
        return (self.points_at_high - self.points_at_low) / (self.high - self.low)

    def points_of(self, value: Fraction) -> Fraction:
        """Return what a measured value is worth."""
        if self.capped:
            value = min(max(value, self.low), self.high)
        if not self.logarithmic:
            return self.points_at_low + self.slope * (value - self.low)
        low, high = math.log(self.low), math.log(self.high)
        share = (math.log(value) - low) / (high - low)
        rise = float(self.points_at_high - self.points_at_low)
        return from_double(float(self.points_at_low) + rise * share)

    def ends(self, minimum: Fraction, maximum: Fraction) -> tuple[Fraction, Fraction]:
        """Return the least and the most that a value in this range is worth."""
        points = (self.points_of(minimum), self.points_of(maximum))
        return min(points), max(points)


MeasureScale = ThresholdScale | GoalpostScale
