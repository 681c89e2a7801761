from __future__ import annotations

import copy
import enum
import itertools
import pickle
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    ASSUMED,
    LAW,
    OFFICIAL,
    band,
    check_fault,
    dimension,
    faults_of,
    figure,
    gate,
    indicator,
    instrument,
    limit,
    measure,
    measured_instrument,
    only_fault,
    parts_of,
    rich_instrument,
    when,
)
from meritindex import definition
from meritindex.definition import (
    Admissible,
    Agency,
    Bands,
    Basis,
    Centre,
    Commitment,
    Condition,
    Correspondence,
    Crosswalk,
    CrosswalkSide,
    DerivedFigure,
    EqualRemainder,
    Figure,
    Given,
    InForce,
    Instrument,
    Level,
    Limit,
    Milestone,
    PublishedResult,
    Remark,
    Rounding,
    Source,
    Stated,
    WeightedMean,
    WeightedSum,
)
from meritindex.definition.applicability import MAX_COMBINATIONS
from meritindex.definition.instrument import bases
from meritindex.errors import DefinitionError, UnknownNameError
from meritindex.language import Text
from meritindex.numbers import quoted

UNLISTED = Basis(standing="reported", sources=("law", "rumour"))
CACHED = ("fingerprint", "nodes", "indicators", "measures", "dimensions", "_by_code", "_parents")


def use_caches(one: Instrument) -> None:
    """Use everything that an instrument works out once."""
    for name in CACHED:
        assert getattr(one, name) is getattr(one, name)


class TestLookingUp:
    ONE = rich_instrument()

    def test_nodes_stand_in_the_order_of_the_tree(self) -> None:
        one = self.ONE
        codes = ["total_points", "first", "a1", "a2", "second", "survey", "correction"]
        assert [node.code for node in one.nodes] == codes
        assert [node.code for node in one.indicators] == ["a1", "a2"]
        assert [node.code for node in one.measures] == ["survey", "correction"]
        assert [node.code for node in one.dimensions] == ["total_points", "first", "second"]

    def test_nodes_and_gates_are_found_by_their_codes(self) -> None:
        for item in (*self.ONE.nodes, *self.ONE.gates):
            assert self.ONE[item.code] is item
            assert item.code in self.ONE
        assert "nowhere" not in self.ONE
        assert 3 not in self.ONE

    def test_an_unknown_code(self) -> None:
        fault = only_fault(UnknownNameError, lambda: self.ONE["nowhere"])
        check_fault(fault, "unknown-code", "nowhere", "nowhere", "rich")
        assert only_fault(UnknownNameError, lambda: self.ONE.dimension("nowhere")) == fault

    @pytest.mark.parametrize("code", ["a1", "survey", "works"])
    def test_what_is_no_dimension(self, code: str) -> None:
        fault = only_fault(UnknownNameError, lambda: self.ONE.dimension(code))
        check_fault(fault, "not-a-dimension", code, code)
        assert self.ONE.dimension("first") is self.ONE["first"]

    def test_parents_and_paths_lead_to_the_root(self) -> None:
        one = self.ONE
        assert one.parent("a1") is one["first"]
        assert one.parent("correction") is one.root
        assert one.parent("total_points") is None
        assert one.path("a1") == ("first", "total_points")
        assert one.path("survey") == one.path("correction") == ("total_points",)
        assert one.path("total_points") == ()

    def test_sources_are_found_by_their_codes(self) -> None:
        assert self.ONE.source("law") is LAW
        assert self.ONE.source("rumour") is None

    def test_points_are_entered_within_what_a_dimension_can_be_worth(self) -> None:
        assert self.ONE.entry_range(self.ONE.dimension("second")) == (0, 100)

    def test_the_default_weighting_is_the_stated_one(self) -> None:
        assert instrument(indicator("a1")).default_weighting == Stated()

    def test_repr_says_what_it_is_on_one_line(self) -> None:
        expected = "<Instrument rich: 3 dimensions, 2 indicators, 2 gates>"
        assert repr(self.ONE) == str(self.ONE) == expected
        few = "<Instrument example: 1 dimension, 1 indicator, 0 gates>"
        assert repr(instrument(indicator("a1"))) == few

    def test_bases_are_found_with_the_item_they_belong_to(self) -> None:
        found = list(bases(self.ONE))
        expected = [part for part in parts_of(attrs.evolve(self.ONE)) if isinstance(part, Basis)]
        assert len(found) == len(expected)
        assert {basis for _, basis in found} == set(expected)
        items = {item for item, _ in found}
        codes = {item.code for item in (*self.ONE.nodes, *self.ONE.gates)}
        assert items == codes | {"rich"}


