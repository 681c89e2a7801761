"""Random instruments, and answers that they allow, for property tests.

Everything is valid by construction; nothing is drawn and thrown away. Most instruments are small,
and a few are large on purpose (many leaves, deep, many gates), so that a test stays quick and still
meets them. Weights come from integers that are normalised exactly, at sizes that take the common
denominator past each limit that a fixed-width number has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import TypeVar

import attrs
from hypothesis import strategies as st

from meritindex.definition import (
    Band,
    Bands,
    Basis,
    Condition,
    Dimension,
    EqualRemainder,
    Figure,
    Gate,
    Indicator,
    Instrument,
    Level,
    LevelScale,
    Limit,
    Measure,
    MissingPolicy,
    Node,
    Option,
    Rounding,
    RoundingMode,
    Rule,
    Stated,
    WeightedMean,
    WeightedSum,
)
from meritindex.language import Text
from oracle import Answers, evaluate, indicator_applies, rounded

Item = TypeVar("Item")

BASIS = Basis(standing="assumed", reason=Text("contoh acak", "random example"))
# How large the integers behind the weights get, each with two primes of about that size: plain
# factors over these share no factor, so that denominators multiply.
WEIGHT_SIZES = (
    (5, (1, 1)),
    (100, (89, 97)),
    (1_000, (991, 997)),
    (10**6, (999_979, 999_983)),
    (10**8, (99_999_971, 99_999_989)),
)


@attrs.frozen(kw_only=True)
class _Style:
    """What the parts of one instrument have in common, drawn once so that a leaf is cheap."""

    depth: int
    leaves: int
    gates: tuple[Gate, ...]
    scales: tuple[tuple[Level, ...], ...]
    ranges: tuple[tuple[Fraction, Fraction, int], ...]
    largest_weight: int
    primes: tuple[int, int]
    policies: tuple[MissingPolicy, ...]
    # What everything waits for in a dimension that may not apply as a whole.
    shared_conditions: tuple[Condition, ...] = ()


@attrs.define
class _Names:
    """Hands out codes that are distinct in one instrument."""

    count: int = 0

    def next(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"


def figure(value: Fraction | int) -> Figure:
    """Return a number with the basis that all examples have."""
    return Figure(Fraction(value), BASIS)


def weights_of(instrument: Instrument) -> dict[str, Fraction]:
    """Return every weight under the instrument's own default weighting."""
    resolved = instrument.default_weighting.resolve(instrument.root)
    return {code: weight.value for code, weight in resolved}


@st.composite
def level_scales(draw: st.DrawFn) -> tuple[Level, ...]:
    """Draw a scale of 2 to 6 levels from 0 or 1, whose points never fall.

    The points are proportional to the level's number, or off by a constant, or follow no line.
    """
    first, steps = draw(st.integers(0, 1)), draw(st.integers(1, 5))
    slope = Fraction(draw(st.integers(1, 12)), draw(st.sampled_from((1, 2, 3, 4, 7, 10))))
    offset = Fraction(0)
    gaps = [slope] * steps
    form = draw(st.sampled_from(("proportional", "offset", "bent")))
    if form != "proportional":
        offset = Fraction(draw(st.integers(-6, 6)), draw(st.sampled_from((1, 2, 5, 9))))
    if form == "bent":
        gaps = [slope * draw(st.integers(0, 4)) for _ in range(steps)]
    points = [first * slope + offset]
    for gap in gaps:
        points.append(points[-1] + gap)
    return tuple(Level(value=first + place, points=value) for place, value in enumerate(points))


@st.composite
def measure_ranges(draw: st.DrawFn) -> tuple[Fraction, Fraction, int]:
    """Draw the least, the most and the decimals of a measure."""
    decimals = draw(st.sampled_from((0, 1, 2, 4, 6)))
    minimum = Fraction(draw(st.sampled_from((0, 0, 1, -5, -100, -1))))
    if decimals and draw(st.booleans()):
        minimum += Fraction(1, 10**decimals)
    return minimum, minimum + draw(st.sampled_from((1, 5, 100))), decimals


