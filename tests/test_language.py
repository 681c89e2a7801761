from __future__ import annotations

import datetime as dt
import pickle

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritindex.language import LANGUAGES, Text, counted, day_text, day_words, listed


def test_each_language_has_its_text() -> None:
    text = Text(id="nilai", en="points")
    assert [text.in_language(language) for language in LANGUAGES] == ["nilai", "points"]


def test_the_indonesian_text_is_what_str_shows() -> None:
    assert str(Text(id="nilai", en="points")) == "nilai"


def test_same_reads_alike_in_both_languages() -> None:
    assert Text.same("ASN") == Text("ASN", "ASN")


def test_fill_puts_texts_in_per_language_and_other_values_as_they_are() -> None:
    template = Text("{what} bernilai {value}", "{what} is worth {value}")
    filled = template.fill(what=Text("aspek", "the aspect"), value=3)
    assert filled == Text("aspek bernilai 3", "the aspect is worth 3")


@given(value=st.text())
def test_what_is_filled_in_is_never_read_as_a_template(value: str) -> None:
    assert Text("<{value}>", "[{value}]").fill(value=value) == Text(f"<{value}>", f"[{value}]")


def test_fill_wants_every_field() -> None:
    with pytest.raises(KeyError):
        Text("{a}", "{a}").fill(b=1)


def test_listed_joins_per_language() -> None:
    texts = (Text("satu", "one"), Text("dua", "two"))
    assert listed(texts) == Text("satu, dua", "one, two")
    assert listed(list(texts), " / ") == Text("satu / dua", "one / two")
    assert listed(()) == Text("", "")


@pytest.mark.parametrize(("count", "english"), [(0, "0 gates"), (1, "1 gate"), (2, "2 gates")])
def test_counted_says_several_of_all_but_one(count: int, english: str) -> None:
    assert counted(count, Text("pertanyaan", "gate")) == Text(f"{count} pertanyaan", english)


def test_a_text_is_frozen_hashable_and_picklable() -> None:
    text = Text("nilai", "points")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        text.id = "lain"  # type: ignore[misc]
    assert hash(text) == hash(Text("nilai", "points"))
    assert pickle.loads(pickle.dumps(text)) == text


def test_days_as_prose_writes_them():
    day = dt.date(2026, 5, 1)
    assert [day_text(day, language) for language in LANGUAGES] == ["1 Mei 2026", "1 May 2026"]
    assert day_words(dt.date(1999, 12, 31)) == Text("31 Desember 1999", "31 December 1999")
    months = {day_text(dt.date(2026, month, 2), "id").split()[1] for month in range(1, 13)}
    assert len(months) == 12
