from __future__ import annotations

import pytest

from builders import MEAN, band, dimension, indicator, limit
from influence_cases import table_of
from meritindex.analysis.influencing import Influence, influence
from meritindex.analysis.influencing.swap_page import band_changes_document, swap_document
from meritindex.definition import Bands
from meritindex.language import LANGUAGES
from meritindex.layout import to_html, to_text
from meritindex.layout.wrapping import places

SCRIPT = "<script>alert('x')</script>"
ROOT = dimension(
    "total_points",
    indicator("i1"),
    indicator("i2"),
    rule=MEAN,
    bands=Bands(items=(band("low"), band("high", limit(2)))),
)
ROWS = {"A": {"i1": 4, "i2": 1}, "B": {"i1": 4, "i2": 4}, SCRIPT: {"i1": 1, "i2": 4}}


def found() -> Influence:
    return influence(table_of((), ROWS, root=ROOT))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_a_swap_says_where_and_on_what_it_rests() -> None:
    of = found()
    text = squeezed(to_text(swap_document(of.swap("i1", "A", SCRIPT), of.scored, "en")))
    assert "At which weight of i1 A and <script>" in text
    assert "At the weight 1 A and <script>" in text
    assert "The other weights in its dimension follow in proportion, published ones too;" in text
    assert "assumed" in text
    assert "SYNTHETIC" not in text


def test_an_agency_changes_its_band_or_never_does() -> None:
    of = found()
    for row, name, said in (
        (0, "A", "At the weight 2/3 (≈ 0.666667) the band is high"),
        (1, "B", "the band is high. The band is the same whatever the weight of i1."),
    ):
        changes = of.band_changes("i1", row)
        text = squeezed(to_text(band_changes_document("i1", row, changes, of.scored, "en")))
        assert f"At which weight of i1 the band of {name} changes" in text
        assert "The weight of i1 is 1 now, and the band is high." in text
        assert said in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_fit_a_terminal_and_are_escaped(language) -> None:
    of = found()
    for document in (
        swap_document(of.swap("i1", "A", SCRIPT), of.scored, language),
        band_changes_document("i1", 2, of.band_changes("i1", SCRIPT), of.scored, language),
    ):
        assert max(map(places, to_text(document).splitlines())) <= 80
        assert "<script>" not in to_html(document)
