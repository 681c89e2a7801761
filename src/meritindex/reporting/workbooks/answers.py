"""How a workbook knows the answers that stand in its cells: conditions and integers of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from meritindex.definition import Dimension, Indicator, Instrument, Measure
from meritindex.language import Text
from meritindex.numbers import shortest_text
from meritindex.reporting.sheet_formulas import Answer, SheetProgram, gated_by

NOT_APPLICABLE = "–"
"""What stands in the cell of an indicator that a gate takes out."""

# A number of a cell is a double: that near to a whole number of units it is one.
_NEAR = "0.05"

Reference = Callable[[str], str]
"""Gives the cell in which the answer with a code stands."""


def answers(
    program: SheetProgram, reference: Reference, gate_places: Mapping[str, str]
) -> dict[str, Answer]:
    """Return how a workbook knows every answer that its formulas need.

    An answer that the instrument does not allow (a level outside the scale, a measure that is too
    fine) counts as none.

    Args:
        program: the formulas.
        reference: of the cells with the answers.
        gate_places: by gate, the cell with the place of the option, 0 where it is not answered.
    """
    instrument = program.plan.instrument
    found = {
        indicator.code: _level(indicator, instrument, reference(indicator.code), gate_places)
        for indicator in instrument.indicators
    }
    entered = [instrument.dimension(code) for code in sorted(program.entered)]
    numbers: list[Measure | Dimension] = [*instrument.measures, *entered]
    for node in numbers:
        low, high = number_range(node, instrument)
        found[node.code] = _number(reference(node.code), low, high, node.decimals)
    return found


def gate_place(answer: str, options: Iterable[str]) -> str:
    """Return the expression for the place of the option that answers a gate.

    Args:
        answer: the cell with the answer.
        options: the cells with the options, in their order.
    """
    terms = (f'{place}*({answer}&""={option}&"")' for place, option in enumerate(options, 1))
    return f'IF({answer}="",0,{"+".join(terms)})'


def number_range(node: Measure | Dimension, instrument: Instrument) -> tuple[Fraction, Fraction]:
    """Return between what ends the number of a measure, or entered points, must be."""
    if isinstance(node, Measure):
        return node.minimum, node.maximum
    return instrument.entry_range(node)


def allowed_numbers(node: Measure | Dimension, instrument: Instrument) -> Text:
    """Say what numbers may stand in the cell of a measure or of entered points."""
    low, high = map(shortest_text, number_range(node, instrument))
    return Text(
        "{low} sampai {high}, paling banyak {decimals} desimal",
        "{low} to {high}, with at most {decimals} decimals",
    ).fill(low=low, high=high, decimals=node.decimals)


def _level(
    indicator: Indicator, instrument: Instrument, cell: str, gate_places: Mapping[str, str]
) -> Answer:
    levels = indicator.scale.levels
    low, high = levels[0].value, levels[-1].value
    within = f"AND({cell}>={low},{cell}<={high},{cell}=INT({cell}))"
    absent, waiting = gated_by(indicator, instrument.gates, gate_places)
    return Answer(number=cell, given=_if_number(cell, within), absent=absent, waiting=waiting)


def _number(cell: str, low: Fraction, high: Fraction, decimals: int) -> Answer:
    scaled = cell if decimals == 0 else f"{cell}*{10**decimals}"
    whole = f"ROUND({scaled},0)"
    unit = 10**decimals
    ends = f"{whole}>={(low * unit).__ceil__()},{whole}<={(high * unit).__floor__()}"
    return Answer(
        number=whole, given=_if_number(cell, f"AND({ends},ABS({scaled}-{whole})<{_NEAR})")
    )


def _if_number(cell: str, condition: str) -> str:
    # A text compares as greater than every number, and can't be rounded.
    return f"IF(ISNUMBER({cell}),{condition},FALSE)"
