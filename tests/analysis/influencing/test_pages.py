from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import meritindex as mi
from builders import ASSUMED, MEAN, band, dimension, indicator, instrument, limit, measure
from influence_cases import answered, table_of
from meritindex.analysis.influencing import Influence, influence, verify_first
from meritindex.assessment.trust import AnswerPolicy
from meritindex.language import LANGUAGES, Language
from meritindex.layout.wrapping import places

SCRIPT = "<script>alert('x')</script>"
BANDS = mi.Bands(items=(band("low"), band("high", limit(2))))


def unweighted(*codes: str) -> tuple[mi.Indicator, ...]:
    return tuple(indicator(code, None) for code in codes)


TOP = dimension(
    "total_points",
    dimension("d", *unweighted("i1", "i2"), rule=mi.Minimum(basis=ASSUMED), weight=1),
    indicator("i3", 3),
    rule=MEAN,
    deductions=(measure("fine", None, missing="zero", missing_basis=ASSUMED),),
    bands=BANDS,
)
ROWS = {
    "A": {"i1": 4, "i2": 4, "i3": 1},
    "B": {"i1": 1, "i2": 4, "i3": 2},
    SCRIPT: {"i1": 1, "i2": 0, "i3": 4},
}


def squeezed(text: str) -> str:
    return " ".join(text.replace("─", " ").split())


def width(text: str) -> int:
    return max(map(places, text.splitlines()))


def small() -> Influence:
    return influence(table_of((), {**ROWS, "D": {}}, root=TOP))


def some() -> Influence:
    return influence(mi.sample().rows(np.arange(50)))


