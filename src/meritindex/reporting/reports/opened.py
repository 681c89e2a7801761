"""What is certain, and what is open: what is missing, not published, or assumed."""

from __future__ import annotations

from collections.abc import Iterator

from meritindex.analysis.bounding import BoundsCard
from meritindex.analysis.bounding.card_words import card_lines, verdict
from meritindex.analysis.bounding.showing import item_parts
from meritindex.analysis.premises import premise_parts
from meritindex.definition import Instrument
from meritindex.language import Text
from meritindex.layout import Heading, Listing, Paragraph, Part
from meritindex.reporting.reports.agency import AgencyReport
from meritindex.scoring.saying import Sayer, score_standing_parts
from meritindex.scoring.showing import band_parts, missing_parts

_NOTHING = Text("Tidak ada jawaban yang kurang.", "No answer is missing.")
_NO_BOUNDS = Text("Yang pasti tidak dapat disebut: {why}", "What is certain can't be said: {why}")


def open_parts(report: AgencyReport, say: Sayer) -> Iterator[Part]:
    """Yield what is certain whatever is open, then everything that is open."""
    card = report.card
    if report.bounds is None:
        why = "; ".join(say(fault.message) for fault in report.no_bounds)
        yield Paragraph(say(_NO_BOUNDS.fill(why=why)))
    else:
        yield from _bounds_parts(report.bounds, say)
    missing = missing_parts(card, say)
    yield from missing or [Paragraph(say(_NOTHING))]
    yield from score_standing_parts(card.standing, card.reasons, card.plan, say, exact=card.exact)
    yield from band_parts(card, say)
    yield from instrument_remark_parts(card.instrument, say)


def _bounds_parts(bounds: BoundsCard, say: Sayer) -> Iterator[Part]:
    yield Heading(say("Apa yang pasti", "What is certain"), 3)
    yield Paragraph(verdict(bounds, say))
    yield Listing(tuple(card_lines(bounds, say)))
    yield from item_parts(bounds, say)
    yield from premise_parts(bounds.table.tree, bounds.table.policy, say)


def instrument_remark_parts(instrument: Instrument, say: Sayer) -> Iterator[Part]:
    """Yield what a reader of the instrument should know: conflicts, gaps, and how firm that is."""
    lines = []
    for remark in instrument.remarks:
        known = ", ".join((say(remark.basis.standing.label), *remark.basis.sources))
        lines.append(f"{say(remark.text)} ({known})")
    if lines:
        yield Heading(say("Catatan tentang instrumennya", "Remarks on the instrument"), 3)
        yield Listing(tuple(lines))
