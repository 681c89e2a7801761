from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    ASSUMED,
    MEAN,
    dimension,
    figure,
    gate,
    indicator,
    instrument,
    levels,
    measure,
    when,
)
from meritindex.definition import (
    Cap,
    Condition,
    Dimension,
    Gate,
    GeometricMean,
    HarmonicMean,
    Indicator,
    Median,
    Minimum,
    Node,
    Rounding,
    Shortfall,
    WeightedMean,
    WeightedSum,
)
from meritindex.definition.applicability import (
    answers_to,
    applies,
    combinations,
    deciding_gates,
    gate_groups,
    gates_of,
    presence_patterns,
)
from meritindex.definition.ranges import points_range

GATES = (gate("g1"), gate("g2", "a", "b", "c"), gate("g3"))
ALWAYS = indicator("always")
FIRST = indicator("first", conditions=(when("g1"),))
BOTH = indicator("both", conditions=(when("g1", "no"), when("g2", "a", "b")))
OTHER = indicator("other", conditions=(when("g3"),))
NEVER = indicator("never", conditions=(when("g1", "yes"), when("g1", "no")))
HUNDRED = WeightedMean(basis=ASSUMED, whole=Fraction(100))
WEIGHTLESS = indicator("weightless", 0, levels=levels(7, 8), conditions=(when("g1", "no"),))

conditions = st.lists(
    st.sampled_from(GATES).flatmap(
        lambda one: st.builds(
            Condition,
            st.just(one.code),
            st.lists(st.sampled_from(one.values), min_size=1, unique=True).map(tuple),
        )
    ),
    max_size=2,
).map(tuple)


@st.composite
def trees(draw: st.DrawFn, known: bool = True) -> Dimension:
    """Draw a small tree with gated indicators, measures, both rules and deductions."""
    numbers = iter(range(1000))

    def weight() -> Fraction | None:
        if not known and draw(st.booleans()):
            return None
        return draw(st.sampled_from([Fraction(0), Fraction(1), Fraction(5, 2), Fraction(40)]))

    def leaf() -> Indicator:
        lowest = draw(st.integers(-2, 2))
        return indicator(
            f"i{next(numbers)}",
            weight(),
            levels=levels(lowest, lowest + draw(st.integers(0, 3))),
            conditions=draw(conditions),
        )

    def branch(depth: int) -> Dimension:
        children: list[Node] = [leaf() for _ in range(draw(st.integers(1, 3)))]
        if draw(st.booleans()):
            children.append(measure(f"m{next(numbers)}", weight(), minimum=Fraction(-1)))
        if depth and draw(st.booleans()):
            children.append(branch(depth - 1))
        if depth and draw(st.booleans()):
            children.append(dimension(f"d{next(numbers)}", weight=weight()))
        total = sum((child.weight.value for child in children if child.weight), Fraction(0))
        is_open = any(child.weight is None for child in children)
        whole = total + draw(st.sampled_from([0, 1, 60])) + 1 if is_open else None
        weighs = bool(total) or is_open  # a mean of what weighs nothing is refused
        kind = draw(st.sampled_from([WeightedSum, WeightedMean])) if weighs else WeightedSum
        rule = kind(basis=ASSUMED, whole=whole)
        return dimension(
            f"d{next(numbers)}",
            *children,
            rule=rule,
            weight=weight(),
            deductions=(measure(f"m{next(numbers)}"),) if draw(st.booleans()) else (),
            rounding=draw(st.none() | st.just(Rounding(digits=1, basis=ASSUMED))),
            decimals=1,
        )

    return branch(1)


def published(node: Node) -> Fraction | None:
    return None if node.weight is None else node.weight.value


def points(
    node: Node,
    answers: Mapping[str, str],
    leaves: Mapping[str, Fraction],
    weights: Mapping[str, Fraction],
) -> Fraction | None:
    """Work out what a node is worth, straight from the words of the rules."""
    if node.code in leaves:
        return leaves[node.code]
    assert isinstance(node, Dimension)
    present = [child for child in node.children if applies(child, answers)]
    parts = [(weights[child.code], points(child, answers, leaves, weights)) for child in present]
    if not parts or any(value is None for _, value in parts):
        return None
    result = sum((weight * value for weight, value in parts if value is not None), Fraction(0))
    if isinstance(node.rule, WeightedMean):
        divisor = sum((weight for weight, _ in parts), Fraction(0))
        if not divisor:
            return None
        result /= divisor
    elif node.rule is not None and node.rule.whole is not None:
        result /= node.rule.whole
    result -= sum((leaves[item.code] for item in node.deductions), Fraction(0))
    return result if node.rounding is None else node.rounding.round(result)


