"""What an instrument is made of: gates, indicators, measures, and the dimensions above them."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cached_property

import attrs

from meritindex.definition.agencies import AgencyKind
from meritindex.definition.bands import Bands
from meritindex.definition.caps import BandCap, Cap
from meritindex.definition.checks import (
    as_tuple,
    check_code,
    check_distinct,
    fault,
    shown_code,
    shown_codes,
)
from meritindex.definition.rounding import MAX_DECIMALS, Rounding
from meritindex.definition.rules import Rule, weight_sum_faults
from meritindex.definition.scales import GoalpostScale, Level, LevelScale, MeasureScale
from meritindex.definition.sources import Basis, Figure
from meritindex.errors import DefinitionError, Fault
from meritindex.language import Text
from meritindex.numbers import parse_number, quoted, shortest_text

# How fine entered points may be where neither the instrument nor a rounding says so.
_USUAL_DECIMALS = 4


class MissingPolicy(enum.StrEnum):
    """What a node counts for when it has not been answered."""

    UNKNOWN = "unknown"  # the node and those above it have no points
    ZERO = "zero"  # it counts zero points
    LOWEST = "lowest"  # it counts the least it can be worth
    DROP = "drop"  # the rest of its parent is weighed without it

    @property
    def label(self) -> Text:
        """The policy for a reader."""
        return _POLICY_LABELS[self]


_POLICY_LABELS = {
    MissingPolicy.UNKNOWN: Text("tidak diketahui", "unknown"),
    MissingPolicy.ZERO: Text("dihitung nol", "counted as zero"),
    MissingPolicy.LOWEST: Text("dihitung nilai terendah", "counted as the lowest"),
    MissingPolicy.DROP: Text("dikeluarkan dari bobot", "left out of the weights"),
}


@attrs.frozen(kw_only=True)
class Option:
    """One answer that a gate allows; `value` is what a file contains."""

    value: str
    label: Text


def _by_kind(
    pairs: Iterable[tuple[AgencyKind | str, Iterable[str]]],
) -> tuple[tuple[AgencyKind, tuple[str, ...]], ...]:
    return tuple((AgencyKind(kind), as_tuple(values)) for kind, values in pairs)


@attrs.frozen(kw_only=True)
class Gate:
    """A question whose answer decides which indicators apply.

    `by_kind` lists, for a kind of agency, the options that such an agency can answer: one option
    means that the answer follows from the kind; a kind that is not listed may answer anything.

    Raises:
        DefinitionError: a code that can't be one; options that are none, empty, with blanks around
            them, or the same but for the case, which a file does not tell apart; a kind that
            occurs twice or that can answer something else than these options.
    """

    code: str
    question: Text
    options: tuple[Option, ...] = attrs.field(converter=as_tuple)
    basis: Basis
    by_kind: tuple[tuple[AgencyKind, tuple[str, ...]], ...] = attrs.field(
        default=(), converter=_by_kind
    )

    def __attrs_post_init__(self) -> None:
        faults = check_code(self.code)
        faults += check_distinct(
            (value.strip().casefold() for value in self.values),
            Text("jawaban", "the option"),
            self.code,
        )
        faults += [
            fault(
                "gate-option-form",
                Text(
                    "jawaban {value} kosong, atau diawali atau diakhiri spasi",
                    "the option {value} is empty, or begins or ends with a blank",
                ).fill(value=quoted(value)),
                self.code,
            )
            for value in self.values
            if not value or value != value.strip()
        ]
        faults += check_distinct(
            (kind.value for kind, _ in self.by_kind),
            Text("jenis instansi", "the kind of agency"),
            self.code,
        )
        if not self.options:
            faults.append(
                fault(
                    "gate-without-options",
                    Text("pertanyaan pembuka tanpa pilihan jawaban", "the gate has no options"),
                    self.code,
                )
            )
        for kind, values in self.by_kind:
            if not values or not set(values) <= set(self.values):
                faults.append(
                    fault(
                        "gate-kind-option",
                        Text(
                            "jawaban untuk {kind} harus salah satu dari {options}",
                            "the options of a {kind} must be among {options}",
                        ).fill(kind=kind.label, options=shown_codes(self.values)),
                        self.code,
                    )
                )
        if faults:
            raise DefinitionError(faults)

    @property
    def values(self) -> tuple[str, ...]:
        """What the options are called in a file."""
        return tuple(option.value for option in self.options)

    def options_of(self, kind: AgencyKind | None) -> tuple[str, ...]:
        """Return the options that an agency of this kind can answer."""
        return dict(self.by_kind).get(kind, self.values) if kind is not None else self.values


@attrs.frozen
class Condition:
    """An indicator applies when `gate` is answered by one of `options`."""

    gate: str
    options: tuple[str, ...] = attrs.field(converter=as_tuple)


@attrs.frozen(kw_only=True)
class Indicator:
    """A leaf that is answered by a level.

    Attributes:
        scale: the levels, what each is worth and what it asks for.
        basis: on what the wording of the criteria rests.
        conditions: gates that must all allow it; without any, it always applies.
        weight: its share in its parent; None where nobody has published it.
        evidence: what must be shown for it.
        remark: what a reader should know of it, such as a slip in the source.

    Raises:
        DefinitionError: a code that can't be one, or a negative weight.
    """

    code: str
    name: Text
    scale: LevelScale
    basis: Basis
    question: Text | None = None
    evidence: tuple[Text, ...] = attrs.field(default=(), converter=as_tuple)
    conditions: tuple[Condition, ...] = attrs.field(default=(), converter=as_tuple)
    weight: Figure | None = None
    missing: MissingPolicy = attrs.field(default=MissingPolicy.UNKNOWN, converter=MissingPolicy)
    missing_basis: Basis | None = None
    remark: Text | None = None

    def __attrs_post_init__(self) -> None:
        faults = [*check_code(self.code), *_check_shares(self)]
        if faults:
            raise DefinitionError(faults)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels of its scale."""
        return self.scale.levels

    @property
    def lowest(self) -> Fraction:
        """What the lowest level is worth."""
        return self.levels[0].points

    @property
    def highest(self) -> Fraction:
        """What the highest level is worth."""
        return self.levels[-1].points

    def level(self, value: int) -> Level:
        """Return the level with this number, which must be one of the scale."""
        return self.scale.level(value)


