"""The worked notebooks run from top to bottom, as the build of the documentation runs them."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("openpyxl", reason="the notebooks fill in Excel forms")
pytest.importorskip("matplotlib", reason="the notebooks draw")
pytest.importorskip("pandas", reason="the notebooks show a frame")
pytest.importorskip("IPython", reason="the notebooks show pages")

DOCS = Path(__file__).resolve().parent.parent / "docs"
NOTEBOOKS = sorted(DOCS.rglob("*.ipynb"))


def cells(path: Path, kind: str) -> list[dict[str, Any]]:
    return [
        cell
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == kind
    ]


def text(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def test_there_is_one_in_each_language() -> None:
    assert [path.relative_to(DOCS).as_posix() for path in NOTEBOOKS] == [
        "analyst-day.ipynb",
        "id/hari-analis.ipynb",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_kept_without_results(path: Path) -> None:
    for cell in cells(path, "code"):
        assert (cell["outputs"], cell["execution_count"]) == ([], None)


def test_both_do_the_same() -> None:
    english, indonesian = (
        [text(cell).replace('language = "id"', 'language = "en"') for cell in cells(path, "code")]
        for path in NOTEBOOKS
    )
    assert english == indonesian
    assert len(cells(NOTEBOOKS[0], "markdown")) == len(cells(NOTEBOOKS[1], "markdown"))


def test_it_runs() -> None:
    names: dict[str, Any] = {}
    shown = 0
    for cell in cells(NOTEBOOKS[0], "code"):
        tree = ast.parse(text(cell))
        last = tree.body[-1]
        if isinstance(last, ast.Expr):
            # What a cell ends in is shown.
            kept = ast.Assign([ast.Name("_", ast.Store())], last.value)
            tree.body[-1] = ast.copy_location(kept, last)
            shown += 1
        exec(compile(ast.fix_missing_locations(tree), "cell", "exec"), names)
    assert shown > 10
    assert names["found"].difference < 0
