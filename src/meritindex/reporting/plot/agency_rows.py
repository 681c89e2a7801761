"""Which agencies are drawn as rows, in what order, and what they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from meritindex.assessment import RowFacts
from meritindex.scoring.saying import Sayer, who

Who = int | str


def chosen_rows(
    order: Sequence[int],
    row_of: Callable[[Who], int],
    agencies: Iterable[Who] | None,
    most: int | None,
) -> list[int]:
    """Return the rows that are drawn, from the top down.

    Args:
        order: all rows in their order.
        row_of: what finds the row of an agency.
        agencies: who is drawn, in this order; None for the first of all.
        most: how many are drawn where nobody is named; None for all.

    Raises:
        UnknownNameError: an agency is not there, or is there more than once.
        IndexError: there is no such row.
        ValueError: `most` is below 1.
    """
    if agencies is not None:
        return [row_of(each) for each in agencies]
    if most is not None and most < 1:
        raise ValueError(f"most is at least 1, not {most}")
    return list(order[:most])


def names_of(rows: Iterable[int], facts: Sequence[RowFacts], say: Sayer) -> list[str]:
    """Return what agencies are called; with year and stage where one is there more than once."""
    assessed = Counter(each.agency for each in facts)
    return [who(facts[row], assessed, say) for row in rows]
