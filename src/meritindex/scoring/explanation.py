"""Why a node is worth what it is worth: its rule with the numbers filled in, and its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import attrs

from meritindex.assessment import NOT_ANSWERED, AssessmentSet
from meritindex.definition import (
    BandCap,
    Basis,
    Cap,
    Dimension,
    Figure,
    Gate,
    Indicator,
    Level,
    Measure,
    MissingPolicy,
    Node,
    Shortfall,
    Source,
    Standing,
    is_exact,
)
from meritindex.definition.rules import LinearRule
from meritindex.language import Language, Text
from meritindex.layout import to_html, to_text
from meritindex.numbers import shortest_text
from meritindex.scoring.formulas import Filled, brief, formula, scale_formula
from meritindex.scoring.plans import Scores, ScoringPlan
from meritindex.scoring.standing import Reason, RowShape, grounds, reasons, standing_of
from meritindex.scoring.states import Status, is_ruled_out


@attrs.frozen(kw_only=True, repr=False)
class Explanation:
    """One node of an explanation, with those below it.

    Attributes:
        code: the node.
        name: its name.
        status: answered, computed, entered, missing, not applicable or not given.
        points: what it is worth on its own scale; None where that is not known.
        exact: whether the points are exact; not so where a rule or scale at or below it is not
            rational.
        value: the number that a measure was answered by, before its scale; None elsewhere.
        minimum: the least it can be worth.
        maximum: the most it can be worth.
        weight: its weight in its parent; None for the root and for deductions.
        contribution: what it adds to its parent's points (negative for a deduction); the
            contributions of all children add up to the parent's points, before floor, caps and
            rounding. None where the parent's rule is no sum.
        formula: the rule of a dimension, or the scale of a measure, with the numbers filled in;
            None where there is none.
        level: the level that was answered, with its criterion.
        next_level: the level above it and what it asks for; None at the top.
        conditions: why an indicator applies or not.
        limits: what holds points or band back in this row, or may: caps whose shortfall is there or
            is not known.
        band: the name of a dimension's band; the official one is Indonesian.
        band_points: the points as they are read for the band, after the rounding of the bands.
        standing: how firmly the points are known.
        reasons: what makes them no firmer.
        sources: where the node, its weight and its rule are read.
        remark: what a reader should know of it.
        children: the nodes below, deductions last.
    """

    code: str
    name: Text
    status: Status
    points: Fraction | None
    exact: bool
    value: Fraction | None
    minimum: Fraction
    maximum: Fraction
    weight: Figure | None
    contribution: Fraction | None
    formula: Text | None
    level: Level | None
    next_level: Level | None
    conditions: tuple[Text, ...]
    limits: tuple[Text, ...]
    band: Text | None
    band_points: Fraction | None
    standing: Standing
    reasons: tuple[Reason, ...]
    sources: tuple[Source, ...]
    remark: Text | None
    children: tuple[Explanation, ...]

    def __getitem__(self, code: str) -> Explanation:
        """Return the explanation of a node at or below this one.

        Raises:
            KeyError: there is none.
        """
        for node in self.walk():
            if node.code == code:
                return node
        raise KeyError(code)

    def walk(self) -> tuple[Explanation, ...]:
        """Return this node and all below it, parents first."""
        return (self, *(node for child in self.children for node in child.walk()))

    def __repr__(self) -> str:
        points = brief(self.points, exact=self.exact)
        return f"<Explanation of {self.code}: {points}, {self.standing}>"

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the tree as text of at most `width` columns."""
        from meritindex.scoring.showing import explanation_branch  # noqa: PLC0415 - shows this

        return to_text(explanation_branch(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the tree as nested lists, escaped."""
        from meritindex.scoring.showing import explanation_branch  # noqa: PLC0415 - shows this

        return to_html(explanation_branch(self, language))

    def _repr_html_(self) -> str:
        return self.to_html()


def explain(
    scores: Scores,
    assessments: AssessmentSet,
    row: int,
    found: Mapping[str, Status],
    shape: RowShape,
) -> Explanation:
    """Return the explanation of one row, from the points that were computed for it."""
    return _Explainer(scores, assessments, row, found, shape).node(scores.plan.instrument.root)


class _Explainer:
    """One walk over the tree; the points are those of the scores, never computed again."""

    def __init__(
        self,
        scores: Scores,
        assessments: AssessmentSet,
        row: int,
        found: Mapping[str, Status],
        shape: RowShape,
    ) -> None:
        self.plan: ScoringPlan = scores.plan
        self.scores, self.assessments, self.row = scores, assessments, row
        self.found, self.shape = found, shape
        self.levels = dict(zip(self.plan.indicators, assessments.levels[row].tolist(), strict=True))
        # Under a rule without weights, none is stated.
        self.weights = {
            code: weight
            for code, weight in self.plan.weights
            if (parent := self.plan.instrument.parent(code)) is None
            or parent.rule is None
            or parent.rule.weighted
        }

    def points(self, node: Node) -> Fraction | None:
        """Return what a node counts for: its answer, or what a policy put in its place."""
        if isinstance(node, Dimension):
            return self.scores.columns[node.code][self.row]
        status = self.found[node.code]
        if status is Status.ANSWERED:
            if isinstance(node, Indicator):
                return node.level(self.levels[node.code]).points
            return node.points_of(self.value(node))
        policy = self.plan.policies[node.code]
        if status is Status.MISSING and policy is MissingPolicy.ZERO:
            return Fraction(0)
        if status is Status.MISSING and policy is MissingPolicy.LOWEST:
            return node.lowest
        return None

    def value(self, measure: Measure) -> Fraction:
        """Return the number that a measure was answered by."""
        integer = int(self.assessments.measures[measure.code].numerators[self.row])
        return Fraction(integer, 10**measure.decimals)

    def counts(self, node: Node) -> bool:
        """Say whether a child enters its parent's rule."""
        status = self.found[node.code]
        dropped = status is Status.MISSING and self.plan.policies[node.code] is MissingPolicy.DROP
        return status is not Status.NOT_APPLICABLE and not dropped

    def node(self, node: Node, factor: Fraction | None = None) -> Explanation:
        points = self.points(node)
        children: tuple[Explanation, ...] = ()
        written: Text | None = None
        value: Fraction | None = None
        band: Text | None = None
        band_points: Fraction | None = None
        if isinstance(node, Dimension):
            children = self._children(node)
            if self.found[node.code] in {Status.COMPUTED, Status.MISSING}:
                written = formula(self._filled(node, points))
            if node.bands is not None and points is not None:
                number = int(self.scores.bands_of(node.code)[self.row])
                band = node.bands.items[number - 1].name if number else None
                rounding = node.bands.rounding
                band_points = points if rounding is None else rounding.round(points)
        elif isinstance(node, Measure) and self.found[node.code] is Status.ANSWERED:
            value = self.value(node)
            written = scale_formula(node, value, node.points_of(value))
        low, high = self.plan.ranges[node.code]
        items = tuple(grounds(self.plan, self.shape, node))
        return Explanation(
            code=node.code,
            name=node.name,
            status=self.found[node.code],
            points=points,
            exact=is_exact(node),
            value=value,
            minimum=low,
            maximum=high,
            weight=self.weights.get(node.code),
            contribution=None if points is None or factor is None else points * factor,
            formula=written,
            level=self._level(node),
            next_level=self._level(node, above=1),
            conditions=tuple(self._conditions(node)) if isinstance(node, Indicator) else (),
            limits=tuple(self._limits(node)) if isinstance(node, Dimension) else (),
            band=band,
            band_points=band_points,
            standing=standing_of(items),
            reasons=reasons(items),
            sources=self._sources(node),
            remark=node.remark,
            children=children,
        )

    def _children(self, dimension: Dimension) -> tuple[Explanation, ...]:
        # Where a policy stands in for the result, the children add nothing to it.
        computed = self.found[dimension.code] is Status.COMPUTED or (
            self.found[dimension.code] is Status.MISSING and self.points(dimension) is None
        )
        factors = self._factors(dimension) if computed else {}
        below = [self.node(child, factors.get(child.code)) for child in dimension.children]
        for sign, measures in ((1, dimension.bonuses), (-1, dimension.deductions)):
            factor = Fraction(sign) if computed and factors else None
            below += [self.node(measure, factor) for measure in measures]
        return tuple(below)

    def _factors(self, dimension: Dimension) -> dict[str, Fraction]:
        """Return with what factor each child that counts enters the sum; none if it is no sum."""
        counted = [child for child in dimension.children if self.counts(child)]
        weights = [self.plan.weight_values[child.code] for child in counted]
        if not isinstance(dimension.rule, LinearRule) or not any(weights):
            return {}
        factors = dimension.rule.factors(weights)
        return {child.code: factor for child, factor in zip(counted, factors, strict=True)}

    def _filled(self, dimension: Dimension, points: Fraction | None) -> Filled:
        """Return what the formula of a dimension needs to know of the row."""
        counted = [child for child in dimension.children if self.counts(child)]
        return Filled(
            dimension=dimension,
            children=tuple(
                (self.plan.weight_values[child.code], self.points(child)) for child in counted
            ),
            bonuses=self._adjusting(dimension.bonuses),
            deductions=self._adjusting(dimension.deductions),
            ceilings=tuple(
                cap.maximum
                for cap in dimension.caps
                if cap.shortfall is None or self._falls_short(cap.shortfall)
            ),
            points=points,
            exact=is_exact(dimension),
        )

    def _adjusting(self, measures: Sequence[Measure]) -> tuple[Fraction | None, ...]:
        return tuple(self.points(measure) for measure in measures if self.counts(measure))

    def _falls_short(self, shortfall: Shortfall) -> bool | None:
        """Say whether there is a shortfall in this row; None where that is not known."""
        node = self.plan.instrument[shortfall.code]
        assert not isinstance(node, Gate)  # noqa: S101 - as checked of every dimension
        if is_ruled_out(self.plan, self.assessments, self.row, node):
            return False
        waiting = self.assessments.undetermined.get(node.code)
        points = None if waiting is not None and waiting[self.row] else self.points(node)
        return None if points is None else points < shortfall.below

    def _limits(self, dimension: Dimension) -> Iterator[Text]:
        """Yield the caps that hold because of a shortfall, and those of which that is not known."""
        if self.found[dimension.code] is Status.NOT_APPLICABLE:
            return
        caps: tuple[Cap | BandCap, ...] = (*dimension.caps, *dimension.band_caps)
        for cap in caps:
            short = None if cap.shortfall is None else self._falls_short(cap.shortfall)
            if cap.shortfall is None or short is False:
                continue
            most = Text("paling banyak {limit}", "at most {limit}")
            if isinstance(cap, BandCap):
                limit = Text("paling tinggi kategori {limit}", "at best the band {limit}")
                most = limit.fill(limit=cap.band)
            else:
                most = most.fill(limit=shortest_text(cap.maximum))
            text = (
                Text(
                    "{most}, selama {code} di bawah {below}",
                    "{most}, while {code} is below {below}",
                )
                if short
                else Text(
                    "{most}, bila {code} di bawah {below}; nilainya tidak diketahui",
                    "{most}, if {code} is below {below}; its points are not known",
                )
            )
            text = text.fill(
                most=most, code=cap.shortfall.code, below=shortest_text(cap.shortfall.below)
            )
            if isinstance(cap, BandCap) and short:
                text = self._with_effect(dimension, cap, text)
            yield text

    def _with_effect(self, dimension: Dimension, cap: BandCap, text: Text) -> Text:
        """Add to a cap of the band that holds what the band would be without it."""
        points = self.points(dimension)
        if points is None or dimension.bands is None:
            return text
        names = [band.name.id for band in dimension.bands]
        own = dimension.bands.number_of(points)
        if own <= names.index(cap.band) + 1:
            without = Text("di sini tanpa pengaruh", "without effect here")
        else:
            without = Text("tanpa itu {band}", "without it {band}").fill(band=names[own - 1])
        return Text("{text} ({without})", "{text} ({without})").fill(text=text, without=without)

    def _level(self, node: Node, above: int = 0) -> Level | None:
        """Return the level that was answered, or one above it."""
        if not isinstance(node, Indicator) or self.found[node.code] is not Status.ANSWERED:
            return None
        value = self.levels[node.code] + above
        return node.level(value) if value <= node.levels[-1].value else None

    def _conditions(self, indicator: Indicator) -> Sequence[Text]:
        """Return the answers to the gates that decide whether the indicator applies."""
        lines = []
        gates = self.plan.instrument.gates
        for condition in indicator.conditions:
            place = next(place for place, gate in enumerate(gates) if gate.code == condition.gate)
            answer = int(self.assessments.gate_answers[self.row, place])
            if answer == NOT_ANSWERED:
                lines.append(
                    Text("{gate} belum dijawab", "{gate} is not answered").fill(gate=condition.gate)
                )
                continue
            follows = bool(self.assessments.gates_derived[self.row, place])
            text = (
                Text(
                    "{gate} = {answer} (mengikuti jenis instansi)",
                    "{gate} = {answer} (follows from the kind of agency)",
                )
                if follows
                else Text("{gate} = {answer}", "{gate} = {answer}")
            )
            lines.append(text.fill(gate=condition.gate, answer=gates[place].values[answer]))
        return lines

    def _sources(self, node: Node) -> tuple[Source, ...]:
        """Return where the node itself, its weight and its rule are read."""
        bases: list[Basis] = [node.basis]
        if node.code in self.weights:
            bases.append(self.weights[node.code].basis)
        if isinstance(node, Indicator):
            bases.append(node.scale.basis)
        if isinstance(node, Measure) and node.scale is not None:
            bases.append(node.scale.basis)
        if isinstance(node, Dimension):
            bases += [node.rule.basis] if node.rule is not None else []
            bases += [node.floor.basis] if node.floor is not None else []
            bases += [cap.basis for cap in node.caps]
            bases += [node.rounding.basis] if node.rounding is not None else []
        codes = dict.fromkeys(code for basis in bases for code in basis.sources)
        instrument = self.plan.instrument
        return tuple(
            instrument.source(code) or Source(code=code, title=Text.same(code)) for code in codes
        )
