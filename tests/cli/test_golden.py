from __future__ import annotations

from pathlib import Path

import pytest

from golden.regenerate import COMMANDS, HERE, texts
from meritindex.layout.wrapping import places


@pytest.fixture(scope="module")
def current() -> dict[Path, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "80")
        return dict(texts())


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_shown_is_what_was_agreed(
    name: str, language: str, current: dict[Path, str]
) -> None:
    path = HERE / f"{name}.{language}.txt"
    assert path.read_text(encoding="utf-8") == current[path], (
        "if this is intended, run: python tests/golden/regenerate.py"
    )


def test_no_file_is_left_over(current: dict[Path, str]) -> None:
    assert set(HERE.glob("*.txt")) == set(current)


def test_fits_a_terminal(current: dict[Path, str]) -> None:
    for path, text in current.items():
        if not path.name.startswith("refused"):  # faults are one a line, however long
            assert max(map(places, text.splitlines()[1:])) <= 80, path
