"""What is known of weights: facts are read, misplaced ones refused, and regions are exact."""

from __future__ import annotations

import pickle
from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import bounds_oracle
import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    OFFICIAL,
    check_fault,
    dimension,
    faults_of,
    figure,
    indicator,
    measure,
    only_fault,
)
from meritindex.definition import (
    Admissible,
    Basis,
    Centre,
    Dimension,
    GeometricMean,
    Median,
    Node,
    Region,
    Standing,
    WeightedMean,
    WeightedSum,
)
from meritindex.errors import NumberError, WeightingError
from meritindex.language import LANGUAGES, Text

WHOLE = WeightedSum(basis=OFFICIAL, whole=Fraction(100))
# Open are a2, a3 and a4, together 40; b1, b2 and b3, together 100. Weights in c are plain factors,
# those in d are relative, and those in e nobody uses.
ROOT = dimension(
    "root",
    dimension("a", *map(indicator, ("a1", "a2", "a3", "a4"), (60, None, None, None)), rule=WHOLE),
    dimension("b", *map(indicator, ("b1", "b2", "b3"), (None, None, None)), rule=WHOLE),
    dimension("c", indicator("c1", 2), indicator("c2", 3)),
    dimension("d", indicator("d1", 2), indicator("d2", 0), rule=MEAN),
    dimension("e", indicator("e1", None), rule=Median(basis=ASSUMED)),
    measure("m", 0),
    deductions=(measure("correction", None),),
)


def region_of(facts: Admissible, code: str, root: Dimension = ROOT) -> Region:
    (found,) = (region for region in facts.regions(root) if region.dimension == code)
    return found


def ranges(region: Region) -> dict[str, tuple[Fraction, Fraction]]:
    ends = zip(region.lower, region.upper, strict=True)
    return dict(zip(region.codes, ends, strict=True))


class TestReading:
    def test_numbers_and_pairs_are_read_exactly(self) -> None:
        facts = Admissible(
            {"a1": "12,5", "a2": (0.1, "1/3"), "a3": (None, 3), "a4": [2, None], "a5": (None, None)}
        )
        assert facts.weights == (
            ("a1", (Fraction(25, 2), Fraction(25, 2))),
            ("a2", (Fraction(1, 10), Fraction(1, 3))),
            ("a3", (None, Fraction(3))),
            ("a4", (Fraction(2), None)),
            ("a5", (None, None)),
        )

    def test_pairs_or_mappings_and_any_sequence_of_codes(self) -> None:
        one = Admissible(
            iter([("a1", 1)]), order=iter([["a2", "a3"]]), sums=[(["a1", "a2"], 30), (("a3",), 2)]
        )
        other = Admissible({"a1": 1}, order=(("a2", "a3"),), sums={("a1", "a2"): 30, ("a3",): 2})
        assert one == other
        assert hash(one) == hash(other)
        assert one.order == (("a2", "a3"),)
        assert one.sums == (
            (("a1", "a2"), (Fraction(30), Fraction(30))),
            (("a3",), (Fraction(2), Fraction(2))),
        )

    def test_every_place_that_holds_no_number_is_named_at_once(self) -> None:
        weights = {
            "a1": "much",
            "a2": 1,
            "a3": ("x", True),
            "a4": (1, 2, 3),
            "a5": [],
            "a6": (1, "y"),
        }
        faults = faults_of(
            NumberError,
            lambda: Admissible(weights, sums={("a1", "a2"): "little", ("a2", "a3"): (1,)}),
        )
        assert [(fault.code, fault.item, fault.value) for fault in faults] == [
            ("not-a-number", "a1", '"much"'),
            ("not-a-number", "a3", '"x"'),
            ("not-a-number", "a3", "True"),
            ("interval-form", "a4", "(1, 2, 3)"),
            ("interval-form", "a5", "[]"),
            ("not-a-number", "a6", '"y"'),
            ("not-a-number", "a1 + a2", '"little"'),
            ("interval-form", "a2 + a3", "(1,)"),
        ]
        for fault in faults:
            check_fault(fault, fault.code, fault.item, fault.value or "")
            assert fault.allowed is not None
            for language in LANGUAGES:
                assert fault.in_language(language).startswith(f"{fault.item}: ")
                assert fault.allowed.in_language(language) in fault.message.in_language(language)

    @pytest.mark.parametrize(
        "fields", [{"order": "a1"}, {"order": ("a1", "a2")}, {"sums": {"a1": 2}}]
    )
    def test_a_text_where_codes_should_be(self, fields: dict[str, object]) -> None:
        with pytest.raises(TypeError, match="not the text"):
            Admissible(**fields)  # type: ignore[arg-type]

    def test_equal_hashable_picklable_and_frozen(self) -> None:
        facts = Admissible({"a2": (10, 20)}, order=[("a3", "a4")], sums={("a2", "a3"): 30})
        same = Admissible({"a2": (10, 20)}, order=[("a3", "a4")], sums={("a2", "a3"): 30})
        assert facts == same == pickle.loads(pickle.dumps(facts))
        assert {facts, same, pickle.loads(pickle.dumps(facts))} == {facts}
        assert attrs.evolve(facts, weights={"a2": "10,5"}) != facts
        assert attrs.evolve(facts) == facts
        assert "Fraction(20, 1)" in repr(facts)
        with pytest.raises(AttributeError):
            facts.weights = ()  # type: ignore[misc]
        with pytest.raises(ValueError, match="firm"):
            Admissible(standing="firm")


