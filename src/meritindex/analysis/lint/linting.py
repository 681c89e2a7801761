"""Looking an instrument over: all checks, one after the other."""

from __future__ import annotations

import os
from pathlib import Path

from meritindex import catalog
from meritindex.analysis.lint.bands import check_bands
from meritindex.analysis.lint.caps import check_caps
from meritindex.analysis.lint.doubles import check_doubles
from meritindex.analysis.lint.findings import Finding, Findings, Severity
from meritindex.analysis.lint.gates import check_gates
from meritindex.analysis.lint.influence import check_influence
from meritindex.analysis.lint.points import check_points
from meritindex.analysis.lint.scales import check_scales
from meritindex.analysis.lint.sources import check_sources
from meritindex.analysis.lint.subject import Subject
from meritindex.analysis.lint.weights import check_weights
from meritindex.definition import Instrument
from meritindex.errors import MeritIndexError
from meritindex.language import Text

# In the order of the table of codes; findings of one severity keep it.
_CHECKS = (
    check_weights,
    check_bands,
    check_scales,
    check_sources,
    check_influence,
    check_gates,
    check_doubles,
    check_points,
    check_caps,
)
_GRAVEST_FIRST = tuple(reversed(Severity))


def lint(instrument: Instrument | str | os.PathLike[str]) -> Findings:
    """Look for what a drafter gets wrong: findings with a code, a severity, a place and a reason.

    What rests on weights is looked at under the instrument's default weighting; where that can't
    give all weights, nothing is said about it. Answers are taken to be complete.

    Args:
        instrument: an instrument, or the path of a file. Of a file that can't be loaded, every
            fault is a finding of the severity error, with its own code.

    Returns:
        The findings, the gravest first; they iterate and index like a tuple.

    Examples:
        >>> from meritindex import instrument
        >>> found = lint(instrument("ism-2019"))
        >>> len(found.errors), found.of("warning")
        (0, ())
    """
    if isinstance(instrument, Instrument):
        return _looked_over(instrument)
    try:
        return _looked_over(catalog.load_instrument(instrument))
    except MeritIndexError as error:
        name = Path(instrument).name
        items = tuple(Finding.of_fault(fault) for fault in error.faults)
        return Findings(name, Text.same(name), items)


def _looked_over(instrument: Instrument) -> Findings:
    subject = Subject(instrument)
    found = [finding for check in _CHECKS for finding in check(subject)]
    found.sort(key=lambda finding: _GRAVEST_FIRST.index(finding.severity))
    return Findings(instrument.id, instrument.title, tuple(found))