class TestRefusals:
    def test_a_code_that_stands_twice_among_nodes_and_gates(self) -> None:
        inner = dimension("d", indicator("a1"), indicator("g1"))
        first, second = faults_of(
            DefinitionError, lambda: instrument(inner, indicator("a1"), gates=(gate("g1"),))
        )
        what = Text("kode", "the code")
        check_fault(first, "code-twice", "a1", what, "a1", "2")
        check_fault(second, "code-twice", "g1", what, "g1", "2")

    def test_a_source_that_stands_twice(self) -> None:
        fault = only_fault(DefinitionError, lambda: instrument(indicator("a1"), sources=(LAW, LAW)))
        check_fault(fault, "code-twice", "law", Text("sumber", "the source"), "law", "2")

    def test_a_gate_that_does_not_exist(self) -> None:
        node = indicator("a1", conditions=(when("g1"), when("g9")))
        fault = only_fault(DefinitionError, lambda: instrument(node, gates=(gate("g1"),)))
        check_fault(fault, "gate-unknown", "a1", "g9")

    @pytest.mark.parametrize(("options", "shown"), [((), "-"), (("maybe",), "maybe")])
    def test_an_option_that_does_not_exist(self, options: tuple[str, ...], shown: str) -> None:
        condition = definition.Condition("g1", options)
        node = indicator("a1", conditions=(condition,))
        fault = only_fault(DefinitionError, lambda: instrument(node, gates=(gate("g1"),)))
        check_fault(fault, "gate-option-unknown", "a1", shown, "g1", "yes, no")

    @pytest.mark.parametrize(
        ("build", "item"),
        [
            (lambda: instrument(indicator("a1", basis=UNLISTED)), "a1"),
            (lambda: instrument(indicator("a1", scale_basis=UNLISTED)), "a1"),
            (lambda: instrument(indicator("a1", figure(1, UNLISTED))), "a1"),
            (lambda: instrument(measure("m1", missing="zero", missing_basis=UNLISTED)), "m1"),
            (
                lambda: instrument(
                    dimension("d", indicator("a1"), rule=WeightedSum(basis=UNLISTED))
                ),
                "d",
            ),
            (lambda: instrument(dimension("d", maximum=figure(1, UNLISTED))), "d"),
            (
                lambda: instrument(
                    dimension("d", indicator("a1"), entry_maximum=figure(9, UNLISTED))
                ),
                "d",
            ),
            (
                lambda: instrument(
                    dimension("d", rounding=Rounding(digits=4, basis=UNLISTED), decimals=4)
                ),
                "d",
            ),
            (
                lambda: instrument(
                    dimension(
                        "d",
                        bands=Bands(
                            items=(
                                band("a"),
                                band("b", attrs.evolve(limit(1), basis=UNLISTED)),
                            )
                        ),
                    )
                ),
                "d",
            ),
            (
                lambda: instrument(
                    indicator("a1", conditions=(when("g1"),)), gates=(gate("g1", basis=UNLISTED),)
                ),
                "g1",
            ),
            (
                lambda: instrument(indicator("a1"), in_force=InForce(start=2020, basis=UNLISTED)),
                "example",
            ),
            (
                lambda: instrument(
                    indicator("a1"),
                    derived=(
                        DerivedFigure(
                            code="share", name=Text.same("share"), factor=figure(1, UNLISTED)
                        ),
                    ),
                ),
                "example",
            ),
            (
                lambda: instrument(
                    indicator("a1"), remarks=(Remark(text=Text.same("x"), basis=UNLISTED),)
                ),
                "example",
            ),
        ],
    )
    def test_a_source_that_is_not_listed_wherever_it_is_named(
        self, build: Callable[[], Instrument], item: str
    ) -> None:
        check_fault(only_fault(DefinitionError, build), "source-unknown", item, "rumour")

    def test_too_many_gates_that_decide_about_one_indicator(self) -> None:
        gates = tuple(gate(f"g{place}") for place in range(15))
        asked = tuple(when(one.code) for one in gates)

        def build(count: int) -> Instrument:
            return instrument(indicator("a1", conditions=asked[:count]), gates=gates)

        assert MAX_COMBINATIONS == 16_384
        assert build(14).gates == gates
        for fault in faults_of(DefinitionError, lambda: build(15)):
            check_fault(fault, "gates-too-many", fault.item, "32768", "16384")
            assert fault.item in {"a1", "total_points"}

    def test_too_many_gates_that_decide_about_one_dimension(self) -> None:
        # Each indicator stands by itself, and all of them together change the same divisor.
        gates = tuple(gate(f"g{place}", "a", "b", "c", "d") for place in range(8))
        children = [
            indicator(f"a{place}", conditions=(when(one.code, "a"),))
            for place, one in enumerate(gates)
        ]
        assert len(instrument(*children[:7], gates=gates).indicators) == 7
        fault = only_fault(DefinitionError, lambda: instrument(*children, gates=gates))
        check_fault(fault, "gates-too-many", "total_points", "65536", "16384")

    def test_too_many_gates_that_decide_in_one_group_across_dimensions(self) -> None:
        # No dimension has more than 16,384 patterns; a chain of shared gates ties all together.
        gates = tuple(gate(f"g{place}", "a", "b", "c", "d") for place in range(9))
        children = [
            dimension(
                f"d{place}",
                indicator(f"a{place}", conditions=(when(one.code, "a"), when(two.code, "a"))),
                indicator(f"b{place}"),
            )
            for place, (one, two) in enumerate(itertools.pairwise(gates))
        ]
        fault = only_fault(DefinitionError, lambda: instrument(*children, gates=gates))
        check_fault(fault, "gates-too-many", "a0", str(4**9), "16384")

    def test_gates_in_separate_dimensions_do_not_multiply(self) -> None:
        gates = tuple(gate(f"g{place}", "a", "b", "c", "d") for place in range(9))
        children = [
            dimension(
                f"d{place}",
                indicator(f"a{place}", conditions=(when(one.code, "a"),)),
                indicator(f"b{place}"),
            )
            for place, one in enumerate(gates)
        ]
        assert len(instrument(*children, gates=gates).dimensions) == 10

    @pytest.mark.parametrize("code", ["a1", "g1", "total_points", "half"])
    def test_a_derived_figure_with_the_code_of_something_else(self, code: str) -> None:
        half = DerivedFigure(code="half", name=Text.same("half"), factor=figure("1/2"))
        other = attrs.evolve(half, code=code)
        fault = only_fault(
            DefinitionError,
            lambda: instrument(indicator("a1"), gates=(gate("g1"),), derived=(half, other)),
        )
        check_fault(fault, "code-twice", code, Text("kode", "the code"), code, "2")

    @pytest.mark.parametrize("code", ["Half", "", "total"])
    def test_a_derived_figure_with_a_code_that_cannot_be_one(self, code: str) -> None:
        fault = only_fault(
            DefinitionError,
            lambda: DerivedFigure(code=code, name=Text.same("half"), factor=figure("1/2")),
        )
        check_fault(fault, "code-not-allowed", code, quoted(code))

    @pytest.mark.parametrize(
        ("start", "until", "sound"),
        [
            (date(2020, 5, 2), date(2020, 5, 3), True),
            (date(2020, 5, 2), date(2020, 5, 2), False),
            (date(2020, 5, 2), date(2019, 5, 3), False),
            (2020, date(2020, 1, 2), True),
            (2020, date(2020, 1, 1), False),
            (2020, date(2019, 12, 31), False),
            (2020, None, True),
        ],
    )
    def test_an_instrument_is_in_force_for_a_day_at_least(
        self, start: date | int, until: date | None, sound: bool
    ) -> None:
        if sound:
            assert InForce(start=start, until=until, basis=ASSUMED).until == until
        else:
            fault = only_fault(
                DefinitionError, lambda: InForce(start=start, until=until, basis=ASSUMED)
            )
            check_fault(fault, "in-force-until", None, str(start), str(until))

    def test_all_faults_are_named_at_once(self) -> None:
        children = (
            indicator("a1", conditions=(when("g9"),)),
            indicator("a1", conditions=(when("g1", "maybe"),), basis=UNLISTED),
        )
        faults = faults_of(DefinitionError, lambda: instrument(*children, gates=(gate("g1"),)))
        assert [fault.code for fault in faults] == [
            "code-twice",
            "gate-unknown",
            "gate-option-unknown",
            "source-unknown",
        ]


