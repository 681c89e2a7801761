"""What an answer is headed by in a file."""

from __future__ import annotations

from itertools import pairwise

import pytest


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (("score", "--sample"), "# Merit-system scores"),
        (("bounds", "--sample"), None),
        (("board", "--sample"), "# "),
        (("explain", "--sample", "Kota Batu"), "# Kota Batu"),
        (("influence", "--sample"), "# What makes the totals of agencies differ"),
        (("instruments",), "# "),
        (("show", "ism-2019"), "# Merit System Index"),
    ],
)
def test_markdown_opens_with_its_one_main_heading(run, words, title):
    lines = run(*words, "--format", "markdown", "--lang", "en").out.splitlines()
    assert lines[0].startswith(title or "# ")
    levels = [len(line.split(" ")[0]) for line in lines if line.startswith("#")]
    assert levels.count(1) == 1
    # No level is left out.
    assert all(after <= before + 1 for before, after in pairwise(levels))
