"""What stands around a plot, the figure of its own, and what it leaves as it was."""

from __future__ import annotations

import pickle
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

pytest.importorskip("matplotlib", reason="plots need matplotlib")

import matplotlib as mpl
from matplotlib.figure import Figure

import meritindex as mi
from meritindex.definition import EqualRemainder
from meritindex.extras import MissingExtraError
from meritindex.reporting.plot.keys import stroke
from meritindex.reporting.plot.sheet import Sheet
from plot_cases import HARD, NAME, cases, many, one, scored, table
from plot_looking import check_lettering, key, settings, texts

SYNTHETIC = {"id": "DATA SINTETIS", "en": "SYNTHETIC DATA"}
CASES = cases()
KINDS = ["dimensions", "ladder", "heat-map", "distribution", "totals", "ranks", "ranks-drawn"]
KINDS += ["progress", "waterfall", "waterfall-plan"]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", KINDS)
def test_a_plot_says_under_what_rules_how_firm_and_whether_made_up(name, language):
    ax = CASES[name](language)
    shown = [" ".join(text.get_text().split()) for text in ax.texts]
    standing = {"id": "Status: ", "en": "Standing: "}[language]
    assert any(text.startswith(standing) for text in shown)
    assert any("19/2025" in text or "40/2018" in text for text in shown)
    marked = any(text.startswith(SYNTHETIC[language]) for text in shown)
    # The years of the course are not marked as made up.
    assert marked is (name != "progress")
    described = mi.plot.describe(ax)
    assert (SYNTHETIC[language] in described) is marked
    assert standing in described


def test_axes_of_the_caller_are_drawn_in_and_returned():
    figure = Figure(figsize=(12, 9))
    axes = figure.subplots(2, 2)
    assert mi.plot.ladder(table()["Kota Metro"], axes[0, 0]) is axes[0, 0]
    assert mi.plot.heat_map(table(), ax=axes[1, 0]) is axes[1, 0]
    assert len(figure.axes) == 4
    assert not hasattr(axes[0, 0], "_repr_html_")
    assert axes[0, 1].get_title(loc="left") == ""
    # There is no room for the names of forty agencies; some are left out, with their totals.
    names = [label.get_text() for label in axes[1, 0].get_yticklabels()]
    assert len(names) == 40
    assert names[0].endswith("Kalimantan Utara")
    assert "" in names
    assert sum(bool(name) for name in names) > 5


def test_nothing_is_left_behind():
    before = settings()
    program = (
        "import sys, meritindex as mi\n"
        "ax = mi.plot.ladder(mi.score(mi.sample())['Kota Metro'])\n"
        "mi.plot.to_svg(ax)\n"
        "print('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
    mi.plot.to_html(mi.plot.dimensions(scored(1, 2)))
    assert settings() == before


def test_settings_of_the_caller_do_not_change_what_is_drawn():
    plain = mi.plot.to_svg(mi.plot.dimensions(scored(1, 2)))
    changed = {
        "font.family": "monospace",
        "axes.grid": True,
        "axes.unicode_minus": False,
        "figure.dpi": 200,
        "text.color": "red",
        "axes.titlesize": 30,
        "axes.spines.top": False,
        "lines.linewidth": 9,
        "legend.frameon": True,
        "figure.facecolor": "black",
    }
    with mpl.rc_context(changed):
        assert mi.plot.to_svg(mi.plot.dimensions(scored(1, 2))) == plain


def test_tex_is_never_run():
    with mpl.rc_context({"text.usetex": True}):
        ax = mi.plot.ladder(scored(1, 2, rules=HARD, name=NAME))
        for text in ax.findobj(mpl.text.Text):
            assert not text.get_usetex() or not text.get_text()
        check_lettering(ax)


def test_without_matplotlib_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError) as caught:
        mi.plot.ladder(scored(1, 2))
    assert caught.value.extra == "plot"
    assert caught.value.in_language("id") == (
        'Menggambar grafik memerlukan matplotlib; pasang dengan pip install "meritindex[plot]"'
    )


