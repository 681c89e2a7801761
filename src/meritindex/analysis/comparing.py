"""Two definitions side by side, field by field, so that no difference is missed.

Every field of every type is walked; what is known of a field only decides what kind of change it is
and what it is called. So a field that is added to a definition one day is compared from that day.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

import attrs

from meritindex.analysis.changes import Change, ChangeKind, Value
from meritindex.analysis.readable import NOT_PUBLISHED, field_label, readable
from meritindex.definition import (
    Band,
    Bands,
    Basis,
    Condition,
    DerivedFigure,
    Dimension,
    Figure,
    Gate,
    Indicator,
    Instrument,
    Level,
    Limit,
    Measure,
    Option,
    Remark,
    Source,
)
from meritindex.definition.checks import shown_code
from meritindex.language import Text, listed

_NODES = (Indicator, Measure, Dimension)

# Where changes of a field belong; a basis and a wording are told by their types instead.
_KINDS: dict[tuple[type, str], ChangeKind] = {
    (Instrument, "default_weighting"): ChangeKind.RE_WEIGHTED,
    (Instrument, "in_force"): ChangeKind.RE_DATED,
    (Source, "url"): ChangeKind.RE_SOURCED,
    (Gate, "options"): ChangeKind.RE_GATED,
    (Gate, "by_kind"): ChangeKind.RE_GATED,
    (DerivedFigure, "factor"): ChangeKind.RE_RULED,
    (Indicator, "scale"): ChangeKind.RE_SCALED,
    (Indicator, "conditions"): ChangeKind.RE_GATED,
    (Measure, "scale"): ChangeKind.RE_SCALED,
    (Measure, "minimum"): ChangeKind.RE_SCALED,
    (Measure, "maximum"): ChangeKind.RE_SCALED,
    (Measure, "decimals"): ChangeKind.RE_SCALED,
    (Dimension, "rule"): ChangeKind.RE_RULED,
    (Dimension, "maximum"): ChangeKind.RE_RULED,
    (Dimension, "entry_maximum"): ChangeKind.RE_RULED,
    (Dimension, "floor"): ChangeKind.RE_RULED,
    (Dimension, "caps"): ChangeKind.RE_RULED,
    (Dimension, "rounding"): ChangeKind.RE_RULED,
    (Dimension, "decimals"): ChangeKind.RE_RULED,
    (Dimension, "bands"): ChangeKind.RE_BANDED,
    (Dimension, "band_caps"): ChangeKind.RE_BANDED,
    **{(kind, "weight"): ChangeKind.RE_WEIGHTED for kind in _NODES},
    **{(kind, "missing"): ChangeKind.RE_RULED for kind in _NODES},
    **{(kind, "remark"): ChangeKind.RE_SOURCED for kind in _NODES},
}

# What tells the items of a list apart; of others, their place in it does.
_KEYS: dict[type, Callable[[Any], str]] = {
    Band: lambda band: str(band.name.id),
    Level: lambda level: str(level.value),
    Option: lambda option: str(option.value),
    Condition: lambda condition: str(condition.gate),
    Remark: lambda remark: f"{remark.text.id}\n{remark.text.en}",
    **{kind: lambda item: str(item.code) for kind in (Source, Gate, DerivedFigure)},
    # What was an indicator and is now a dimension is another thing of the same code.
    **{kind: lambda node: f"{type(node).__name__} {node.code}" for kind in _NODES},
}

# A path goes on below these without naming their field: there is nothing else to mean.
_TRANSPARENT = {(Figure, "value"), (Limit, "value"), (Bands, "items")}


class _Absent(enum.Enum):
    """What stands beside an item that only the other list has."""

    ABSENT = enum.auto()


@attrs.frozen
class Place:
    """Where in an instrument a comparison is: whose field it is, and the way down to it."""

    where: str | None
    path: tuple[str, ...] = ()
    labels: tuple[Text, ...] = ()
    kind: ChangeKind = ChangeKind.OTHER

    def field(self, owner: type, name: str) -> Place:
        """Return the place of a field of a definition of type `owner`."""
        if (owner, name) in _TRANSPARENT:
            return self
        return attrs.evolve(
            self,
            path=(*self.path, name),
            labels=(*self.labels, field_label(name)),
            kind=_KINDS.get((owner, name), self.kind),
        )

    def item(self, key: str, label: Text | None = None) -> Place:
        """Return the place of an item of a list."""
        label = label or Text.same(shown_code(key))
        labels = (*self.labels, label)
        if len(self.labels) > 1:  # the first label has the code of the node behind it
            last = Text("{list} {item}", "{list} {item}").fill(list=self.labels[-1], item=label)
            labels = (*self.labels[:-1], last)
        return attrs.evolve(self, path=(*self.path, key), labels=labels)

    def change(self, before: object, after: object, kind: ChangeKind | None = None) -> Change:
        """Return the change of what is here."""
        return Change(
            kind=kind or self._kind_of(before, after),
            where=self.where,
            field=".".join(self.path),
            before=self._shown(before),
            after=self._shown(after),
            labels=self.labels,
        )

    def _kind_of(self, *values: object) -> ChangeKind:
        if any(isinstance(value, Basis) for value in values):
            return ChangeKind.RE_SOURCED
        if self.kind is not ChangeKind.RE_SOURCED and any(map(_is_wording, values)):
            return ChangeKind.REWORDED
        return self.kind

    def _shown(self, value: object) -> Value | None:
        if value is _Absent.ABSENT:
            return None
        if value is None and self.path[-1:] == ("weight",):
            return NOT_PUBLISHED
        if isinstance(value, int | Fraction) and not isinstance(value, bool):
            return Fraction(value)
        return readable(value)


def _is_wording(value: object) -> bool:
    if isinstance(value, tuple):
        return any(isinstance(item, Text) for item in value)
    return isinstance(value, Text)


def changes_in(place: Place, before: object, after: object) -> Iterator[Change]:
    """Yield what differs between two values of one field, down to single numbers and texts."""
    if type(before) is type(after) and before == after:
        return
    both = (before, after)
    if all(value is None or isinstance(value, Figure) for value in both):
        # What is not published has neither a number nor a basis.
        for name in ("value", "basis"):
            inner = place.field(Figure, name)
            yield from changes_in(inner, *(getattr(value, name, None) for value in both))
    elif isinstance(before, tuple) and isinstance(after, tuple) and _is_keyed((*before, *after)):
        yield from _items_in(place, before, after)
    elif type(before) is type(after) and _is_walked(before):
        yield from fields_in(place, before, after)
    else:
        yield place.change(before, after)


def fields_in(
    place: Place, before: object, after: object, skipped: Collection[str] = ()
) -> Iterator[Change]:
    """Yield what differs between two definitions of one type."""
    kind = type(before)
    for attribute in attrs.fields(kind):  # type: ignore[arg-type]  # the caller knows it is one
        name = attribute.name
        if name not in skipped:
            values = getattr(before, name), getattr(after, name)
            yield from changes_in(place.field(kind, name), *values)


def _is_walked(value: object) -> bool:
    """Say whether a value is compared field by field; texts and bases are read as a whole."""
    return attrs.has(type(value)) and not isinstance(value, Text | Basis)


def _is_pair(item: object) -> bool:
    return isinstance(item, tuple) and len(item) == 2 and isinstance(item[0], str)


def _is_keyed(items: tuple[object, ...]) -> bool:
    return all(_is_pair(item) or _is_walked(item) for item in items)


def _items_in(
    place: Place, before: tuple[object, ...], after: tuple[object, ...]
) -> Iterator[Change]:
    left, right = keyed(before), keyed(after)
    for key in dict.fromkeys((*left, *right)):
        items = left.get(key, _Absent.ABSENT), right.get(key, _Absent.ABSENT)
        yield from changes_in(place.item(key), *items)
    yield from order_changes(place, list(left), list(right))


def keyed(items: Iterable[Any]) -> dict[str, Any]:
    """Return the items of a list by what tells them apart; of a pair, what stands second."""
    found: dict[str, Any] = {}
    for number, item in enumerate(items, 1):
        if isinstance(item, tuple):
            key, content = str(item[0]), item[1]
        else:
            key, content = _KEYS.get(type(item), lambda _: str(number))(item), item  # noqa: B023
        again = 2
        name = key
        while name in found:
            name, again = f"{key} ({again})", again + 1
        found[name] = content
    return found


def order_changes(place: Place, before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """Yield the change of the order of what both lists have, if there is one."""
    left = [key for key in before if key in after]
    right = [key for key in after if key in before]
    if left != right:
        inner = place.field(tuple, "order")
        kind = ChangeKind.MOVED if place.kind is ChangeKind.OTHER else None
        was, became = (
            listed([Text.same(shown_code(key)) for key in keys]) for keys in (left, right)
        )
        yield inner.change(was, became, kind or place.kind)
