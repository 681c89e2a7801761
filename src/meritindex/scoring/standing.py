"""How firmly a result is known, and what makes it so.

Everything that enters a node's points brings a basis: the node's place in the tree, the weights of
its children, the rule, rounding and deductions, the scale and wording of an indicator, the answers
themselves, and a policy that stood in for something missing. The standing of a node is the weakest
of all that lies in it; what lies under an entered number, or does not apply, did not enter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from meritindex.assessment import RowFacts
from meritindex.definition import (
    Basis,
    Dimension,
    Indicator,
    Leaf,
    MissingPolicy,
    Node,
    Standing,
    weakest,
)
from meritindex.language import Text, listed
from meritindex.scoring.plans import ScoringPlan
from meritindex.scoring.states import Status

_CHOSEN_POLICY = Basis(
    standing=Standing.ASSUMED,
    reason=Text("kebijakan dipilih pemanggil", "the policy was chosen by the caller"),
)
_ANSWERS = Text("jawaban", "answers")
_WEIGHT = Text("bobot", "weights")
_RULE = Text("rumus", "rule")
_ROUNDING = Text("pembulatan", "rounding")
_BOUND = Text("batas bawah dan atas", "floor and caps")
_PLACE = Text("kedudukan dalam instrumen", "place in the instrument")
_SCALE = Text("nilai tingkat", "points of the levels")
_MEASURE_SCALE = Text("penilaian angka terukur", "points of the measured number")
_WORDING = Text("rumusan kriteria", "wording of the criteria")
_MEASURE = Text("skala nilai", "scale of the measure")
_MISSING = Text("perlakuan isian kosong", "what is missing")
_LIMIT = Text("batas kategori", "limits of the band")

# What the standing of an answer names as its source: whatever the assessment was taken from.
ASSESSMENT_SOURCE = "assessment"

# More codes than this are shown by their ends and their number.
_SHOWN_CODES = 8


@attrs.frozen
class Ground:
    """Something on which a result rests: what it is, of which node, and its basis."""

    what: Text
    code: str
    basis: Basis


@attrs.frozen(kw_only=True)
class Reason:
    """Why a standing is no firmer: what rests on one basis, and the nodes concerned."""

    standing: Standing
    what: Text
    codes: tuple[str, ...]
    basis: Basis

    def as_text(self) -> Text:
        """Return the reason for a reader: `assumed: weights a2, a3 (not published …)`."""
        codes = ", ".join(self.codes)
        if len(self.codes) > _SHOWN_CODES:
            codes = f"{', '.join(self.codes[:3])}, …, {self.codes[-1]} ({len(self.codes)})"
        why = [Text.same(", ".join(self.basis.sources))] if self.basis.sources else []
        why += [self.basis.reason] if self.basis.reason is not None else []
        return Text(
            "{standing}: {what} {codes} ({why})", "{standing}: {what} {codes} ({why})"
        ).fill(standing=self.standing.label, what=self.what, codes=codes, why=listed(why, "; "))


@attrs.frozen(kw_only=True)
class RowShape:
    """What of one row matters for its standing; many rows share a shape.

    `answered` (or entered), `inapplicable`, `missing` and `entered` are codes of nodes. `standing`
    holds for all answers, `standings` for single ones.
    """

    answered: frozenset[str]
    inapplicable: frozenset[str]
    missing: frozenset[str]
    entered: frozenset[str]
    standing: Standing | None
    standings: tuple[tuple[str, Standing], ...]


def row_shape(facts: RowFacts, found: Mapping[str, Status]) -> RowShape:
    """Return the shape of a row, from the status of every node."""

    def codes(*of: Status) -> frozenset[str]:
        return frozenset(code for code, status in found.items() if status in of)

    return RowShape(
        answered=codes(Status.ANSWERED, Status.ENTERED),
        inapplicable=codes(Status.NOT_APPLICABLE),
        missing=codes(Status.MISSING),
        entered=codes(Status.ENTERED),
        standing=facts.standing,
        standings=facts.standings,
    )


def grounds(plan: ScoringPlan, shape: RowShape, node: Node) -> Iterator[Ground]:
    """Yield everything on which the points of a node rest, in the order of the tree."""
    code = node.code
    policy = plan.policies[code]
    if code in shape.missing and policy is not MissingPolicy.UNKNOWN:
        chosen = plan.missing is not None and node is not plan.instrument.root
        basis = _CHOSEN_POLICY if chosen else node.missing_basis
        assert basis is not None  # noqa: S101 - as of every policy but "unknown"
        yield Ground(_MISSING, code, basis)
        return
    said = dict(shape.standings).get(code, shape.standing)
    if code in shape.answered and said is not None:
        yield Ground(_ANSWERS, code, _said(said))
    if not isinstance(node, Dimension):
        yield from _leaf_grounds(node)
        return
    yield Ground(_PLACE, code, node.basis)
    if code in shape.entered or node.rule is None:
        return
    yield Ground(_RULE, code, node.rule.basis)
    weights = dict(plan.weights)
    for child in node.children:
        if child.code not in shape.inapplicable:
            if weights[child.code].basis is not node.rule.basis:
                yield Ground(_WEIGHT, child.code, weights[child.code].basis)
            yield from grounds(plan, shape, child)
    for measure in node.adjustments:
        yield from grounds(plan, shape, measure)
    if node.floor is not None:
        yield Ground(_BOUND, code, node.floor.basis)
    for cap in node.caps:
        yield Ground(_BOUND, code, cap.basis)
    if node.rounding is not None:
        yield Ground(_ROUNDING, code, node.rounding.basis)


def band_grounds(dimension: Dimension, number: int) -> Iterator[Ground]:
    """Yield the limits on which membership in band `number` (from 1) rests, and their rounding."""
    if dimension.bands is not None:
        for limit in dimension.bands.limits_beside(number):
            yield Ground(_LIMIT, dimension.code, limit.basis)
        if dimension.bands.rounding is not None:
            yield Ground(_ROUNDING, dimension.code, dimension.bands.rounding.basis)
        for cap in dimension.band_caps:
            yield Ground(_LIMIT, dimension.code, cap.basis)


def standing_of(items: Iterable[Ground]) -> Standing:
    """Return the weakest standing among the grounds."""
    return weakest(item.basis.standing for item in items)


def reasons(items: Iterable[Ground]) -> tuple[Reason, ...]:
    """Return what makes the grounds no firmer than their weakest, grouped by basis."""
    found = tuple(items)
    lowest = standing_of(found)
    groups: dict[tuple[Text, Basis], dict[str, None]] = {}
    for item in found:
        if item.basis.standing is lowest:
            groups.setdefault((item.what, item.basis), {})[item.code] = None
    return tuple(
        Reason(standing=lowest, what=what, codes=tuple(codes), basis=basis)
        for (what, basis), codes in groups.items()
    )


def weakest_reasons(found: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return what makes several results together no firmer than the weakest of them.

    What rests on one basis in more than one of them is one reason.

    Args:
        found: the reasons of all of them.
    """
    return reasons(
        Ground(reason.what, code, reason.basis) for reason in found for code in reason.codes
    )


def _leaf_grounds(leaf: Leaf) -> Iterator[Ground]:
    if isinstance(leaf, Indicator):
        yield Ground(_WORDING, leaf.code, leaf.basis)
        yield Ground(_SCALE, leaf.code, leaf.scale.basis)
    else:
        yield Ground(_MEASURE, leaf.code, leaf.basis)
        if leaf.scale is not None:
            yield Ground(_MEASURE_SCALE, leaf.code, leaf.scale.basis)


def _said(standing: Standing) -> Basis:
    """Return the basis of an answer whose source said how firm it is."""
    if standing is Standing.ASSUMED:
        return Basis(standing=standing, reason=Text("menurut penilaian", "as the assessment says"))
    return Basis(standing=standing, sources=(ASSESSMENT_SOURCE,))
