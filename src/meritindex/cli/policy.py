"""What answers may stand for: the words of `--verified`, `--claimed` and the like."""

from __future__ import annotations

import argparse

from meritindex.assessment import AnswerPolicy, Latitude
from meritindex.errors import AssessmentError
from meritindex.language import Language

STATES = ("verified", "evidenced", "claimed", "unstated", "unanswered")


def latitude_of(word: str, language: Language) -> Latitude:
    """Return how far an answer may be off, by its name.

    Raises:
        ArgumentTypeError: the word names nothing of the kind.
    """
    try:
        return Latitude.parse(word)
    except AssessmentError as error:
        raise argparse.ArgumentTypeError(error.in_language(language)) from None


def policy_of(options: argparse.Namespace) -> AnswerPolicy:
    """Return what answers may stand for: what was asked for, else the defaults."""
    asked = {state: getattr(options, state) for state in STATES}
    return AnswerPolicy(**{state: said for state, said in asked.items() if said is not None})
