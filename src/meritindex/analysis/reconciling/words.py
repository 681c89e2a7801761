"""Words that the pages of one reconciliation and of many share, in both languages."""

from __future__ import annotations

from fractions import Fraction

from meritindex.analysis.reconciling.answers import Absence, Answer
from meritindex.definition import Gate, Instrument, Node
from meritindex.language import Text
from meritindex.scoring.formulas import shown
from meritindex.scoring.saying import UNKNOWN, Sayer

CLAIM = Text("klaim", "claim")
FINDING = Text("temuan", "finding")
NOT_DEFINED = Text(
    "tidak terdefinisi (tidak ada yang dibandingkan, semua tingkatnya sama, atau skalanya berbeda)",
    "not defined (nothing is compared, all levels are one, or scales differ)",
)
KAPPA = Text(
    "Kesepakatan pada tingkat (kappa berbobot linear): {kappa}",
    "Agreement on levels (linearly weighted kappa): {kappa}",
)


def answer_text(item: Gate | Node, answer: Answer, say: Sayer) -> str:
    """Return an answer for a reader: a level, the label of an option, a number, or why none."""
    if isinstance(answer, Absence):
        return say(answer.label)
    if isinstance(answer, str):
        return say(_label(item, answer))
    return shown(Fraction(answer), say.language)


def _label(item: Gate | Node, option: str) -> Text:
    options = item.options if isinstance(item, Gate) else ()
    return next((each.label for each in options if each.value == option), Text.same(option))


def band_text(name: str | None, instrument: Instrument, say: Sayer) -> str:
    """Return the official name of a band, or that it is not known."""
    return say(UNKNOWN) if name is None else say.band(instrument, name)


def kappa_line(kappa: Fraction | None, say: Sayer) -> str:
    """Return how far claims and findings agree on levels, as a line."""
    text = say(NOT_DEFINED) if kappa is None else say.points(kappa)
    return say(KAPPA.fill(kappa=text))
