"""The sample: plain to be made up, the same everywhere, and shaped like what was published."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meritindex import catalog
from meritindex.assessment import NOT_ANSWERED, NOT_APPLICABLE, AssessmentSet, sample, to_csv_text
from meritindex.definition import AgencyKind, Stage
from meritindex.numbers import round_half_up

RULES = catalog.instrument("ism-2026")
ASPECTS = {
    f"a{number}": Fraction(10) if number in {1, 8} else Fraction(80, 6) for number in range(1, 9)
}
ASPECT_OF = [RULES.parent(indicator.code).code for indicator in RULES.indicators]
# The share of agencies at Baik or better in 2021, as published.
PUBLISHED = {"provinces": 0.49, "others": 0.15}


def indices(made: AssessmentSet) -> list[Fraction | None]:
    """Return the index of each assessment, worked out by hand; None without a survey."""
    survey, correction = made.measures["satisfaction"], made.measures["correction"]
    found: list[Fraction | None] = []
    for row in range(len(made)):
        maturity = Fraction(0)
        for aspect, weight in ASPECTS.items():
            levels = [
                int(level)
                for level, of in zip(made.levels[row], ASPECT_OF, strict=True)
                if of == aspect and level != NOT_APPLICABLE
            ]
            maturity += weight / 100 * Fraction(sum(levels), 4 * len(levels))
        index = maturity * 3 / 4 + Fraction(int(survey.numerators[row]), 40_000)
        index -= Fraction(int(correction.numerators[row]), 10_000)
        found.append(index if survey.known[row] else None)
    return found


def shares(made: AssessmentSet) -> dict[str, float]:
    """Return the shares at Menengah or better, among those whose index is known."""
    groups: dict[str, list[bool]] = {"provinces": [], "others": []}
    for facts, index in zip(made.facts, indices(made), strict=True):
        if index is not None:
            group = "provinces" if facts.agency.kind is AgencyKind.PROVINCE else "others"
            groups[group].append(round_half_up(index, 2) >= Fraction("0.61"))
    return {group: sum(better) / len(better) for group, better in groups.items()}


MADE = sample()


def test_every_autonomous_agency_once_and_plainly_made_up():
    assert MADE.instrument is RULES
    assert MADE.agencies == catalog.agencies()
    assert len(MADE) == 546
    for facts in MADE.facts:
        assert facts.synthetic
        assert (facts.year, facts.stage) == (2026, Stage.SELF_ASSESSED)
        assert facts.standing is None


def test_every_gate_is_answered_and_every_indicator_that_applies():
    assert not MADE.gates_derived.any()
    assert (MADE.gate_answers != NOT_ANSWERED).all()
    assert (MADE.levels != NOT_ANSWERED).all()
    assert not MADE.undetermined or not any(mask.any() for mask in MADE.undetermined.values())
    assert not MADE.entries
    for position in range(len(RULES.gates)):
        assert len(np.unique(MADE.gate_answers[:, position])) == 2


def test_every_level_occurs_and_agencies_are_not_flat():
    for position in range(len(RULES.indicators)):
        applicable = MADE.levels[MADE.levels[:, position] < NOT_APPLICABLE, position]
        assert set(applicable.tolist()) >= {1, 2, 3, 4}
    assert (MADE.levels == 0).any()
    spread = [
        len({level for level in row.tolist() if level < NOT_APPLICABLE}) for row in MADE.levels
    ]
    assert np.mean(spread) > 2.5


def test_better_agencies_are_better_in_every_aspect():
    known = [(index, row) for row, index in enumerate(indices(MADE)) if index is not None]
    ranked = [row for _, row in sorted(known)]
    for aspect in ASPECTS:
        columns = [position for position, of in enumerate(ASPECT_OF) if of == aspect]
        levels = np.where(MADE.levels == NOT_APPLICABLE, 0, MADE.levels)[:, columns].sum(axis=1)
        assert levels[ranked[-100:]].mean() > levels[ranked[:100]].mean() + len(columns) / 2


def test_the_survey_is_missing_for_every_twentieth():
    survey = MADE.measures["satisfaction"]
    assert int((~survey.known).sum()) == 27
    assert (survey.numerators[survey.known] % 10 != 0).any()  # four decimals
    correction = MADE.measures["correction"].known.sum()
    assert 0 < correction < 60


def test_the_shares_are_those_of_2021():
    for group, share in shares(MADE).items():
        assert abs(share - PUBLISHED[group]) < 0.05


@settings(deadline=None, max_examples=15)
@given(st.integers())
def test_they_are_for_any_seed(seed):
    made = sample(seed)
    assert int((~made.measures["satisfaction"].known).sum()) == 27
    for group, share in shares(made).items():
        assert abs(share - PUBLISHED[group]) < 0.05


def test_a_seed_gives_the_same_answers_everywhere():
    assert sample(2026) == MADE
    assert sample(7) != MADE
    digest = hashlib.sha256(to_csv_text(MADE).encode()).hexdigest()
    assert digest == "7279dc411bc5418693d658905d773dd35d76694e982979d086e2a12936c3e7cd"


def test_only_random_numbers_that_never_change_are_drawn(monkeypatch):
    def refuse(*arguments: object) -> None:
        pytest.fail("only random() is the same in every version of Python")

    for name in ("shuffle", "choice", "randrange", "_randbelow", "gauss", "uniform", "getrandbits"):
        monkeypatch.setattr(Random, name, refuse)
    assert sample() == MADE