GOLDEN = {
    "en": (
        (
            "What makes the totals of agencies differ example 3 of 4 assessments have a total and "
            "enter; 1 do not. The nominal weight of an element is its share of the total by the "
            "weights alone."
        ),
        (
            "• d dimension d: nominal 25.0%, explains -50.0% of the differences "
            "• i3 indicator i3: nominal 75.0%, explains 150.0% of the differences "
            "• fine measure fine: has no weight, explains 0.0% of the differences"
        ),
        "code element nominal effective corr. agencies",
        (
            "d dimension d 25.0% -50.0% -0.69 3 "
            "i1 indicator i1 – – -0.50 3 "
            "i2 indicator i2 – – -1.00 3 "
            "i3 indicator i3 75.0% 150.0% 0.94 3 "
            "fine measure fine full 0.0% – 3 "
            "–: d is no weighted sum or mean, or what comes of it is rounded or bounded. "
            "full: added or taken off without a weight."
        ),
        "Do the parts go together?",
        "below 0, the parts go against one another. Where there are few agencies, it means little.",
        "total_points dimension total_points -11.33 2 3 ",
        "Without an element Where an element is taken out and its weight is shared",
        "Why assumed • Weighting: the published weights",
    ),
    "id": (
        (
            "Apa yang membedakan nilai instansi contoh 3 dari 4 penilaian mempunyai nilai dan ikut "
            "dihitung; 1 tidak. Bobot nominal adalah bagian suatu unsur dalam nilai"
        ),
        "• d dimensi d: nominal 25,0%, menjelaskan -50,0% dari perbedaan",
        "• fine ukuran fine: tanpa bobot, menjelaskan 0,0% dari perbedaan",
        "kode unsur nominal efektif korelasi instansi",
        (
            "–: d bukan jumlah atau rata-rata tertimbang, atau hasilnya dibulatkan atau dibatasi. "
            "penuh: ditambahkan atau dikurangkan tanpa bobot."
        ),
        "Apakah bagian-bagiannya searah?",
        "di bawah 0, bagian-bagian itu justru berlawanan arah. Bila instansinya hanya sedikit,",
        "Tanpa suatu unsur Bila suatu unsur dikeluarkan",
        "Mengapa berstatus asumsi",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_small_table_in_words(language: Language) -> None:
    text = squeezed(small().to_text(language))
    for piece in GOLDEN[language]:
        assert squeezed(piece) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_documents_fit_and_say_that_data_are_made_up(language: Language) -> None:
    found = some()
    made_up = {"id": "DATA SINTETIS", "en": "SYNTHETIC DATA"}[language]
    documents = [
        found,
        found.without("a2"),
        found.verify_first(draws=20),
        found.verify_first(found.without_total[0].name, draws=20),
        found.verify_first(0, draws=20),
    ]
    for each in documents:
        assert width(each.to_text(language)) <= 80
        assert width(each.to_text(language, 60)) <= 60
        assert made_up in each.to_text(language)
        assert each._repr_html_() == each.to_html()
        assert each.to_html(language).startswith("<h2>")
    assert made_up not in small().to_text(language)
    assert made_up not in small().without("i3").to_text(language)
    assert made_up not in small().verify_first(draws=3).to_text(language)


def test_markup_in_names_is_escaped() -> None:
    found = small()
    for each in (found.without("i3"), found.verify_first("D", draws=3)):
        assert SCRIPT not in each.to_html()
    everybody = verify_first(found.scored, policy=AnswerPolicy(unstated="any"), draws=20)
    assert "&lt;script&gt;" in everybody.to_html()
    assert SCRIPT in found.without("i3").to_text()


def test_nothing_to_show_leaves_no_heading() -> None:
    root = dimension("total_points", indicator("i1"), rule=MEAN)
    found = influence(table_of((), {"A": {"i1": 1}, "B": {"i1": 2}}, root=root))
    text = found.to_text("en")
    assert "Do the parts" not in text
    assert "Without an element" not in text
    explained = influence(table_of((), ROWS, root=TOP)).to_text("en")
    assert "without a weight" in explained
    assert "without a weight" not in text
    rounded = dimension(
        "total_points",
        indicator("i1"),
        indicator("i2"),
        rule=MEAN,
        rounding=mi.Rounding(digits=1, basis=ASSUMED),
    )
    rows = {"A": {"i1": 1, "i2": 2}, "B": {"i1": 3, "i2": 1}}
    told = squeezed(influence(table_of((), rows, root=rounded)).to_text("en"))
    assert "i1 indicator i1: nominal 50.0%; its part in the differences can't be told" in told


def test_what_was_left_out_is_told(tmp_path) -> None:
    path = tmp_path / "some.csv"
    path.write_text("agency,i1,i2\nA,1,2\nB,2,2\nC,9,9\n", encoding="utf-8")
    of = instrument(indicator("i1"), indicator("i2"))
    rows = mi.read_assessments(path, of, leave_out_faulty=True)
    assert "Left out" in influence(rows).to_text("en")


# Another weight


@pytest.mark.parametrize(
    ("language", "pieces"),
    [
        (
            "en",
            (
                "If the weight of i3 is 0, not 3",
                (
                    "indicator i3. The other weights in its dimension follow in proportion, "
                    "published ones too. Of 3 agencies, 2 change rank and 2 change band; they move "
                    "by 1.00 ranks on average, and by 2 at most."
                ),
                "agency from to band",
                "high → low",
            ),
        ),
        (
            "id",
            (
                "Bila bobot i3 0, bukan 3",
                (
                    "Dari 3 instansi, 2 berganti peringkat dan 2 berganti kategori; rata-rata "
                    "bergeser 1,00 peringkat, paling banyak 2."
                ),
                "instansi dari ke kategori",
            ),
        ),
    ],
)
def test_a_change_in_words(language: Language, pieces: tuple[str, ...]) -> None:
    text = squeezed(small().without("i3").to_text(language))
    for piece in pieces:
        assert piece in text


def test_a_change_without_moves_and_without_bands() -> None:
    found = small()
    same = found.shifted("i3", to=3)
    assert "→" not in same.to_text()
    bare = influence(table_of((), ROWS, root=dimension("total_points", INNER_MEAN, rule=MEAN)))
    text = bare.without("i1").to_text("en")
    assert "agency" in text
    assert "band\n" not in text


INNER_MEAN = dimension("d", indicator("i1"), indicator("i2"), indicator("i3"), rule=MEAN)


def test_an_agency_that_loses_its_total_in_words() -> None:
    from builders import gate, when

    root = dimension(
        "total_points",
        indicator("i1"),
        indicator("i2", conditions=(when("works"),)),
        rule=MEAN,
        bands=BANDS,
    )
    of = instrument(root=root, gates=(gate("works"),))
    found = influence(
        [
            answered(of, "A", {"i1": 2, "i2": 4}, gates={"works": "yes"}),
            answered(of, "B", {"i1": 4}, gates={"works": "no"}),
        ]
    )
    text = squeezed(found.without("i1").to_text("en"))
    assert "B 1 - high → unknown" in text


# Verifying


def test_one_agency_in_words() -> None:
    found = some()
    name = found.without_total[0].name
    text = squeezed(found.verify_first(name, draws=20).to_text("en"))
    assert f"Which answer to verify first: {name}" in text
    assert "20 draws of each agency, seed 0" in text
    assert "satisfaction" in text
    assert "missing 0 1" in text
    indonesian = squeezed(found.verify_first(name, draws=20).to_text("id"))
    assert "belum ada 0 1" in indonesian
    assert "Persentase suatu jawaban" in indonesian


def test_states_and_gates_in_words() -> None:
    from builders import gate, when

    root = dimension(
        "total_points",
        indicator("i1"),
        indicator("i2", conditions=(when("works"),)),
        rule=MEAN,
        bands=BANDS,
    )
    of = instrument(root=root, gates=(gate("works"),))
    row = answered(of, "A", {"i1": 2}, states={"i1": "claimed"})
    found = verify_first(mi.score([row]), draws=20)
    text = squeezed(found.to_text("en"))
    assert "i1 indicator i1 claimed 0 2" in text
    assert "works question works missing - -" in text


def test_all_agencies_in_words() -> None:
    found = some().verify_first(policy=AnswerPolicy(unstated="down-1"), draws=20)
    text = squeezed(found.to_text("en"))
    assert "code answer open decides expected error" in text
    assert "that is, how many bands hang on it" in text
    assert "By agency agency first share" in text
    settled = some().verify_first(0, draws=20)
    assert "There is no answer that is not settled." in squeezed(settled.to_text("en"))
    assert "Tidak ada jawaban yang belum pasti." in squeezed(settled.to_text("id"))


def test_many_agencies_are_counted() -> None:
    root = dimension("total_points", indicator("i1"), rule=MEAN, bands=BANDS)
    of = instrument(root=root)
    rows = [answered(of, f"A{place}") for place in range(30)]
    found = verify_first(mi.score(rows), draws=2)
    assert "and 5 other agencies" in found.to_text("en")
    assert "dan 5 instansi lain" in found.to_text("id")
    safe = verify_first(mi.score(rows), policy=AnswerPolicy(unanswered="lowest"), draws=2)
    assert "By agency" not in safe.to_text("en")
    high = dimension(
        "total_points", indicator("i1"), rule=MEAN, bands=mi.Bands(items=(band("all"),))
    )
    alike = verify_first(
        mi.score([answered(instrument(root=high), name) for name in "AB"]), draws=2
    )
    assert alike.items[0].expected == 0
    assert "By agency" not in alike.to_text("en")
    assert alike.agencies[0].items[0].chance == Fraction(0)
