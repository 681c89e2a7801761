"""The total of an agency as a function of one weight, while its siblings make room for it.

Between 0 and the whole, what counts is the same for all weights; so the dimension that has the
weight is a quotient of two linear functions of it, and so is everything above, as long as it only
adds up. At the ends, a dimension can have nothing left that weighs anything, and drop out.
"""

from __future__ import annotations

from fractions import Fraction

from meritindex.analysis.influencing.crossings import Quotient
from meritindex.analysis.influencing.siblings import Siblings
from meritindex.analysis.influencing.worth import Worth
from meritindex.analysis.open_tree import is_plain
from meritindex.definition import Dimension, WeightedMean, WeightedSum, is_exact
from meritindex.errors import Fault, WeightingError
from meritindex.language import Text
from meritindex.scoring import ScoreTable, score


def check_course(siblings: Siblings) -> None:
    """Refuse a weight of which totals are no plain function.

    That the total itself is rounded is no hindrance.

    Raises:
        WeightingError: a rule above the weight is no sum, or something on the way up is rounded or
            bounded; a cap of the total's band depends on points that the weight changes; or the
            total is not exact.
    """
    instrument = siblings.plan.instrument
    root = instrument.root
    path = instrument.path(siblings.node.code)
    for code in path:
        dimension = instrument.dimension(code)
        if not is_plain(dimension, but_rounded=dimension is root):
            raise _refused(siblings, _NOT_A_SUM, code)
    if any(cap.shortfall.code in path for cap in root.band_caps):
        raise _refused(siblings, _DEPENDENT_CAP, root.code)
    if not is_exact(root):
        raise _refused(siblings, _NOT_EXACT, root.code)


_NOT_A_SUM = Text(
    "pengaruh bobot {code} terhadap nilai tidak dapat dihitung balik: {dimension} bukan jumlah "
    "atau rata-rata tertimbang, atau hasilnya dibulatkan atau dibatasi",
    "how the weight of {code} changes the total can't be reversed: {dimension} is no weighted sum "
    "or mean, or what comes of it is rounded or bounded",
)
_DEPENDENT_CAP = Text(
    "pengaruh bobot {code} terhadap nilai tidak dapat dihitung balik: batas kategori {dimension} "
    "bergantung pada nilai yang ikut berubah",
    "how the weight of {code} changes the total can't be reversed: a cap of the band of "
    "{dimension} depends on points that change with it",
)
_NOT_EXACT = Text(
    "pengaruh bobot {code} terhadap nilai tidak dapat dihitung balik: {dimension} dihitung dalam "
    "presisi ganda",
    "how the weight of {code} changes the total can't be reversed: {dimension} is computed in "
    "double precision",
)


def _refused(siblings: Siblings, message: Text, dimension: str) -> WeightingError:
    code = siblings.node.code
    message = message.fill(code=code, dimension=dimension)
    return WeightingError(Fault(code="weight-not-reversible", message=message, item=code))


def courses(table: ScoreTable, siblings: Siblings) -> tuple[Quotient | None, ...]:
    """Return the total of every row as a function of a weight, for weights between its ends.

    It is the total before it is rounded; None where there is none between the ends, because a
    weight above zero brings in what is not known.
    """
    middle = siblings.whole / 2
    scored = score(table.assessments, siblings.weighting_at(middle))
    worth = Worth(scored)
    return tuple(
        _course(worth, siblings, row) if known else None
        for row, known in enumerate(scored.totals.known)
    )


def _course(worth: Worth, siblings: Siblings, row: int) -> Quotient:
    """Return the total of one row, from the dimension that has the weight upward."""
    instrument = worth.instrument
    # By codes: a plan that is kept may hold an equal instrument that is another object.
    below = siblings.node.code
    course = Quotient(Fraction(0))
    for code in instrument.path(below):
        dimension = instrument.dimension(code)
        if not worth.computed(dimension)[row]:
            course = Quotient(worth.points(code, row))
        elif code == siblings.parent.code:
            course = _changing(worth, siblings, row)
        else:
            course = _above(worth, dimension, below, course, row)
        below = code
    return course


def _changing(worth: Worth, siblings: Siblings, row: int) -> Quotient:
    """Return what the dimension is worth that has the weight."""
    parent, rule = siblings.parent, siblings.parent.rule
    assert isinstance(rule, WeightedSum | WeightedMean)  # noqa: S101 - as it was checked
    # Two points of each weight make its line.
    ends = siblings.weights_at(Fraction(0)), siblings.weights_at(siblings.whole)
    sums = [Fraction(0)] * 4
    for child in parent.children:
        if worth.columns[child.code].present[row]:
            start, end = (weights[child.code] for weights in ends)
            rise = (end - start) / siblings.whole
            points = worth.points(child.code, row)
            for place, part in enumerate((start * points, rise * points, start, rise)):
                sums[place] += part
    if isinstance(rule, WeightedSum):
        sums[2:] = [rule.whole or Fraction(1), Fraction(0)]
    return Quotient(*sums).times(Fraction(1), _beside(worth, parent, row))


def _above(worth: Worth, dimension: Dimension, below: str, course: Quotient, row: int) -> Quotient:
    """Return what a dimension is worth that has the course of a child below it."""
    rule, weights = dimension.rule, worth.table.plan.weight_values
    assert isinstance(rule, WeightedSum | WeightedMean)  # noqa: S101 - as it was checked
    counted = [child for child in dimension.children if worth.columns[child.code].present[row]]
    factors = rule.factors([weights[child.code] for child in counted])
    found = Quotient(Fraction(0))
    for child, factor in zip(counted, factors, strict=True):
        if child.code == below:
            found = course.times(factor, found.a)
        else:
            found = found.times(Fraction(1), factor * worth.points(child.code, row))
    return found.times(Fraction(1), _beside(worth, dimension, row))


def _beside(worth: Worth, dimension: Dimension, row: int) -> Fraction:
    """Return what bonuses and deductions add."""
    added = sum((worth.points(each.code, row) for each in dimension.bonuses), Fraction(0))
    taken = sum((worth.points(each.code, row) for each in dimension.deductions), Fraction(0))
    return added - taken