def test_the_description_of_other_axes_is_empty():
    assert mi.plot.describe(Figure().add_subplot()) == ""
    assert "<title>" not in mi.plot.to_svg(Figure().add_subplot())


def test_axes_keep_what_describes_them():
    ax = mi.plot.ladder(scored(1, 2))
    kept = pickle.loads(pickle.dumps(ax))
    assert mi.plot.describe(kept) == mi.plot.describe(ax) != ""
    assert kept._repr_html_() == ax._repr_html_()


def test_a_picture_is_the_same_text_every_time_and_stands_by_itself():
    first, second = (mi.plot.to_svg(mi.plot.dimensions(scored(1))) for _ in range(2))
    assert first == second
    other = mi.plot.to_svg(mi.plot.dimensions(scored(2)))
    marks = [set(ids(each)) for each in (first, other)]
    assert marks[0]
    assert not marks[0] & marks[1]
    tree = ET.fromstring(first)
    assert tree.tag.endswith("svg")
    assert tree.get("role") == "img"
    for word in ("<!DOCTYPE", "<?xml", "<!--", "<script", "<text", "http://www.w3.org/1999/02"):
        assert word not in first
    used = {each.split('"')[0].lstrip("#") for each in first.split('href="')[1:]}
    used |= {each.split(")")[0] for each in first.split("url(#")[1:]}
    assert used == set(ids(first))


def ids(picture: str) -> list[str]:
    found = [each.split('"')[0] for each in picture.split(' id="')[1:]]
    assert len(found) == len(set(found))
    return found


def test_a_hostile_text_is_a_text_in_the_picture():
    ax = mi.plot.dimensions(scored(1, 2, rules=HARD, name=NAME, synthetic=True))
    tree = ET.fromstring(mi.plot.to_svg(ax))
    (title,) = (node for node in tree.iter() if node.tag.endswith("title"))
    assert title.text == mi.plot.describe(ax)
    assert "<b>&\"'" in title.text
    shown = mi.plot.to_html(ax)
    assert "<b>" not in shown
    assert shown.startswith('<img src="data:image/svg+xml;base64,')
    assert shown.count("<") == 1


def test_a_notebook_shows_a_figure_of_its_own():
    ax = mi.plot.dimensions(scored(1))
    assert ax._repr_html_() == mi.plot.to_html(ax)


@pytest.mark.parametrize(
    ("labels", "columns"),
    [
        (["a"], 1),
        (["a", "b", "c"], 3),
        (["nilai sistem merit " * 2] * 4, 2),
        (["sangat panjang " * 9] * 2, 1),
        (["kategori " * 3] * 7, 3),
    ],
)
def test_the_key_has_as_many_columns_as_fit(labels, columns):
    sheet = Sheet(
        language="id",
        title="judul",
        lines=(),
        synthetic=False,
        keys=[stroke(label, "#000000") for label in labels],
        body=60.0,
    )
    ax = sheet.dress(sheet.axes(None), [])
    assert key(ax) == labels
    assert ax.get_legend()._ncols == columns


def test_a_sentence_ends_once():
    sheet = Sheet(
        language="id", title="judul", lines=["a?"], synthetic=False, notes=["b."], body=60.0
    )
    ax = sheet.dress(sheet.axes(None), ["c"])
    assert mi.plot.describe(ax) == "judul. a? c. b."
    assert texts(ax)[:1]


def test_the_weighting_and_what_is_not_of_the_catalog_is_said():
    ax = mi.plot.dimensions(mi.score(one(1, 2), EqualRemainder()), language="en")
    assert "This instrument is not one of the library's catalog" in mi.plot.describe(ax)
    assert "Weighting: the published weights" in mi.plot.describe(ax)
    assert many(one(1, 2)).standing is mi.Standing.ASSUMED