class TestWords:
    @pytest.mark.parametrize(
        "facts",
        [
            Admissible(),
            Admissible({"a2": 1}),
            Admissible(order=[("a2", "a3")]),
            Admissible(sums={("a2", "a3"): 3}),
            Admissible({"a2": 1}, source="page"),
        ],
    )
    def test_a_name_and_a_label_in_both_languages(self, facts: Admissible) -> None:
        assert facts.name == Centre(facts).name == "admissible"
        assert facts.label == Centre(facts).label
        assert facts.label.id != facts.label.en
        for language in LANGUAGES:
            label = facts.label.in_language(language)
            assert "{" not in label
            assert ("page" in label) == (facts.source is not None)

    def test_the_label_says_whose_facts_they_are(self) -> None:
        labels = {
            Admissible().label,
            Admissible({"a": 1}).label,
            Admissible({"a": 1}, source="x").label,
        }
        assert len(labels) == 3

    @pytest.mark.parametrize(
        ("facts", "words"),
        [
            (Admissible(), []),
            (Admissible({"a2": "12,5"}), [("a2 sama dengan 12.5", "a2 is 12.5")]),
            (Admissible({"a2": (10, "1/3")}), [("a2 dari 10 sampai 1/3", "a2 is from 10 to 1/3")]),
            (Admissible({"a2": (None, 3)}), [("a2 dari 0 sampai 3", "a2 is from 0 to 3")]),
            (Admissible({"a2": (3, None)}), [("a2 paling sedikit 3", "a2 is at least 3")]),
            (Admissible({"a2": (None, None)}), [("a2 paling sedikit 0", "a2 is at least 0")]),
            (Admissible(sums={("a2", "a3"): 5}), [("a2 + a3 sama dengan 5", "a2 + a3 is 5")]),
            (
                Admissible(order=[("a2", "a3", "a4")]),
                [
                    (
                        "bobot a2 paling sedikit sama dengan bobot a3",
                        "a2 weighs at least as much as a3",
                    ),
                    (
                        "bobot a3 paling sedikit sama dengan bobot a4",
                        "a3 weighs at least as much as a4",
                    ),
                ],
            ),
        ],
    )
    def test_facts(self, facts: Admissible, words: list[tuple[str, str]]) -> None:
        assert facts.facts == tuple(Text(*pair) for pair in words)

    @pytest.mark.parametrize(
        ("fields", "standing", "sources"),
        [
            ({}, Standing.ASSUMED, ()),
            ({"source": "page"}, Standing.REPORTED, ("page",)),
            ({"source": "page", "standing": "official"}, Standing.OFFICIAL, ("page",)),
            ({"source": "page", "standing": Standing.DRAFT}, Standing.DRAFT, ("page",)),
            ({"standing": "official"}, Standing.ASSUMED, ()),
        ],
    )
    def test_on_what_facts_rest(
        self, fields: dict[str, str], standing: Standing, sources: tuple[str, ...]
    ) -> None:
        basis = Admissible({"a2": 1}, **fields).basis  # type: ignore[arg-type]
        assert basis.standing is standing
        assert basis.sources == sources


