"""Every plot, in both languages: nothing is cut, nothing lies on anything else, nothing is left."""

from __future__ import annotations

import pytest

pytest.importorskip("matplotlib", reason="plots need matplotlib")

import meritindex as mi
from meritindex.language import LANGUAGES
from meritindex.layout.cells import clean
from plot_cases import cases
from plot_looking import check_lettering, settings

CASES = cases()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_a_plot(name, language):
    before = settings()
    ax = CASES[name](language)
    check_lettering(ax)
    assert ax.get_title(loc="left")
    assert clean(mi.plot.describe(ax)) == mi.plot.describe(ax)
    assert settings() == before