class TestApplies:
    @pytest.mark.parametrize(
        ("node", "answers", "expected"),
        [
            (ALWAYS, {}, True),
            (FIRST, {"g1": "yes"}, True),
            (FIRST, {"g1": "no"}, False),
            (BOTH, {"g1": "no", "g2": "b"}, True),
            (BOTH, {"g1": "no", "g2": "c"}, False),
            (BOTH, {"g1": "yes", "g2": "a"}, False),
            (measure("m1"), {}, True),
            (dimension("d"), {}, True),
            (dimension("d", FIRST, OTHER), {"g1": "no", "g3": "yes"}, True),
            (dimension("d", FIRST, OTHER), {"g1": "no", "g3": "no"}, False),
            (dimension("d", FIRST, measure("m1")), {"g1": "no"}, True),
            # What weighs nothing does not make a mean apply, and makes a sum apply.
            (dimension("d", FIRST, measure("m1", 0), rule=MEAN), {"g1": "no"}, False),
            (dimension("d", FIRST, measure("m1", 0)), {"g1": "no"}, True),
        ],
    )
    def test_an_indicator_needs_all_its_gates_and_a_dimension_anything_below_it(
        self, node: Node, answers: dict[str, str], expected: bool
    ) -> None:
        assert applies(node, answers) is expected

    @given(trees())
    def test_only_the_deciding_gates_decide(self, root: Dimension) -> None:
        for node in root.walk():
            deciding = deciding_gates(node)
            outcomes: dict[tuple[str, ...], set[bool]] = {}
            for answers in answers_to(GATES):
                key = tuple(value for code, value in answers.items() if code in deciding)
                outcomes.setdefault(key, set()).add(applies(node, answers))
            assert all(len(found) == 1 for found in outcomes.values())


@pytest.mark.parametrize(
    ("node", "codes"),
    [
        (ALWAYS, set()),
        (FIRST, {"g1"}),
        (BOTH, {"g1", "g2"}),
        (measure("m1"), set()),
        (dimension("d"), set()),
        (dimension("d", FIRST, OTHER), {"g1", "g3"}),
        (dimension("d", FIRST, ALWAYS), set()),
        (dimension("d", FIRST, measure("m1", 0), rule=MEAN), {"g1"}),
        (
            dimension(
                "d", attrs.evolve(FIRST, weight=figure(60)), indicator("a1", None), rule=HUNDRED
            ),
            set(),
        ),
        # Nothing is left of the whole for what is not published.
        (
            dimension(
                "d", attrs.evolve(FIRST, weight=figure(100)), indicator("a1", None), rule=HUNDRED
            ),
            {"g1"},
        ),
    ],
)
def test_deciding_gates_are_those_below_unless_something_always_applies(
    node: Node, codes: set[str]
) -> None:
    assert deciding_gates(node) == codes


def test_gates_of_nodes_stand_in_the_order_of_the_instrument() -> None:
    assert [one.code for one in gates_of([OTHER, BOTH], GATES)] == ["g1", "g2", "g3"]
    assert gates_of([ALWAYS], GATES) == gates_of([], GATES) == ()


@pytest.mark.parametrize("gates", [(), GATES[:1], GATES])
def test_answers_are_every_combination_once(gates: Sequence[Gate]) -> None:
    found = list(answers_to(gates))
    assert len(found) == combinations(gates)
    assert len({tuple(answers.items()) for answers in found}) == len(found)
    assert all(
        answers[one.code] in one.values and list(answers) == [gate.code for gate in gates]
        for answers in found
        for one in gates
    )


class TestPresencePatterns:
    def test_of_a_small_example(self) -> None:
        assert presence_patterns([ALWAYS, FIRST, BOTH], GATES) == (
            (True, False, False),
            (True, False, True),
            (True, True, False),
        )
        assert presence_patterns([], GATES) == ((),)

    @given(trees())
    def test_are_what_all_answers_to_all_gates_produce(self, root: Dimension) -> None:
        everything = {
            tuple(applies(child, answers) for child in root.children)
            for answers in answers_to(GATES)
        }
        assert presence_patterns(root.children, GATES) == tuple(sorted(everything))


