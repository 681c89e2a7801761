"""The whole definition of how an index is made."""

from __future__ import annotations

import enum
import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property

import attrs

from meritindex.definition.applicability import (
    MAX_COMBINATIONS,
    combinations,
    gate_groups,
    gates_of,
    stated_weight,
)
from meritindex.definition.checks import (
    as_tuple,
    check_code,
    check_distinct,
    fault,
    refuse,
    shown_code,
    shown_codes,
)
from meritindex.definition.nodes import Dimension, Gate, Indicator, Measure, Node
from meritindex.definition.ranges import Range, points_ranges
from meritindex.definition.sources import Basis, Figure, Source
from meritindex.definition.weightings import Stated, Weighting
from meritindex.errors import DefinitionError, Fault, UnknownNameError
from meritindex.language import Text, counted

_DIMENSION = Text("dimensi", "dimension")
_INDICATOR = Text("indikator", "indicator")
_GATE = Text("pertanyaan pembuka", "gate")


@attrs.frozen(kw_only=True)
class InForce:
    """When an instrument is in force.

    `start` is the first day, or only the year where the day is not known; `until` is exclusive.

    Raises:
        DefinitionError: `until` is not after `start`.
    """

    start: date | int
    basis: Basis
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        if self.until is None:
            return
        earliest = (self.start, 1, 1) if isinstance(self.start, int) else _day(self.start)
        if _day(self.until) <= earliest:
            raise refuse(
                "in-force-until",
                Text(
                    "berlaku mulai {start}, tetapi berakhir {until}",
                    "in force from {start}, but until {until}",
                ).fill(start=self.start, until=self.until),
            )


