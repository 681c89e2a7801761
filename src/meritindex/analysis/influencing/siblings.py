"""One weight and those of its siblings, which move against it so that the whole stays the whole."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

import attrs

from meritindex.definition import Dimension, Gate, Given, Node
from meritindex.definition.checks import shown_code
from meritindex.errors import Fault, WeightingError
from meritindex.language import Text
from meritindex.numbers import parse_number, quoted, shortest_text
from meritindex.scoring import ScoringPlan


def sizes(plan: ScoringPlan, dimension: Dimension) -> Mapping[str, Fraction]:
    """Return, by code, what a weight of one counts for each child of a dimension.

    One, where weights are shares of a whole or relative to one another. In a sum without a whole,
    where weights are plain factors, by how much the points of the child can differ: so that what
    a weight is a share of is the range of the sum, and rescaling keeps that range.
    """
    rule = dimension.rule
    if rule is None or rule.whole is not None or rule.reweighs:
        return dict.fromkeys((child.code for child in dimension.children), Fraction(1))
    ranges = plan.ranges
    return {
        child.code: ranges[child.code][1] - ranges[child.code][0] for child in dimension.children
    }


@attrs.frozen(kw_only=True)
class Siblings:
    """The weight of a node, and what the others in its dimension become when it changes.

    Made by `siblings_of`. The others keep their proportions to one another.

    Attributes:
        plan: whose weights they are.
        node: whose weight changes.
        parent: the dimension that combines it.
    """

    plan: ScoringPlan
    node: Node
    parent: Dimension

    @property
    def weight(self) -> Fraction:
        """The weight as it is."""
        return self.plan.weight_values[self.node.code]

    @cached_property
    def whole(self) -> Fraction:
        """The most that the weight can be: then the others have none."""
        return sum(self._parts.values(), Fraction(0)) / self._sizes[self.node.code]

    def weights_at(self, weight: Fraction) -> dict[str, Fraction]:
        """Return the weights of all children, by code, where this one has that weight."""
        scale = (self.whole - weight) / (self.whole - self.weight)
        weights = self.plan.weight_values
        return {
            child.code: weight if child.code == self.node.code else weights[child.code] * scale
            for child in self.parent.children
        }

    def weighting_at(self, weight: Fraction) -> Given:
        """Return the weighting in which this one has that weight, and nothing else changes.

        It gives the weights that are not as the instrument states them.
        """
        changed = {**self.plan.weight_values, **self.weights_at(weight)}
        instrument = self.plan.instrument
        return Given(
            {
                child.code: changed[child.code]
                for dimension in instrument.dimensions
                if dimension.rule is not None and dimension.rule.weighted
                for child in dimension.children
                if child.weight is None or child.weight.value != changed[child.code]
            }
        )

    def checked(self, weight: object) -> Fraction:
        """Read a weight, which must lie between 0 and the whole.

        Raises:
            NumberError: it is no number.
            WeightingError: it is outside.
        """
        value = parse_number(weight)
        if 0 <= value <= self.whole:
            return value
        code = self.node.code
        allowed = Text("0 sampai {whole}", "0 to {whole}").fill(whole=shortest_text(self.whole))
        message = Text(
            "bobot {value} di luar rentang {code}; yang diterima: {allowed}",
            "the weight {value} is outside the range of {code}; allowed: {allowed}",
        )
        raise WeightingError(
            Fault(
                code="weight-outside",
                message=message.fill(value=quoted(weight), code=code, allowed=allowed),
                item=code,
                value=quoted(weight),
                allowed=allowed,
            )
        )

    @cached_property
    def _sizes(self) -> Mapping[str, Fraction]:
        return sizes(self.plan, self.parent)

    @cached_property
    def _parts(self) -> Mapping[str, Fraction]:
        """What each child takes of the whole."""
        weights = self.plan.weight_values
        return {code: weights[code] * size for code, size in self._sizes.items()}

    def refusal(self) -> tuple[str, Text] | None:
        """Return why this weight can't be changed against the others; None where it can."""
        if len(self.parent.children) == 1:
            return "weight-alone", _ALONE
        if not self._sizes[self.node.code]:
            return "weight-without-range", _WITHOUT_RANGE
        if not any(part for code, part in self._parts.items() if code != self.node.code):
            return "weight-siblings-zero", _SIBLINGS_ZERO
        return None


_NOT_WEIGHED = Text(
    "bobot {code} tidak dapat diubah: tidak berbobot",
    "the weight of {code} can't be changed: it has none",
)
_ALONE = Text(
    "bobot {code} tidak dapat diubah: tidak ada unsur lain dalam {parent}",
    "the weight of {code} can't be changed: there is nothing else in {parent}",
)
_WITHOUT_RANGE = Text(
    "bobot {code} tidak dapat diubah: nilainya selalu sama",
    "the weight of {code} can't be changed: it is always worth the same",
)
_SIBLINGS_ZERO = Text(
    "bobot {code} tidak dapat diubah: bobot yang lain dalam {parent} semuanya nol",
    "the weight of {code} can't be changed: all other weights in {parent} are zero",
)


def siblings_of(plan: ScoringPlan, code: str) -> Siblings:
    """Return the weight of a node with those of its siblings.

    Raises:
        UnknownNameError: the instrument has no such code.
        WeightingError: the node has no weight (the root, a gate, a bonus or deduction, a child of a
            minimum or median), is an only child, is always worth the same in a sum of plain
            factors, or has only siblings that count for nothing.
    """
    node = plan.instrument[code]
    parent = plan.instrument.parent(code)
    weighed = parent is not None and parent.rule is not None and parent.rule.weighted
    if isinstance(node, Gate) or parent is None or not weighed or node in parent.adjustments:
        raise _refused("weight-not-used", _NOT_WEIGHED, code, "")
    found = Siblings(plan=plan, node=node, parent=parent)
    refusal = found.refusal()
    if refusal is not None:
        raise _refused(*refusal, code, parent.code)
    return found


def _refused(code: str, message: Text, item: str, parent: str) -> WeightingError:
    shown = shown_code(item)
    return WeightingError(
        Fault(code=code, message=message.fill(code=shown, parent=parent), item=shown)
    )
