from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    ASSUMED,
    MEAN,
    check_fault,
    dimension,
    faults_of,
    figure,
    indicator,
    measure,
    only_fault,
)
from meritindex.definition import (
    Dimension,
    EqualRemainder,
    Given,
    Node,
    Standing,
    Stated,
    WeightedMean,
    WeightedSum,
    Weighting,
)
from meritindex.errors import NumberError, WeightingError
from meritindex.language import Text

WHOLE = WeightedSum(basis=ASSUMED, whole=Fraction(100))
PARTLY = dimension(
    "root",
    dimension("d1", indicator("a1", 60), indicator("a2", None), rule=WHOLE, weight=50),
    dimension("d2", indicator("b1", None), measure("b2", None), rule=WHOLE, weight=30),
    dimension("d3", weight=None),
    rule=WHOLE,
    deductions=(measure("correction", None),),
)
FULLY = dimension(
    "root", dimension("d1", indicator("a1", 3), rule=MEAN, weight=2), measure("m1", "1/3")
)


@st.composite
def partly_weighed(draw: st.DrawFn) -> Dimension:
    """Draw two levels of dimensions in which some weights are not published."""
    numbers = iter(range(1000))

    def parent(children: list[Node], weights: list[Fraction | None]) -> dict[str, object]:
        known = sum((weight for weight in weights if weight is not None), Fraction(0))
        # A mean of what weighs nothing is refused.
        kinds = [WeightedSum, WeightedMean] if known or None in weights else [WeightedSum]
        rule = draw(st.sampled_from(kinds))
        whole = known + draw(st.integers(1, 5)) if None in weights else known or None
        return {"rule": rule(basis=ASSUMED, whole=whole)}

    def some_weights() -> list[Fraction | None]:
        one = st.none() | st.fractions(0, 40, max_denominator=12)
        return draw(st.lists(one, min_size=1, max_size=4))

    above = some_weights()
    inner: list[Dimension] = []
    for weight in above:
        below = some_weights()
        children: list[Node] = [indicator(f"i{next(numbers)}", one) for one in below]
        inner.append(
            dimension(f"d{next(numbers)}", *children, weight=weight, **parent(children, below))  # type: ignore[arg-type]
        )
    return dimension("root", *inner, **parent(list(inner), above))  # type: ignore[arg-type]


def by_parent(root: Dimension) -> list[Dimension]:
    return [node for node in root.walk() if isinstance(node, Dimension)]


@pytest.mark.parametrize(
    ("weighting", "name"),
    [
        (Stated(), "stated"),
        (EqualRemainder(), "equal-remainder"),
        (Given({}), "given"),
        (Given({}, source="page"), "given"),
    ],
)
def test_a_weighting_has_a_name_and_a_label_in_both_languages(
    weighting: Weighting, name: str
) -> None:
    assert weighting.name == name
    assert weighting.label.id
    assert weighting.label.en
    assert weighting.label.id != weighting.label.en


class TestStated:
    def test_takes_every_published_weight_in_the_order_of_the_tree(self) -> None:
        assert Stated().resolve(FULLY) == (
            ("d1", figure(2)),
            ("m1", figure("1/3")),
            ("a1", figure(3)),
        )

    def test_refuses_with_every_weight_that_is_missing(self) -> None:
        faults = faults_of(WeightingError, lambda: Stated().resolve(PARTLY))
        expected = [
            ("d3", "root", Text("dimensi d3", "dimension d3")),
            ("a2", "d1", Text("indikator a2", "indicator a2")),
            ("b1", "d2", Text("indikator b1", "indicator b1")),
            ("b2", "d2", Text("ukuran b2", "measure b2")),
        ]
        for fault, (code, parent, name) in zip(faults, expected, strict=True):
            check_fault(fault, "weight-not-published", code, code, parent, name)


