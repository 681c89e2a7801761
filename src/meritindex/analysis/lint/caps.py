"""Floors and caps that never have an effect, and those that always hold.

What is said here holds for all answers, also for those of which some are missing.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from meritindex.analysis.lint.findings import Finding, Severity, number
from meritindex.analysis.lint.subject import Subject
from meritindex.definition import BandCap, Cap, Dimension, Node, Shortfall
from meritindex.definition.applicability import presence_patterns
from meritindex.definition.ranges import Range
from meritindex.language import Text


def check_caps(subject: Subject) -> Iterator[Finding]:
    """Look at the floor and the caps of every dimension."""
    for dimension in subject.holders:
        # Points that may be entered below could pass what answers reach.
        if not subject.enters_beyond(dimension):
            yield from _floor(subject, dimension)
            for cap in dimension.caps:
                yield from _cap(subject, dimension, cap)
            for band_cap in dimension.band_caps:
                yield from _band_cap(subject, dimension, band_cap)


def _range(subject: Subject, node: Node) -> Range:
    return subject.with_gaps(node)[node.code]


def _floor(subject: Subject, dimension: Dimension) -> Iterator[Finding]:
    if dimension.floor is None:
        return
    floor = dimension.floor.value
    # Floor and caps lie on the grid of the rounding, so that it may stay.
    lowest, _ = _range(subject, attrs.evolve(dimension, floor=None))
    _, highest = _range(subject, attrs.evolve(dimension, floor=None, caps=()))
    if floor <= lowest:
        message = Text(
            "batas bawah {floor} dari {code} tidak berpengaruh: nilainya tidak pernah di bawah "
            "{lowest}",
            "the floor {floor} of {code} has no effect: its points are never below {lowest}",
        )
        yield Finding(
            "cap-without-effect",
            Severity.WARNING,
            dimension.code,
            message.fill(code=dimension.code, floor=number(floor), lowest=number(lowest)),
        )
    elif floor >= highest:
        message = Text(
            "batas bawah {floor} dari {code} selalu menentukan: jawaban tidak pernah melampaui "
            "{highest}",
            "the floor {floor} of {code} always decides: answers never pass {highest}",
        )
        yield Finding(
            "cap-always-holds",
            Severity.WARNING,
            dimension.code,
            message.fill(code=dimension.code, floor=number(floor), highest=number(highest)),
        )


def _cap(subject: Subject, dimension: Dimension, cap: Cap) -> Iterator[Finding]:
    others = tuple(other for other in dimension.caps if other is not cap)
    _, highest = _range(subject, attrs.evolve(dimension, caps=others))
    if cap.maximum >= highest:
        message = Text(
            "batas atas {maximum} dari {code} tidak berpengaruh: nilainya tidak pernah di atas "
            "{highest}",
            "the cap {maximum} of {code} has no effect: its points are never above {highest}",
        )
        yield Finding(
            "cap-without-effect",
            Severity.WARNING,
            dimension.code,
            message.fill(code=dimension.code, maximum=number(cap.maximum), highest=number(highest)),
        )
    elif cap.shortfall is not None:
        what = Text("batas atas {maximum}", "the cap {maximum}").fill(maximum=number(cap.maximum))
        yield from _shortfall(subject, dimension, cap.shortfall, what)


def _band_cap(subject: Subject, dimension: Dimension, cap: BandCap) -> Iterator[Finding]:
    assert dimension.bands is not None  # noqa: S101 (checked on construction)
    best = dimension.bands.items[-1].name
    what = Text("batas kategori {band}", "the cap at the band {band}").fill(band=cap.band)
    if cap.band == best.id:
        message = Text(
            "{what} pada {code} tidak berpengaruh: itu kategori tertinggi",
            "{what} of {code} has no effect: it is the highest band",
        ).fill(what=what, code=dimension.code)
        yield Finding("cap-without-effect", Severity.WARNING, dimension.code, message)
    else:
        yield from _shortfall(subject, dimension, cap.shortfall, what)


def _shortfall(
    subject: Subject, dimension: Dimension, shortfall: Shortfall, what: Text
) -> Iterator[Finding]:
    """Look whether the condition of a cap is ever met, and ever not met."""
    node = next(each for each in dimension.walk() if each.code == shortfall.code)
    lowest, highest = _range(subject, node)
    patterns = presence_patterns([node, dimension], subject.instrument.gates, subject.weight_of)
    if (True, True) not in patterns:
        return  # it never applies, which is said of the node itself
    if shortfall.below <= lowest:
        code, message = (
            "cap-without-effect",
            Text(
                "{what} pada {dimension} tidak pernah berlaku: {code} tidak pernah di bawah "
                "{below}, karena nilainya dari {lowest} sampai {highest}",
                "{what} of {dimension} never holds: {code} is never below {below}, for its points "
                "run from {lowest} to {highest}",
            ),
        )
    elif shortfall.below > highest and (False, True) in patterns:
        code, message = (
            "cap-always-holds",
            Text(
                "{what} pada {dimension} berlaku setiap kali {code} berlaku: {code} selalu di "
                "bawah {below}, karena nilainya dari {lowest} sampai {highest}",
                "{what} of {dimension} holds whenever {code} applies: {code} is always below "
                "{below}, for its points run from {lowest} to {highest}",
            ),
        )
    elif shortfall.below > highest:
        code, message = (
            "cap-always-holds",
            Text(
                "{what} pada {dimension} selalu berlaku: {code} selalu di bawah {below}, karena "
                "nilainya dari {lowest} sampai {highest}",
                "{what} of {dimension} always holds: {code} is always below {below}, for its "
                "points run from {lowest} to {highest}",
            ),
        )
    else:
        return
    yield Finding(
        code,
        Severity.WARNING,
        dimension.code,
        message.fill(
            what=what,
            dimension=dimension.code,
            code=shortfall.code,
            below=number(shortfall.below),
            lowest=number(lowest),
            highest=number(highest),
        ),
    )
