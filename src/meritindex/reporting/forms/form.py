"""A form in the making: the instrument, its plan, where things stand, and what is filled in.

Everything that more than one sheet refers to is here; each sheet has a module of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

import attrs

from meritindex.assessment import NOT_APPLICABLE, Assessment
from meritindex.assessment.forms.layout import FormLayout
from meritindex.definition import (
    Agency,
    Dimension,
    Indicator,
    Instrument,
    Measure,
    MissingPolicy,
    Standing,
)
from meritindex.errors import AssessmentError
from meritindex.language import Language, Text
from meritindex.reporting.sheet_formulas import SheetProgram
from meritindex.scoring import ScoringPlan
from meritindex.scoring.saying import Sayer
from meritindex.scoring.scoring import table_of

Leaf = Indicator | Measure | Dimension
"""What is answered in a cell of its own; of dimensions, those whose points are typed."""

NOBODY = Agency(name="Formulir")
"""Who an assessment is of where nobody has filled in the form yet."""

Given = str | int | float | dt.date


@attrs.frozen(kw_only=True)
class Form:
    """A form in the making.

    Attributes:
        instrument: whose form it is.
        places: where things stand in it.
        plan: what its summary computes; None where weights are missing.
        program: the formulas of the plan, or why there are none.
        filled: what is filled in already, by the name of its column in a file.
    """

    instrument: Instrument
    places: FormLayout
    plan: ScoringPlan | None
    program: SheetProgram | Text
    filled: Mapping[str, Given]

    @property
    def language(self) -> Language:
        """The language of the form."""
        return self.places.language

    @cached_property
    def say(self) -> Sayer:
        """The language, for what is said."""
        return Sayer(self.language)

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Everything that is answered but gates, in the order of the tree."""
        codes = {**self.places.levels, **self.places.measures, **self.places.entries}
        return tuple(node for node in self.instrument.nodes if node.code in codes)

    @cached_property
    def standing(self) -> Standing | None:
        """How firmly a complete result is known; None where it can't be said."""
        if self.plan is None:
            return None
        instrument = self.instrument
        highest = Assessment(
            agency=NOBODY,
            instrument=instrument,
            gates={gate.code: gate.values[0] for gate in instrument.gates},
        )
        gated = dict(zip(self.plan.indicators, highest.alone.levels[0].tolist(), strict=True))
        complete = attrs.evolve(
            highest,
            levels={
                indicator.code: indicator.levels[-1].value
                for indicator in instrument.indicators
                if gated[indicator.code] != NOT_APPLICABLE
            },
            measures={measure.code: measure.maximum for measure in instrument.measures},
            points={code: self._highest(code) for code in self.places.entries},
        )
        try:
            return table_of(complete.alone, self.plan).standings[0]
        except AssessmentError:
            return None

    def _highest(self, code: str) -> Fraction:
        """Return the most that can be typed for a dimension, with the decimals it may have."""
        dimension = self.instrument.dimension(code)
        unit = 10**dimension.decimals
        return Fraction((self.instrument.entry_range(dimension)[1] * unit).__floor__(), unit)

    def policy(self, leaf: Leaf) -> MissingPolicy:
        """Return what a leaf counts for when it is not answered."""
        return leaf.missing if self.plan is None else self.plan.policies[leaf.code]

    def at(self, code: str) -> str:
        """Return the reference of the cell in which something is typed."""
        return self.places.typed[code].reference
