"""The pages that are made from data are current."""

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = list(runpy.run_path(str(DOCS / "generate.py"))["pages"]())


@pytest.mark.parametrize(("place", "text"), PAGES, ids=[place.name for place, _ in PAGES])
def test_page_is_current(place: Path, text: str) -> None:
    assert place.read_text(encoding="utf-8") == text, "run: python docs/generate.py"


def test_both_languages_of_both_instruments() -> None:
    assert len(PAGES) == 4