@st.composite
def gate_sets(draw: st.DrawFn, count: int) -> tuple[Gate, ...]:
    """Draw gates with 2 options, a few of them with 3."""
    three = draw(st.sets(st.integers(0, count - 1), max_size=3)) if count else set()
    return tuple(
        Gate(
            code=f"g{number + 1}",
            question=Text("ada?", "any?"),
            options=tuple(
                Option(value=value, label=Text.same(value))
                for value in ("yes", "no", "partly")[: 3 if number in three else 2]
            ),
            basis=BASIS,
        )
        for number in range(count)
    )


@st.composite
def _styles(draw: st.DrawFn) -> _Style:
    size = draw(
        st.sampled_from(("small",) * 6 + ("typical",) * 9 + ("large",) * 3 + ("undivided",))
    )
    depth = leaves = gate_count = 0
    if size == "small":
        depth, leaves, gate_count = draw(_sizes(2, 5, 2))
    elif size == "typical":
        depth, leaves, gate_count = draw(_sizes(4, 18, 3))
    elif size == "large":
        depth, leaves = draw(st.integers(2, 4)), draw(st.integers(30, 60))
        gate_count = draw(st.sampled_from((8, 0, 4)))
    several = draw(st.booleans())
    largest_weight, primes = draw(st.sampled_from(WEIGHT_SIZES))
    return _Style(
        depth=depth,
        leaves=leaves,
        gates=draw(gate_sets(gate_count)),
        scales=tuple(draw(level_scales()) for _ in range(1 + 2 * several)),
        ranges=tuple(draw(measure_ranges()) for _ in range(1 + several)),
        largest_weight=largest_weight,
        primes=primes,
        policies=draw(
            st.sampled_from(
                (
                    (MissingPolicy.UNKNOWN,),
                    tuple(MissingPolicy),
                    (MissingPolicy.ZERO, MissingPolicy.LOWEST, MissingPolicy.DROP),
                    (MissingPolicy.UNKNOWN, MissingPolicy.UNKNOWN, MissingPolicy.DROP),
                )
            )
        ),
    )


def _sizes(depth: int, leaves: int, gates: int) -> st.SearchStrategy[tuple[int, int, int]]:
    return st.tuples(st.integers(1, depth), st.integers(1, leaves), st.integers(0, gates))


@st.composite
def instruments(draw: st.DrawFn) -> Instrument:
    """Draw an instrument: nested 1 to 4 deep, up to 60 leaves and 8 gates.

    Now and then the root has no children at all. Where weights are not published, the default
    weighting shares the remainder equally, so that every instrument can be scored.
    """
    style = draw(_styles())
    names = _Names()
    root = (
        _dimension(draw, style, names, style.depth, style.leaves)
        if style.depth
        else _childless(draw, style, names)
    )
    instrument = _instrument(root, style.gates)
    if draw(st.booleans()):
        instrument = _instrument(_with_bands(draw, instrument), style.gates)
    return instrument


def _instrument(root: Dimension, gates: tuple[Gate, ...]) -> Instrument:
    return Instrument(
        id="random",
        family="random",
        title=Text("instrumen acak", "random instrument"),
        root=root,
        sources=(),
        gates=gates,
        default_weighting=EqualRemainder() if _has_open_weights(root) else Stated(),
    )


def _has_open_weights(root: Dimension) -> bool:
    return any(
        child.weight is None
        for node in root.walk()
        if isinstance(node, Dimension)
        for child in node.children
    )


def _dimension(draw: st.DrawFn, style: _Style, names: _Names, depth: int, leaves: int) -> Dimension:
    """Draw a dimension with exactly so many leaves, and as deep as said along its first child."""
    code = names.next("d")
    rounding = draw(_roundings()) if draw(_one_in(5)) else None
    children: list[Node] = []
    if style.gates and not style.shared_conditions and draw(_one_in(5)):
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
    rule = draw(_rules())
    children = _weighed(draw, style, rule, children)
    if isinstance(rule, WeightedSum):
        children = [
            attrs.evolve(child, missing=MissingPolicy.LOWEST)
            if child.missing is MissingPolicy.DROP
            else child
            for child in children
        ]
    decimals = draw(st.sampled_from((4, 0, 2, 6)))
    return Dimension(
        code=code,
        name=Text.same(code),
        basis=BASIS,
        children=tuple(children),
        rule=rule,
        deductions=tuple(_measure(draw, style, names) for _ in range(draw(st.integers(1, 2))))
        if draw(_one_in(8))
        else (),
        rounding=rounding,
        decimals=decimals if rounding is None else min(decimals, rounding.digits),
        missing=_one_of(draw, style.policies),
        missing_basis=BASIS,
    )


