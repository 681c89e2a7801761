"""What to do about weights: use what is published, share out the rest, or take the user's.

A weight that nobody has published is None in the instrument. A weighting turns what is known into
a weight for every child of every dimension, each with its basis, or refuses with the list of what
is missing. It is part of every result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction

import attrs

from meritindex.definition.checks import shown_code
from meritindex.definition.nodes import Dimension, Node
from meritindex.definition.rules import weight_sum_faults
from meritindex.definition.sources import Basis, Figure, Standing
from meritindex.errors import Fault, NumberError, WeightingError
from meritindex.language import Text
from meritindex.numbers import parse_number, shortest_text

# The weight of every node but the root: pairs of its code and the weight.
Weights = tuple[tuple[str, Figure], ...]

# How the weights of one dimension are completed: one figure or fault a child, then further faults.
_Complete = Callable[[Dimension], Iterator[Figure | Fault]]

_REMAINDER = Basis(
    standing=Standing.ASSUMED,
    reason=Text(
        "belum dipublikasikan; sisa bobot dibagi rata",
        "not published; the remainder is shared equally",
    ),
)
_GIVEN = Basis(standing=Standing.ASSUMED, reason=Text("diberikan pemanggil", "given by the caller"))


@attrs.frozen
class Stated:
    """Use the weights that the instrument states, and refuse where one is missing."""

    @property
    def name(self) -> str:
        """What the weighting is called on the command line and in results."""
        return "stated"

    @property
    def label(self) -> Text:
        """The weighting for a reader."""
        return Text("bobot yang dipublikasikan", "the published weights")

    def resolve(self, root: Dimension) -> Weights:
        """Return the weight of every node below `root`.

        Raises:
            WeightingError: weights are missing; every one is listed.
        """
        return _resolve(root, _stated)


@attrs.frozen
class EqualRemainder:
    """Use the stated weights, and share what is left of the whole equally among the others."""

    @property
    def name(self) -> str:
        """What the weighting is called on the command line and in results."""
        return "equal-remainder"

    @property
    def label(self) -> Text:
        """The weighting for a reader."""
        return Text("sisa bobot dibagi rata", "the remainder shared equally")

    def resolve(self, root: Dimension) -> Weights:
        """Return the weight of every node below `root`; what was shared out is `assumed`."""
        return _resolve(root, _equal_remainder)


def numbers_by_code(
    weights: Mapping[str, object] | Iterable[tuple[str, object]],
) -> tuple[tuple[str, Fraction], ...]:
    """Return weights as pairs of a code and a number.

    Raises:
        NumberError: a weight is no number; every such weight is named by its code.
    """
    pairs: list[tuple[str, Fraction]] = []
    faults: list[Fault] = []
    for code, value in weights.items() if isinstance(weights, Mapping) else weights:
        try:
            pairs.append((code, parse_number(value)))
        except NumberError as error:
            faults += faults_of_code(error, code)
    if faults:
        raise NumberError(faults)
    return tuple(pairs)


def faults_of_code(error: NumberError, code: str) -> list[Fault]:
    """Return the faults of a number with the code whose weight it should be."""
    shown = shown_code(code)
    return [attrs.evolve(fault, item=shown, place=Text.same(shown)) for fault in error.faults]


def given_basis(source: str | None, standing: Standing | None) -> Basis:
    """Return on what numbers rest that the caller gives: the source, or nothing but the caller."""
    if source is None:
        return _GIVEN
    return Basis(standing=standing or Standing.REPORTED, sources=(source,), reason=_GIVEN.reason)


@attrs.frozen
class Given:
    """Use the numbers given here, by the code of the node, before those of the instrument.

    The weights of a dimension must add up to its whole. Without a `source` the numbers are
    `assumed`; with one they are `reported`, unless `standing` says otherwise.

    Raises:
        NumberError: a weight is no number; every such weight is named by its code.

    Examples:
        >>> Given({"a1": "12,5", "a2": 10}).weights
        (('a1', Fraction(25, 2)), ('a2', Fraction(10, 1)))
    """

    weights: tuple[tuple[str, Fraction], ...] = attrs.field(converter=numbers_by_code)
    source: str | None = attrs.field(default=None, kw_only=True)
    standing: Standing | None = attrs.field(
        default=None, kw_only=True, converter=attrs.converters.optional(Standing)
    )

    @property
    def name(self) -> str:
        """What the weighting is called on the command line and in results."""
        return "given"

    @property
    def label(self) -> Text:
        """The weighting for a reader."""
        if self.source is None:
            return Text("bobot dari pemanggil", "weights given by the caller")
        return Text("bobot menurut {source}", "weights from {source}").fill(source=self.source)

    @property
    def basis(self) -> Basis:
        """On what the given numbers rest."""
        return given_basis(self.source, self.standing)

    def resolve(self, root: Dimension) -> Weights:
        """Return the weight of every node below `root`.

        Raises:
            WeightingError: a code that stands for no weighed node, stands twice or is negative,
                weights that don't add up or of which a mean can't be taken, or one that is still
                missing; all of them are listed.
        """
        figures = {code: Figure(value, self.basis) for code, value in self.weights}
        weighed = {child.code for node in weighed_dimensions(root) for child in node.children}
        faults = [unweighed(code) for code in figures if code not in weighed]
        faults += [
            negative_weight(code, figure.value)
            for code, figure in figures.items()
            if figure.value < 0
        ]
        faults += given_twice(code for code, _ in self.weights)

        def complete(dimension: Dimension) -> Iterator[Figure | Fault]:
            found = [figures.get(child.code, child.weight) for child in dimension.children]
            total = sum((figure.value for figure in found if figure is not None), Fraction(0))
            for child, figure in zip(dimension.children, found, strict=True):
                yield figure if figure is not None else _unpublished(child, dimension)
            if None not in found:
                for fault, message in weight_sum_faults(
                    dimension.rule, dimension.code, total, some_open=False
                ):
                    yield weight_fault(fault, message, dimension.code)

        return _resolve(root, complete, faults)


Weighting = Stated | EqualRemainder | Given


def _resolve(
    root: Dimension,
    complete: _Complete,
    faults: Iterable[Fault] = (),
) -> Weights:
    """Collect the weights of every dimension, or every fault."""
    found: list[Fault] = list(faults)
    weights: list[tuple[str, Figure]] = []
    for node in root.walk():
        if isinstance(node, Dimension):
            results = list(complete(node) if has_weights(node) else _alike(node))
            found += [result for result in results if isinstance(result, Fault)]
            weights += [
                (child.code, result)
                for child, result in zip(node.children, results, strict=False)
                if isinstance(result, Figure)
            ]
    if found:
        raise WeightingError(found)
    return tuple(weights)


def weighed_dimensions(root: Dimension) -> tuple[Dimension, ...]:
    """Return the dimensions whose children have weights, in the order of the tree."""
    return tuple(
        node
        for node in root.walk()
        if isinstance(node, Dimension) and node.children and has_weights(node)
    )


def has_weights(dimension: Dimension) -> bool:
    """Say whether the children of a dimension have weights."""
    return dimension.rule is None or dimension.rule.weighted


def _alike(dimension: Dimension) -> Iterator[Figure]:
    """Yield a weight of one a child, under a rule that uses none; it rests on the rule itself."""
    assert dimension.rule is not None  # noqa: S101 - one without a rule has no children to weigh
    yield from (Figure(Fraction(1), dimension.rule.basis) for _ in dimension.children)


def _stated(dimension: Dimension) -> Iterator[Figure | Fault]:
    for child in dimension.children:
        yield child.weight if child.weight is not None else _unpublished(child, dimension)


def _equal_remainder(dimension: Dimension) -> Iterator[Figure | Fault]:
    known = sum(
        (child.weight.value for child in dimension.children if child.weight is not None),
        Fraction(0),
    )
    open_count = sum(child.weight is None for child in dimension.children)
    whole = Fraction(0) if dimension.rule is None else (dimension.rule.whole or known)
    for child in dimension.children:
        if child.weight is not None:
            yield child.weight
        else:
            yield Figure((whole - known) / open_count, _REMAINDER)


def _unpublished(child: Node, dimension: Dimension) -> Fault:
    return weight_fault(
        "weight-not-published",
        Text(
            "bobot {code} ({name}) dalam {parent} belum dipublikasikan",
            "the weight of {code} ({name}) in {parent} has not been published",
        ).fill(code=child.code, name=child.name, parent=dimension.code),
        child.code,
    )


def unweighed(code: str) -> Fault:
    """Return the fault of a code that stands for nothing that has a weight."""
    message = Text(
        "{code} tidak diboboti dalam instrumen ini", "{code} has no weight in this instrument"
    )
    return weight_fault("weight-unknown-code", message.fill(code=shown_code(code)), code)


def negative_weight(code: str, value: Fraction) -> Fault:
    """Return the fault of a weight below zero."""
    message = Text("bobot {code} negatif: {value}", "the weight of {code} is negative: {value}")
    filled = message.fill(code=shown_code(code), value=shortest_text(value))
    return weight_fault("weight-negative", filled, code)


def given_twice(codes: Iterable[str]) -> list[Fault]:
    """Return the faults of the codes that stand twice or more."""
    message = Text(
        "bobot {code} diberikan {count} kali", "the weight of {code} is given {count} times"
    )
    return [
        weight_fault("weight-twice", message.fill(code=shown_code(code), count=count), code)
        for code, count in Counter(codes).items()
        if count > 1
    ]


def weight_fault(code: str, message: Text, item: str) -> Fault:
    """Return a fault about the weight of a node, or about those of a dimension."""
    return Fault(code=code, message=message, item=shown_code(item))