EXAMPLES = (
    *parts_of(rich_instrument()),
    *parts_of(measured_instrument()),
    Agency(name="Kota Contoh", kind="city"),
    PublishedResult(
        agency=Agency(name="Kota Contoh"),
        printed_name="Pemkot Contoh",
        total=Fraction(1),
        standing="reported",
        source="page",
        stage="verified",
    ),
    Milestone(date=date(2026, 12, 31), total=2),
    Commitment(
        agency=Agency(name="Kota Contoh"),
        signed=date(2025, 9, 10),
        milestones=[Milestone(date=date(2026, 12, 31), total=2)],
        source="page",
        standing="reported",
    ),
    WeightedSum(basis=ASSUMED),
    WeightedMean(basis=ASSUMED, whole=Fraction(100)),
    Stated(),
    EqualRemainder(),
    Given({"a1": 1}),
    Admissible({"a1": (1, 2)}, order=[("a2", "a1")], sums={("a1", "a2"): 3}),
    Centre(Admissible()),
    Admissible().regions(instrument(indicator("a1")).root)[0],
    Crosswalk(
        source=CrosswalkSide(instrument="old", below=("root",), without_counterpart=("a2",)),
        target=CrosswalkSide(instrument="new"),
        pairs=(Correspondence(source=("a1",), target=("b1", "b2"), basis=ASSUMED),),
        basis=ASSUMED,
    ),
)
EXAMPLES += tuple(parts_of(EXAMPLES[-1]))
# One or more of every type; which example it is shows in the name of the test.
BY_TYPE = {type(example): example for example in EXAMPLES}


