"""What is said of a total on the ladder: its band, and how far it is to the next one."""

from __future__ import annotations

from fractions import Fraction

import attrs

from meritindex.analysis.premises import named_codes
from meritindex.definition import Bands
from meritindex.language import Text
from meritindex.reporting.plot.words import (
    NO_BANDS,
    UNKNOWN_BAND,
    band_name,
    limit_text,
    points_text,
)
from meritindex.scoring import ScoreCard
from meritindex.scoring.saying import Sayer

_TO_NEXT = Text("{distance} lagi sampai {band} ({limit})", "{distance} more to {band} ({limit})")
_HIGHEST = Text("kategori tertinggi", "the highest band")
_OUT_OF_REACH = Text(
    "{band} ({limit}) tidak dapat dicapai dengan rumus ini",
    "{band} ({limit}) can't be reached under this formula",
)
_HELD = Text(
    "kategorinya ditahan: ada syarat selain nilai yang belum terpenuhi",
    "the band is held: a condition besides the total is not met",
)
_MISSING = Text(
    "Nilainya tidak diketahui; belum ada: {codes}", "The total is unknown; missing: {codes}"
)
_PLACES = 4


@attrs.frozen(kw_only=True)
class Verdict:
    """What is said of a total.

    Attributes:
        total: the total and its band; empty where it is not known.
        next: how far it is to the next band, or why there is none; empty where nothing is said.
        limit: where the next band begins; None where there is nothing to be reached.
        note: why the total is not known; empty where it is.
    """

    total: str = ""
    next: str = ""
    limit: Fraction | None = None
    note: str = ""

    @classmethod
    def of(cls, card: ScoreCard, say: Sayer) -> Verdict:
        """Return what is said of the total of an agency."""
        if card.total is None:
            return cls(note=say(_MISSING.fill(codes=named_codes(card.instrument, card.needed))))
        worth = points_text(card.total, say, exact=card.exact)
        bands = card.instrument.root.bands
        if bands is None:
            return cls(total=f"{worth}: {say(NO_BANDS)}")
        number = int(card.scores.bands[card.row])
        if not number:
            return cls(total=f"{worth}: {say(UNKNOWN_BAND)}")
        total = f"{worth}: {band_name(bands.items[number - 1], say)}"
        if number < bands.number_of(card.total):
            return cls(total=total, next=say(_HELD))
        if number == len(bands):
            return cls(total=total, next=say(_HIGHEST))
        return _ahead(card, card.total, bands, say, total)


def _ahead(card: ScoreCard, value: Fraction, bands: Bands, say: Sayer, total: str) -> Verdict:
    """Return what is said of a total with a band above it."""
    number = bands.number_of(value)
    highest = card.plan.ranges[card.instrument.root.code][1]
    limit, inclusive = bands.thresholds[number - 1]
    words = {
        "band": band_name(bands.items[number], say),
        # Lines are broken at plain spaces alone: the sign and its number stay together.
        "limit": limit_text((limit, inclusive), say).replace(" ", "\u00a0"),
    }
    if limit > highest or (limit == highest and not inclusive):
        return Verdict(total=total, next=say(_OUT_OF_REACH.fill(**words)))
    distance = say.at_most(limit - value, _PLACES)
    return Verdict(total=total, next=say(_TO_NEXT.fill(distance=distance, **words)), limit=limit)
