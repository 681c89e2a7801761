"""The improvement of one agency, as a value and as what it says."""

from __future__ import annotations

import datetime as dt
import pickle
from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from builders import check_fault
from improve_builders import BANDED, OPEN, TWO, answered, raised, refused

FOUND = mi.improve(answered(BANDED))


def test_an_improvement_is_a_value() -> None:
    of = answered(BANDED, year=2026)
    found = mi.improve(of, costs={"a": 2, "b": "1,5"}, fixed=(), budget=9)
    assert found.single_steps
    assert found.card.total == found.after
    again = pickle.loads(pickle.dumps(found))
    assert type(again) is type(found)
    assert again == found
    assert again.assessment == found.assessment
    assert again.single_steps == found.single_steps
    assert again.alternatives() == found.alternatives()
    assert found == mi.improve(of, costs={"a": 2, "b": "1,5"}, budget=9)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        found.cost = Fraction(0)
    with pytest.raises(TypeError):
        hash(found)


@pytest.mark.parametrize(
    "other",
    [
        mi.improve(answered(BANDED, "B")),
        mi.improve(answered(BANDED), to="tinggi"),
        mi.improve(answered(BANDED), budget=9),
        mi.improve(answered(BANDED), missing="zero"),
        mi.improve(answered(BANDED), weighting=mi.EqualRemainder()),
        mi.improve(answered(BANDED, year=2026)),
        None,
    ],
)
def test_what_differs_is_not_equal(other: object) -> None:
    assert other != FOUND


def test_an_improvement_under_open_weights_is_a_value() -> None:
    found = mi.improve(answered(OPEN), to=2, weighting=mi.Admissible())
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    assert again.card.lower == found.card.lower == found.after
    assert again.case == found.case
    assert again.case != again


def test_what_is_raised_is_not_answered_yet() -> None:
    of = answered(
        BANDED,
        states={"a": "verified", "b": "verified"},
        evidence={"a": "surat", "b": "laporan"},
        year=2026,
    )
    found = mi.improve(of, to=8)
    assert raised(found) == {"a": 2}
    after = found.assessment
    assert dict(after.levels) == {"a": 2, "b": 1}
    assert dict(after.states) == {"b": "verified"}
    assert [code for code, _ in after.evidence] == ["b"]
    assert (after.synthetic, after.year, after.agency) == (True, 2026, of.agency)
    assert not found.synthetic
    assert found.card.total == found.after


def test_an_improvement_knows_whose_it_is_and_how_firmly() -> None:
    of = answered(BANDED, synthetic=True)
    found = mi.improve(of)
    assert (found.agency, found.instrument, found.synthetic) == (of.agency, BANDED, True)
    assert found.facts.agency == of.agency
    assert (found.standing, found.reasons) == (mi.score(of).standing, mi.score(of).reasons)
    assert found.weighting == BANDED.default_weighting


def test_without_a_plan_nothing_changes() -> None:
    found = mi.improve(answered(), to=100)
    assert found.assessment == answered()
    assert (found.after, found.slack, found.alternatives()) == (None, None, ())
    assert found.card.total == found.before == 5


def test_a_plan_says_when_it_can_be_done() -> None:
    ready = {"a": dt.date(2026, 5, 1), "b": {2: dt.date(2026, 6, 1), 4: dt.date(2026, 9, 1)}}
    found = mi.improve(answered(), to=10, most_levels=1, ready=ready)
    assert [step.ready for step in found.steps] == [dt.date(2026, 5, 1), dt.date(2026, 6, 1)]
    assert found.ready == dt.date(2026, 6, 1)
    assert mi.improve(answered(), to=10).ready is None


def test_a_budget_buys_the_highest_total() -> None:
    found = mi.improve(answered(), to=8, costs={"a": 2, "b": 1}, fixed=())
    best = found.best_within("4,5")
    # A level of a and two of b are worth 7 for 4; three of b only 6.
    assert (raised(best), best.cost, best.budget) == ({"a": 2, "b": 3}, 4, Fraction(9, 2))
    assert best == mi.best_within(answered(), "4,5", costs={"a": 2, "b": 1})
    assert best.best_within(5) == mi.best_within(answered(), 5, costs={"a": 2, "b": 1})
    assert (best.status, best.target.kind, best.alternatives()) == ("planned", "most", ())
    nothing = found.best_within(0)
    assert (nothing.steps, nothing.cost, nothing.after) == ((), 0, 5)
    (unknown,) = mi.improve([answered(TWO, levels={"a": 1})], to=8)
    fault = refused(lambda: unknown.best_within(3))
    check_fault(fault, "total-unknown", None, "b")


def test_a_repr_names_what_is_raised() -> None:
    assert repr(mi.improve(answered(synthetic=True), to=8)) == (
        "<Improvement of A under example: 5, a total of 8 or more planned, raise a to 2, synthetic>"
    )
    assert "raise" not in repr(mi.improve(answered(), to=100))


def test_an_improvement_is_shown_as_text_and_as_html() -> None:
    assert FOUND.to_text() == FOUND.to_text("id", 80)
    assert FOUND.to_text("en") != FOUND.to_text("id")
    assert max(map(len, FOUND.to_text("en", 60).splitlines())) <= 60
    assert FOUND._repr_html_() == FOUND.to_html() == FOUND.to_html("id")
    assert FOUND.to_html("en") != FOUND.to_html("id")
