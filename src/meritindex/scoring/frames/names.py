"""What the columns of a scored frame are called, and in what order they stand."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from meritindex.scoring.program import Program


@attrs.frozen(kw_only=True)
class Names:
    """What the columns of the results are called.

    Attributes:
        root: the code of the root.
        numerators: of the points of each dimension, by code, the root first.
        bands: of its bands, by code, where it has any.
    """

    root: str
    total: str
    rank: str
    faulty: str
    numerators: Mapping[str, str]
    bands: Mapping[str, str]

    @classmethod
    def of(cls, program: Program, prefix: str) -> Names:
        """Return the names for the dimensions of a program, each behind a prefix."""
        dimensions = [step.dimension for step in reversed(program.steps)]
        root = dimensions[0]
        numerators = {item.code: f"{prefix}{item.code}_numerator" for item in dimensions}
        bands = {item.code: f"{prefix}{item.code}_band" for item in dimensions if item.bands}
        numerators[root.code] = f"{prefix}total_numerator"
        if root.bands:
            bands[root.code] = f"{prefix}band"
        return cls(
            root=root.code,
            total=f"{prefix}total",
            rank=f"{prefix}rank",
            faulty=f"{prefix}faulty",
            numerators=numerators,
            bands=bands,
        )

    def listed(self, *, ranks: bool, mark_faulty: bool) -> tuple[str, ...]:
        """Return the names in the order of a frame: first the total and what belongs to it."""
        found = [self.total]
        for code, numerator in self.numerators.items():
            found.append(numerator)
            if code in self.bands:
                found.append(self.bands[code])
            if code == self.root and ranks:
                found.append(self.rank)
        return (*found, self.faulty) if mark_faulty else tuple(found)