class TestRefusals:
    @pytest.mark.parametrize("code", ["nowhere", "root", "correction", "e1", "line\nbreak"])
    def test_a_code_without_a_weight(self, code: str) -> None:
        for facts in (
            Admissible({code: 1}),
            Admissible(order=[("a2", code)]),
            Admissible(sums={(code, "a2"): 3}),
        ):
            fault = only_fault(WeightingError, lambda facts=facts: facts.regions(ROOT))  # type: ignore[misc]
            shown = '"line\\nbreak"' if "\n" in code else code
            check_fault(fault, "weight-unknown-code", shown, shown)

    def test_a_code_that_is_given_twice(self) -> None:
        facts = Admissible([("a2", 1), ("b1", 3), ("a2", 1)])
        check_fault(
            only_fault(WeightingError, lambda: facts.regions(ROOT)), "weight-twice", "a2", "a2", "2"
        )

    @pytest.mark.parametrize("ends", ["-1", (-1, 5), (-1, None), (None, -1)])
    def test_an_end_below_zero(self, ends: object) -> None:
        fault = only_fault(WeightingError, lambda: Admissible({"a2": ends}).regions(ROOT))
        check_fault(fault, "weight-negative", "a2", "a2", "-1")
        sums = Admissible(sums={("a2", "a3"): ends})
        fault = only_fault(WeightingError, lambda: sums.regions(ROOT))
        check_fault(fault, "weight-negative", "a2, a3", "a2, a3", "-1")

    def test_both_ends_below_zero(self) -> None:
        facts = Admissible({"a2": (-2, "-0.5")})
        first, second = faults_of(WeightingError, lambda: facts.regions(ROOT))
        check_fault(first, "weight-negative", "a2", "-2")
        check_fault(second, "weight-negative", "a2", "-0.5")

    def test_ends_the_wrong_way_round(self) -> None:
        facts = Admissible({"a2": (20, 10)})
        fault = only_fault(WeightingError, lambda: facts.regions(ROOT))
        check_fault(fault, "interval-reversed", "a2", "a2", "20", "10")
        facts = Admissible(sums={("b1", "b2"): ("20.0000001", 20)})
        fault = only_fault(WeightingError, lambda: facts.regions(ROOT))
        check_fault(fault, "interval-reversed", "b1, b2", "b1, b2", "20.0000001", "20")

    @pytest.mark.parametrize("codes", [(), ("a2",), ("a2", "a2"), ("a2", "a3", "a2")])
    def test_a_fact_that_ties_nothing(self, codes: tuple[str, ...]) -> None:
        for facts in (Admissible(order=[codes]), Admissible(sums={codes: 3})):
            fault = only_fault(WeightingError, lambda facts=facts: facts.regions(ROOT))  # type: ignore[misc]
            shown = ", ".join(facts.order[0] if facts.order else sorted(codes)) or "-"
            check_fault(fault, "fact-form", shown, shown)

    def test_a_fact_that_ties_children_of_different_dimensions(self) -> None:
        for facts in (Admissible(order=[("b1", "a2")]), Admissible(sums={("b1", "a2"): 3})):
            fault = only_fault(WeightingError, lambda facts=facts: facts.regions(ROOT))  # type: ignore[misc]
            assert fault.item in {"b1, a2", "a2, b1"}
            check_fault(fault, "fact-across-dimensions", fault.item, fault.item, "(a, b)")
        # A dimension and what stands in it are no siblings either.
        fault = only_fault(WeightingError, lambda: Admissible(order=[("a", "a2")]).regions(ROOT))
        check_fault(fault, "fact-across-dimensions", "a, a2", "(a, root)")

    def test_facts_that_contradict_each_other_are_named_and_no_others(self) -> None:
        facts = Admissible(
            {"a2": (10, 20), "a3": (5, 8)},
            order=[("a3", "a2")],
            sums={("a3", "a4"): (None, 35)},
        )
        fault = only_fault(WeightingError, lambda: facts.regions(ROOT))
        check_fault(fault, "region-empty", "a", *facts.facts[:3])
        for language in LANGUAGES:
            message = fault.message.in_language(language)
            assert facts.facts[3].in_language(language) not in message
            assert "60" not in message
            assert "100" not in message

    def test_a_contradiction_with_what_is_published(self) -> None:
        fault = only_fault(WeightingError, lambda: Admissible({"a2": 41}).regions(ROOT))
        check_fault(fault, "region-empty", "a", "a1", "60", "a2", "41", "100")
        assert "a1 dipublikasikan" in fault.message.id
        fault = only_fault(
            WeightingError, lambda: Admissible({"c1": 2}, order=[("c1", "c2")]).regions(ROOT)
        )
        check_fault(fault, "region-empty", "c", "c1", "c2", "3")

    def test_too_little_for_the_whole(self) -> None:
        facts = Admissible({"b1": 20, "b2": (None, 30), "b3": (10, "49.99")})
        fault = only_fault(WeightingError, lambda: facts.regions(ROOT))
        check_fault(fault, "region-empty", "b", *facts.facts, "100")

    def test_weights_without_an_upper_end(self) -> None:
        facts = Admissible({"c1": (1, None), "c2": (None, None)})
        fault = only_fault(WeightingError, lambda: facts.regions(ROOT))
        check_fault(fault, "region-unbounded", "c", "c1, c2", "c")
        facts = Admissible({"c1": (1, None), "c2": (1, 2)})
        fault = only_fault(WeightingError, lambda: facts.regions(ROOT))
        check_fault(fault, "region-unbounded", "c", "c1")
        assert "c2" not in fault.message.en

    def test_a_sum_or_an_order_is_an_upper_end(self) -> None:
        facts = Admissible(
            {"c1": (1, None), "c2": (1, None), "d1": (1, 4), "d2": (None, None)},
            order=[("d1", "d2")],
            sums={("c1", "c2"): 5},
        )
        assert ranges(region_of(facts, "c")) == {"c1": (1, 4), "c2": (1, 4)}
        assert ranges(region_of(facts, "d")) == {"d1": (1, 4), "d2": (0, 4)}

    @pytest.mark.parametrize(
        "facts",
        [
            Admissible({"d1": 0}),
            Admissible({"d1": (None, 3)}),
            Admissible({"d1": (0, 3), "d2": (None, 2)}, order=[("d1", "d2")]),
        ],
    )
    def test_a_mean_of_weights_that_may_all_be_zero(self, facts: Admissible) -> None:
        fault = only_fault(WeightingError, lambda: facts.regions(ROOT))
        check_fault(fault, "weights-all-zero", "d", "d")

    def test_weights_of_which_each_may_be_zero_but_not_all(self) -> None:
        facts = Admissible({"d1": (0, 3), "d2": (None, 2)}, sums={("d1", "d2"): (1, 4)})
        assert ranges(region_of(facts, "d")) == {"d1": (0, 3), "d2": (0, 2)}
        # A sum may be of weights that are all zero.
        assert ranges(region_of(Admissible({"c1": (0, 1), "c2": 0}), "c"))["c2"] == (0, 0)

    def test_all_that_is_misplaced_is_named_at_once(self) -> None:
        facts = Admissible(
            [("nowhere", 1), ("a2", (-1, 5)), ("a3", (3, 1)), ("a3", 2)],
            order=[("a2",), ("a2", "b1"), ("a2", "elsewhere")],
            sums={("b1", "b2"): (2, 1), ("b1", "c1"): -3},
        )
        faults = faults_of(WeightingError, lambda: facts.regions(ROOT))
        assert [(fault.code, fault.item) for fault in faults] == [
            ("weight-unknown-code", "nowhere"),
            ("weight-unknown-code", "elsewhere"),
            ("weight-twice", "a3"),
            ("fact-form", "a2"),
            ("fact-across-dimensions", "a2, b1"),
            ("fact-across-dimensions", "b1, c1"),
            ("weight-negative", "a2"),
            ("interval-reversed", "a3"),
            ("interval-reversed", "b1, b2"),
            ("weight-negative", "b1, c1"),
        ]
        assert faults_of(WeightingError, lambda: Centre(facts).resolve(ROOT)) == faults

    def test_all_regions_that_are_refused_are_named_at_once(self) -> None:
        facts = Admissible({"a2": 41, "b1": 101, "c1": (None, None), "d1": 0})
        faults = faults_of(WeightingError, lambda: facts.regions(ROOT))
        assert [(fault.code, fault.item) for fault in faults] == [
            ("region-empty", "a"),
            ("region-empty", "b"),
            ("region-unbounded", "c"),
            ("weights-all-zero", "d"),
        ]

    def test_a_region_is_no_weighting(self) -> None:
        for root in (ROOT, mi.instrument("ism-2026").root):
            fault = only_fault(WeightingError, lambda root=root: Admissible().resolve(root))  # type: ignore[misc]
            check_fault(fault, "weights-are-a-region", root.code, "bounds")


