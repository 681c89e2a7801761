"""A limit of time, looked at only where there is one."""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace

import pytest

from meritindex.analysis.improving import stopwatch
from meritindex.analysis.improving.stopwatch import OutOfTime, Stopwatch


def test_without_a_limit_the_clock_is_never_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def read() -> float:
        raise AssertionError

    monkeypatch.setattr(stopwatch, "time", SimpleNamespace(monotonic=read))
    clock = Stopwatch(None)
    assert not clock.is_over
    clock.check()


def test_the_time_is_over_when_so_many_seconds_have_passed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stopwatch, "time", SimpleNamespace(monotonic=count(5).__next__))
    clock = Stopwatch(3)
    assert [clock.is_over for _ in range(4)] == [False, False, True, True]
    with pytest.raises(OutOfTime) as caught:
        clock.check()
    assert caught.value.price == 0
    assert OutOfTime(7).price == 7


def test_no_seconds_are_over_at_once() -> None:
    with pytest.raises(OutOfTime):
        Stopwatch(0).check()
    Stopwatch(10_000).check()