def _shares(draw: st.DrawFn, leaves: int) -> list[int]:
    """Split the leaves among at most five children."""
    shares: list[int] = []
    while leaves and len(shares) < 4:
        share = draw(st.integers(1, leaves))
        shares.append(share)
        leaves -= share
    return [*shares, leaves] if leaves else shares


def _leaf(draw: st.DrawFn, style: _Style, names: _Names) -> Node:
    kind = "indicator" if style.shared_conditions else draw(st.sampled_from(_LEAF_KINDS))
    if kind == "measure":
        return _measure(draw, style, names)
    if kind == "dimension":
        return _childless(draw, style, names)
    code = names.next("i")
    conditions = style.shared_conditions
    conditions_of_its_own: bool = draw(_one_in(4)) if style.gates else False
    if conditions_of_its_own:
        conditions = _conditions(draw, style.gates, draw(st.integers(1, 2)))
    return Indicator(
        code=code,
        name=Text.same(code),
        scale=LevelScale(levels=_one_of(draw, style.scales), basis=BASIS),
        basis=BASIS,
        conditions=conditions,
        missing=_one_of(draw, style.policies),
        missing_basis=BASIS,
    )


_LEAF_KINDS = ("indicator",) * 7 + ("measure",) * 2 + ("dimension",)


def _conditions(draw: st.DrawFn, gates: Sequence[Gate], count: int) -> tuple[Condition, ...]:
    """Draw conditions, each on one or two options of a gate of its own."""
    chosen = {gate.code: gate for gate in (_one_of(draw, gates) for _ in range(count))}
    return tuple(
        Condition(code, draw(st.sampled_from(_option_sets(gate)))) for code, gate in chosen.items()
    )


def _option_sets(gate: Gate) -> tuple[tuple[str, ...], ...]:
    single = tuple((value,) for value in gate.values)
    return (*single, gate.values[1:]) if len(gate.values) > 2 else single


def _measure(draw: st.DrawFn, style: _Style, names: _Names) -> Measure:
    code = names.next("m")
    minimum, maximum, decimals = _one_of(draw, style.ranges)
    return Measure(
        code=code,
        name=Text.same(code),
        minimum=minimum,
        maximum=maximum,
        decimals=decimals,
        basis=BASIS,
        missing=_one_of(draw, style.policies),
        missing_basis=BASIS,
    )


def _childless(draw: st.DrawFn, style: _Style, names: _Names) -> Dimension:
    code = names.next("d")
    return Dimension(
        code=code,
        name=Text.same(code),
        basis=BASIS,
        maximum=figure(Fraction(draw(st.sampled_from((1, 4, 100, 75))), 2)),
        decimals=draw(st.sampled_from((2, 0, 4))),
        missing=_one_of(draw, style.policies),
        missing_basis=BASIS,
    )


def _one_of(draw: st.DrawFn, items: Sequence[Item]) -> Item:
    """Draw one of the items; no choice is spent where there is only one."""
    return items[0] if len(items) == 1 else draw(st.sampled_from(items))


def _one_in(count: int) -> st.SearchStrategy[bool]:
    return st.sampled_from((*(False,) * (count - 1), True))


@st.composite
def _roundings(draw: st.DrawFn, most_digits: int = 4) -> Rounding:
    return Rounding(
        digits=draw(st.integers(0, most_digits)),
        mode=draw(st.sampled_from(RoundingMode)),
        basis=BASIS,
    )


@st.composite
def _rules(draw: st.DrawFn) -> Rule:
    number = draw(st.sampled_from((None, 1, 100, 7)))
    whole = None if number is None else Fraction(number)
    if draw(st.booleans()):
        return WeightedSum(basis=BASIS, whole=whole)
    return WeightedMean(basis=BASIS, whole=whole)


