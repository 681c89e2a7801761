"""What is known of weights, and no more: the whole region of weights that the facts allow.

Where weights have not been published, one number can't be computed without a guess; what every
weighting that the facts allow agrees on can. A region is read dimension by dimension: for each, a
polytope of the weights of its children. Nothing here chooses a weight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import NoReturn, TypeVar

import attrs

from meritindex.definition.checks import as_tuple, shown_code, shown_codes
from meritindex.definition.nodes import Dimension, Node
from meritindex.definition.sources import Basis, Figure, Standing
from meritindex.definition.weightings import (
    Weights,
    faults_of_code,
    given_basis,
    given_twice,
    negative_weight,
    unweighed,
    weighed_dimensions,
    weight_fault,
)
from meritindex.errors import Fault, NumberError, WeightingError
from meritindex.language import Text, listed
from meritindex.linear import Constraint, InfeasibleError, Polytope, UnboundedError
from meritindex.numbers import parse_number, quoted, shortest_text

# Between what ends something lies; an end that is None is open.
Interval = tuple[Fraction | None, Fraction | None]

_ZERO = Fraction(0)
_Key = TypeVar("_Key")


_INTERVAL = Text(
    "satu angka, atau sepasang batas bawah dan atas",
    "a number, or a pair of a lower and an upper end",
)


def _interval(value: object) -> Interval:
    """Read a number as an interval of one point, or a pair of ends."""
    if not isinstance(value, tuple | list):
        number = _end(value)
        return number, number
    if len(value) != 2:
        message = Text("{value} bukan {allowed}", "{value} is not {allowed}")
        shown = quoted(value)
        raise NumberError(
            Fault(
                code="interval-form",
                message=message.fill(value=shown, allowed=_INTERVAL),
                value=shown,
                allowed=_INTERVAL,
            )
        )
    ends: list[Fraction | None] = []
    faults: list[Fault] = []
    for end in value:
        try:
            ends.append(_end(end))
        except NumberError as error:
            faults += error.faults
    if faults:
        raise NumberError(faults)
    return ends[0], ends[1]


def _end(value: object) -> Fraction | None:
    return None if value is None else parse_number(value)


def _read(name: str, value: object, faults: list[Fault]) -> Interval:
    """Read an interval, or add to the faults what is wrong with it."""
    try:
        return _interval(value)
    except NumberError as error:
        faults += faults_of_code(error, name)
        return None, None


def _pairs(
    values: Mapping[_Key, object] | Iterable[tuple[_Key, object]],
) -> list[tuple[_Key, object]]:
    return list(values.items() if isinstance(values, Mapping) else values)


@attrs.frozen(kw_only=True)
class Region:
    """The weights that the children of one dimension may have together.

    Attributes:
        dimension: its code.
        codes: those of the children; every sequence of weights is in this order.
        whole: what the weights add up to; None where they are only relative or plain factors.
        polytope: the weights that keep every fact.
        lower: the least that each weight can be.
        upper: the most that each weight can be.
        is_box: whether nothing but an interval for each, and the whole, limits them.
        bases: on what each weight, or what is known of it, rests.
    """

    dimension: str
    codes: tuple[str, ...]
    whole: Fraction | None
    polytope: Polytope
    lower: tuple[Fraction, ...]
    upper: tuple[Fraction, ...]
    is_box: bool
    bases: tuple[Basis, ...]

    @property
    def is_point(self) -> bool:
        """Whether only one weighting is left."""
        return self.lower == self.upper

    @cached_property
    def centre(self) -> tuple[Fraction, ...]:
        """Weights in the middle of the region: no weight is zero that need not be."""
        return self.lower if self.is_point else self.polytope.centre


@attrs.frozen(init=False)
class Admissible:
    """Every weighting that the known facts allow: it gives bounds instead of a number.

    Published weights are fixed, whatever their standing, unless `weights` says otherwise; the
    others are at least zero and, together, what is left of the whole. A fact ties children of one
    dimension only.

    Args:
        weights: by code, a number that is known, or a pair of ends between which the weight lies;
            an end that is None is open.
        order: chains of codes, each of which weighs at least as much as the one that follows.
        sums: what several weights add up to, by their codes: a number or a pair of ends.
        source: where the facts are read; without one they are `assumed`, with one `reported`,
            unless `standing` says otherwise.
        standing: how firmly the facts are known.

    Raises:
        NumberError: what should be a number is none; every such place is named.

    Examples:
        >>> import meritindex as mi
        >>> root = mi.instrument("ism-2026").root
        >>> facts = mi.Admissible({"a2": (10, 20)}, order=[("a2", "a5")], sums={("a3", "a4"): 25})
        >>> regions = {region.dimension: region for region in facts.regions(root)}
        >>> maturity = regions["maturity"]
        >>> dict(zip(maturity.codes, maturity.upper))["a5"]
        Fraction(20, 1)
    """

    weights: tuple[tuple[str, Interval], ...]
    order: tuple[tuple[str, ...], ...]
    sums: tuple[tuple[tuple[str, ...], Interval], ...]
    source: str | None
    standing: Standing | None

    def __init__(
        self,
        weights: Mapping[str, object] | Iterable[tuple[str, object]] = (),
        *,
        order: Iterable[Iterable[str]] = (),
        sums: Mapping[Iterable[str], object] | Iterable[tuple[Iterable[str], object]] = (),
        source: str | None = None,
        standing: Standing | str | None = None,
    ) -> None:
        # Not by converters of the fields, of which the first that refuses would hide the others.
        faults: list[Fault] = []
        known = tuple((code, _read(code, ends, faults)) for code, ends in _pairs(weights))
        # In one order, since a sum is the same in any, and a set of codes has none.
        groups = [(tuple(sorted(as_tuple(codes))), ends) for codes, ends in _pairs(sums)]
        together = tuple((codes, _read(" + ".join(codes), ends, faults)) for codes, ends in groups)
        if faults:
            raise NumberError(faults)
        self.__attrs_init__(
            weights=known,
            order=tuple(as_tuple(chain) for chain in as_tuple(order)),
            sums=together,
            source=source,
            standing=None if standing is None else Standing(standing),
        )

    @property
    def name(self) -> str:
        """What the weighting is called on the command line and in results."""
        return "admissible"

    @property
    def label(self) -> Text:
        """The weighting for a reader."""
        if not (self.weights or self.order or self.sums):
            return Text(
                "setiap pembobotan yang tidak bertentangan dengan yang dipublikasikan",
                "every weighting that does not contradict what is published",
            )
        if self.source is None:
            return Text(
                "setiap pembobotan yang sesuai dengan fakta dari pemanggil",
                "every weighting that the caller's facts allow",
            )
        return Text(
            "setiap pembobotan yang sesuai dengan {source}",
            "every weighting that {source} allows",
        ).fill(source=self.source)

    @property
    def basis(self) -> Basis:
        """On what the facts rest."""
        return given_basis(self.source, self.standing)

    @property
    def facts(self) -> tuple[Text, ...]:
        """The facts in words: single weights, who weighs more, and sums."""
        return (
            *(_between(code, *ends) for code, ends in self.weights),
            *(_heavier(more, less) for chain in self.order for more, less in pairwise(chain)),
            *(_between(" + ".join(codes), *ends) for codes, ends in self.sums),
        )

    def regions(self, root: Dimension) -> tuple[Region, ...]:
        """Return the weights that are admissible in each dimension whose children have weights.

        Raises:
            WeightingError: a code that stands for no weighed node or stands twice, an end below
                zero or ends the wrong way round, a fact that ties children of different dimensions
                or fewer than two, facts that contradict each other, weights without an upper end,
                or a mean whose weights could all be zero. All of them are listed.
        """
        dimensions = weighed_dimensions(root)
        parents = {child.code: one for one in dimensions for child in one.children}
        faults = list(_misplaced(self, parents))
        if faults:
            raise WeightingError(faults)
        found: list[Region] = []
        for dimension in dimensions:
            try:
                found.append(_region(self, dimension))
            except WeightingError as error:
                faults += error.faults
        if faults:
            raise WeightingError(faults)
        return tuple(found)

    def resolve(self, root: Dimension) -> NoReturn:
        """Refuse: a region is no weighting that a score could be computed with.

        Raises:
            WeightingError: always.
        """
        raise WeightingError(
            weight_fault(
                "weights-are-a-region",
                Text(
                    "bobot yang mungkin membentuk suatu daerah, sehingga tidak ada satu nilai; "
                    "pakai bounds untuk batas-batasnya",
                    "the admissible weights are a region, so there is no single score; use bounds "
                    "for what is certain",
                ),
                root.code,
            )
        )


@attrs.frozen
class Centre:
    """The weighting in the middle of a region: a member of it that no result depends on.

    A plan needs some weight for every node. What is computed with this one, and could differ with
    another that is admissible, is never shown.
    """

    region: Admissible

    @property
    def name(self) -> str:
        """What the region is called."""
        return self.region.name

    @property
    def label(self) -> Text:
        """The region for a reader."""
        return self.region.label

    def resolve(self, root: Dimension) -> Weights:
        """Return a weight of every node below `root`, resting on what is known of it.

        Raises:
            WeightingError: as `Admissible.regions`.
        """
        found = {
            code: Figure(weight, basis)
            for region in self.region.regions(root)
            for code, weight, basis in zip(region.codes, region.centre, region.bases, strict=True)
        }
        weights: list[tuple[str, Figure]] = []
        for node in root.walk():
            if isinstance(node, Dimension) and node.rule is not None:
                alike = Figure(Fraction(1), node.rule.basis)
                weights += [(child.code, found.get(child.code, alike)) for child in node.children]
        return tuple(weights)


def _misplaced(facts: Admissible, parents: Mapping[str, Dimension]) -> Iterator[Fault]:
    """Yield what is wrong with facts by themselves."""
    codes = [code for code, _ in facts.weights]
    tied = [*facts.order, *(codes for codes, _ in facts.sums)]
    for code in dict.fromkeys([*codes, *(code for group in tied for code in group)]):
        if code not in parents:
            yield unweighed(code)
    yield from given_twice(codes)
    for group in tied:
        shown = shown_codes(group) or "-"
        if len(group) < 2 or max(Counter(group).values()) > 1:
            yield weight_fault(
                "fact-form",
                Text(
                    "{codes}: urutan atau jumlah memerlukan sedikitnya dua kode yang berbeda",
                    "{codes}: an order or a sum needs at least two codes, each once",
                ).fill(codes=shown),
                shown,
            )
        elif len(above := {parents[code].code for code in group if code in parents}) > 1:
            yield weight_fault(
                "fact-across-dimensions",
                Text(
                    "{codes} berada dalam dimensi yang berbeda ({dimensions}); satu fakta hanya "
                    "mengikat unsur satu dimensi",
                    "{codes} stand in different dimensions ({dimensions}); a fact ties children of "
                    "one dimension only",
                ).fill(codes=shown, dimensions=shown_codes(sorted(above))),
                shown,
            )
    intervals = [(shown_code(code), ends) for code, ends in facts.weights]
    intervals += [(shown_codes(codes), ends) for codes, ends in facts.sums]
    for shown, (low, high) in intervals:
        for end in dict.fromkeys((low, high)):
            if end is not None and end < 0:
                yield negative_weight(shown, end)
        if low is not None and high is not None and low > high:
            yield weight_fault(
                "interval-reversed",
                Text(
                    "{code}: batas bawah {low} di atas batas atas {high}",
                    "{code}: the lower end {low} is above the upper end {high}",
                ).fill(code=shown, low=shortest_text(low), high=shortest_text(high)),
                shown,
            )


def _region(facts: Admissible, dimension: Dimension) -> Region:
    """Return the region of one dimension, or refuse it."""
    rule = dimension.rule
    assert rule is not None  # noqa: S101 - as of every dimension with children
    children = dimension.children
    own = dict(facts.weights)
    stated: list[tuple[Constraint, Text]] = []
    for place, child in enumerate(children):
        low, high, origin = _ends(child, own)
        if (low, high) != (_ZERO, None):
            stated.append((_single(place, len(children), low, high), origin))
    ties = list(_ties(facts, dimension))
    if rule.whole is not None:
        ones = (Fraction(1),) * len(children)
        text = Text(
            "bobot dalam {code} berjumlah {whole}", "the weights in {code} add up to {whole}"
        ).fill(code=dimension.code, whole=shortest_text(rule.whole))
        ties.append((Constraint(coefficients=ones, low=rule.whole, high=rule.whole), text))
    polytope = Polytope(
        size=len(children), constraints=tuple(constraint for constraint, _ in (*stated, *ties))
    )
    is_box = len(ties) == (rule.whole is not None)
    texts = [text for _, text in (*stated, *ties)]
    lower, upper = _extremes(polytope, dimension, texts)
    if rule.reweighs and not any(lower) and rule.whole is None:
        _check_not_all_zero(polytope, dimension)
    return Region(
        dimension=dimension.code,
        codes=tuple(child.code for child in children),
        whole=rule.whole,
        polytope=polytope,
        lower=lower,
        upper=upper,
        is_box=is_box,
        bases=tuple(_basis(facts, child, rule.basis) for child in children),
    )


def _ends(child: Node, own: Mapping[str, Interval]) -> tuple[Fraction, Fraction | None, Text]:
    """Return between what ends a weight lies, and that in words."""
    if child.code in own:
        low, high = own[child.code]
        return low or _ZERO, high, _between(child.code, low, high)
    if child.weight is not None:
        value = child.weight.value
        words = Text(
            "bobot {code} dipublikasikan {value}", "the weight of {code} is published as {value}"
        )
        return value, value, words.fill(code=child.code, value=shortest_text(value))
    return _ZERO, None, Text.same(child.code)


def _between(name: str, low: Fraction | None, high: Fraction | None) -> Text:
    """Return in words between what ends something lies."""
    ends = {
        "name": name,
        "low": "0" if low is None else shortest_text(low),
        "high": "" if high is None else shortest_text(high),
    }
    if low is not None and low == high:
        return Text("{name} sama dengan {low}", "{name} is {low}").fill(**ends)
    if high is None:
        return Text("{name} paling sedikit {low}", "{name} is at least {low}").fill(**ends)
    return Text("{name} dari {low} sampai {high}", "{name} is from {low} to {high}").fill(**ends)


def _heavier(more: str, less: str) -> Text:
    """Return in words that one weighs at least as much as the other."""
    return Text(
        "bobot {more} paling sedikit sama dengan bobot {less}",
        "{more} weighs at least as much as {less}",
    ).fill(more=more, less=less)


def _single(place: int, size: int, low: Fraction, high: Fraction | None) -> Constraint:
    coefficients = tuple(Fraction(int(other == place)) for other in range(size))
    return Constraint(coefficients=coefficients, low=low, high=high)


def _ties(facts: Admissible, dimension: Dimension) -> Iterator[tuple[Constraint, Text]]:
    """Yield what ties the children of a dimension to one another, each with its words."""
    codes = [child.code for child in dimension.children]
    for chain in facts.order:
        for more, less in pairwise(chain):
            if more in codes:
                coefficients = tuple(Fraction((code == more) - (code == less)) for code in codes)
                yield Constraint(coefficients=coefficients, low=_ZERO), _heavier(more, less)
    for group, (low, high) in facts.sums:
        if group[0] in codes:
            coefficients = tuple(Fraction(int(code in group)) for code in codes)
            text = _between(" + ".join(group), low, high)
            yield Constraint(coefficients=coefficients, low=low, high=high), text


def _extremes(
    polytope: Polytope, dimension: Dimension, texts: Sequence[Text]
) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
    """Return the least and the most that each weight can be; refuse an empty or open region."""
    units = [
        [int(place == other) for other in range(polytope.size)] for place in range(polytope.size)
    ]
    try:
        polytope.check()
    except InfeasibleError as error:
        facts = listed([texts[place] for place in error.conflict], "; ")
        raise WeightingError(
            weight_fault(
                "region-empty",
                Text(
                    "tidak ada bobot dalam {code} yang memenuhi semua fakta sekaligus; yang "
                    "bertentangan: {facts}",
                    "no weights in {code} keep all facts; these contradict each other: {facts}",
                ).fill(code=dimension.code, facts=facts),
                dimension.code,
            )
        ) from None
    lower = tuple(polytope.minimum(unit).point[place] for place, unit in enumerate(units))
    upper: list[Fraction] = []
    open_codes: list[str] = []
    for place, unit in enumerate(units):
        try:
            upper.append(polytope.maximum(unit).point[place])
        except UnboundedError:
            open_codes.append(dimension.children[place].code)
    if open_codes:
        raise WeightingError(
            weight_fault(
                "region-unbounded",
                Text(
                    "bobot {codes} dalam {code} tidak mempunyai batas atas, dan rumusnya tidak "
                    "menyatakan jumlah seluruhnya; beri batas atas",
                    "the weights of {codes} in {code} have no upper end, and the rule states no "
                    "whole; give them one",
                ).fill(codes=shown_codes(open_codes), code=dimension.code),
                dimension.code,
            )
        )
    return lower, tuple(upper)


def _check_not_all_zero(polytope: Polytope, dimension: Dimension) -> None:
    if any(polytope.minimum([1] * polytope.size).point):
        return
    raise WeightingError(
        weight_fault(
            "weights-all-zero",
            Text(
                "bobot dalam {code} dapat nol semuanya, dan rata-rata tertimbang memerlukan bobot "
                "di atas 0; beri sedikitnya satu batas bawah",
                "the weights in {code} could all be zero, of which there is no weighted mean; give "
                "at least one of them a lower end above 0",
            ).fill(code=dimension.code),
            dimension.code,
        )
    )


def _basis(facts: Admissible, child: Node, rule: Basis) -> Basis:
    """Return on what the weight of a child, or what is known of it, rests.

    That a weight which nobody has published is anything from zero is no assumption; it rests on
    the rule alone.
    """
    tied = {code for group in facts.order for code in group}
    tied |= {code for group, _ in facts.sums for code in group}
    if child.code in dict(facts.weights) or (child.weight is None and child.code in tied):
        return facts.basis
    return rule if child.weight is None else child.weight.basis
