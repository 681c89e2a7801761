from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from builders import (
    ASSUMED,
    MEAN,
    SUM,
    check_fault,
    dimension,
    faults_of,
    figure,
    gate,
    indicator,
    levels,
    measure,
    only_fault,
)
from meritindex.definition import (
    AgencyKind,
    Dimension,
    Indicator,
    MissingPolicy,
    Node,
    Rounding,
    WeightedMean,
    WeightedSum,
)
from meritindex.errors import DefinitionError
from meritindex.language import Text
from meritindex.numbers import quoted

NODES = [indicator, measure, dimension]


def test_every_policy_has_a_label_in_both_languages() -> None:
    labels = [policy.label for policy in MissingPolicy]
    assert len({label.id for label in labels}) == len({label.en for label in labels}) == 4
    assert all(label.id and label.en for label in labels)


class TestGate:
    def test_options_are_known_by_their_values(self) -> None:
        assert gate("works", "yes", "no", "unsure").values == ("yes", "no", "unsure")

    def test_a_kind_of_agency_may_be_limited_in_its_answers(self) -> None:
        limited = gate("works", by_kind=((AgencyKind.CITY, ("yes",)),))
        assert limited.options_of(AgencyKind.CITY) == ("yes",)
        assert limited.options_of(AgencyKind.BODY) == ("yes", "no")
        assert limited.options_of(None) == ("yes", "no")

    def test_a_code_that_cannot_be_one(self) -> None:
        fault = only_fault(DefinitionError, lambda: gate("Works"))
        check_fault(fault, "code-not-allowed", "Works", '"Works"')

    def test_no_options(self) -> None:
        fault = only_fault(DefinitionError, lambda: gate("works", options=()))
        check_fault(fault, "gate-without-options", "works")

    def test_an_option_that_stands_twice(self) -> None:
        fault = only_fault(DefinitionError, lambda: gate("works", "yes", "no", "yes"))
        check_fault(fault, "code-twice", "works", "yes", "2", Text("jawaban", "the option"))

    @pytest.mark.parametrize("other", ["YES", "Yes", "yES"])
    def test_options_that_differ_by_case_alone(self, other: str) -> None:
        fault = only_fault(DefinitionError, lambda: gate("works", "yes", "no", other))
        check_fault(fault, "code-twice", "works", "yes", "2")

    @pytest.mark.parametrize("value", ["", " ", "yes ", "\tyes", "yes\N{NO-BREAK SPACE}"])
    def test_an_option_that_is_empty_or_has_blanks_around_it(self, value: str) -> None:
        fault = only_fault(DefinitionError, lambda: gate("works", value, "no"))
        check_fault(fault, "gate-option-form", "works", quoted(value))

    def test_options_that_differ_by_blanks_alone(self) -> None:
        faults = faults_of(DefinitionError, lambda: gate("works", "yes", "yes "))
        assert [fault.code for fault in faults] == ["code-twice", "gate-option-form"]

    def test_kinds_of_agencies_may_be_given_as_texts(self) -> None:
        listed = gate("works", by_kind=[["city", ["yes"]]])
        assert listed.by_kind == ((AgencyKind.CITY, ("yes",)),)
        with pytest.raises(ValueError, match="village"):
            gate("works", by_kind=[["village", ["yes"]]])
        with pytest.raises(TypeError):
            gate("works", by_kind=[["city", "yes"]])

    def test_a_kind_of_agency_that_stands_twice(self) -> None:
        by_kind = ((AgencyKind.CITY, ("yes",)), (AgencyKind.CITY, ("no",)))
        fault = only_fault(DefinitionError, lambda: gate("works", by_kind=by_kind))
        what = Text("jenis instansi", "the kind of agency")
        check_fault(fault, "code-twice", "works", what, "city", "2")

    @pytest.mark.parametrize("values", [(), ("maybe",), ("yes", "maybe")])
    def test_an_answer_of_a_kind_that_is_no_option(self, values: tuple[str, ...]) -> None:
        fault = only_fault(
            DefinitionError, lambda: gate("works", by_kind=((AgencyKind.CITY, values),))
        )
        check_fault(fault, "gate-kind-option", "works", AgencyKind.CITY.label, "yes, no")

    def test_all_faults_are_named_at_once(self) -> None:
        faults = faults_of(
            DefinitionError,
            lambda: gate("Works", "a", "a", by_kind=((AgencyKind.CITY, ("b",)),)),
        )
        assert [fault.code for fault in faults] == [
            "code-not-allowed",
            "code-twice",
            "gate-kind-option",
        ]


