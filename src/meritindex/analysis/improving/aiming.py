"""Reading what is to be reached, and what that means for one agency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import cast

import attrs

from meritindex.analysis.improving.faults import wish_fault
from meritindex.analysis.improving.outcomes import Goal
from meritindex.analysis.improving.target import RankTarget, Target
from meritindex.definition import Agency, Dimension, Instrument
from meritindex.errors import AssessmentError, Fault, NumberError
from meritindex.language import Text
from meritindex.numbers import GRAMMAR, parse_number, quoted, shortest_text
from meritindex.scoring import ScoreTable, ScoringPlan
from meritindex.scoring.standing import band_grounds, reasons, standing_of

PLACE = Text("sasaran", "target")
_NEXT = Text("kategori berikutnya", "the next band")
_MOST = Text("nilai tertinggi untuk anggaran", "the highest total for a budget")


@attrs.frozen(kw_only=True, eq=False)
class Aim:
    """What is to be reached, before it is known by whom.

    Attributes:
        root: the dimension of the total.
        band: the number of the band, 0 for none.
        total: the least total, None for none.
        rank: the place in a group, None for none.
    """

    root: Dimension
    band: int = 0
    total: Fraction | None = None
    rank: RankTarget | None = None

    def of(self, agency: Agency, present: int) -> tuple[Target, Goal]:
        """Return what an agency is to reach.

        Args:
            agency: which.
            present: the number of its band, 0 where that is not known.
        """
        target = self._target(agency, present)
        return target, goal_of(target, self.root)

    def _target(self, agency: Agency, present: int) -> Target:
        if self.total is not None:
            return _total_target(self.total)
        if self.rank is not None:
            return _rank_target(self.rank, agency)
        count = len(self.root.bands or ())
        number = self.band or min(present + 1, count)
        if number not in self._targets:
            self._targets[number] = _band_target(self.root, number)
        return self._targets[number]

    @cached_property
    def _targets(self) -> dict[int, Target]:
        """The bands that have been asked for; many agencies are to reach the same."""
        return {}

    @property
    def is_next(self) -> bool:
        """Whether the next band is asked for, whichever that is."""
        return not self.band and self.total is None and self.rank is None


# What is asked for where nobody can say which band is the next.
NEXT = Target(kind="band", limit=None, label=_NEXT)
MOST = Target(kind="most", limit=None, label=_MOST)


def goal_of(target: Target, root: Dimension) -> Goal:
    """Return when a total reaches a target."""
    names = [band.name.id for band in root.bands or ()]
    number = 0 if target.band is None else names.index(target.band) + 1
    return Goal(target.limit, target.inclusive, number)


def _total_target(total: Fraction) -> Target:
    written = shortest_text(total)
    label = Text("nilai {total} atau lebih", "a total of {total} or more").fill(
        total=Text(written.replace(".", ","), written)
    )
    return Target(kind="total", limit=total, label=label)


def _rank_target(asked: RankTarget, agency: Agency) -> Target:
    others = sorted(
        (
            total
            for rival, total in zip(asked.among.agencies, asked.among.totals, strict=True)
            if total is not None and rival != agency
        ),
        reverse=True,
    )
    limit = others[asked.rank - 1] if len(others) >= asked.rank else None
    label = Text("peringkat {rank} dari {count}", "rank {rank} of {count}").fill(
        rank=asked.rank, count=len(others) + 1
    )
    return Target(kind="rank", limit=limit, rank=asked.rank, label=label)


def _band_target(root: Dimension, number: int) -> Target:
    assert root.bands is not None  # noqa: S101 - no band is asked for without any
    limit, inclusive = None, True
    if number > 1:
        limit, inclusive = root.bands.thresholds[number - 2]
    grounds = list(band_grounds(root, number))
    if number < len(root.bands):
        # The limit above the band is of no account to who reaches it from below.
        del grounds[min(1, number - 1)]
    band = root.bands.items[number - 1]
    return Target(
        kind="band",
        limit=limit,
        inclusive=inclusive,
        band=band.name.id,
        label=band.name,
        standing=standing_of(grounds) if grounds else None,
        reasons=reasons(grounds) if grounds else (),
    )


def read_aim(
    to: object, plan: ScoringPlan, agencies: Sequence[Agency], *, weights_open: bool
) -> Aim:
    """Read what is to be reached.

    Args:
        to: a band, a total or a place in a group; None for the next band.
        plan: scores the assessments.
        agencies: who is to reach it.
        weights_open: whether that plan has some weights of many.

    Raises:
        AssessmentError: it is no band, no number and no place in a group that is comparable.
    """
    instrument, root = plan.instrument, plan.instrument.root
    if isinstance(to, RankTarget):
        faults = tuple(_rank_faults(to, plan, agencies, weights_open=weights_open))
        if faults:
            raise AssessmentError(faults)
        return Aim(root=root, rank=to)
    if to is None:
        if root.bands is None:
            raise AssessmentError(_without_bands(instrument, None))
        return Aim(root=root)
    if isinstance(to, str) and root.bands is not None:
        number = root.bands.number_named(to)
        if number is not None:
            return Aim(root=root, band=number)
    try:
        return Aim(root=root, total=parse_number(to))
    except NumberError as error:
        raise AssessmentError(_no_target(to, instrument, error)) from None


def _without_bands(instrument: Instrument, value: str | None) -> Fault:
    return wish_fault(
        "target-without-bands",
        Text(
            "{id} tidak mempunyai kategori; yang diterima: {allowed}",
            "{id} has no bands; allowed: {allowed}",
        ),
        place=PLACE,
        value=value,
        allowed=Text("sebuah nilai", "a total"),
        id=instrument.id,
    )


def _no_target(to: object, instrument: Instrument, error: NumberError) -> Fault:
    wrong = error.faults[0]
    if wrong.code != "not-a-number" or not isinstance(to, str):
        return attrs.evolve(wrong, place=PLACE)
    if instrument.root.bands is None:
        return _without_bands(instrument, quoted(to))
    names = ", ".join(band.name.id for band in instrument.root.bands)
    return wish_fault(
        "target-band-unknown",
        Text(
            "{value} bukan kategori {id}; yang diterima: {allowed}",
            "{value} is no band of {id}; allowed: {allowed}",
        ),
        place=PLACE,
        value=quoted(to),
        allowed=Text(f"{names}; atau {GRAMMAR.id}", f"{names}; or {GRAMMAR.en}"),
        id=instrument.id,
    )


def _rank_faults(
    asked: RankTarget, plan: ScoringPlan, agencies: Sequence[Agency], *, weights_open: bool
) -> Iterator[Fault]:
    whole = isinstance(cast("object", asked.rank), int) and not isinstance(asked.rank, bool)
    if not (whole and asked.rank >= 1):
        yield wish_fault(
            "target-rank",
            Text(
                "{value} bukan peringkat; yang diterima: {allowed}",
                "{value} is no rank; allowed: {allowed}",
            ),
            place=PLACE,
            value=quoted(asked.rank),
            allowed=Text("bilangan bulat mulai 1", "whole numbers from 1"),
        )
    if weights_open:
        yield wish_fault(
            "target-rank-open",
            Text(
                "peringkat tidak dapat menjadi sasaran selama bobot terbuka; yang diterima: "
                "{allowed}",
                "a rank can't be the target while weights are open; allowed: {allowed}",
            ),
            place=PLACE,
            value=quoted(asked.rank),
            allowed=Text("kategori atau nilai", "a band or a total"),
        )
    elif asked.among.plan != plan:
        yield wish_fault(
            "target-rank-differs",
            Text(
                "kelompok pembanding dinilai dengan {value}, bukan {allowed}",
                "the group is scored under {value}, not {allowed}",
            ),
            place=PLACE,
            value=_named(asked.among.plan),
            allowed=Text.same(_named(plan)),
        )
    elif whole and asked.rank > (places := _places(asked.among, agencies)):
        yield wish_fault(
            "target-rank-beyond",
            Text(
                "peringkat {value} tidak ada dalam kelompok itu; yang diterima: {allowed}",
                "there is no rank {value} in that group; allowed: {allowed}",
            ),
            place=PLACE,
            value=str(asked.rank),
            allowed=Text("1 sampai {places}", "1 to {places}").fill(places=places),
        )


def _places(among: ScoreTable, agencies: Sequence[Agency]) -> int:
    """Return how many places a group has for each of several agencies: its own, and its rivals'."""
    known = Counter(
        rival
        for rival, total in zip(among.agencies, among.totals, strict=True)
        if total is not None
    )
    own = max((known[agency] for agency in agencies), default=0)
    return known.total() - own + 1


def _named(plan: ScoringPlan) -> str:
    policy = "" if plan.missing is None else f", {plan.missing}"
    return f"{plan.instrument.id}, {plan.weighting.name}{policy}"
