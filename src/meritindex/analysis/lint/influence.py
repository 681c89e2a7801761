"""Nodes that can never change the band of the total.

A node is looked at where it is worth least and where it is worth most, with everything else equal.
Between the two, the total moves by what the node adds on its way up. It decides something when a
total at its least lies so close below a limit of the bands that this carries it across. The totals
are the exact ones that answers reach; where points are rounded or capped on the way up, the move is
taken at its largest, so that nothing is said to be without influence that has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from meritindex.analysis.lint.attainable import Pattern, Restriction
from meritindex.analysis.lint.findings import Finding, Severity, listed_codes, number
from meritindex.analysis.lint.lattice import Lattice, UndecidedError
from meritindex.analysis.lint.subject import Subject, nodes_below
from meritindex.definition import Bands, Dimension, Indicator, Node, WeightedMean, WeightedSum
from meritindex.definition.applicability import presence_patterns
from meritindex.language import Text

# How many places of sets may be made anew, one set for each node; beyond it the totals of all
# answers stand in, which find less.
_MAX_PLACES = 2**29

_NO_ANSWERS = Text(
    "{codes} tidak berlaku pada jawaban pertanyaan pembuka mana pun",
    "no answers to the gates let {codes} apply",
)
_NO_WEIGHT = Text(
    "bobot {codes} nol, sehingga tidak pernah mengubah {parent}",
    "the weight of {codes} is zero, which never changes {parent}",
)
_ONE_VALUE = Text(
    "{codes} selalu bernilai sama ({points}), apa pun jawabannya",
    "{codes} is worth the same ({points}), whatever the answers",
)
_TOO_SMALL = Text(
    "pada jawaban lengkap, {codes} tidak pernah mengubah kategori {root}: paling banyak menggeser "
    "nilai {most}, dan tidak ada nilai yang sedekat itu di bawah suatu batas",
    "with complete answers, {codes} never changes the band of {root}: it moves the total by {most} "
    "at most, and no total is so close below a limit",
)


def check_influence(subject: Subject) -> Iterator[Finding]:
    """Yield the nodes without influence; not again what stands below them."""
    told: set[str] = set()
    groups: dict[Text, list[str]] = {}
    known: dict[object, Text | None] = {}
    for node in subject.instrument.nodes[1:]:
        if told.isdisjoint(subject.instrument.path(node.code)):
            kind = _kind(subject, node)
            if kind not in known:
                known[kind] = _why_none(subject, node)
            why = known[kind]
            if why is not None:
                told.add(node.code)
                groups.setdefault(why, []).append(node.code)
    for why, codes in groups.items():
        message = why.fill(codes=listed_codes(codes))
        yield Finding("never-decides", Severity.WARNING, codes[0], message)


def _kind(subject: Subject, node: Node) -> object:
    """Return what indicators of one dimension share that have the same influence."""
    if not isinstance(node, Indicator) or node.code in subject.shortfalls:
        return node.code
    points = tuple(level.points for level in node.levels)
    above = subject.instrument.path(node.code)[0]
    return above, subject.weight_of(node), points, node.conditions


def _why_none(subject: Subject, node: Node) -> Text | None:
    """Return why a node never changes the band, with `{codes}` in its place; None if it may."""
    patterns = presence_patterns([node], subject.instrument.gates, subject.weight_of)
    if patterns == ((False,),):
        return _NO_ANSWERS
    # What a cap depends on has an influence apart from its weight.
    if not subject.shortfalls.isdisjoint({node.code, *(each.code for each in nodes_below(node))}):
        return None
    parent = subject.instrument.parent(node.code)
    if parent is not None and node in parent.children and subject.weight_of(node) == 0:
        return _NO_WEIGHT.fill(codes="{codes}", parent=parent.code)
    values = subject.attainable(node)
    if values is not None and values.lowest == values.highest:
        return _ONE_VALUE.fill(codes="{codes}", points=number(values.lowest))
    most = _most_without_effect(subject, node)
    root = subject.instrument.root.code
    return None if most is None else _TOO_SMALL.fill(codes="{codes}", root=root, most=number(most))


def _most_without_effect(subject: Subject, node: Node) -> Fraction | None:
    """Return by how much a node moves the total at most; None where it may change its band."""
    root = subject.instrument.root
    above = subject.instrument.path(node.code)
    if root.bands is None or not subject.shortfalls.isdisjoint(above):
        return None
    try:
        return _most(subject, node, root.bands)
    except UndecidedError:
        return None


def _most(subject: Subject, node: Node, bands: Bands) -> Fraction | None:
    """Return by how much a node moves the total at most; None where it can change its band.

    Raises:
        UndecidedError: that can't be decided.
    """
    root, reach = subject.instrument.root, subject.reach
    totals = subject.attainable(root)
    # Where all totals have one band, that is what there is to say, not that each node is small.
    if totals is None or bands.number_of(totals.lowest) == bands.number_of(totals.highest):
        return None
    most = Fraction(0)
    for pattern in reach.patterns:
        path = [subject.instrument.dimension(code) for code in subject.instrument.path(node.code)]
        if all(reach.applies(each, pattern) for each in (node, *path)):
            move, lowest = _move(subject, node, path, pattern)
            most = max(most, move)
            held = frozenset([lowest]) if _is_small(subject) else frozenset()
            if _crosses(reach.under(root, pattern, held), move, bands):
                return None
    return most


def _is_small(subject: Subject) -> bool:
    """Say whether the totals can be made anew for every node, in time."""
    totals = subject.attainable(subject.instrument.root)
    places = sum(values.bits.bit_length() for values in totals.sets) if totals is not None else 0
    return places * len(subject.instrument.nodes) <= _MAX_PLACES


def _move(
    subject: Subject, node: Node, path: list[Dimension], pattern: Pattern
) -> tuple[Fraction, Restriction]:
    """Return by how much a node moves the total at most, and what holds the total at its least.

    Raises:
        UndecidedError: a rule on the way is not linear, or a cap depends on a shortfall.
    """
    values = subject.reach.under(node, pattern)
    move = values.highest - values.lowest
    lowest = Restriction(node.code, "to", values.lowest)
    for parent in path:
        if node in parent.deductions:
            lowest = Restriction(node.code, "from", values.highest)
        elif node in parent.children:
            rule = parent.rule
            if not isinstance(rule, WeightedSum | WeightedMean):
                raise UndecidedError
            present = [each for each in parent.children if subject.reach.applies(each, pattern)]
            factors = rule.factors(subject.reach.weights(present))
            move *= factors[present.index(node)]
        if any(cap.shortfall is not None for cap in parent.caps):
            raise UndecidedError
        if parent.rounding is not None and move:
            move = (move // parent.rounding.unit + 1) * parent.rounding.unit
        node = parent
    return move, lowest


def _crosses(totals: Lattice, move: Fraction, bands: Bands) -> bool:
    """Say whether a move upward carries any of these totals across a limit of the bands."""
    for limit, inclusive in bands.thresholds:
        last = totals.last_to(limit, inclusive=not inclusive)
        if last is not None and (last + move > limit or (inclusive and last + move == limit)):
            return True
    return False
