"""Bounds in words, wherever they are shown: bands, ranges of ranks, and what would settle them."""

from __future__ import annotations

from collections.abc import Sequence

from meritindex.analysis.premises import codes_text, named_codes
from meritindex.definition import Instrument
from meritindex.language import Text, listed
from meritindex.scoring.saying import UNKNOWN

# What keeps a band from being certain where nothing is open: a cap that waits for it.
UNDER_ENTRIES = Text(
    "yang berada di bawah nilai yang dimasukkan", "what lies below points that were entered"
)

# So many items are called by their names on a first screen; the others are counted.
_NAMED = 2


def is_more(names: Sequence[str]) -> bool:
    """Say whether more than one band is possible."""
    return len(names) > 1


def bands_text(names: Sequence[str]) -> Text:
    """Return the bands that are possible, from the lowest to the highest, in short."""
    if not names:
        return Text("({unknown})", "({unknown})").fill(unknown=UNKNOWN)
    if not is_more(names):
        return Text.same(names[0])
    link = Text("{low} atau {high}", "{low} or {high}")
    if len(names) > 2:
        link = Text("{low} sampai {high}", "{low} to {high}")
    return link.fill(low=names[0], high=names[-1])


def ranks_text(ends: tuple[int, int] | None) -> str:
    """Return a range of ranks, `5–45`; one number where both ends are the same."""
    if ends is None:
        return "-"
    best, worst = ends
    return str(best) if best == worst else f"{best}–{worst}"


def first_named(instrument: Instrument, codes: Sequence[str]) -> Text:
    """Return the first codes with their names, and how many others there are."""
    first, more = named_codes(instrument, codes[:_NAMED]), len(codes) - _NAMED
    words = Text("{first}, dan {count} lainnya", "{first}, and {count} more")
    return words.fill(first=first, count=more) if more > 0 else first


def settling_text(
    weights: Sequence[str],
    missing: Sequence[str],
    doubtful: Sequence[str],
    instrument: Instrument | None = None,
) -> Text:
    """Return what has to be known before there is certainty.

    Args:
        weights: codes of the weights that are open.
        missing: codes of what is not answered.
        doubtful: codes of what is answered, but may be otherwise.
        instrument: what the codes are of, if they are to be called by their names.
    """
    kinds = (
        (Text("bobot {codes}", "the weights of {codes}"), weights),
        (Text("jawaban atas {codes}", "answers to {codes}"), missing),
        (Text("verifikasi jawaban {codes}", "verification of the answers to {codes}"), doubtful),
    )
    found = [
        text.fill(codes=codes_text(codes) if instrument is None else first_named(instrument, codes))
        for text, codes in kinds
        if codes
    ]
    return listed(found, "; ") if found else UNDER_ENTRIES
