"""Of how many agencies the result is certain, whatever is open: one line of a report on many."""

from __future__ import annotations

from collections.abc import Iterator

from meritindex.analysis.bounding import BoundsTable, bounds
from meritindex.errors import AssessmentError, WeightingError
from meritindex.language import Text
from meritindex.layout import Fact
from meritindex.scoring import ScoreTable
from meritindex.scoring.saying import UNKNOWN, Sayer, weighting_of

_COUNT = Text(
    "{what} pasti untuk {certain} dari {count}", "{what} certain for {certain} of {count}"
)
_BAND, _TOTAL = Text("Kategori", "Band"), Text("Nilai", "Total")
_WEIGHTS = Text("bobot", "weights")
_ANSWERS = Text("jawaban", "answers")
_BOTH = Text("bobot dan jawaban", "weights and answers")
_WHATEVER = Text(
    "Apa pun {open} yang masih terbuka.", "Whatever the {open} are that are still open."
)
_RANKS = Text(
    "Nilai, kategori, dan peringkat di sini memakai satu pembobotan saja: {weighting}.",
    "Totals, bands and ranks here rest on one weighting alone: {weighting}.",
)
_MORE = Text(
    "Selengkapnya: meritindex bounds, atau mi.bounds.", "For more: meritindex bounds, or mi.bounds."
)


def certain_facts(table: ScoreTable, say: Sayer) -> Iterator[Fact]:
    """Yield of how many agencies the band is certain; nothing where nothing is open."""
    label = say("Seberapa pasti", "How certain")
    try:
        found = bounds(table.assessments)
    except (AssessmentError, WeightingError) as error:
        yield Fact(label, say(UNKNOWN), "; ".join(say(each.message) for each in error.faults))
        return
    ends = list(zip(found.lower, found.upper, strict=True))
    settled = [low is not None and low == high for low, high in ends]
    weights, answers = bool(found.tree.regions), _has_open_answers(found)
    if not (weights or answers):
        return
    bands = found.instrument.root.bands is not None
    certain = [name is not None for name in found.certain_bands] if bands else settled
    value = _COUNT.fill(what=_BAND if bands else _TOTAL, certain=sum(certain), count=len(found))
    both = _BOTH if answers else _WEIGHTS
    notes = [_WHATEVER.fill(open=both if weights else _ANSWERS)]
    if weights:
        notes.append(_RANKS.fill(weighting=weighting_of(table.plan).label))
    yield Fact(label, say(value), " ".join(map(say, [*notes, _MORE])))


def _has_open_answers(found: BoundsTable) -> bool:
    """Say whether any answer may be another one: it is missing, or not taken for sure."""
    return any(card.open_items for card in found)
