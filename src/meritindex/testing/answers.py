"""Random answers to an instrument: complete or not, with entries, at the edges of bands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil, floor

import attrs
from hypothesis import strategies as st

from meritindex import catalog
from meritindex.assessment import Assessment, AssessmentSet
from meritindex.definition import (
    Agency,
    Bands,
    Dimension,
    Indicator,
    Instrument,
    Measure,
    Node,
)
from meritindex.testing.parts import one_in, one_of

_INCOMPLETE = ("partial", "mixed")
_MODES = ("complete", *_INCOMPLETE * 2, "reference", "entries", "total", "limit")


@attrs.frozen(kw_only=True)
class Answers:
    """One agency's answers, as the arguments of an `Assessment`."""

    levels: dict[str, int] = attrs.field(factory=dict)
    gates: dict[str, str] = attrs.field(factory=dict)
    measures: dict[str, Fraction] = attrs.field(factory=dict)
    points: dict[str, Fraction] = attrs.field(factory=dict)


@st.composite
def assessments(
    draw: st.DrawFn,
    instrument: Instrument | str,
    *,
    complete: bool = False,
    entries: bool = True,
    name: str = "agency",
) -> Assessment:
    """Draw an assessment that the instrument allows, of an agency outside the directory.

    Args:
        draw: given by hypothesis.
        instrument: the instrument, or the id of one in the catalog.
        complete: whether everything that applies is answered.
        entries: whether points may be entered at dimensions that have children, or a total only.
        name: what the agency is called.
    """
    instrument = _known(instrument)
    return as_assessment(
        instrument, draw(answers(instrument, complete=complete, entries=entries)), name
    )


@st.composite
def assessment_sets(
    draw: st.DrawFn,
    instrument: Instrument | str,
    *,
    max_size: int = 6,
    complete: bool = False,
    entries: bool = True,
) -> AssessmentSet:
    """Draw the assessments of 1 to `max_size` agencies, some of them alike so that totals tie.

    The arguments are those of `assessments`; the agencies are called "agency 1" and so on.
    """
    instrument = _known(instrument)
    rows = draw(answer_lists(instrument, max_size=max_size, complete=complete, entries=entries))
    return AssessmentSet.of(
        as_assessment(instrument, row, f"agency {number}") for number, row in enumerate(rows, 1)
    )


def _known(instrument: Instrument | str) -> Instrument:
    return catalog.instrument(instrument) if isinstance(instrument, str) else instrument


def as_assessment(instrument: Instrument, row: Answers, name: str) -> Assessment:
    """Return answers as an assessment that says that it was made up."""
    return Assessment(
        agency=Agency(name=name),
        instrument=instrument,
        levels=row.levels,
        gates=row.gates,
        measures=row.measures,
        points=row.points,
        synthetic=True,
    )


@st.composite
def answers(
    draw: st.DrawFn, instrument: Instrument, *, complete: bool = False, entries: bool = True
) -> Answers:
    """Draw answers; the arguments are those of `assessments`."""
    modes = [
        mode
        for mode in _MODES
        if (entries or mode in {"complete", "partial", "reference"})
        and not (complete and mode in _INCOMPLETE)
    ]
    mode = draw(st.sampled_from(modes))
    if mode == "reference":
        return reference_answers(instrument, draw(st.integers(0, 1)))
    gates = {
        gate.code: draw(st.sampled_from(gate.values))
        for gate in instrument.gates
        if not (mode in _INCOMPLETE and draw(one_in(4)))
    }
    found = Answers(gates=gates)
    root = instrument.root
    if mode == "total" and _enter(draw, instrument, root, found):
        return found
    if mode == "limit" and _enter_a_limit(draw, instrument, root, found):
        return found
    filling = _Filling(
        draw, instrument, found, entries=mode in {"entries", "mixed"}, gaps=mode in _INCOMPLETE
    )
    filling.fill(root)
    return found


@st.composite
def answer_lists(
    draw: st.DrawFn,
    instrument: Instrument,
    *,
    max_size: int = 6,
    complete: bool = False,
    entries: bool = True,
) -> list[Answers]:
    """Draw the answers of several agencies, some of them alike so that totals tie."""
    one = answers(instrument, complete=complete, entries=entries)
    again: bool = draw(st.booleans()) if max_size > 1 else False
    found = draw(st.lists(one, min_size=1, max_size=max_size - again))
    return [*found, one_of(draw, found)] if again else found