def _day(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


@attrs.frozen(kw_only=True)
class Remark:
    """Something a reader of the instrument should know, with its basis."""

    text: Text
    basis: Basis


@attrs.frozen(kw_only=True)
class DerivedFigure:
    """A figure that follows from the total by a fixed factor, such as a share in another index.

    Raises:
        DefinitionError: a code that can't be one.
    """

    code: str
    name: Text
    factor: Figure

    def __attrs_post_init__(self) -> None:
        if faults := check_code(self.code):
            raise DefinitionError(faults)


@attrs.frozen(kw_only=True)
class Instrument:
    """An instrument: a tree of dimensions, its gates, and the sources of every number.

    Attributes:
        root: the dimension whose points are the total; its bands are the bands of the total.
        family: instruments that measure the same thing at different times share one.
        default_weighting: what `score` uses when the caller names no weighting.

    Raises:
        DefinitionError: a code that stands twice, an indicator that depends on a gate or an option
            that does not exist, a source that is not listed, or gates that would decide together in
            more than 16,384 combinations.
    """

    id: str
    family: str
    title: Text
    root: Dimension
    sources: tuple[Source, ...] = attrs.field(converter=as_tuple)
    gates: tuple[Gate, ...] = attrs.field(default=(), converter=as_tuple)
    in_force: InForce | None = None
    default_weighting: Weighting = attrs.field(factory=Stated)
    derived: tuple[DerivedFigure, ...] = attrs.field(default=(), converter=as_tuple)
    remarks: tuple[Remark, ...] = attrs.field(default=(), converter=as_tuple)

    def __attrs_post_init__(self) -> None:
        if faults := tuple(self._faults()):
            raise DefinitionError(faults)

    # Comparing and hashing a tree of hundreds of nodes at every look-up of a compiled plan would
    # cost more than scoring a small table, so the content hash stands for the content.
    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Instrument):
            return NotImplemented
        return self is other or self.fingerprint == other.fingerprint

    def __repr__(self) -> str:
        return (
            f"<Instrument {self.id}: {counted(len(self.dimensions), _DIMENSION).en}, "
            f"{counted(len(self.indicators), _INDICATOR).en}, {counted(len(self.gates), _GATE).en}>"
        )

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 of the whole content: equal for equal definitions, and for no others."""
        content = json.dumps(_plain(self), ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every node, parents before children."""
        return tuple(self.root.walk())

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators in the order of the tree."""
        return tuple(node for node in self.nodes if isinstance(node, Indicator))

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The measures in the order of the tree."""
        return tuple(node for node in self.nodes if isinstance(node, Measure))

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions in the order of the tree, the root first."""
        return tuple(node for node in self.nodes if isinstance(node, Dimension))

    @cached_property
    def _by_code(self) -> dict[str, Node | Gate]:
        return {item.code: item for item in (*self.nodes, *self.gates)}

    @cached_property
    def _parents(self) -> dict[str, Dimension]:
        return {
            child.code: dimension
            for dimension in self.dimensions
            for child in (*dimension.children, *dimension.adjustments)
        }

    def __getitem__(self, code: str) -> Node | Gate:
        """Return the node or gate with this code.

        Raises:
            UnknownNameError: there is none.
        """
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownNameError(
                Fault(
                    code="unknown-code",
                    message=Text(
                        "instrumen {id} tidak mempunyai kode {code}",
                        "the instrument {id} has no code {code}",
                    ).fill(id=self.id, code=shown_code(code)),
                    item=shown_code(code),
                )
            ) from None

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def dimension(self, code: str) -> Dimension:
        """Return the dimension with this code.

        Raises:
            UnknownNameError: there is none.
        """
        found = self[code]
        if isinstance(found, Dimension):
            return found
        raise UnknownNameError(
            Fault(
                code="not-a-dimension",
                message=Text("{code} bukan dimensi", "{code} is not a dimension").fill(code=code),
                item=code,
            )
        )

    def parent(self, code: str) -> Dimension | None:
        """Return the dimension in which a node is a child or an adjustment; None for the root."""
        return self._parents.get(code)

    def path(self, code: str) -> tuple[str, ...]:
        """Return the codes of the dimensions above a node, the nearest first."""
        above: list[str] = []
        while (parent := self._parents.get(code)) is not None:
            code = parent.code
            above.append(code)
        return tuple(above)

    def source(self, code: str) -> Source | None:
        """Return the source with this code; None where a weighting brought its own."""
        return next((source for source in self.sources if source.code == code), None)

    def entry_range(self, dimension: Dimension) -> tuple[Fraction, Fraction]:
        """Return between what ends points may be entered for a dimension.

        Weights that are not published are taken as anything from zero. Where the dimension states
        an `entry_maximum` beyond what its answers can reach, points up to that may be entered.
        """
        low, high = self._ranges[dimension.code]
        stated = dimension.entry_maximum
        return low, high if stated is None else max(high, stated.value)

    @cached_property
    def _ranges(self) -> Mapping[str, Range]:
        """What each node can be worth, what is missing counted as the instrument says."""
        return points_ranges(self.root, self.gates, stated_weight, lambda node: node.missing)

    def _faults(self) -> Iterator[Fault]:
        yield from check_distinct(
            (item.code for item in (*self.nodes, *self.gates, *self.derived)),
            Text("kode", "the code"),
        )
        yield from check_distinct(
            (source.code for source in self.sources), Text("sumber", "the source")
        )
        options = {gate.code: gate.values for gate in self.gates}
        sound = True
        for indicator in self.indicators:
            for condition in indicator.conditions:
                if condition.gate not in options:
                    sound = False
                    yield fault(
                        "gate-unknown",
                        Text(
                            "bergantung pada pertanyaan {gate} yang tidak ada",
                            "depends on the gate {gate}, which does not exist",
                        ).fill(gate=shown_code(condition.gate)),
                        indicator.code,
                    )
                elif not condition.options or not set(condition.options) <= set(
                    options[condition.gate]
                ):
                    yield fault(
                        "gate-option-unknown",
                        Text(
                            "jawaban {given} tidak ada pada {gate}: {options}",
                            "the options {given} do not exist in {gate}: {options}",
                        ).fill(
                            given=shown_codes(condition.options) or "-",
                            gate=condition.gate,
                            options=shown_codes(options[condition.gate]),
                        ),
                        indicator.code,
                    )
        if sound:
            yield from self._check_combinations()
        known = {source.code for source in self.sources}
        for place, basis in bases(self):
            for code in basis.sources:
                if code not in known:
                    yield fault(
                        "source-unknown",
                        Text(
                            "sumber {source} tidak terdaftar", "the source {source} is not listed"
                        ).fill(source=shown_code(code)),
                        place,
                    )

    def _check_combinations(self) -> Iterator[Fault]:
        groups: list[tuple[str, list[Node]]] = [
            (self.indicators[members[0]].code, [self.indicators[place] for place in members])
            for members in gate_groups(self.indicators)
        ]
        dimensions = [(dimension.code, list(dimension.children)) for dimension in self.dimensions]
        for code, nodes in (*groups, *dimensions):
            count = combinations(gates_of(nodes, self.gates))
            if count > MAX_COMBINATIONS:
                yield fault(
                    "gates-too-many",
                    Text(
                        "{count} kombinasi jawaban menentukan bersama; paling banyak {limit}",
                        "{count} combinations of gate answers decide together; at most {limit}",
                    ).fill(count=count, limit=MAX_COMBINATIONS),
                    code,
                )


def bases(instrument: Instrument) -> Iterator[tuple[str, Basis]]:
    """Yield every basis of an instrument with the code of the item that it belongs to."""
    for item in (*instrument.nodes, *instrument.gates):
        for attribute in attrs.fields(type(item)):
            if attribute.name not in {"children", "bonuses", "deductions"}:
                for basis in _bases_in(getattr(item, attribute.name)):
                    yield item.code, basis
    for other in (instrument.in_force, *instrument.derived, *instrument.remarks):
        for basis in _bases_in(other):
            yield instrument.id, basis


def _bases_in(value: object) -> Iterator[Basis]:
    if isinstance(value, Basis):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _bases_in(item)
    elif attrs.has(kind := type(value)):
        for attribute in attrs.fields(kind):
            yield from _bases_in(getattr(value, attribute.name))


def _plain(value: object) -> object:
    """Return definitions as lists and texts, with the names of their types and fields."""
    if isinstance(value, enum.Enum):
        return str(value.value)
    if attrs.has(kind := type(value)):
        return [
            kind.__name__,
            *(
                [attribute.name, _plain(getattr(value, attribute.name))]
                for attribute in attrs.fields(kind)
            ),
        ]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Fraction | date):
        return str(value)
    return value