def _weighed(draw: st.DrawFn, style: _Style, rule: Rule, children: Sequence[Node]) -> list[Node]:
    """Give the children their weights: right by construction, uneven, now and then zero."""
    sizes = [draw(st.integers(1, style.largest_weight)) for _ in children]
    if len(sizes) > 1 and draw(_one_in(6)):
        sizes[draw(st.integers(0, len(sizes) - 1))] = 0
    opened: set[int] = set()
    if rule.whole is None:
        weights = [Fraction(size, style.primes[place % 2]) for place, size in enumerate(sizes)]
    else:
        total = sum(sizes)
        weights = [rule.whole * size / total for size in sizes]
        if draw(_one_in(5)):
            opened = draw(st.sets(st.integers(0, len(sizes) - 1), min_size=1))
    return [
        attrs.evolve(child, weight=None if place in opened else figure(weight))
        for place, (child, weight) in enumerate(zip(children, weights, strict=True))
    ]


def reference_answers(instrument: Instrument, turn: int = 0) -> Answers:
    """Return one complete set of answers that uses every part of the scales, without chance."""
    gates = {
        gate.code: gate.values[(place * turn) % len(gate.values)]
        for place, gate in enumerate(instrument.gates)
    }
    return Answers(
        gates=gates,
        levels={
            indicator.code: indicator.levels[(place + turn) % len(indicator.levels)].value
            for place, indicator in enumerate(instrument.indicators)
            if indicator_applies(indicator, gates)
        },
        measures={
            measure.code: measure.minimum if (place + turn) % 2 else measure.maximum
            for place, measure in enumerate(instrument.measures)
        },
        points={
            dimension.code: Fraction(0)
            for dimension in instrument.dimensions
            if not dimension.children
        },
    )


def _with_bands(draw: st.DrawFn, instrument: Instrument) -> Dimension:
    """Return the root with bands at some dimensions.

    Limits lie where the reference answers end up, so that they are hit exactly.
    """
    weights = weights_of(instrument)
    results = [
        evaluate(instrument, weights, reference_answers(instrument, turn)) for turn in (0, 1)
    ]
    codes = [dimension.code for dimension in instrument.dimensions]
    chosen = {codes[0], *draw(st.sets(st.sampled_from(codes), max_size=3))}
    bands: dict[str, Bands] = {}
    for code in codes:
        if code in chosen:
            hit = [result.points[code] for result in results]
            bands[code] = draw(band_sets(tuple(value for value in hit if value is not None)))
    return _banded(instrument.root, bands)


def _banded(dimension: Dimension, bands: dict[str, Bands]) -> Dimension:
    return attrs.evolve(
        dimension,
        bands=bands.get(dimension.code),
        children=tuple(
            _banded(child, bands) if isinstance(child, Dimension) else child
            for child in dimension.children
        ),
    )


@st.composite
def band_sets(draw: st.DrawFn, hit: tuple[Fraction, ...] = ()) -> Bands:
    """Draw bands with a limit at each of the points `hit` and a few others.

    Limits are printed at the foot of the upper band, at the head of the lower one, or at both; on a
    rounded grid also as "0.00 to 0.40, 0.41 to 0.60".
    """
    rounding = draw(_roundings(2)) if draw(st.booleans()) else None
    others = draw(st.sets(st.integers(-2, 60), max_size=3))
    near = (*hit, *(Fraction(value) for value in others))
    values = sorted({rounded(value, rounding) for value in near})
    lowers: list[Limit | None] = [None]
    uppers: list[Limit | None] = []
    for value in values:
        # On a grid, "above 2" and "from 3" leave nothing for the band between them.
        beside = rounding is not None and value + rounding.unit in values
        inclusive = draw(st.sampled_from((True, True, beside)))
        printed = draw(st.sampled_from(("lower", "upper", "both", "grid")))
        lower = Limit(value, BASIS, inclusive=inclusive)
        upper = Limit(value, BASIS, inclusive=not inclusive)
        if printed == "grid" and rounding is not None:
            lower = Limit(value, BASIS)
            upper = Limit(value - Fraction(1, 10**rounding.digits), BASIS)
        lowers.append(None if printed == "upper" else lower)
        uppers.append(None if printed == "lower" else upper)
    uppers.append(None)
    return Bands(
        items=tuple(
            Band(name=Text.same(f"band {number}"), lower=lower, upper=upper)
            for number, (lower, upper) in enumerate(zip(lowers, uppers, strict=True))
        ),
        rounding=rounding,
    )


