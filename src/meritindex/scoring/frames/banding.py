"""The bands of dimensions as expressions, by their official names."""

from __future__ import annotations

from meritindex.definition import Bands
from meritindex.numbers import least_integer
from meritindex.scoring.frames.arithmetic import Expression, chosen, instead, surely
from meritindex.scoring.frames.steps import Tree
from meritindex.scoring.program import Step


def band_name(tree: Tree, step: Step, number: Expression) -> Expression | None:
    """Return the name of the band of a dimension; None where it has no bands.

    Args:
        tree: where what limits a band is found.
        step: the dimension.
        number: its points, as integers of the step.
    """
    bands = step.dimension.bands
    if bands is None:
        return None
    names = [band.name.id for band in bands]
    if not step.band_ceilings:
        return chosen(_choices(bands, number, step.denominator, names))
    certain = chosen(_choices(bands, number, step.denominator, list(range(1, len(names) + 1))))
    possible = certain
    for ceiling in step.band_ceilings:
        holds, unknown = tree.watched(ceiling.watch)
        limit = ceiling.number
        certain = instead(holds & surely(certain > limit), limit, certain)
        possible = instead((holds | unknown) & surely(possible > limit), limit, possible)
    # A cap that may hold and would matter leaves the band unknown.
    return chosen(
        [
            (surely(certain == place) & surely(possible == place), name)
            for place, name in enumerate(names, 1)
        ]
    )


def _choices(
    bands: Bands, number: Expression, denominator: int, values: list[str] | list[int]
) -> list[tuple[Expression, object]]:
    """Return what reaches each band, and what stands for it, from the highest."""
    reached = [~number.is_null()]
    for value, inclusive in bands.thresholds:
        reached.append(number >= least_integer(value * denominator, inclusive=inclusive))
    return list(zip(reversed(reached), reversed(values), strict=True))
