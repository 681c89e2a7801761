"""Draws of weights from a region, in whole numbers that keep every fact.

Exactly uniform on a fine grid wherever the region lets that be done in reasonable time, else by
random walks; or Dirichlet around given weights. How is part of what is returned.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import lcm

import numpy as np
import numpy.typing as npt

from meritindex.analysis.simulating.around import Scatter
from meritindex.analysis.simulating.chance import Chance
from meritindex.analysis.simulating.draws import DrawMethod, WeightDraws
from meritindex.analysis.simulating.limits import inside, limits_of
from meritindex.analysis.simulating.walk import MOST_BITS, TooFineError, walked
from meritindex.definition import Region
from meritindex.definition.weightings import weight_fault
from meritindex.errors import WeightingError
from meritindex.language import Text

Integers = npt.NDArray[np.int64]
Numbers = tuple[Integers, Fraction, DrawMethod]

# At least so many grid points make up what is left of the whole, or the narrowest interval.
_GRID_BITS = 24
# What keeps all facts must be at least one draw in so many; else a walk is quicker.
_UNIFORM_TRIES = 64
# Around given weights: else they say something else than what is known.
_DIRICHLET_TRIES = 1000
# So many draws show whether that is so.
_TRIAL = 2**14
# Whole numbers of so many bits are doubles.
_MOST_DOUBLE_BITS = 52


def draw_weights(
    chance: Chance, region: Region, count: int, around: Scatter | None = None
) -> WeightDraws:
    """Return random weights for the children of one dimension.

    Args:
        chance: where chance comes from.
        region: the weights that are admissible; more than one.
        count: how many draws.
        around: given weights around which to draw; None to draw uniformly.

    Raises:
        WeightingError: too few draws of a Dirichlet distribution are admissible, or the numbers of
            the region have no common grid that 64 bits hold.
    """
    try:
        numbers, unit, method = (
            _uniform(chance, region, count)
            if around is None
            else _around(chance, region, count, around)
        )
    except TooFineError:
        raise WeightingError(
            weight_fault(
                "region-too-fine",
                Text(
                    "batas bobot dalam {code} terlalu halus untuk ditarik acak; bulatkan batasnya, "
                    "atau berikan tarikan sendiri",
                    "the limits of the weights in {code} are too fine to draw from; round them, or "
                    "give draws of your own",
                ).fill(code=region.dimension),
                region.dimension,
            )
        ) from None
    return WeightDraws(
        dimension=region.dimension,
        codes=region.codes,
        whole=region.whole,
        numbers=numbers,
        unit=unit,
        method=method,
    )


def _uniform(chance: Chance, region: Region, count: int) -> Numbers:
    """Return draws of which every one is as likely as any other, or nearly so."""
    if region.whole is None:
        unit = _unit(region, min(_spans(region)))
        envelope, exact = _box(chance, region, unit), DrawMethod.INDEPENDENT
        fills = region.is_box
    else:
        rest = region.whole - sum(region.lower)
        unit = _unit(region, rest)
        envelope, exact = _simplex(chance, region, unit), DrawMethod.SPACINGS
        fills = region.is_box and all(span == rest for span in _spans(region))
    if fills:
        return envelope(count), unit, exact
    found = _kept(envelope, region, unit, count, _UNIFORM_TRIES)
    if found is not None:
        return found, unit, DrawMethod.REJECTION
    return *walked(chance, region, count), DrawMethod.WALK


def _spans(region: Region) -> list[Fraction]:
    """Return by how much each weight varies that does."""
    return [high - low for low, high in zip(region.lower, region.upper, strict=True) if high > low]


def _unit(region: Region, span: Fraction) -> Fraction:
    """Return what a step of a grid is worth on which a span lies and the ends of all weights."""
    ends = [*region.lower, *region.upper, span]
    common = lcm(*(end.denominator for end in ends))
    grid = common << max(0, _GRID_BITS + 1 - (span * common).__ceil__().bit_length())
    if sum(ends) * grid >= 2**MOST_BITS:
        raise TooFineError
    return Fraction(1, grid)


def _box(chance: Chance, region: Region, unit: Fraction) -> Callable[[int], Integers]:
    """Return what draws each weight by itself between its ends."""

    def draw(count: int) -> Integers:
        columns = []
        for low, high in zip(region.lower, region.upper, strict=True):
            steps = int((high - low) / unit)
            columns.append(chance.below(steps + 1, count) + int(low / unit))
        return np.column_stack(columns)

    return draw


def _simplex(chance: Chance, region: Region, unit: Fraction) -> Callable[[int], Integers]:
    """Return what shares what is left of the whole among the weights that vary."""
    assert region.whole is not None  # noqa: S101 - asked of the caller
    low = np.array([int(end / unit) for end in region.lower], dtype=np.int64)
    varies = [high > low for low, high in zip(region.lower, region.upper, strict=True)]
    rest = int((region.whole - sum(region.lower)) / unit)

    def draw(count: int) -> Integers:
        numbers = np.repeat(low[np.newaxis], count, axis=0)
        numbers[:, varies] += chance.parts(rest, sum(varies), count)
        return numbers

    return draw


def _around(chance: Chance, region: Region, count: int, around: Scatter) -> Numbers:
    """Return draws of a Dirichlet distribution that are admissible.

    What is settled stays as it is; the others share the rest of the whole.
    """
    weights, parameters = around.of(region)
    ends = list(zip(region.lower, region.upper, strict=True))
    places = [place for place, (low, high) in enumerate(ends) if high > low]
    settled = sum((low for low, high in ends if high == low), Fraction(0))
    rest = (sum(weights) if region.whole is None else region.whole) - settled
    chosen = [parameters[place] for place in places]
    if rest <= 0 or not any(chosen):
        raise _outside(region)
    unit = _unit(region, rest)
    whole = int(rest / unit)
    if whole.bit_length() > _MOST_DOUBLE_BITS:
        raise TooFineError
    low = np.array([int(low / unit) for low, _ in ends], dtype=np.int64)

    def draw(count: int) -> Integers:
        numbers = np.repeat(low[np.newaxis], count, axis=0)
        numbers[:, places] = _dirichlet(chance, chosen, whole, count)
        return numbers

    found = _kept(draw, region, unit, count, _DIRICHLET_TRIES)
    if found is None:
        raise _outside(region)
    return found, unit, DrawMethod.DIRICHLET


def _dirichlet(chance: Chance, parameters: Sequence[Fraction], whole: int, count: int) -> Integers:
    """Return whole numbers that sum to `whole`, each within one of its share in numpy's draw.

    A parameter of zero gives zeros.
    """
    places = [place for place, parameter in enumerate(parameters) if parameter]
    shares = chance.generator.dirichlet([float(parameters[place]) for place in places], count)
    upto = np.floor(shares.cumsum(axis=1) * whole).astype(np.int64).clip(max=whole)
    upto[:, -1] = whole  # the shares may miss one by a last digit
    found = np.zeros((count, len(parameters)), dtype=np.int64)
    found[:, places] = np.diff(upto, axis=1, prepend=0)
    return found


def _outside(region: Region) -> WeightingError:
    return WeightingError(
        weight_fault(
            "around-outside",
            Text(
                "di sekitar bobot yang diberikan untuk {code}, kurang dari satu di antara {tries} "
                "tarikan memenuhi yang diketahui; pilih bobot di tengah daerahnya, atau "
                "konsentrasi yang lain",
                "around the weights given for {code}, fewer than one draw in {tries} keeps what is "
                "known; choose weights amid the region, or another concentration",
            ).fill(code=region.dimension, tries=_DIRICHLET_TRIES),
            region.dimension,
        )
    )


def _kept(
    draw: Callable[[int], Integers], region: Region, unit: Fraction, count: int, tries: int
) -> Integers | None:
    """Draw until so many are within a region; None where fewer than one in `tries` is."""
    limits = limits_of(region)
    found: list[Integers] = []
    drawn = kept = 0
    while kept < count:
        size = max(count - kept, _TRIAL)
        batch = draw(size)
        batch = batch[inside(limits, batch, unit)]
        drawn += size
        kept += len(batch)
        found.append(batch)
        if kept * tries < drawn:
            return None
    return np.concatenate(found)[:count]
