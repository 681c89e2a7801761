"""The laws of the house, each a property of the scoring over random instruments and answers.

The numbers are compared by `==` with those of the oracle, which works them out one `Fraction` at a
time; where a rule is not rational, they must lie between the ends that it leaves to doubles. The
examples come from fixed seeds, unless `LAW_EXAMPLES` names how many random ones to look for.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import meritindex as mi
import oracle
import strategies
from meeting import law, meet, meet_in_law
from meritindex.definition import Node
from meritindex.scoring import Explanation, Reason, Status, evaluation, kernel, ranking
from meritindex.scoring.kernel import kernel_of
from meritindex.scoring.program import Domain, Program
from meritindex.scoring.rounded import rounded
from meritindex.testing.answers import Answers
from meritindex.testing.parts import LINEAR, POSITIVE, RULES, RuleType

# A failing example is printed, however large it is.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

DROP = mi.MissingPolicy.DROP
NO_POINTS = {mi.MissingPolicy.UNKNOWN, DROP}
CURVED = tuple(rule for rule in RULES if rule not in LINEAR)
OVERRIDES = (None, None, None, *mi.MissingPolicy)


# Random cases


@attrs.frozen(kw_only=True)
class Case:
    """An instrument, the answers of several agencies, and perhaps a policy chosen for all."""

    instrument: mi.Instrument
    rows: list[Answers]
    override: mi.MissingPolicy | None = None

    @cached_property
    def results(self) -> list[oracle.Result]:
        weights = strategies.weights_of(self.instrument)
        return [
            oracle.evaluate(self.instrument, weights, strategies.asked(row), self.override)
            for row in self.rows
        ]

    @cached_property
    def assessments(self) -> list[mi.Assessment]:
        return [
            assessment(self.instrument, row, f"A{place}") for place, row in enumerate(self.rows)
        ]

    @property
    def table(self) -> mi.ScoreTable:
        return mi.score(mi.AssessmentSet.of(self.assessments), missing=self.override)


def assessment(
    instrument: mi.Instrument, row: Answers, name: str = "A", **fields: object
) -> mi.Assessment:
    """Return answers as an assessment."""
    return mi.Assessment(
        agency=mi.Agency(name=name),
        instrument=instrument,
        levels=row.levels,
        gates=row.gates,
        measures=row.measures,
        points=row.points,
        **fields,
    )


def has_sum(instrument: mi.Instrument) -> bool:
    return any(isinstance(one.rule, mi.WeightedSum) for one in instrument.dimensions)


def hardened(node: Node) -> Any:  # of the same type
    """Return a node of which goalposts by logarithms fall, and with the widest integers in means.

    Generated instruments seldom have either.
    """
    if isinstance(node, mi.Measure):
        scale = node.scale
        if isinstance(scale, mi.GoalpostScale) and scale.logarithmic:
            low, high = sorted((scale.points_at_low, scale.points_at_high))
            scale = attrs.evolve(scale, points_at_low=high, points_at_high=low)
        return attrs.evolve(node, scale=scale)
    if not isinstance(node, mi.Dimension):
        return node
    children = [hardened(child) for child in node.children]
    if isinstance(node.rule, mi.WeightedMean) and node.rule.whole is None:
        # Over these, the integers of two weights take more than 64 bits.
        divisors = [10**20 + place % 2 for place in range(len(children))]
        children = [
            attrs.evolve(child, weight=strategies.figure(child.weight.value / divisor))
            for child, divisor in zip(children, divisors, strict=True)
        ]
    return attrs.evolve(node, children=children)


@st.composite
def cases(draw: st.DrawFn, rule: RuleType | None = None, *, hard: bool = False) -> Case:
    """Draw a case that can be scored; with a `rule`, one in which all dimensions have that one."""
    instrument = draw(strategies.instruments(rule=rule))
    if hard:
        instrument = attrs.evolve(instrument, root=hardened(instrument.root))
    allowed = [one for one in OVERRIDES if one is not DROP or not has_sum(instrument)]
    case = Case(
        instrument=instrument,
        rows=draw(strategies.answer_lists(instrument)),
        override=draw(st.sampled_from(allowed)),
    )
    firm = [row for row, result in zip(case.rows, case.results, strict=True) if result.firm]
    assume(firm)
    return attrs.evolve(case, rows=firm)


def agrees(found: Fraction | None, result: oracle.Result, code: str) -> bool:
    """Say whether the points of a dimension are those of the oracle, as far as doubles can tell."""
    expected = result.points[code]
    if found is None or expected is None or result.exact[code]:
        return found == expected
    return found in result.spans[code]


def points_of(card: mi.ScoreCard, code: str) -> Fraction | None:
    return card.total if code == card.instrument.root.code else card.dimensions[code].points


def band_of(card: mi.ScoreCard, code: str) -> str | None:
    return card.band if code == card.instrument.root.code else card.dimensions[code].band


# 1. Exact


@law(200)
@given(cases())
def test_law_1_exact(case: Case) -> None:
    check_points(case)


@pytest.mark.parametrize("rule", CURVED, ids=lambda rule: rule.__name__)
def test_law_1_every_rule_is_what_it_says(rule: RuleType) -> None:
    law(30)(given(cases(rule))(check_points))()


def check_points(case: Case) -> None:
    """Check points, bands and ranks against the oracle."""
    table = case.table
    results, cards = case.results, list(table)
    for card, result in zip(cards, results, strict=True):
        for code in result.points:
            assert agrees(points_of(card, code), result, code)
        for code, band in result.band.items():
            assert band_of(card, code) == band or code in result.doubtful
        assert card.exact is result.exact[case.instrument.root.code]
        assert all(score.exact is result.exact[code] for code, score in card.dimensions.items())
    for code, column in table.scores.columns.items():
        assert column.exact is results[0].exact[code]
        assert column.numerators.dtype.kind in ("uiO" if column.exact else "uiOf")
        assert {type(value) for value in column} <= {Fraction, type(None)}
        assert list(column) == [points_of(card, code) for card in cards]
        assert not column.numerators[~column.known].any()
    assert list(table.ranks) == oracle.ranks(list(table.totals))


INTEGERS = st.one_of(
    st.integers(0, 9),
    # Large ones side by side, which a float can't tell apart.
    st.tuples(st.sampled_from((2**53, 2**60, -(2**62), 2**64)), st.integers(-3, 3)).map(sum),
    st.integers(0, 2**16 - 1),
    st.integers(-(2**31), 2**31 - 1),
    st.integers(-(2**63), 2**63 - 1),
    st.integers(-(2**70), 2**70),
)


def narrowest(values: Sequence[int]) -> np.dtype:
    for kind in (np.uint16, np.int32, np.int64):
        if all(np.iinfo(kind).min <= value <= np.iinfo(kind).max for value in values):
            return np.dtype(kind)
    return np.dtype(object)


@st.composite
def columns(draw: st.DrawFn) -> mi.ExactColumn:
    """Draw a column in which equal numbers, unknown ones and every carrier occur."""
    several = draw(st.lists(INTEGERS, min_size=1, max_size=6))
    several += [several[0] + 1, several[0] - 1]
    values = draw(st.lists(st.none() | st.sampled_from(several), max_size=20))
    filled = [0 if value is None else value for value in values]
    return mi.ExactColumn(
        np.array(filled, dtype=narrowest(filled)),
        draw(st.sampled_from((1, 7, 100, 840_000, 2**62 + 1))),
        np.array([value is not None for value in values], dtype=np.bool_),
    )


@pytest.mark.parametrize("few", [0, 4096], ids=["counting where the range is small", "sorting"])
def test_law_1_ranks_and_ties_are_exact(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "_FEW_ROWS", few or 1)

    @law(150)
    @given(columns())
    def run(column: mi.ExactColumn) -> None:
        ranks = ranking.competition_ranks(column)
        assert [rank or None for rank in ranks.tolist()] == oracle.ranks(list(column))

    run()


# The carriers of the arithmetic, at both sides of each limit


def two_indicators(weight: int, **fields: object) -> mi.Instrument:
    """Return a sum of two indicators from 0 to 1: the first counts `weight` points, the other 1."""
    children = [
        mi.Indicator(
            code=code,
            name=mi.Text.same(code),
            scale=mi.LevelScale(
                levels=[mi.Level(value=value, points=Fraction(value)) for value in (0, 1)],
                basis=strategies.BASIS,
            ),
            basis=strategies.BASIS,
            weight=strategies.figure(number),
        )
        for code, number in (("large", weight), ("small", 1))
    ]
    return whole(*children, **fields)


def whole(*children: Node, **fields: object) -> mi.Instrument:
    """Return an instrument whose total adds these up."""
    gates = fields.pop("gates", ())
    root = mi.Dimension(
        **{
            "code": "root",
            "name": mi.Text.same("root"),
            "basis": strategies.BASIS,
            "children": children,
            "rule": mi.WeightedSum(basis=strategies.BASIS),
            "missing_basis": strategies.BASIS,
            "decimals": 0,
            **fields,
        }
    )
    return mi.Instrument(
        id="carriers",
        family="carriers",
        title=mi.Text.same("carriers"),
        root=root,
        sources=(),
        gates=gates,
    )


ALL_ANSWERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.uint8)
KERNEL_LIMITS = ((2**16, "uint16"), (2**24, "float32"), (2**53, "float64"), (2**63, "int64"))
STEP_LIMITS = ((2**16, np.uint16), (2**31, np.int32), (2**63, np.int64))


def kernel_carrier(program: Program, *, columns_stored: bool) -> str:
    """Return in what the sum of the total is added up."""
    (part,) = kernel_of(program, columns_stored=columns_stored).parts
    if isinstance(part, kernel._Runs):
        return "uint16"
    if isinstance(part, kernel._Products):
        return str(part.matrix.dtype)
    return np.dtype(part.carrier).name


def as_stored(levels: np.ndarray, *, columns_stored: bool) -> np.ndarray:
    return np.asfortranarray(levels) if columns_stored else np.ascontiguousarray(levels)


@pytest.mark.parametrize("columns_stored", [False, True])
@pytest.mark.parametrize("beside", [-2, -1, 0, 1])
@pytest.mark.parametrize("limit", [2**16, 2**24, 2**31, 2**53, 2**63, 2**64])
def test_law_1_every_carrier_is_right_at_its_limits(
    limit: int, beside: int, columns_stored: bool
) -> None:
    weight = limit + beside - 1
    plan = mi.plan(two_indicators(weight))
    step = plan.program.root
    assert step.sum_bound == step.peak == limit + beside
    kernels = [
        name
        for end, name in (*KERNEL_LIMITS, (2**99, "object"))
        if step.sum_bound < end and (columns_stored or name != "uint16")
    ]
    assert kernel_carrier(plan.program, columns_stored=columns_stored) == kernels[0]
    carriers = [kind for end, kind in (*STEP_LIMITS, (2**99, object)) if step.peak < end]
    assert step.carrier is carriers[0]
    for levels in (ALL_ANSWERS, ALL_ANSWERS[::-1]):
        scores = plan.score_levels(as_stored(levels, columns_stored=columns_stored))
        assert scores.total.numerators.dtype == step.carrier
        assert list(scores.total) == [Fraction(weight * int(one) + int(two)) for one, two in levels]


@pytest.mark.parametrize("mode", list(mi.RoundingMode))
@pytest.mark.parametrize("beside", [-2, 0, 2])
@pytest.mark.parametrize("limit", [2**16, 2**31, 2**63])
def test_law_1_rounding_fits_its_carrier(limit: int, beside: int, mode: mi.RoundingMode) -> None:
    # What is rounded is doubled on the way, and so are the limits of the carriers reached.
    rounding = mi.Rounding(digits=0, mode=mode, basis=strategies.BASIS)
    weight = (limit + beside) // 2 - 2
    plan = mi.plan(two_indicators(weight, rounding=rounding))
    assert plan.program.root.peak == limit + beside
    assert [end for end, kind in STEP_LIMITS if kind is plan.program.root.carrier] == (
        [end for end, _ in STEP_LIMITS if limit + beside < end][:1]
    )
    assert list(plan.score_levels(ALL_ANSWERS).total) == [0, 1, weight, weight + 1]


@pytest.mark.parametrize("beside", [-1, 0, 1])
def test_law_1_a_number_below_zero_needs_a_sign(beside: int) -> None:
    measure = mi.Measure(
        code="m",
        name=mi.Text.same("m"),
        minimum=Fraction(-1),
        maximum=Fraction(1),
        decimals=0,
        basis=strategies.BASIS,
        weight=strategies.figure(2**31 + beside),
    )
    plan = mi.plan(whole(measure))
    assert plan.program.root.carrier is (np.int32 if beside < 0 else np.int64)
    total = plan.score_levels(np.zeros((3, 0), np.uint8), {"m": [-1, 0, 1]}).total
    assert list(total) == [-(2**31) - beside, 0, 2**31 + beside]


@pytest.mark.parametrize("limit", [2**31, 2**53, 2**62, 2**63, 2**64])
@pytest.mark.parametrize("beside", [-1, 0, 1])
def test_law_1_divisors_of_any_size(limit: int, beside: int) -> None:
    # A mean that drops what is missing divides by the weights of the rest.
    weights = (limit + beside - 1, 1)
    children = [
        attrs.evolve(child, missing=DROP, missing_basis=strategies.BASIS, weight=weight)
        for child, weight in zip(
            two_indicators(1).root.children, map(strategies.figure, weights), strict=True
        )
    ]
    plan = mi.plan(whole(*children, rule=mi.WeightedMean(basis=strategies.BASIS)))
    assert plan.program.root.total_share == limit + beside
    levels = np.array([[1, 0], [0, 1], [1, 255], [255, 1], [0, 255], [255, 255]], dtype=np.uint8)
    large, small = (Fraction(weight, sum(weights)) for weight in weights)
    assert list(plan.score_levels(levels).total) == [large, small, 1, 1, 0, None]


# 2. One computation


@law(45)
@given(cases())
def test_law_2_one_computation(case: Case) -> None:
    table = case.table
    for place, (one, card) in enumerate(zip(case.assessments, table, strict=True)):
        alone = mi.score(one, missing=case.override)
        assert alone == card == table[place]
        assert alone.total == card.total
        assert alone.band == card.band
        assert alone.missing == card.missing
        assert alone.standing is card.standing is table.standings[place]
        explanation = card.explain()
        assert alone.explain() == explanation
        assert [node.code for node in explanation.walk()] == [
            node.code for node in case.instrument.nodes
        ]
        for node in explanation.walk():
            if isinstance(case.instrument[node.code], mi.Dimension):
                assert node.exact is table.scores.columns[node.code].exact
                assert (node.points is None) is (node.status in WITHOUT_POINTS) or (
                    node.status is Status.MISSING
                )
                assert node.points == points_of(card, node.code)
                assert (None if node.band is None else node.band.id) == band_of(card, node.code)
                check_contributions(case.instrument.dimension(node.code), node)


WITHOUT_POINTS = {Status.NOT_APPLICABLE, Status.NOT_GIVEN}


def check_contributions(dimension: mi.Dimension, node: Explanation) -> None:
    """Check that what the children contribute adds up to the points before floor, caps, rounding.

    Where the rule is no sum, they contribute nothing that could be added up.
    """
    contributions = [child.contribution for child in node.children]
    if dimension.rule is not None and not dimension.rule.linear:
        assert contributions == [None] * len(contributions)
    elif node.status is Status.COMPUTED:
        total = sum((value for value in contributions if value is not None), Fraction(0))
        if dimension.floor is not None:
            total = max(total, dimension.floor.value)
        held = [total, *(min(total, cap.maximum) for cap in dimension.caps)]
        if node.exact:
            assert node.points in [oracle.rounded(value, dimension.rounding) for value in held]
        elif dimension.rounding is None:
            size = max([Fraction(1), *(abs(value) for value in contributions if value is not None)])
            assert any(abs(value - node.points) < size / 10**12 for value in held)
    elif node.status is not Status.MISSING:
        assert contributions == [None] * len(contributions)


def array_rows(case: Case) -> list[int]:
    """Return the rows that an array of levels can hold: without entries, all gates answered."""
    return [
        place
        for place, row in enumerate(case.rows)
        if not row.points and len(row.gates) == len(case.instrument.gates)
    ]


@law(70)
@given(cases())
def test_law_2_arrays_are_scored_as_sets_are(case: Case) -> None:
    rows = array_rows(case)
    if not rows:
        return
    table = case.table.rows(np.array(rows, dtype=np.intp))
    many = table.assessments
    measures = {
        code: [case.rows[row].measures.get(code) for row in rows] for code in table.plan.measures
    }
    for columns_stored in (False, True):
        levels = as_stored(many.levels, columns_stored=columns_stored)
        scores = table.plan.score_levels(levels, measures)
        assert scores == table.scores
        assert scores.ranks.tolist() == [rank or 0 for rank in table.ranks]
        root = case.instrument.root
        if root.bands is not None:
            assert [None, *map(str, root.bands)][scores.bands[0]] == table.bands[0]


@pytest.mark.parametrize("columns_stored", [False, True])
def test_law_2_blocks_of_rows_are_one_array(
    monkeypatch: pytest.MonkeyPatch, columns_stored: bool
) -> None:
    plan = mi.plan("ism-2026")
    one = mi.sample().levels[:509]
    survey = {"satisfaction": [f"0.{place % 10}" for place in range(509)]}
    alone = plan.score_levels(one, survey)
    # 509 is a prime, so that every place of a block meets every row in turn.
    count = kernel.ROWS_A_BLOCK_OF_COLUMNS // 509 + 2
    levels = as_stored(np.tile(one, (count, 1)), columns_stored=columns_stored)
    scores = plan.score_levels(levels, {"satisfaction": survey["satisfaction"] * count})
    for code, column in alone.columns.items():
        assert np.array_equal(scores.columns[code].numerators, np.tile(column.numerators, count))
        assert np.array_equal(scores.columns[code].known, np.tile(column.known, count))
    assert np.array_equal(scores.bands, np.tile(alone.bands, count))
    assert np.array_equal(scores.ranks, np.tile((alone.ranks - 1) * count + 1, count))


def test_law_2_blocks_of_any_size_are_one_array(monkeypatch: pytest.MonkeyPatch) -> None:
    @law(25)
    @given(cases(), st.integers(1, 3))
    def run(case: Case, size: int) -> None:
        expected = case.table
        with pytest.MonkeyPatch.context() as patch:
            for module, name in (
                (kernel, "_ROWS_A_BLOCK"),
                (kernel, "ROWS_A_BLOCK_OF_COLUMNS"),
                (evaluation, "ROWS_A_BLOCK_OF_COLUMNS"),
            ):
                patch.setattr(module, name, size)
            kernel_of.cache_clear()
            assert case.table == expected
        kernel_of.cache_clear()

    run()


# 3. Every number has a source and a standing

STANDINGS = tuple(mi.Standing)


def some_basis(draw: st.DrawFn) -> mi.Basis:
    standing = draw(st.sampled_from(STANDINGS))
    if standing is mi.Standing.ASSUMED:
        return attrs.evolve(strategies.BASIS)  # not the same one: a rule's weights share its basis
    return mi.Basis(standing=standing, sources=("law",))


def with_bases(draw: st.DrawFn, value: object) -> object:
    """Return a definition in which every basis is another."""
    if isinstance(value, mi.Basis):
        return some_basis(draw)
    if isinstance(value, tuple):
        return tuple(with_bases(draw, item) for item in value)
    if not attrs.has(type(value)) or isinstance(value, mi.Text):
        return value
    return attrs.evolve(
        value,
        **{
            field.name: with_bases(draw, getattr(value, field.name))
            for field in attrs.fields(type(value))
        },
    )


@st.composite
def cases_of_all_standings(draw: st.DrawFn) -> tuple[Case, list[mi.Assessment]]:
    """Draw a case whose parts, answers included, are known more or less firmly."""
    case = draw(cases())
    # Few of the weak standings, or all that is large would be assumed.
    law_source = mi.Source(code="law", title=mi.Text.same("law"))
    instrument = attrs.evolve(
        case.instrument, root=with_bases(draw, case.instrument.root), sources=(law_source,)
    )
    standings = st.none() | st.sampled_from(STANDINGS)
    rows = []
    for place, row in enumerate(case.rows):
        answered = sorted({*row.levels, *row.measures, *row.points})
        single = draw(st.dictionaries(st.sampled_from(answered), standings)) if answered else {}
        rows.append(
            assessment(
                instrument,
                row,
                f"A{place}",
                standing=draw(standings),
                standings={code: one for code, one in single.items() if one is not None},
                synthetic=draw(st.booleans()),
            )
        )
    return attrs.evolve(case, instrument=instrument), rows


def standings_below(
    case: Case, row: mi.Assessment, found: dict[str, Status], node: Node
) -> Iterator[tuple[str, mi.Standing]]:
    """Yield the standing of everything that enters a node's points, with its code."""
    policy = node.missing if node is case.instrument.root else case.override or node.missing
    status = found[node.code]
    if status is Status.MISSING and policy is not mi.MissingPolicy.UNKNOWN:
        chosen = case.override is not None and node is not case.instrument.root
        yield node.code, mi.Standing.ASSUMED if chosen else node.missing_basis.standing
        return
    if status in {Status.ANSWERED, Status.ENTERED}:
        said = dict(row.standings).get(node.code, row.standing)
        if said is not None:
            yield node.code, said
    yield node.code, node.basis.standing
    if not isinstance(node, mi.Dimension) and node.scale is not None:
        yield node.code, node.scale.basis.standing
    if not isinstance(node, mi.Dimension) or status is Status.ENTERED or node.rule is None:
        return
    limits = (node.floor, node.rounding, *node.caps)
    for item in (node.rule, *limits):
        if item is not None:
            yield node.code, item.basis.standing
    weights = dict(case.instrument.default_weighting.resolve(case.instrument.root))
    for child in node.children:
        if found[child.code] is not Status.NOT_APPLICABLE:
            if node.rule.weighted:
                yield child.code, weights[child.code].basis.standing
            yield from standings_below(case, row, found, child)
    for measure in (*node.bonuses, *node.deductions):
        yield from standings_below(case, row, found, measure)


