"""Random instruments.

Most are small, and a few are large on purpose (many leaves, deep, many gates), so that a test stays
quick and still meets them. Most combine by weighted sums and means alone. Weights come from
integers that are normalised exactly, at sizes that take the common denominator past each limit that
a fixed-width number has.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

import attrs
from hypothesis import strategies as st

from meritindex.definition import (
    Condition,
    Dimension,
    EqualRemainder,
    Gate,
    GeometricMean,
    Indicator,
    Instrument,
    Measure,
    MissingPolicy,
    Node,
    Rule,
    Stated,
    WeightedSum,
)
from meritindex.definition.applicability import stated_weight
from meritindex.definition.ranges import points_ranges
from meritindex.language import Text
from meritindex.testing.limits import banded, caps_and_floors
from meritindex.testing.parts import (
    BASIS,
    POSITIVE,
    RULES,
    figure,
    one_in,
    one_of,
    roundings,
    rules,
)
from meritindex.testing.styles import MOST_GATES, Options, Style, styles

_LEAF_KINDS = ("indicator",) * 7 + ("measure",) * 2 + ("dimension",)
# What a dimension has beside a rule; drawn at once, for every choice takes time.
_EXTRAS: tuple[tuple[str, ...], ...] = (
    *((),) * 11,
    *(("caps",), ("entry maximum",), ("deductions",)) * 2,
    ("bonuses",),
    ("floor", "deductions"),
    ("bonuses", "caps"),
    ("floor", "caps", "deductions", "entry maximum"),
)


@attrs.define
class _Names:
    """Hands out codes that are distinct in one instrument."""

    count: int = 0

    def next(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"


def instruments(  # noqa: PLR0913 - each bounds one thing, and all have a default
    *,
    rules: Collection[type[Rule]] | None = None,
    exact: bool = False,
    refusals: bool = False,
    bands: bool = True,
    max_depth: int = 4,
    max_leaves: int = 60,
    max_gates: int = MOST_GATES,
) -> st.SearchStrategy[Instrument]:
    """Return a strategy for instruments, each with its own tree, rules, scales, gates and limits.

    Where weights are not published, the default weighting shares the remainder equally, so that
    every instrument can be scored. Now and then the root has no children at all.

    Args:
        rules: the types of rules that may occur; None for all. Half of the instruments have only
            sums and weighted means, where these are among them.
        exact: whether all points are rational numbers: no geometric mean, no logarithm, and of
            the power means only those with the exponents 1 and -1.
        refusals: whether a geometric, harmonic or power mean may meet points of which it can't be
            taken, so that scoring refuses an assessment; otherwise such a mean has a floor.
        bands: whether dimensions may have bands.
        max_depth: how many dimensions may stand above one another.
        max_leaves: how many indicators, measures and childless dimensions there may be, without
            bonuses and deductions.
        max_gates: how many gates there may be, up to 8.

    Raises:
        ValueError: no rule is left, or a number is outside its bounds.
    """
    allowed = tuple(kind for kind in RULES if rules is None or kind in rules)
    if exact:
        allowed = tuple(kind for kind in allowed if kind is not GeometricMean)
    if not allowed:
        raise ValueError("no rule is left")
    if max_depth < 1 or max_leaves < 1 or not 0 <= max_gates <= MOST_GATES:
        raise ValueError("at least 1 dimension and 1 leaf, and from 0 to 8 gates")
    options = Options(
        rules=allowed,
        exact=exact,
        refusals=refusals,
        max_depth=max_depth,
        max_leaves=max_leaves,
        max_gates=max_gates,
    )
    return _with_bands(options) if bands else bare_instruments(options)


@st.composite
def _with_bands(draw: st.DrawFn, options: Options) -> Instrument:
    instrument = draw(bare_instruments(options))
    return draw(banded(instrument)) if draw(st.booleans()) else instrument


@st.composite
def bare_instruments(draw: st.DrawFn, options: Options) -> Instrument:
    """Draw an instrument without bands."""
    style = draw(styles(options))
    names = _Names()
    root = (
        _dimension(draw, style, names, style.depth, style.leaves)
        if style.depth
        else _childless(draw, style, names)
    )
    return Instrument(
        id="random",
        family="random",
        title=Text("instrumen acak", "random instrument"),
        root=root,
        sources=(),
        gates=style.gates,
        default_weighting=EqualRemainder() if _has_open_weights(root) else Stated(),
    )


def _has_open_weights(root: Dimension) -> bool:
    return any(
        child.weight is None
        for node in root.walk()
        if isinstance(node, Dimension) and node.rule is not None and node.rule.weighted
        for child in node.children
    )


def _dimension(draw: st.DrawFn, style: Style, names: _Names, depth: int, leaves: int) -> Dimension:
    """Draw a dimension with exactly so many leaves, and as deep as said along its first child."""
    code = names.next("d")
    rounding = draw(roundings()) if draw(one_in(5)) else None
    children: list[Node] = []
    if style.gates and not style.shared_conditions and draw(one_in(5)):
        shared = _conditions(draw, style.gates, draw(st.integers(1, 2)))
        style = attrs.evolve(style, shared_conditions=shared)
    if depth == 1:
        children = [_leaf(draw, style, names) for _ in range(leaves)]
    else:
        for place, share in enumerate(_shares(draw, leaves)):
            if place == 0 or share > 1:
                children.append(_dimension(draw, style, names, depth - 1, share))
            else:
                children.append(_leaf(draw, style, names))
    kind = one_of(draw, style.rules)
    needs_floor = kind in POSITIVE and not style.refusals and may_be_refused(style.gates, children)
    rule = draw(rules(kind, floor=needs_floor or draw(one_in(4)), exact=style.exact))
    children = _weighed(draw, style, rule, children)
    if isinstance(rule, WeightedSum):
        children = [
            attrs.evolve(child, missing=MissingPolicy.LOWEST)
            if child.missing is MissingPolicy.DROP
            else child
            for child in children
        ]
    decimals = draw(st.sampled_from((4, 0, 2, 6)))
    extras = draw(st.sampled_from(_EXTRAS))
    caps, floor = draw(
        caps_and_floors(children, rounding, caps="caps" in extras, floor="floor" in extras)
    )
    return Dimension(
        code=code,
        name=Text.same(code),
        basis=BASIS,
        children=tuple(children),
        rule=rule,
        entry_maximum=figure(Fraction(draw(st.integers(1, 400)), 2))
        if "entry maximum" in extras
        else None,
        bonuses=_adjustments(draw, style, names) if "bonuses" in extras else (),
        deductions=_adjustments(draw, style, names) if "deductions" in extras else (),
        floor=floor,
        caps=caps,
        rounding=rounding,
        decimals=decimals if rounding is None else min(decimals, rounding.digits),
        missing=one_of(draw, style.policies),
        missing_basis=BASIS,
    )


def may_be_refused(gates: Sequence[Gate], children: Sequence[Node]) -> bool:
    """Say whether a positive mean can't be taken of all that children may be worth.

    What is missing below a child may count zero, and so the answers need not be complete.
    """

    def least(node: Node) -> Fraction:
        found = points_ranges(node, gates, stated_weight, lambda below: below.missing)
        return found[node.code][0]

    return any(child.missing is MissingPolicy.ZERO or least(child) <= 0 for child in children)


def _shares(draw: st.DrawFn, leaves: int) -> list[int]:
    """Split the leaves among at most five children."""
    shares: list[int] = []
    while leaves and len(shares) < 4:
        share = draw(st.integers(1, leaves))
        shares.append(share)
        leaves -= share
    return [*shares, leaves] if leaves else shares


def _leaf(draw: st.DrawFn, style: Style, names: _Names) -> Node:
    kind = "indicator" if style.shared_conditions else draw(st.sampled_from(_LEAF_KINDS))
    if kind == "measure":
        return _measure(draw, style, names)
    if kind == "dimension":
        return _childless(draw, style, names)
    code = names.next("i")
    conditions = style.shared_conditions
    conditions_of_its_own: bool = draw(one_in(4)) if style.gates else False
    if conditions_of_its_own:
        conditions = _conditions(draw, style.gates, draw(st.integers(1, 2)))
    return Indicator(
        code=code,
        name=Text.same(code),
        scale=one_of(draw, style.scales),
        basis=BASIS,
        conditions=conditions,
        missing=one_of(draw, style.policies),
        missing_basis=BASIS,
    )


def _conditions(draw: st.DrawFn, gates: Sequence[Gate], count: int) -> tuple[Condition, ...]:
    """Draw conditions, each on one or two options of a gate of its own."""
    chosen = {gate.code: gate for gate in (one_of(draw, gates) for _ in range(count))}
    return tuple(
        Condition(code, draw(st.sampled_from(_option_sets(gate)))) for code, gate in chosen.items()
    )


def _option_sets(gate: Gate) -> tuple[tuple[str, ...], ...]:
    single = tuple((value,) for value in gate.values)
    return (*single, gate.values[1:]) if len(gate.values) > 2 else single


def _adjustments(draw: st.DrawFn, style: Style, names: _Names) -> tuple[Measure, ...]:
    return tuple(_measure(draw, style, names) for _ in range(draw(st.integers(1, 2))))


def _measure(draw: st.DrawFn, style: Style, names: _Names) -> Measure:
    code = names.next("m")
    form = one_of(draw, style.forms)
    return Measure(
        code=code,
        name=Text.same(code),
        minimum=form.minimum,
        maximum=form.maximum,
        decimals=form.decimals,
        scale=form.scale,
        basis=BASIS,
        missing=one_of(draw, style.policies),
        missing_basis=BASIS,
    )


def _childless(draw: st.DrawFn, style: Style, names: _Names) -> Dimension:
    code = names.next("d")
    return Dimension(
        code=code,
        name=Text.same(code),
        basis=BASIS,
        maximum=figure(Fraction(draw(st.sampled_from((1, 4, 100, 75))), 2)),
        decimals=draw(st.sampled_from((2, 0, 4))),
        missing=one_of(draw, style.policies),
        missing_basis=BASIS,
    )


def _weighed(draw: st.DrawFn, style: Style, rule: Rule, children: Sequence[Node]) -> list[Node]:
    """Give the children their weights: right by construction, uneven, now and then zero."""
    if not rule.weighted:
        return list(children)
    sizes = [draw(st.integers(1, style.largest_weight)) for _ in children]
    if len(sizes) > 1 and draw(one_in(6)):
        sizes[draw(st.integers(0, len(sizes) - 1))] = 0
    opened: set[int] = set()
    if rule.whole is None:
        weights = [Fraction(size, style.primes[place % 2]) for place, size in enumerate(sizes)]
    else:
        total = sum(sizes)
        weights = [rule.whole * size / total for size in sizes]
        if draw(one_in(5)):
            opened = draw(st.sets(st.integers(0, len(sizes) - 1), min_size=1))
    return [
        attrs.evolve(child, weight=None if place in opened else figure(weight))
        for place, (child, weight) in enumerate(zip(children, weights, strict=True))
    ]
