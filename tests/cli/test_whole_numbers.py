from __future__ import annotations

import argparse

import pytest

from meritindex.cli.whole_numbers import whole_number


def test_digits_within_the_limits_are_a_number():
    assert [whole_number(word, "id", least=2, most=1000) for word in ("2", "0017", "1000")] == [
        2,
        17,
        1000,
    ]


@pytest.mark.parametrize("word", ["", "1", "1001", "-3", "+3", "1_0", "1e2", "³", "٣", "9" * 9999])
@pytest.mark.parametrize(
    ("language", "said"), [("id", "bukan bilangan bulat dari 2 sampai"), ("en", "from 2 to 1000")]
)
def test_anything_else_is_refused(word, language, said):
    with pytest.raises(argparse.ArgumentTypeError, match=said) as refused:
        whole_number(word, language, least=2, most=1000)
    assert len(str(refused.value)) < 100
