"""Which names may be meant by one that is none of them."""

from __future__ import annotations

import pytest

from meritindex.names import near_names

NAMES = ("Kota Batu", "Batubara", "Kota Kediri", "Jawa  Barat", "Jawa Timur")


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("batu", ["Batubara", "Kota Batu"]),
        (" JAWA   b", ["Jawa  Barat"]),
        ("Jawa", ["Jawa  Barat", "Jawa Timur"]),
        ("Batubarra", ["Batubara"]),
        ("zzz", []),
        ("  ", []),
    ],
)
def test_names_that_are_meant_perhaps(word, near):
    assert near_names(word, NAMES) == near


def test_no_more_than_are_asked_for():
    assert near_names("a", NAMES, 2) == ["Kota Batu", "Batubara"]
    assert near_names("Kota Batru", NAMES, 1) == ["Kota Batu"]


def test_what_takes_long_is_not_compared():
    assert near_names("a" * 101, ["a" * 100]) == []
    assert near_names("a" * 100, ["a" * 99]) == ["a" * 99]
    many = [f"Instansi {number}" for number in range(5001)]
    assert near_names("Instanssi 5", many) == []
    assert near_names("instansi 50", many, 1) == ["Instansi 50"]


def test_names_that_differ_in_case_are_one():
    assert near_names("batu", ["Kota Batu", "KOTA BATU"]) == ["Kota Batu"]
