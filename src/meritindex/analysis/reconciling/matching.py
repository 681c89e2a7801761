"""Which claim belongs to which finding: by the agency, and by the year where it is stated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.assessment import AssessmentSet, RowFacts
from meritindex.assessment.values import make_fault
from meritindex.definition import Agency, Stage
from meritindex.errors import AssessmentError, Fault
from meritindex.language import Text, listed
from meritindex.numbers import quoted

Rows = npt.NDArray[np.intp]

CLAIMS = Text("klaim", "claims")
FINDINGS = Text("hasil verifikasi", "verified answers")

_STAGES = tuple(Stage)
_ONE_A_YEAR = Text("satu per instansi dan tahun", "one of an agency and year")
_MOST_NAMED = 5


@attrs.frozen(eq=False)
class Match:
    """The rows of both sides that belong together, and those that are left.

    Attributes:
        claimed: the rows of the claims; shape `[pairs]`.
        verified: the rows of their findings.
        only_claimed: the rows of claims without a finding.
        only_verified: the rows of findings without a claim.
    """

    claimed: Rows
    verified: Rows
    only_claimed: Rows
    only_verified: Rows


def matched(claimed: AssessmentSet, verified: AssessmentSet) -> Match:
    """Return which rows belong together.

    An agency that each side has once is matched, unless both state a year and not the same one. One
    that either side has several times is matched by the year, which all of its rows must state.

    Raises:
        AssessmentError: a side is empty, the instruments differ, an agency is on a side twice in
            one year, or several times and not always with a year; or nothing is left to compare.
    """
    faults = [*_empty(claimed, verified), *_instruments(claimed, verified)]
    sides = (_by_agency(claimed), _by_agency(verified))
    faults += _ambiguous(claimed, verified, sides)
    if faults:
        raise AssessmentError(faults)
    pairs = sorted(_pairs(claimed, verified, sides))
    if not pairs:
        raise AssessmentError(_nothing(claimed, verified, sides))
    ours, theirs = (np.array(rows, dtype=np.intp) for rows in zip(*pairs, strict=True))
    return Match(
        ours,
        theirs,
        np.setdiff1d(np.arange(len(claimed)), ours),
        np.setdiff1d(np.arange(len(verified)), theirs),
    )


def check_pair(claimed: AssessmentSet, verified: AssessmentSet) -> None:
    """Refuse two single assessments that can't be compared.

    Raises:
        AssessmentError: they are of different agencies, instruments or years; all that is so.
    """
    faults = list(_instruments(claimed, verified))
    ours, theirs = claimed.facts[0], verified.facts[0]
    if _identity(ours.agency) != _identity(theirs.agency):
        faults.append(
            make_fault(
                "agencies-differ",
                Text(
                    "hasil verifikasi milik {value}, klaimnya milik {allowed}; yang dibandingkan "
                    "harus dari satu instansi",
                    "the verified answers are those of {value}, the claim is that of {allowed}; "
                    "they must be of one agency",
                ),
                place=FINDINGS,
                agency=theirs.agency.name,
                value=theirs.agency.name,
                allowed=Text.same(ours.agency.name),
            )
        )
    if _years_differ(ours, theirs):
        faults.append(_other_years([ours], [theirs]))
    if faults:
        raise AssessmentError(faults)


def stages_turned(claim: RowFacts, finding: RowFacts) -> Iterator[Text]:
    """Yield that a claim is of a later stage than its finding, or of the same one, if it is."""
    if claim.stage is None or finding.stage is None:
        return
    if claim.stage is finding.stage:
        yield Text(
            "klaim dan temuan sama-sama bertahap {stage}",
            "the claim and the finding are both at the stage {stage}",
        ).fill(stage=claim.stage.label)
    if _STAGES.index(claim.stage) > _STAGES.index(finding.stage):
        yield Text(
            "klaim bertahap {claim}, temuan bertahap {finding}: mungkin tertukar",
            "the claim is at the stage {claim}, the finding at {finding}: perhaps the two are "
            "swapped",
        ).fill(claim=claim.stage.label, finding=finding.stage.label)


_Grouped = dict[str, list[int]]


def _identity(agency: Agency) -> str:
    return agency.code or " ".join(agency.name.casefold().split())


def _by_agency(assessments: AssessmentSet) -> _Grouped:
    """Return the rows of every agency."""
    found: _Grouped = {}
    for row, facts in enumerate(assessments.facts):
        found.setdefault(_identity(facts.agency), []).append(row)
    return found


def _years_differ(one: RowFacts, other: RowFacts) -> bool:
    return None not in {one.year, other.year} and one.year != other.year


def _pairs(
    claimed: AssessmentSet, verified: AssessmentSet, sides: tuple[_Grouped, _Grouped]
) -> Iterator[tuple[int, int]]:
    ours, theirs = sides
    for who, rows in ours.items():
        for row in rows:
            for other in theirs.get(who, ()):
                if not _years_differ(claimed.facts[row], verified.facts[other]):
                    yield row, other


def _empty(claimed: AssessmentSet, verified: AssessmentSet) -> Iterator[Fault]:
    for side, assessments in ((CLAIMS, claimed), (FINDINGS, verified)):
        if not len(assessments):
            message = Text("tidak ada penilaian", "there are no assessments")
            yield make_fault("no-assessments", message, place=side)


def _instruments(claimed: AssessmentSet, verified: AssessmentSet) -> Iterator[Fault]:
    if claimed.instrument == verified.instrument:
        return
    message = Text(
        "memakai {value}, klaimnya memakai {allowed}",
        "under {value}, the claims are under {allowed}",
    )
    if claimed.instrument.id == verified.instrument.id:
        message = Text(
            "memakai {value} yang isinya lain daripada {allowed} pada klaim",
            "under {value}, which is another than the {allowed} of the claims",
        )
    yield make_fault(
        "instruments-differ",
        message,
        place=FINDINGS,
        value=verified.instrument.id,
        allowed=Text.same(claimed.instrument.id),
    )


def _ambiguous(
    claimed: AssessmentSet, verified: AssessmentSet, sides: tuple[_Grouped, _Grouped]
) -> Iterator[Fault]:
    """Yield the rows of which it is not known to which of the other side they belong."""
    for name, assessments, own, other in (
        (CLAIMS, claimed, *sides),
        (FINDINGS, verified, *sides[::-1]),
    ):
        for who, rows in own.items():
            several = len(rows) > 1 or len(other.get(who, ())) > 1
            seen: set[int] = set()
            for row in rows if several else ():
                facts = assessments.facts[row]
                if facts.year is None:
                    yield _without_year(name, facts)
                elif facts.year in seen:
                    yield _twice(name, facts)
                else:
                    seen.add(facts.year)


def _twice(side: Text, facts: RowFacts) -> Fault:
    return make_fault(
        "agency-twice",
        Text(
            "{value} ada lebih dari satu kali untuk tahun {year} ({occasion}); yang diterima: "
            "{allowed}, misalnya dengan memilih satu tahap",
            "{value} is there more than once for the year {year} ({occasion}); allowed: "
            "{allowed}, for instance by choosing one stage",
        ),
        place=side,
        agency=facts.agency.name,
        value=facts.agency.name,
        allowed=_ONE_A_YEAR,
        year=facts.year,
        occasion=facts.occasion,
    )


def _without_year(side: Text, facts: RowFacts) -> Fault:
    return make_fault(
        "year-unstated",
        Text(
            "{value} tanpa tahun, padahal instansi itu ada beberapa kali di satu sisi; yang "
            "diterima: {allowed}",
            "{value} is without a year, though the agency is on a side several times; allowed: "
            "{allowed}",
        ),
        place=side,
        agency=facts.agency.name,
        item="year",
        value=facts.agency.name,
        allowed=Text("tahun pada setiap barisnya", "a year in each of its rows"),
    )


def _other_years(ours: Sequence[RowFacts], theirs: Sequence[RowFacts]) -> Fault:
    """Return that an agency is on both sides in no year that is the same: all of them."""
    name = theirs[0].agency.name
    return make_fault(
        "years-differ",
        Text(
            "{name}: hasil verifikasi untuk tahun {value}, klaimnya untuk tahun {allowed}",
            "{name}: the verified answers are of {value}, the claimed ones of {allowed}",
        ),
        place=FINDINGS,
        agency=name,
        item="year",
        value=", ".join(str(facts.year) for facts in theirs),
        allowed=Text.same(", ".join(str(facts.year) for facts in ours)),
        name=name,
    )


def _nothing(
    claimed: AssessmentSet, verified: AssessmentSet, sides: tuple[_Grouped, _Grouped]
) -> list[Fault]:
    """Return why no row has another to be compared with."""
    ours, theirs = sides
    shared = [who for who in ours if who in theirs]
    if shared:
        return [
            _other_years(
                [claimed.facts[row] for row in ours[who]],
                [verified.facts[row] for row in theirs[who]],
            )
            for who in shared
        ]
    return [
        make_fault(
            "nothing-to-reconcile",
            Text(
                "tidak ada instansi yang sama: {value}; klaimnya dari {allowed}",
                "no agency is the same: {value}; the claims are of {allowed}",
            ),
            place=FINDINGS,
            value=_named(verified).en,
            allowed=_named(claimed),
        )
    ]


def _named(assessments: AssessmentSet) -> Text:
    """Return the first agencies of a side, and how many more there are."""
    names = list(dict.fromkeys(quoted(agency.name) for agency in assessments.agencies))
    named = listed([Text.same(name) for name in names[:_MOST_NAMED]])
    more = len(names) - _MOST_NAMED
    if more <= 0:
        return named
    return Text("{named} dan {count} lagi", "{named} and {count} more").fill(
        named=named, count=more
    )
