"""Weights that were drawn, as whole numbers, and how they came about."""

from __future__ import annotations

import enum
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.assessment.values import closed
from meritindex.language import Text

Integers = npt.NDArray[np.int64]


class DrawMethod(enum.StrEnum):
    """How the weights of one dimension were drawn."""

    SPACINGS = "spacings"
    INDEPENDENT = "independent"
    REJECTION = "rejection"
    WALK = "walk"
    DIRICHLET = "dirichlet"
    GIVEN = "given"

    @property
    def label(self) -> Text:
        """The method for a reader."""
        return _LABELS[self]


_LABELS = {
    DrawMethod.SPACINGS: Text(
        "merata: sisa bobot dibagi menurut jarak antara titik acak",
        "uniform: what is left of the whole is shared by the spacings of random points",
    ),
    DrawMethod.INDEPENDENT: Text(
        "merata: setiap bobot sendiri-sendiri antara batasnya",
        "uniform: each weight by itself between its ends",
    ),
    DrawMethod.REJECTION: Text(
        "merata: yang tidak memenuhi semua fakta ditarik ulang",
        "uniform: what does not keep all facts is drawn anew",
    ),
    DrawMethod.WALK: Text(
        "hampir merata: perjalanan acak di dalam daerah, satu perjalanan setiap tarikan",
        "nearly uniform: a random walk within the region, one for each draw",
    ),
    DrawMethod.DIRICHLET: Text(
        "Dirichlet di sekitar bobot yang diberikan",
        "Dirichlet around the weights given",
    ),
    DrawMethod.GIVEN: Text("diberikan pemanggil", "given by the caller"),
}


def _closed(numbers: Integers) -> Integers:
    return closed(numbers)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class WeightDraws:
    """The weights of the children of one dimension in every draw.

    Attributes:
        dimension: its code.
        codes: those of the children, in the order of the columns.
        whole: what the weights of a draw add up to; None where the rule states none.
        numbers: the weights in whole numbers; int64, shape `[draws, children]`, read-only.
        unit: what one of them is worth; None where those of a draw are brought to the whole by
            their own sum.
        method: how they were drawn.
    """

    dimension: str
    codes: tuple[str, ...]
    whole: Fraction | None
    numbers: Integers = attrs.field(converter=_closed)
    unit: Fraction | None
    method: DrawMethod

    def __len__(self) -> int:
        return len(self.numbers)

    def unit_of(self, draw: int) -> Fraction:
        """Return what a whole number of a draw is worth: the weights are numbers times unit."""
        if self.unit is not None:
            return self.unit
        return (self.whole or Fraction(1)) / int(self.numbers[draw].sum())

    def weights(self, draw: int) -> dict[str, Fraction]:
        """Return the weights of a draw, by code, exactly."""
        unit = self.unit_of(draw)
        numbers = self.numbers[draw].tolist()
        return {code: number * unit for code, number in zip(self.codes, numbers, strict=True)}

    def to_floats(self) -> npt.NDArray[np.float64]:
        """Return the weights as doubles, for plots; float64, shape `[draws, children]`."""
        if self.unit is not None:
            return np.asarray(self.numbers * float(self.unit), dtype=np.float64)
        sums = self.numbers.sum(axis=1, keepdims=True)
        return np.asarray(self.numbers * float(self.whole or 1) / sums, dtype=np.float64)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, WeightDraws):
            return NotImplemented
        ours, theirs = (attrs.astuple(each, recurse=False) for each in (self, other))
        return all(
            np.array_equal(mine, yours) if isinstance(mine, np.ndarray) else mine == yours
            for mine, yours in zip(ours, theirs, strict=True)
        )

    __hash__ = None  # type: ignore[assignment]

    # An unpickled array could be written to; the constructor closes it again.
    def __reduce__(self) -> tuple[Any, ...]:
        fields = {field.name: getattr(self, field.name) for field in attrs.fields(WeightDraws)}
        return _rebuilt, (fields,)

    def __repr__(self) -> str:
        return f"<WeightDraws of {len(self)} in {self.dimension}: {self.method}>"


def _rebuilt(fields: dict[str, Any]) -> WeightDraws:
    return WeightDraws(**fields)
