"""What adjusts and bounds a dimension, and what is missing around it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    band,
    dimension,
    figure,
    gate,
    indicator,
    instrument,
    levels,
    limit,
    measure,
    when,
)
from meritindex.definition import (
    BandCap,
    Bands,
    Cap,
    GeometricMean,
    GoalpostScale,
    HarmonicMean,
    Minimum,
    MissingPolicy,
    Rounding,
    Shortfall,
    Step,
    ThresholdScale,
)
from meritindex.scoring import Status
from meritindex.scoring.states import statuses

UNKNOWN, ZERO, LOWEST, DROP = MissingPolicy
GATED = indicator("i", conditions=(when("g"),))
BESIDE = indicator("j")


def tree(*children: object, gates: tuple[mi.Gate, ...] = (), **root: object) -> mi.Instrument:
    return instrument(
        root=dimension("total_points", *children, **({"rule": MEAN} | root)), gates=gates
    )


def card(one: mi.Instrument, missing: str | None = None, **answers: object) -> mi.ScoreCard:
    """Score one agency, and check that statuses say the same as the points."""
    assessment = mi.Assessment(agency=mi.Agency(name="A"), instrument=one, **answers)
    table = mi.score([assessment], missing=missing)
    found = statuses(table.plan, table.assessments, 0)
    for code, column in table.scores.columns.items():
        counted = table.plan.policies[code] in {ZERO, LOWEST}
        has_points = found[code] in {Status.COMPUTED, Status.ENTERED}
        assert bool(column.known[0]) is (has_points or (found[code] is Status.MISSING and counted))
    assert table.card(0).explain().points == table.totals[0]
    return table.card(0)


def cap(maximum: object, code: str | None = None, below: object = 2) -> Cap:
    shortfall = None if code is None else Shortfall(code=code, below=below)
    return Cap(maximum=maximum, basis=ASSUMED, shortfall=shortfall)


@pytest.mark.parametrize("rule", [MEAN, HarmonicMean(basis=ASSUMED), GeometricMean(basis=ASSUMED)])
def test_bonuses_deductions_floor_and_caps_in_this_order(rule: object) -> None:
    part = indicator("k", levels=levels(1, 2, 3, 4))
    plus, minus = (
        measure("plus", None, maximum=Fraction(9)),
        measure("minus", None, maximum=Fraction(9)),
    )
    one = tree(
        part, rule=rule, bonuses=(plus,), deductions=(minus,), floor=figure("1/2"), caps=(cap(5),)
    )

    def total(level: int, added: str, taken: str) -> float:
        found = card(one, levels={"k": level}, measures={"plus": added, "minus": taken})
        return float(found.total)

    assert total(1, "0.25", "0") == pytest.approx(2.25)
    assert total(1, "0.25", "1.5") == pytest.approx(0.75)
    assert total(1, "0", "9") == pytest.approx(0.5)
    assert total(3, "9", "0") == pytest.approx(5)
    # Only what is left after the deduction is held down.
    assert total(3, "9", "8") == pytest.approx(5)
    assert total(3, "9", "8.5") == pytest.approx(4.5)


def test_unsigned_numbers_with_floor_caps_and_bonuses() -> None:
    one = tree(
        indicator("k"), bonuses=(measure("m", None, decimals=0),), floor=figure(3), caps=(cap(4),)
    )
    root = mi.plan(one).program.root
    assert root.carrier is np.uint16
    assert [card(one, levels={"k": k}, measures={"m": 1}).total for k in (0, 2, 3, 4)] == [
        3,
        3,
        4,
        4,
    ]
    huge = tree(indicator("k"), floor=figure(10**17), caps=(cap(10**17 + 1),))
    assert mi.plan(huge).program.root.carrier is np.int64
    assert card(huge, levels={"k": 4}).total == 10**17
    below = tree(indicator("k"), caps=(cap(-2),))
    assert card(below, levels={"k": 4}).total == -2


def test_a_bonus_that_is_always_zero_needs_no_factor() -> None:
    idle = ThresholdScale(steps=[Step(points=0), Step(points=0, start=1)], basis=ASSUMED)
    part = indicator("k", levels=levels(0, "1/70001"))
    one = tree(part, bonuses=(measure("m", None, scale=idle),))
    assert mi.plan(one).program.root.carrier is np.uint16
    assert card(one, levels={"k": 1}, measures={"m": 1}).total == Fraction(1, 70001)


@pytest.mark.parametrize("rule", [Minimum(basis=ASSUMED), MEAN])
def test_what_counts_zero_is_worth_zero_and_not_the_lowest_level(rule: mi.definition.Rule) -> None:
    weight = 1 if rule.weighted else None
    for scale in (levels(1, 2, first=1), levels(2, 3)):
        missing = indicator("k", weight, levels=scale, missing=ZERO, missing_basis=ASSUMED)
        one = tree(missing, indicator("j", weight), rule=rule)
        assert card(one, levels={"j": 4}).total == (0 if isinstance(rule, Minimum) else 2)
        inner = dimension("d", missing, rule=rule)
        capped = tree(indicator("j"), inner, caps=(cap("1/2", "k", 1),))
        assert card(capped, levels={"j": 4}).total == Fraction(1, 2)


@pytest.mark.parametrize("policy", [UNKNOWN, DROP, ZERO, LOWEST])
def test_a_missing_number_need_not_have_a_logarithm(policy: MissingPolicy) -> None:
    scale = GoalpostScale(low="0.1", high=1, logarithmic=True, capped=False, basis=ASSUMED)
    part = measure("m", minimum="0.01", scale=scale, missing=policy, missing_basis=ASSUMED)
    found = card(tree(part, BESIDE), levels={"j": 4})
    expected = {UNKNOWN: None, DROP: 4, ZERO: 2, LOWEST: 1.5}[policy]
    assert (
        found.total is None if expected is None else float(found.total) == pytest.approx(expected)
    )


def test_a_missing_number_may_lie_outside_what_its_scale_can_hold() -> None:
    scale = GoalpostScale(
        low=10**8, high=10**8 + 1, points_at_high=10**10, capped=False, basis=ASSUMED
    )
    part = measure("m", minimum=10**8, maximum=10**8 + 1, scale=scale)
    assert card(tree(part)).total is None
    assert card(tree(part), measures={"m": "100000000.5"}).total == 5 * 10**9


def test_points_that_a_mean_cannot_take_are_refused_only_where_it_is_taken() -> None:
    inner = dimension("inner", indicator("k"), rule=GeometricMean(basis=ASSUMED))
    one = tree(dimension("outer", inner, rule=MEAN), BESIDE)
    with pytest.raises(mi.AssessmentError):
        card(one, "zero", levels={"j": 4})
    for entered in ("inner", "outer", "total"):
        answers = {} if entered == "total" else {"levels": {"j": 2}}
        assert card(one, "zero", points={entered: 2}, **answers).total == 2
    waiting = dimension(
        "inner", indicator("i", conditions=(when("g"),)), rule=GeometricMean(basis=ASSUMED)
    )
    gated = tree(waiting, BESIDE, gates=(gate("g"),))
    assert card(gated, levels={"i": 0, "j": 2}).total is None
    with pytest.raises(mi.AssessmentError):
        card(gated, levels={"i": 0, "j": 2}, gates={"g": "yes"})


def test_what_comes_of_refused_points_is_not_refused_again() -> None:
    geometric = GeometricMean(basis=ASSUMED)
    inner = dimension(
        "inner", indicator("k"), rule=geometric, deductions=(measure("m", None, maximum=9),)
    )
    one = tree(dimension("middle", inner, rule=MEAN), BESIDE, rule=geometric)
    with pytest.raises(mi.AssessmentError) as caught:
        card(one, levels={"k": 0, "j": 1}, measures={"m": 9})
    assert [fault.item for fault in caught.value.faults] == ["k"]
    with pytest.raises(mi.AssessmentError) as caught:
        card(one, levels={"k": 1, "j": 1}, measures={"m": 9})
    assert [(fault.item, fault.value) for fault in caught.value.faults] == [("middle", "-8")]


class TestShortfalls:
    ONE = tree(
        dimension("d", GATED, BESIDE, rule=MEAN),
        indicator("k"),
        caps=(cap(1, "i"),),
        gates=(gate("g"),),
    )

    @pytest.mark.parametrize(("level", "total"), [(0, 1), (1, 1), (2, Fraction(7, 2)), (4, 4)])
    def test_a_cap_holds_while_something_falls_short(self, level: int, total: Fraction) -> None:
        answers = {"levels": {"i": level, "j": 4, "k": 4}, "gates": {"g": "yes"}}
        assert card(self.ONE, **answers).total == total

    def test_what_does_not_apply_does_not_fall_short(self) -> None:
        assert card(self.ONE, levels={"j": 4, "k": 4}, gates={"g": "no"}).total == 4
        # Points entered in between change nothing about that.
        assert card(self.ONE, points={"d": 4}, levels={"k": 4}, gates={"g": "no"}).total == 4

    @pytest.mark.parametrize("gates", [{"g": "yes"}, {}])
    def test_what_is_not_known_leaves_the_points_unknown(self, gates: dict[str, str]) -> None:
        assert card(self.ONE, points={"d": 4}, levels={"k": 4}, gates=gates).total is None
        assert card(self.ONE, levels={"j": 4, "k": 4}, gates=gates).total is None
        if not gates:
            waiting = {"levels": {"i": 4, "j": 4, "k": 4}}
            assert card(self.ONE, **waiting).total is None
        assert card(self.ONE, points={"total": 4}).total == 4

    @pytest.mark.parametrize(
        ("policy", "total"), [(UNKNOWN, None), (DROP, None), (ZERO, 1), (LOWEST, Fraction(7, 2))]
    )
    def test_a_policy_says_what_is_compared(
        self, policy: MissingPolicy, total: Fraction | None
    ) -> None:
        part = indicator("i", levels=levels(2, 3), missing=policy, missing_basis=ASSUMED)
        one = tree(
            dimension("d", part, indicator("j", levels=levels(2, 5)), rule=MEAN),
            caps=(cap(1, "i"),),
        )
        assert card(one, levels={"j": 1}).total == total

    def test_a_dimension_is_compared_by_what_it_counts_for(self) -> None:
        inner = dimension("inner", GATED, rule=MEAN, missing=ZERO, missing_basis=ASSUMED)
        one = tree(inner, BESIDE, caps=(cap(1, "inner"),), gates=(gate("g"),))
        # The gate is not answered, so that the dimension counts zero.
        assert card(one, levels={"j": 4}).total == 1
        # Entered points are known, whatever the gate.
        assert card(one, levels={"j": 4}, points={"inner": 2}).total == 3
        assert card(one, levels={"j": 4}, points={"inner": 1}).total == 1

    def test_an_indicator_that_may_not_apply_is_not_known_to_fall_short(self) -> None:
        inner = dimension("inner", GATED, rule=MEAN, missing=ZERO, missing_basis=ASSUMED)
        one = tree(inner, BESIDE, caps=(cap(1, "i"),), gates=(gate("g"),))
        assert card(one, levels={"i": 4, "j": 4}).total is None
        assert card(one, levels={"i": 4, "j": 4}, gates={"g": "yes"}).total == 4

    def test_below_an_entry_a_dimension_may_still_not_apply(self) -> None:
        inner = dimension("inner", GATED, rule=MEAN)
        one = tree(
            dimension("outer", inner, BESIDE, rule=MEAN),
            caps=(cap(1, "inner"),),
            gates=(gate("g"),),
        )
        for gates, total in (({"g": "no"}, 3), ({"g": "yes"}, None), ({}, None)):
            assert card(one, points={"outer": 3}, gates=gates).total == total
        leaf = tree(
            dimension("outer", dimension("leaf", maximum=figure(4)), BESIDE, rule=MEAN),
            caps=(cap(1, "leaf"),),
        )
        assert card(leaf, points={"outer": 3}).total is None

    def test_a_measure_falls_short_by_its_points_also_in_doubles(self) -> None:
        scale = GoalpostScale(low="0.1", high=1, logarithmic=True, basis=ASSUMED)
        one = tree(dimension("d", measure("m", scale=scale)), BESIDE, caps=(cap("0.25", "m", 1),))
        assert float(card(one, levels={"j": 4}, measures={"m": "0.99"}).total) == 0.25
        assert float(card(one, levels={"j": 4}, measures={"m": 1}).total) == 2.5


class TestBandCaps:
    BANDS = Bands(items=(band("low"), band("middle", limit(1)), band("high", limit(3))))
    ONE = tree(
        dimension("d", GATED, BESIDE, rule=MEAN),
        bands=BANDS,
        band_caps=(
            BandCap(band="middle", basis=ASSUMED, shortfall=Shortfall(code="i", below=3)),
            BandCap(band="low", basis=ASSUMED, shortfall=Shortfall(code="i", below=1)),
        ),
        gates=(gate("g"),),
    )

    @pytest.mark.parametrize(
        ("levels", "gates", "name"),
        [
            ({"i": 4, "j": 4}, {"g": "yes"}, "high"),
            ({"i": 2, "j": 4}, {"g": "yes"}, "middle"),
            ({"i": 0, "j": 4}, {"g": "yes"}, "low"),
            ({"i": 1, "j": 0}, {"g": "yes"}, "low"),
            ({"j": 4}, {"g": "no"}, "high"),
            ({"j": 4}, {"g": "yes"}, None),
        ],
    )
    def test_the_band_is_held_and_the_points_stay(
        self, levels: dict[str, int], gates: dict[str, str], name: str | None
    ) -> None:
        found = card(self.ONE, levels=levels, gates=gates)
        assert found.band == name
        if len(levels) == 2:
            assert found.total == Fraction(levels["i"] + levels["j"], 2)

    def test_a_cap_that_may_hold_leaves_the_band_unknown_where_it_matters(self) -> None:
        for entered in ("d", "total"):
            answers = {"gates": {"g": "yes"}}
            assert card(self.ONE, points={entered: 4}, **answers).band is None
            assert card(self.ONE, points={entered: "0.5"}, **answers).band == "low"
            assert card(self.ONE, points={entered: 4}, gates={"g": "no"}).band == "high"

    def test_rows_of_a_table_keep_their_caps(self) -> None:
        rows = [
            mi.Assessment(
                agency=mi.Agency(name=name, kind="city"),
                instrument=self.ONE,
                levels={"i": level, "j": 4},
                gates={"g": "yes"},
            )
            for name, level in (("A", 2), ("B", 4), ("C", 0))
        ]
        table = mi.score(rows)
        assert table.bands == ("middle", "high", "low")
        assert table.rows(np.array([2, 0])).bands == ("low", "middle")
        assert table.groups("kind")["city"].bands == table.bands
        assert table.scores != mi.score(rows[:2]).scores


def test_divisors_that_the_data_decide_above_a_rule_that_is_no_sum() -> None:
    part = indicator("k", None, missing=DROP, missing_basis=ASSUMED)
    least = dimension(
        "least", part, rule=Minimum(basis=ASSUMED), missing=DROP, missing_basis=ASSUMED
    )
    one = tree(least, indicator("j", 2))
    assert card(one, levels={"k": 1, "j": 4}).total == 3
    assert card(one, levels={"j": 4}).total == 4


def test_entries_in_the_numbers_of_every_kind_of_dimension() -> None:
    for rule in (MEAN, HarmonicMean(basis=ASSUMED), GeometricMean(basis=ASSUMED)):
        inner = dimension("inner", indicator("k", levels=levels(1, 4)), rule=rule, decimals=2)
        one = tree(inner, BESIDE)
        assert card(one, points={"inner": "1.25"}, levels={"j": 4}).total == Fraction("2.625")
        rounding = Rounding(digits=3, basis=ASSUMED)
        one = tree(
            dimension("inner", *inner.children, rule=rule, rounding=rounding, decimals=2), BESIDE
        )
        assert card(one, points={"inner": "1.25"}, levels={"j": 4}).total == Fraction("2.625")


@pytest.mark.parametrize("policy", [ZERO, LOWEST])
def test_policies_in_the_numbers_of_every_kind_of_dimension(policy: MissingPolicy) -> None:
    for rule in (MEAN, HarmonicMean(basis=ASSUMED), GeometricMean(basis=ASSUMED)):
        inner = dimension(
            "inner",
            indicator("k", levels=levels("1/3", 4)),
            rule=rule,
            missing=policy,
            missing_basis=ASSUMED,
        )
        total = card(tree(inner, BESIDE), levels={"j": 4}).total
        assert float(total) == pytest.approx(2 if policy is ZERO else 13 / 6)


def test_a_rounded_harmonic_mean_of_nothing_is_no_number_at_all() -> None:
    rule = mi.HarmonicMean(basis=ASSUMED)
    gated = {"conditions": (when("g"),)}
    root = dimension(
        "t",
        indicator("i", "7/4848", levels=levels("1/7", "13/11", 3), **gated),
        indicator("j", "3/808", levels=levels("2/5", 5), **gated),
        rule=rule,
        weight=None,
        rounding=mi.Rounding(digits=2, basis=ASSUMED),
        decimals=2,
    )
    one = instrument(root=root, gates=(gate("g"),))
    table = mi.score(
        mi.Assessment(agency=mi.Agency(name=name), instrument=one, gates={"g": name}, levels=given)
        for name, given in (("yes", {"i": 1, "j": 1}), ("no", {}))
    )
    assert list(table.totals) == [Fraction("2.63"), None]