_MODES = ("complete", *("partial", "mixed") * 2, "reference", "entries", "total", "limit")


@st.composite
def answers(draw: st.DrawFn, instrument: Instrument) -> Answers:
    """Draw answers that the instrument allows, complete or not, some with entries."""
    mode = draw(st.sampled_from(_MODES))
    if mode == "reference":
        return reference_answers(instrument, draw(st.integers(0, 1)))
    incomplete = mode in {"partial", "mixed"}
    gates = {
        gate.code: draw(st.sampled_from(gate.values))
        for gate in instrument.gates
        if not (incomplete and draw(_one_in(4)))
    }
    found = Answers(levels={}, gates=gates, measures={}, points={})
    root = instrument.root
    if mode == "total" and _enter(draw, instrument, root, found):
        return found
    if mode == "limit" and _enter_a_limit(draw, instrument, root, found):
        return found
    _fill(draw, instrument, root, found, entries=mode in {"entries", "mixed"}, gaps=incomplete)
    return found


@st.composite
def answer_lists(draw: st.DrawFn, instrument: Instrument, max_size: int = 6) -> list[Answers]:
    """Draw the answers of several agencies, some of them alike so that totals tie."""
    found = draw(st.lists(answers(instrument), min_size=1, max_size=max_size))
    if draw(st.booleans()):
        found.append(draw(st.sampled_from(found)))
    return found


def _fill(
    draw: st.DrawFn,
    instrument: Instrument,
    node: Node,
    found: Answers,
    *,
    entries: bool,
    gaps: bool,
) -> None:
    """Answer what is at and below a node."""
    if isinstance(node, Dimension):
        if node.code != instrument.root.code and node.children and entries and draw(_one_in(2)):
            if _enter(draw, instrument, node, found):
                return
        elif not node.children and not (gaps and draw(_one_in(4))):
            _enter(draw, instrument, node, found)
        for child in (*node.children, *node.deductions):
            _fill(draw, instrument, child, found, entries=entries, gaps=gaps)
    elif isinstance(node, Measure):
        if not (gaps and draw(_one_in(6))):
            value = _on_grid(draw, node.minimum, node.maximum, node.decimals)
            assert value is not None  # the ends themselves have no more decimals
            found.measures[node.code] = value
    elif indicator_applies(node, found.gates) is not False and not (gaps and draw(_one_in(6))):
        # An indicator that waits for a gate may have been answered all the same.
        found.levels[node.code] = draw(st.integers(node.levels[0].value, node.levels[-1].value))


def _enter(draw: st.DrawFn, instrument: Instrument, dimension: Dimension, found: Answers) -> bool:
    """Enter points for a dimension; say whether its range holds any with these decimals."""
    low, high = instrument.entry_range(dimension)
    value = _on_grid(draw, low, high, dimension.decimals)
    if value is not None:
        found.points[dimension.code] = value
    return value is not None


def _enter_a_limit(
    draw: st.DrawFn, instrument: Instrument, dimension: Dimension, found: Answers
) -> bool:
    """Enter a total that is exactly the limit of a band, where one can be entered."""
    low, high = instrument.entry_range(dimension)
    limits = [
        value
        for value in _limits(dimension.bands)
        if low <= value <= high and (value * 10**dimension.decimals).denominator == 1
    ]
    if limits:
        found.points[dimension.code] = draw(st.sampled_from(limits))
    return bool(limits)


def _limits(bands: Bands | None) -> Iterator[Fraction]:
    for band in bands.items if bands is not None else ():
        for limit in (band.lower, band.upper):
            if limit is not None:
                yield limit.value


def _on_grid(draw: st.DrawFn, low: Fraction, high: Fraction, decimals: int) -> Fraction | None:
    """Draw a number of so many decimals between two ends; None where there is none."""
    unit = 10**decimals
    least, most = ceil(low * unit), floor(high * unit)
    return Fraction(draw(st.integers(least, most)), unit) if least <= most else None
