"""What stands above the rows of one agency: whose they are, and that they are made up if so."""

from __future__ import annotations

import attrs

from meritindex.reporting.workbooks.book import Filled, Sheet
from meritindex.reporting.workbooks.looks import HEADINGS, NOTICE
from meritindex.scoring import ScoreCard
from meritindex.scoring.saying import SYNTHETIC, Sayer, card_title


def first_row(card: ScoreCard) -> int:
    """Return the row below the head and the header of the columns."""
    return 3 + card.synthetic


def write_head(sheet: Sheet, card: ScoreCard, say: Sayer) -> None:
    """Write the head, at the top of a sheet; the header of the columns comes next."""
    title = card_title(card.assessments.facts[card.row])
    sheet.append([Filled(title, attrs.evolve(HEADINGS[2], wrap=False))])
    if card.synthetic:
        sheet.append([Filled(say(SYNTHETIC), attrs.evolve(NOTICE, wrap=False))])
