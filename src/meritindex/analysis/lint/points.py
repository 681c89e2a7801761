"""Points that are entered, refused, not given, or not exact."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from meritindex.analysis.lint.findings import Finding, Severity, listed_codes, number
from meritindex.analysis.lint.subject import Subject
from meritindex.definition import (
    Dimension,
    GeometricMean,
    HarmonicMean,
    Indicator,
    MissingPolicy,
    Node,
    PowerMean,
)
from meritindex.definition.applicability import presence_patterns
from meritindex.definition.nodes import is_exact
from meritindex.definition.rules import allows
from meritindex.language import Text


def check_points(subject: Subject) -> Iterator[Finding]:
    """Look at every dimension with children."""
    for dimension in subject.holders:
        yield from _entries(subject, dimension)
        yield from _refused(subject, dimension)
        yield from _silence(subject, dimension)
        yield from _inexact(subject, dimension)


def _entries(subject: Subject, dimension: Dimension) -> Iterator[Finding]:
    if dimension.entry_maximum is None:
        return
    stated, highest = dimension.entry_maximum.value, subject.with_gaps(dimension)[dimension.code][1]
    if stated > highest:
        message = Text(
            "nilai {code} boleh diisi sampai {stated}, tetapi jawaban hanya sampai {highest}",
            "points of {code} may be entered up to {stated}, but answers reach {highest} at most",
        )
        found = ("entry-maximum-unreachable", Severity.NOTE)
    else:
        message = Text(
            "batas isian {stated} dari {code} tidak berpengaruh: jawaban pun sampai {highest}, dan "
            "sejauh itu nilai selalu boleh diisi",
            "the entry maximum {stated} of {code} has no effect: answers reach {highest}, and so "
            "far points may be entered anyway",
        )
        found = ("entry-maximum-without-effect", Severity.WARNING)
    yield Finding(
        *found,
        dimension.code,
        message.fill(code=dimension.code, stated=number(stated), highest=number(highest)),
    )


def _refused(subject: Subject, dimension: Dimension) -> Iterator[Finding]:
    """Yield the children of which the rule can't take its mean, at their least."""
    rule = dimension.rule
    if not isinstance(rule, GeometricMean | HarmonicMean | PowerMean):
        return
    for severity in (Severity.ERROR, Severity.WARNING):
        # An answer that the form itself offers is refused, or only some value from elsewhere.
        offered = severity is Severity.ERROR
        codes: list[str] = []
        for child in dimension.children:
            lowest = _least(subject, child)
            if (
                isinstance(child, Indicator) is offered
                and lowest is not None
                and subject.weight_of(child) != 0
                and not allows(rule, lowest)
            ):
                codes.append(child.code)
        if codes:
            message = Text(
                "{rule} pada {code} ditolak bila suatu unsur bernilai {limit}, seperti nilai "
                "terendah {codes}; nyatakan floor pada rumusnya, atau naikkan nilai terendah",
                "the {rule} of {code} is refused where a child is worth {limit}, as the lowest of "
                "{codes} is; state a floor in the rule, or raise the lowest points",
            ).fill(
                rule=rule.label,
                code=dimension.code,
                limit=Text("di bawah nol", "less than zero")
                if rule.zero_allowed
                else Text("nol atau kurang", "zero or less"),
                codes=listed_codes(codes),
            )
            yield Finding("zero-refused", severity, dimension.code, message)


def _least(subject: Subject, node: Node) -> Fraction | None:
    """Return the least that a node is worth, where that is known for certain."""
    if not isinstance(node, Dimension):
        return node.lowest
    attainable = subject.attainable(node)
    return None if attainable is None else attainable.lowest


def _silence(subject: Subject, dimension: Dimension) -> Iterator[Finding]:
    """Yield what is better left unanswered than answered low."""
    for node in (*dimension.children, *dimension.adjustments):
        why = _reward(subject, dimension, node)
        if why is not None:
            basis = node.missing_basis
            cited = basis is not None and basis.sources
            yield Finding(
                "silence-rewarded",
                Severity.NOTE if cited else Severity.WARNING,
                node.code,
                why.fill(code=node.code, policy=node.missing.label, parent=dimension.code),
            )


def _reward(subject: Subject, dimension: Dimension, node: Node) -> Text | None:
    lowest, highest = subject.widest(node)
    if node in dimension.deductions:
        if node.missing in (MissingPolicy.ZERO, MissingPolicy.DROP) and highest > 0:
            return Text(
                "bila {code} tidak diisi, {parent} tidak berkurang; tidak mengisi tidak merugikan",
                "nothing is taken off {parent} where {code} is not given: silence costs nothing",
            )
        if node.missing is MissingPolicy.LOWEST and highest > lowest:
            return Text(
                "{code} yang tidak diisi dihitung nilai terendah, sehingga yang paling sedikit "
                "dikurangkan dari {parent}; tidak mengisi tidak merugikan",
                "{code} counts as its lowest where it is not given, so that the least is taken off "
                "{parent}: silence costs nothing",
            )
        return None
    if node.missing is MissingPolicy.ZERO and lowest < 0:
        return Text(
            "{code} yang tidak diisi dihitung nol, lebih dari nilai terendahnya",
            "{code} counts as zero where it is not given, which is more than its lowest",
        )
    if node.missing is MissingPolicy.DROP and any(
        subject.widest(other)[1] > lowest for other in _weighed_with(subject, dimension, node)
    ):
        return Text(
            "{code} yang tidak diisi dikeluarkan dari bobot {parent}: tidak menjawab dapat lebih "
            "menguntungkan daripada jawaban rendah",
            "{code} is left out of the weights of {parent} where it is not given: silence can beat "
            "a low answer",
        )
    return None


def _weighed_with(subject: Subject, dimension: Dimension, node: Node) -> Iterator[Node]:
    """Yield the children that may count beside a child that counts."""
    if node in dimension.children and subject.weight_of(node) != 0:
        for other in dimension.children:
            patterns = presence_patterns([node, other], subject.instrument.gates, subject.weight_of)
            if other is not node and subject.weight_of(other) != 0 and (True, True) in patterns:
                yield other


def _inexact(subject: Subject, dimension: Dimension) -> Iterator[Finding]:
    bands = dimension.bands
    compared = bands is not None or dimension is subject.instrument.root
    rounded = dimension.rounding is not None or (bands is not None and bands.rounding is not None)
    if compared and not rounded and not is_exact(dimension):
        message = Text(
            "{code} tidak eksak (dihitung dalam presisi ganda) dan tidak dibulatkan sebelum "
            "dibandingkan: nilai yang sama dan nilai di batas kategori ditentukan oleh galat "
            "pembulatan; nyatakan pembulatan",
            "{code} is not exact (computed in double precision) and not rounded before it is "
            "compared: ties and points on a limit are decided by rounding errors; state a rounding",
        ).fill(code=dimension.code)
        yield Finding("inexact-unrounded", Severity.WARNING, dimension.code, message)
