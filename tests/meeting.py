"""Running random cases until every hard one was met, and the settings of laws.

The seeds are fixed, and yet not everywhere the same is drawn: hypothesis draws, among others, the
constants of the modules that are imported from beside the tests. So one round may miss a rare way,
anywhere; that many rounds miss it is all but impossible, unless nothing leads there.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
W = TypeVar("W")

# How many random examples of each law to look for; 0 to take the ones of fixed seeds.
EXPLORED = int(os.environ.get("LAW_EXAMPLES", "0"))
FIRST_SEED = 20_260_101
MOST_ROUNDS = 12


def law(examples: int, *, explored: int = EXPLORED) -> settings:
    """Return the settings of a law: so many examples, from a fixed seed."""
    return settings(
        max_examples=explored or examples,
        derandomize=not explored,
        database=None,
        deadline=None,
        # Large examples take minutes to shrink; looking for many, the first will do.
        phases=[Phase.generate] if explored else [Phase.generate, Phase.shrink],
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.filter_too_much,
        ],
    )


def meet(
    check: Callable[[T], Iterable[W]],
    *runs: tuple[int, SearchStrategy[T]],
    wanted: Collection[W] | Mapping[W, int],
    most: int = MOST_ROUNDS,
) -> Counter[W]:
    """Check cases until every wanted way was met, and return in how many cases each way was.

    A round is all the runs, each from the same seed; the next one is from the next seed.

    Args:
        check: checks a case, and returns or yields the ways that it goes.
        runs: how many examples of which strategy make up a round.
        wanted: the ways that must be met, once or as many times as it says.
        most: after how many rounds to give up.
    """
    least = wanted if isinstance(wanted, Mapping) else dict.fromkeys(wanted, 1)
    met: Counter[W] = Counter()
    for number in range(most):
        for examples, strategy in runs:
            test = _counting(check, strategy, met)
            seed(FIRST_SEED + number)(law(examples, explored=0)(test))()
        if all(met[way] >= count for way, count in least.items()):
            return met
    unmet = {way: met[way] for way, count in least.items() if met[way] < count}
    raise AssertionError(f"met too rarely in {most} rounds: {unmet}")


def meet_in_law(
    check: Callable[[T], Iterable[W]],
    *runs: tuple[int, SearchStrategy[T]],
    wanted: Collection[W] | Mapping[W, int],
) -> None:
    """Check a law whose cases must meet every wanted way; while exploring, check it only."""
    if not EXPLORED:
        meet(check, *runs, wanted=wanted)
        return
    for examples, strategy in runs:
        law(examples, explored=EXPLORED)(_counting(check, strategy, Counter()))()


def _counting(
    check: Callable[[T], Iterable[W]], strategy: SearchStrategy[T], met: Counter[W]
) -> Callable[..., Any]:
    """Return a property that checks cases, and counts the ways that they go."""

    @given(strategy)
    def run(case: T) -> None:
        met.update(set(check(case)))

    return run
