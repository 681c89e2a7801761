"""Commitments in words: what was promised, how it stands, and exactly what is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from meritindex.analysis.progressing.pacing import CommitmentProgress
from meritindex.analysis.progressing.statuses import CommitmentStatus
from meritindex.analysis.progressing.words import signed
from meritindex.language import Text, counted, day_text, day_words, listed
from meritindex.layout import Column, Heading, Listing, Paragraph, Part, Table
from meritindex.scoring.saying import Sayer, places_needed

_NOT_STATED = Text("tidak dinyatakan", "not stated")
_UNSTATED = Text("Tidak dinyatakan: {what}", "Not stated: {what}")
_LACKING = Text("Belum ada: {what}", "Missing: {what}")
_NO_PACE = Text(
    "Laju hanya disebutkan bila semua yang diperlukan untuk menghitungnya dinyatakan.",
    "A pace is given only where everything it needs has been stated.",
)
_YEAR_ALONE = Text(
    "Penilaian yang hanya menyebut tahunnya dihitung per 31 Desember tahun itu.",
    "An assessment of which only the year is stated counts as of 31 December of it.",
)
_PACE_NOTE = Text(
    "Laju: nilai setahun (365,25 hari) sejak nilai awal; perlu: nilai setahun sampai tenggat.",
    "Pace: points a year (of 365.25 days) since the baseline; needed: points a year until the "
    "deadline.",
)


def commitment_table(commitments: Sequence[CommitmentProgress], say: Sayer) -> list[Part]:
    """Return the commitments of many agencies: how they stand, and what is not known of them."""
    if not commitments:
        return []
    paces = any(each.pace_kept is not None or each.pace_needed is not None for each in commitments)
    columns = [
        Column(say("instansi", "agency"), min_width=20),
        Column(say("sasaran", "target"), min_width=11),
        Column(say("tenggat", "deadline"), min_width=10),
        Column(say("terakhir", "latest"), "right"),
        Column(say("status", "status"), min_width=8),
    ]
    if paces:
        columns += [
            Column(say("laju", "pace"), "right"),
            Column(say("perlu", "needed"), "right"),
        ]
    totals = [None if each.latest is None else each.latest.total for each in commitments]
    places = places_needed(totals)
    rows = []
    for each, total in zip(commitments, totals, strict=True):
        cells = [
            each.agency.name,
            _target(each, say),
            _or_unstated(each.commitment.deadline, say),
            "-" if total is None else say.points(total, places, fixed=True),
            say(each.status.label),
        ]
        cells += [signed(pace, say, 4) for pace in (each.pace_kept, each.pace_needed)]
        rows.append(tuple(cells[: len(columns)]))
    title = Text("Komitmen per {day}", "Commitments as of {day}").fill(
        day=day_words(commitments[0].as_of)
    )
    counts = Counter(each.status for each in commitments)
    summary = ", ".join(f"{say(each.label)} {counts[each]}" for each in CommitmentStatus)
    number = counted(len(commitments), Text("komitmen", "commitment"))
    notes = [say(_PACE_NOTE)] if paces else []
    notes += [say(_YEAR_ALONE)] if any(each.year_alone for each in commitments) else []
    return [
        Heading(say(title), 3),
        Paragraph(f"{say(number)}: {summary}"),
        Table(tuple(columns), tuple(rows), notes=tuple(notes)),
        Listing(tuple(_lines_of_many(commitments, say))),
    ]


def _lines_of_many(commitments: Sequence[CommitmentProgress], say: Sayer) -> Iterator[str]:
    """Yield what is not known of the commitments, and where they are read, those alike together."""
    unstated = Counter(each.unstated for each in commitments if each.unstated)
    for what, count in unstated.items():
        yield f"{say(_UNSTATED.fill(what=listed(what)))} ({count})"
    lacking: dict[Text, list[str]] = {}
    for each in commitments:
        for text in each.lacking:
            lacking.setdefault(text, []).append(each.agency.name)
    for text, names in lacking.items():
        yield f"{say(_LACKING.fill(what=text))} ({', '.join(names)})"
    if unstated or lacking:
        yield say(_NO_PACE)
    for each in commitments:
        yield from (f"{each.agency.name}: {line}" for line in _remark_lines(each, say))
        if each.commitment.note is not None:
            yield f"{each.agency.name}: {say(each.commitment.note)}"
    sources = Counter((each.commitment.source, each.commitment.standing) for each in commitments)
    for (source, standing), count in sources.items():
        yield f"{say('Sumber', 'Source')}: {say(source)} ({say(standing.label)}; {count})"


def commitment_parts(each: CommitmentProgress, say: Sayer) -> list[Part]:
    """Return one commitment in full."""
    title = Text(
        "Komitmen {signed}, per {day}: {status}", "Commitment of {signed}, as of {day}: {status}"
    )
    filled = title.fill(
        signed=day_words(each.commitment.signed),
        day=day_words(each.as_of),
        status=each.status.label,
    )
    return [Heading(say(filled), 3), Listing(tuple(_lines(each, say)))]


def _lines(each: CommitmentProgress, say: Sayer) -> Iterator[str]:
    commitment = each.commitment
    where = ", ".join(part for part in (commitment.place, commitment.host) if part)
    if where:
        yield f"{say('Ditandatangani di', 'Signed in')}: {where}"
    if commitment.signatories:
        yield f"{say('Penanda tangan lain', 'Signed with')}: {', '.join(commitment.signatories)}"
    if commitment.target is not None:
        yield f"{say('Sasaran', 'Target')}: {_target_in_full(each, say)}"
    if commitment.deadline is not None:
        yield f"{say('Tenggat', 'Deadline')}: {day_text(commitment.deadline, say.language)}"
    if commitment.baseline is not None:
        start = commitment.baseline_date
        day = "" if start is None else f" ({day_text(start, say.language)})"
        yield f"{say('Nilai awal', 'Baseline')}: {say.points(commitment.baseline, 6)}{day}"
    yield from _standing_now(each, say)
    yield from (f"{say('Catatan', 'Remark')}: {line}" for line in _remark_lines(each, say))
    for found in each.milestones:
        label = say("Tahap antara", "Milestone")
        total = say.points(found.milestone.total, 6)
        day = day_text(found.milestone.date, say.language)
        yield f"{label} {day}, {total}: {say(found.status.label)}"
    if each.unstated:
        yield say(_UNSTATED.fill(what=listed(each.unstated)))
    for what in each.lacking:
        yield say(_LACKING.fill(what=what))
    if each.unstated or each.lacking:
        yield say(_NO_PACE)
    yield f"{say('Sumber', 'Source')}: {say(commitment.source)} ({say(commitment.standing.label)})"
    if commitment.note is not None:
        yield f"{say('Catatan', 'Remark')}: {say(commitment.note)}"


def _remark_lines(each: CommitmentProgress, say: Sayer) -> Iterator[str]:
    """Yield that the target was reached too late, and what contradicts the commitment."""
    if each.reached_late is not None:
        late = Text("tercapai {when}, sesudah tenggat", "reached {when}, after the deadline")
        yield say(late.fill(when=each.reached_late.when_words))
    yield from map(say, each.remarks)


def _standing_now(each: CommitmentProgress, say: Sayer) -> Iterator[str]:
    """Yield the latest total beside the line, and the paces."""
    latest = each.latest
    if latest is None or latest.total is None:
        return
    label = say("Nilai terakhir yang dihitung", "Latest total that counts")
    band = "" if latest.band is None else f", {latest.band}"
    yield f"{label}: {say.points(latest.total, 6)}{band} ({say(latest.when_words)})"
    if each.year_alone:
        yield say(_YEAR_ALONE)
    if each.line is not None:
        text = Text(
            "Jalur ke sasaran pada {day}: {line}; selisih nilainya {difference}",
            "Straight line to the target on {day}: {line}; the total is {difference} off it",
        )
        difference = signed(latest.total - each.line, say)
        line = say.points(each.line, 6)
        yield say(text.fill(day=day_words(latest.day), line=line, difference=difference))
    for pace, name in (
        (each.pace_kept, Text("Laju sejak nilai awal", "Pace kept since the baseline")),
        (
            each.pace_needed,
            Text("Laju yang diperlukan sampai tenggat", "Pace needed until the deadline"),
        ),
    ):
        if pace is not None:
            a_year = say("setahun (365,25 hari)", "a year (of 365.25 days)")
            yield f"{say(name)}: {signed(pace, say)} {a_year}"
    if (
        each.reached is False
        and each.target_total is not None
        and latest.total >= each.target_total
    ):
        yield say(
            "Nilainya sudah sampai pada batas kategori sasaran, tetapi kategorinya belum",
            "The total is at the limit of the band that is the target, but its band is not",
        )


def _target(each: CommitmentProgress, say: Sayer) -> str:
    target = each.commitment.target
    if isinstance(target, Fraction):
        return say.points(target)
    return _or_unstated(each.target_band, say)


def _target_in_full(each: CommitmentProgress, say: Sayer) -> str:
    """Return the target, and of a band from what total on it is reached."""
    target = _target(each, say)
    if isinstance(each.commitment.target, Fraction) or each.target_total is None:
        return target
    limit = say.points(each.target_total, 6)
    return f"{target} ({say('batas', 'limit')} {limit})"


def _or_unstated(value: object, say: Sayer) -> str:
    return say(_NOT_STATED) if value is None else str(value)
