"""Weights that the caller drew: read, brought to the whole, and checked to the last digit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from meritindex.analysis.simulating.draws import DrawMethod, WeightDraws
from meritindex.analysis.simulating.limits import limits_of
from meritindex.assessment.values import more_faults
from meritindex.definition import Region
from meritindex.definition.checks import shown_code, shown_codes
from meritindex.definition.weightings import weight_fault
from meritindex.errors import Fault, WeightingError
from meritindex.language import Text
from meritindex.numbers import shortest_text
from meritindex.scoring.level_checks import LISTED_FAULTS

Arrays = Mapping[str, npt.ArrayLike] | npt.ArrayLike

# The numbers of a row may add up to less than this.
_MOST = 2**62


def given_draws(draws: Arrays, regions: Mapping[str, Region]) -> dict[str, WeightDraws]:
    """Return the caller's weights by the code of their dimension.

    Args:
        draws: whole numbers, shape `[draws, children]`, by the code of a dimension; or one such
            array where exactly one dimension has open weights.
        regions: the weights that are admissible, of the dimensions in which they are open.

    Raises:
        TypeError: what is given are no arrays of whole numbers of these shapes.
        WeightingError: weights are open in no such dimension, or a row is not admissible: the
            faults name rows, the weights, and what is allowed.
    """
    faults: list[Fault] = []
    found: dict[str, WeightDraws] = {}
    for code, array in _by_dimension(draws, regions).items():
        if code not in regions:
            faults.append(_not_open(code, regions))
            continue
        region = regions[code]
        numbers = _numbers(array, region)
        wrong = list(_wrong(numbers, region))
        faults += [_fault(region, each) for each in wrong[:LISTED_FAULTS]]
        faults += more_faults(len(wrong[LISTED_FAULTS:]))
        if not wrong:
            found[code] = WeightDraws(
                dimension=code,
                codes=region.codes,
                whole=region.whole,
                numbers=numbers,
                unit=Fraction(1) if region.whole is None else None,
                method=DrawMethod.GIVEN,
            )
    if faults:
        raise WeightingError(faults)
    counts = {code: len(each) for code, each in found.items()}
    if len(set(counts.values())) > 1:
        raise TypeError(f"draws must have the same number of rows each, not {counts}")
    if 0 in counts.values():
        raise TypeError("draws must have at least one row")
    return found


def _by_dimension(draws: Arrays, regions: Mapping[str, Region]) -> Mapping[str, Any]:
    if isinstance(draws, Mapping):
        if not draws:
            raise TypeError("draws must name at least one dimension")
        return draws
    if len(regions) != 1:
        named = ", ".join(regions) or "none"
        raise TypeError(
            f"one array of draws needs exactly one dimension with open weights, not: {named}; "
            "give arrays by the code of the dimension"
        )
    return dict.fromkeys(regions, draws)


def _numbers(array: npt.ArrayLike, region: Region) -> npt.NDArray[np.int64]:
    """Return an array of whole numbers as a copy of its own."""
    numbers = np.asarray(array)
    if numbers.dtype.kind not in "iu":
        raise TypeError(
            f"draws in {region.dimension} must be whole numbers, not {numbers.dtype}: weights are "
            "exact, so multiply them and round"
        )
    if numbers.ndim != 2 or numbers.shape[1] != len(region.codes):
        raise TypeError(
            f"draws in {region.dimension} must have a column for each of "
            f"{', '.join(region.codes)}, not the shape {numbers.shape}"
        )
    if numbers.size and int(numbers.max()) * len(region.codes) >= _MOST:
        raise TypeError(f"draws in {region.dimension} must add up to less than 2**62 in each row")
    return numbers.astype(np.int64)


# A row, the sum of weights that is not admissible, its value, and what is allowed.
_Wrong = tuple[int, Text, Fraction, Text]


def _wrong(numbers: npt.NDArray[np.int64], region: Region) -> Iterator[_Wrong]:
    """Yield what is not admissible."""
    negative = np.argwhere(numbers < 0)
    for row, place in negative.tolist():
        code = Text.same(region.codes[place])
        yield row, code, Fraction(int(numbers[row, place])), _NOT_NEGATIVE
    if len(negative):
        return
    worth, parts = Fraction(1), np.ones(len(numbers), dtype=np.int64)
    if region.whole is not None:
        worth, parts = region.whole, numbers.sum(axis=1)
        empty = np.flatnonzero(parts == 0).tolist()
        if empty:
            yield from ((row, _ALL, Fraction(0), _POSITIVE) for row in empty)
            return
    # What none may be below is zero, which has been looked at.
    for limit in limits_of(region)[len(region.codes) :]:
        values = limit.values(numbers)
        words = limit.words(region.codes)
        for row in np.flatnonzero(limit.outside(values, worth, parts)).tolist():
            yield row, words, int(values[row]) * worth / int(parts[row]), limit.allowed


_ALL = Text("jumlah bobot", "the sum of the weights")
_NOT_NEGATIVE = Text("0 atau lebih", "0 or more")
_POSITIVE = Text("di atas 0", "above 0")


def _fault(region: Region, wrong: _Wrong) -> Fault:
    row, what, value, allowed = wrong
    shown = shortest_text(value)
    message = Text(
        "{what} dalam {dimension} adalah {value}; yang diterima: {allowed}",
        "{what} in {dimension} is {value}; allowed: {allowed}",
    )
    return Fault(
        code="draw-not-admissible",
        message=message.fill(
            what=what, dimension=shown_code(region.dimension), value=shown, allowed=allowed
        ),
        place=Text("tarikan {row}", "draw {row}").fill(row=row),
        item=shown_code(region.dimension),
        value=shown,
        allowed=allowed,
    )


def _not_open(code: str, regions: Mapping[str, Region]) -> Fault:
    allowed = Text.same(shown_codes(regions) or "-")
    message = Text(
        "tidak ada bobot terbuka dalam {code}; yang terbuka: {allowed}",
        "no weights are open in {code}; they are in: {allowed}",
    )
    return weight_fault(
        "draws-not-open", message.fill(code=shown_code(code), allowed=allowed), code
    )