class TestRegions:
    def test_what_is_published_is_fixed_and_the_rest_fills_the_whole(self) -> None:
        regions = Admissible().regions(ROOT)
        assert [region.dimension for region in regions] == ["root", "a", "b", "c", "d"]
        root, a, b, c, d = regions
        assert a.codes == ("a1", "a2", "a3", "a4")
        assert a.whole == 100
        assert ranges(a) == {"a1": (60, 60), "a2": (0, 40), "a3": (0, 40), "a4": (0, 40)}
        assert ranges(b) == dict.fromkeys(("b1", "b2", "b3"), (0, 100))
        assert c.whole is None
        assert c.lower == c.upper == c.centre == (2, 3)
        assert d.centre == (2, 0)
        assert root.centre == (1, 1, 1, 1, 1, 0)
        assert [region.is_point for region in regions] == [True, False, False, True, True]
        assert all(region.is_box for region in regions)

    def test_of_the_published_instrument(self) -> None:
        root = mi.instrument("ism-2026").root
        regions = {region.dimension: region for region in Admissible().regions(root)}
        order = [node.code for node in root.walk()]
        assert sorted(regions, key=order.index) == list(regions)
        assert list(regions)[:3] == ["index", "maturity", "a1"]
        maturity = regions.pop("maturity")
        assert maturity.codes == tuple(f"a{number}" for number in range(1, 9))
        assert maturity.whole == 100
        assert ranges(maturity) == {
            "a1": (10, 10),
            **dict.fromkeys(("a2", "a3", "a4", "a5", "a6", "a7"), (0, 80)),
            "a8": (10, 10),
        }
        assert maturity.centre == (10, *[Fraction(40, 3)] * 6, 10)
        assert all(region.is_point and region.is_box for region in regions.values())
        assert ranges(regions["index"]) == {"maturity": (75, 75), "satisfaction": (25, 25)}
        standings = dict(zip(maturity.codes, maturity.bases, strict=True))
        weights = {child.code: child.weight for child in root.children[0].children}  # type: ignore[union-attr]
        assert standings["a1"] is weights["a1"].basis
        assert standings["a2"] is root.children[0].rule.basis  # type: ignore[union-attr]

    def test_more_is_known_of_the_published_instrument(self) -> None:
        root = mi.instrument("ism-2026").root
        facts = Admissible(
            {"a2": 15, "a3": (10, 20), "a4": (None, 12)},
            order=[("a2", "a5", "a6")],
            sums={("a2", "a3"): 30, ("a4", "a5"): (25, 35)},
        )
        found = ranges(region_of(facts, "maturity", root))
        assert found == {
            "a1": (10, 10),
            "a2": (15, 15),
            "a3": (15, 15),
            "a4": (10, 12),
            "a5": (13, 15),
            "a6": (0, 15),
            "a7": (8, 25),
            "a8": (10, 10),
        }

    def test_facts_open_what_is_published(self) -> None:
        found = region_of(Admissible({"a1": (50, None), "a2": 10}, source="page"), "a")
        assert ranges(found) == {"a1": (50, 90), "a2": (10, 10), "a3": (0, 40), "a4": (0, 40)}
        assert [basis.standing for basis in found.bases] == [
            "reported",
            "reported",
            *["official"] * 2,
        ]

    def test_on_what_each_weight_rests(self) -> None:
        facts = Admissible(
            {"a2": (1, 2), "b2": (1, None)},
            order=[("a1", "a3")],
            sums={("b1", "b2"): 50},
            source="page",
        )
        a, b = region_of(facts, "a"), region_of(facts, "b")
        assert a.bases == (ASSUMED, facts.basis, facts.basis, OFFICIAL)
        assert b.bases == (facts.basis, facts.basis, OFFICIAL)
        assert region_of(facts, "c").bases == (ASSUMED, ASSUMED)

    @pytest.mark.parametrize(
        ("facts", "is_box", "is_point"),
        [
            (Admissible(), True, False),
            (Admissible({"a2": (1, 2)}), True, False),
            (Admissible({"a2": 20, "a3": 20}), True, True),
            (Admissible({"a2": (20, None), "a3": (20, None)}), True, True),
            (Admissible(order=[("a2", "a3")]), False, False),
            (Admissible(sums={("a2", "a3"): (0, 50)}), False, False),
            (Admissible(sums={("a2", "a3"): 0}), False, True),
            (Admissible({"b2": 20, "b3": 20}, order=[("b2", "b3")]), True, False),
        ],
    )
    def test_boxes_and_points(self, facts: Admissible, is_box: bool, is_point: bool) -> None:
        found = region_of(facts, "a")
        assert (found.is_box, found.is_point) == (is_box, is_point)
        assert found.centre in found.polytope

    def test_equal_hashable_and_picklable(self) -> None:
        one, other = (Admissible({"a2": (1, 2)}).regions(ROOT) for _ in range(2))
        assert one[1].centre[0] == 60
        assert one == other == pickle.loads(pickle.dumps(one))
        assert set(one) == set(other)
        with pytest.raises(AttributeError):
            one[0].whole = None  # type: ignore[misc]


