"""Boards, groups, entries and peers as a person reads them, in both languages."""

from __future__ import annotations

import attrs
import pytest

import meritindex as mi
from board_rules import FLAT, RULES, row, table
from meritindex.analysis.boards import board, peers
from meritindex.analysis.boards.entry_page import entry_document
from meritindex.analysis.boards.words import names_text
from meritindex.language import LANGUAGES
from meritindex.layout import to_text
from meritindex.layout.wrapping import places

SCRIPT = "<script>alert('x')</script>"


def squeezed(text: str) -> str:
    return " ".join(text.split())


def fits(text: str) -> bool:
    return all(places(line) <= 80 for line in text.splitlines())


@pytest.fixture(scope="module")
def sampled() -> mi.ScoreTable:
    return mi.score(mi.sample())


@pytest.fixture(scope="module")
def earlier() -> mi.ScoreTable:
    return mi.score(mi.sample(7))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("by", [None, "province", "kind", "kanreg"])
def test_everything_fits_a_terminal(sampled, earlier, by, language):
    for before in (None, earlier):
        found = board(sampled, by, before=before)
        entry = found.entry("Kota Pangkal Pinang")
        near = found.peers("Kota Pangkal Pinang")
        shown = (found, found.groups[0], entry, near)
        assert all(fits(each.to_text(language)) for each in shown)
        assert fits(to_text(entry_document(entry, language, near)))


@pytest.mark.parametrize(
    ("by", "language", "title", "group"),
    [
        (None, "id", "Papan perbandingan semua instansi", "Semua instansi"),
        (None, "en", "Board of all agencies", "All agencies"),
        ("kanreg", "id", "Papan perbandingan menurut kantor regional", "Kantor regional: VII"),
        ("kanreg", "en", "Board by regional office", "Regional office: VII"),
        ("kind", "id", "Papan perbandingan menurut jenis instansi", "Jenis instansi: provinsi"),
    ],
)
def test_titles(sampled, by, language, title, group):
    found = board(sampled, by)
    assert found.to_text(language).startswith(title + "\n")
    assert found.groups[0].to_text(language).startswith(group + "\n")


def test_a_board_tells_the_whole_first(sampled, earlier):
    said = squeezed(board(sampled, "kind", before=earlier).to_text("en"))
    assert "SYNTHETIC DATA" in said
    assert "546 agencies, 519 of them with a total" in said
    assert "Mean 0.4214; quartile 1 0.2514, median 0.3947, quartile 3 0.5555" in said
    assert "Rose most: Kota Banjarbaru (+0.7644)" in said
    assert "and 21 more" in said
    assert "in that band or a higher one" in said
    assert "Why assumed" in said
    said = squeezed(board(sampled, "kind", before=earlier).to_text("id"))
    assert "546 instansi, 519 di antaranya sudah ada nilainya" in said
    assert "Kenaikan terbesar: Kota Banjarbaru (+0,7644)" in said
    assert "dan 21 lainnya" in said
    assert "provinsi 78,4% 48,6% 21,6% 0,0%" in said


def test_who_is_missing_is_named():
    many = table(row("A", 1, 1, 1), row("B", 2, 2, 2))
    before = table(row("A", 2, 2, 2), row("Z", 1, 1, 1))
    found = board(many, {"A": "x", "Kota Malang": "x"}, before=before)
    said = squeezed(found.to_text("en"))
    assert "Named by the grouping, but not in the table: Kota Malang" in said
    assert "Only in the earlier table: Z" in said
    assert "Rose most: nobody has risen" in said
    assert "2 agencies, all with a total" in said
    assert "no group" in said
    said = squeezed(found.to_text("id"))
    assert "tidak ada dalam tabel: Kota Malang" in said
    assert "Hanya ada dalam tabel sebelumnya: Z" in said
    assert "tidak ada yang naik" in said
    assert "2 instansi, semua ada nilainya" in said
    assert squeezed(found["x"].to_text("id")).startswith("Kelompok: x")
    assert squeezed(found.ungrouped.to_text("id")).startswith("Tanpa kelompok")


def test_a_group_shows_ranks_gaps_and_rises():
    many = table(row("A", 4, 4, 4), row("B", 2, 2, 2), row("C", 1, 1, 1), row("D", 1))
    before = table(row("B", 3, 3, 3), row("C", 0, 0, 0), row("D", 1, 1, 1))
    group = board(many, {"B": "x", "C": "x", "D": "x"}, before=before)["x"]
    said = squeezed(group.to_text("en"))
    assert "1 2 B 2 tengah 0 -1" in said
    assert "2 3 C 1 tengah 1 +1" in said
    assert "- - D - - - -" in said
    assert "d1 dimension d1 2 4 B" in said
    assert "no band 1 -" in said
    assert "tengah (tengah (en)) 2 100.0%" in said