@law(40)
@given(cases_of_all_standings())
def test_law_3_every_number_has_a_source_and_a_standing(
    drawn: tuple[Case, list[mi.Assessment]],
) -> None:
    case, rows = drawn
    table = mi.score(rows, missing=case.override)
    for row, card in zip(rows, table, strict=True):
        explanation = card.explain()
        found = {node.code: node.status for node in explanation.walk()}
        root = case.instrument.root
        parts = list(standings_below(case, row, found, root))
        weakest = min((standing for _, standing in parts), default=mi.Standing.OFFICIAL)
        assert card.standing is weakest
        check_reasons(card.reasons, weakest, {code for code, one in parts if one is weakest})
        for code, score in card.dimensions.items():
            below = list(standings_below(case, row, found, case.instrument.dimension(code)))
            assert score.standing is min((one for _, one in below), default=mi.Standing.OFFICIAL)
            assert explanation[code].standing is score.standing
            assert {reason.standing for reason in explanation[code].reasons} <= {score.standing}
        if card.band is None:
            assert card.band_standing is None
        else:
            assert card.band_standing is min(weakest, band_standing(root, card.band))
    assert table.standing is min(table.standings)
    assert table.synthetic is any(row.synthetic for row in rows)
    assert [card.synthetic for card in table] == [row.synthetic for row in rows]
    assert ("DATA SINTETIS" in table.to_text()) is table.synthetic


