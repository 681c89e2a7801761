"""What every dimension is worth against its maximum, with its weight and its band."""

from __future__ import annotations

from fractions import Fraction

from meritindex.definition import Dimension, Instrument, Measure
from meritindex.language import Text
from meritindex.layout import Bar, Cell, Column, Table
from meritindex.scoring import Explanation
from meritindex.scoring.formulas import shown
from meritindex.scoring.saying import Sayer


def share_of(points: Fraction, low: Fraction, high: Fraction) -> Fraction:
    """Return where points lie between two ends, from 0 to 1."""
    if high <= low:
        return Fraction(0)
    return min(max((points - low) / (high - low), Fraction(0)), Fraction(1))


def points_cell(node: Explanation, say: Sayer) -> Cell:
    """Return points with a bar of what they reach; why there are none, where there are none."""
    if node.points is None:
        return say(node.status.label)
    return Bar(say.points(node.points), share_of(node.points, node.minimum, node.maximum))


def weight_text(node: Explanation, say: Sayer) -> str:
    """Return a weight with its standing; empty where there is none."""
    if node.weight is None:
        return ""
    standing = say(node.weight.basis.standing.label)
    return f"{shown(node.weight.value, say.language)} ({standing})"


def dimensions_table(instrument: Instrument, explanation: Explanation, say: Sayer) -> Table:
    """Return the dimensions below the total, and the numbers that are measured, in their order."""
    columns = [
        Column(say("dimensi", "dimension"), min_width=20),
        Column(say("nilai", "points"), "right"),
        Column(say("maksimum", "maximum"), "right"),
        Column(say("kategori", "band")),
        Column(say("bobot (status)", "weight (standing)")),
        Column(say("status nilai", "standing")),
    ]
    rows: list[list[Cell]] = []
    for node in explanation.walk()[1:]:
        if not isinstance(instrument[node.code], Dimension | Measure):
            continue
        inner = "· " * (len(instrument.path(node.code)) - 1)
        band = "" if node.band is None else node.band.id
        rows.append(
            [
                f"{inner}{node.code} {say(node.name)}",
                points_cell(node, say),
                say.points(node.maximum),
                band,
                weight_text(node, say),
                say(node.standing.label),
            ]
        )
    if not any(row[3] for row in rows):
        columns = [*columns[:3], *columns[4:]]
        rows = [[*row[:3], *row[4:]] for row in rows]
    caption = Text(
        "Nilai terhadap maksimumnya, dan bobot di dalam dimensi di atasnya",
        "Points against their maximum, and weights in the dimension above",
    )
    return Table(tuple(columns), tuple(map(tuple, rows)), say(caption))