@attrs.frozen(kw_only=True)
class Measure:
    """A leaf that is a number from elsewhere: the result of a survey, a correction.

    Its value lies between `minimum` and `maximum` and has at most `decimals` decimals; a finer one
    is refused, not rounded. With a `scale` it is worth what the scale makes of the value; without
    one, the value itself.

    Raises:
        DefinitionError: a code that can't be one, an empty range, ends finer than the decimals,
            decimals outside 0 to 17, a value that has no logarithm under its scale, or a negative
            weight.
    """

    code: str
    name: Text
    minimum: Fraction = attrs.field(converter=parse_number)
    maximum: Fraction = attrs.field(converter=parse_number)
    decimals: int
    basis: Basis
    scale: MeasureScale | None = None
    weight: Figure | None = None
    missing: MissingPolicy = attrs.field(default=MissingPolicy.UNKNOWN, converter=MissingPolicy)
    missing_basis: Basis | None = None
    remark: Text | None = None

    def __attrs_post_init__(self) -> None:
        faults = [*check_code(self.code), *_check_shares(self)]
        if not self.minimum < self.maximum:
            faults.append(
                fault(
                    "measure-range",
                    Text(
                        "rentang {minimum} sampai {maximum} kosong",
                        "the range {minimum} to {maximum} is empty",
                    ).fill(
                        minimum=shortest_text(self.minimum), maximum=shortest_text(self.maximum)
                    ),
                    self.code,
                )
            )
        if not 0 <= self.decimals <= MAX_DECIMALS or any(
            (end * 10**self.decimals).denominator != 1 for end in (self.minimum, self.maximum)
        ):
            faults.append(
                fault(
                    "measure-decimals",
                    Text(
                        "{decimals} desimal tidak diterima: 0 sampai {limit}, dan cukup untuk "
                        "kedua ujung rentang",
                        "{decimals} decimals are not allowed: 0 to {limit}, and enough for both "
                        "ends of the range",
                    ).fill(decimals=self.decimals, limit=MAX_DECIMALS),
                    self.code,
                )
            )
        faults += self._check_logarithm()
        if faults:
            raise DefinitionError(faults)

    @property
    def lowest(self) -> Fraction:
        """The least it can be worth."""
        return self._ends[0]

    @property
    def highest(self) -> Fraction:
        """The most it can be worth."""
        return self._ends[1]

    def points_of(self, value: Fraction) -> Fraction:
        """Return what a value is worth."""
        return value if self.scale is None else self.scale.points_of(value)

    @cached_property
    def _ends(self) -> tuple[Fraction, Fraction]:
        if self.scale is None:
            return self.minimum, self.maximum
        return self.scale.ends(self.minimum, self.maximum)

    def _check_logarithm(self) -> Iterator[Fault]:
        scale = self.scale
        open_logarithm = isinstance(scale, GoalpostScale) and scale.logarithmic and not scale.capped
        if open_logarithm and self.minimum <= 0:
            yield fault(
                "measure-logarithm",
                Text(
                    "nilai {minimum} tidak mempunyai logaritma, dan skalanya tidak dibatasi pada "
                    "patoknya",
                    "the value {minimum} has no logarithm, and the scale is not capped at its "
                    "posts",
                ).fill(minimum=shortest_text(self.minimum)),
                self.code,
            )


