"""The same thing counted twice, under two codes."""

from __future__ import annotations

from collections.abc import Iterator

from meritindex.analysis.lint.findings import Finding, Severity
from meritindex.analysis.lint.subject import Subject
from meritindex.definition import Indicator, Measure
from meritindex.definition.applicability import answers_to, applies, gates_of
from meritindex.language import Text

Leaf = Indicator | Measure

_SAME_QUESTION = Text("menanyakan hal yang sama", "ask the same question")
_SAME_CRITERIA = Text(
    "mempunyai kriteria dan bukti dukung yang sama", "have the same criteria and evidence"
)
_SAME_NAME = Text("bernama sama", "have the same name")


def check_doubles(subject: Subject) -> Iterator[Finding]:
    """Yield the leaves that ask for the same and count together."""
    said: dict[tuple[Text, object], list[Leaf]] = {}
    for leaf in subject.instrument.nodes:
        if isinstance(leaf, Indicator | Measure) and subject.weight_of(leaf) != 0:
            told: set[str] = set()
            for what, wording in _wordings(leaf):
                earlier = said.setdefault((what, wording), [])
                for other in earlier:
                    if other.code not in told and _are_one(other, leaf, what):
                        told.add(other.code)
                        if _together(subject, other, leaf):
                            yield _finding(other, leaf, what)
                earlier.append(leaf)


def _finding(one: Leaf, other: Leaf, what: Text) -> Finding:
    message = Text(
        "{one} dan {other} {what}, dan keduanya dihitung: satu hal berbobot ganda",
        "{one} and {other} {what}, and both count: one thing is weighed twice",
    ).fill(one=one.code, other=other.code, what=what)
    return Finding("double-weighting", Severity.WARNING, other.code, message)


def _wordings(leaf: Leaf) -> Iterator[tuple[Text, object]]:
    """Yield what a leaf may have in common with another, the most telling first."""
    if isinstance(leaf, Indicator):
        if _has_question(leaf):
            yield _SAME_QUESTION, _question(leaf)
        criteria = [level.criterion for level in leaf.levels if level.criterion is not None]
        if len(criteria) == len(leaf.levels) and leaf.evidence:
            yield _SAME_CRITERIA, (*map(_plain, criteria), "", *map(_plain, leaf.evidence))
    yield _SAME_NAME, (type(leaf), _plain(leaf.name))


def _are_one(one: Leaf, other: Leaf, what: Text) -> bool:
    """Say whether what two leaves have in common makes them one.

    A name is often that of a sub-aspect with several questions, so it says nothing where each has a
    question of its own.
    """
    return what is not _SAME_NAME or not (_has_question(one) and _has_question(other))


def _has_question(leaf: Leaf) -> bool:
    return isinstance(leaf, Indicator) and bool(_question(leaf))


def _question(indicator: Indicator) -> str:
    return "" if indicator.question is None else _plain(indicator.question)


def _plain(text: Text) -> str:
    return " ".join(text.id.casefold().split())


def _together(subject: Subject, one: Leaf, other: Leaf) -> bool:
    """Say whether answers to the gates let two leaves apply at once."""
    gates = gates_of([one, other], subject.instrument.gates)
    return any(applies(one, each) and applies(other, each) for each in answers_to(gates))
