"""What an answer may really be: the words of a policy, read, written, shown and refused."""

from __future__ import annotations

import pickle

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import check_fault, faults_of, only_fault
from meritindex.assessment.trust import AnswerPolicy, Latitude, Unanswered
from meritindex.assessment.values import AnswerState
from meritindex.errors import AssessmentError
from meritindex.language import LANGUAGES, Text

COUNTS = st.none() | st.integers(0, 250)
LATITUDES = st.builds(Latitude, COUNTS, COUNTS) | st.sampled_from(
    [Latitude(), Latitude(None, 0), Latitude(0, None), Latitude(None, None), Latitude(2, 2)]
)

NAMED = [
    ("as-given", 0, 0),
    ("at-most", None, 0),
    ("at-least", 0, None),
    ("any", None, None),
    ("within-1", 1, 1),
    ("within-12", 12, 12),
    ("down-1", 1, 0),
    ("up-250", 0, 250),
    ("down-2-up-1", 2, 1),
    ("down-any-up-1", None, 1),
    ("down-3-up-any", 3, None),
]


@pytest.mark.parametrize(("name", "down", "up"), NAMED)
def test_names(name: str, down: int | None, up: int | None) -> None:
    assert Latitude.parse(name) == Latitude(down, up)
    assert Latitude(down, up).name == name


@pytest.mark.parametrize(
    ("word", "name"),
    [
        (" At-Most ", "at-most"),
        ("within-0", "as-given"),
        ("within-any", "any"),
        ("down-any", "at-most"),
        ("up-any", "at-least"),
        ("down-02-up-2", "within-2"),
        ("down-0-up-7", "up-7"),
    ],
)
def test_other_ways_to_say_it(word: str, name: str) -> None:
    assert Latitude.parse(word).name == name


@given(LATITUDES)
def test_every_latitude_is_read_by_its_name(latitude: Latitude) -> None:
    assert Latitude.parse(latitude.name) == latitude
    for language in LANGUAGES:
        label = latitude.label.in_language(language)
        assert "{" not in label
        assert "None" not in label
        for count in (latitude.down, latitude.up):
            assert not count or str(count) in label


@pytest.mark.parametrize(
    ("latitude", "label"),
    [
        (Latitude(), Text("seperti jawabannya", "as answered")),
        (Latitude(None, None), Text("tingkat mana pun", "any level")),
        (Latitude(None, 0), Text("tingkat itu atau lebih rendah", "that level or lower")),
        (Latitude(0, None), Text("tingkat itu atau lebih tinggi", "that level or higher")),
        (
            Latitude(1, 2),
            Text(
                "tingkat itu atau hingga 1 tingkat lebih rendah atau hingga 2 tingkat lebih tinggi",
                "that level or up to 1 level lower or up to 2 levels higher",
            ),
        ),
        (
            Latitude(None, 1),
            Text(
                "tingkat itu atau lebih rendah atau hingga 1 tingkat lebih tinggi",
                "that level or lower or up to 1 level higher",
            ),
        ),
    ],
)
def test_labels(latitude: Latitude, label: Text) -> None:
    assert latitude.label == label


@pytest.mark.parametrize(
    "word",
    [
        *("", "sometimes", "within", "within-", "within--1", "within-251", "within-1000"),
        *("within-²", "down-1-up-251", "down-1.5", "up-1-down-1", "atmost", "any-1", 3, None),
    ],
)
def test_words_that_say_nothing_of_the_kind(word: object) -> None:
    fault = only_fault(AssessmentError, lambda: Latitude.parse(word))  # type: ignore[arg-type]
    shown = f'"{word}"' if isinstance(word, str) else str(word)
    check_fault(fault, "latitude-unknown", None, shown, fault.allowed or "at-most")
    assert fault.value == shown
    assert fault.allowed is not None
    assert "0 sampai 250 tingkat" in fault.allowed.id
    assert "0 to 250 levels" in fault.allowed.en


@pytest.mark.parametrize("count", [-1, 251, True, 1.0, "1"])
def test_numbers_of_levels_that_are_none(count: object) -> None:
    found = faults_of(AssessmentError, lambda: Latitude(count, count))  # type: ignore[arg-type]
    assert [fault.item for fault in found] == ["down", "up"]
    for fault in found:
        shown = f'"{count}"' if isinstance(count, str) else str(count)
        check_fault(fault, "latitude-range", fault.item, shown, fault.allowed or "")
        assert fault.allowed == Text(
            "bilangan bulat 0 sampai 250, atau None", "whole numbers 0 to 250, or None"
        )


def test_a_policy() -> None:
    policy = AnswerPolicy()
    assert policy.latitude_of(AnswerState.VERIFIED) == Latitude()
    assert policy.latitude_of(AnswerState.EVIDENCED) == Latitude()
    assert policy.latitude_of(AnswerState.CLAIMED) == Latitude(None, 0)
    assert policy.latitude_of(None) == Latitude()
    assert policy.unanswered is Unanswered.ANY
    policy = AnswerPolicy(
        verified="within-1",
        evidenced="down-1",
        claimed=Latitude(3, 1),
        unstated=" ANY ",
        unanswered="Lowest",
    )
    assert policy.latitude_of(AnswerState.VERIFIED).name == "within-1"
    assert policy.latitude_of(AnswerState.EVIDENCED).name == "down-1"
    assert policy.latitude_of(AnswerState.CLAIMED).name == "down-3-up-1"
    assert policy.latitude_of(None).name == "any"
    assert policy.unanswered == "lowest"
    assert policy == AnswerPolicy(
        verified=Latitude(1, 1),
        evidenced=Latitude(1, 0),
        claimed="down-3-up-1",
        unstated=Latitude(None, None),
        unanswered=Unanswered.LOWEST,
    )
    assert attrs.evolve(policy, verified="any") != policy
    assert {policy, pickle.loads(pickle.dumps(policy))} == {policy}
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        policy.verified = Latitude()  # type: ignore[misc]


def test_labels_of_what_is_not_answered() -> None:
    labels = [member.label for member in Unanswered]
    assert labels == [
        Text("jawaban apa pun", "any answer"),
        Text("jawaban yang bernilai terendah", "the answer that is worth least"),
    ]


def test_every_word_of_a_policy_is_refused_at_once() -> None:
    items = ["verified", "evidenced", "claimed", "unstated", "unanswered"]
    words = ["never", "always", 5, None, "highest"]
    given_words = dict(zip(items, words, strict=True))
    found = faults_of(AssessmentError, lambda: AnswerPolicy(**given_words))  # type: ignore[arg-type]
    assert [fault.item for fault in found] == items
    for fault, word in zip(found, words, strict=True):
        code = "unanswered-unknown" if fault.item == "unanswered" else "latitude-unknown"
        shown = f'"{word}"' if isinstance(word, str) else str(word)
        check_fault(fault, code, fault.item, shown, fault.allowed or "")
        assert fault.value == shown
    assert found[-1].allowed == Text.same("any, lowest")


@pytest.mark.parametrize("word", ["", "none", 0, ["any"]])
def test_words_for_what_is_not_answered(word: object) -> None:
    fault = only_fault(AssessmentError, lambda: AnswerPolicy(unanswered=word))  # type: ignore[arg-type]
    check_fault(fault, "unanswered-unknown", "unanswered", "any, lowest")
