"""What the documents of all results have in common: numbers, names, and why a standing is so.

A `Sayer` is the choice of a language; the functions return parts that every kind of result shows
alike. What only one kind of result has is in the module that shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import overload

from meritindex import catalog
from meritindex.assessment import RowFacts
from meritindex.assessment.many import UNSTATED_STAGE
from meritindex.definition import Agency, EqualRemainder, Instrument, Standing, Stated, Weighting
from meritindex.errors import Fault
from meritindex.language import Language, Text
from meritindex.layout import Heading, Listing, Part
from meritindex.numbers import decimal_text, decimals_of, localized
from meritindex.scoring.plans import ScoringPlan
from meritindex.scoring.remarks import row_remarks
from meritindex.scoring.standing import Reason

# Points in tables are rounded for display to so many decimals; exact ones are in JSON and CSV.
TABLE_DECIMALS = 4

SYNTHETIC = Text(
    "DATA SINTETIS: jawabannya rekaan, untuk percobaan; bukan hasil instansi mana pun.",
    "SYNTHETIC DATA: the answers were made up for trying things out; no agency's result.",
)
UNKNOWN = Text("tidak diketahui", "unknown")
_NOT_EXACT = Text(
    "Dihitung dalam presisi ganda, karena memuat rumus yang bukan rasional: tidak eksak sampai "
    "angka terakhir",
    "Computed in double precision, for a rule in it is not rational: not exact to the last digit",
)
_NOT_OF_THE_CATALOG = Text(
    "Instrumen ini tidak termasuk dalam katalog pustaka",
    "This instrument is not one of the library's catalog",
)


class Sayer:
    """The choice of a language, made once for a document."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    @overload
    def __call__(self, text: Text) -> str: ...

    @overload
    def __call__(self, text: str, english: str) -> str: ...

    def __call__(self, text: Text | str, english: str = "") -> str:
        """Return what is said in the language: a `Text`, or the one of two texts."""
        both = text if isinstance(text, Text) else Text(text, english)
        return both.in_language(self.language)

    def points(self, value: Fraction, places: int = TABLE_DECIMALS, *, fixed: bool = False) -> str:
        """Return a number as a decimal, rounded for display."""
        return localized(decimal_text(value, places, fixed=fixed), self.language)

    def signed(self, value: Fraction, places: int = TABLE_DECIMALS, *, fixed: bool = False) -> str:
        """Return a difference as a decimal with its sign, rounded for display."""
        return ("+" if value > 0 else "") + self.points(value, places, fixed=fixed)

    def at_least(self, value: Fraction, places: int, *, fixed: bool = False) -> str:
        """Return a lower bound as a decimal, rounded down: what is shown is a bound as well."""
        unit = 10**places
        return self.points(Fraction((value * unit).__floor__(), unit), places, fixed=fixed)

    def at_most(self, value: Fraction, places: int, *, fixed: bool = False) -> str:
        """Return an upper bound as a decimal, rounded up."""
        unit = 10**places
        return self.points(Fraction((value * unit).__ceil__(), unit), places, fixed=fixed)

    def band(self, instrument: Instrument, name: str) -> str:
        """Return the official name of a band, with its translation where that is asked for."""
        for band in instrument.root.bands or ():
            if band.name.id == name and self.language == "en" and band.name.en != name:
                return f"{name} ({band.name.en})"
        return name


def places_needed(values: Iterable[Fraction | None]) -> int:
    """Return how many decimals show every number, up to the usual number of them."""
    needed = [decimals_of(value) for value in values if value is not None]
    return max(
        (TABLE_DECIMALS if places is None else min(places, TABLE_DECIMALS) for places in needed),
        default=0,
    )


def card_title(facts: RowFacts) -> str:
    """Return who was assessed, and when."""
    when = facts.date or facts.year
    return facts.agency.name + ("" if when is None else f", {when}")


def who(facts: RowFacts, assessed: Counter[Agency], say: Sayer) -> str:
    """Return the name of an agency, with year and stage where the table has it more than once."""
    if assessed[facts.agency] == 1:
        return facts.agency.name
    return f"{facts.agency.name} ({say(facts.occasion)})"


def stage_line(facts: RowFacts, say: Sayer) -> str:
    """Return at which stage an assessment is."""
    if facts.stage is None:
        return say(UNSTATED_STAGE).capitalize()
    return f"{say('Tahap', 'Stage')}: {say(facts.stage.label)}"


def remark_parts(instrument: Instrument, facts: Iterable[RowFacts], say: Sayer) -> list[Part]:
    """Return what is to be minded about assessments, each with of how many it is true."""
    counts = Counter(remark for each in facts for remark in row_remarks(instrument, each))
    lines = tuple(f"{say(remark)} ({count})" for remark, count in counts.items())
    return [Heading(say("Catatan", "Remarks"), 3), Listing(lines)] if lines else []


def left_out_parts(faults: Sequence[Fault], say: Sayer) -> list[Part]:
    """Return the faults of rows that were left out."""
    lines = tuple(fault.in_language(say.language) for fault in faults)
    return [Heading(say("Dikeluarkan", "Left out"), 3), Listing(lines)] if lines else []


def weighting_of(plan: ScoringPlan) -> Weighting:
    """Return where the weights come from; of a remainder of nothing, that it is all published."""
    weighting = plan.weighting
    if isinstance(weighting, EqualRemainder) and not _has_open_weights(plan.instrument):
        return Stated()
    return weighting


def weighting_line(plan: ScoringPlan, say: Sayer) -> str:
    """Return where the weights come from, as a line."""
    return f"{say('Pembobotan', 'Weighting')}: {say(weighting_of(plan).label)}"


def not_exact_lines(say: Sayer, *, exact: bool) -> list[str]:
    """Return that a result is not exact, if it is not."""
    return [] if exact else [say(_NOT_EXACT)]


def ground_lines(instrument: Instrument, reasons: Iterable[Reason], say: Sayer) -> list[str]:
    """Return on what a result rests: another instrument than the catalog's, and what is weak."""
    variant = [] if catalog.is_official(instrument) else [say(_NOT_OF_THE_CATALOG)]
    return [*variant, *(say(reason.as_text()) for reason in reasons)]


def standing_parts(standing: Standing, lines: Iterable[str], say: Sayer) -> list[Part]:
    """Return why a standing is no firmer, in these lines."""
    heading = Text("Mengapa berstatus {standing}", "Why {standing}").fill(standing=standing.label)
    return [Heading(say(heading), 3), Listing(tuple(lines))]


def score_standing_parts(
    standing: Standing,
    reasons: Iterable[Reason],
    plan: ScoringPlan,
    say: Sayer,
    *,
    exact: bool,
) -> list[Part]:
    """Return why the standing of scores is no firmer, and with what weights they were computed."""
    chosen: list[str] = []
    if plan.missing is not None:
        text = Text(
            "Yang belum ada {policy} (dipilih pemanggil)",
            "What is missing is {policy} (the caller's choice)",
        )
        chosen.append(say(text.fill(policy=plan.missing.label)))
    lines = (
        weighting_line(plan, say),
        *not_exact_lines(say, exact=exact),
        *chosen,
        *ground_lines(plan.instrument, reasons, say),
    )
    return standing_parts(standing, lines, say)


def _has_open_weights(instrument: Instrument) -> bool:
    """Say whether the weight of any node is not published."""
    return any(
        child.weight is None
        for dimension in instrument.dimensions
        if dimension.rule is not None and dimension.rule.weighted
        for child in dimension.children
    )
