from __future__ import annotations

from collections.abc import Iterator

import hypothesis
import pytest
from hypothesis import strategies as st

import meeting
from meeting import FIRST_SEED, meet, meet_in_law

BITS = st.booleans()


@pytest.fixture
def seeds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The seeds that runs are made from."""
    found: list[int] = []

    def seed(number: int) -> object:
        found.append(number)
        return hypothesis.seed(number)

    monkeypatch.setattr(meeting, "seed", seed)
    return found


def name_of(case: object) -> Iterator[str]:
    yield str(case)


def test_one_round_is_enough_where_all_is_met(seeds: list[int]) -> None:
    met = meet(name_of, (20, BITS), wanted={"True", "False"})
    assert met.keys() == {"True", "False"}
    assert seeds == [FIRST_SEED]


def test_rounds_follow_until_all_is_met(seeds: list[int]) -> None:
    # Every round draws both values once.
    assert meet(name_of, (9, BITS), wanted={"True": 3, "False": 1}) == {"True": 3, "False": 3}
    assert seeds == [FIRST_SEED, FIRST_SEED + 1, FIRST_SEED + 2]


def test_a_round_is_all_its_runs(seeds: list[int]) -> None:
    met = meet(name_of, (5, st.just("a")), (5, st.just("b")), wanted={"b": 2})
    assert met == {"a": 2, "b": 2}
    assert seeds == [FIRST_SEED, FIRST_SEED, FIRST_SEED + 1, FIRST_SEED + 1]


def test_a_way_is_counted_once_a_case() -> None:
    assert meet(lambda _: ["way", "way"], (5, st.just(0)), wanted={"way"}) == {"way": 1}


def test_every_round_draws_other_cases() -> None:
    runs = (20, st.integers(0, 2**60))
    first = meet(name_of, runs, wanted=())
    assert meet(name_of, runs, wanted=()) == first
    assert first.keys() < meet(lambda case: [str(case), "any"], runs, wanted={"any": 21}).keys()


@pytest.mark.parametrize("explored", [0, 7])
def test_what_cannot_be_met_fails(
    explored: int, seeds: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meeting, "EXPLORED", explored)
    with pytest.raises(AssertionError, match=r"met too rarely in 12 rounds: {'neither': 0}"):
        meet(name_of, (5, BITS), wanted=["True", "False", "neither"])
    assert len(seeds) == 12


def test_a_case_that_fails_is_not_hidden_by_another_round(seeds: list[int]) -> None:
    def check(bit: bool) -> list[str]:
        assert not bit
        return []

    with pytest.raises(AssertionError, match="assert not True"):
        meet(check, (5, BITS), wanted={"neither"})
    assert len(seeds) == 1


def test_only_while_exploring_a_law_has_to_meet_nothing(
    seeds: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: set[str] = set()

    def check(bit: bool) -> Iterator[str]:
        seen.add(str(bit))
        yield "way"

    monkeypatch.setattr(meeting, "EXPLORED", 7)
    meet_in_law(check, (5, BITS), wanted={"another way"})
    assert seen == {"True", "False"}
    assert not seeds
    monkeypatch.setattr(meeting, "EXPLORED", 0)
    with pytest.raises(AssertionError, match="another way"):
        meet_in_law(check, (5, BITS), wanted={"another way"})