def test_every_type_of_definition_has_an_example() -> None:
    exported = {getattr(definition, name) for name in definition.__all__}
    types = {one for one in exported if isinstance(one, type) and attrs.has(one)}
    assert types <= set(BY_TYPE)


@pytest.mark.parametrize("example", BY_TYPE.values(), ids=lambda one: type(one).__name__)
class TestLaw7FrozenAndPure:
    def test_no_field_can_be_set_deleted_or_added(self, example: attrs.AttrsInstance) -> None:
        for attribute in attrs.fields(type(example)):
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                setattr(example, attribute.name, getattr(example, attribute.name))
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                delattr(example, attribute.name)
        with pytest.raises(AttributeError):
            example.something_else = 1  # type: ignore[attr-defined]

    def test_equal_content_is_equal_and_hashes_alike(self, example: attrs.AttrsInstance) -> None:
        twin = attrs.evolve(example)
        assert twin is not example
        assert twin == example
        assert not twin != example  # noqa: SIM202
        assert hash(twin) == hash(example)
        assert example != "something else"

    @pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
    def test_it_can_be_pickled_and_copied(
        self, example: attrs.AttrsInstance, protocol: int
    ) -> None:
        twins = (
            pickle.loads(pickle.dumps(example, protocol)),
            copy.copy(example),
            copy.deepcopy(example),
        )
        for twin in twins:
            assert type(twin) is type(example)
            assert twin == example
            assert hash(twin) == hash(example)


