"""Bounds of instruments of the size of ism-2026 against linear programming.

The other opinion is `scipy.optimize.linprog`, in doubles, so that numbers are compared to 1e-9. It
is given what the dimensions of a scored assessment are worth, and what is known of the weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise, permutations
from random import Random

import attrs
import numpy as np
import pytest

import meritindex as mi
from bounds_cases import Known
from builders import ASSUMED, dimension, gate, indicator, instrument, when

optimize = pytest.importorskip("scipy.optimize")

CLOSE = 1e-9
ASPECTS = tuple(f"a{number}" for number in range(1, 9))
REGIONS = {
    "what is published": Known(),
    "intervals": Known(
        weights={"a2": (Fraction(10), Fraction(20)), "a3": (None, Fraction(12)), "a4": Fraction(15)}
    ),
    "an order": Known(order=(("a2", "a5", "a6"), ("a3", "a6"))),
    "sums": Known(
        sums={("a2", "a3"): Fraction(30), ("a4", "a5"): (Fraction(25), Fraction(35))},
    ),
    "all of these": Known(
        weights={
            "a1": (Fraction(5), Fraction(15)),
            "a2": (Fraction(10), Fraction(22)),
            "a7": (Fraction(5), None),
            "a8": Fraction(12),
        },
        order=(("a2", "a5", "a6"), ("a3", "a7")),
        sums={("a2", "a3", "a4"): (Fraction(35), Fraction(45)), ("a4", "a5"): Fraction(25)},
    ),
}


@attrs.frozen(kw_only=True)
class Program:
    """What is known of the weights of eight aspects, as linprog takes it."""

    bounds: list[tuple[float, float | None]]
    at_most: list[tuple[list[float], float]]
    equal: list[tuple[list[float], float]]

    def least(self, objective: Sequence[float]) -> float:
        """Return the least of a linear form."""
        found = optimize.linprog(
            objective,
            A_ub=[row for row, _ in self.at_most] or None,
            b_ub=[number for _, number in self.at_most] or None,
            A_eq=[row for row, _ in self.equal],
            b_eq=[number for _, number in self.equal],
            bounds=self.bounds,
            method="highs",
        )
        assert found.status == 0
        return found.fun

    def greatest(self, objective: Sequence[float]) -> float:
        return -self.least([-one for one in objective])

    def share(self, above: Sequence[float], below: Sequence[float]) -> tuple[float, float]:
        """Return the least and the greatest of a ratio of two linear forms.

        By A. Charnes and W. W. Cooper, "Programming with linear fractional functionals" (1962): the
        weights are divided by the form below the line, which so becomes 1.
        """
        count = len(self.bounds)
        at_most = [([*row, -number], 0.0) for row, number in self.at_most]
        for place, (low, high) in enumerate(self.bounds):
            unit = [float(place == one) for one in range(count)]
            at_most.append(([-one for one in unit] + [low], 0.0))
            if high is not None:
                at_most.append(([*unit, -high], 0.0))
        homogeneous = Program(
            bounds=[(0.0, None)] * (count + 1),
            at_most=at_most,
            equal=[([*row, -number], 0.0) for row, number in self.equal] + [([*below, 0.0], 1.0)],
        )
        objective = [*above, 0.0]
        return homogeneous.least(objective), homogeneous.greatest(objective)


def program_of(known: Known, published: Mapping[str, Fraction | None]) -> Program:
    """Return what is known of the weights of the aspects, whose whole is 100."""

    def row(members: Sequence[str], sign: float = 1.0) -> list[float]:
        return [sign * (code in members) for code in ASPECTS]

    bounds: list[tuple[float, float | None]] = []
    for code in ASPECTS:
        value = known.weights.get(code, published[code])
        low, high = value if isinstance(value, tuple) else (value, value)
        bounds.append((float(low or 0), None if high is None else float(high)))
    at_most: list[tuple[list[float], float]] = []
    equal = [([1.0] * len(ASPECTS), 100.0)]
    for members, value in known.sums.items():
        if not isinstance(value, tuple):
            equal.append((row(members), float(value)))
            continue
        at_most.append((row(members, -1.0), -float(value[0])))
        at_most.append((row(members), float(value[1])))
    for order in known.order:
        for heavy, light in pairwise(order):
            lighter = [float(code == light) - float(code == heavy) for code in ASPECTS]
            at_most.append((lighter, 0.0))
    return Program(bounds=bounds, at_most=at_most, equal=equal)


# The instrument in force, on made-up answers


@attrs.frozen(kw_only=True)
class Parts:
    """What one agency's index is made of.

    Attributes:
        aspects: what each is worth.
        survey: what the survey is worth at worst and at best.
        correction: what is taken off.
    """

    aspects: list[float]
    survey: tuple[float, float]
    correction: float


@cache
def made() -> mi.AssessmentSet:
    return mi.sample().rows(np.arange(30))


@cache
def parts() -> list[Parts]:
    found: list[Parts] = []
    for card, given in zip(mi.score(made()), made(), strict=True):
        measures = dict(given.measures)
        survey = measures.get("satisfaction")
        found.append(
            Parts(
                aspects=[float(card.dimensions[code].points) for code in ASPECTS],
                survey=(0.0, 1.0) if survey is None else (float(survey), float(survey)),
                correction=float(measures.get("correction", 0)),
            )
        )
    return found


def program_of_ism_2026(known: Known) -> Program:
    children = mi.instrument("ism-2026").dimension("maturity").children
    return program_of(
        known, {one.code: None if one.weight is None else one.weight.value for one in children}
    )


@pytest.mark.parametrize("name", list(REGIONS))
def test_bounds_of_ism_2026_are_those_of_linear_programs(name: str) -> None:
    known = REGIONS[name]
    program = program_of_ism_2026(known)
    table = mi.bounds(made(), known.admissible)
    for row, one in enumerate(parts()):
        # The index is 3/4 of the mean of the aspects, whose whole is 100, and 1/4 of the survey.
        worst, best = one.survey
        least = 0.0075 * program.least(one.aspects) + 0.25 * worst - one.correction
        most = 0.0075 * program.greatest(one.aspects) + 0.25 * best - one.correction
        assert float(table.lower[row]) == pytest.approx(least, abs=CLOSE)
        assert float(table.upper[row]) == pytest.approx(most, abs=CLOSE)
    assert any(worst < best for one in parts() for worst, best in [one.survey])


@pytest.mark.parametrize("name", ["what is published", "all of these"])
def test_the_relation_under_ism_2026_is_that_of_linear_programs(name: str) -> None:
    known = REGIONS[name]
    program = program_of_ism_2026(known)
    table = mi.bounds(made(), known.admissible)
    decided = 0
    for one, other in permutations(range(12, 30), 2):
        mine, others = parts()[one], parts()[other]
        differences = [
            first - second for first, second in zip(mine.aspects, others.aspects, strict=True)
        ]
        least = 0.0075 * program.least(differences) + 0.25 * (mine.survey[0] - others.survey[1])
        least -= mine.correction - others.correction
        if abs(least) > CLOSE:
            assert table.certainly_above[one, other] == (least > 0)
            assert table.never_above[other, one] == (least > 0)
            decided += least > 0
    assert decided > 20


# Random regions, and aspects that do not apply


def eight(*gated: str) -> mi.Instrument:
    """Return a mean of eight indicators without weights, some of which wait for a gate."""
    children = [
        indicator(code, None, conditions=(when(f"g_{code}"),) if code in gated else ())
        for code in ASPECTS
    ]
    root = dimension("r", *children, rule=mi.WeightedMean(basis=ASSUMED, whole=100))
    return instrument(root=root, gates=tuple(gate(f"g_{code}") for code in gated))


def random_region(random: Random) -> Known:
    """Return what could be known of weights that are drawn first, so that it can't contradict."""
    cuts = [0, *sorted(random.sample(range(1, 100), 7)), 100]
    shares = [Fraction(second - first) for first, second in pairwise(cuts)]
    true = dict(zip(ASPECTS, shares, strict=True))
    known = Known()
    for code in random.sample(ASPECTS, random.randint(0, 6)):
        low = true[code] * random.randint(1, 4) / 4
        high = true[code] + random.randint(0, 10)
        known.weights[code] = (low, high)
    order = []
    for _ in range(random.randint(0, 3)):
        chosen = random.sample(ASPECTS, random.randint(2, 4))
        order.append(tuple(sorted(chosen, key=lambda code: -true[code])))
    for _ in range(random.randint(0, 2)):
        members = tuple(random.sample(ASPECTS, random.randint(2, 5)))
        total = sum(true[code] for code in members)
        exact = random.random() < 0.4
        known.sums[members] = total if exact else (total - random.randint(0, 9), total + 5)
    return attrs.evolve(known, order=tuple(order))