def test_what_always_applies_needs_no_answer_whatever_stands_before_it() -> None:
    inner = dimension("inner", FIRST, ALWAYS)
    assert presence_patterns([inner, OTHER], GATES) == ((True, False), (True, True))
    assert applies(inner, {})
    assert points_range(dimension("outer", inner), GATES, published) == (0, 8)


class TestGateGroups:
    @pytest.mark.parametrize(
        ("indicators", "groups"),
        [
            ([], ()),
            ([ALWAYS, ALWAYS], ()),
            ([FIRST, ALWAYS, OTHER], ((0,), (2,))),
            ([FIRST, OTHER, BOTH], ((0, 2), (1,))),
            (
                [
                    indicator("x", conditions=(when("g1"),)),
                    indicator("y", conditions=(when("g2", "a"),)),
                    indicator("z", conditions=(when("g3"),)),
                    indicator("w", conditions=(when("g3"), when("g1"))),
                ],
                ((0, 2, 3), (1,)),
            ),
        ],
    )
    def test_group_what_shares_a_gate(
        self, indicators: list[Indicator], groups: tuple[tuple[int, ...], ...]
    ) -> None:
        assert gate_groups(indicators) == groups

    @given(st.lists(conditions, max_size=6))
    def test_are_a_partition_in_which_no_gate_decides_twice(
        self, asked: list[tuple[Condition, ...]]
    ) -> None:
        indicators = [indicator(f"i{place}", conditions=one) for place, one in enumerate(asked)]
        groups = gate_groups(indicators)
        members = [place for group in groups for place in group]
        assert sorted(members) == [place for place, one in enumerate(asked) if one]
        codes = [
            frozenset[str]().union(*(deciding_gates(indicators[place]) for place in group))
            for group in groups
        ]
        assert all(not one & other for one, other in _pairs(codes))
        # Within a group, members hang together: it does not fall into two that share no gate.
        for group in groups:
            reached, codes_reached = {group[0]}, deciding_gates(indicators[group[0]])
            for _ in group:
                for place in group:
                    if deciding_gates(indicators[place]) & codes_reached:
                        reached.add(place)
                        codes_reached |= deciding_gates(indicators[place])
            assert reached == set(group)


def _pairs(items: list[frozenset[str]]) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    return ((one, other) for place, one in enumerate(items) for other in items[:place])


def low_while(code: str, below: int) -> Cap:
    """Return a cap at 2 while a node is below a limit."""
    return Cap(maximum=2, basis=ASSUMED, shortfall=Shortfall(code=code, below=below))