@pytest.mark.parametrize("make", NODES)
class TestEveryNode:
    def test_a_code_that_cannot_be_one(self, make: Callable[..., Node]) -> None:
        fault = only_fault(DefinitionError, lambda: make("total"))
        check_fault(fault, "code-not-allowed", "total", '"total"')

    def test_a_negative_weight(self, make: Callable[..., Node]) -> None:
        fault = only_fault(DefinitionError, lambda: make("a1", weight=figure("-1/2")))
        check_fault(fault, "weight-negative", "a1", "-0.5")
        assert make("a1", weight=figure(0)).weight == figure(0)

    def test_a_tiny_negative_weight_is_named_as_what_it_is(self, make: Callable[..., Node]) -> None:
        fault = only_fault(DefinitionError, lambda: make("a1", weight=figure("-0.0000001")))
        check_fault(fault, "weight-negative", "a1", "-0.0000001")

    @pytest.mark.parametrize("policy", ["zero", "lowest", "drop"])
    def test_a_policy_other_than_unknown_needs_a_basis(
        self, make: Callable[..., Node], policy: str
    ) -> None:
        fault = only_fault(DefinitionError, lambda: make("a1", missing=policy))
        check_fault(fault, "missing-without-basis", "a1", policy)
        assert make("a1", missing=policy, missing_basis=ASSUMED).missing is MissingPolicy(policy)

    def test_missing_is_unknown_unless_said_otherwise(self, make: Callable[..., Node]) -> None:
        assert make("a1").missing is MissingPolicy.UNKNOWN
        with pytest.raises(ValueError, match="guess"):
            make("a1", missing="guess", missing_basis=ASSUMED)

    def test_a_weight_may_be_unpublished(self, make: Callable[..., Node]) -> None:
        assert make("a1", weight=None).weight is None


class TestIndicator:
    def test_its_ends_are_those_of_its_levels(self) -> None:
        node = indicator("a1", levels=levels("1/2", 2, 2, 3, first=1))
        assert (node.lowest, node.highest) == (Fraction(1, 2), Fraction(3))

    def test_a_level_is_found_by_its_number(self) -> None:
        one = indicator("i", levels=levels(5, 6, first=2))
        assert one.level(3) is one.levels[1]

    def test_all_faults_are_named_at_once(self) -> None:
        def make() -> Indicator:
            return indicator("A", "-1", missing="zero")

        assert [fault.code for fault in faults_of(DefinitionError, make)] == [
            "code-not-allowed",
            "weight-negative",
            "missing-without-basis",
        ]


class TestMeasure:
    def test_its_ends_are_those_of_its_range(self) -> None:
        node = measure("survey", minimum=Fraction(-1), maximum=Fraction("1.5"))
        assert (node.lowest, node.highest) == (Fraction(-1), Fraction(3, 2))

    @pytest.mark.parametrize(("minimum", "maximum"), [("1", "1"), ("2", "1")])
    def test_an_empty_range(self, minimum: str, maximum: str) -> None:
        fault = only_fault(
            DefinitionError,
            lambda: measure("survey", minimum=Fraction(minimum), maximum=Fraction(maximum)),
        )
        check_fault(fault, "measure-range", "survey", minimum, maximum)

    @pytest.mark.parametrize("decimals", [-1, 18])
    def test_decimals_outside_0_to_17(self, decimals: int) -> None:
        fault = only_fault(DefinitionError, lambda: measure("survey", decimals=decimals))
        check_fault(fault, "measure-decimals", "survey", str(decimals), "17")

    @pytest.mark.parametrize(("minimum", "maximum"), [("0.001", "1"), ("0", "1.001"), ("0", "1/3")])
    def test_ends_finer_than_the_decimals(self, minimum: str, maximum: str) -> None:
        fault = only_fault(
            DefinitionError,
            lambda: measure("survey", minimum=Fraction(minimum), maximum=Fraction(maximum)),
        )
        check_fault(fault, "measure-decimals", "survey", "2")

    @pytest.mark.parametrize("decimals", [0, 9])
    def test_decimals_may_be_from_0_to_9(self, decimals: int) -> None:
        assert measure("survey", decimals=decimals).decimals == decimals


