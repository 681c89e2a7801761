"""The points of dimensions as expressions: the steps of a program, in the numbers of an engine.

What a step does to arrays in `scoring.block`, it does here to columns. A null is a node without
points; whether that is because it does not apply follows from the gates alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from itertools import chain
from operator import add, and_

import attrs

from meritindex.assessment.frames.library import narwhals
from meritindex.definition import Dimension, Indicator, MissingPolicy, Node
from meritindex.scoring.frames.answers import Answers
from meritindex.scoring.frames.arithmetic import (
    Expression,
    across,
    any_of,
    at_least,
    at_most,
    chosen,
    instead,
    literal,
    rounded,
    surely,
    times,
    unless,
)
from meritindex.scoring.frames.leaves import Child, indicator_child, measure_child
from meritindex.scoring.program import Program, Step, Term, Watch

# Puts an expression aside under a name, after so many others that build on each other, and returns
# what stands for it.
Keep = Callable[[int, str, Expression], Expression]


def inline(_depth: int, _name: str, expression: Expression) -> Expression:
    """Keep nothing: every expression stands for itself."""
    return expression


@attrs.frozen
class Tree:
    """The points of every node of a program."""

    program: Program
    answers: Answers
    indicators: tuple[Child, ...]
    measures: tuple[Child, ...]
    steps: list[Child]

    @classmethod
    def of(cls, program: Program, answers: Answers, keep: Keep = inline) -> Tree:
        """Build the expressions of a program."""
        tree = cls(
            program,
            answers,
            tuple(indicator_child(answers, column) for column in program.columns),
            tuple(measure_child(answers, column) for column in program.measures),
            [],
        )
        depths: list[int] = []
        for step in program.steps:
            depths.append(1 + max((depths[place] for place in step.below), default=0))
            child = tree._step(step)
            number = keep(depths[-1], step.dimension.code, child.number)
            tree.steps.append(attrs.evolve(child, number=number))
        return tree

    def _step(self, step: Step) -> Child:
        combined = self._least(step) if step.inputs else self._sum(step)
        absent = self._absent(step)
        number = self._adjusted(step, combined)
        waiting = self._waiting(step)
        number = unless(waiting, number)
        if absent is not None:
            if waiting is not None:
                absent &= ~waiting
            number = unless(absent, number)
        number = times(number, step.final_factor)
        child = Child(number=number, absent=absent, policy=step.policy)
        if step.policy in {MissingPolicy.ZERO, MissingPolicy.LOWEST}:
            filled = instead(child.missing, int(step.lowest), number)
            child = attrs.evolve(child, number=filled)
        return child

    def _children(self, step: Step) -> Iterator[tuple[Term, Child]]:
        return chain(
            ((term, self.indicators[term.place]) for term in step.columns),
            ((term, self.measures[term.place]) for term in step.measures),
            ((term, self.steps[term.place]) for term in step.children),
        )

    def _sum(self, step: Step) -> Expression:
        """Add up the children, and bring the sum to the factor of what counts of them."""
        children = list(self._children(step))
        number = reduce(add, (child.counted * term.coefficient for term, child in children))
        out = [(term.share, child.absent) for term, child in children if child.absent is not None]
        dropped = [
            (term.share, child.missing)
            for term, child in children
            if child.policy is MissingPolicy.DROP
        ]
        if not (out or dropped):
            return number
        left_out = reduce(add, (instead(mask, share, literal(0)) for share, mask in out + dropped))
        divisor = left_out * -1 + step.total_share
        if step.divisors:
            number *= chosen(
                [
                    (divisor == value, factor)
                    for value, factor in zip(step.divisors, step.factors, strict=True)
                ]
            )
        return unless(divisor == 0, number)

    def _least(self, step: Step) -> Expression:
        """Return the least of the children that count."""
        numbers, missing = [], []
        for item in step.inputs:
            child = self._node(item.node, item.place)
            numbers.append(unless(child.absent, child.number) * item.factor)
            if child.policy is MissingPolicy.UNKNOWN:
                missing.append(child.missing)
        least = across(narwhals().min_horizontal, numbers)
        return unless(any_of(missing), least)

    def _absent(self, step: Step) -> Expression | None:
        """Return where a dimension doesn't apply: where nothing does that has a weight in it."""
        masks = [child.absent for term, child in self._children(step) if term.share]
        found = [mask for mask in masks if mask is not None]
        return reduce(and_, found) if len(found) == len(masks) else None

    def _waiting(self, step: Step) -> Expression | None:
        """Return where a gate that is not answered leaves open what counts."""
        masks = [
            self.answers.waiting(child)
            for child in step.dimension.children
            if isinstance(child, Indicator) and child.conditions
        ]
        return any_of(masks)

    def _adjusted(self, step: Step, number: Expression) -> Expression:
        """Add bonuses, take deductions off, keep to the floor and the caps, then round."""
        number = times(number, step.adjustment_factor)
        for term in step.adjustments:
            number += self.measures[term.place].counted * term.coefficient
        if step.floor is not None:
            number = at_least(number, step.floor)
        for ceiling in step.ceilings:
            if ceiling.watch is None:
                number = at_most(number, ceiling.number)
            else:
                holds, unknown = self.watched(ceiling.watch)
                too_high = holds & surely(number > ceiling.number)
                number = unless(unknown, instead(too_high, ceiling.number, number))
        return rounded(step, number)

    def watched(self, watch: Watch) -> tuple[Expression, Expression]:
        """Return where a shortfall holds, and where that is not known."""
        child = self._node(watch.node, watch.place)
        number = child.number
        if isinstance(watch.node, Indicator):
            number = unless(self.answers.waiting(watch.node), number)
            number = unless(child.absent, number)
        holds = surely(number < watch.limit.__ceil__())
        unknown = attrs.evolve(child, number=number).missing
        return holds, unknown

    def _node(self, node: Node, place: int) -> Child:
        if isinstance(node, Dimension):
            return self.steps[place]
        return (self.indicators if isinstance(node, Indicator) else self.measures)[place]
