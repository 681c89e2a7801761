from __future__ import annotations

import argparse

import pytest

from meritindex.assessment import AnswerPolicy, Latitude
from meritindex.cli.policy import latitude_of, policy_of

STATES = ("verified", "evidenced", "claimed", "unstated", "unanswered")


def test_words_of_latitude():
    assert latitude_of("down-2", "id") == Latitude(2, 0)
    for language, said in (("id", '"x" tidak menyatakan'), ("en", '"x" does not say how far')):
        with pytest.raises(argparse.ArgumentTypeError, match=said):
            latitude_of("x", language)


def test_what_is_not_asked_for_is_the_default():
    nothing = argparse.Namespace(**dict.fromkeys(STATES))
    assert policy_of(nothing) == AnswerPolicy()
    asked = dict.fromkeys(STATES) | {"claimed": Latitude(1, 1), "unanswered": "lowest"}
    assert policy_of(argparse.Namespace(**asked)) == AnswerPolicy(
        claimed="within-1", unanswered="lowest"
    )