class TestCentre:
    def test_is_a_weighting_of_all_nodes_in_the_order_of_the_tree(self) -> None:
        facts = Admissible({"a2": (10, 20)})
        weights = Centre(facts).resolve(ROOT)
        assert [code for code, _ in weights] == [
            *("a", "b", "c", "d", "e", "m"),
            *("a1", "a2", "a3", "a4", "b1", "b2", "b3", "c1", "c2", "d1", "d2", "e1"),
        ]
        found = dict(weights)
        assert found["a1"] == figure(60)
        assert found["c2"] == figure(3)
        assert found["e1"] == figure(1, ASSUMED)
        assert found["a2"].basis == facts.basis
        assert found["a3"].basis == OFFICIAL
        assert sum(found[code].value for code in ("a1", "a2", "a3", "a4")) == 100
        assert 10 < found["a2"].value < 20
        assert all(found[code].value > 0 for code in ("a3", "a4", "b1", "b2", "b3"))

    def test_equal_and_hashable(self) -> None:
        one, other = (Centre(Admissible({"a2": (10, 20)})) for _ in range(2))
        assert one == other == pickle.loads(pickle.dumps(one))
        assert hash(one) == hash(other)

    def test_where_nothing_distinguishes_the_open_weights_they_are_equal(self) -> None:
        root = mi.instrument("ism-2026").root
        weights = dict(Centre(Admissible()).resolve(root))
        equal = dict(mi.EqualRemainder().resolve(root))
        assert {code: one.value for code, one in weights.items()} == {
            code: one.value for code, one in equal.items()
        }