def reference_answers(instrument: Instrument, turn: int = 0) -> Answers:
    """Return one complete set of answers that uses every part of the scales, without chance."""
    gates = {
        gate.code: gate.values[(place * turn) % len(gate.values)]
        for place, gate in enumerate(instrument.gates)
    }
    return Answers(
        gates=gates,
        levels={
            indicator.code: indicator.levels[(place + turn) % len(indicator.levels)].value
            for place, indicator in enumerate(instrument.indicators)
            if may_apply(indicator, gates)
        },
        measures={
            measure.code: measure.minimum if (place + turn) % 2 else measure.maximum
            for place, measure in enumerate(instrument.measures)
        },
        points={
            dimension.code: Fraction(0)
            for dimension in instrument.dimensions
            if not dimension.children
        },
    )


def may_apply(indicator: Indicator, gates: Mapping[str, str]) -> bool:
    """Say whether no answer to a gate keeps an indicator from applying."""
    return all(
        condition.gate not in gates or gates[condition.gate] in condition.options
        for condition in indicator.conditions
    )


@attrs.frozen
class _Filling:
    """One walk over a tree that answers what it comes across."""

    draw: st.DrawFn
    instrument: Instrument
    found: Answers
    entries: bool = attrs.field(kw_only=True)
    gaps: bool = attrs.field(kw_only=True)

    def fill(self, node: Node) -> None:
        """Answer what is at and below a node."""
        if isinstance(node, Dimension):
            self._fill_dimension(node)
        elif isinstance(node, Measure):
            if not self._left_out(6):
                value = _on_grid(self.draw, node.minimum, node.maximum, node.decimals)
                assert value is not None  # noqa: S101 - the ends themselves have no more decimals
                self.found.measures[node.code] = value
        elif may_apply(node, self.found.gates) and not self._left_out(6):
            # An indicator that waits for a gate may have been answered all the same.
            level = st.integers(node.levels[0].value, node.levels[-1].value)
            self.found.levels[node.code] = self.draw(level)

    def _fill_dimension(self, dimension: Dimension) -> None:
        below_root = dimension.code != self.instrument.root.code
        if below_root and dimension.children and self.entries and self.draw(one_in(2)):
            if _enter(self.draw, self.instrument, dimension, self.found):
                return
        elif not dimension.children and not self._left_out(4):
            _enter(self.draw, self.instrument, dimension, self.found)
        for child in (*dimension.children, *dimension.adjustments):
            self.fill(child)

    def _left_out(self, count: int) -> bool:
        return self.gaps and self.draw(one_in(count))


def _enter(draw: st.DrawFn, instrument: Instrument, dimension: Dimension, found: Answers) -> bool:
    """Enter points for a dimension; say whether its range holds any with these decimals."""
    low, high = instrument.entry_range(dimension)
    value = _on_grid(draw, low, high, dimension.decimals)
    if value is not None:
        found.points[dimension.code] = value
    return value is not None


def _enter_a_limit(
    draw: st.DrawFn, instrument: Instrument, dimension: Dimension, found: Answers
) -> bool:
    """Enter a total that is exactly the limit of a band, where one can be entered."""
    low, high = instrument.entry_range(dimension)
    limits = [
        value
        for value in _limits(dimension.bands)
        if low <= value <= high and (value * 10**dimension.decimals).denominator == 1
    ]
    if limits:
        found.points[dimension.code] = draw(st.sampled_from(limits))
    return bool(limits)


def _limits(bands: Bands | None) -> Iterator[Fraction]:
    for band in bands.items if bands is not None else ():
        for limit in (band.lower, band.upper):
            if limit is not None:
                yield limit.value


def _on_grid(draw: st.DrawFn, low: Fraction, high: Fraction, decimals: int) -> Fraction | None:
    """Draw a number of so many decimals between two ends; None where there is none."""
    unit = 10**decimals
    least, most = ceil(low * unit), floor(high * unit)
    return Fraction(draw(st.integers(least, most)), unit) if least <= most else None
