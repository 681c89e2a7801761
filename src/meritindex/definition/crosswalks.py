"""What corresponds to what in two instruments, and what has no counterpart.

A crosswalk is for reading two results side by side. It says that two parts are about the same
subject, never how many points of the one are how many of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import attrs

from meritindex.definition.checks import as_tuple, check_distinct, fault, shown_code
from meritindex.definition.instrument import Instrument
from meritindex.definition.nodes import Dimension
from meritindex.definition.sources import Basis, Source
from meritindex.errors import DefinitionError, Fault, UnknownNameError
from meritindex.language import Text

_MAX_NAMES = 20  # in one fault


@attrs.frozen(kw_only=True)
class Correspondence:
    """Parts of one instrument that are about the same subject as parts of another.

    It goes both ways and from any number to any number; `remark` says how far it reaches.

    Raises:
        DefinitionError: no code on one of the sides, or a code twice.
    """

    source: tuple[str, ...] = attrs.field(converter=as_tuple)
    target: tuple[str, ...] = attrs.field(converter=as_tuple)
    basis: Basis
    remark: Text | None = None

    def __attrs_post_init__(self) -> None:
        faults: list[Fault] = []
        for codes in (self.source, self.target):
            faults += check_distinct(codes, Text("kode", "the code"))
            if not codes:
                message = Text(
                    "padanan memerlukan kode di kedua sisi",
                    "a correspondence needs codes on both sides",
                )
                faults.append(fault("correspondence-empty", message))
        if faults:
            raise DefinitionError(faults)


@attrs.frozen(kw_only=True)
class CrosswalkSide:
    """One of the two instruments, and which of its parts are compared.

    Attributes:
        instrument: its id.
        below: the parts are what stands directly below these dimensions, adjustments included, but
            for these dimensions themselves; without any, they are all indicators and measures.
        without_counterpart: the parts for which the other instrument has none.
    """

    instrument: str
    below: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    without_counterpart: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)

    def parts_in(self, instrument: Instrument) -> tuple[str, ...]:
        """Return the codes of the parts of this side, in the order of the instrument.

        Raises:
            UnknownNameError: a code in `below` is not a dimension of the instrument.
        """
        if not self.below:
            return tuple(node.code for node in instrument.nodes if not isinstance(node, Dimension))
        outer = [instrument.dimension(code) for code in self.below]
        inner = {node.code for each in outer for node in (*each.children, *each.adjustments)}
        return tuple(
            node.code
            for node in instrument.nodes
            if node.code in inner and node.code not in self.below
        )


@attrs.frozen(kw_only=True)
class Crosswalk:
    """Which parts of two instruments correspond, and which have no counterpart.

    There is deliberately nothing here that turns the points of one instrument into points of the
    other. Parts that are about the same subject ask other questions, are worth other shares of the
    total and are judged by other criteria; no authority has published a conversion, and a number
    computed without one would look like a result and be none.

    Attributes:
        source, target: the two sides.
        pairs: what corresponds.
        basis: on what it rests that the other parts have no counterpart.
        listed_sources: what the bases name.

    Raises:
        DefinitionError: a part that has a counterpart and is said to have none, or is said so
            twice; a source that is not listed, or is listed twice. All are listed.
    """

    source: CrosswalkSide
    target: CrosswalkSide
    pairs: tuple[Correspondence, ...] = attrs.field(converter=as_tuple)
    basis: Basis
    listed_sources: tuple[Source, ...] = attrs.field(default=(), converter=as_tuple)

    def __attrs_post_init__(self) -> None:
        faults = [*side_faults(self.source, paired_codes(self.pairs, "source"))]
        faults += side_faults(self.target, paired_codes(self.pairs, "target"))
        faults += check_distinct(
            (source.code for source in self.listed_sources), Text("sumber", "the source")
        )
        listed = {source.code for source in self.listed_sources}
        bases = (self.basis, *(pair.basis for pair in self.pairs))
        for code in dict.fromkeys(code for basis in bases for code in basis.sources):
            if code not in listed:
                message = Text("sumber {code} tidak terdaftar", "the source {code} is not listed")
                faults.append(fault("source-unknown", message.fill(code=shown_code(code))))
        if faults:
            raise DefinitionError(faults)

    @property
    def without_counterpart(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The parts without counterpart: those of the first instrument, and of the second."""
        return self.source.without_counterpart, self.target.without_counterpart

    def targets(self, code: str) -> tuple[str, ...]:
        """Return the parts of the second instrument that correspond to one of the first.

        Raises:
            UnknownNameError: the crosswalk says nothing about this code.
        """
        found = [pair.target for pair in self.pairs if code in pair.source]
        return _joined(found, code, self.source)

    def sources(self, code: str) -> tuple[str, ...]:
        """Return the parts of the first instrument that correspond to one of the second.

        Raises:
            UnknownNameError: the crosswalk says nothing about this code.
        """
        found = [pair.source for pair in self.pairs if code in pair.target]
        return _joined(found, code, self.target)


