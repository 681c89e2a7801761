"""Random instruments for this project's own tests: the public ones, their bands hit exactly.

Limits of bands lie where the oracle says that the reference answers end up.
"""

from __future__ import annotations

from fractions import Fraction

import attrs
from hypothesis import strategies as st

from meritindex.definition import Instrument
from meritindex.testing import answers as given_answers
from meritindex.testing.answers import answer_lists, answers, reference_answers
from meritindex.testing.limits import band_sets, banded
from meritindex.testing.parts import BASIS, RuleType, figure, one_in
from meritindex.testing.styles import Options
from meritindex.testing.trees import bare_instruments
from oracle import Answers, Result, evaluate

__all__ = [
    "BASIS",
    "answer_lists",
    "answers",
    "asked",
    "band_sets",
    "figure",
    "instruments",
    "reference_answers",
    "refusing_instruments",
    "weights_of",
]


def weights_of(instrument: Instrument) -> dict[str, Fraction]:
    """Return every weight under the instrument's own default weighting."""
    resolved = instrument.default_weighting.resolve(instrument.root)
    return {code: weight.value for code, weight in resolved}


def asked(row: given_answers.Answers) -> Answers:
    """Return drawn answers as those that the oracle takes."""
    return Answers(levels=row.levels, gates=row.gates, measures=row.measures, points=row.points)


@st.composite
def instruments(
    draw: st.DrawFn, *, rule: RuleType | None = None, refusals: bool = True
) -> Instrument:
    """Draw an instrument, half of them with bands; means may refuse points.

    With a `rule` that is not linear, all dimensions have that one.
    """
    options = Options(refusals=refusals and draw(one_in(3)))
    if rule is not None:
        options = attrs.evolve(options, rules=(rule,), max_leaves=20)
    instrument = draw(bare_instruments(options))
    if not draw(st.booleans()):
        return instrument
    weights = weights_of(instrument)
    results: list[Result] = [
        evaluate(instrument, weights, asked(reference_answers(instrument, turn))) for turn in (0, 1)
    ]
    hits: dict[str, tuple[Fraction, ...]] = {}
    for dimension in instrument.dimensions:
        reached = {
            result.points[dimension.code]
            for result in results
            if result.exact[dimension.code] or dimension.rounding is not None
        }
        hits[dimension.code] = tuple(value for value in reached if value is not None)
    return draw(banded(instrument, hits))


@st.composite
def refusing_instruments(draw: st.DrawFn, rule: RuleType) -> Instrument:
    """Draw a small instrument of this rule that is likely to refuse answers."""
    return draw(bare_instruments(Options(rules=(rule,), refusals=True, max_leaves=9)))
