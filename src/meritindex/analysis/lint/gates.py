"""Gates without use, and answers that take a whole dimension away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from meritindex.analysis.lint.findings import Finding, Severity, listed_codes
from meritindex.analysis.lint.subject import Subject
from meritindex.definition import Dimension
from meritindex.definition.applicability import answers_to, applies, combinations, gates_of
from meritindex.language import Text


def check_gates(subject: Subject) -> Iterator[Finding]:
    """Look at every gate, and at every dimension that gates can take away."""
    yield from _unused(subject)
    yield from _removed(subject)


def _unused(subject: Subject) -> Iterator[Finding]:
    used = {
        condition.gate
        for indicator in subject.instrument.indicators
        for condition in indicator.conditions
    }
    for gate in subject.instrument.gates:
        if gate.code not in used:
            message = Text(
                "tidak ada indikator yang bergantung pada pertanyaan {code}",
                "no indicator depends on the gate {code}",
            ).fill(code=gate.code)
            yield Finding("gate-unused", Severity.WARNING, gate.code, message)


def _removed(subject: Subject) -> Iterator[Finding]:
    """Yield the answers under which a dimension does not apply at all."""
    groups: dict[tuple[str, Text, Text], list[str]] = {}
    for dimension in subject.holders:
        parent = subject.instrument.parent(dimension.code)
        for answers in _answers_without(subject, dimension):
            # What goes away with the dimension above it is not told again.
            if parent is None or not _is_without(subject, parent, answers):
                shown = listed_codes([f"{gate} = {option}" for gate, option in answers.items()])
                key = next(iter(answers)), shown, _effect(parent)
                groups.setdefault(key, []).append(dimension.code)
    for (gate, shown, effect), codes in groups.items():
        is_root = subject.instrument.root.code in codes
        message = Text(
            "pada jawaban {answers} seluruh {codes} tidak berlaku: {effect}",
            "under the answer {answers} the whole of {codes} does not apply: {effect}",
        ).fill(answers=shown, codes=listed_codes(codes), effect=effect)
        severity = Severity.ERROR if is_root else Severity.WARNING
        yield Finding("gate-removes-dimension", severity, gate, message)


def _effect(parent: Dimension | None) -> Text:
    """Say what becomes of a dimension that does not apply, for the one above it."""
    if parent is None:
        return Text("tidak ada nilai total", "there is no total")
    if parent.rule is not None and parent.rule.reweighs:
        text = Text(
            "{parent} ditentukan unsur lainnya saja", "the other parts alone make up {parent}"
        )
    else:
        text = Text("{parent} kehilangan nilainya", "its points are lost to {parent}")
    return text.fill(parent=parent.code)


def _answers_without(subject: Subject, dimension: Dimension) -> Iterator[dict[str, str]]:
    """Yield the fewest answers that take a dimension away: single ones, else the first several."""
    gates = gates_of([dimension], subject.instrument.gates, subject.weight_of)
    lacking = [
        answers
        for answers in answers_to(gates)
        if not applies(dimension, answers, subject.weight_of)
    ]
    # A single answer takes the dimension away when all answers with it do.
    single = [
        {gate.code: option}
        for gate in gates
        for option in gate.values
        if sum(answers[gate.code] == option for answers in lacking) * len(gate.values)
        == combinations(gates)
    ]
    yield from single
    others = [
        answers
        for answers in lacking
        if not any(each.items() <= answers.items() for each in single)
    ]
    yield from others[:1]


def _is_without(subject: Subject, dimension: Dimension, answers: Mapping[str, str]) -> bool:
    """Say whether some answers alone are enough to take a dimension away."""
    gates = gates_of([dimension], subject.instrument.gates, subject.weight_of)
    return not any(
        applies(dimension, {**others, **answers}, subject.weight_of) for others in answers_to(gates)
    )