class TestPointsRange:
    @pytest.mark.parametrize(
        ("node", "ends"),
        [
            (ALWAYS, (0, 4)),
            (measure("m1", minimum=Fraction(-1)), (-1, 1)),
            (dimension("d", maximum=figure(30)), (0, 30)),
            (dimension("d", indicator("a1", 2), indicator("a2", "1/2")), (0, 10)),
            (dimension("d", indicator("a1", 3), indicator("a2"), rule=MEAN), (0, 4)),
            # A mean of what weighs nothing has no points, so it has no say in the range.
            (dimension("d", WEIGHTLESS, FIRST, rule=MEAN), (0, 4)),
            (dimension("d", WEIGHTLESS, NEVER, rule=MEAN), (0, 0)),
            (dimension("d", FIRST), (0, 4)),
            # Where nothing applies there are no points, which is not the same as none.
            (
                dimension("d", indicator("a1", levels=levels(2, 3), conditions=(when("g1"),))),
                (2, 3),
            ),
            # Where g1 is no, inner has no points, and outer is what the other is worth.
            (
                dimension(
                    "outer",
                    dimension("inner", indicator("a1", 0), FIRST, rule=MEAN),
                    indicator("a2", levels=levels(7, 9)),
                    rule=MEAN,
                ),
                (Fraction(7, 2), 9),
            ),
            (dimension("d", indicator("a1"), deductions=(measure("m1"),)), (-1, 4)),
            (
                dimension(
                    "d",
                    indicator("a1", "1/3", levels=levels(1, 2)),
                    rounding=Rounding(digits=1, basis=ASSUMED),
                    decimals=1,
                ),
                (Fraction("0.3"), Fraction("0.7")),
            ),
            # What does not apply can be worth more or less than nothing.
            (
                dimension(
                    "d",
                    indicator("a1", levels=levels(1, 2), conditions=(when("g1"),)),
                    indicator("a2", levels=levels(1, 2)),
                ),
                (1, 4),
            ),
            (
                dimension(
                    "d",
                    indicator("a1", levels=levels(5, 6), conditions=(when("g1"),)),
                    indicator("a2", levels=levels(1, 2)),
                    rule=MEAN,
                ),
                (1, 4),
            ),
            # Open weights may take any share of what is left.
            (
                dimension(
                    "d",
                    indicator("a1", 60, levels=levels(0, 1)),
                    indicator("a2", None),
                    rule=WeightedSum(basis=ASSUMED, whole=Fraction(100)),
                ),
                (0, Fraction("2.2")),
            ),
            (
                dimension(
                    "d",
                    indicator("a1", None, levels=levels(0, 1)),
                    indicator("a2", None),
                    rule=WeightedMean(basis=ASSUMED, whole=Fraction(100)),
                ),
                (0, 4),
            ),
        ],
    )
    def test_of_small_examples(
        self, node: Node, ends: tuple[Fraction | int, Fraction | int]
    ) -> None:
        assert points_range(node, GATES, published) == ends

    @pytest.mark.parametrize(
        ("fields", "ends"),
        [
            ({"rule": Minimum(basis=ASSUMED)}, (1, 3)),
            ({"rule": Median(basis=ASSUMED)}, (Fraction(3, 2), 4)),
            ({"rule": HarmonicMean(basis=ASSUMED)}, (Fraction(4, 3), Fraction(15, 4))),
            ({"floor": figure(2)}, (3, 8)),
            ({"floor": figure(4)}, (4, 8)),
            ({"floor": figure(20)}, (20, 20)),
            ({"caps": (Cap(maximum=5, basis=ASSUMED),)}, (3, 5)),
            ({"caps": (Cap(maximum=2, basis=ASSUMED),)}, (2, 2)),
            # A cap that may hold widens the range downward, where it may.
            ({"caps": (low_while("a1", 2),)}, (2, 8)),
            ({"caps": (low_while("a1", 1),)}, (3, 8)),
            ({"bonuses": (measure("m1", None, minimum=Fraction(-1)),)}, (2, 9)),
            ({"deductions": (measure("m1", None, minimum=Fraction(-1)),)}, (2, 9)),
        ],
    )
    def test_of_rules_floors_and_caps(
        self, fields: dict[str, object], ends: tuple[Fraction | int, Fraction | int]
    ) -> None:
        parts = (indicator("a1", levels=levels(1, 3)), indicator("a2", levels=levels(2, 5)))
        if isinstance(fields.get("rule"), Minimum | Median):
            parts = tuple(attrs.evolve(part, weight=None) for part in parts)
        node = dimension("d", *parts, **fields)
        assert points_range(node, GATES, published) == ends

    def test_of_a_mean_that_is_not_rational(self) -> None:
        parts = (indicator("a1", levels=levels(1, 8)), indicator("a2", levels=levels(4, 9)))
        rule = GeometricMean(basis=ASSUMED, floor=4)
        low, high = points_range(dimension("d", *parts, rule=rule), GATES, published)
        assert (float(low), float(high)) == pytest.approx((4, 72**0.5))

    def test_floor_and_caps_come_before_rounding(self) -> None:
        node = dimension(
            "d",
            indicator("a1", "1/3", levels=levels(1, 8)),
            floor=figure("0.4"),
            caps=(Cap(maximum="2.5", basis=ASSUMED),),
            rounding=Rounding(digits=1, basis=ASSUMED),
            decimals=1,
        )
        assert points_range(node, GATES, published) == (Fraction("0.4"), Fraction("2.5"))

    def test_open_weights_without_a_whole_add_nothing_that_is_known(self) -> None:
        node = dimension("d", indicator("a1", 2), indicator("a2", 3))
        assert points_range(
            node, GATES, lambda child: None if child.code == "a2" else published(child)
        ) == (0, 8)

    @pytest.mark.parametrize(
        ("node", "ends"),
        [
            # Whatever the shares are, they make up the whole: nothing below level 1 is possible.
            (
                dimension(
                    "d",
                    indicator("a1", None, levels=levels(1, 4)),
                    indicator("a2", None, levels=levels(1, 4)),
                    rule=WeightedSum(basis=ASSUMED, whole=Fraction(100)),
                ),
                (1, 4),
            ),
            # 60 are taken, whether a1 applies or not; a2 can only weigh 40.
            (
                dimension(
                    "d",
                    indicator("a1", 60, levels=levels(0, 1), conditions=(when("g1"),)),
                    indicator("a2", None),
                    rule=WeightedSum(basis=ASSUMED, whole=Fraction(100)),
                ),
                (0, Fraction("2.2")),
            ),
            (
                dimension(
                    "d",
                    indicator("a1", 60, levels=levels(0, 1)),
                    indicator("a2", None),
                    rule=WeightedMean(basis=ASSUMED, whole=Fraction(100)),
                ),
                (0, Fraction("2.2")),
            ),
        ],
        ids=["sum of open shares", "known share that does not apply", "mean with a known share"],
    )
    def test_open_weights_are_bound_by_the_whole(
        self, node: Node, ends: tuple[Fraction | int, Fraction | int]
    ) -> None:
        assert points_range(node, GATES, published) == ends

    @given(trees())
    def test_is_reached_exactly_where_one_dimension_has_only_leaves(self, root: Dimension) -> None:
        node = next(one for one in reversed(list(root.walk())) if _has_only_leaves(one))
        assert isinstance(node, Dimension)
        weights = {child.code: child.weight.value for child in node.children if child.weight}
        reached = []
        for answers, side in product(answers_to(GATES), (0, 1)):
            leaves = {
                item.code: points_range(item, GATES, published)[side] for item in node.children
            } | {item.code: (item.maximum, item.minimum)[side] for item in node.deductions}
            worth = points(node, answers, leaves, weights)
            if worth is not None:
                reached.append(worth)
        if reached:
            assert points_range(node, GATES, published) == (min(reached), max(reached))

    @given(trees(known=False), st.data())
    def test_holds_whatever_is_answered_and_however_open_weights_are_set(
        self, root: Dimension, data: st.DataObject
    ) -> None:
        weights: dict[str, Fraction] = {}
        leaves: dict[str, Fraction] = {}
        for node in root.walk():
            if not isinstance(node, Dimension) or node.maximum is not None:
                leaves[node.code] = data.draw(st.sampled_from(points_range(node, GATES, published)))
                continue
            known = {child.code: published(child) for child in node.children}
            left = [code for code, weight in known.items() if weight is None]
            if left:
                assert node.rule is not None
                assert node.rule.whole is not None
                rest = node.rule.whole - sum(weight for weight in known.values() if weight)
                shares = [data.draw(st.integers(0, 3)) for _ in left]
                shares = shares if any(shares) else [1] * len(left)
                known |= {
                    code: rest * share / sum(shares)
                    for code, share in zip(left, shares, strict=True)
                }
            weights |= {code: weight for code, weight in known.items() if weight is not None}
        answers = data.draw(st.sampled_from(list(answers_to(GATES))))
        worth = points(root, answers, leaves, weights)
        low, high = points_range(root, GATES, published)
        assert low <= high
        if worth is not None:
            assert low <= worth <= high

    def test_an_instrument_asks_it_with_the_published_weights(self) -> None:
        node = dimension(
            "d",
            indicator("a1", 60, levels=levels(0, 1), conditions=(when("g1"),)),
            indicator("a2", 40),
            rule=WeightedMean(basis=ASSUMED, whole=Fraction(100)),
        )
        assert instrument(node, gates=GATES).entry_range(node) == (0, 4)

    @pytest.mark.parametrize(("stated", "most"), [("3", 4), ("4", 4), ("4.5", Fraction(9, 2))])
    def test_points_may_be_entered_up_to_the_entry_maximum(
        self, stated: str, most: Fraction
    ) -> None:
        node = dimension("d", indicator("a1"), entry_maximum=figure(stated))
        one = instrument(node)
        assert one.entry_range(node) == (0, most)
        # What answers can reach stays what it is, of the node and of those above it.
        assert points_range(node, (), published) == (0, 4)
        assert one.entry_range(one.root) == (0, 4)


def _has_only_leaves(node: Node) -> bool:
    return (
        isinstance(node, Dimension)
        and bool(node.children)
        and not any(isinstance(child, Dimension) and child.children for child in node.children)
    )
