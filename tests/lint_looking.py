"""How the tests look at findings."""

from __future__ import annotations

from builders import OFFICIAL, dimension, indicator, instrument, levels
from meritindex.analysis.lint import CODES, Finding, lint
from meritindex.definition import Instrument
from meritindex.language import LANGUAGES

KNOWN = {each.code: each for each in CODES}


def found(definition: Instrument, code: str) -> list[Finding]:
    """Return the findings of one code; each is one that the table of codes allows."""
    findings = [each for each in lint(definition) if each.code == code]
    for each in findings:
        assert each.severity in KNOWN[code].severities
        assert each.message.id != each.message.en
        for language in LANGUAGES:
            assert "{" not in each.message.in_language(language)
            assert "None" not in each.message.in_language(language)
    return findings


def only(definition: Instrument, code: str) -> Finding:
    """Return the one finding of a code."""
    (finding,) = found(definition, code)
    return finding


def check(finding: Finding, severity: str, where: str, *named: str) -> None:
    """Check a finding's severity and place, and that its English reason names what matters."""
    assert (finding.severity, finding.where) == (severity, where)
    for name in named:
        assert name in finding.message.en


def top(*children, gates=(), **fields) -> Instrument:
    """Return an instrument with this root."""
    return instrument(root=dimension("top", *children, weight=None, **fields), gates=gates)


def share(code: str, weight=1, **fields):
    """Return an indicator from 0 to 1 in quarters."""
    fields.setdefault("levels", levels(0, "1/4", "1/2", "3/4", 1))
    return indicator(code, weight, **fields)


__all__ = ["OFFICIAL", "check", "found", "only", "share", "top"]