class TestEqualRemainder:
    def test_shares_what_is_left_of_each_whole(self) -> None:
        found = dict(EqualRemainder().resolve(PARTLY))
        assert {code: weight.value for code, weight in found.items()} == {
            "d1": 50,
            "d2": 30,
            "d3": 20,
            "a1": 60,
            "a2": 40,
            "b1": 50,
            "b2": 50,
        }
        assert found["a1"] is PARTLY.children[0].children[0].weight  # type: ignore[union-attr]
        for code in ("d3", "a2", "b1", "b2"):
            assert found[code].basis.standing is Standing.ASSUMED
            assert found[code].basis.reason is not None

    @given(partly_weighed())
    def test_makes_up_every_whole_and_touches_nothing_that_is_known(self, root: Dimension) -> None:
        found = dict(EqualRemainder().resolve(root))
        assert set(found) == {node.code for node in root.walk()} - {root.code}
        for parent in by_parent(root):
            assert parent.rule is not None
            if parent.rule.whole is not None:
                total = sum(found[child.code].value for child in parent.children)
                assert total == parent.rule.whole
            shared = [found[child.code] for child in parent.children if child.weight is None]
            assert len({one.value for one in shared}) <= 1
            assert all(one.value >= 0 for one in shared)
            for child in parent.children:
                assert child.weight in {None, found[child.code]}

    @given(partly_weighed())
    def test_is_the_stated_weighting_where_all_is_known(self, root: Dimension) -> None:
        missing = [node.code for node in root.walk() if node is not root and node.weight is None]
        if missing:
            faults = faults_of(WeightingError, lambda: Stated().resolve(root))
            assert sorted(fault.item or "" for fault in faults) == sorted(missing)
        else:
            assert Stated().resolve(root) == EqualRemainder().resolve(root)


