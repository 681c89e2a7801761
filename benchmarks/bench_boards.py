"""A board of 546 agencies by province: how totals are spread, who leads, ranks in and out of each.

The answers are the built-in sample, scored before. The peer takes the same statistics of the same
totals by pandas, in doubles, from a frame that was made before: it knows no standings and no ties
but those that doubles leave. Gaps, peers and texts have no peer.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable

from common import milliseconds, ratio, ratios, skipped, spread, table, timed, version

# isort: split

import numpy as np

import meritindex as mi

SCORES = mi.score(mi.sample())
# What a table works out once and keeps.
_ = SCORES.standings, SCORES.reasons, SCORES.bands, SCORES.ranks
BOARD = "meritindex: the board"


def board() -> mi.Board:
    """Work out everything that is said of every group."""
    found = mi.board(SCORES, by="province")
    for group in (found.whole, *found):
        _ = group.count, group.known, group.mean, group.quartiles, group.lowest, group.highest
        _ = group.bands, [group.share_at_least(name) for name in group.bands]
        _ = group.leaders, group.ranks_inside, group.ranks_outside, group.standing
    return found


def actions() -> dict[str, Callable[[], object]]:
    """Return everything to be timed, by name."""
    return {
        BOARD: board,
        "meritindex: score, board, and its text": lambda: mi.board(
            mi.score(SCORES.assessments), by="province"
        ).to_text(),
        "meritindex: the board, with every gap in every dimension": lambda: (
            [group.gaps for group in board()]
        ),
        "meritindex: peers of one agency, and what they do": lambda: mi.peers(
            SCORES, "Kota Bekasi"
        ).to_text(),
    }


def pandas_form() -> Callable[[], tuple[object, ...]]:
    """Return the same statistics by pandas, in doubles, as one would write it."""
    import pandas as pd

    frame = pd.DataFrame(
        {
            "province": [agency.province for agency in SCORES.agencies],
            "agency": [agency.name for agency in SCORES.agencies],
            "total": SCORES.totals.to_floats(),
            "band": pd.Categorical(
                SCORES.bands, [str(band) for band in SCORES.instrument.root.bands or ()]
            ),
        }
    )

    def run() -> tuple[object, ...]:
        groups = frame.groupby("province", sort=False)
        totals = groups["total"].agg(["size", "count", "mean", "min", "max"])
        quartiles = groups["total"].quantile([0.25, 0.5, 0.75]).unstack()
        bands = pd.crosstab(frame["province"], frame["band"], dropna=False)
        shares = bands.iloc[:, ::-1].cumsum(axis=1).div(bands.sum(axis=1), axis=0)
        inside = groups["total"].rank(method="min", ascending=False)
        outside = frame["total"].rank(method="min", ascending=False)
        leaders = frame[inside == 1].groupby("province", sort=False)["agency"].agg(list)
        whole = frame["total"].describe()
        ordered = totals.sort_values("mean", ascending=False)
        return ordered, quartiles, bands, shares, leaders, inside, outside, whole

    return run


def check(run: Callable[[], tuple[object, ...]]) -> None:
    """Check that both agree, but for the last digits."""
    ordered, quartiles, bands, _, leaders, inside, outside, _ = run()
    found = board()
    assert [group.name for group in found] == list(ordered.index)
    for group in found:
        assert group.mean is not None
        assert group.quartiles is not None
        assert group.count == ordered["size"][group.name]
        assert np.isclose(float(group.mean), ordered["mean"][group.name])
        assert np.allclose([float(each) for each in group.quartiles], quartiles.loc[group.name])
        assert list(group.bands.values()) == bands.loc[group.name].tolist()[: len(group.bands)]
        assert [agency.name for agency in group.leaders] == leaders[group.name]
        rows = list(group.rows)
        for ours, theirs in ((group.ranks_inside, inside), (group.ranks_outside, outside)):
            assert [rank or 0 for rank in ours] == theirs.iloc[rows].fillna(0).astype(int).tolist()


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=25)
    repetitions = parser.parse_args().repetitions
    timing = actions()
    if version("pandas") is None:
        skipped("pandas")
    else:
        peer = pandas_form()
        check(peer)
        timing["pandas groupby, in doubles: the same statistics"] = peer
    times = timed(timing, repetitions)
    times_each = ratios(times, BOARD)
    rows = [
        (
            name,
            milliseconds(statistics.median(seconds)),
            milliseconds(min(seconds)),
            f"{spread(seconds):.0%}",
            ratio(times_each[name]),
        )
        for name, seconds in times.items()
    ]
    print(f"### A board: {len(SCORES)} agencies by province\n")
    print(table(["", "median, ms", "least, ms", "noise", "/ the board"], rows), end="\n\n")


if __name__ == "__main__":
    main()
