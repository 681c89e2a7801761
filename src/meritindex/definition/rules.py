"""How a dimension combines its children.

A rule is an object. What is true of it stands beside its formula:

- `exact`: its result is a rational number wherever the points are; otherwise it is computed in
  double precision, and everything it touches says so.
- `linear`: every child adds to the result by a factor of its own (`factors`).
- `weighted`: its children have weights.
- `reweighs`: the weights of the children that count are brought to a whole anew where another does
  not apply or is left out; a sum does not do that.
- `compensatory`: how far a strong child makes up for a weak one.

All are monotone: where the points of a child rise, the result does not fall. The means, their
order (harmonic, geometric, arithmetic, quadratic) and their limits are those of G. H. Hardy,
J. E. Littlewood and G. Polya, *Inequalities* (1934), chapter II; what a choice among them means for
an index is discussed in OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), section
"Weighting and aggregation".
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from operator import mul
from typing import ClassVar

import attrs

from meritindex.definition.checks import refuse
from meritindex.definition.sources import Basis
from meritindex.language import Text
from meritindex.numbers import parse_number, shortest_text

# Beyond it a power mean is the maximum or the minimum in all that can be seen; nearer to zero than
# that, doubles can't tell it from the geometric mean.
MAX_EXPONENT = 100
MIN_EXPONENT = Fraction(1, 100)


class Compensation(enum.StrEnum):
    """How far a strong child makes up for a weak one."""

    FULL = "full"  # point for point
    PARTIAL = "partial"  # less and less, the weaker the weak one is
    NONE = "none"

    @property
    def label(self) -> Text:
        """The property for a reader."""
        return _COMPENSATION_LABELS[self]


_COMPENSATION_LABELS = {
    Compensation.FULL: Text("penuh", "full"),
    Compensation.PARTIAL: Text("sebagian", "partial"),
    Compensation.NONE: Text("tidak ada", "none"),
}


def _optional_number(value: object) -> Fraction | None:
    return None if value is None else parse_number(value)


@attrs.frozen(kw_only=True)
class WeightedSum:
    """Points add up: `sum(weight * points)`, over `whole` where weights are shares of one.

    A child that does not apply adds nothing, and the rest is not weighed anew. Exact, linear, fully
    compensatory.

    Attributes:
        whole: what the weights of the children add up to (1 or 100); None where they are plain
            factors and need not add up to anything.

    Raises:
        DefinitionError: a whole that is not above 0.
    """

    exact: ClassVar[bool] = True
    linear: ClassVar[bool] = True
    weighted: ClassVar[bool] = True
    reweighs: ClassVar[bool] = False
    compensation: ClassVar[Compensation] = Compensation.FULL
    label: ClassVar[Text] = Text("jumlah tertimbang", "weighted sum")
    formula: ClassVar[Text] = Text.same("Σ w·x")

    basis: Basis
    whole: Fraction | None = attrs.field(default=None, converter=_optional_number)

    def __attrs_post_init__(self) -> None:
        _check_whole(self.whole)

    def factors(self, weights: Sequence[Fraction]) -> tuple[Fraction, ...]:
        """Return the factor of each child, from the weights of those that count.

        Examples:
            >>> from meritindex import Basis
            >>> assumed = Basis(standing="assumed", reason=Text.same("example"))
            >>> WeightedSum(basis=assumed, whole=Fraction(4)).factors([Fraction(1), Fraction(3)])
            (Fraction(1, 4), Fraction(3, 4))
        """
        return tuple(weight / (self.whole or 1) for weight in weights)

    def combine(self, weights: Sequence[Fraction], points: Sequence[Fraction]) -> Fraction:
        """Return what children with these weights and points are worth together."""
        return _dot(self.factors(weights), points)


@attrs.frozen(kw_only=True)
class WeightedMean:
    """The mean of the children that count: `sum(weight * points) / sum(weight)`.

    A child that does not apply is left out above and below the line. With equal weights it is the
    plain mean. Exact, linear, fully compensatory.

    Attributes:
        whole: what the weights of all children add up to, where the rule says so (100 for
            percentages); None where they are only relative to one another.

    Raises:
        DefinitionError: a whole that is not above 0.
    """

    exact: ClassVar[bool] = True
    linear: ClassVar[bool] = True
    weighted: ClassVar[bool] = True
    reweighs: ClassVar[bool] = True
    compensation: ClassVar[Compensation] = Compensation.FULL
    label: ClassVar[Text] = Text("rata-rata tertimbang", "weighted mean")
    formula: ClassVar[Text] = Text.same("Σ w·x / Σ w")

    basis: Basis
    whole: Fraction | None = attrs.field(default=None, converter=_optional_number)

    def __attrs_post_init__(self) -> None:
        _check_whole(self.whole)

    def factors(self, weights: Sequence[Fraction]) -> tuple[Fraction, ...]:
        """Return the factor of each child, from the weights of those that count.

        Their sum must not be zero.

        Examples:
            >>> from meritindex import Basis
            >>> assumed = Basis(standing="assumed", reason=Text.same("example"))
            >>> WeightedMean(basis=assumed).factors([Fraction(1), Fraction(2)])
            (Fraction(1, 3), Fraction(2, 3))
        """
        divisor = sum(weights, Fraction(0))
        return tuple(weight / divisor for weight in weights)

    def combine(self, weights: Sequence[Fraction], points: Sequence[Fraction]) -> Fraction:
        """Return what children with these weights and points are worth together."""
        return _dot(self.factors(weights), points)


@attrs.frozen(kw_only=True)
class GeometricMean:
    """The weighted geometric mean: `exp(sum(weight * log(points)) / sum(weight))`.

    Points must be above zero, for a mean of a zero would be zero whatever the others are; with a
    `floor`, points below it count as the floor. Not rational, so computed in double precision.
    Partly compensatory.

    Attributes:
        whole: what the weights of all children add up to; None where they are only relative.
        floor: the least that a child counts; None where points must be above zero.

    Raises:
        DefinitionError: a whole or a floor that is not above 0.
    """

    exact: ClassVar[bool] = False
    linear: ClassVar[bool] = False
    weighted: ClassVar[bool] = True
    reweighs: ClassVar[bool] = True
    compensation: ClassVar[Compensation] = Compensation.PARTIAL
    label: ClassVar[Text] = Text("rata-rata geometrik", "geometric mean")
    formula: ClassVar[Text] = Text.same("exp(Σ w·ln x / Σ w)")
    zero_allowed: ClassVar[bool] = False

    basis: Basis
    whole: Fraction | None = attrs.field(default=None, converter=_optional_number)
    floor: Fraction | None = attrs.field(default=None, converter=_optional_number)

    def __attrs_post_init__(self) -> None:
        _check_whole(self.whole)
        _check_floor(self.floor)

    def combine(self, weights: Sequence[Fraction], points: Sequence[Fraction]) -> Fraction:
        """Return what children with these weights and points are worth together.

        Of a zero the limit is returned, which is zero.

        Examples:
            >>> from meritindex import Basis
            >>> assumed = Basis(standing="assumed", reason=Text.same("example"))
            >>> mean = GeometricMean(basis=assumed)
            >>> mean.combine([Fraction(1), Fraction(1)], [Fraction(1), Fraction(4)])
            Fraction(2, 1)
        """
        weights, points = _weighed(weights, points, self.floor)
        if not all(points):
            return Fraction(0)
        total = 0.0
        for weight, value in zip(weights, points, strict=True):
            total += float(weight) * math.log(value)
        return _between(points, math.exp(total / _float_sum(weights)))


@attrs.frozen(kw_only=True)
class HarmonicMean:
    """The weighted harmonic mean: `sum(weight) / sum(weight / points)`.

    Points must be above zero; with a `floor`, points below it count as the floor. Exact: of
    rational points it is rational. Partly compensatory, less than the geometric mean.

    Attributes:
        whole: what the weights of all children add up to; None where they are only relative.
        floor: the least that a child counts; None where points must be above zero.

    Raises:
        DefinitionError: a whole or a floor that is not above 0.
    """

    exact: ClassVar[bool] = True
    linear: ClassVar[bool] = False
    weighted: ClassVar[bool] = True
    reweighs: ClassVar[bool] = True
    compensation: ClassVar[Compensation] = Compensation.PARTIAL
    label: ClassVar[Text] = Text("rata-rata harmonik", "harmonic mean")
    formula: ClassVar[Text] = Text.same("Σ w / Σ (w/x)")
    zero_allowed: ClassVar[bool] = False

    basis: Basis
    whole: Fraction | None = attrs.field(default=None, converter=_optional_number)
    floor: Fraction | None = attrs.field(default=None, converter=_optional_number)

    def __attrs_post_init__(self) -> None:
        _check_whole(self.whole)
        _check_floor(self.floor)

    def combine(self, weights: Sequence[Fraction], points: Sequence[Fraction]) -> Fraction:
        """Return what children with these weights and points are worth together.

        Of a zero the limit is returned, which is zero.

        Examples:
            >>> from meritindex import Basis
            >>> assumed = Basis(standing="assumed", reason=Text.same("example"))
            >>> mean = HarmonicMean(basis=assumed)
            >>> mean.combine([Fraction(1), Fraction(1)], [Fraction(1), Fraction(4)])
            Fraction(8, 5)
        """
        weights, points = _weighed(weights, points, self.floor)
        if not all(points):
            return Fraction(0)
        parts = (weight / value for weight, value in zip(weights, points, strict=True))
        return sum(weights, Fraction(0)) / sum(parts, Fraction(0))


@attrs.frozen(kw_only=True)
class PowerMean:
    """The weighted power mean: `(sum(weight * points**p) / sum(weight)) ** (1/p)`.

    The exponent 1 gives the arithmetic mean, -1 the harmonic, 2 the quadratic; the smaller it is,
    the more the weakest child decides. Points must be above zero, or with a positive exponent not
    below zero; with a `floor`, points below it count as the floor. With the exponents 1 and -1 it
    is exact; with others it is not rational, so computed in double precision. Partly compensatory.

    Attributes:
        exponent: from 0.01 to 100, or from -100 to -0.01.
        whole: what the weights of all children add up to; None where they are only relative.
        floor: the least that a child counts; None where there is none.

    Raises:
        DefinitionError: an exponent outside that range (zero is the geometric mean), a whole or a
            floor that is not above 0.
    """

    linear: ClassVar[bool] = False
    weighted: ClassVar[bool] = True
    reweighs: ClassVar[bool] = True
    compensation: ClassVar[Compensation] = Compensation.PARTIAL
    label: ClassVar[Text] = Text("rata-rata pangkat", "power mean")
    formula: ClassVar[Text] = Text.same("(Σ w·x^p / Σ w)^(1/p)")

    basis: Basis
    exponent: Fraction = attrs.field(converter=parse_number)
    whole: Fraction | None = attrs.field(default=None, converter=_optional_number)
    floor: Fraction | None = attrs.field(default=None, converter=_optional_number)

    def __attrs_post_init__(self) -> None:
        _check_whole(self.whole)
        _check_floor(self.floor)
        if not MIN_EXPONENT <= abs(self.exponent) <= MAX_EXPONENT:
            raise refuse(
                "rule-exponent",
                Text(
                    "pangkat {exponent} tidak diterima: dari 0.01 sampai {limit}, atau dari "
                    "-{limit} sampai -0.01; pangkat nol adalah rata-rata geometrik",
                    "the exponent {exponent} is not allowed: from 0.01 to {limit}, or from "
                    "-{limit} to -0.01; the exponent zero is the geometric mean",
                ).fill(exponent=shortest_text(self.exponent), limit=MAX_EXPONENT),
            )

    @property
    def exact(self) -> bool:
        """Whether the result is a rational number wherever the points are."""
        return abs(self.exponent) == 1

    @property
    def zero_allowed(self) -> bool:
        """Whether points may be zero."""
        return self.exponent > 0

    def combine(self, weights: Sequence[Fraction], points: Sequence[Fraction]) -> Fraction:
        """Return what children with these weights and points are worth together.

        Of a zero under a negative exponent the limit is returned, which is zero.

        Examples:
            >>> from meritindex import Basis
            >>> assumed = Basis(standing="assumed", reason=Text.same("example"))
            >>> mean = PowerMean(exponent=2, basis=assumed)
            >>> round(float(mean.combine([Fraction(1)] * 2, [Fraction(1), Fraction(7)])), 12)
            5.0
        """
        weights, points = _weighed(weights, points, self.floor)
        if not any(points) or not (self.zero_allowed or all(points)):
            return Fraction(0)
        if self.exact:
            sign = int(self.exponent)
            mean = _dot(weights, [value**sign for value in points]) / sum(weights, Fraction(0))
            return mean**sign
        # In proportion to one of them no power leaves the range of doubles.
        power, unit = float(self.exponent), float((max if self.exponent > 0 else min)(points))
        total = 0.0
        for weight, value in zip(weights, points, strict=True):
            total += float(weight) * math.pow(float(value) / unit, power)
        return _between(points, unit * math.pow(total / _float_sum(weights), 1 / power))


@attrs.frozen(kw_only=True)
class Minimum:
    """The points of the weakest child that counts: nothing makes up for a weakness.

    Its children have no weights. Exact, not compensatory.
    """

    exact: ClassVar[bool] = True
    linear: ClassVar[bool] = False
    weighted: ClassVar[bool] = False
    reweighs: ClassVar[bool] = True
    compensation: ClassVar[Compensation] = Compensation.NONE
    label: ClassVar[Text] = Text("nilai terendah", "minimum")
    formula: ClassVar[Text] = Text.same("min x")
    whole: ClassVar[None] = None

    basis: Basis

    def combine(self, weights: Sequence[Fraction], points: Sequence[Fraction]) -> Fraction:  # noqa: ARG002 - as of every rule
        """Return what children with these points are worth together."""
        return min(points)


@attrs.frozen(kw_only=True)
class Median:
    """The points in the middle of the children that count; of an even number, midway between two.

    Its children have no weights. Exact; what is far from the middle has no influence.
    """

    exact: ClassVar[bool] = True
    linear: ClassVar[bool] = False
    weighted: ClassVar[bool] = False
    reweighs: ClassVar[bool] = True
    compensation: ClassVar[Compensation] = Compensation.PARTIAL
    label: ClassVar[Text] = Text.same("median")
    formula: ClassVar[Text] = Text.same("median x")
    whole: ClassVar[None] = None

    basis: Basis

    def combine(self, weights: Sequence[Fraction], points: Sequence[Fraction]) -> Fraction:  # noqa: ARG002 - as of every rule
        """Return what children with these points are worth together.

        Examples:
            >>> from meritindex import Basis
            >>> assumed = Basis(standing="assumed", reason=Text.same("example"))
            >>> Median(basis=assumed).combine([], [Fraction(1), Fraction(4), Fraction(2)])
            Fraction(2, 1)
        """
        ordered = sorted(points)
        count = len(ordered)
        return (ordered[(count - 1) // 2] + ordered[count // 2]) / 2


LinearRule = WeightedSum | WeightedMean
# The means that are taken of positive points only, and may have a floor.
PositiveMean = GeometricMean | HarmonicMean | PowerMean
Rule = LinearRule | PositiveMean | Minimum | Median


def from_double(value: float) -> Fraction:
    """Return the number that a double stands for: that of its shortest decimal."""
    return Fraction(repr(value))


def allows(rule: PositiveMean, points: Fraction) -> bool:
    """Say whether a mean can be taken of a child with these points."""
    return rule.floor is not None or points > 0 or (points == 0 and rule.zero_allowed)


def _dot(factors: Sequence[Fraction], points: Sequence[Fraction]) -> Fraction:
    return sum(map(mul, factors, points), Fraction(0))


def _weighed(
    weights: Sequence[Fraction], points: Sequence[Fraction], floor: Fraction | None
) -> tuple[list[Fraction], list[Fraction]]:
    """Return the children that weigh anything, their points not below the floor, nor below zero."""
    pairs = [
        (weight, max(value, floor or Fraction(0)))
        for weight, value in zip(weights, points, strict=True)
        if weight
    ]
    return [weight for weight, _ in pairs], [value for _, value in pairs]


def _between(points: Sequence[Fraction], mean: float) -> Fraction:
    """Return a mean that was computed in doubles, but not beyond its children by a last digit."""
    return from_double(min(max(mean, float(min(points))), float(max(points))))


def _float_sum(weights: Sequence[Fraction]) -> float:
    """Add up in order; `sum` of newer Pythons compensates, and arrays do not."""
    total = 0.0
    for weight in weights:
        total += float(weight)
    return total


def _check_whole(whole: Fraction | None) -> None:
    if whole is not None and whole <= 0:
        raise refuse(
            "rule-whole",
            Text(
                "jumlah seluruh bobot {whole} tidak di atas 0",
                "the whole {whole} is not above 0",
            ).fill(whole=shortest_text(whole)),
        )


def _check_floor(floor: Fraction | None) -> None:
    if floor is not None and floor <= 0:
        raise refuse(
            "rule-floor",
            Text(
                "batas bawah {floor} tidak di atas 0",
                "the floor {floor} is not above 0",
            ).fill(floor=shortest_text(floor)),
        )


def weight_sum_faults(
    rule: Rule | None, code: str, total: Fraction, *, some_open: bool
) -> Iterator[tuple[str, Text]]:
    """Yield what is wrong with what the weights of a dimension add up to: a code and a message.

    Args:
        rule: the dimension's.
        code: the dimension's.
        total: what the weights that are known add up to.
        some_open: whether there are others, that are not known.
    """
    whole = None if rule is None else rule.whole
    if whole is not None and (total > whole if some_open else total != whole):
        message = Text(
            "bobot dalam {code} berjumlah {total}, seharusnya {whole}",
            "the weights in {code} add up to {total} instead of {whole}",
        )
        yield (
            "weights-dont-add-up",
            message.fill(code=code, total=shortest_text(total), whole=shortest_text(whole)),
        )
    if rule is not None and rule.weighted and rule.reweighs and not (some_open or total):
        message = Text(
            "rata-rata tertimbang {code} memerlukan bobot di atas 0",
            "the weighted mean of {code} needs a weight above 0",
        )
        yield "weights-all-zero", message.fill(code=code)
