"""What stands in an instrument without being shown: sources, evidence, the date."""

from __future__ import annotations

from collections.abc import Iterator

from meritindex.analysis.lint.findings import Finding, Severity, listed_codes
from meritindex.analysis.lint.subject import Subject
from meritindex.definition import Basis, Given, Indicator
from meritindex.definition.instrument import bases
from meritindex.language import Text


def check_sources(subject: Subject) -> Iterator[Finding]:
    """Look for what rests on nothing, and for sources on which nothing rests."""
    yield from _without_source(subject)
    yield from _unused(subject)
    yield from _without_evidence(subject)
    if subject.instrument.in_force is None:
        yield Finding(
            "date-missing",
            Severity.NOTE,
            subject.instrument.id,
            Text(
                "tidak dinyatakan sejak kapan instrumen ini berlaku",
                "it is not stated from when on the instrument is in force",
            ),
        )


def _without_source(subject: Subject) -> Iterator[Finding]:
    """Yield what is only assumed; numbers and rules with the same reason share one finding."""
    instrument = subject.instrument
    remarks = {remark.basis for remark in instrument.remarks}
    groups: dict[Basis, dict[str, None]] = {}
    for code, basis in bases(instrument):
        if not basis.sources and basis not in remarks:
            groups.setdefault(basis, {})[code] = None
    weighting = instrument.default_weighting
    if isinstance(weighting, Given) and not weighting.basis.sources:
        groups.setdefault(weighting.basis, {})[instrument.id] = None
    for basis, codes in groups.items():
        message = Text(
            "angka atau aturan di {codes} tidak bersumber, hanya diasumsikan: {reason}",
            "a number or rule of {codes} has no source and is only assumed: {reason}",
        ).fill(codes=listed_codes(list(codes)), reason=basis.reason)
        yield Finding("source-missing", Severity.WARNING, next(iter(codes)), message)


def _unused(subject: Subject) -> Iterator[Finding]:
    cited = {code for _, basis in bases(subject.instrument) for code in basis.sources}
    weighting = subject.instrument.default_weighting
    if isinstance(weighting, Given):
        cited.update(weighting.basis.sources)
    for source in subject.instrument.sources:
        if source.code not in cited:
            message = Text(
                "sumber {code} ({title}) tidak dirujuk oleh angka atau aturan mana pun",
                "no number and no rule cites the source {code} ({title})",
            ).fill(code=source.code, title=source.title)
            yield Finding("source-unused", Severity.NOTE, source.code, message)


def _without_evidence(subject: Subject) -> Iterator[Finding]:
    """Yield the indicators that ask for no evidence, those of one dimension together."""
    for dimension in subject.holders:
        codes = [
            child.code
            for child in dimension.children
            if isinstance(child, Indicator) and not child.evidence
        ]
        if codes:
            message = Text(
                "tidak disebutkan bukti dukung untuk {codes}",
                "no evidence is stated for {codes}",
            ).fill(codes=listed_codes(codes))
            where = codes[0] if len(codes) == 1 else dimension.code
            yield Finding("evidence-missing", Severity.WARNING, where, message)
