"""Which levels to raise at the least cost, worked out the slow and obvious way.

This is the second opinion that the improvement is compared with. It takes nothing from the library
but the types of a definition. What may be done and what it costs are plain data here. Every way to
raise levels is looked at, and each time the oracle of scores says what the total is and in which
band. It is not for use outside the tests.

Where doubles compute a total, the oracle of scores says between what ends it may be. So a plan may
reach a target, or not, or so closely that nobody can tell; what is the cheapest lies then between
the cheapest that may reach it and the cheapest that surely does. Of what is rational both are one.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise, product

import attrs

from meritindex.definition import Bands, Dimension, Indicator, Instrument, MissingPolicy
from oracle import ZERO, Answers, Result, Span, band_name, evaluate, indicator_applies

Weights = Mapping[str, Fraction]
Levels = Mapping[str, int]
# What every step of an indicator costs, by the level that it leads to.
Prices = Mapping[str, Mapping[int, Fraction]]
# What counts: the cost, and among equal costs how many levels are raised.
Key = tuple[Fraction, int]


# What may be done


@attrs.frozen(kw_only=True)
class Demand:
    """An item that is raised to a level, or above it, asks that another stands at a level."""

    item: str
    from_level: int
    needs: str
    level: int


def demands_of(instrument: Instrument, chain: Sequence[str]) -> tuple[Demand, ...]:
    """Return what a chain asks for: no item is raised to a level that the one before has not.

    Unless that one stands at its highest.
    """
    found: list[Demand] = []
    for needs, item in pairwise(chain):
        highest = _indicator(instrument, needs).levels[-1].value
        found += [
            Demand(item=item, from_level=level.value, needs=needs, level=min(level.value, highest))
            for level in _indicator(instrument, item).levels[1:]
        ]
    return tuple(found)


@attrs.frozen(kw_only=True)
class Limits:
    """What holds a plan back.

    Attributes:
        fixed: indicators that can't move, and dimensions below which none can.
        most_levels: how many levels one indicator may rise; by indicator, or for each of them.
        demands: what must stand before something is raised.
        ready: from what day on a step can be done, by indicator and by the level it leads to.
        by: the day by which all is to be done.
        budget: what a plan may cost.
    """

    fixed: frozenset[str] = frozenset()
    most_levels: int | Mapping[str, int] | None = None
    demands: tuple[Demand, ...] = ()
    ready: Mapping[str, Mapping[int, date]] = attrs.field(factory=dict)
    by: date | None = None
    budget: Fraction | None = None


def is_circular(instrument: Instrument, demands: Iterable[Demand]) -> bool:
    """Say whether some level of an indicator would have to come before itself."""
    edges: dict[tuple[str, int], set[tuple[str, int]]] = {}
    for indicator in _indicators(instrument.root):
        for below, above in pairwise(indicator.levels):
            edges.setdefault((indicator.code, above.value), set()).add(
                (indicator.code, below.value)
            )
    for demand in demands:
        edges.setdefault((demand.item, demand.from_level), set()).add((demand.needs, demand.level))
    return any(start in _reached_from(start, edges) for start in edges)


def _reached_from(
    start: tuple[str, int], edges: Mapping[tuple[str, int], set[tuple[str, int]]]
) -> set[tuple[str, int]]:
    found: set[tuple[str, int]] = set()
    waiting = [start]
    while waiting:
        for one in edges.get(waiting.pop(), set()) - found:
            found.add(one)
            waiting.append(one)
    return found


def movable(instrument: Instrument, answers: Answers, fixed: frozenset[str]) -> Iterator[Indicator]:
    """Yield the indicators that may rise: they apply, are answered, and stand under no entry."""

    def look(node: object) -> Iterator[Indicator]:
        code = getattr(node, "code", "")
        if code in fixed or code in answers.points:
            return
        if isinstance(node, Dimension):
            for child in node.children:
                yield from look(child)
        elif (
            isinstance(node, Indicator)
            and indicator_applies(node, answers.gates)
            and code in answers.levels
        ):
            yield node

    yield from look(instrument.root)


def ranges(instrument: Instrument, answers: Answers, limits: Limits) -> dict[str, range]:
    """Return the levels that each indicator that may rise can stand at, its present one first."""
    found: dict[str, range] = {}
    for indicator in movable(instrument, answers, limits.fixed):
        code = indicator.code
        present = top = answers.levels[code]
        most = limits.most_levels
        if isinstance(most, Mapping):
            most = most.get(code)
        while top < indicator.levels[-1].value:
            day = limits.ready.get(code, {}).get(top + 1)
            late = day is not None and limits.by is not None and day > limits.by
            if late or (most is not None and top - present == most):
                break
            top += 1
        found[code] = range(present, top + 1)
    return found


def permitted(
    instrument: Instrument, answers: Answers, demands: Iterable[Demand], levels: Levels
) -> bool:
    """Say whether all stands that raising these levels asks for."""
    return not any(unmet(instrument, answers, demands, levels))


def unmet(
    instrument: Instrument, answers: Answers, demands: Iterable[Demand], levels: Levels
) -> Iterator[Demand]:
    """Yield the demands that are made, and that these levels leave unmet."""
    stands = {**answers.levels, **levels}
    for demand in demands:
        level = levels.get(demand.item)
        raised = level is not None and level > answers.levels[demand.item]
        if not raised or level < demand.from_level:
            continue
        if indicator_applies(_indicator(instrument, demand.needs), answers.gates) is False:
            continue
        if demand.needs not in stands or stands[demand.needs] < demand.level:
            yield demand


# What comes of it


@attrs.frozen(kw_only=True)
class Plan:
    """One way to raise levels.

    Attributes:
        levels: of all that may rise.
        cost: of all the steps.
        raised: how many levels.
        total: the least under any of the weightings.
        bands: the lowest and the highest band that the total may be in, counted from 0; None where
            there are no bands.
    """

    levels: dict[str, int]
    cost: Fraction
    raised: int
    total: Span
    bands: tuple[int, int] | None

    @property
    def key(self) -> Key:
        return self.cost, self.raised

    def beyond(self, other: Plan) -> bool:
        """Say whether it raises all that the other one raises, and something more."""
        return self.raised > other.raised and all(
            level >= other.levels[code] for code, level in self.levels.items()
        )


def plans(
    instrument: Instrument,
    answers: Answers,
    limits: Limits,
    prices: Prices,
    weightings: Sequence[Weights],
    override: MissingPolicy | None = None,
) -> list[Plan]:
    """Return every plan that the limits allow, whatever the budget; first the one without a step.

    Empty where there is no total under one of the weightings.
    """
    possible = ranges(instrument, answers, limits)
    found: list[Plan] = []
    for choice in product(*possible.values()):
        levels = dict(zip(possible, choice, strict=True))
        if not permitted(instrument, answers, limits.demands, levels):
            continue
        raised_answers = attrs.evolve(answers, levels={**answers.levels, **levels})
        outcome = look_at(instrument, raised_answers, weightings, override)
        if outcome is None:
            return []
        total, bands = outcome
        found.append(
            Plan(
                levels=levels,
                cost=cost_of(answers, prices, levels),
                raised=sum(level - answers.levels[code] for code, level in levels.items()),
                total=total,
                bands=bands,
            )
        )
    return found


def cost_of(answers: Answers, prices: Prices, levels: Levels) -> Fraction:
    """Return what the steps from the present levels to these cost."""
    return sum(
        (
            prices[code][step]
            for code, level in levels.items()
            for step in range(answers.levels[code] + 1, level + 1)
        ),
        ZERO,
    )


def look_at(
    instrument: Instrument,
    answers: Answers,
    weightings: Sequence[Weights],
    override: MissingPolicy | None = None,
) -> tuple[Span, tuple[int, int] | None] | None:
    """Return the least total under any of the weightings, and its lowest and highest band.

    None where there is no total under one of them.
    """
    root = instrument.root
    spans: list[Span] = []
    bands: list[tuple[int, int]] = []
    for weights in weightings:
        result = evaluate(instrument, weights, answers, override)
        assert result.firm
        if root.code not in result.spans:
            return None
        spans.append(result.spans[root.code])
        if root.bands is not None:
            bands.append(_bands_of(root.bands, root.code, result))
    least = Span(*(min(getattr(span, end) for span in spans) for end in ("low", "value", "high")))
    if not bands:
        return least, None
    return least, (min(low for low, _ in bands), min(high for _, high in bands))


def _bands_of(bands: Bands, code: str, result: Result) -> tuple[int, int]:
    """Return the lowest and the highest band that a total may be in, all caps minded."""
    names = [band.name.id for band in bands.items]
    name = result.band[code]
    if name is None or code in result.doubtful:
        # A cap waits for what is not known, or doubles can't tell.
        return 0, names.index(band_name(bands, result.spans[code].high))
    return names.index(name), names.index(name)


# Targets


class Reach(enum.Enum):
    """Whether a plan reaches a target."""

    YES = "it does"
    NO = "it does not"
    DOUBTFUL = "it is so close that nobody can tell"


@attrs.frozen(kw_only=True)
class Goal:
    """A least total, or a lowest band counted from 0."""

    total: Span | None = None
    band: int | None = None


def reach(plan: Plan, goal: Goal) -> Reach:
    """Say whether a plan reaches a target."""
    if goal.band is not None:
        assert plan.bands is not None
        low, high = plan.bands
        surely, perhaps = low >= goal.band, high >= goal.band
    else:
        assert goal.total is not None
        surely = plan.total.low >= goal.total.high
        perhaps = plan.total.high >= goal.total.low
    return Reach.YES if surely else Reach.DOUBTFUL if perhaps else Reach.NO


def goal_of_rank(rank: int, others: Sequence[Span]) -> Goal | None:
    """Return the least total with which a place among others is this one or a better one.

    None where there are fewer others, so that any total will do.
    """
    if len(others) < rank:
        return None
    ends = [
        sorted((getattr(span, end) for span in others), reverse=True)[rank - 1]
        for end in ("low", "value", "high")
    ]
    return Goal(total=Span(*ends))


# The best of all


def within(found: Sequence[Plan], budget: Fraction | None) -> list[Plan]:
    """Return the plans that a budget buys."""
    return [plan for plan in found if budget is None or plan.cost <= budget]


def cheapest(found: Sequence[Plan], goal: Goal) -> tuple[Key | None, Key | None]:
    """Return the least key of what may reach a target, and of what surely does; None for nothing.

    The two differ only where doubles compute the total or a cap waits for what is not known.
    """
    perhaps = [plan.key for plan in found if reach(plan, goal) is not Reach.NO]
    surely = [plan.key for plan in found if reach(plan, goal) is Reach.YES]
    return min(perhaps, default=None), min(surely, default=None)


def is_certain(found: Sequence[Plan], goal: Goal) -> bool:
    """Say whether of every plan it is certain whether it reaches a target."""
    return all(reach(plan, goal) is not Reach.DOUBTFUL for plan in found)


def without_superfluous_steps(found: Sequence[Plan], goal: Goal) -> list[Plan]:
    """Return the plans that reach a target and go beyond no other that does; the cheapest first."""
    kept: list[Plan] = []
    reaching = [plan for plan in found if reach(plan, goal) is Reach.YES]
    for plan in sorted(reaching, key=lambda one: one.raised):
        if not any(plan.beyond(other) for other in kept):
            kept.append(plan)
    return sorted(kept, key=lambda one: one.key)


def most(found: Sequence[Plan]) -> Plan:
    """Return the plan with the highest total; of several, the one with the least key."""
    return min(found, key=lambda plan: (-plan.total.value, plan.key))


def single_steps(found: Sequence[Plan]) -> list[Plan]:
    """Return the plans that raise one indicator by one level."""
    return [plan for plan in found if plan.raised == 1]


# The tree


def _indicator(instrument: Instrument, code: str) -> Indicator:
    return next(one for one in _indicators(instrument.root) if one.code == code)


def _indicators(dimension: Dimension) -> Iterator[Indicator]:
    for child in dimension.children:
        if isinstance(child, Dimension):
            yield from _indicators(child)
        elif isinstance(child, Indicator):
            yield child