def answered(
    whole: mi.Instrument, random: Random, applies: Sequence[str], name: str
) -> mi.Assessment:
    return mi.Assessment(
        agency=mi.Agency(name=name),
        instrument=whole,
        levels={code: random.randint(0, 4) for code in applies},
        gates={
            one.code: "yes" if one.code.removeprefix("g_") in applies else "no"
            for one in whole.gates
        },
    )


@pytest.mark.parametrize("number", range(40))
def test_bounds_over_random_regions_are_those_of_linear_programs(number: int) -> None:
    random = Random(number)
    gated = random.sample(ASPECTS, number % 4)
    whole, known = eight(*gated), random_region(random)
    program = program_of(known, dict.fromkeys(ASPECTS))
    rows = []
    for place in range(4):
        dropped = random.sample(gated, random.randint(0, len(gated)))
        applies = [code for code in ASPECTS if code not in dropped]
        rows.append(answered(whole, random, applies, f"A{place}"))
    table = mi.bounds(rows, known.admissible)
    forms = []
    for place, row in enumerate(rows):
        levels = dict(row.levels)
        above = [float(levels.get(code, 0)) for code in ASPECTS]
        below = [float(code in levels) for code in ASPECTS]
        forms.append((above, below))
        least, most = program.share(above, below)
        assert float(table.lower[place]) == pytest.approx(least, abs=CLOSE)
        assert float(table.upper[place]) == pytest.approx(most, abs=CLOSE)
    for one, other in permutations(range(len(rows)), 2):
        if forms[one][1] == forms[other][1]:
            # Below the line is the same, so that the sign is that of the difference above it.
            difference = [
                mine - others for mine, others in zip(forms[one][0], forms[other][0], strict=True)
            ]
            least = program.least(difference)
            if abs(least) > CLOSE:
                assert table.certainly_above[one, other] == (least > 0)
                assert table.never_above[other, one] == (least > 0)
