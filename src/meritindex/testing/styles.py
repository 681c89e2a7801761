"""How one random instrument looks as a whole: its size, its rules, its scales, its policies."""

from __future__ import annotations

import attrs
from hypothesis import strategies as st

from meritindex.definition import Condition, Gate, GeometricMean, LevelScale, MissingPolicy
from meritindex.testing.parts import (
    LINEAR,
    RULES,
    MeasureForm,
    RuleType,
    gate_sets,
    level_scales,
    measure_forms,
)

# How large the integers behind the weights get, each with two primes of about that size: plain
# factors over these share no factor, so that denominators multiply.
_WEIGHT_SIZES = (
    (5, (1, 1)),
    (100, (89, 97)),
    (1_000, (991, 997)),
    (10**6, (999_979, 999_983)),
    (10**8, (99_999_971, 99_999_989)),
)
# Eight, of which three have a third option, decide together in fewer ways than is allowed.
MOST_GATES = 8
_POLICIES = (
    (MissingPolicy.UNKNOWN,),
    tuple(MissingPolicy),
    (MissingPolicy.ZERO, MissingPolicy.LOWEST, MissingPolicy.DROP),
    (MissingPolicy.UNKNOWN, MissingPolicy.UNKNOWN, MissingPolicy.DROP),
)


@attrs.frozen(kw_only=True)
class Options:
    """What a caller asks of random instruments; see `instruments`."""

    rules: tuple[RuleType, ...] = RULES
    exact: bool = False
    refusals: bool = False
    max_depth: int = 4
    max_leaves: int = 60
    max_gates: int = MOST_GATES


@attrs.frozen(kw_only=True)
class Style:
    """What the parts of one instrument have in common, drawn once so that a leaf is cheap."""

    depth: int
    leaves: int
    gates: tuple[Gate, ...]
    rules: tuple[RuleType, ...]
    exact: bool
    refusals: bool
    scales: tuple[LevelScale, ...]
    forms: tuple[MeasureForm, ...]
    largest_weight: int
    primes: tuple[int, int]
    policies: tuple[MissingPolicy, ...]
    # What everything waits for in a dimension that may not apply as a whole.
    shared_conditions: tuple[Condition, ...] = ()


@st.composite
def styles(draw: st.DrawFn, options: Options) -> Style:
    """Draw what the parts of one instrument have in common."""
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
    largest_weight, primes = draw(st.sampled_from(_WEIGHT_SIZES))
    pool, exact = draw(st.sampled_from(_flavours(options)))
    return Style(
        depth=min(depth, options.max_depth),
        leaves=min(leaves, options.max_leaves),
        gates=draw(gate_sets(min(gate_count, options.max_gates))),
        rules=pool,
        exact=exact,
        refusals=options.refusals,
        scales=tuple(draw(level_scales()) for _ in range(1 + 2 * several)),
        forms=tuple(draw(measure_forms(logarithms=not exact)) for _ in range(1 + several)),
        largest_weight=largest_weight,
        primes=primes,
        policies=draw(st.sampled_from(_POLICIES)),
    )


def _flavours(options: Options) -> list[tuple[tuple[RuleType, ...], bool]]:
    """Return sets of rules, and whether an instrument of them is exact.

    Half of them are linear; each of the others has one rule that is not, so that all are met.
    """
    linear = tuple(kind for kind in options.rules if kind in LINEAR)
    found = [(linear, exact) for exact in (True, True, True, False)] * 2 if linear else []
    for kind in options.rules:
        if kind not in LINEAR:
            found += [((kind, kind, *linear), exact) for exact in (True, False)]
    return [
        (pool, exact)
        for pool, exact in found
        if exact or not options.exact
        if not (exact and GeometricMean in pool)
    ]


def _sizes(depth: int, leaves: int, gates: int) -> st.SearchStrategy[tuple[int, int, int]]:
    return st.tuples(st.integers(1, depth), st.integers(1, leaves), st.integers(0, gates))
