"""The pictures of the documentation: every plot is shown, by the code that stands above it."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

pytest.importorskip("matplotlib", reason="plots need matplotlib")

import meritindex as mi
from plot_looking import check_lettering

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = [DOCS / "plots.md", DOCS / "id" / "grafik.md"]
FUNCTIONS = set(mi.plot.__all__) - {"describe", "to_html", "to_svg"}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_plot_is_shown(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = path.read_text(encoding="utf-8")
    shown = list(runpy.run_path(str(DOCS / "pictures.py"))["drawn"](page))
    assert len(shown) == page.count("<!-- picture:") > 7
    for ax, mark in shown:
        assert mark == "<!-- picture: ax -->"
        assert mi.plot.describe(ax)
        check_lettering(ax)
    # Each picture has code of its own above it.
    assert len({id(ax) for ax, _ in shown}) == len(shown)
    called = {name for name in FUNCTIONS if f"mi.plot.{name}(" in page}
    assert called == FUNCTIONS