# Against every vertex


@st.composite
def cases(draw: st.DrawFn) -> tuple[Dimension, dict[str, object]]:
    """Draw a dimension, and facts that some weighting of it keeps."""
    size = draw(st.integers(1, 5))
    codes = [f"i{place}" for place in range(size)]
    true = [Fraction(draw(st.integers(0, 6)), draw(st.sampled_from([1, 2]))) for _ in codes]
    total = sum(true)
    whole = total if total and draw(st.booleans()) else None
    published = [whole is None or draw(st.booleans()) for _ in codes]
    kind = draw(st.sampled_from([WeightedSum, WeightedMean, GeometricMean]))
    gaps = st.none() | st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(2)])

    def around(value: Fraction) -> tuple[Fraction | None, Fraction | None]:
        down, up = draw(gaps), draw(gaps)
        return (
            None if down is None else max(value - down, Fraction(0)),
            None if up is None else value + up,
        )

    weights = {
        code: around(value) if draw(st.integers(0, 2)) else value
        for code, value in zip(codes, true, strict=True)
        if draw(st.booleans())
    }
    groups = st.lists(st.sampled_from(codes), min_size=2, unique=True) if size > 1 else st.nothing()
    few = {"max_size": 2 if size > 1 else 0}
    value_of = dict(zip(codes, true, strict=True))
    order = [
        tuple(sorted(group, key=lambda code: -value_of[code]))
        for group in draw(st.lists(groups, **few))
    ]
    sums = {
        tuple(group): around(sum((value_of[code] for code in group), Fraction(0)))
        for group in draw(st.lists(groups, **few))
    }
    children: list[Node] = [
        indicator(code, value if known else None)
        for code, value, known in zip(codes, true, published, strict=True)
    ]
    if kind is not WeightedSum:
        assume(any(true))
    root = dimension("root", *children, rule=kind(basis=ASSUMED, whole=whole))  # type: ignore[arg-type]
    return root, {"weights": weights, "order": order, "sums": sums}