def test_an_entry_shows_where_it_stands():
    many = table(row("A", 4, 4, 0), row("B", 2, 0, 4), row("C"))
    found = board(many, lambda agency: "x", before=table(row("B", 2, 0, 2)))
    said = squeezed(found.entry("A").to_text("en"))
    assert "Rank in the group: 2 of 2" in said
    assert "Leading the group: B (2.5); gap 0.5" in said
    assert "d1 dimension d1 4 0 -3 A" in said
    assert "d2 dimension d2 0 4 4 B" in said
    assert "Rise: -" in said
    said = squeezed(found.entry("B").to_text("id"))
    assert "Peringkat di kelompok: 1 dari 2; di antara semua: 1 dari 2" in said
    assert "Naik: +1" in said
    unknown = squeezed(found.entry("C").to_text("en"))
    assert "Band: unknown" in unknown
    assert "gap -" in unknown
    nobody = board(table(row("C")))
    assert "Leading" not in nobody.entry(0).to_text("en")
    assert "Peers" in to_text(entry_document(found.entry("A"), "en", found.peers("A")))


def test_without_bands_and_dimensions():
    found = board(table(row("A", 1, 1, rules=FLAT), row("B", 2, 1, rules=FLAT)))
    for shown in (found, found.whole, found.entry(0), found.peers(0)):
        said = shown.to_text("en").lower()
        assert "band" not in said
        assert "each dimension" not in said


def test_one_band_has_no_shares():
    only = attrs.evolve(RULES.root, bands=mi.Bands(items=RULES.root.bands.items[:1]))
    rules = attrs.evolve(RULES, root=only)
    said = board(table(row("A", 1, 1, 1, rules=rules))).to_text("en")
    assert "or higher" not in said
    assert "rendah" in said


@pytest.mark.parametrize(
    ("who", "language", "said"),
    [
        ("A", "en", "Compared with: body"),
        ("A", "id", "Dibandingkan dengan: instansi sejenis (lembaga)"),
        ("A", "en", "Not compared, since points in d2 are not known: 1 (F)"),
        ("A", "id", "Tidak dibandingkan, karena nilai d2 tidak diketahui: 1 (F)"),
        ("F", "en", "Nobody can be compared: this agency's points in d2 are not known"),
        ("F", "id", "Tidak ada yang dapat dibandingkan: nilai d2 instansi ini tidak diketahui"),
        ("B", "en", "Nobody is ahead"),
        ("B", "id", "Tidak ada yang nilainya lebih tinggi"),
        ("E", "en", "There is no other agency that can be compared"),
        ("E", "id", "Tidak ada instansi lain yang dapat dibandingkan"),
        ("A", "en", "here level 1: i1 step 1 1 of 1 are at level 4 at least: i1 step 4 B 4"),
        ("A", "id", "di sini tingkat 1: i1 langkah 1 1 dari 1 sedikitnya di tingkat 4"),
        ("C", "en", "There is no question in which most of them stand higher."),
        ("C", "id", "Tidak ada pertanyaan yang dijawab lebih tinggi"),
    ],
)
def test_peers(who, language, said):
    many = table(
        row("A", 1, 1, 1),
        row("B", 4, 4, 4),
        row("E", 1, 1, 1, kind="ministry"),
        row("F", 1, 1),
        row("C", 1, 1, 1, kind="state body"),
        row("D", 2, 1, 1, kind="state body"),
        row("G", 1, 2, 1, kind="state body"),
    )
    assert said in squeezed(peers(many, who).to_text(language))


def test_peers_of_any_kind_and_without_a_total():
    found = peers(table(row("A", 1, 1, 1), row("E", 1, 1, 1, kind="ministry")), 0, same_kind=False)
    assert "Compared with: agencies of any kind" in found.to_text("en")
    assert "semua jenis instansi" in found.to_text("id")
    surveyless = peers(mi.score(mi.sample()), "Kota Malang")
    assert "Who is ahead can't be told: this agency's total is not known" in squeezed(
        surveyless.to_text("en")
    )
    assert "nilai instansi ini belum diketahui" in squeezed(surveyless.to_text("id"))


def test_names_beyond_a_number_are_counted():
    agencies = [mi.Agency(name=str(number)) for number in range(8)]
    assert names_text(agencies).en == "0, 1, 2, 3, 4, 5, and 2 more"
    assert names_text(agencies, 3).id == "0, 1, 2, dan 5 lainnya"
    assert names_text(agencies[:2]).id == "0, 1"
    assert names_text([]).en == "-"


def test_nothing_in_a_page_acts():
    many = table(row(SCRIPT, 4, 4, 4), row("B", 1, 1, 1))
    found = board(many, lambda agency: SCRIPT)
    for shown in (found, found.whole, found.entry(0), found.peers("B")):
        assert "<script>" not in shown.to_html()
        assert "&lt;script&gt;" in shown.to_html()
        assert shown._repr_html_() == shown.to_html("id")


def test_what_was_left_out_is_told(tmp_path):
    path = tmp_path / "nilai.csv"
    path.write_text("agency,year,total\nKota Mars,2023,200\nKota Batu,2023,300\n", encoding="utf-8")
    many = mi.score(mi.read_assessments(path, "ism-2019", leave_out_faulty=True))
    found = board(many)
    assert "Left out" in found.to_text("en")
    assert "Kota Mars" in found.whole.to_text("en")
