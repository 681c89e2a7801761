"""The random cases for bounds meet every hard case."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import attrs

import bounds_oracle
import meritindex as mi
import oracle
from bounds_cases import Case, Row, cases
from bounds_oracle import Region
from meeting import meet
from meritindex.testing.parts import LINEAR
from oracle import Answers


def ways(case: Case) -> Iterator[str]:
    """Yield what is hard about a case."""
    yield from weight_ways(case)
    yield from answer_ways(case)
    yield from pair_ways(case)
    yield from band_ways(case)
    for place, expected in enumerate(case.ends):
        if case.sometimes_without(place):
            yield "a total under some weights only"
        elif expected is None:
            yield "no total"
        elif expected[0] < expected[1]:
            yield "an interval"
        else:
            yield "one total"


def weight_ways(case: Case) -> Iterator[str]:
    weighed = {code for region in case.open_regions for code in region.codes}
    for dimension in case.instrument.dimensions:
        if any(region.codes == codes_of(dimension) for region in case.open_regions):
            yield f"open weights in a {type(dimension.rule).__name__}"
            if dimension.code in weighed:
                yield "an open dimension below another"
            if dimension.rule.whole is None:
                yield "open weights without a whole"
            if dimension.rounding is not None:
                yield "an open dimension that is rounded"
            if dimension.adjustments:
                yield "an open dimension with something beside the rule"
    for region in case.open_regions:
        yield from region_ways(case, region)


def region_ways(case: Case, region: Region) -> Iterator[str]:
    if region.orders:
        yield "an order"
        if region.sums:
            yield "an order and a sum"
        if binds(case, region):
            yield "an order that binds"
    for _, (low, high) in region.sums:
        yield "a sum" if low == high else "a sum between ends"
    if any(high is not None for _, high in region.intervals):
        yield "an interval of a weight"


def codes_of(dimension: mi.Dimension) -> tuple[str, ...]:
    return tuple(child.code for child in dimension.children)


def binds(case: Case, region: Region) -> bool:
    """Say whether an end would lie elsewhere without the orders of a region."""
    free = attrs.evolve(region, orders=())
    without = [free if one is region else one for one in case.regions]
    first = case.completed[0]
    found = bounds_oracle.ends(bounds_oracle.see_all(case.instrument, without, first))
    return found is not None and found != case.ends[0]


def answer_ways(case: Case) -> Iterator[str]:
    if case.trust.lowest:
        yield "what is not answered is at its lowest"
    for row, completed in zip(case.rows, case.completed, strict=True):
        if len(completed) > 1:
            yield "several completions"
        if len({tuple(sorted(one.gates.items())) for one in completed}) > 1:
            yield "an open gate"
        if row.answers.points:
            yield "an entry"
        yield from state_ways(row, completed)
        if case.trust.unstated != (0, 0) and len(completed) > 1:
            yield "an answer without a state that is open"
        for answers in completed:
            yield from indicator_ways(case, answers)


def state_ways(row: Row, completed: list[Answers]) -> Iterator[str]:
    for code, state in row.states.items():
        if len({one.levels.get(code) for one in completed}) > 1:
            yield f"an answer that is {state} and open"


def indicator_ways(case: Case, answers: Answers) -> Iterator[str]:
    weighed = {code for region in case.open_regions for code in region.codes}
    for indicator in case.instrument.indicators:
        applies = oracle.indicator_applies(indicator, answers.gates)
        if applies is False and indicator.code in weighed:
            yield "a sibling that a gate drops in an open dimension"
        if applies and indicator.code not in answers.levels:
            yield f"an answer that stays missing: {indicator.missing}"


def pair_ways(case: Case) -> Iterator[str]:
    for one, other in permutations(range(len(case.rows)), 2):
        mine, others = case.ends[one], case.ends[other]
        if mine is None or others is None:
            continue
        least = bounds_oracle.least_difference(case.seen[one], case.seen[other])
        if least is None:
            yield "never a total of both"
        elif least == 0:
            yield "a tie" if mine == others else "level at worst"
        elif least > 0:
            overlap = mine[0] <= others[1]
            yield "certainly above" + overlap * " though the totals overlap"
        elif mine[1] > others[0] and mine != others:
            yield "above or not"


def band_ways(case: Case) -> Iterator[str]:
    bands = case.instrument.root.bands
    if bands is None:
        return
    if bands.rounding is not None:
        yield "bands after rounding"
    if case.instrument.root.band_caps:
        yield "a band that a cap holds back"
    limits = {value for value, _ in bands.thresholds}
    for place, expected in enumerate(case.ends):
        if expected is None:
            continue
        if limits & set(expected):
            yield "a limit of a band that a bound hits"
        met_bands = {one.band for seen in case.seen[place] for one in seen}
        if expected[0] < expected[1]:
            yield "a band that is certain" if len(met_bands) == 1 else "several bands"
        if oracle.band_name(bands, expected[0]) != oracle.band_name(bands, expected[1]):
            yield "a band that is open"


HARD = {
    "an open dimension below another",
    "open weights in a WeightedMean",
    "open weights in a WeightedSum",
    "open weights without a whole",
    "an open dimension that is rounded",
    "an open dimension with something beside the rule",
    "an order",
    "an order that binds",
    "a sum",
    "a sum between ends",
    "an interval of a weight",
    "an order and a sum",
    "several completions",
    "an open gate",
    "an answer that is claimed and open",
    "an answer that is evidenced and open",
    "an answer that is verified and open",
    "an answer without a state that is open",
    "a sibling that a gate drops in an open dimension",
    *(f"an answer that stays missing: {policy}" for policy in ("zero", "lowest", "drop")),
    "what is not answered is at its lowest",
    "an entry",
    "a total under some weights only",
    "no total",
    "one total",
    "an interval",
    "a tie",
    "level at worst",
    "certainly above",
    "certainly above though the totals overlap",
    "above or not",
    "bands after rounding",
    "a band that a cap holds back",
    "a limit of a band that a bound hits",
    "a band that is certain",
    "a band that is open",
    "several bands",
}


def test_what_is_hard_is_met() -> None:
    alike = cases(most_rows=3, bands=False, alike=True, plain=True, rules=LINEAR)
    meet(ways, (240, cases(most_rows=3)), (60, alike), wanted=HARD)
