"""Claims against findings: 546 agencies with 29 or so answers each that differ, all of them.

The instrument is that in force, the claims are the built-in sample, and at every indicator the
finding is another level. The peer is what one would write with `score` alone: every mixture of
claim and finding made an assessment of its own and scored, for a few agencies only; its time is
scaled to all. The process is warm.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable

from common import milliseconds, ratio, ratios, spread, table, timed

# isort: split

import attrs
import numpy as np

import meritindex as mi
from meritindex.analysis.reconciling import Reconciliation, ReconciliationTable, reconcile

CLAIMS = mi.sample()
# The peer scores the mixtures of so many agencies.
FEW = 6


def findings() -> mi.AssessmentSet:
    """Return the sample with another level at every indicator that was answered."""
    levels = CLAIMS.levels
    other = np.where(levels > 0, levels - 1, levels + 1).astype(np.uint8)
    return attrs.evolve(CLAIMS, levels=np.where(levels < mi.NOT_APPLICABLE, other, levels))


FINDINGS = findings()
ONE = CLAIMS[0], FINDINGS[0]


def statistics_of_all() -> ReconciliationTable:
    """Compare all, and read off what is over-claimed, by whom, and how far both sides agree."""
    found = reconcile(CLAIMS, FINDINGS)
    _ = found.items, found.by_agency, found.kappa()
    return found


def totals_of_all() -> ReconciliationTable:
    """Do that, and score what every finding does alone, granted, and on the way."""
    found = statistics_of_all()
    _ = found.totals
    return found


def cards_of_all() -> list[Reconciliation]:
    """Do that, and build every item and every step of every agency."""
    cards = list(totals_of_all())
    for card in cards:
        _ = card.items, card.waterfall
    return cards


def one_agency() -> Reconciliation:
    """Compare one agency, items and steps."""
    card = reconcile(*ONE)
    _ = card.items, card.waterfall
    return card


def by_scores(count: int = FEW) -> list[list[object]]:
    """Score every mixture of a few agencies by `score`, as assessments of their own."""
    totals: list[list[object]] = []
    for row in range(count):
        claim, finding = CLAIMS[row], FINDINGS[row]
        ours, theirs = dict(claim.levels), dict(finding.levels)
        codes = list(ours)
        mixtures = []
        for place, code in enumerate(codes):
            so_far = {other: theirs[other] for other in codes[: place + 1]}
            mixtures += [ours | so_far, ours | {code: theirs[code]}, theirs | {code: ours[code]}]
        # One agency, but each mixture an assessment of another year.
        assessments = [
            attrs.evolve(claim, year=1946 + number, levels=mixture)
            for number, mixture in enumerate(mixtures)
        ]
        totals.append(list(mi.score(assessments).totals))
    return totals


def check() -> None:
    """Check that both say the same."""
    found = totals_of_all()
    for row, totals in enumerate(by_scores()):
        items = found[row].items
        alone = [item.total_if_accepted_alone for item in items]
        granted = [item.total_if_granted for item in items]
        assert alone == totals[1::3]
        assert granted == totals[2::3]
        assert [step.total for step in found[row].waterfall] in ([], totals[0::3])


def main() -> None:
    """Time everything and print Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=15)
    repetitions = parser.parse_args().repetitions
    check()
    found = totals_of_all()
    print(f"### Claims against findings: {len(found)} agencies, {len(found.units.owners)} items\n")
    actions: dict[str, Callable[[], object]] = {
        "meritindex: statistics of all": statistics_of_all,
        "meritindex: the same, and what every finding does": totals_of_all,
        "meritindex: the same, and every item as an object": cards_of_all,
        "meritindex: one agency": one_agency,
    }
    times = timed(actions, repetitions)
    few = timed({"score": by_scores}, 2)["score"]
    scaled = [seconds * len(found) / FEW for seconds in few]
    times["every mixture by score (scaled)"] = (scaled * repetitions)[:repetitions]
    base = "meritindex: the same, and what every finding does"
    times_each = ratios(times, base)
    rows = [
        (
            who,
            milliseconds(statistics.median(seconds)),
            milliseconds(min(seconds)),
            f"{spread(seconds):.0%}",
            ratio(times_each[who]),
        )
        for who, seconds in times.items()
    ]
    print(table(["", "median, ms", "least, ms", "noise", "/ what every finding does"], rows))
    print()


if __name__ == "__main__":
    main()
