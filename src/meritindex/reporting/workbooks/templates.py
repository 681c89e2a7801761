"""Formulas that are the same in every row of a sheet, but for the row."""

from __future__ import annotations

import attrs

# Stands for the row in a reference such as `AB12`; to the writer of formulas it is a letter.
ROW = "ǂ"


@attrs.frozen
class Template:
    """A formula of which the references say `ROW` instead of their row.

    Examples:
        >>> Template(f'IF(A{ROW}>0,"Aǂ",B{ROW})').at(7)
        'IF(A7>0,"Aǂ",B7)'
    """

    text: str
    _parts: tuple[str, ...] = attrs.field(init=False, repr=False, eq=False)

    @_parts.default
    def _split(self) -> tuple[str, ...]:
        # Every other part is a text within quotation marks, which is left as it is.
        return tuple(self.text.split('"'))

    def at(self, row: int) -> str:
        """Return the formula in a row."""
        number = str(row)
        return '"'.join(
            part if place % 2 else part.replace(ROW, number)
            for place, part in enumerate(self._parts)
        )