class TestPickledInstrument:
    @pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
    def test_the_same_before_and_after_its_caches_are_used(self, protocol: int) -> None:
        one = rich_instrument()
        fresh = pickle.loads(pickle.dumps(one, protocol))
        use_caches(one)
        used = pickle.loads(pickle.dumps(one, protocol))
        for twin in (fresh, used):
            use_caches(twin)
            assert twin == one
            assert twin.fingerprint == one.fingerprint
            assert twin.nodes == one.nodes
            assert twin["a1"] == one["a1"]
            assert twin.path("a1") == one.path("a1")
            assert twin.entry_range(twin.root) == one.entry_range(one.root)

    def test_what_is_worked_out_cannot_be_overwritten(self) -> None:
        one = rich_instrument()
        use_caches(one)
        for name in CACHED:
            with pytest.raises(AttributeError):
                setattr(one, name, None)

    def test_an_evolved_instrument_works_everything_out_anew(self) -> None:
        one = rich_instrument()
        use_caches(one)
        other = attrs.evolve(one, root=attrs.evolve(one.root, code="other_root"))
        assert other.fingerprint != one.fingerprint
        assert "other_root" in other
        assert "total_points" not in other
        assert other.parent("first") is other.root


# --- The fingerprint -------------------------------------------------------------------------


def changed(value: object, name: str) -> Iterator[object]:  # noqa: C901 - a flat list of types
    """Yield values that say something else than `value`, as another definition would."""
    match value:
        case enum.Enum():
            yield from (member for member in type(value) if member is not value)
        case bool():
            yield not value
        case int():
            yield value + 1
        case str():
            yield from (value + "x", value[1:] + "y", value + value)
        case Fraction():
            yield from (value + 1, value / 2 + Fraction(1, 7), -value - 1)
        case date():
            yield from (value + timedelta(days=1), value.year)
        case tuple():
            yield (*value, "more")
            if value:
                yield value[:-1]
                yield (*value, value[-1])
            if value != value[::-1]:
                yield value[::-1]
        case None:
            yield from ("some", Text.same("some"), Fraction(0), 0, ())
        case WeightedSum():
            yield from (WeightedMean(basis=value.basis, whole=value.whole), None)
        case WeightedMean():
            yield from (WeightedSum(basis=value.basis, whole=value.whole), None)
        case Given():
            yield from (Stated(), EqualRemainder())
        case _:
            assert attrs.has(type(value)), name
            yield None


def rebuilt(value: object, /, **fields: object) -> object:
    """Return a definition with other fields, whether or not it makes sense like that."""
    other = object.__new__(type(value))
    for attribute in attrs.fields(type(value)):  # type: ignore[arg-type]
        content = fields.get(attribute.name, getattr(value, attribute.name))
        object.__setattr__(other, attribute.name, content)
    return other


def variants(value: object, name: str = "") -> Iterator[tuple[str, object]]:
    """Yield every definition that differs from `value` in one place, with the place."""
    if name:
        for place, other in enumerate(changed(value, name)):
            if other != value or type(other) is not type(value):
                yield f"{name}#{place}", other
    if isinstance(value, tuple):
        for place, item in enumerate(value):
            for inner, other in variants(item, f"{name}[{place}]"):
                yield inner, (*value[:place], other, *value[place + 1 :])
    elif attrs.has(kind := type(value)):
        for attribute in attrs.fields(kind):
            content = getattr(value, attribute.name)
            for inner, other in variants(content, f"{name}.{attribute.name}"):
                yield inner, rebuilt(value, **{attribute.name: other})


