"""Random cases for the improvement: small instruments, what may be done, what is to be reached.

Everything is small, so that the oracle can look at every way to raise levels. Targets lie where
some plan ends up, most of them above what the agency has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import prod
from typing import Any

import attrs
from hypothesis import assume
from hypothesis import strategies as st

import bounds_cases
import builders
import meritindex as mi
import strategies
from bounds_oracle import Trust, weightings
from improve_oracle import (
    Demand,
    Goal,
    Key,
    Limits,
    Plan,
    Prices,
    Reach,
    Weights,
    cheapest,
    demands_of,
    goal_of_rank,
    is_circular,
    look_at,
    plans,
    ranges,
    reach,
    within,
)
from meritindex.analysis import improving
from meritindex.language import Text
from meritindex.testing.limits import banded
from meritindex.testing.parts import BASIS, LINEAR, RULES, RuleType, figure, one_in
from meritindex.testing.styles import Options
from meritindex.testing.trees import bare_instruments
from oracle import Answers, Span, indicator_applies, is_rational

# So many ways to raise levels are looked at: mostly few, and now and then many.
_SIZES = (24, 60, 60, 150, 150, 400, 1_500)
# Roots and powers are worked out to 60 digits, which takes its time.
_MOST_OF_IRRATIONAL = 40
_MOST_OF_OPEN = 250

BY = dt.date(2026, 6, 30)
DAYS = tuple(BY + dt.timedelta(days=days) for days in (-40, 1, 0, 30))
SMALL = Fraction(1, 10**9)

_Sight = Callable[[mi.Instrument, Answers], tuple[Span, object] | None]

# A number as a caller may give it, and what it is.
_AMOUNTS: tuple[tuple[Any, Fraction], ...] = (
    (0, Fraction(0)),
    (1, Fraction(1)),
    (1, Fraction(1)),
    (2, Fraction(2)),
    (3, Fraction(3)),
    ("0,5", Fraction(1, 2)),
    (0.1, Fraction(1, 10)),
    ("1 1/3", Fraction(4, 3)),
    (Fraction(7, 5), Fraction(7, 5)),
    (12_500_000, Fraction(12_500_000)),
)


class Unsure:
    """What is expected where nobody can tell."""


UNSURE = Unsure()
Expected = improving.ImprovementStatus | Unsure


@attrs.frozen(kw_only=True)
class Wish:
    """What is to be reached.

    Attributes:
        kind: "next", "band", "total" or "rank".
        given: a band or a total as the caller gives it.
        number: of the band, counted from 0, or the place in the group.
        total: the least total.
        among: the group, by name.
    """

    kind: str = "next"
    given: str | int | Fraction | None = None
    number: int = 0
    total: Fraction = Fraction(0)
    among: tuple[tuple[str, Answers], ...] = ()


@attrs.frozen(kw_only=True)
class Case:
    """Some agencies' answers, what is known of the weights, what may be done, and the target.

    Attributes:
        given: the costs and limits as the caller gives them.
        prices: what the costs are.
        weighting: as the caller gives it.
        weightings: all that the least total is looked for among.
        found: by agency, every plan that the limits allow; empty where there is no total.
    """

    instrument: mi.Instrument
    rows: tuple[Answers, ...]
    states: Mapping[str, str] = attrs.field(factory=dict)
    weighting: mi.Weighting | mi.Admissible | None = None
    weightings: Sequence[Weights]
    override: mi.MissingPolicy | None = None
    limits: Limits = attrs.field(factory=Limits)
    prices: Prices
    given: Mapping[str, Any] = attrs.field(factory=dict)
    wish: Wish = attrs.field(factory=Wish)
    found: tuple[list[Plan], ...] = attrs.field(default=(), repr=False)

    @property
    def assessments(self) -> list[mi.Assessment]:
        return [self.assessment(row, f"A{place}") for place, row in enumerate(self.rows)]

    def assessment(self, answers: Answers, name: str) -> mi.Assessment:
        states = {code: one for code, one in self.states.items() if code in answers.levels}
        return mi.Assessment(
            agency=mi.Agency(name=name),
            instrument=self.instrument,
            levels=answers.levels,
            gates=answers.gates,
            measures=answers.measures,
            points=answers.points,
            states=states,
            evidence=dict.fromkeys(states, "berkas"),
            synthetic=True,
        )

    @property
    def arguments(self) -> dict[str, Any]:
        """All that `improve` is given besides the assessments."""
        return {"to": self.to, **self.options}

    @property
    def options(self) -> dict[str, Any]:
        """The same without a target and a budget."""
        given = {name: value for name, value in self.given.items() if name != "budget"}
        return {"weighting": self.weighting, "missing": self.override, **given}

    @property
    def to(self) -> object:
        wish = self.wish
        if wish.kind != "rank":
            return wish.given
        others = [self.assessment(answers, name) for name, answers in wish.among]
        table = mi.score(mi.AssessmentSet.of(others), self.weighting, missing=self.override)
        return improving.RankTarget(wish.number, among=table)

    def improve(self, place: int = 0, **changes: object) -> improving.Improvement:
        """Return the improvement of one agency, some arguments changed."""
        budget = {"budget": self.given.get("budget")}
        return improving.improve(self.assessments[place], **{**self.arguments, **budget, **changes})

    def table(self) -> improving.ImprovementTable:
        many = mi.AssessmentSet.of(self.assessments)
        return improving.improve(many, **self.arguments, budget=self.given.get("budget"))

    @property
    def is_open(self) -> bool:
        return isinstance(self.weighting, mi.Admissible)

    @property
    def rational(self) -> bool:
        return is_rational(self.instrument.root)

    def plans(self, place: int = 0) -> list[Plan]:
        """Return every plan of an agency that the limits allow."""
        return plans(
            self.instrument,
            self.rows[place],
            self.limits,
            self.prices,
            self.weightings,
            self.override,
        )

    # What is expected

    def goal(self, place: int = 0) -> Goal | Expected:
        """Return the target of an agency, or what is expected where it has none."""
        wish, found = self.wish, self.found[place]
        if not found:
            return improving.ImprovementStatus.UNKNOWN
        if wish.kind == "total":
            return Goal(total=Span.of(wish.total))
        if wish.kind == "band":
            return Goal(band=wish.number)
        if wish.kind == "rank":
            others = [answers for name, answers in wish.among if name != f"A{place}"]
            found_totals = [self.total(answers) for answers in others]
            spans = [span for span in found_totals if span is not None]
            return goal_of_rank(wish.number, spans) or improving.ImprovementStatus.REACHED
        assert found[0].bands is not None
        low, high = found[0].bands
        if low != high:
            return UNSURE
        last = len(self.instrument.root.bands) - 1
        return improving.ImprovementStatus.REACHED if low == last else Goal(band=low + 1)

    def total(self, answers: Answers) -> Span | None:
        outcome = look_at(self.instrument, answers, self.weightings, self.override)
        return None if outcome is None else outcome[0]

    def expected(self, place: int = 0) -> Expected:
        """Return what is expected of the improvement of an agency."""
        status = improving.ImprovementStatus
        goal = self.goal(place)
        if not isinstance(goal, Goal):
            return goal
        now = reach(self.found[place][0], goal)
        if now is not Reach.NO:
            return status.REACHED if now is Reach.YES else UNSURE
        perhaps, surely = self.keys(place)
        if perhaps is None:
            return status.UNREACHABLE
        return UNSURE if surely is None else status.PLANNED

    def keys(self, place: int = 0) -> tuple[Key | None, Key | None]:
        """Return the least key of what may reach the target, and of what surely does."""
        goal = self.goal(place)
        assert isinstance(goal, Goal)
        return cheapest(within(self.found[place], self.limits.budget), goal)

    def plan(self, levels: Mapping[str, int], place: int = 0) -> Plan:
        """Return the plan that leads to these levels, which must be one that the limits allow."""
        (plan,) = (
            one
            for one in self.found[place]
            if all(levels[code] == level for code, level in one.levels.items())
        )
        return plan


# Instruments and answers

_DIVISORS = st.sampled_from((99, 1, 2, 4, 99))


def _some_to_raise(
    strategy: st.SearchStrategy[Any], instrument_of: Callable[[Any], mi.Instrument]
) -> st.SearchStrategy[Any]:
    """Return a strategy for instruments with several indicators, now and then with hardly any."""
    several = strategy.filter(lambda one: len(instrument_of(one).indicators) >= 3)
    return st.one_of(several, several, several, strategy)


@st.composite
def _rows(draw: st.DrawFn, instrument: mi.Instrument, most: int) -> tuple[Answers, ...]:
    """Draw the answers of some agencies, many of them low so that there is much to be raised."""
    found: list[Answers] = []
    for _ in range(draw(st.integers(1, most))):
        row = draw(
            strategies.answers(instrument, complete=not draw(one_in(3)), entries=draw(one_in(4)))
        )
        answers = _lowered(instrument, strategies.asked(row), draw(_DIVISORS))
        if answers.levels and draw(one_in(4)):
            without = draw(st.sampled_from(sorted(answers.levels)))
            levels = {code: one for code, one in answers.levels.items() if code != without}
            answers = attrs.evolve(answers, levels=levels)
        found.append(answers)
    return tuple(found)


def _lowered(instrument: mi.Instrument, answers: Answers, divisor: int) -> Answers:
    """Return answers with levels so many times closer to the lowest.

    An answer is left out that waits for a gate without an answer.
    """
    levels = {
        one.code: one.levels[0].value + (answers.levels[one.code] - one.levels[0].value) // divisor
        for one in instrument.indicators
        if one.code in answers.levels and indicator_applies(one, answers.gates) is not None
    }
    return attrs.evolve(answers, levels=levels)


def unanswered(instrument: mi.Instrument, answers: Answers) -> list[str]:
    """Return the indicators that apply and were not answered, where there are no entries."""
    return [
        one.code
        for one in instrument.indicators
        if not answers.points
        and one.code not in answers.levels
        and indicator_applies(one, answers.gates)
    ]


def _kept_small(instrument: mi.Instrument, answers: Answers, limits: Limits, most: int) -> Answers:
    """Raise what can rise the most, until there are not too many ways to raise the rest."""
    while True:
        possible = ranges(instrument, answers, limits)
        if prod(map(len, possible.values())) <= most:
            return answers
        code = max(possible, key=lambda one: len(possible[one]))
        levels = {**answers.levels, code: answers.levels[code] + 1}
        answers = attrs.evolve(answers, levels=levels)


@st.composite
def _under_a_mean(draw: st.DrawFn, instrument: mi.Instrument) -> mi.Instrument:
    """Return an instrument whose root is a weighted mean, where it has children."""
    root = instrument.root
    weights = st.integers(1, 4)
    children = [attrs.evolve(one, weight=figure(draw(weights))) for one in root.children]
    if not children:
        return instrument
    mean = mi.WeightedMean(basis=BASIS)
    return attrs.evolve(instrument, root=attrs.evolve(root, children=children, rule=mean))


def _two_named(instrument: mi.Instrument) -> mi.Instrument:
    """Return an instrument whose bands have another name in English."""
    root = instrument.root
    bands = root.bands
    if bands is None:
        return instrument
    items = tuple(
        attrs.evolve(one, name=Text(one.name.id, one.name.id.replace("band", "tier")))
        for one in bands.items
    )
    return attrs.evolve(instrument, root=attrs.evolve(root, bands=attrs.evolve(bands, items=items)))


def _hits(
    instrument: mi.Instrument, answers: Answers, limits: Limits, sight: _Sight
) -> dict[str, tuple[Fraction, ...]]:
    """Return where limits of bands shall lie: at the root, on what some plans end up at."""
    found = {dimension.code: (Fraction(1),) for dimension in instrument.dimensions}
    if not is_rational(instrument.root) and instrument.root.rounding is None:
        return found
    possible = ranges(instrument, answers, limits)
    chosen = []
    for part in (1, 2, 3):
        levels = {code: one[(len(one) - 1) * part // 3] for code, one in possible.items()}
        outcome = sight(instrument, attrs.evolve(answers, levels={**answers.levels, **levels}))
        if outcome is not None:
            chosen.append(outcome[0].value)
    return {**found, instrument.root.code: tuple(sorted(set(chosen)))}


# Limits and costs

Kinds = Sequence[tuple[str, ...]]

KINDS: Kinds = (
    *((),) * 3,
    *(("most",),) * 3,
    *(("demands",),) * 4,
    *(("fixed",),) * 2,
    *(("ready",),) * 2,
    ("most", "demands"),
    ("fixed", "demands"),
    ("ready", "demands"),
    ("fixed", "most", "ready", "demands"),
)
LIMITING = [kinds for kinds in KINDS if kinds]
DEMANDING = [kinds for kinds in KINDS if "demands" in kinds]


@attrs.frozen
class _Terms:
    """Limits and what they are, as the caller gives them."""

    limits: Limits = attrs.field(factory=Limits)
    given: Mapping[str, Any] = attrs.field(factory=dict)

    def with_(self, name: str, value: object, **changes: object) -> _Terms:
        return _Terms(attrs.evolve(self.limits, **changes), {**self.given, name: value})


@st.composite
def _terms(draw: st.DrawFn, instrument: mi.Instrument, kinds_of: Kinds) -> _Terms:
    """Draw limits of one of these sets of kinds."""
    found = _Terms()
    codes = [one.code for one in instrument.indicators]
    kinds = draw(st.sampled_from(kinds_of)) if codes else ()
    if "fixed" in kinds:
        below = [one.code for one in instrument.dimensions if one is not instrument.root]
        fixed = draw(st.sets(st.sampled_from(codes + below), min_size=1, max_size=2))
        found = found.with_("fixed", sorted(fixed), fixed=frozenset(fixed))
    if "most" in kinds:
        each = st.sampled_from((1, 1, 2))
        most = draw(each | st.dictionaries(st.sampled_from(codes), each, min_size=1, max_size=3))
        found = found.with_("most_levels", most, most_levels=most)
    if "ready" in kinds:
        given, ready = draw(_ready(instrument, codes))
        found = found.with_("ready", given, ready=ready)
        by = None if draw(one_in(5)) else BY
        found = found.with_("by", by, by=by)
    if "demands" in kinds and len(codes) > 1:
        prerequisites, demands = draw(prerequisite_lists(instrument, circular=False))
        found = found.with_("prerequisites", prerequisites, demands=demands)
    return found


@st.composite
def _ready(
    draw: st.DrawFn, instrument: mi.Instrument, codes: Sequence[str]
) -> tuple[dict[str, Any], dict[str, dict[int, dt.date]]]:
    given: dict[str, Any] = {}
    ready: dict[str, dict[int, dt.date]] = {}
    days = st.sampled_from(DAYS)
    for code in sorted(draw(st.sets(st.sampled_from(codes), min_size=1, max_size=3))):
        steps = [level.value for level in instrument[code].levels[1:]]
        if draw(st.booleans()):
            given[code] = draw(days)
            ready[code] = dict.fromkeys(steps, given[code])
        else:
            given[code] = ready[code] = draw(
                st.dictionaries(st.sampled_from(steps), days, min_size=1)
            )
    return given, ready


@st.composite
def prerequisite_lists(
    draw: st.DrawFn, instrument: mi.Instrument, *, circular: bool = True
) -> tuple[list[Any], tuple[Demand, ...]]:
    """Draw prerequisites as a caller gives them, and what they ask for.

    Args:
        draw: given by hypothesis.
        instrument: with two indicators or more.
        circular: whether some level may have to come before itself.
    """
    given: list[Any] = []
    demands: tuple[Demand, ...] = ()
    codes = [one.code for one in instrument.indicators]
    for _ in range(draw(st.integers(1, 3))):
        if draw(one_in(3)):
            chain = draw(st.lists(st.sampled_from(codes), min_size=2, max_size=3, unique=True))
            one, more = tuple(chain), demands_of(instrument, chain)
        else:
            item, needs = draw(
                st.lists(st.sampled_from(codes), min_size=2, max_size=2, unique=True)
            )
            demand = Demand(
                item=item,
                from_level=draw(st.sampled_from(_steps(instrument, item))),
                needs=needs,
                level=draw(st.sampled_from(_steps(instrument, needs))),
            )
            one, more = improving.Prerequisite(**attrs.asdict(demand)), (demand,)
        if circular or not is_circular(instrument, (*demands, *more)):
            given.append(one)
            demands += more
    return given, demands


def _steps(instrument: mi.Instrument, code: str) -> list[int]:
    return [level.value for level in instrument[code].levels[1:]]


@st.composite
def _costs(
    draw: st.DrawFn, instrument: mi.Instrument, asked: Collection[tuple[str, int]]
) -> tuple[Any, Prices]:
    """Draw costs as a caller gives them, and what each step costs.

    Args:
        draw: given by hypothesis.
        instrument: whose steps have costs.
        asked: the steps that must have one.
    """
    steps = {one.code: _steps(instrument, one.code) for one in instrument.indicators}
    amounts = st.sampled_from(_AMOUNTS)
    kind = draw(st.sampled_from(("none", "number", "mapping", "costs", "mapping", "costs")))
    if kind == "none":
        return None, {code: dict.fromkeys(of, Fraction(1)) for code, of in steps.items()}
    default, default_price = draw(amounts)
    prices = {code: dict.fromkeys(of, default_price) for code, of in steps.items()}
    if kind == "number":
        return draw(st.sampled_from((default, improving.Costs(default=default)))), prices
    given: dict[str, Any] = {}
    for code, of in steps.items():
        needed = [step for step in of if (code, step) in asked]
        if not needed and draw(st.booleans()):
            continue
        if kind == "costs" and draw(st.booleans()):
            continue
        if draw(st.booleans()):
            given[code], price = draw(amounts)
            prices[code] = dict.fromkeys(of, price)
            continue
        given[code] = {}
        for step in needed or of:
            given[code][step], prices[code][step] = draw(amounts)
    if kind == "mapping":
        return given, prices
    return improving.Costs(by_indicator=given, default=default, unit="juta rupiah"), prices


# Cases


@st.composite
def cases(
    draw: st.DrawFn,
    *,
    most_rows: int = 1,
    budget: bool = True,
    rule: RuleType | None = None,
    size: int | None = None,
    kinds: Kinds = KINDS,
) -> Case:
    """Draw a case under certain weights.

    Args:
        draw: given by hypothesis.
        most_rows: how many agencies there may be.
        budget: whether there may be one.
        rule: that all dimensions have, but at times the root; None for sums and means, or one time
            in three for any.
        size: how many ways to raise levels there may be; None for mostly few.
        kinds: of the limits, in sets of which one is drawn.
    """
    rules: tuple[RuleType, ...] = LINEAR
    if rule is not None:
        rules = (rule,)
    elif draw(one_in(3)):
        rules = RULES
    options = Options(
        rules=rules,
        exact=rules is LINEAR,
        max_depth=3,
        max_leaves=draw(st.sampled_from((7, 5, 9, 12))),
        max_gates=2,
    )
    instrument = draw(_some_to_raise(bare_instruments(options), lambda one: one))
    if rule is not None and draw(st.booleans()):
        instrument = draw(_under_a_mean(instrument))
    rows = draw(_rows(instrument, most_rows))
    terms = draw(_terms(instrument, kinds))
    if size is None:
        size = draw(st.sampled_from(_SIZES)) // len(rows)
    if not is_rational(instrument.root):
        size = min(size, _MOST_OF_IRRATIONAL)
    weights = strategies.weights_of(instrument)
    override = draw(_overrides(instrument, gaps=bool(unanswered(instrument, rows[0]))))
    return draw(
        _with_target(
            Case(
                instrument=instrument,
                rows=tuple(_kept_small(instrument, row, terms.limits, size) for row in rows),
                states=draw(_states(instrument)),
                weightings=[weights],
                override=override,
                limits=terms.limits,
                given=terms.given,
                prices={},
            ),
            budget=budget,
        )
    )


@st.composite
def open_cases(
    draw: st.DrawFn,
    *,
    most_rows: int = 1,
    budget: bool = True,
    settled: bool = False,
    kinds: Kinds = KINDS,
) -> Case:
    """Draw a case of which some weights are open.

    Args:
        draw: given by hypothesis.
        most_rows: how many agencies there may be.
        budget: whether there may be one.
        settled: whether the weights are some of those that are admissible, instead of all of them.
        kinds: of the limits, in sets of which one is drawn.
    """
    rules = RULES if draw(one_in(4)) else LINEAR
    pairs = bounds_cases.open_instruments(rules=rules)
    instrument, known = draw(_some_to_raise(pairs, lambda one: one[0]))
    one_row = bounds_cases.rows(instrument, Trust(), doubts=False)
    rows = [
        _lowered(instrument, draw(one_row).answers, draw(_DIVISORS))
        for _ in range(draw(st.integers(1, most_rows)))
    ]
    terms = draw(_terms(instrument, kinds))
    regions = known.regions(instrument)
    weighting: mi.Weighting | mi.Admissible = known.admissible
    found = weightings(regions)
    if settled:
        found = [draw(bounds_cases.weights_in(regions))]
        weighting = mi.Given(found[0])
    size = max(_MOST_OF_OPEN // len(found) // len(rows), 2)
    # What a rule without weights does not look at.
    every = {node.code: Fraction(1) for node in instrument.nodes}
    case = draw(
        _with_target(
            Case(
                instrument=instrument,
                rows=tuple(_kept_small(instrument, row, terms.limits, size) for row in rows),
                weighting=weighting,
                weightings=[{**every, **one} for one in found],
                limits=terms.limits,
                given=terms.given,
                prices={},
            ),
            budget=budget,
        )
    )
    # Under some weights there may be no total.
    assume(all(case.found))
    return case


# What the levels from 0 to 4 are worth: one after another, or by leaps.
_SCALES = st.sampled_from(((0, 1, 2, 3, 4), (0, 0, 2, 2, 5), (0, 1, 1, 4, 4), (0, 3, 3, 4, 4)))


@st.composite
def plain_cases(draw: st.DrawFn, *, budget: bool = True, kinds: Kinds = LIMITING) -> Case:
    """Draw a case of a plain sum that has limits, most of which cost something.

    Many totals lie just between two steps of the rounding of the bands.
    """
    count = draw(st.integers(3, 5))
    weights = st.sampled_from(("3/2", "5/2", "2", "7/2", "1", "3"))
    numbers = draw(st.sets(st.integers(2, 5 * count), min_size=1, max_size=4))
    mode = draw(st.sampled_from(list(mi.RoundingMode)[::-1]))
    bands = mi.Bands(
        items=(
            builders.band("band 0"),
            *(
                builders.band(f"band {place}", builders.limit(number))
                for place, number in enumerate(sorted(numbers), 1)
            ),
        ),
        rounding=mi.Rounding(digits=0, mode=mode, basis=builders.ASSUMED),
    )
    children = [
        builders.indicator(f"i{number}", draw(weights), levels=builders.levels(*draw(_SCALES)))
        for number in range(count)
    ]
    root = builders.dimension("total_points", *children, bands=bands)
    whole = _two_named(builders.instrument(root=root))
    levels = {one.code: draw(st.sampled_from((0, 1, 2))) for one in whole.indicators}
    terms = draw(_terms(whole, kinds))
    case = Case(
        instrument=whole,
        rows=(_kept_small(whole, Answers(levels=levels), terms.limits, 300),),
        weightings=[strategies.weights_of(whole)],
        limits=terms.limits,
        given=terms.given,
        prices={},
    )
    return draw(_with_target(case, budget=budget))


@st.composite
def _with_target(draw: st.DrawFn, case: Case, *, budget: bool) -> Case:
    """Add bands, costs, a target and a budget to a case."""

    def sight(instrument: mi.Instrument, answers: Answers) -> tuple[Span, object] | None:
        return look_at(instrument, answers, case.weightings, case.override)

    instrument = case.instrument
    if instrument.root.bands is None and draw(st.sampled_from((True, True, False))):
        hits = _hits(instrument, case.rows[0], case.limits, sight)
        instrument = _two_named(draw(banded(instrument, hits)))
    asked = {
        (code, step)
        for row in case.rows
        for code, one in ranges(instrument, row, case.limits).items()
        for step in one[1:]
    }
    costs, prices = draw(_costs(instrument, asked))
    given = dict(case.given) if costs is None else {**case.given, "costs": costs}
    case = attrs.evolve(
        case,
        instrument=instrument,
        prices=prices,
        given=given,
    )
    case = attrs.evolve(case, found=tuple(case.plans(place) for place in range(len(case.rows))))
    case = attrs.evolve(case, wish=draw(_wishes(case)))
    if budget and case.found[0] and draw(one_in(3)):
        amount = draw(st.sampled_from(sorted({plan.cost for plan in case.found[0]})))
        limits = attrs.evolve(case.limits, budget=amount)
        case = attrs.evolve(case, limits=limits, given={**given, "budget": amount})
    return case


@st.composite
def _overrides(
    draw: st.DrawFn, instrument: mi.Instrument, *, gaps: bool
) -> mi.MissingPolicy | None:
    """Draw a policy, more often where something was not answered."""
    if not draw(st.sampled_from((True, True, False) if gaps else (False, True, False, False))):
        return None
    rules = [one.rule for one in instrument.dimensions]
    if any(getattr(rule, "floor", ...) is None for rule in rules):
        return None  # a mean that can't be taken of zero
    sums = any(isinstance(rule, mi.WeightedSum) for rule in rules)
    allowed = [one for one in mi.MissingPolicy if one is not mi.MissingPolicy.DROP or not sums]
    return draw(st.sampled_from(allowed))


@st.composite
def _states(draw: st.DrawFn, instrument: mi.Instrument) -> dict[str, str]:
    if draw(st.booleans()):
        return {}
    states = st.sampled_from(bounds_cases.STATES)
    return {one.code: draw(states) for one in instrument.indicators if draw(st.booleans())}


# Targets


@st.composite
def _wishes(draw: st.DrawFn, case: Case) -> Wish:
    """Draw what is to be reached, most often something between the present and the highest."""
    found = case.found[0]
    kinds = ["total"]
    if case.instrument.root.bands is not None:
        kinds = ["next", "next", "band", "band", "band", "total"]
    if not case.is_open:
        kinds += ["rank", "rank"]
    kind = draw(st.sampled_from(kinds))
    if kind == "next":
        return Wish()
    if kind == "band":
        return draw(_band_wishes(case.instrument, found))
    if kind == "rank":
        wish = draw(_rank_wishes(case))
        return Wish(kind="total", given=1, total=Fraction(1)) if wish is None else wish
    total = draw(_totals(found)) if found else Fraction(1)
    return Wish(kind="total", given=draw(st.sampled_from(list(_forms(total)))), total=total)


@st.composite
def _band_wishes(draw: st.DrawFn, instrument: mi.Instrument, found: Sequence[Plan]) -> Wish:
    items = instrument.root.bands.items
    numbers = list(range(len(items)))
    met = sorted({plan.bands[0] for plan in found if plan.bands is not None})
    higher = [number for number in met if number > met[0]]
    number = draw(st.sampled_from(numbers if draw(one_in(6)) or not higher else higher[::-1]))
    name = items[number].name
    return Wish(kind="band", given=draw(st.sampled_from((name.id, name.en))), number=number)


@st.composite
def _rank_wishes(draw: st.DrawFn, case: Case) -> Wish | None:
    """Draw a place among others, of which the agency itself may be one; None where there is none.

    The others are like the agency, with other levels, so that they are near to it.
    """
    count = draw(st.integers(1, 4))
    group: list[tuple[str, Answers]] = []
    for number in range(count):
        found = case.found[0]
        like = found[(len(found) - 1) * draw(_PARTS) // 4].levels if found else {}
        levels = {**case.rows[0].levels, **like}
        group.append((f"B{number}", attrs.evolve(case.rows[0], levels=levels)))
    if draw(st.booleans()):
        group.insert(draw(st.integers(0, count)), ("A0", case.rows[0]))
    if not case.found[0]:
        return None
    return Wish(kind="rank", number=draw(st.integers(1, count)), among=tuple(group))


# How far up, of so many quarters: the plans in between are the many.
_PARTS = st.sampled_from((3, 2, 1, 4, 0))


@st.composite
def _totals(draw: st.DrawFn, found: Sequence[Plan]) -> Fraction:
    """Draw a total that some plan has, or one beside it."""
    present = found[0].total.value
    rational = all(plan.total.exact for plan in found)
    values = sorted({plan.total.value for plan in found})
    if not rational:
        # Between what the plans have, for nobody can tell whether doubles reach it.
        values = [
            ((low + high) / 2).limit_denominator(10**6) for low, high in pairwise(values)
        ] or values
    higher = [value for value in values if value > present]
    where = draw(st.sampled_from(("at",) * 6 + ("above", "beyond", "any")))
    if where == "beyond" or not values:
        return max((present, *values)) + draw(st.sampled_from((SMALL, Fraction(1, 3))))
    if higher and where != "any":
        total = higher[(len(higher) - 1) * draw(_PARTS) // 4]
    else:
        total = draw(st.sampled_from(values))
    return total + SMALL if where == "above" and rational else total


def _forms(total: Fraction) -> Iterator[str | int | Fraction]:
    """Yield all ways in which a caller may give a number."""
    yield total
    if total.denominator == 1:
        yield int(total)
    text = str(total)
    if sum(map(str.isdigit, text)) <= 18:
        yield text
    scaled = total * 10**4
    if scaled.denominator == 1 and 0 <= scaled < 10**9:
        yield f"{int(scaled) // 10**4},{int(scaled) % 10**4:04}"
