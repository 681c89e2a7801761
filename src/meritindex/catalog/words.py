"""The words that an instrument file uses for rules, scales and weightings."""

from __future__ import annotations

from meritindex.definition import (
    EqualRemainder,
    GeometricMean,
    Given,
    GoalpostScale,
    HarmonicMean,
    MeasureScale,
    Median,
    Minimum,
    PowerMean,
    Rule,
    Stated,
    ThresholdScale,
    WeightedMean,
    WeightedSum,
    Weighting,
)

FORMAT = 1
UNPUBLISHED = "unpublished"

RULES: dict[str, type[Rule]] = {
    "weighted-mean": WeightedMean,
    "weighted-sum": WeightedSum,
    "geometric-mean": GeometricMean,
    "harmonic-mean": HarmonicMean,
    "power-mean": PowerMean,
    "minimum": Minimum,
    "median": Median,
}
MEASURE_SCALES: dict[str, type[MeasureScale]] = {
    "thresholds": ThresholdScale,
    "goalposts": GoalpostScale,
}
# Weightings that are one word; the other is a table.
WEIGHTINGS: dict[str, Weighting] = {"stated": Stated(), "equal-remainder": EqualRemainder()}
WEIGHTING_TABLES: dict[str, type[Given]] = {"given": Given}


def word_for(thing: object, words: dict[str, type[Rule]] | dict[str, type[MeasureScale]]) -> str:
    """Return the word for the type of something."""
    return next(word for word, kind in words.items() if type(thing) is kind)
