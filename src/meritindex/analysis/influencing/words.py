"""Swaps and changes of a band in sentences, in both languages."""

from __future__ import annotations

from fractions import Fraction

from meritindex.analysis.influencing.swaps import BandChange, Crossing, Swap
from meritindex.language import LANGUAGES, Text, listed
from meritindex.scoring.formulas import approximate, shown
from meritindex.scoring.saying import UNKNOWN

_RANGE = Text(
    "Bobot {code} kini {weight}, dari 0 sampai {whole}.",
    "The weight of {code} is {weight} now, from 0 to {whole}.",
)
_ALWAYS = Text(
    "{one} dan {other} selalu bernilai sama, berapa pun bobot {code}.",
    "{one} and {other} always have the same total, whatever the weight of {code}.",
)
_NEVER = Text(
    "{one} dan {other} tidak pernah bernilai sama, berapa pun bobot {code}.",
    "{one} and {other} never have the same total, whatever the weight of {code}.",
)
_SAME = Text(
    "Pada bobot {weight} {one} dan {other} bernilai sama{around}.",
    "At the weight {weight} {one} and {other} have the same total{around}.",
)
_ROUNDED = Text(
    "Yang dibandingkan adalah nilai sebelum dibulatkan.",
    "What is compared are the totals before they are rounded.",
)
_BELOW = Text("di bawahnya {name} unggul", "below it {name} is ahead")
_ABOVE = Text("di atasnya {name} unggul", "above it {name} is ahead")
_BAND = Text(
    "Pada bobot {weight} kategorinya {at}; sedikit di bawahnya {below}, sedikit di atasnya "
    "{above}.",
    "At the weight {weight} the band is {at}; just below it {below}, just above it {above}.",
)


def swap_text(swap: Swap) -> Text:
    """Return where two agencies swap, in sentences."""
    names = {"one": swap.one.name, "other": swap.other.name, "code": swap.code}
    found = [
        _RANGE.fill(code=swap.code, weight=weight_text(swap.weight), whole=weight_text(swap.whole))
    ]
    if swap.always:
        found.append(_ALWAYS.fill(**names))
    elif not swap.crossings:
        found.append(_NEVER.fill(**names))
    for crossing in swap.crossings:
        weight = weight_text(crossing.weight, exact=crossing.exact)
        found.append(_SAME.fill(**names, weight=weight, around=_around(crossing)))
    found += [_ROUNDED] if swap.before_rounding else []
    return listed(found, " ")


def band_change_text(change: BandChange) -> Text:
    """Return where an agency changes its band, in a sentence."""
    bands = {
        name: UNKNOWN if band is None else band
        for name, band in (("below", change.below), ("at", change.at), ("above", change.above))
    }
    return _BAND.fill(weight=weight_text(change.weight), **bands)


def _around(crossing: Crossing) -> Text:
    """Return who is ahead below and above a crossing; nothing of what is outside the range."""
    sides = [
        text.fill(name=agency.name)
        for text, agency in ((_BELOW, crossing.ahead_below), (_ABOVE, crossing.ahead_above))
        if agency is not None
    ]
    return Text("; {sides}", "; {sides}").fill(sides=listed(sides)) if sides else Text.same("")


def weight_text(value: Fraction, *, exact: bool = True) -> Text:
    """Return a weight: exactly, and as a decimal beside it where that says more."""
    texts: list[str] = []
    for language in LANGUAGES:
        written, rounded = shown(value, language), approximate(value, language)
        if exact:
            texts.append(written if "/" not in written else f"{written} ({rounded})")
        else:
            texts.append(f"≈ {rounded.removeprefix('≈ ')}")
    return Text(*texts)