class TestGiven:
    def test_reads_numbers_exactly_from_a_mapping_or_pairs(self) -> None:
        expected = (("a1", Fraction(25, 2)), ("a2", Fraction(1, 10)), ("a3", Fraction(1, 3)))
        assert Given({"a1": "12,5", "a2": 0.1, "a3": "1/3"}).weights == expected
        assert Given(iter([("a1", "12.5"), ("a2", "0.1"), ("a3", "1/3")])).weights == expected

    def test_refuses_what_is_no_number(self) -> None:
        fault = only_fault(NumberError, lambda: Given({"a1": "much"}))
        assert fault.value == '"much"'

    def test_names_the_code_of_every_weight_that_is_no_number(self) -> None:
        faults = faults_of(NumberError, lambda: Given({"a1": "much", "a2": 1, "a3": "little"}))
        assert [(fault.code, fault.item, fault.value) for fault in faults] == [
            ("not-a-number", "a1", '"much"'),
            ("not-a-number", "a3", '"little"'),
        ]
        assert all(fault.in_language("id").startswith(f"{fault.item}: ") for fault in faults)

    @pytest.mark.parametrize(
        ("fields", "standing", "sources"),
        [
            ({}, Standing.ASSUMED, ()),
            ({"source": "page"}, Standing.REPORTED, ("page",)),
            ({"source": "page", "standing": "official"}, Standing.OFFICIAL, ("page",)),
            ({"source": "page", "standing": "assumed"}, Standing.ASSUMED, ("page",)),
            ({"standing": "official"}, Standing.ASSUMED, ()),
        ],
    )
    def test_without_a_source_the_numbers_are_assumed(
        self, fields: dict[str, str], standing: Standing, sources: tuple[str, ...]
    ) -> None:
        given_weights = Given({"a1": 1}, **fields)  # type: ignore[arg-type]
        assert given_weights.basis.standing is standing
        assert given_weights.basis.sources == sources
        assert given_weights.basis.reason is not None

    def test_the_label_names_the_source(self) -> None:
        label = Given({}, source="page").label
        assert "page" in label.id
        assert "page" in label.en

    def test_goes_before_the_published_weights(self) -> None:
        given_weights = Given({"a1": 30, "a2": 70, "b1": 1, "b2": 99, "d3": 20}, source="page")
        found = dict(given_weights.resolve(PARTLY))
        assert found["d1"] == figure(50)
        assert found["a1"] == figure(30, given_weights.basis)
        assert {code: one.value for code, one in found.items()} == {
            "d1": 50,
            "d2": 30,
            "d3": 20,
            "a1": 30,
            "a2": 70,
            "b1": 1,
            "b2": 99,
        }

    def test_without_a_whole_anything_may_be_given(self) -> None:
        assert dict(Given({"a1": 7}).resolve(FULLY))["a1"].value == 7

    @pytest.mark.parametrize("code", ["nowhere", "root", "correction"])
    def test_a_code_without_a_weight(self, code: str) -> None:
        given_weights = Given({"a2": 40, "b1": 1, "b2": 99, "d3": 20, code: 1})
        fault = only_fault(WeightingError, lambda: given_weights.resolve(PARTLY))
        check_fault(fault, "weight-unknown-code", code, code)

    @pytest.mark.parametrize("value", ["-1", "-0.0000001"])
    def test_a_negative_weight(self, value: str) -> None:
        fault = only_fault(WeightingError, lambda: Given({"a1": value}).resolve(FULLY))
        check_fault(fault, "weight-negative", "a1", value)

    def test_a_code_that_is_given_twice(self) -> None:
        given_weights = Given([("a1", 1), ("d1", 3), ("a1", 1)])
        fault = only_fault(WeightingError, lambda: given_weights.resolve(FULLY))
        check_fault(fault, "weight-twice", "a1", "a1", "2")

    def test_every_code_that_is_given_twice(self) -> None:
        given_weights = Given([("a1", 1), ("d1", 3), ("a1", 1), ("d1", 3), ("d1", 3)])
        first, second = faults_of(WeightingError, lambda: given_weights.resolve(FULLY))
        check_fault(first, "weight-twice", "a1", "a1", "2")
        check_fault(second, "weight-twice", "d1", "d1", "3")

    def test_a_mean_of_weights_that_are_all_zero(self) -> None:
        fault = only_fault(WeightingError, lambda: Given({"a1": 0}).resolve(FULLY))
        check_fault(fault, "weights-all-zero", "d1", "d1")
        assert dict(Given({"d1": 0, "m1": 0}).resolve(FULLY))["d1"].value == 0

    def test_weights_that_do_not_add_up(self) -> None:
        given_weights = Given({"a1": "60.5", "a2": 40, "b1": 50, "b2": 50, "d3": 20})
        fault = only_fault(WeightingError, lambda: given_weights.resolve(PARTLY))
        check_fault(fault, "weights-dont-add-up", "d1", "100.5", "100")

    def test_what_weights_add_up_to_is_named_however_fine_it_is(self) -> None:
        given_weights = Given({"a2": "39.9999999", "b1": 50, "b2": 50, "d3": 20})
        fault = only_fault(WeightingError, lambda: given_weights.resolve(PARTLY))
        check_fault(fault, "weights-dont-add-up", "d1", "99.9999999", "100")

    def test_all_faults_are_named_at_once(self) -> None:
        given_weights = Given([("nowhere", 1), ("a1", -5), ("a2", 40), ("a2", 40), ("b1", 1)])
        faults = faults_of(WeightingError, lambda: given_weights.resolve(PARTLY))
        assert [fault.code for fault in faults] == [
            "weight-unknown-code",
            "weight-negative",
            "weight-twice",
            "weight-not-published",
            "weights-dont-add-up",
            "weight-not-published",
        ]

    @given(partly_weighed())
    def test_giving_what_another_weighting_found_finds_the_same(self, root: Dimension) -> None:
        found = EqualRemainder().resolve(root)
        given_weights = Given([(code, weight.value) for code, weight in found])
        assert [(code, weight.value) for code, weight in given_weights.resolve(root)] == [
            (code, weight.value) for code, weight in found
        ]
