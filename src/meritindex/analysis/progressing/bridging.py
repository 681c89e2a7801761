"""Putting the answers under one instrument under another, where that can be done.

It can be done where everything that was answered has one counterpart with the same levels or the
same range, and where the totals lie on one scale: under a variant of an instrument with other
weights, rules, points of levels or bands, or with a crosswalk that only renames. Points that were
entered say nothing about what stands below them; they can be carried over where they mean the same
under both. Nothing here converts points of one scale into points of another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TypeVar

import attrs

from meritindex.analysis.premises import codes_text
from meritindex.assessment import Assessment
from meritindex.definition import Crosswalk, Dimension, Gate, Indicator, Instrument, Measure, Node
from meritindex.errors import AssessmentError
from meritindex.language import LANGUAGES, Text
from meritindex.scoring.formulas import shown
from meritindex.scoring.plans import ScoringPlan
from meritindex.scoring.scoring import table_of

T = TypeVar("T")

# The code of a part under one instrument, by its code under the other; None: the same codes.
Names = Mapping[str, str] | None

_NO_COUNTERPART = Text(
    "{codes} pada {own} tidak mempunyai satu padanan pada {other}",
    "no single counterpart in {other} for {codes} of {own}",
)
_OTHER_LEVELS = Text(
    "tingkat {codes} pada {own} lain daripada pada {other}",
    "the levels of {codes} in {own} are not those in {other}",
)
_OTHER_RANGE = Text(
    "rentang {codes} pada {own} lain daripada pada {other}",
    "the range of {codes} in {own} is not that in {other}",
)
_OTHER_ENTRY = Text(
    "nilai yang diisi untuk {codes} tidak berarti sama pada {own} dan {other}",
    "points entered for {codes} do not mean the same in {own} and {other}",
)


@attrs.frozen(kw_only=True)
class Side:
    """One of two plans, and what its instrument is called beside the other's."""

    plan: ScoringPlan
    name: str

    @property
    def instrument(self) -> Instrument:
        """The instrument of the plan."""
        return self.plan.instrument


def node_of(instrument: Instrument, code: str | None) -> Node | Gate | None:
    """Return the node or gate with this code; None where there is none."""
    return None if code is None or code not in instrument else instrument[code]


def fits(crosswalk: Crosswalk, before: Instrument, after: Instrument) -> bool:
    """Say whether a crosswalk is about these two instruments, in either order."""
    ids = (crosswalk.source.instrument, crosswalk.target.instrument)
    return ids in {(before.id, after.id), (after.id, before.id)}


def single_names(crosswalk: Crosswalk, before: Instrument) -> dict[str, str]:
    """Return the parts of one instrument with a single counterpart, and the counterparts.

    Args:
        crosswalk: one that is about `before` and the other instrument.
        before: the instrument whose parts are the keys.
    """
    forward = crosswalk.source.instrument == before.id
    sides = [
        (pair.source, pair.target) if forward else (pair.target, pair.source)
        for pair in crosswalk.pairs
    ]
    uses = [Counter(code for pair in sides for code in pair[place]) for place in (0, 1)]
    return {
        codes[0]: others[0]
        for codes, others in sides
        if len(codes) == len(others) == 1 and uses[0][codes[0]] == uses[1][others[0]] == 1
    }


def scale_reasons(before: Side, after: Side) -> Iterator[Text]:
    """Yield that two totals lie on different scales, if they do."""
    scales = [side.plan.ranges[side.instrument.root.code] for side in (before, after)]
    if scales[0] == scales[1]:
        return
    message = Text(
        "skala nilainya berbeda: {scale} pada {own}, {other_scale} pada {other}",
        "totals have different scales: {scale} in {own}, {other_scale} in {other}",
    )
    ends = [
        Text("{low} sampai {high}", "{low} to {high}").fill(
            low=_shown(scale[0]), high=_shown(scale[1])
        )
        for scale in scales
    ]
    yield message.fill(scale=ends[0], own=before.name, other_scale=ends[1], other=after.name)


def _shown(value: Fraction) -> Text:
    return Text(*(shown(value, language) for language in LANGUAGES))