def _joined(found: list[tuple[str, ...]], code: str, side: CrosswalkSide) -> tuple[str, ...]:
    """Return each code once; none where it is known that there are none."""
    if found or code in side.without_counterpart:
        return tuple(dict.fromkeys(other for codes in found for other in codes))
    message = Text(
        "{code} dari {id} tidak termasuk dalam padanan ini",
        "{code} of {id} is not part of this crosswalk",
    )
    shown = shown_code(code)
    raise UnknownNameError(
        Fault(code="part-unknown", message=message.fill(code=shown, id=side.instrument), item=shown)
    )


def paired_codes(
    pairs: Iterable[Correspondence], side: Literal["source", "target"]
) -> tuple[str, ...]:
    """Return the codes that have a counterpart, each once."""
    return tuple(dict.fromkeys(code for pair in pairs for code in getattr(pair, side)))


def side_faults(side: CrosswalkSide, paired: Iterable[str]) -> Iterator[Fault]:
    """Yield where one side of a crosswalk contradicts itself.

    Args:
        side: the side.
        paired: the codes of this side that have a counterpart.
    """
    yield from check_distinct(
        side.without_counterpart, Text("tanpa padanan:", "without counterpart:")
    )
    known = frozenset(paired)
    for code in dict.fromkeys(side.without_counterpart):
        if code in known:
            message = Text(
                "{code} dari {id} mempunyai padanan dan sekaligus disebut tanpa padanan",
                "{code} of {id} has a counterpart and is also said to have none",
            )
            filled = message.fill(code=shown_code(code), id=shown_code(side.instrument))
            yield fault("counterpart-and-none", filled, code)


def coverage_faults(
    side: CrosswalkSide, paired: Iterable[str], instrument: Instrument
) -> Iterator[Fault]:
    """Yield where one side of a crosswalk and its instrument don't agree.

    Args:
        side: the side.
        paired: the codes of this side that have a counterpart.
        instrument: the instrument that is meant.
    """
    if side.instrument != instrument.id:
        message = Text(
            "padanan ini untuk {id}, bukan {other}", "the crosswalk is for {id}, not {other}"
        )
        filled = message.fill(id=shown_code(side.instrument), other=shown_code(instrument.id))
        yield fault("crosswalk-instrument", filled)
        return
    try:
        parts = side.parts_in(instrument)
    except UnknownNameError as error:
        yield from error.faults
        return
    named = dict.fromkeys((*paired, *side.without_counterpart))
    compared = frozenset(parts)
    names = {node.code: node.name for node in instrument.nodes if node.code in compared}
    shown = ", ".join(parts[:_MAX_NAMES]) + (", …" if len(parts) > _MAX_NAMES else "")
    for code in named:
        if code not in names:
            message = Text(
                "{code} bukan bagian dari {id} yang dibandingkan di sini: {parts}",
                "{code} is not among the parts of {id} that are compared here: {parts}",
            )
            filled = message.fill(code=shown_code(code), id=instrument.id, parts=shown)
            yield fault("part-unknown", filled, code)
    for code, name in names.items():
        if code not in named:
            message = Text(
                "{code} ({name}) dari {id} tidak mempunyai padanan dan tidak disebut tanpa padanan",
                "{code} ({name}) of {id} has no counterpart and is not said to have none",
            )
            yield fault(
                "part-not-covered", message.fill(code=code, name=name, id=instrument.id), code
            )