class TestDimension:
    def test_walks_parents_first_and_deductions_after_children(self) -> None:
        inner = dimension("inner", indicator("a1"), deductions=(measure("d1"),))
        root = dimension("outer", inner, measure("m1"), deductions=(measure("d2"),))
        assert [node.code for node in root.walk()] == ["outer", "inner", "a1", "d1", "m1", "d2"]

    @pytest.mark.parametrize("fields", [{"rule": None}, {"maximum": figure(1)}])
    def test_children_need_a_rule_and_no_maximum(self, fields: dict[str, object]) -> None:
        fault = only_fault(DefinitionError, lambda: dimension("d", indicator("a1"), **fields))
        check_fault(fault, "dimension-form", "d")
        assert "maximum" in fault.message.en

    @pytest.mark.parametrize(
        "fields", [{"maximum": None}, {"maximum": figure(0)}, {"maximum": figure(-1)}]
    )
    def test_without_children_a_maximum_above_zero_is_needed(
        self, fields: dict[str, object]
    ) -> None:
        check_fault(
            only_fault(DefinitionError, lambda: dimension("d", **fields)), "dimension-form", "d"
        )

    def test_without_children_there_is_no_rule(self) -> None:
        fault = only_fault(
            DefinitionError,
            lambda: Dimension(
                code="d", name=Text.same("d"), basis=ASSUMED, rule=SUM, maximum=figure(1)
            ),
        )
        check_fault(fault, "dimension-form", "d")

    def test_deductions_need_children(self) -> None:
        fault = only_fault(DefinitionError, lambda: dimension("d", deductions=(measure("m1"),)))
        check_fault(fault, "dimension-form", "d")
        assert fault.message == Text(
            "tambahan, pengurangan dan batas memerlukan unsur di bawah dimensi",
            "bonuses, deductions, a floor and caps need children",
        )

    @pytest.mark.parametrize("stated", ["0", "-1"])
    def test_an_entry_maximum_is_above_zero(self, stated: str) -> None:
        fault = only_fault(
            DefinitionError, lambda: dimension("d", indicator("a1"), entry_maximum=figure(stated))
        )
        check_fault(fault, "dimension-entry-maximum", "d", stated)

    def test_an_entry_maximum_needs_children(self) -> None:
        fault = only_fault(DefinitionError, lambda: dimension("d", entry_maximum=figure(2)))
        check_fault(fault, "dimension-entry-maximum", "d", "2")

    def test_without_children_nothing_has_to_add_up(self) -> None:
        rule = WeightedMean(basis=ASSUMED, whole=Fraction(100))
        fault = only_fault(
            DefinitionError,
            lambda: Dimension(
                code="d", name=Text.same("d"), basis=ASSUMED, rule=rule, maximum=figure(1)
            ),
        )
        check_fault(fault, "dimension-form", "d")

    @pytest.mark.parametrize(("digits", "decimals"), [(0, 0), (2, 2), (4, 4), (9, 4)])
    def test_entered_points_are_as_fine_as_the_rounding_and_4_decimals_at_most(
        self, digits: int, decimals: int
    ) -> None:
        rounding = Rounding(digits=digits, basis=ASSUMED)
        assert dimension("d", rounding=rounding).decimals == decimals
        assert dimension("d").decimals == 4

    @pytest.mark.parametrize("decimals", [-1, 18])
    def test_decimals_outside_0_to_17(self, decimals: int) -> None:
        fault = only_fault(DefinitionError, lambda: dimension("d", decimals=decimals))
        check_fault(fault, "dimension-decimals", "d", str(decimals), "17")

    def test_entered_points_are_no_finer_than_the_rounding(self) -> None:
        rounding = Rounding(digits=2, basis=ASSUMED)
        fault = only_fault(DefinitionError, lambda: dimension("d", rounding=rounding, decimals=3))
        check_fault(fault, "dimension-decimals", "d", "3", "2")
        assert dimension("d", rounding=rounding, decimals=2).decimals == 2

    def test_an_unpublished_weight_needs_a_whole(self) -> None:
        def make() -> Node:
            return dimension("d", indicator("a1"), indicator("a2", None), indicator("a3", None))

        check_fault(only_fault(DefinitionError, make), "weight-missing", "d", "a2, a3")

    @pytest.mark.parametrize("rule", [WeightedSum, WeightedMean])
    @pytest.mark.parametrize(
        ("weights", "sound"),
        [
            ((60, 40), True),
            ((60, 39), False),
            ((60, "40.5"), False),
            ((60, None), True),
            ((100, None), True),
            ((101, None), False),
            ((None, None), True),
        ],
    )
    def test_weights_add_up_to_the_whole_as_far_as_they_are_known(
        self,
        rule: type[WeightedSum | WeightedMean],
        weights: tuple[str | int | None, ...],
        sound: bool,
    ) -> None:
        def make() -> Node:
            children = [indicator(f"a{place}", weight) for place, weight in enumerate(weights)]
            return dimension("d", *children, rule=rule(basis=ASSUMED, whole=Fraction(100)))

        if sound:
            assert make().code == "d"
        else:
            known = sum(Fraction(weight) for weight in weights if weight is not None)
            total = str(float(known)).removesuffix(".0")
            check_fault(only_fault(DefinitionError, make), "weights-dont-add-up", "d", total, "100")

    def test_what_weights_add_up_to_is_named_however_fine_it_is(self) -> None:
        children = [indicator(f"a{place}", "33.3333333") for place in range(3)]
        rule = WeightedSum(basis=ASSUMED, whole=Fraction(100))
        fault = only_fault(DefinitionError, lambda: dimension("d", *children, rule=rule))
        check_fault(fault, "weights-dont-add-up", "d", "99.9999999", "100", "d")

    def test_without_a_whole_known_weights_may_add_up_to_anything(self) -> None:
        assert dimension("d", indicator("a1", 7), measure("m1", 5)).code == "d"

    @pytest.mark.parametrize("rule", [WeightedSum, WeightedMean])
    @pytest.mark.parametrize("whole", [0, -1])
    def test_a_whole_is_more_than_zero(
        self, rule: type[WeightedSum | WeightedMean], whole: int
    ) -> None:
        fault = only_fault(DefinitionError, lambda: rule(basis=ASSUMED, whole=Fraction(whole)))
        check_fault(fault, "rule-whole", None, str(whole))

    def test_a_mean_needs_something_that_weighs(self) -> None:
        def make(rule: WeightedSum | WeightedMean) -> Node:
            return dimension("d", indicator("a1", 0), measure("m1", 0), rule=rule)

        check_fault(only_fault(DefinitionError, lambda: make(MEAN)), "weights-all-zero", "d")
        assert make(SUM).code == "d"
        assert dimension("d", indicator("a1", 0), measure("m1", "1/9"), rule=MEAN).code == "d"
        whole = WeightedMean(basis=ASSUMED, whole=Fraction(100))
        assert dimension("d", indicator("a1", 0), indicator("a2", None), rule=whole).code == "d"

    def test_a_sum_does_not_weigh_anew(self) -> None:
        children = [
            indicator("a1"),
            indicator("a2", missing="drop", missing_basis=ASSUMED),
            measure("m1", missing="drop", missing_basis=ASSUMED),
        ]
        fault = only_fault(DefinitionError, lambda: dimension("d", *children))
        check_fault(fault, "drop-in-sum", "d", "a2, m1", "'drop'")
        assert dimension("d", *children, rule=MEAN).code == "d"
