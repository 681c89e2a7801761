"""Random shares by a Dirichlet distribution, the same on every machine.

A Dirichlet distribution is that of gamma variates over their sum. Theirs are made by D. J. Best's
rejection XG (L. Devroye, *Non-Uniform Random Variate Generation*, 1986, chapter IX.3), in doubles,
but by additions, multiplications, divisions and square roots alone, which IEEE 754 settles to the
last bit; logarithms and exponentials of a machine's own library differ from others in the last one.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from meritindex.analysis.simulating.chance import Chance, Integers

Doubles = npt.NDArray[np.float64]

# ln 2 in two parts, of which the first has so many zeros at its end that small multiples are exact.
_LN2_HIGH = float.fromhex("0x1.62e42fee00000p-1")
_LN2_LOW = float.fromhex("0x1.a39ef35793c76p-33")
_SQRT_HALF = float.fromhex("0x1.6a09e667f3bcdp-1")
# Terms of the series, beyond which a double does not change.
_LOGARITHM_TERMS = 13
_EXPONENTIAL_TERMS = 15
# An exponential of less is nothing beside one of zero.
_NOTHING = -700.0


def dirichlet(chance: Chance, parameters: Sequence[Fraction], whole: int, count: int) -> Integers:
    """Return random whole numbers that sum to `whole`, in the proportions of a Dirichlet draw.

    Args:
        chance: where chance comes from.
        parameters: one a number, at least zero and not all of them; where it is zero, the number is
            zero.
        whole: what they sum to, below 2**52.
        count: how many draws.

    Returns:
        int64, shape `[count, parameters]`; each within one of the proportion.
    """
    logarithms = np.full((len(parameters), count), -np.inf)
    for place, parameter in enumerate(parameters):
        if parameter:
            logarithms[place] = _log_gamma_variates(chance, float(parameter), count)
    logarithms -= logarithms.max(axis=0)
    found = np.empty((count, len(parameters)), dtype=np.int64)
    sums = np.zeros((len(parameters) + 1, count))
    for place in range(len(parameters)):
        sums[place + 1] = sums[place] + exponential(logarithms[place])
    before = np.zeros(count, dtype=np.int64)
    for place in range(len(parameters)):
        # The last sum is the whole itself, as x / x is 1.
        upto = np.floor(sums[place + 1] / sums[-1] * whole).astype(np.int64)
        found[:, place] = upto - before
        before = upto
    return found


def _log_gamma_variates(chance: Chance, shape: float, count: int) -> Doubles:
    """Return logarithms of gamma variates of a shape above zero."""
    found: Doubles = logarithm(_best(chance, shape if shape >= 1 else shape + 1, count))
    if shape < 1:  # a variate of shape + 1 times a fraction to the power of 1 / shape
        found += logarithm(chance.fractions(count)) / shape
    return found


def _best(chance: Chance, shape: float, count: int) -> Doubles:
    """Return gamma variates of a shape of at least 1."""
    less, spread = shape - 1, 3 * shape - 0.75
    found = np.empty(count)
    places = np.arange(count)
    while len(places):
        first, second = chance.fractions(2 * len(places)).reshape(2, len(places))
        width = first * (1 - first)
        aside = np.sqrt(spread / width) * (first - 0.5)
        value = less + aside
        fits = value > 0
        value = np.where(fits, value, 1.0)
        bound = 2 * ((less * logarithm(value / less) if less else 0.0) - aside)
        fits &= logarithm(64 * width * width * width * second * second) <= bound
        found[places[fits]] = value[fits]
        places = places[~fits]
    return found


def logarithm(values: Doubles) -> Doubles:
    """Return natural logarithms of doubles above zero, right to some units in the last place."""
    parts, powers = np.frexp(values)
    low = parts < _SQRT_HALF
    parts = np.where(low, 2 * parts, parts)
    exponents = (powers - low).astype(np.float64)
    # The logarithm of (1 + s) / (1 - s) is 2 * (s + s**3 / 3 + s**5 / 5 + ...).
    ratio = (parts - 1) / (parts + 1)
    square = ratio * ratio
    series: Doubles = np.zeros_like(values)
    for term in range(_LOGARITHM_TERMS, -1, -1):
        series = series * square + 1.0 / (2 * term + 1)
    low_part: Doubles = exponents * _LN2_LOW + 2 * ratio * series
    return exponents * _LN2_HIGH + low_part


def exponential(values: Doubles) -> Doubles:
    """Return exponentials of doubles of at most zero, right to some units in the last place.

    Those of less than -700, which don't count beside one, are zero.
    """
    kept = np.maximum(values, _NOTHING)
    powers = np.rint(kept / (_LN2_HIGH + _LN2_LOW))
    rest = (kept - powers * _LN2_HIGH) - powers * _LN2_LOW
    series = np.ones_like(values)
    for term in range(_EXPONENTIAL_TERMS, 0, -1):
        series = 1 + series * rest / term
    return np.where(values < _NOTHING, 0.0, np.ldexp(series, powers.astype(np.int64)))
