"""What every plot says about its results: the rules, how firm they are, numbers, and bands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from meritindex.definition import Admissible, Band, Bands, Instrument, Standing
from meritindex.language import Text
from meritindex.scoring import ScoringPlan
from meritindex.scoring.saying import UNKNOWN, Sayer, ground_lines, not_exact_lines, weighting_line

# Of so many rows everything is said in words.
_MOST_SAID = 10

NO_BAND = Text("tanpa kategori", "no band")
UNKNOWN_BAND = Text("kategori tidak diketahui", "band unknown")
NOBODY = Text("tidak ada instansi", "no agencies")
NO_BANDS = Text("instrumen ini tidak mempunyai kategori", "this instrument has no bands")
_ROUNDED = Text(
    "Batas kategori digambar pada nilai sebelum pembulatan ({digits} desimal).",
    "Limits of bands are drawn at totals before rounding ({digits} decimals).",
)
_LIMITS = Text("Batas kategori: {limits}", "Limits of the bands: {limits}")
_SHOWN = Text("{shown} dari {count} instansi digambar", "{shown} of {count} agencies are drawn")


def rule_lines(instruments: Iterable[Instrument], say: Sayer) -> list[str]:
    """Return the titles of instruments, each once."""
    return list(dict.fromkeys(say(instrument.title) for instrument in instruments))


def standing_line(
    standing: Standing, weights: ScoringPlan | Admissible | Sequence[ScoringPlan], say: Sayer
) -> str:
    """Return how firm results are, and with what weights they were computed."""
    if isinstance(weights, Admissible):
        weighted = f"{say('Pembobotan', 'Weighting')}: {say(weights.label)}"
    else:
        plans = [weights] if isinstance(weights, ScoringPlan) else weights
        weighted = "; ".join(dict.fromkeys(weighting_line(plan, say) for plan in plans))
    return f"{say('Status', 'Standing')}: {say(standing.label)}. {weighted}"


def ground_notes(instruments: Iterable[Instrument], say: Sayer, *, exact: bool) -> list[str]:
    """Return that results are not exact, or rest on an instrument that is not the catalog's."""
    lines = [line for each in instruments for line in ground_lines(each, (), say)]
    return [*not_exact_lines(say, exact=exact), *dict.fromkeys(lines)]


def points_text(value: Fraction | None, say: Sayer, *, exact: bool = True, places: int = 4) -> str:
    """Return a number for a reader; one that is not exact is marked, and None is unknown."""
    if value is None:
        return say(UNKNOWN)
    return f"{'' if exact else '≈ '}{say.points(value, places)}"


def band_name(band: Band, say: Sayer) -> str:
    """Return the official name of a band, with its translation where that is asked for."""
    translated = say.language == "en" and band.name.en != band.name.id
    return f"{band.name.id} ({band.name.en})" if translated else band.name.id


def limit_text(limit: tuple[Fraction, bool], say: Sayer) -> str:
    """Return from where a band begins."""
    value, inclusive = limit
    return f"{'≥' if inclusive else '>'} {say.points(value, 6)}"


def band_notes(bands: Bands | None, say: Sayer, *, listed: bool) -> list[str]:
    """Return the limits of the bands, where they are to be listed, and that they are rounded."""
    if bands is None or len(bands) < 2:
        return []
    pairs = zip(bands.items[1:], bands.thresholds, strict=True)
    limits = "; ".join(f"{band_name(each, say)} {limit_text(limit, say)}" for each, limit in pairs)
    notes = [say(_LIMITS.fill(limits=limits))] if listed else []
    if bands.rounding is not None:
        notes.append(say(_ROUNDED.fill(digits=bands.rounding.digits)))
    return notes


def shown_line(shown: Sequence[object], count: int, say: Sayer) -> list[str]:
    """Return how many of the agencies are drawn, where not all are."""
    return [say(_SHOWN.fill(shown=len(shown), count=count))] if len(shown) < count else []


def abridged(lines: Sequence[str]) -> list[str]:
    """Return what is said of rows; of many, of the first and of the last."""
    if len(lines) <= _MOST_SAID:
        return list(lines)
    return [*lines[: _MOST_SAID - 1], "…", lines[-1]]
