"""What an agency has promised, as a way through time that can be drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from meritindex.analysis import CommitmentProgress, Progress
from meritindex.language import Text, day_words, listed
from meritindex.reporting.plot import style
from meritindex.reporting.plot.course_labels import Label, Way
from meritindex.reporting.plot.keys import stroke
from meritindex.reporting.plot.scale import day_number
from meritindex.scoring.saying import Sayer

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

_PROMISED = Text("komitmen", "commitment")
_BASELINE = Text("nilai awal", "baseline")
_MILESTONE = Text("tahap antara", "milestone")
_TARGET = Text("sasaran", "target")
_STATUS = Text(
    "Komitmen {signed}: {status}, dinilai pada {day}",
    "Commitment of {signed}: {status} as of {day}",
)
_UNSTATED = Text("tidak dinyatakan: {what}", "not stated: {what}")
_LACKING = Text("belum ada: {what}", "missing: {what}")
_MARKERS = {_BASELINE: "o", _MILESTONE: "s", _TARGET: "*"}
_SIZES = {_BASELINE: 6.0, _MILESTONE: 5.0, _TARGET: 12.0}


@attrs.frozen
class Point:
    """A total that was promised, or from which a promise starts: what it is, how much, and when."""

    kind: Text
    total: Fraction
    day: dt.date | None
    band: str = ""

    def text(self, say: Sayer) -> str:
        """Return what is written beside it."""
        total = say.points(self.total, 6)
        return (
            f"{say(self.kind)} {self.band} ({total})" if self.band else f"{say(self.kind)} {total}"
        )


def promises_of(course: Progress, scale: tuple[Fraction, Fraction]) -> list[list[Point]]:
    """Return what was promised on a scale, each in the order of time; a target may have no day."""
    return [
        list(_points(each))
        for each in course.commitments
        if each.one_scale and each.occasions and each.occasions[-1].scale == scale
    ]


def _points(each: CommitmentProgress) -> Iterator[Point]:
    commitment = each.commitment
    if commitment.baseline is not None and commitment.baseline_date is not None:
        yield Point(_BASELINE, commitment.baseline, commitment.baseline_date)
    for milestone in commitment.milestones:
        yield Point(_MILESTONE, milestone.total, milestone.date)
    if each.target_total is not None:
        band = commitment.target if isinstance(commitment.target, str) else ""
        yield Point(_TARGET, each.target_total, commitment.deadline, band)


def draw_promise(ax: Axes, points: Sequence[Point], say: Sayer) -> list[Label]:
    """Draw one commitment, and return what is to be written beside it."""
    dated = [(day_number(each.day), each) for each in points if each.day is not None]
    if len(dated) > 1:
        ax.plot(
            *([day for day, _ in dated], [float(each.total) for _, each in dated]),
            color=style.MUTED,
            linewidth=1.4,
            linestyle=(0, (5, 3)),
            label="promise",
            zorder=2,
        )
    labels = []
    for day, each in dated:
        ax.plot(
            *([day], [float(each.total)]),
            linestyle="none",
            marker=_MARKERS[each.kind],
            markersize=_SIZES[each.kind],
            markerfacecolor=style.PAPER,
            markeredgecolor=style.INK,
            label=each.kind.en,
            zorder=3,
        )
        labels.append(Label(place=(day, float(each.total)), text=each.text(say), below=True))
    for each in points:
        if each.day is None:
            ax.axhline(
                float(each.total),
                color=style.MUTED,
                linewidth=1.4,
                linestyle=(0, (5, 3)),
                label=each.kind.en,
            )
            place = (ax.get_xlim()[1], float(each.total))
            labels.append(Label(place=place, text=each.text(say)))
    return labels


def promise_ways(promises: Sequence[Sequence[Point]]) -> list[Way]:
    """Return the straight lines that are drawn of commitments."""
    places = [
        [(day_number(each.day), float(each.total)) for each in points if each.day is not None]
        for points in promises
    ]
    return [way for each in places for way in pairwise(each)]


def promise_keys(promises: Sequence[Sequence[Point]], say: Sayer) -> list[Artist]:
    """Return the samples of what is drawn of commitments."""
    kinds = {each.kind for points in promises for each in points}
    found: list[Artist] = []
    if kinds:
        found.append(stroke(say(_PROMISED), style.MUTED, width=1.4, dashed=True))
    return found


def promise_notes(course: Progress, say: Sayer) -> list[str]:
    """Return how every commitment stands, what it does not state, and what is missing."""
    return [_note(each, say) for each in course.commitments]


def _note(each: CommitmentProgress, say: Sayer) -> str:
    commitment = each.commitment
    found = [
        _STATUS.fill(
            signed=day_words(commitment.signed), status=each.status.label, day=day_words(each.as_of)
        )
    ]
    if commitment.deadline is not None:
        deadline = Text("tenggat {day}", "deadline {day}")
        found.append(deadline.fill(day=day_words(commitment.deadline)))
    if each.unstated:
        found.append(_UNSTATED.fill(what=listed(each.unstated)))
    found += [_LACKING.fill(what=what) for what in each.lacking]
    return say(listed(found, "; "))