@st.composite
def one_changed(draw: st.DrawFn, value: object) -> object:
    """Draw a definition that differs from `value` in one place."""
    if isinstance(value, tuple) and value and draw(st.booleans()):
        place = draw(st.integers(0, len(value) - 1))
        return (*value[:place], draw(one_changed(value[place])), *value[place + 1 :])
    kind = type(value)
    if attrs.has(kind) and attrs.fields(kind) and (kind is Instrument or draw(st.booleans())):
        name = draw(st.sampled_from([attribute.name for attribute in attrs.fields(kind)]))
        return rebuilt(value, **{name: draw(one_changed(getattr(value, name)))})
    others = [other for other in changed(value, kind.__name__) if other != value]
    return draw(st.sampled_from(others))


RICH = rich_instrument()
VARIANTS = list(variants(RICH))


SEVERAL = [
    (type(part), attribute.name)
    for part in {type(part): part for part in parts_of(RICH)}.values()
    for attribute in attrs.fields(type(part))  # type: ignore[arg-type]
    if isinstance(getattr(part, attribute.name), tuple)
]


@pytest.mark.parametrize(("kind", "name"), SEVERAL)
def test_a_field_of_several_values_takes_no_text(kind: type, name: str) -> None:
    whole = next(part for part in parts_of(RICH) if type(part) is kind)
    with pytest.raises((TypeError, ValueError)):
        attrs.evolve(whole, **{name: "ab"})


def test_every_field_of_several_values_is_known() -> None:
    assert len(SEVERAL) >= 15


