from __future__ import annotations

import numpy as np
import pytest

import meritindex as mi
from builders import faults_of, gate, indicator, instrument, levels, only_fault, when
from meritindex.scoring import level_checks

GATED = instrument(
    indicator("i1"),
    indicator("i2", levels=levels(1, 2, 3, first=1), conditions=(when("g"),)),
    indicator("i3", conditions=(when("g", "no"),)),
    gates=(gate("g"),),
)


def score(rows: list[list[int]], one: mi.Instrument = GATED) -> mi.Scores:
    return mi.plan(one).score_levels(np.array(rows, dtype=np.uint8))


def test_sound_levels_and_marks_pass() -> None:
    scores = score([[0, 1, 254], [4, 3, 254], [4, 254, 4], [255, 255, 254]])
    assert list(scores.total) == [1, 7, 8, None]


def test_every_fault_names_its_row_and_code() -> None:
    faults = faults_of(
        mi.AssessmentError,
        lambda: score([[0, 0, 254], [5, 1, 254], [254, 1, 254], [0, 4, 254], [253, 1, 254]]),
    )
    found = [(fault.place.en, fault.item, fault.value, fault.allowed.en) for fault in faults]
    assert found == [
        ("row 1", "i1", "5", "0 to 4, 255"),
        ("row 2", "i1", "254", "0 to 4, 255"),
        ("row 4", "i1", "253", "0 to 4, 255"),
        ("row 0", "i2", "0", "1 to 3, 255, 254"),
        ("row 3", "i2", "4", "1 to 3, 255, 254"),
    ]
    assert {fault.code for fault in faults} == {"level-not-allowed"}
    assert faults[0].in_language("id") == (
        "baris 1: 5 bukan tingkat i1; yang diterima: 0 sampai 4, 255"
    )
    assert faults[0].in_language("en") == "row 1: 5 is not a level of i1; allowed: 0 to 4, 255"


@pytest.mark.parametrize("mask", [[0, 1, 0], [0, 254, 254], [0, 255, 255]])
def test_a_mask_that_no_answers_produce_is_refused(mask: list[int]) -> None:
    fault = only_fault(mi.AssessmentError, lambda: score([[0, 1, 254], mask]))
    assert (fault.code, fault.item, fault.place.en) == ("mask-impossible", "i2", "row 1")
    assert fault.message.en == (
        "no answers to g produce this pattern of what does not apply in i2, i3"
    )
    assert fault.message.id == (
        "tidak ada jawaban g yang menghasilkan pola tidak berlaku pada i2, i3"
    )


def test_many_gated_indicators_are_checked_together() -> None:
    # More than 64 of them don't fit into one number.
    many = instrument(
        *(indicator(f"i{place}", conditions=(when("g"),)) for place in range(70)),
        gates=(gate("g"),),
    )
    assert list(score([[1] * 70, [254] * 70], many).total) == [70, None]
    row = [254] * 70
    row[66] = 1
    assert only_fault(mi.AssessmentError, lambda: score([row], many)).code == "mask-impossible"
    row = [1] * 70
    row[69] = 254
    assert only_fault(mi.AssessmentError, lambda: score([row], many)).code == "mask-impossible"


def test_beyond_a_hundred_faults_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [[9, 1, 254]] * 130 + [[0, 1, 1]] * 3
    for size in (16_384, 7):
        monkeypatch.setattr(level_checks, "_ROWS_A_BLOCK", size)
        faults = faults_of(mi.AssessmentError, lambda: score(rows))
        assert len(faults) == level_checks.LISTED_FAULTS + 1
        assert [fault.place.en for fault in faults[:100]] == [f"row {row}" for row in range(100)]
        assert faults[-1].code == "more-faults"
        assert faults[-1].message == mi.Text("dan 33 kesalahan lagi", "and 33 more faults")


def test_faults_are_found_in_every_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(level_checks, "_ROWS_A_BLOCK", 2)
    rows = [[0, 1, 254]] * 5
    assert len(score(rows).total) == 5
    rows[4] = [0, 1, 4]
    assert only_fault(mi.AssessmentError, lambda: score(rows)).place.id == "baris 4"


def test_an_instrument_without_indicators_has_nothing_to_check() -> None:
    scores = mi.plan("ism-2019").score_levels(np.zeros((2, 0), np.uint8))
    assert list(scores.total) == [None, None]