@given(cases())
def test_ends_are_the_true_extremes(case: tuple[Dimension, dict[str, object]]) -> None:
    root, facts = case
    try:
        (region,) = Admissible(**facts).regions(root)  # type: ignore[arg-type]
    except WeightingError as error:
        # The true weights keep all facts; so the region has no end, or all may be zero.
        (fault,) = error.faults
        assert fault.code in {"region-unbounded", "weights-all-zero"}
        assert root.rule is not None
        assert root.rule.whole is None
        return
    known = bounds_oracle.region_of(root, facts["weights"], facts["order"], facts["sums"])  # type: ignore[arg-type]
    vertices = bounds_oracle.vertices(known)
    for place, code in enumerate(region.codes):
        values = [vertex[code] for vertex in vertices]
        assert (region.lower[place], region.upper[place]) == (min(values), max(values))
        # In the middle nothing is at an end that it need not be at.
        assert (region.centre[place] in {min(values), max(values)}) == (min(values) == max(values))
    assert bounds_oracle.admits(known, dict(zip(region.codes, region.centre, strict=True)))
    assert region.centre in region.polytope
    assert region.is_point == (len(vertices) == 1)
    assert region.is_box == (not facts["order"] and not facts["sums"])
    for vertex in vertices:
        assert tuple(vertex.values()) in region.polytope
    weights = dict(Centre(Admissible(**facts)).resolve(root))  # type: ignore[arg-type]
    assert tuple(weights[code].value for code in region.codes) == region.centre
    assert all(isinstance(weight.basis, Basis) for weight in weights.values())
