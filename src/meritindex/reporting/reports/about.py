"""By what rules and with what library a report was made, so that it can be made again."""

from __future__ import annotations

from meritindex import __version__, catalog
from meritindex.language import Text
from meritindex.layout import Heading, Listing, Part
from meritindex.scoring import ScoringPlan
from meritindex.scoring.saying import Sayer, weighting_line

# So much of a fingerprint tells two instruments apart.
_FINGERPRINT = 16


def about_parts(plan: ScoringPlan, say: Sayer) -> list[Part]:
    """Return the instrument with its fingerprint, the weights, and the version of the library."""
    instrument = plan.instrument
    known = Text("dari katalog", "of the catalog")
    if not catalog.is_official(instrument):
        known = Text("bukan dari katalog", "not of the catalog")
    line = Text(
        "Instrumen: {id} ({known}), sidik jari {fingerprint}",
        "Instrument: {id} ({known}), fingerprint {fingerprint}",
    ).fill(id=instrument.id, known=known, fingerprint=instrument.fingerprint[:_FINGERPRINT])
    return [
        Heading(say("Tentang laporan ini", "About this report"), 3),
        Listing((say(line), weighting_line(plan, say), f"meritindex {__version__}")),
    ]
