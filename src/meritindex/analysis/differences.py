"""What changed between two instruments, in the terms of who drafts them.

Parts are matched by their codes, which says nothing about whether they mean the same: instruments
that were drafted apart may use one code for different things, which then shows as rewording. What
corresponds across such instruments is the business of a crosswalk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any, assert_never

import attrs

from meritindex import catalog
from meritindex.analysis.changes import Change, ChangeKind
from meritindex.analysis.comparing import Place, changes_in, fields_in, keyed, order_changes
from meritindex.analysis.readable import NOT_PUBLISHED, number_text
from meritindex.definition import (
    DerivedFigure,
    Dimension,
    Gate,
    Indicator,
    Instrument,
    Measure,
    Node,
    Remark,
    Source,
)
from meritindex.language import LANGUAGES, Language, Text, counted
from meritindex.layout import to_html, to_text
from meritindex.numbers import exact_text, quoted

Row = dict[str, str | None]

# The fields of a dimension that hold other nodes, and how a node stands in each.
_ROLES = {
    "children": Text("di bawah {parent}", "under {parent}"),
    "bonuses": Text("tambahan pada {parent}", "bonus of {parent}"),
    "deductions": Text("pengurangan pada {parent}", "deduction of {parent}"),
}
# Where a node stands: the code of the dimension above it and the role there; None for the root.
_Spot = tuple[str, str] | None
_ROOT = Text("akar", "the root")
_PLACE = Text("letak", "place")

_Thing = Node | Gate | DerivedFigure | Source | Remark
_NAMES: dict[type[_Thing], tuple[str, Text]] = {
    Dimension: ("dimension", Text("dimensi", "dimension")),
    Indicator: ("indicator", Text("indikator", "indicator")),
    Measure: ("measure", Text("ukuran", "measure")),
    Gate: ("gate", Text("pertanyaan pembuka", "gate")),
    DerivedFigure: ("derived", Text("angka turunan", "derived figure")),
    Source: ("source", Text("sumber", "source")),
    Remark: ("remark", Text("catatan", "remark")),
}


@attrs.frozen
class InstrumentDiff:
    """What changed from one instrument to another; empty exactly when they are the same.

    It can be iterated over, and its length is the number of changes.

    Attributes:
        before: the one instrument.
        after: the other.
        changes: everything that differs, by kind, and within a kind in the order of the instrument.
    """

    before: Instrument
    after: Instrument
    changes: tuple[Change, ...]

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __repr__(self) -> str:
        return (
            f"<InstrumentDiff from {self.before.id} to {self.after.id}: "
            f"{counted(len(self.changes), Text('perubahan', 'change')).en}>"
        )

    def as_rows(self, language: Language = "id") -> list[Row]:
        """Return one row a change, for a data frame or JSON; numbers are written exactly."""
        return [
            {
                "kind": change.kind.value,
                "where": change.where,
                "field": change.field,
                "before": _plain(change.before, language),
                "after": _plain(change.after, language),
            }
            for change in self.changes
        ]

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the changes as text of at most `width` columns."""
        from meritindex.analysis.difference_page import diff_document  # noqa: PLC0415

        return to_text(diff_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the changes as plain semantic HTML, escaped."""
        from meritindex.analysis.difference_page import diff_document  # noqa: PLC0415

        return to_html(diff_document(self, language))

    def _repr_html_(self) -> str:
        return self.to_html()


def _plain(value: Text | Fraction | None, language: Language) -> str | None:
    if value is None:
        return None
    return value.in_language(language) if isinstance(value, Text) else exact_text(value)


def diff(before: Instrument | str, after: Instrument | str) -> InstrumentDiff:
    """Return what changed from one instrument to another.

    Args:
        before: an instrument, or the id of one of the catalog.
        after: likewise.

    Raises:
        UnknownNameError: the catalog has no instrument of that id.

    Examples:
        >>> import attrs
        >>> import meritindex as mi
        >>> old = mi.instrument("ism-2019")
        >>> new = attrs.evolve(old, title=mi.Text("Judul baru", "New title"))
        >>> for change in mi.diff(old, new):
        ...     print(change.kind, change.field, change.after.en)
        reworded title New title
    """
    left = catalog.instrument(before) if isinstance(before, str) else before
    right = catalog.instrument(after) if isinstance(after, str) else after
    if left == right:
        return InstrumentDiff(left, right, ())
    changes = sorted(_changes(left, right), key=lambda change: _ORDER[change.kind])
    if not changes:  # they differ in a way that has no words, such as 1 and true
        prints = Text.same(left.fingerprint), Text.same(right.fingerprint)
        changes = [
            Place(None, ("fingerprint",), (Text.same("SHA-256"),)).change(*prints, ChangeKind.OTHER)
        ]
    return InstrumentDiff(left, right, tuple(changes))


_ORDER = {kind: place for place, kind in enumerate(ChangeKind)}
# The fields of an instrument that list things with a code or a text of their own.
_LISTS = frozenset({"sources", "gates", "derived", "remarks"})


def _changes(before: Instrument, after: Instrument) -> Iterator[Change]:
    for attribute in attrs.fields(Instrument):
        name = attribute.name
        values = getattr(before, name), getattr(after, name)
        if name == "root":
            yield from _node_changes(before, after)
        elif name in _LISTS:
            yield from _thing_changes(*values, _description)
            place = Place(None).field(Instrument, name)
            yield from order_changes(place, *(list(keyed(things)) for things in values))
        else:
            yield from changes_in(Place(None).field(Instrument, name), *values)


def _thing_changes(
    before: Iterable[_Thing], after: Iterable[_Thing], *described: Callable[[Any], Text]
) -> Iterator[Change]:
    """Yield what was removed, added, or changed in itself.

    Args:
        before: things that have a code or a text of their own.
        after: those of the other instrument.
        described: says what was there and is gone, and what is new.
    """
    left, right = keyed(before), keyed(after)
    for key, thing in left.items():
        if key in right:
            yield from fields_in(_place_of(thing), thing, right[key], _ROLES)
        else:
            yield _whole(ChangeKind.REMOVED, thing, before=described[0](thing))
    for key, thing in right.items():
        if key not in left:
            yield _whole(ChangeKind.ADDED, thing, after=described[-1](thing))


def _place_of(thing: _Thing) -> Place:
    if isinstance(thing, Remark):
        text = Text(*(quoted(thing.text.in_language(language)) for language in LANGUAGES))
        return Place(None, ("remark", thing.text.id), (_NAMES[Remark][1], text))
    if isinstance(thing, Source):  # its code may be that of a node as well
        return Place(thing.code, ("source",), (_NAMES[Source][1],))
    return Place(thing.code)


def _whole(
    kind: ChangeKind, thing: _Thing, before: Text | None = None, after: Text | None = None
) -> Change:
    """Return the change that something is gone or new."""
    field, label = _NAMES[type(thing)]
    where = None if isinstance(thing, Remark) else thing.code
    return Change(kind=kind, where=where, field=field, before=before, after=after, labels=(label,))


def _description(thing: Gate | DerivedFigure | Source | Remark) -> Text:
    match thing:
        case Gate():
            return thing.question
        case DerivedFigure():
            return thing.name
        case Source():
            return thing.title
        case Remark():
            return thing.text
        case _:
            assert_never(thing)


# Nodes


def _node_changes(before: Instrument, after: Instrument) -> Iterator[Change]:
    """Yield what differs in the nodes themselves, then where they stand and in which order."""
    left, right = _spots(before), _spots(after)
    yield from _thing_changes(
        before.nodes,
        after.nodes,
        lambda node: _node_description(node, left[node.code]),
        lambda node: _node_description(node, right[node.code]),
    )
    kept = [node.code for node in before.nodes if _is_kept(node, after)]
    for code in kept:
        if left[code] != right[code]:
            texts = (_place_text(left[code]), _place_text(right[code]))
            place = Place(code, ("place",), (_PLACE,))
            yield place.change(*texts, ChangeKind.MOVED)
    stayed = {code for code in kept if left[code] == right[code]}
    for parent in (code for code in kept if isinstance(before[code], Dimension)):
        for role in _ROLES:
            orders = [
                [node.code for node in getattr(each[parent], role) if node.code in stayed]
                for each in (before, after)
            ]
            place = Place(parent, kind=ChangeKind.MOVED).field(Dimension, role)
            yield from order_changes(place, *orders)


def _spots(instrument: Instrument) -> dict[str, _Spot]:
    places: dict[str, _Spot] = {instrument.root.code: None}
    for dimension in instrument.dimensions:
        for role in _ROLES:
            for node in getattr(dimension, role):
                places[node.code] = (dimension.code, role)
    return places


def _is_kept(node: Node, after: Instrument) -> bool:
    return node.code in after and type(after[node.code]) is type(node)


def _place_text(spot: _Spot) -> Text:
    return _ROOT if spot is None else _ROLES[spot[1]].fill(parent=spot[0])


def _node_description(node: Node, spot: _Spot) -> Text:
    """Return the name of a node, where it stands, and its weight there."""
    text = Text("{name} ({place})", "{name} ({place})")
    if spot is not None and spot[1] == "children":
        weight = NOT_PUBLISHED if node.weight is None else number_text(node.weight.value)
        text = Text("{name} ({place}, bobot {weight})", "{name} ({place}, weight {weight})").fill(
            name="{name}", place="{place}", weight=weight
        )
    return text.fill(name=node.name, place=_place_text(spot))