def answer_reasons(given: Assessment, own: Side, other: Side, names: Names) -> Iterator[Text]:
    """Yield why answers can't be put under another instrument, all at once."""
    entries = [code for code, _ in given.points]
    answered = [code for code, _ in (*given.levels, *given.measures, *given.points)]
    found = {code: _counterpart(code, own, other, names) for code in answered}
    pairs = {code: (own.instrument[code], node) for code, node in found.items() if node is not None}
    lost = [code for code, option in given.gates if not _allows(other, code, option)]
    lost += [code for code in answered if code not in pairs]
    groups = (
        (_NO_COUNTERPART, lost),
        (_OTHER_LEVELS, [code for code, pair in pairs.items() if _other_levels(*pair)]),
        (_OTHER_RANGE, [code for code, pair in pairs.items() if _other_range(*pair)]),
        (
            _OTHER_ENTRY,
            [code for code in entries if code in pairs and _other_entry(*pairs[code], own, other)],
        ),
    )
    for message, codes in groups:
        if codes:
            yield message.fill(codes=codes_text(codes), own=own.name, other=other.name)


def carried(given: Assessment, own: Side, other: Side, names: Names) -> Fraction | tuple[Text, ...]:
    """Return the total of answers under another instrument, or why there is none.

    Args:
        given: answers of which `answer_reasons` gives none against it.
        own: where they were given.
        other: under what they are to be scored.
        names: what parts are called there.
    """
    derived = [pair for pair in given.derived_gates if _allows(other, *pair)]

    def renamed(pairs: Iterable[tuple[str, T]]) -> list[tuple[str, T]]:
        return [(_name(code, own, other, names) or code, value) for code, value in pairs]

    try:
        moved = Assessment(
            agency=given.agency,
            instrument=other.instrument,
            levels=renamed(given.levels),
            gates=(*given.gates, *derived),
            measures=renamed(given.measures),
            points=renamed(given.points),
            synthetic=given.synthetic,
        )
        card = table_of(moved.alone, other.plan).card(0)
    except AssessmentError as error:
        return tuple(fault.message for fault in error.faults)
    if card.total is not None:
        return card.total
    message = Text(
        "nilai menurut {other} tidak diketahui: belum ada {codes}",
        "the total under {other} is not known: {codes} missing",
    )
    return (message.fill(other=other.name, codes=codes_text(card.needed)),)


def _name(code: str, own: Side, other: Side, names: Names) -> str | None:
    """Return what a part is called under the other instrument; the roots are counterparts."""
    if code == own.instrument.root.code:
        return other.instrument.root.code
    return code if names is None else names.get(code)


def _counterpart(code: str, own: Side, other: Side, names: Names) -> Node | None:
    """Return the node of the same type that a part is under the other instrument."""
    node = node_of(other.instrument, _name(code, own, other, names))
    if node is None or isinstance(node, Gate):
        return None
    return node if type(node) is type(own.instrument[code]) else None


def _allows(side: Side, gate: str, option: str) -> bool:
    """Say whether an instrument has this gate with this option."""
    found = node_of(side.instrument, gate)
    return isinstance(found, Gate) and option in found.values


def _other_levels(node: object, other: object) -> bool:
    return (
        isinstance(node, Indicator)
        and isinstance(other, Indicator)
        and [level.value for level in node.levels] != [level.value for level in other.levels]
    )


def _other_range(node: object, other: object) -> bool:
    return (
        isinstance(node, Measure)
        and isinstance(other, Measure)
        and (node.minimum, node.maximum) != (other.minimum, other.maximum)
    )


def _other_entry(node: object, other_node: object, own: Side, other: Side) -> bool:
    """Say whether points that were entered mean something else under the other instrument."""
    assert isinstance(node, Dimension)  # noqa: S101 - points are entered at dimensions alone
    assert isinstance(other_node, Dimension)  # noqa: S101 - and a counterpart is of the same type
    if not (node.maximum is None or other_node.maximum is None):
        return node.maximum.value != other_node.maximum.value
    return _making(node, own, other_node.code) != _making(other_node, other, other_node.code)


def _making(dimension: Dimension, side: Side, code: str) -> tuple[Dimension, list[Fraction]]:
    """Return how the points of a dimension are made, without what it is called and read as."""
    bare = attrs.evolve(
        dimension, code=code, name=Text("", ""), weight=None, bands=None, band_caps=()
    )
    below = [node.code for node in dimension.walk()][1:]
    return bare, [
        side.plan.weight_values[each] for each in below if each in side.plan.weight_values
    ]
