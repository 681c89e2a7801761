"""How numbers and lists of codes stand in a reason."""

from __future__ import annotations

from fractions import Fraction

import pytest

from meritindex.analysis.lint.findings import listed_codes, number
from meritindex.language import Text


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        ("0.405", "0,405", "0.405"),
        ("-3", "-3", "-3"),
        ("2/3", "2/3 (sekitar 0,666667)", "2/3 (about 0.666667)"),
        ("0.1234567", "1234567/10000000 (sekitar 0,123457)", "1234567/10000000 (about 0.123457)"),
    ],
)
def test_numbers(value, indonesian, english):
    assert number(Fraction(value)) == Text(indonesian, english)


@pytest.mark.parametrize(
    ("count", "indonesian", "english"),
    [
        (1, "a0", "a0"),
        (2, "a0 dan a1", "a0 and a1"),
        (3, "a0, a1, dan a2", "a0, a1 and a2"),
        (8, "a0, a1, a2, a3, a4, a5, a6, dan a7", "a0, a1, a2, a3, a4, a5, a6 and a7"),
        (9, "a0, a1, a2, a3, a4, a5, a6, dan 2 lainnya", "a0, a1, a2, a3, a4, a5, a6 and 2 more"),
    ],
)
def test_lists(count, indonesian, english):
    assert listed_codes([f"a{place}" for place in range(count)]) == Text(indonesian, english)