class TestFingerprint:
    def test_is_a_sha_256(self) -> None:
        assert len(RICH.fingerprint) == 64
        assert int(RICH.fingerprint, 16)

    def test_is_equal_for_equal_definitions_however_they_came_about(self) -> None:
        twins = (
            rich_instrument(),
            attrs.evolve(RICH),
            copy.deepcopy(RICH),
            rebuilt(RICH),
            pickle.loads(pickle.dumps(RICH)),
        )
        for twin in twins:
            assert twin == RICH
            assert twin.fingerprint == RICH.fingerprint  # type: ignore[attr-defined]
            assert hash(twin) == hash(RICH)

    @pytest.mark.parametrize("half", [0.5, "0.5", "0,5", "1/2", Decimal("0.50")])
    def test_is_equal_however_numbers_and_lists_were_given(self, half: object) -> None:
        def make(one: object, several: Callable[[tuple[object, ...]], object]) -> Instrument:
            basis = Basis(standing="official", sources=several(("law",)))  # type: ignore[arg-type]
            leaf = definition.Indicator(
                code="a1",
                name=Text.same("a1"),
                scale=definition.LevelScale(
                    levels=several((Level(value=0, points=0), Level(value=1, points=one))),  # type: ignore[arg-type]
                    basis=basis,
                ),
                basis=basis,
                weight=Figure(one, basis),
                evidence=several((Text.same("letter"),)),  # type: ignore[arg-type]
                conditions=several((Condition("g1", several(("yes",))),)),  # type: ignore[arg-type]
            )
            survey = definition.Measure(
                code="survey",
                name=Text.same("survey"),
                minimum=0,
                maximum=one,
                decimals=1,
                basis=basis,
                weight=Figure(one, basis),
            )
            bands = Bands(items=several((band("low"), band("high", Limit(one, basis)))))  # type: ignore[arg-type]
            return Instrument(
                id="example",
                family="examples",
                title=Text.same("example"),
                root=definition.Dimension(
                    code="root",
                    name=Text.same("root"),
                    basis=basis,
                    children=several((leaf, survey)),  # type: ignore[arg-type]
                    rule=WeightedMean(basis=basis, whole=1),
                    deductions=several((measure("cut", None),)),  # type: ignore[arg-type]
                    bands=bands,
                ),
                sources=several((LAW,)),  # type: ignore[arg-type]
                gates=several(  # type: ignore[arg-type]
                    (
                        definition.Gate(
                            code="g1",
                            question=Text.same("?"),
                            options=several(gate("g1").options),  # type: ignore[arg-type]
                            basis=basis,
                            by_kind=several((several(("city", several(("yes",)))),)),  # type: ignore[arg-type]
                        ),
                    )
                ),
                derived=several(()),  # type: ignore[arg-type]
                remarks=several(()),  # type: ignore[arg-type]
            )

        plain, other = make(Fraction(1, 2), tuple), make(half, list)
        assert plain == other
        assert hash(plain.root) == hash(other.root)
        assert plain.root == other.root
        assert pickle.loads(pickle.dumps(other)).fingerprint == plain.fingerprint

    def test_enters_every_field_of_every_type(self) -> None:
        touched = {place.split("#")[0] for place, _ in VARIANTS}
        for part in parts_of(RICH):
            for attribute in attrs.fields(type(part)):  # type: ignore[arg-type]
                assert any(f".{attribute.name}" in place for place in touched)
        assert len(VARIANTS) > 1000

    def test_differs_for_a_change_in_any_one_place(self) -> None:
        for place, other in VARIANTS:
            assert isinstance(other, Instrument)
            assert other.fingerprint != RICH.fingerprint, place
            assert other != RICH, place

    @given(one_changed(RICH).flatmap(lambda once: st.tuples(st.just(once), one_changed(once))))
    def test_changing_a_second_place_changes_it_again(
        self, pair: tuple[Instrument, Instrument]
    ) -> None:
        once, twice = pair
        assert once.fingerprint != twice.fingerprint
        assert (twice.fingerprint == RICH.fingerprint) == (_content(twice) == _content(RICH))

    @given(
        st.lists(
            st.builds(
                indicator,
                st.sampled_from(["a1", "a2", "a3"]),
                st.sampled_from([1, 2, Fraction(1, 2)]),
                basis=st.sampled_from([ASSUMED, OFFICIAL]),
            ),
            min_size=1,
            max_size=2,
            unique_by=lambda one: one.code,
        ),
        st.lists(
            st.builds(
                indicator,
                st.sampled_from(["a1", "a2", "a3"]),
                st.sampled_from([1, 2, Fraction(1, 2)]),
                basis=st.sampled_from([ASSUMED, OFFICIAL]),
            ),
            min_size=1,
            max_size=2,
            unique_by=lambda one: one.code,
        ),
    )
    def test_stands_for_the_content(
        self, some: list[definition.Indicator], others: list[definition.Indicator]
    ) -> None:
        one, other = instrument(*some), instrument(*others)
        assert (one == other) == (_content(one) == _content(other)) == (some == others)
        assert (hash(one) == hash(other)) == (one == other)

    def test_an_instrument_equals_nothing_else(self) -> None:
        assert RICH.fingerprint != RICH
        assert RICH.__eq__(RICH.fingerprint) is NotImplemented
        assert RICH == RICH
        assert len({RICH, rich_instrument()}) == 1

    def test_a_text_may_hold_anything(self) -> None:
        odd = instrument(indicator("a1"), title=Text('"],["\ud800', "\x00\u2028😀"))
        assert odd.fingerprint != instrument(indicator("a1")).fingerprint


def _content(one: Instrument) -> tuple[object, ...]:
    return tuple(getattr(one, attribute.name) for attribute in attrs.fields(Instrument))


def test_a_source_may_have_an_address_or_none() -> None:
    assert Source(code="law", title=Text.same("law")).url is None
