"""The cheapest plans to the next band: one agency, and all 546 of the sample.

The instrument is that in force, the answers are the built-in sample. Costs are one a step, or made
up for every step; weights are the default ones, or open, and then the band is to be reached under
all of them. The peer is an integer program an agency, by HiGHS in scipy, as one would write it: a
variable for each step, in doubles, and where weights are open a row for each corner of the region,
which is known. Costs must agree, so what is timed is the same work; the library scores every plan
anew besides, says what each step adds, and is exact. The process is warm.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from common import milliseconds, ratio, skipped, spread, table, timed, version

# isort: split

import numpy as np
import numpy.typing as npt

import meritindex as mi

SAMPLE = mi.sample()
INSTRUMENT = SAMPLE.instrument
SCORED = mi.score(SAMPLE)
ONE = SCORED.card_of("Kota Pangkal Pinang").row
PROVINCES = [row for row, each in enumerate(SAMPLE.agencies) if each.kind == "province"]

Costs = Mapping[str, Mapping[int, int]]
Doubles = npt.NDArray[np.float64]


def unit_costs() -> Costs:
    """Return one for every step."""
    return {each.code: dict.fromkeys(range(1, 5), 1) for each in INSTRUMENT.indicators}


def money_costs() -> Costs:
    """Return made-up amounts, another for every step."""
    random = np.random.default_rng(20260101)
    return {
        each.code: {level: int(random.integers(1_000, 100_000)) for level in range(1, 5)}
        for each in INSTRUMENT.indicators
    }


def improved(rows: list[int], costs: Costs, weighting: mi.Admissible | None) -> list[Fraction]:
    """Find the plans, and return what they cost; -1 where there is none."""
    some = SAMPLE.rows(np.array(rows))
    found = mi.improve(some, costs=costs, weighting=weighting)
    return [Fraction(-1) if cost is None else cost for cost in found.costs]


@lru_cache(maxsize=2)
def corners(*, weights_open: bool) -> Doubles:
    """Return the weights of the aspects as shares: the default ones, or all corners."""
    if not weights_open:
        values = SCORED.plan.weight_values
        return np.array([[float(values[f"a{number}"]) / 100 for number in range(1, 9)]])
    found = np.zeros((6, 8))
    found[:, [0, 7]] = 0.1
    found[np.arange(6), np.arange(1, 7)] = 0.8
    return found


def program(row: int, costs: Costs, *, weights_open: bool) -> float:
    """Solve one integer program, and return what the plan costs; -1 where there is none."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    places = {each.code: place for place, each in enumerate(INSTRUMENT.indicators)}
    levels = SAMPLE.levels[row]
    weights = corners(weights_open=weights_open)
    survey, correction = SAMPLE.measures["satisfaction"], SAMPLE.measures["correction"]
    if not survey.known[row]:
        return -1.0
    now = np.full(len(weights), survey.numerators[row] / 40_000 - correction.numerators[row] / 1e4)
    gains: list[Doubles] = []
    prices: list[float] = []
    order: list[tuple[int, int]] = []
    for number in range(1, 9):
        codes = [each.code for each in INSTRUMENT.dimension(f"a{number}").children]
        codes = [code for code in codes if levels[places[code]] < mi.NOT_APPLICABLE]
        gain = 0.75 * weights[:, number - 1] / len(codes) / 4
        for code in codes:
            level = int(levels[places[code]])
            now = now + gain * level
            for step in range(level + 1, 5):
                if step > level + 1:
                    order.append((len(gains) - 1, len(gains)))
                gains.append(gain)
                prices.append(costs[code][step])
    least = min(now)
    thresholds = [float(value) for value, _ in INSTRUMENT.root.bands.thresholds]
    higher = [value for value in thresholds if value > least + 1e-12]
    if not higher:
        return -1.0
    matrix, limits = [np.array(gains).T], [higher[0] - now - 1e-9]
    if order:
        first = np.zeros((len(order), len(gains)))
        first[np.arange(len(order)), [one for one, _ in order]] = 1
        first[np.arange(len(order)), [other for _, other in order]] = -1
        matrix.append(first)
        limits.append(np.zeros(len(order)))
    solved = milp(
        np.array(prices),
        integrality=np.ones(len(prices)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(np.vstack(matrix), np.concatenate(limits), np.inf),
        options={"mip_rel_gap": 0},
    )
    return float(solved.fun) if solved.success else -1.0


def programs(rows: list[int], costs: Costs, *, weights_open: bool) -> list[float]:
    """Solve an integer program for each agency."""
    return [program(row, costs, weights_open=weights_open) for row in rows]


def check(rows: list[int], costs: Costs, weighting: mi.Admissible | None) -> None:
    """Check that both find the same costs."""
    found = [float(cost) for cost in improved(rows, costs, weighting)]
    others = programs(rows, costs, weights_open=weighting is not None)
    assert np.allclose(found, others, rtol=1e-6), "costs differ"


def main() -> None:
    """Time everything and print Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=7)
    repetitions = parser.parse_args().repetitions
    with_scipy = version("scipy") is not None
    if not with_scipy:
        skipped("scipy")
    everybody = list(range(len(SAMPLE)))
    kinds: dict[str, tuple[list[int], Costs, mi.Admissible | None, int]] = {
        "one agency, one a step": ([ONE], unit_costs(), None, repetitions * 3),
        "one agency, made-up amounts": ([ONE], money_costs(), None, repetitions * 3),
        "all 546, one a step": (everybody, unit_costs(), None, repetitions),
        "all 546, made-up amounts": (everybody, money_costs(), None, repetitions),
        "one agency, all weights": ([ONE], unit_costs(), mi.Admissible(), repetitions * 3),
        "38 provinces, all weights": (PROVINCES, unit_costs(), mi.Admissible(), repetitions),
    }
    print("### The cheapest plans to the next band\n")
    lines = []
    for name, (rows, costs, weighting, count) in kinds.items():
        given: dict[str, Any] = {"rows": rows, "costs": costs}
        actions: dict[str, Callable[[], object]] = {
            "meritindex": lambda given=given, weighting=weighting: improved(
                **given, weighting=weighting
            )
        }
        if with_scipy:
            check(rows, costs, weighting)
            actions["scipy"] = lambda given=given, weighting=weighting: programs(
                **given, weights_open=weighting is not None
            )
        times = timed(actions, max(count, 2))
        own = times["meritindex"]
        peer = statistics.median(times["scipy"]) if with_scipy else None
        lines.append(
            (
                name,
                milliseconds(statistics.median(own)),
                milliseconds(min(own)),
                f"{spread(own):.0%}",
                "-" if peer is None else milliseconds(peer),
                "-" if peer is None else ratio(peer / statistics.median(own)),
            )
        )
    header = ["", "median, ms", "least, ms", "noise", "scipy, median, ms", "scipy / meritindex"]
    print(table(header, lines), end="\n\n")


if __name__ == "__main__":
    main()