@attrs.frozen(kw_only=True)
class Dimension:
    """A node that combines its children by a rule.

    Its points are made in this order: the rule; bonuses added and deductions taken off; not less
    than the floor; not more than the caps; rounded. (Floor and caps lie on the grid of the
    rounding, so that it does not matter which of them comes first.)

    Attributes:
        children: the nodes below; empty where they are not published, and then its points can only
            be entered, from 0 to `maximum`.
        rule: how the children combine (None without children).
        entry_maximum: up to where points may be entered, where the scale is known to go beyond what
            the children can reach; None where entered points end where theirs do.
        bonuses: measures added to the result of the rule, which may so pass the top of the scale.
        deductions: measures taken off the result of the rule.
        floor: the least that is left when deductions are taken off; None where there is none.
        caps: the most that it can be, always or while something below falls short.
        band_caps: the best band that it can have while something below falls short.
        rounding: of the result; None where nothing is rounded here.
        bands: names for ranges of its points.
        decimals: how fine points entered for this dimension may be; by default 4 decimals, or as
            many as the rounding leaves.
        weight: its share in its parent; None where nobody has published it.

    Raises:
        DefinitionError: a rule without children or children without a rule; no maximum where there
            are no children, or one where there are; an entry maximum without children, or one that
            is not above 0; weights that don't add up to the rule's whole; a weight under a rule
            without weights; an unpublished weight under a rule without whole; a mean of weights
            that are all zero; a policy `drop` under a sum; a floor or cap without children or off
            the grid of the rounding; a shortfall of nothing below; a cap at an unknown band.
    """

    code: str
    name: Text
    basis: Basis
    children: tuple[Node, ...] = attrs.field(default=(), converter=as_tuple)
    rule: Rule | None = None
    maximum: Figure | None = None
    entry_maximum: Figure | None = None
    bonuses: tuple[Measure, ...] = attrs.field(default=(), converter=as_tuple)
    deductions: tuple[Measure, ...] = attrs.field(default=(), converter=as_tuple)
    floor: Figure | None = None
    caps: tuple[Cap, ...] = attrs.field(default=(), converter=as_tuple)
    band_caps: tuple[BandCap, ...] = attrs.field(default=(), converter=as_tuple)
    rounding: Rounding | None = None
    bands: Bands | None = None
    decimals: int = attrs.field()
    weight: Figure | None = None
    missing: MissingPolicy = attrs.field(default=MissingPolicy.UNKNOWN, converter=MissingPolicy)
    missing_basis: Basis | None = None
    remark: Text | None = None

    @decimals.default
    def _usual_decimals(self) -> int:
        digits = _USUAL_DECIMALS if self.rounding is None else self.rounding.digits
        return min(_USUAL_DECIMALS, digits)

    def __attrs_post_init__(self) -> None:
        faults = [*check_code(self.code), *_check_shares(self), *self._check_form()]
        faults += self._check_weights()
        faults += self._check_caps()
        if faults:
            raise DefinitionError(faults)

    @property
    def adjustments(self) -> tuple[Measure, ...]:
        """The measures that stand beside the rule: bonuses, then deductions."""
        return (*self.bonuses, *self.deductions)

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it, parents first, adjustments after the children."""
        yield self
        for child in self.children:
            if isinstance(child, Dimension):
                yield from child.walk()
            else:
                yield child
        yield from self.adjustments

    def _check_form(self) -> Iterator[Fault]:
        if self.children and (self.rule is None or self.maximum is not None):
            yield fault(
                "dimension-form",
                Text(
                    "dimensi dengan unsur di bawahnya memerlukan rumus dan tidak menyatakan nilai "
                    "maksimum",
                    "a dimension with children needs a rule and states no maximum",
                ),
                self.code,
            )
        if not self.children and (
            self.rule is not None or self.maximum is None or self.maximum.value <= 0
        ):
            yield fault(
                "dimension-form",
                Text(
                    "dimensi tanpa unsur di bawahnya memerlukan nilai maksimum di atas 0 dan tanpa "
                    "rumus",
                    "a dimension without children needs a maximum above 0 and no rule",
                ),
                self.code,
            )
        besides = (*self.adjustments, *self.caps, *self.band_caps)
        if (besides or self.floor is not None) and not self.children:
            yield fault(
                "dimension-form",
                Text(
                    "tambahan, pengurangan dan batas memerlukan unsur di bawah dimensi",
                    "bonuses, deductions, a floor and caps need children",
                ),
                self.code,
            )
        if self.entry_maximum is not None and not (self.children and self.entry_maximum.value > 0):
            yield fault(
                "dimension-entry-maximum",
                Text(
                    "batas isian {value} tidak diterima: harus di atas 0, dan hanya untuk dimensi "
                    "dengan unsur di bawahnya",
                    "the entry maximum {value} is not allowed: it must be above 0, and only a "
                    "dimension with children has one",
                ).fill(value=shortest_text(self.entry_maximum.value)),
                self.code,
            )
        finest = MAX_DECIMALS if self.rounding is None else self.rounding.digits
        if not 0 <= self.decimals <= MAX_DECIMALS or (
            self.rounding is not None and self.decimals > finest
        ):
            yield fault(
                "dimension-decimals",
                Text(
                    "{decimals} desimal tidak diterima: 0 sampai {limit}",
                    "{decimals} decimals are not allowed: 0 to {limit}",
                ).fill(decimals=self.decimals, limit=finest),
                self.code,
            )

    def _check_weights(self) -> Iterator[Fault]:
        if self.rule is not None and not self.rule.weighted:
            weighed = [child.code for child in self.children if child.weight is not None]
            if weighed:
                yield fault(
                    "weight-not-used",
                    Text(
                        "{codes} berbobot, tetapi rumus '{rule}' tidak memakai bobot",
                        "{codes} have a weight, but the rule '{rule}' uses none",
                    ).fill(codes=shown_codes(weighed), rule=self.rule.label),
                    self.code,
                )
            return
        unpublished = [child.code for child in self.children if child.weight is None]
        known = sum(
            (child.weight.value for child in self.children if child.weight is not None), Fraction(0)
        )
        if unpublished and self.rule is not None and self.rule.whole is None:
            yield fault(
                "weight-missing",
                Text(
                    "bobot {codes} tidak ada, dan rumus tidak menyatakan jumlah seluruhnya",
                    "the weights of {codes} are missing, and the rule states no whole",
                ).fill(codes=shown_codes(unpublished)),
                self.code,
            )
        if self.children:
            for code, message in weight_sum_faults(
                self.rule, self.code, known, some_open=bool(unpublished)
            ):
                yield fault(code, message, self.code)
        if self.rule is not None and not self.rule.reweighs:
            dropped = [child.code for child in self.children if child.missing == MissingPolicy.DROP]
            if dropped:
                yield fault(
                    "drop-in-sum",
                    Text(
                        "{codes}: 'drop' membobot ulang sisanya, dan penjumlahan tidak membobot "
                        "ulang; pakai rata-rata tertimbang",
                        "{codes}: 'drop' weighs the rest anew, which a sum does not do; "
                        "use a weighted mean",
                    ).fill(codes=shown_codes(dropped)),
                    self.code,
                )

    def _check_caps(self) -> Iterator[Fault]:
        limits = [cap.maximum for cap in self.caps]
        limits += [] if self.floor is None else [self.floor.value]
        if self.rounding is not None:
            for value in limits:
                if (value / self.rounding.unit).denominator != 1:
                    yield fault(
                        "cap-off-grid",
                        Text(
                            "batas {value} tidak terletak pada kelipatan {unit}",
                            "the floor or cap {value} is not a multiple of {unit}",
                        ).fill(value=shortest_text(value), unit=shortest_text(self.rounding.unit)),
                        self.code,
                    )
        if self.floor is not None:
            for cap in self.caps:
                if cap.maximum < self.floor.value:
                    yield fault(
                        "cap-below-floor",
                        Text(
                            "batas atas {maximum} di bawah batas bawah {floor}",
                            "the cap {maximum} is below the floor {floor}",
                        ).fill(
                            maximum=shortest_text(cap.maximum),
                            floor=shortest_text(self.floor.value),
                        ),
                        self.code,
                    )
        below = {node.code for child in self.children for node in _walk(child)}
        shortfalls = [
            *(cap.shortfall for cap in self.caps),
            *(cap.shortfall for cap in self.band_caps),
        ]
        for shortfall in shortfalls:
            if shortfall is not None and shortfall.code not in below:
                yield fault(
                    "cap-node-unknown",
                    Text(
                        "batas bergantung pada {other}, yang tidak ada di bawah dimensi ini",
                        "a cap depends on {other}, which does not stand below this dimension",
                    ).fill(other=shown_code(shortfall.code)),
                    self.code,
                )
        names = [] if self.bands is None else [band.name.id for band in self.bands]
        shown = shown_codes(names) or "-"
        for band_cap in self.band_caps:
            if band_cap.band not in names:
                yield fault(
                    "cap-band-unknown",
                    Text(
                        "kategori {band} tidak ada; yang ada: {names}",
                        "there is no band {band}; there are: {names}",
                    ).fill(band=shown_code(band_cap.band), names=shown),
                    self.code,
                )


Leaf = Indicator | Measure
Node = Indicator | Measure | Dimension


def _walk(node: Node) -> Iterator[Node]:
    """Yield a node and all below it."""
    if isinstance(node, Dimension):
        yield from node.walk()
    else:
        yield node


def is_exact(node: Node) -> bool:
    """Say whether the points of a node are rational numbers, and so computed exactly.

    One rule or scale that is not rational makes everything above it inexact, rounded or not.
    """
    if isinstance(node, Indicator):
        return True
    if isinstance(node, Measure):
        return node.scale is None or node.scale.exact
    below = all(is_exact(child) for child in (*node.children, *node.adjustments))
    return below and (node.rule is None or node.rule.exact)


def _check_shares(node: Node) -> Iterator[Fault]:
    if node.weight is not None and node.weight.value < 0:
        yield fault(
            "weight-negative",
            Text("bobot {value} negatif", "the weight {value} is negative").fill(
                value=shortest_text(node.weight.value)
            ),
            node.code,
        )
    if node.missing != MissingPolicy.UNKNOWN and node.missing_basis is None:
        yield fault(
            "missing-without-basis",
            Text(
                "kebijakan '{policy}' memerlukan dasar",
                "the policy '{policy}' needs a basis",
            ).fill(policy=node.missing.value),
            node.code,
        )
