"""Which of a group of agencies is above which, whatever is open: one against the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from meritindex.analysis.bounding.table import BoundsTable, Certainty
from meritindex.analysis.premises import premise_parts
from meritindex.language import Language, Text
from meritindex.layout import Column, Document, Listing, Paragraph, Part, Table
from meritindex.scoring.saying import SYNTHETIC, Sayer, who

_SIGNS = {Certainty.ALWAYS: ">", Certainty.NEVER: "≤", Certainty.DEPENDS: "?"}
_ITSELF = "·"


def relation_document(table: BoundsTable, rows: Sequence[int], language: Language) -> Document:
    """Return who of a group is certainly above whom, or not, agencies by agencies.

    Args:
        table: the bounds.
        rows: which rows of it, in the order in which they are to be shown.
        language: that of the document.
    """
    say = Sayer(language)
    facts = table.assessments.facts
    parts: list[Part] = [Paragraph(say(table.instrument.title))]
    if any(facts[row].synthetic for row in rows):
        parts.append(Paragraph(say(SYNTHETIC), tone="warning"))
    parts.append(Paragraph(say(_certain(table, rows))))
    numbers = [str(number) for number in range(1, len(rows) + 1)]
    columns = (
        Column(say("no", "no"), "right"),
        Column(say("instansi", "agency"), min_width=24),
        *(Column(number, "right") for number in numbers),
    )
    assessed = Counter(facts[row].agency for row in rows)
    cells = tuple(
        (
            number,
            who(facts[row], assessed, say),
            *(_ITSELF if row == other else _SIGNS[table.relation(row, other)] for other in rows),
        )
        for number, row in zip(numbers, rows, strict=True)
    )
    parts += [Table(columns, cells, keys=2), Listing(tuple(map(say, _legend())))]
    parts += premise_parts(table.tree, table.policy, say)
    return Document(tuple(parts))


def _certain(table: BoundsTable, rows: Sequence[int]) -> Text:
    """Return of how many pairs it is certain who is above."""
    pairs = list(combinations(rows, 2))
    certain = sum(
        Certainty.ALWAYS in {table.relation(*pair), table.relation(*reversed(pair))}
        for pair in pairs
    )
    return Text(
        "Pasti siapa yang di atas: {certain} dari {count} pasangan.",
        "Who is above is certain for {certain} of {count} pairs.",
    ).fill(certain=certain, count=len(pairs))


def _legend() -> list[Text]:
    line = Text(
        "{sign} instansi pada baris {label} instansi pada kolom",
        "{sign} the agency of the row is {label} that of the column",
    )
    sentences = {
        Certainty.ALWAYS: Certainty.ALWAYS.label,
        Certainty.NEVER: Certainty.NEVER.label,
        Certainty.DEPENDS: Text("belum pasti di atas", "not certain to be above"),
    }
    return [line.fill(sign=_SIGNS[each], label=sentences[each]) for each in Certainty]