def check_reasons(reasons: Sequence[Reason], weakest: mi.Standing, codes: set[str]) -> None:
    assert {code for reason in reasons for code in reason.codes} == codes
    for reason in reasons:
        assert reason.standing is weakest is reason.basis.standing
        assert reason.basis.sources or reason.basis.reason is not None


def band_standing(root: mi.Dimension, name: str) -> mi.Standing:
    """Return the weakest standing of the limits of a band: the firmer, where two state one."""
    items = root.bands.items
    place = [str(band) for band in items].index(name)
    found = [] if root.bands.rounding is None else [root.bands.rounding.basis.standing]
    found += [cap.basis.standing for cap in root.band_caps]
    for below in (place - 1, place):
        if 0 <= below < len(items) - 1:
            stated = (items[below].upper, items[below + 1].lower)
            found.append(max(limit.basis.standing for limit in stated if limit is not None))
    return min(found, default=mi.Standing.OFFICIAL)


# 4. Rounding is declared


@law(150)
@given(
    st.lists(INTEGERS, min_size=1, max_size=8),
    st.sampled_from((1, 2, 3, 8, 40, 200, 997, 2**40, 10**9)),
    st.sampled_from(mi.RoundingMode),
    st.integers(0, 3),
)
def test_law_4_rounding_is_as_declared(
    numerators: list[int], denominator: int, mode: mi.RoundingMode, digits: int
) -> None:
    rounding = mi.Rounding(digits=digits, mode=mode, basis=strategies.BASIS)
    # Halves are what modes differ in.
    numerators = [
        *numerators,
        *(denominator * odd // (2 * 10**digits) for odd in (-3, -1, 1, 3, 5)),
    ]
    needed = [2 * abs(value) * 10**digits + 2 * denominator for value in numerators]
    for kind in {narrowest([*needed, *(-value for value in needed)]), narrowest(needed)}:
        if kind == np.uint16 and min(numerators) < 0:
            continue
        found = rounded(np.array(numerators, dtype=kind), denominator, rounding)
        assert [Fraction(int(value), 10**digits) for value in found] == [
            oracle.rounded(Fraction(value, denominator), rounding) for value in numerators
        ]


@st.composite
def bands_and_points(draw: st.DrawFn) -> tuple[mi.Bands, int, list[int]]:
    """Draw bands, a denominator and numerators on, just below and just above the limits."""
    denominator = draw(st.sampled_from((1, 2, 3, 100, 200, 1000, 840_000)))
    hit = draw(st.lists(st.integers(-9, 9000), max_size=3))
    bands = draw(strategies.band_sets(tuple(Fraction(value, 100) for value in hit)))
    limits = [value for value, _ in bands.thresholds]
    near = [int(value * denominator) + step for value in limits for step in (-2, -1, 0, 1, 2)]
    return bands, denominator, [*near, *draw(st.lists(st.integers(-500, 10**6), max_size=4)), 0]


@law(200)
@given(bands_and_points())
def test_law_4_bands_cover_the_line(drawn: tuple[mi.Bands, int, list[int]]) -> None:
    bands, denominator, numerators = drawn
    names = [None, *(str(band) for band in bands)]
    for kind in (np.int64, object):
        column = mi.ExactColumn(
            np.array([*numerators, 0], dtype=kind),
            denominator,
            np.array([True] * len(numerators) + [False]),
        )
        found = [names[number] for number in ranking.band_numbers(column, bands)]
        expected = [oracle.band_name(bands, Fraction(value, denominator)) for value in numerators]
        assert found == [*expected, None]


# 5. Monotone


def direction(measure: mi.Measure) -> int:
    """Return 1 where more is worth more, -1 where it is worth less, 0 where neither holds."""
    scale = measure.scale
    if scale is None:
        return 1
    if isinstance(scale, mi.GoalpostScale):
        return 1 if scale.points_at_high > scale.points_at_low else -1
    worth = [step.points for step in scale.steps]
    return int(worth == sorted(worth))


@law(90)
@given(cases(), st.data())
def test_law_5_monotone(case: Case, data: st.DataObject) -> None:
    rows = []
    deductions = {item.code for one in case.instrument.dimensions for item in one.deductions}
    for row in case.rows:
        steps: list[tuple[str, object, int]] = []
        for indicator in case.instrument.indicators:
            level = row.levels.get(indicator.code)
            if level is not None and level < indicator.levels[-1].value:
                steps.append((indicator.code, level + 1, 1))
        for measure in case.instrument.measures:
            value = row.measures.get(measure.code)
            if value is not None and value < measure.maximum and direction(measure):
                sign = -1 if measure.code in deductions else 1
                step = Fraction(1, 10**measure.decimals)
                steps.append((measure.code, value + step, sign * direction(measure)))
        if steps:
            code, value, sign = data.draw(st.sampled_from(steps))
            part = "levels" if isinstance(value, int) else "measures"
            raised = attrs.evolve(row, **{part: {**getattr(row, part), code: value}})
            rows += [row, raised][::sign]
    if not rows:
        return
    pairs = attrs.evolve(case, rows=rows)
    if not all(result.firm for result in pairs.results):
        return  # less of it is refused by a mean
    table, code = pairs.table, case.instrument.root.code
    for lower in range(0, len(rows), 2):
        before, after = table.totals[lower], table.totals[lower + 1]
        bands = table.scores.bands[lower : lower + 2].tolist()
        results = pairs.results[lower : lower + 2]
        assert (before is None) is (after is None)
        if before is not None:
            apart = sum(result.spans[code].high - result.spans[code].low for result in results)
            assert before <= after + apart
        # A band is not known where a cap of it may hold or not.
        if all(bands) and not any(code in result.doubtful for result in results):
            assert bands[0] <= bands[1]


# 6. Missing is a policy


@law(90)
@given(cases())
def test_law_6_missing_is_a_policy(case: Case) -> None:
    table = case.table
    assert table.plan.missing is case.override
    chosen = False
    for card, result in zip(table, case.results, strict=True):
        missing = {item.code: item for item in card.missing}
        assert len(missing) == len(card.missing)
        assert missing.keys() == result.missing
        for code, item in missing.items():
            node = case.instrument[code]
            if isinstance(node, mi.Gate) or code in result.awaited:
                assert item.policy is mi.MissingPolicy.UNKNOWN
            elif node is case.instrument.root:
                assert item.policy is node.missing
            else:
                assert item.policy is (case.override or node.missing)
        if card.total is None and not missing:
            # Nothing that has a weight applies.
            assert card.explain().status is Status.NOT_APPLICABLE
        for language, word in (("id", "(dipilih pemanggil)"), ("en", "(the caller's choice)")):
            assert (word in " ".join(card.to_text(language).split())) is (case.override is not None)
        chosen = chosen or any(
            "chosen by the caller" in str(reason.basis.reason and reason.basis.reason.en)
            for reason in card.reasons
        )
    if case.override in {None, mi.MissingPolicy.UNKNOWN}:
        assert not chosen


@law(60)
@given(strategies.instruments(refusals=False), st.data())
def test_law_6_drop_is_refused_where_a_sum_would_not_weigh_anew(
    instrument: mi.Instrument, data: st.DataObject
) -> None:
    row = data.draw(strategies.answers(instrument))
    weights = strategies.weights_of(instrument)
    try:
        expected = oracle.evaluate(instrument, weights, strategies.asked(row), DROP)
    except ValueError:
        with pytest.raises(mi.WeightingError) as caught:
            mi.score(assessment(instrument, row), missing="drop")
        (fault,) = caught.value.faults
        assert fault.code == "drop-in-sum"
        assert isinstance(instrument.dimension(fault.item).rule, mi.WeightedSum)
    else:
        total = mi.score(assessment(instrument, row), missing="drop").total
        assert agrees(total, expected, instrument.root.code)


# 7. Frozen and pure


@law(25)
@given(cases())
def test_law_7_frozen_and_pure(case: Case) -> None:
    table = case.table
    card, plan, explanation = table[0], table.plan, table[0].explain()
    assert case.table == table
    for one in (plan, table.scores, card, table, table.totals, explanation):
        again = pickle.loads(pickle.dumps(one))
        assert again == one
        assert type(again) is type(one)
    assert {plan, pickle.loads(pickle.dumps(plan))} == {plan}
    assert hash(case.instrument) == hash(pickle.loads(pickle.dumps(case.instrument)))
    again = pickle.loads(pickle.dumps(table))
    for one in (table, again):
        for column in one.scores.columns.values():
            assert not column.numerators.flags.writeable
            assert not column.known.flags.writeable
        assert not one.scores.bands.flags.writeable
        assert not one.scores.ranks.flags.writeable
        with pytest.raises(TypeError):
            one.scores.columns["new"] = one.totals
    assert (again.ranks, again.bands, again.standing) == (table.ranks, table.bands, table.standing)
    for one in (plan, table.scores, card, table, table.totals, explanation, *card.missing):
        name = attrs.fields(type(one))[0].name
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(one, name, None)


@law(25)
@given(cases())
def test_law_7_what_is_given_is_left_as_it_was(case: Case) -> None:
    many = mi.AssessmentSet.of(case.assessments)
    levels, rows = many.levels.copy(), array_rows(case)
    mi.score(many, missing=case.override)
    assert np.array_equal(levels, many.levels)
    if rows:
        given_levels = levels[rows]
        measures = {
            code: [case.rows[row].measures.get(code) for row in rows]
            for code in case.table.plan.measures
        }
        case.table.plan.score_levels(given_levels, measures)
        assert np.array_equal(given_levels, levels[rows])
        assert given_levels.flags.writeable


# 8. Nothing is lost


@law(60)
@given(cases(), st.data())
def test_law_8_nothing_is_lost(case: Case, data: st.DataObject) -> None:
    # An array with faults is refused whole, and every fault is named by its row and code.
    rows = array_rows(case)
    if not rows or not case.instrument.indicators:
        return
    table = case.table
    levels = table.assessments.levels[rows].copy()
    measures = {
        code: [case.rows[row].measures.get(code) for row in rows] for code in table.plan.measures
    }
    indicators = case.instrument.indicators
    cells = st.tuples(
        st.integers(0, len(rows) - 1),
        st.integers(0, len(indicators) - 1),
        st.sampled_from((7, 9, 250, 253)),
    )
    expected = set()
    for row, place, value in data.draw(st.lists(cells, max_size=5)):
        levels[row, place] = value
        expected |= {(row, indicators[place].code)}
    if measures and data.draw(st.booleans()):
        measure = data.draw(st.sampled_from(case.instrument.measures))
        row = data.draw(st.integers(0, len(rows) - 1))
        measures[measure.code][row] = measure.maximum + 1
        expected |= {(row, measure.code)}
    if not expected:
        table.plan.score_levels(levels, measures)
        return
    with pytest.raises(mi.AssessmentError) as caught:
        table.plan.score_levels(levels, measures)
    faults = [fault for fault in caught.value.faults if fault.code != "mask-impossible"]
    named = {(fault.place.en, fault.item) for fault in faults}
    assert named == {(f"row {row}", code) for row, code in expected}
    assert len(faults) == len(named)


def masks(instrument: mi.Instrument) -> set[tuple[bool, ...]]:
    """Return which indicators apply, for every way to answer the gates."""
    codes = [gate.code for gate in instrument.gates]
    return {
        tuple(
            bool(oracle.indicator_applies(indicator, dict(zip(codes, choice, strict=True))))
            for indicator in instrument.indicators
        )
        for choice in product(*(gate.values for gate in instrument.gates))
    }


def test_law_8_a_mask_is_refused_unless_gates_produce_it() -> None:
    drawn = st.tuples(strategies.instruments(refusals=False), st.data())
    meet_in_law(check_mask, (60, drawn), wanted={"possible": 2, "impossible": 2})


def check_mask(drawn: tuple[mi.Instrument, st.DataObject]) -> Iterator[str]:
    """Check a drawn mask, and yield whether gates can produce it."""
    instrument, data = drawn
    gated = [bool(indicator.conditions) for indicator in instrument.indicators]
    assume(any(gated) and len(instrument.gates) <= 4)
    possible = masks(instrument)
    mask = list(data.draw(st.sampled_from(sorted(possible))))
    for place in data.draw(st.lists(st.sampled_from(np.flatnonzero(gated).tolist()), max_size=3)):
        mask[place] = not mask[place]
    lowest = [indicator.levels[0].value for indicator in instrument.indicators]
    levels = np.array([np.where(mask, lowest, mi.NOT_APPLICABLE)] * 2, dtype=np.uint8)
    plan = mi.plan(instrument)
    if tuple(mask) in possible:
        yield "possible"
        assert len(plan.score_levels(levels).total) == 2
        return
    yield "impossible"
    with pytest.raises(mi.AssessmentError) as caught:
        plan.score_levels(levels)
    assert {fault.code for fault in caught.value.faults} == {"mask-impossible"}
    assert {fault.place.en for fault in caught.value.faults} == {"row 0", "row 1"}


@st.composite
def refusing_cases(draw: st.DrawFn, rule: RuleType) -> Case:
    instrument = draw(strategies.refusing_instruments(rule))
    return Case(instrument=instrument, rows=draw(strategies.answer_lists(instrument)))


def test_law_8_a_mean_that_cant_be_taken_is_refused_by_name() -> None:
    runs = ((60, refusing_cases(rule)) for rule in POSITIVE)
    meet_in_law(check_refusals, *runs, wanted={*POSITIVE, mi.Indicator, mi.Measure, mi.Dimension})


def check_refusals(case: Case) -> Iterator[type]:
    """Check what is refused, and yield the rules that refuse, and the types of what they refuse."""
    if any(result.perhaps_refused for result in case.results):
        return
    expected = {
        (f"A{place}", child)
        for place, result in enumerate(case.results)
        for _, child in result.refused
    }
    if not expected:
        assert len(case.table) == len(case.rows)
        return
    with pytest.raises(mi.AssessmentError) as caught:
        _ = case.table
    faults = caught.value.faults
    assert {fault.code for fault in faults} == {"points-not-positive"}
    assert {(fault.place.en, fault.item) for fault in faults} == expected
    assert len(faults) == len(expected)
    for result in case.results:
        for dimension, child in result.refused:
            yield type(case.instrument.dimension(dimension).rule)
            yield type(case.instrument[child])


# That the runs above meet what is hard


def ways(case: Case) -> Iterator[str]:
    """Yield what the scoring of a case comes across."""
    table = case.table
    for columns_stored in (False, True):
        yield from kernel_ways(table.plan.program, columns_stored=columns_stored)
    yield from step_ways(table.plan.program)
    yield from answer_ways(table)
    yield from rule_ways(case)
    yield f"override {case.override}"


def kernel_ways(program: Program, *, columns_stored: bool) -> Iterator[str]:
    for part in kernel_of(program, columns_stored=columns_stored).parts:
        if isinstance(part, kernel._Products):
            yield f"kernel {part.matrix.dtype}"
            yield "kernel with a table" if part.tables else "kernel without a table"
        elif isinstance(part, kernel._Runs):
            yield "kernel uint16"
        else:
            yield f"kernel {np.dtype(part.carrier)}"


def step_ways(program: Program) -> Iterator[str]:
    for step in program.steps:
        yield f"step {np.dtype(step.carrier)}"
        if step.result is Domain.FRACTION:
            yield "step of Fractions"
        if step.inputs and step.domain is Domain.INTEGER:
            yield "step that takes integers one by one"
        if len(step.divisors) > 1:
            yield "several divisors"
        if step.dimension.rounding is not None:
            yield f"rounding {step.dimension.rounding.mode}"
        if program.has_open_divisors(step, waiting=False):
            yield "divisors that drops decide"
        elif program.has_open_divisors(step, waiting=True):
            yield "gated dimension in a mean"


def rule_ways(case: Case) -> Iterator[str]:
    """Yield the rules, scales and limits that stand in a dimension with points."""
    found = {code for result in case.results for code, span in result.spans.items() if span}
    for dimension in case.instrument.dimensions:
        if dimension.code not in found or dimension.rule is None:
            continue
        rule = dimension.rule
        yield f"rule {type(rule).__name__}"
        if isinstance(rule, mi.PowerMean):
            yield f"power {'exact' if rule.exact else 'up' if rule.exponent > 0 else 'down'}"
        if getattr(rule, "floor", None) is not None:
            yield "rule with a floor"
        yield from (f"has {name}" for name in ("bonuses", "floor") if getattr(dimension, name))
        for cap in dimension.caps:
            yield "cap" if cap.shortfall is None else "cap while something falls short"
        if dimension.rounding is not None and not case.results[0].exact[dimension.code]:
            yield "rounding of what is not exact"
        if dimension.entry_maximum is not None:
            yield "entry maximum"
    for measure in case.instrument.measures:
        if isinstance(measure.scale, mi.ThresholdScale):
            yield "thresholds" if direction(measure) else "thresholds that fall"
        elif measure.scale is not None:
            kind = "logarithmic" if measure.scale.logarithmic else "linear"
            yield f"goalposts {kind} {direction(measure)}"
    for row, result in zip(case.rows, case.results, strict=True):
        yield from limit_ways(case.instrument, row, result)


def limit_ways(instrument: mi.Instrument, row: Answers, result: oracle.Result) -> Iterator[str]:
    for code in result.capped:
        yield "band that a cap lowers" if code.startswith("band") else "points that a cap lowers"
    for code, points in result.points.items():
        if points is not None and code in result.band and result.band[code] is None:
            yield "band that a cap leaves unknown"
        if points is not None and not result.exact[code]:
            yield "points that are not exact"
    if result.doubtful:
        yield "band that doubles can't tell"
    for code, points in row.points.items():
        dimension = instrument.dimension(code)
        if dimension.children and points > mi.plan(instrument).ranges[code][1]:
            yield "entry beyond what answers reach"


def answer_ways(table: mi.ScoreTable) -> Iterator[str]:
    many = table.assessments
    if any(mask.any() for mask in many.undetermined.values()):
        yield "undetermined"
    if many.entries:
        yield "entries"
    if (many.levels == mi.NOT_APPLICABLE).any():
        yield "not applicable"
    known = [rank for rank in table.ranks if rank is not None]
    if len(set(known)) < len(known):
        yield "tie"
    if 0 < len(known) < len(table):
        yield "row without a rank"
    for dimension in table.instrument.dimensions:
        limits = {value for value, _ in dimension.bands.thresholds} if dimension.bands else set()
        if limits & {*table.scores.columns[dimension.code]}:
            yield "points at the limit of a band"
    statuses = {node.status for node in table[0].explain().walk()}
    yield from (f"status {status}" for status in statuses)


HARD = {
    *(f"kernel {name}" for name in ("uint16", "float32", "float64", "int64", "object")),
    "kernel with a table",
    "kernel without a table",
    *(f"step {name}" for name in ("uint16", "int32", "int64", "object", "float64")),
    "step of Fractions",
    "step that takes integers one by one",
    "several divisors",
    *(f"rounding {mode}" for mode in mi.RoundingMode),
    "divisors that drops decide",
    "gated dimension in a mean",
    "undetermined",
    "entries",
    "not applicable",
    "tie",
    "row without a rank",
    *(f"override {policy}" for policy in (None, *mi.MissingPolicy)),
    "points at the limit of a band",
    *(f"status {status}" for status in Status),
    *(f"rule {kind.__name__}" for kind in RULES),
    *(f"power {kind}" for kind in ("exact", "up", "down")),
    "rule with a floor",
    "has bonuses",
    "has floor",
    "cap",
    "cap while something falls short",
    "points that a cap lowers",
    "band that a cap lowers",
    "band that a cap leaves unknown",
    "points that are not exact",
    "rounding of what is not exact",
    "entry maximum",
    "entry beyond what answers reach",
    "thresholds",
    "thresholds that fall",
    *(f"goalposts {kind} {way}" for kind in ("linear", "logarithmic") for way in (1, -1)),
}


def test_what_is_hard_is_met() -> None:
    runs = ((70, cases(rule)) for rule in CURVED)
    meet(ways, (200, cases()), (40, cases(hard=True)), *runs, wanted=HARD)
