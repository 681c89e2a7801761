"""Limits of random dimensions: caps, floors, and bands with the caps of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import attrs
from hypothesis import strategies as st

from meritindex.definition import (
    Band,
    BandCap,
    Bands,
    Cap,
    Dimension,
    Figure,
    Indicator,
    Instrument,
    Limit,
    Measure,
    Node,
    Rounding,
    Shortfall,
)
from meritindex.language import Text
from meritindex.testing.parts import BASIS, figure, one_in, one_of, roundings


@st.composite
def shortfalls(draw: st.DrawFn, children: Sequence[Node]) -> Shortfall:
    """Draw the condition that something at or below these nodes falls short."""
    below = [node for child in children for node in nodes_of(child)]
    node = one_of(draw, below)
    if isinstance(node, Indicator):
        limit = draw(st.sampled_from([level.points for level in node.levels]))
    elif isinstance(node, Measure):
        limit = node.lowest + (node.highest - node.lowest) * Fraction(draw(st.integers(0, 4)), 4)
    else:
        limit = Fraction(draw(st.integers(-4, 40)), 4)
    return Shortfall(code=node.code, below=limit)


def nodes_of(node: Node) -> tuple[Node, ...]:
    """Return a node and all below it."""
    return tuple(node.walk()) if isinstance(node, Dimension) else (node,)


@st.composite
def caps_and_floors(
    draw: st.DrawFn,
    children: Sequence[Node],
    rounding: Rounding | None,
    *,
    caps: bool,
    floor: bool,
) -> tuple[tuple[Cap, ...], Figure | None]:
    """Draw caps of points and a floor, where asked; both lie on the grid of the rounding."""

    def on_grid(value: Fraction) -> Fraction:
        return value if rounding is None else rounding.round(value)

    found: list[Cap] = []
    for _ in range(draw(st.integers(1, 2)) if caps else 0):
        maximum = on_grid(Fraction(draw(st.integers(1, 24)), 4))
        shortfall = None if draw(one_in(3)) else draw(shortfalls(children))
        found.append(Cap(maximum=maximum, basis=BASIS, shortfall=shortfall))
    if not floor:
        return tuple(found), None
    least = on_grid(Fraction(draw(st.integers(-8, 8)), 4))
    return tuple(found), figure(min([least, *(cap.maximum for cap in found)]))


@st.composite
def band_sets(draw: st.DrawFn, hit: tuple[Fraction, ...] = ()) -> Bands:
    """Draw bands with a limit at each of the points `hit` and a few others.

    Limits are printed at the foot of the upper band, at the head of the lower one, or at both; on a
    rounded grid also as "0.00 to 0.40, 0.41 to 0.60".
    """
    rounding = draw(roundings(2)) if draw(st.booleans()) else None
    others = draw(st.sets(st.integers(-2, 60), max_size=3))
    near = (*hit, *(Fraction(value) for value in others))
    values = sorted({value if rounding is None else rounding.round(value) for value in near})
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
            upper = Limit(value - rounding.unit, BASIS)
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


@st.composite
def banded(
    draw: st.DrawFn, instrument: Instrument, hits: Mapping[str, tuple[Fraction, ...]] | None = None
) -> Instrument:
    """Draw bands for the root and some other dimensions of an instrument.

    Args:
        draw: given by hypothesis.
        instrument: one without bands.
        hits: by the code of the dimension, points at which limits shall lie; None for the ends
            between which points may be entered.
    """
    codes = [dimension.code for dimension in instrument.dimensions]
    chosen = {codes[0], *draw(st.sets(st.sampled_from(codes), max_size=3))}
    found: dict[str, tuple[Bands, tuple[BandCap, ...]]] = {}
    for dimension in instrument.dimensions:
        if dimension.code in chosen:
            hit = instrument.entry_range(dimension) if hits is None else hits[dimension.code]
            bands = draw(band_sets(hit))
            found[dimension.code] = bands, draw(_band_caps(dimension, bands))
    return attrs.evolve(instrument, root=_with_bands(instrument.root, found))


@st.composite
def _band_caps(draw: st.DrawFn, dimension: Dimension, bands: Bands) -> tuple[BandCap, ...]:
    if not dimension.children or len(bands) == 1 or draw(st.booleans()):
        return ()
    names = [band.name.id for band in bands.items[:-1]]
    return tuple(
        BandCap(
            band=one_of(draw, names), shortfall=draw(shortfalls(dimension.children)), basis=BASIS
        )
        for _ in range(draw(st.integers(1, 2)))
    )


def _with_bands(
    dimension: Dimension, found: Mapping[str, tuple[Bands, tuple[BandCap, ...]]]
) -> Dimension:
    bands, caps = found.get(dimension.code, (None, ()))
    return attrs.evolve(
        dimension,
        bands=bands,
        band_caps=caps,
        children=tuple(
            _with_bands(child, found) if isinstance(child, Dimension) else child
            for child in dimension.children
        ),
    )
