"""Between what ends the points of an agency lie, worked out the slow and obvious way.

This is the second opinion that bounds are compared with. It takes nothing from the library but the
types of a definition. What is known of weights and how far an answer is trusted are plain data
here. Every vertex of every region of weights is met with every completion of the answers, and each
time the oracle of scores says what the total is and in which band. It is not for use outside the
tests.

Why vertices are enough for the least and the greatest. The regions of two dimensions have nothing
to do with each other, and points never fall where those below rise; so one dimension may be looked
at alone. Its points are a rising function of `n / d`: `n` is the sum of weights times points of the
children that count, and `d` is the sum of their weights, or constant. Any weights of the region are
a mixture of vertices, and `n` and `d` are the same mixture of what they are at these. So `n / d`
lies between the least and the greatest of the vertices at which `d` is not zero. Where `d` is zero
(then `n` is too), the dimension does not apply and its parent leaves it out; that is so at all the
vertices that are mixed, or at none of the mixtures, and is therefore seen at a vertex as well.

The difference of two agencies is a mixture of vertices only where `d` is the same for both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations, pairwise, product

import attrs

from meritindex.definition import (
    AgencyKind,
    Dimension,
    Gate,
    GoalpostScale,
    Indicator,
    Instrument,
    Measure,
    Median,
    Minimum,
    MissingPolicy,
    Node,
    ThresholdScale,
)
from oracle import ZERO, Answers, evaluate, indicator_applies, measured, ranks

Weights = Mapping[str, Fraction]
# From where to where; None where there is no end.
Ends = tuple[Fraction | None, Fraction | None]
Row = tuple[Fraction, ...]


# Regions of weights


@attrs.frozen(kw_only=True)
class Region:
    """What is known of the weights of the children of one dimension.

    Attributes:
        codes: the children.
        whole: what their weights add up to; None where the rule does not say.
        intervals: for each child, between what ends its weight lies. None is at least 0.
        orders: children that weigh less and less, or the same.
        sums: children, and between what ends their weights add up.
    """

    codes: tuple[str, ...]
    whole: Fraction | None
    intervals: tuple[Ends, ...]
    orders: tuple[tuple[str, ...], ...] = ()
    sums: tuple[tuple[frozenset[str], Ends], ...] = ()

    @property
    def interval(self) -> dict[str, tuple[Fraction, Fraction | None]]:
        """The ends of every weight, by code; the lower one is never open."""
        return {
            code: (max(low or ZERO, ZERO), high)
            for code, (low, high) in zip(self.codes, self.intervals, strict=True)
        }


def regions_of(
    instrument: Instrument,
    weights: Mapping[str, Fraction | Ends | None] | None = None,
    orders: Sequence[Sequence[str]] = (),
    sums: Mapping[tuple[str, ...], Fraction | Ends] | None = None,
) -> list[Region]:
    """Return what is known of the weights, for every dimension that weighs its children.

    A published weight is as published, unless `weights` says otherwise; of any other no more is
    known than what is given here, and that the weights fill the whole.
    """
    return [
        region_of(dimension, weights or {}, orders, sums or {})
        for dimension in _dimensions(instrument.root)
        if dimension.rule is not None and not isinstance(dimension.rule, Minimum | Median)
    ]


def region_of(
    dimension: Dimension,
    weights: Mapping[str, Fraction | Ends | None],
    orders: Sequence[Sequence[str]],
    sums: Mapping[tuple[str, ...], Fraction | Ends],
) -> Region:
    """Return what is known of the weights of the children of one dimension."""
    codes = tuple(child.code for child in dimension.children)
    published = {
        child.code: None if child.weight is None else child.weight.value
        for child in dimension.children
    }
    assert dimension.rule is not None
    return Region(
        codes=codes,
        whole=dimension.rule.whole,
        intervals=tuple(_ends(weights.get(code, published[code])) for code in codes),
        orders=tuple(tuple(order) for order in orders if set(order) <= set(codes)),
        sums=tuple(
            (frozenset(members), _ends(ends))
            for members, ends in sums.items()
            if set(members) <= set(codes)
        ),
    )


def _ends(value: Fraction | Ends | None) -> Ends:
    if value is None:
        return None, None
    return value if isinstance(value, tuple) else (value, value)


def admits(region: Region, weights: Weights) -> bool:
    """Say whether weights are in a region, by looking at each thing that is known."""
    return (
        (region.whole is None or sum(weights[code] for code in region.codes) == region.whole)
        and all(_within(weights[code], ends) for code, ends in region.interval.items())
        and all(
            weights[heavy] >= weights[light]
            for order in region.orders
            for heavy, light in pairwise(order)
        )
        and all(
            _within(sum((weights[code] for code in members), ZERO), ends)
            for members, ends in region.sums
        )
    )


def _within(value: Fraction, ends: Ends) -> bool:
    low, high = ends
    return (low is None or value >= low) and (high is None or value <= high)


@cache
def vertices(region: Region) -> tuple[dict[str, Fraction], ...]:
    """Return every vertex of a bounded region.

    A vertex is where so many of the things that are known hold by equality that no other weights do
    the same. So each choice of as many of them as leave one solution is tried.
    """
    equal, at_least = _known(region)
    free = len(region.codes) - _rank(equal)
    found: dict[Row, dict[str, Fraction]] = {}
    for tight in combinations(at_least, free):
        solution = _solve((*equal, *tight), len(region.codes))
        if solution is not None:
            weights = dict(zip(region.codes, solution, strict=True))
            if admits(region, weights):
                found[solution] = weights
    return tuple(found[solution] for solution in sorted(found))


def _known(region: Region) -> tuple[list[Row], list[Row]]:
    """Return all that is known as rows of coefficients and a number.

    The first are those in which coefficients times weights are the number; in the second they are
    the number or more.
    """

    def row(members: Mapping[str, int], number: Fraction) -> Row:
        return (*(Fraction(members.get(code, 0)) for code in region.codes), number)

    equal: set[Row] = set()
    at_least: set[Row] = set()
    sums = [({code}, ends) for code, ends in region.interval.items()] + list(region.sums)
    if region.whole is not None:
        sums.append((frozenset(region.codes), (region.whole, region.whole)))
    for members, (low, high) in sums:
        if low is not None and low == high:
            equal.add(row(dict.fromkeys(members, 1), low))
            continue
        if low is not None:
            at_least.add(row(dict.fromkeys(members, 1), low))
        if high is not None:
            at_least.add(row(dict.fromkeys(members, -1), -high))
    for order in region.orders:
        for heavy, light in pairwise(order):
            at_least.add(row({heavy: 1, light: -1}, ZERO))
    return sorted(equal), sorted(at_least)


def _rank(rows: Sequence[Row]) -> int:
    """Return how many of the left sides do not follow from the others."""
    return len(_eliminated([row[:-1] for row in rows]))


def _solve(rows: Sequence[Row], size: int) -> Row | None:
    """Return what alone satisfies all equations; None where nothing does, or more than one."""
    left = _eliminated(rows)
    places = [next(place for place, value in enumerate(row) if value != 0) for row in left]
    if places != list(range(size)):
        return None
    return tuple(row[-1] for row in left)


def _eliminated(rows: Sequence[Row]) -> list[Row]:
    """Return the rows, solved for as many columns as can be, without those of zeros."""
    left: list[Row] = []
    rest = list(rows)
    for column in range(len(rows[0]) if rows else 0):
        chosen = next((row for row in rest if row[column] != 0), None)
        if chosen is None:
            continue
        rest.remove(chosen)
        pivot = tuple(value / chosen[column] for value in chosen)
        left = [_less(row, pivot, row[column]) for row in left] + [pivot]
        rest = [_less(row, pivot, row[column]) for row in rest]
    return left


def _less(row: Row, other: Row, times: Fraction) -> Row:
    return tuple(value - times * one for value, one in zip(row, other, strict=True))


def weightings(regions: Sequence[Region]) -> list[dict[str, Fraction]]:
    """Return every way to take one vertex of each region, as the weights of all children."""
    return [
        {code: weight for vertex in chosen for code, weight in vertex.items()}
        for chosen in product(*map(vertices, regions))
    ]


def mixture(region: Region, parts: Sequence[int]) -> dict[str, Fraction]:
    """Return the weights that mix the vertices in these parts, of which one is above 0."""
    return {
        code: sum(
            (part * vertex[code] for part, vertex in zip(parts, vertices(region), strict=True)),
            ZERO,
        )
        / sum(parts)
        for code in region.codes
    }


# Completions of answers


@attrs.frozen(kw_only=True)
class Trust:
    """What an answer may really be: so many levels lower, so many higher; None is to the end.

    Attributes:
        verified: of an answer that was verified; and so on.
        unstated: of an answer without a state.
        lowest: whether what was not answered is worth what leaves the least of the total, and not
            anything. A gate may be answered in any way all the same.
    """

    verified: tuple[int | None, int | None] = (0, 0)
    evidenced: tuple[int | None, int | None] = (0, 0)
    claimed: tuple[int | None, int | None] = (None, 0)
    unstated: tuple[int | None, int | None] = (0, 0)
    lowest: bool = False


def completions(
    instrument: Instrument,
    answers: Answers,
    states: Mapping[str, str] | None = None,
    trust: Trust | None = None,
    kind: AgencyKind | None = None,
) -> list[Answers]:
    """Return the complete answers that one agency's may turn out to be.

    A gate without an answer has each that the agency's kind allows and that lets all indicators
    apply that were answered. What counts as something where it is missing stays missing. Of a
    measure only some values are taken: its ends, and those at which its worth turns or a cap that
    waits for it ends.
    """
    found: list[Answers] = []
    for gates in _gate_answers(instrument, answers, kind):
        asking = _Asking(
            answers=answers,
            gates=gates,
            states=states or {},
            trust=trust or Trust(),
            limits=_limits(instrument.root),
        )
        possible: list[list[tuple[str, str, int | Fraction]]] = [
            [(field, node.code, value) for value in values]
            for field, node, values in asking.cells(instrument.root)
            # What counts as something where it is missing is not asked for.
            if node.code in getattr(answers, field) or node.missing is MissingPolicy.UNKNOWN
        ]
        for choice in product(*possible):
            completed = Answers(gates=gates, points=dict(answers.points))
            for field, code, value in choice:
                getattr(completed, field)[code] = value
            found.append(completed)
    return found


def _gate_answers(
    instrument: Instrument, answers: Answers, kind: AgencyKind | None
) -> Iterator[dict[str, str]]:
    """Yield every way to answer the gates that goes with what was answered."""
    answered = [
        node
        for node in _nodes(instrument.root)
        if isinstance(node, Indicator) and node.code in answers.levels
    ]
    ways = [
        [answers.gates[gate.code]] if gate.code in answers.gates else _options(gate, kind)
        for gate in instrument.gates
    ]
    for choice in product(*ways):
        gates = {gate.code: one for gate, one in zip(instrument.gates, choice, strict=True)}
        if all(indicator_applies(indicator, gates) for indicator in answered):
            yield gates


def _options(gate: Gate, kind: AgencyKind | None) -> list[str]:
    for one, options in gate.by_kind:
        if one is kind:
            return list(options)
    return [option.value for option in gate.options]


@attrs.frozen(kw_only=True)
class _Asking:
    """One walk over a tree that finds what may still be answered, under certain gates."""

    answers: Answers
    gates: Mapping[str, str]
    states: Mapping[str, str]
    trust: Trust
    limits: Mapping[str, set[Fraction]]

    def cells(
        self, node: Node, sign: int = 1
    ) -> Iterator[tuple[str, Node, Sequence[int | Fraction]]]:
        """Yield every answer at and below a node, with where it stands and all it may be.

        The sign is below zero where the node is taken off.
        """
        code, trust = node.code, self.trust
        if isinstance(node, Indicator):
            if indicator_applies(node, self.gates):
                answer = self.answers.levels.get(code)
                yield "levels", node, _levels(node, answer, self.states, trust)
        elif isinstance(node, Measure):
            given = self.answers.measures.get(code)
            values = _values(node, sign, trust, self.limits.get(code, set()))
            yield "measures", node, values if given is None else [given]
        elif code not in self.answers.points:
            if not node.children:
                yield "points", node, _entries(node, trust)
            for below in (*node.children, *node.bonuses):
                yield from self.cells(below)
            for below in node.deductions:
                yield from self.cells(below, sign=-1)


def _levels(
    indicator: Indicator, answer: int | None, states: Mapping[str, str], trust: Trust
) -> list[int]:
    """Return all the levels that an indicator may really be at."""
    scale = [level.value for level in indicator.levels]
    if answer is None:
        return scale[:1] if trust.lowest else scale
    down, up = getattr(trust, states.get(indicator.code, "unstated"))
    return [
        level
        for level in scale
        if (down is None or level >= answer - down) and (up is None or level <= answer + up)
    ]


def _values(measure: Measure, sign: int, trust: Trust, limits: set[Fraction]) -> list[Fraction]:
    """Return the ends of a measure, and the values beside each place where something turns.

    That is where its worth does, and where it reaches one of the limits that caps wait for.
    """
    places = {measure.minimum, measure.maximum}
    scale = measure.scale
    if scale is None:
        places |= limits
    elif isinstance(scale, ThresholdScale):
        places |= {step.start for step in scale.steps[1:] if step.start is not None}
    elif isinstance(scale, GoalpostScale):
        slope = (scale.points_at_high - scale.points_at_low) / (scale.high - scale.low)
        places |= {scale.low, scale.high}
        places |= {scale.low + (limit - scale.points_at_low) / slope for limit in limits}
    unit = Fraction(1, 10**measure.decimals)
    near = {
        _on_grid(place, measure.decimals) + steps * unit for place in places for steps in (-1, 0, 1)
    }
    values = sorted(value for value in near if measure.minimum <= value <= measure.maximum)
    if not trust.lowest:
        return values
    return [min(values, key=lambda value: sign * measured(measure, value).value)]


def _limits(root: Dimension) -> dict[str, set[Fraction]]:
    """Return below which points each node falls short of what a cap asks for."""
    found: dict[str, set[Fraction]] = {}
    for dimension in _dimensions(root):
        shortfalls = [cap.shortfall for cap in dimension.caps]
        shortfalls += [cap.shortfall for cap in dimension.band_caps]
        for shortfall in shortfalls:
            if shortfall is not None:
                found.setdefault(shortfall.code, set()).add(shortfall.below)
    return found


def _entries(dimension: Dimension, trust: Trust) -> list[Fraction]:
    """Return the ends between which points can be entered."""
    assert dimension.maximum is not None
    highest = _on_grid(dimension.maximum.value, dimension.decimals)
    return [ZERO] if trust.lowest else [ZERO, highest]


def _on_grid(value: Fraction, decimals: int) -> Fraction:
    """Return the number of so many decimals at or just below a value."""
    return Fraction(value * 10**decimals // 1, 10**decimals)


# What may come out


@attrs.frozen(kw_only=True)
class Seen:
    """What comes out of one way to answer and to weigh; None where there is no total."""

    weights: dict[str, Fraction]
    answers: Answers
    total: Fraction | None
    band: str | None


def see(
    instrument: Instrument, weighting: Mapping[str, Fraction], completed: Sequence[Answers]
) -> list[Seen]:
    """Return what comes out of each completion under one weighting."""
    code = instrument.root.code
    # What a rule without weights does not look at.
    weights = dict.fromkeys((node.code for node in _nodes(instrument.root)), Fraction(1))
    weights.update(weighting)
    found: list[Seen] = []
    for answers in completed:
        result = evaluate(instrument, weights, answers)
        found.append(
            Seen(
                weights=dict(weighting),
                answers=answers,
                total=result.points[code],
                band=result.band.get(code),
            )
        )
    return found


def see_all(
    instrument: Instrument, regions: Sequence[Region], completed: Sequence[Answers]
) -> list[list[Seen]]:
    """Return for each weighting by vertices what comes out of each completion."""
    return [see(instrument, weighting, completed) for weighting in weightings(regions)]


def totals(seen: Sequence[Sequence[Seen]]) -> list[Fraction | None]:
    """Return every total that came out."""
    return [one.total for of_weighting in seen for one in of_weighting]


def ends(seen: Sequence[Sequence[Seen]]) -> tuple[Fraction, Fraction] | None:
    """Return the least and the greatest total.

    Under some weights there may be none, for the root does not apply; these say nothing. None where
    a completion has no total under any weights.
    """
    for of_completion in zip(*seen, strict=True):
        if all(one.total is None for one in of_completion):
            return None
    known = [total for total in totals(seen) if total is not None]
    return min(known), max(known)


def least_difference(
    one: Sequence[Sequence[Seen]], other: Sequence[Sequence[Seen]]
) -> Fraction | None:
    """Return by how much one agency is at least above another, under weights common to both.

    Below zero it need not be. None where they never have a total both.
    """
    return min(
        (
            mine.total - others.total
            for of_one, of_other in zip(one, other, strict=True)
            for mine, others in product(of_one, of_other)
            if mine.total is not None and others.total is not None
        ),
        default=None,
    )


def ranges_of_ranks(
    certainly_above: Sequence[Sequence[bool]], never_above: Sequence[Sequence[bool]]
) -> list[tuple[int, int]]:
    """Return between what ranks each agency is, from what is certain about each pair."""
    count = len(certainly_above)
    return [
        (
            1 + sum(certainly_above[other][one] for other in range(count) if other != one),
            count - sum(never_above[other][one] for other in range(count) if other != one),
        )
        for one in range(count)
    ]


def met_ranks(choices: Sequence[Sequence[Fraction]]) -> list[tuple[int, int]]:
    """Return the best and the worst rank of each agency over all choices of a total for each."""
    found = [ranks(choice) for choice in product(*choices)]
    columns = [[row[place] or 0 for row in found] for place in range(len(choices))]
    return [(min(column), max(column)) for column in columns]


# The tree


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Dimension):
        for below in (*node.children, *node.bonuses, *node.deductions):
            yield from _nodes(below)


def _dimensions(root: Dimension) -> Iterator[Dimension]:
    return (node for node in _nodes(root) if isinstance(node, Dimension))
