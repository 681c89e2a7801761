"""Plans as a person reads them, in both languages."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    band,
    dimension,
    indicator,
    instrument,
    levels,
    limit,
    measure,
)
from meritindex.analysis.improving import (
    Costs,
    Improvement,
    ImprovementStatus,
    ImprovementTable,
    Prerequisite,
    RankTarget,
    best_within,
    improve,
)
from meritindex.analysis.improving.showing import improvement_document
from meritindex.analysis.improving.words import sentence
from meritindex.definition import Bands, Rounding
from meritindex.language import LANGUAGES, Language, Text
from meritindex.layout import to_text
from meritindex.layout.wrapping import places

HUNDRED = mi.WeightedMean(basis=ASSUMED, whole=100)
BANDS = Bands(
    items=(
        band("rendah"),
        band("tengah", limit("1.5")),
        band("tinggi", limit("2.5")),
    )
)
WORDED = tuple(
    attrs.evolve(level, criterion=Text(f"kriteria {level.value}", f"criterion {level.value}"))
    for level in levels(0, 1, 2, 3, 4)
)
# One point of i1 is half a point of the total, of i2 three tenths, of i3 a fifth.
RULES = instrument(
    root=dimension(
        "indeks",
        dimension(
            "d1",
            indicator(
                "i1",
                levels=WORDED,
                cumulative=True,
                evidence=(Text("surat keputusan", "decree"), Text("laporan", "report")),
            ),
            weight=50,
        ),
        indicator("i2", 30),
        indicator("i3", 20),
        rule=HUNDRED,
        bands=BANDS,
    )
)
# The weights of two of three are not published.
OPEN = instrument(
    root=dimension(
        "indeks",
        indicator("i1", None),
        indicator("i2", None),
        indicator("i3", 20),
        rule=HUNDRED,
        bands=BANDS,
    )
)
PLAIN = attrs.evolve(RULES, root=attrs.evolve(RULES.root, bands=None))
WIDE = instrument(
    root=dimension("indeks", *(indicator(f"i{n}") for n in range(12)), rule=MEAN, bands=BANDS)
)
SCRIPT = "<script>alert('x')</script>"


def row(name: str, *given: int, rules: mi.Instrument = RULES, **fields: object) -> mi.Assessment:
    codes = [each.code for each in rules.indicators]
    return mi.Assessment(
        agency=mi.Agency(name=name),
        instrument=rules,
        levels=dict(zip(codes, given, strict=False)),
        **fields,
    )


LOW = row("Instansi A", 1, 1, 1, year=2026, stage="self-assessed")


def squeezed(text: str) -> str:
    return " ".join(text.split())


def said(found: Improvement | ImprovementTable, language: Language = "en") -> str:
    return squeezed(found.to_text(language))


def with_others(found: Improvement, count: int, language: Language = "en") -> str:
    return squeezed(to_text(improvement_document(found, language, count)))


# What a plan comes to


def test_a_plan_says_what_to_do_what_it_costs_and_that_it_is_the_cheapest():
    text = said(improve(LOW, costs=Costs(default="2.5", unit="bulan")))
    assert text.startswith("Improvement plan: Instansi A, 2026 ")
    assert "raise 1 indicator by 1 level in all, at a cost of 2.5 bulan." in text
    assert "indeks now: 1, rendah (rendah (en))" in text
    assert "After all steps: 1.5, tengah (tengah (en)); right at the limit of 1.5" in text
    assert "Cost: 2.5 bulan; proven to be the cheapest" in text
    assert "Stage: self-assessed" in text
    indonesian = said(improve(LOW, costs=Costs(default="2.5", unit="bulan")), "id")
    assert indonesian.startswith("Rencana perbaikan: Instansi A, 2026 ")
    assert "naikkan 1 indikator, seluruhnya 1 tingkat, dengan biaya 2,5 bulan." in indonesian
    assert "Sesudah semua langkah: 1,5 (tengah); tepat pada batas 1,5" in indonesian
    assert "Biaya: 2,5 bulan; terbukti termurah" in indonesian


def test_a_plan_that_passes_the_limit_says_by_how_much():
    text = said(improve(LOW, to="tinggi"))
    assert "After all steps: 2.5" in text
    text = said(improve(LOW, fixed=["i1"], to="tengah"))
    assert "0.1 above the limit of 1.5" in text


def test_each_step_names_criteria_and_evidence():
    text = said(improve(LOW, to="tinggi"))
    assert "Step 1: indicator i1 (i1), level 1 to 4" in text
    assert "level 2: criterion 2" in text
    assert "level 4: criterion 4" in text
    assert "criterion 1" not in text
    assert "evidence asked for" in text
    assert "decree" in text
    assert "A level mostly asks for the levels below it too" in text
    assert "a plan is no promise of a verification" in text
    assert "rencana bukan janji hasil verifikasi" in said(improve(LOW, to="tinggi"), "id")


def test_a_step_without_criterion_says_so():
    text = said(improve(row("A", 4, 1, 1), fixed=["i1"], to=Fraction(13, 5)))
    assert "level 2: no criterion in the instrument" in text
    assert "Each level asks" not in text
    assert "evidence asked for" not in text


def test_what_comes_first_and_when_it_can_be_done():
    first = Prerequisite(item="i1", needs="i2", from_level=2, level=2)
    found = improve(LOW, prerequisites=[first], ready={"i1": date(2026, 9, 30)}, to=Fraction(9, 5))
    assert [step.indicator for step in found.steps] == ["i2", "i1"]
    text = said(found)
    assert "comes after i2" in text
    assert "can be done by 30 September 2026" in text
    # What comes first has no date, and says so; nobody claims that it is done by any day.
    assert found.steps[0].ready is None
    assert (found.ready, found.undated) == (date(2026, 9, 30), ("i2",))
    assert "Steps with a date can be done by 30 September 2026" in text
    assert "1 step without a date, taken to be ready at any time: i2" in text
    text = said(found, "id")
    assert "Langkah yang bertanggal dapat selesai pada 30 September 2026" in text
    assert "1 langkah tanpa tanggal dianggap dapat selesai kapan saja: i2" in text


def test_no_step_is_done_before_what_it_needs():
    days = {"i3": date(2026, 12, 31), "i2": date(2026, 3, 1), "i1": date(2026, 9, 30)}
    chain = [("i3", "i2", "i1")]
    found = improve(LOW, prerequisites=chain, ready=days, to=2)
    assert [step.indicator for step in found.steps] == ["i3", "i2", "i1"]
    assert [step.ready for step in found.steps] == [date(2026, 12, 31)] * 3
    assert found.undated == ()
    assert "All steps can be done by 31 December 2026" in said(found)
    assert "Semua langkah dapat selesai pada 31 Desember 2026" in said(found, "id")
    # A date of the first alone is one of all that wait for it.
    found = improve(LOW, prerequisites=chain, ready={"i3": date(2026, 12, 31)}, to=2)
    assert [step.ready for step in found.steps] == [date(2026, 12, 31)] * 3
    assert found.undated == ("i2", "i1")
    # What is half dated is not dated.
    found = improve(LOW, ready={"i1": {2: date(2026, 3, 1)}}, to="tinggi")
    assert found.steps[0].to_level > 2
    assert found.undated == ("i1",)


def test_points_of_the_table_lead_from_the_present_total_to_the_later_one():
    found = improve(LOW, to="tinggi")
    lines = [line.split() for line in found.to_text("en").splitlines()]
    start = next(n for n, cells in enumerate(lines) if cells[:2] == ["no", "indicator"])
    last = lines[start + 1 + len(found.steps)]
    assert Fraction(last[-1]) == found.after


# Other ends


def test_what_hinders_is_said_where_the_target_is_out_of_reach():
    found = improve(LOW, to="tinggi", budget=1)
    assert found.status is ImprovementStatus.UNREACHABLE
    text = said(found)
    assert "Band tinggi (tinggi (en)) can't be reached with a budget of 1." in text
    assert "tinggi tidak dapat dicapai dengan anggaran 1." in said(found, "id")
    assert "What hinders" in text
    for hindrance in found.hindrances:
        assert sentence(squeezed(hindrance.message.en)) in text
    assert "The highest that can be reached, whatever it costs: 4" in text
    assert "Budget: at most 1" in text
    assert "What to do" not in text


def test_how_far_the_highest_is_from_the_limit():
    short = improve(LOW, to="tinggi", fixed=["d1", "i3"])
    assert "whatever it costs: 1.9; 0.6 below the limit of 2.5" in said(short)
    assert "berapa pun biayanya: 1,9; 0,6 di bawah batas 2,5" in said(short, "id")


def test_a_plan_that_is_not_proven_says_so():
    found = attrs.evolve(improve(LOW), proven=False, cost_at_least=Fraction(1, 2))
    assert "not proven to be the cheapest, for the time ran out; any plan costs at least 0.5" in (
        said(found)
    )


def test_what_a_budget_buys():
    found = best_within(LOW, 2, costs=Costs(default=1, unit="bulan"))
    text = said(found)
    assert "With a budget of 2 bulan the highest total is reached by raising 1 indicator" in text
    assert "Cost: 2 bulan; proven to be the highest" in text
    assert "Target:" not in text
    assert "Dengan anggaran 2 bulan, nilai tertinggi dicapai" in said(found, "id")
    late = attrs.evolve(found, proven=False)
    assert "not proven to be the highest" in said(late)
    nothing = best_within(LOW, Fraction(1, 2))
    assert "the total can't be raised" in said(nothing)


def test_what_is_left_of_a_budget():
    assert "Left of the budget: 2 bulan" in said(
        improve(LOW, costs=Costs(default=1, unit="bulan"), budget=3)
    )
    assert "Sisa anggaran: 0,5" in said(improve(LOW, budget="1,5"), "id")
    assert "Left of" not in said(improve(LOW, budget=1))
    assert "Left of" not in said(improve(LOW))


def test_the_limit_of_a_band_that_is_read_after_rounding():
    rounding = Rounding(digits=0, basis=ASSUMED)
    bands = Bands(
        items=(band("rendah"), band("tengah", limit("2")), band("tinggi", limit("3"))),
        rounding=rounding,
    )
    rules = attrs.evolve(RULES, root=attrs.evolve(RULES.root, bands=bands))
    found = improve(row("A", 1, 1, 1, rules=rules))
    assert (
        "The limit of 1.5: totals are rounded to 0 decimals first, so that 1.5 becomes 2, and 2 is "
        "tengah"
    ) in said(found)
    assert (
        "Batas 1,5: nilai dibulatkan lebih dahulu ke 0 desimal, sehingga 1,5 menjadi 2, dan 2 sudah"
    ) in said(found, "id")
    far = improve(row("A", 1, 1, 1, rules=rules), fixed=["i1"], to="tinggi", most_levels=1)
    assert "The limit of 2.5: totals are rounded" in said(far)
    # Above the half alone one rounds up to what is even next; rounded down, a limit is itself.
    for mode, said_so in (("half_even", True), ("down", False), ("up", True)):
        changed = attrs.evolve(bands, rounding=attrs.evolve(rounding, mode=mode))
        other = attrs.evolve(rules, root=attrs.evolve(rules.root, bands=changed))
        text = said(improve(row("A", 1, 0, 0, rules=other), to="tinggi"))
        assert ("becomes 3, and 3 is tinggi" in text) is said_so
        # Half to even keeps 2.5 at 2, and rounding up keeps 2: only what lies above becomes 3.
        assert ("so that a total above " in text) is said_so
    for quiet in (improve(LOW), improve(row("A", 1, 1, 1, rules=rules), to=2)):
        assert "rounded to" not in said(quiet)
    assert "rounded to" not in said(improve([row("A", 4, 4, 4, rules=rules)], to="tinggi")[0])


def test_a_plan_from_claims_says_so():
    assert "The plan is made from claims that are not verified" in said(improve(LOW))
    assert "Rencana berangkat dari klaim yang belum diverifikasi" in said(improve(LOW), "id")
    verified = attrs.evolve(LOW, stage="verified")
    assert "claims" not in said(improve(verified))
    rows = [LOW, attrs.evolve(verified, agency=mi.Agency(name="B"))]
    assert "1 of the plans: made from claims that are not verified" in said(improve(rows))
    assert "claims" not in said(improve(rows[1:]))


def test_measures_stay_as_they_are():
    root = dimension(
        "indeks",
        indicator("i1"),
        measure("m1"),
        measure("m2", missing="zero", missing_basis=ASSUMED),
        bands=BANDS,
    )
    of = attrs.evolve(row("A", 0, rules=instrument(root=root)), measures={"m1": "0,5"})
    found = improve(of)
    assert "Not raised, and as they are: measure m1 (m1) 0.5 •" not in said(found)
    assert "Not raised, and as they are: measure m1 (m1) 0.5 What to do" in said(found)
    assert "Tidak dinaikkan dan tetap: " in said(found, "id")
    assert "(m1) 0,5" in said(found, "id")
    assert "as they are" not in said(improve(LOW))


def test_a_total_beyond_the_scale_names_the_scale():
    found = improve(LOW, to=75)
    assert "75 is above the scale of dimension indeks, of which the highest is 4" in said(found)
    assert "75 di atas skala dimensi indeks, yang tertingginya 4" in said(found, "id")
    assert "above the scale" not in said(improve(LOW, to=4, fixed=["i1"]))


def test_the_usual_weights_may_give_the_band_already():
    children = (indicator("i1", None), indicator("i2", None), indicator("i3", 20))
    rules = attrs.evolve(
        OPEN,
        root=attrs.evolve(OPEN.root, children=children),
        default_weighting=mi.EqualRemainder(),
    )
    given = row("A", 4, 0, 0, rules=rules)
    assert mi.score(given).band == "tengah"
    found = improve(given, weighting=mi.Admissible())
    text = said(found)
    assert (
        "With the usual weights the band is tengah (tengah (en)) already; what is certain, "
        "whatever the weights, is rendah (rendah (en)). For tinggi (tinggi (en)): --to tinggi"
    ) in text
    assert "Dengan bobot yang biasa kategorinya sudah tengah" in said(found, "id")
    for other in (
        improve(given),
        improve(given, weighting=mi.Admissible(), to="tinggi"),
        improve(given, weighting=mi.Admissible(), to=3),
        improve([row("A", 4, 4, 4, rules=rules)], weighting=mi.Admissible(), to="tengah")[0],
    ):
        assert "usual weights" not in said(other)
    # In the highest band there is no further one to name; without usual weights nothing is said.
    top = attrs.evolve(
        rules, root=attrs.evolve(rules.root, bands=Bands(items=(BANDS.items[0], BANDS.items[1])))
    )
    text = said(improve(attrs.evolve(given, instrument=top), weighting=mi.Admissible()))
    assert "is rendah (rendah (en)) •" in text
    stated = attrs.evolve(rules, default_weighting=mi.Stated())
    text = said(improve(attrs.evolve(given, instrument=stated), weighting=mi.Admissible()))
    assert "usual weights" not in text


def test_open_weights_make_the_totals_the_least():
    found = improve(row("A", 1, 1, 1, rules=OPEN), weighting=mi.Admissible())
    text = said(found)
    assert "now: at least 1, whatever the weights, rendah" in text
    assert "sekarang: paling sedikit 1, apa pun bobotnya (rendah)" in said(found, "id")
    assert "Weighting: every weighting" in text
    assert "Adds: by so much the least total rises" in text
    assert "Adds:" not in said(improve(LOW))


def test_an_instrument_without_bands_has_totals_alone():
    found = improve(row("A", 1, 1, 1, rules=PLAIN), to=2)
    text = said(found)
    assert "indeks now: 1 •" in text
    assert "After all steps: 2; right at the limit of 2" in text


# What else is shown


def test_other_plans_are_shown_on_request():
    found = improve(LOW)
    assert "Other plans" not in said(found)
    text = with_others(found, 2)
    others = found.alternatives(2)
    assert "Other plans" in text
    assert f"{others[0].steps[0].indicator} to {others[0].steps[0].to_level}" in text
    alone = improve(LOW, fixed=["i2", "i3"])
    assert "There is no other plan" in with_others(alone, 2)
    assert "Tidak ada rencana lain" in with_others(alone, 2, "id")


def test_single_steps_and_the_band_they_change():
    text = said(improve(LOW))
    assert "One step alone" in text
    rows = text.partition("One step alone")[2].partition("One level alone")[0]
    assert "indicator i1 (i1) 1 to 2 1 0.5 tengah" in rows
    assert rows.count("tengah") == 1
    assert "rendah" not in rows
    text = said(improve(row("A", 0, 0, 0)))
    assert "band" not in text.partition("One step alone")[2].partition("One level alone")[0]


def test_many_single_steps_are_counted():
    found = improve(row("A", *[1] * 12, rules=WIDE))
    assert len(found.single_steps) == 12
    assert "comes first. 2 more are not shown." in said(found)
    assert "di atas. 2 langkah lain tidak ditampilkan." in said(found, "id")


def test_nothing_to_raise_shows_no_single_steps():
    found = improve(LOW, to="tinggi", fixed=["indeks"])
    assert found.single_steps == ()
    assert "One step alone" not in said(found)


def test_what_limits_a_plan():
    rules = attrs.evolve(
        RULES,
        root=attrs.evolve(
            RULES.root,
            children=(
                *RULES.root.children,
                indicator("i4", 0, missing="zero", missing_basis=ASSUMED),
            ),
        ),
    )
    found = improve(row("A", 1, 1, 1, rules=rules), fixed=["i3"], budget=4)
    text = said(found)
    assert "What limits the plan" in text
    assert "Budget: at most 4" in text
    assert "May not move: i3" in text
    assert "Not answered, and so not raised: i4" in text
    assert "What limits" not in said(improve(LOW))


def test_what_may_move_how_far_in_which_order_and_by_when():
    found = improve(
        LOW,
        most_levels={"i1": 2, "i2": 3, "i3": 2},
        prerequisites=[("i3", "i2"), ("i2", "i1")],
        ready={"i1": date(2026, 1, 31)},
        by=date(2026, 6, 30),
    )
    text = said(found)
    assert "Rise by at most 2: i1, i3" in text
    assert "Rise by at most 3: i2" in text
    assert "Order (left first): i3 < i2; i2 < i1" in text
    assert "Deadline: 30 June 2026; steps with a later date are not taken" in text
    text = said(found, "id")
    assert "Naik paling banyak 2 tingkat: i1, i3" in text
    assert "Tenggat: 30 Juni 2026; langkah yang bertanggal sesudahnya tidak dipakai" in text


def test_a_deadline_without_any_date_promises_nothing():
    found = improve(LOW, by=date(2020, 1, 1))
    text = said(found)
    assert "1 step without a date, taken to be ready at any time: i1" in text
    assert "can be done by" not in text
    assert "without a date" not in said(improve(LOW))
    table = said(improve([LOW], by=date(2020, 1, 1)))
    assert "Steps without a date count as ready at any time" in table
    assert "without a date" not in said(improve([LOW]))


def test_what_is_missing_where_the_total_is_not_known(table):
    found = table["Kosong"]
    text = said(found)
    assert "The present total can't be computed yet" in text
    assert "indeks now: unknown" in text
    assert "Missing: indicator i3 (i3)" in text
    assert "Cost:" not in text
    assert "(present total unknown: i3)" in said(table)


def test_what_is_reached_already(table):
    text = said(table["Sampai"])
    assert "Band tengah (tengah (en)) is reached already: nothing is to be raised." in text
    assert "Kategori tengah sudah tercapai" in said(table["Sampai"], "id")


@pytest.mark.parametrize("language", LANGUAGES)
def test_synthetic_data_and_standing_are_said(language):
    found = improve(attrs.evolve(LOW, synthetic=True))
    text = found.to_text(language)
    assert {"id": "DATA SINTETIS", "en": "SYNTHETIC DATA"}[language] in text
    assert {"id": "Mengapa berstatus asumsi", "en": "Why assumed"}[language] in text
    assert {"id": "DATA SINTETIS", "en": "SYNTHETIC DATA"}[language] not in (
        improve(LOW).to_text(language)
    )


def test_nothing_in_a_name_acts():
    found = improve(row(SCRIPT, 1, 1, 1))
    assert "<script>" not in found.to_html()
    assert "&lt;script&gt;" in found.to_html("en")
    assert found._repr_html_() == found.to_html()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_fits_a_terminal(language):
    found = improve(LOW, to="tinggi", costs=Costs(default=1, unit="juta rupiah"))
    text = to_text(improvement_document(found, language, 3))
    assert max(map(places, text.splitlines())) <= 80
    assert "{" not in text


# Many agencies


@pytest.fixture(scope="module")
def table() -> ImprovementTable:
    rows = (
        row("Kosong", 1, 1),
        row("Jauh", 0, 0, 0),
        row("Mahal", 1, 0, 0),
        row("Dekat", 1, 1, 1, synthetic=True),
        row("Sampai", 4, 4, 4),
        row("Mentok", 2, 0, 0),
    )
    return improve(rows, to="tengah", fixed=["i2", "i3"], most_levels=2, budget=7)


def test_a_table_counts_who_can_reach_the_target(table):
    text = said(table)
    assert "3 of 6: with a plan" in text
    assert "1 of 6: at the target already" in text
    assert "1 of 6: total not known" in text
    assert "SYNTHETIC DATA" in text
    assert "Every plan is proven to be the cheapest." in text
    assert "3 dari 6: dengan rencana" in said(table, "id")
    # Targets that are bands stand in the rows, and what one agency hasn't answered is its own.
    assert "Target:" not in text
    assert "Budget: at most 7" in text
    assert "Not answered" not in text


def test_a_table_shows_plans_first_and_the_cheapest_before_others(table):
    lines = table.to_text("en").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("agency"))
    shown = [line.split("  ")[0] for line in lines[start + 2 : start + 8]]
    order = {"planned": 0, "unreachable": 1, "unknown": 2, "reached": 3}
    expected = sorted(
        table,
        key=lambda each: (order[each.status.value], each.cost, table.agencies.index(each.agency)),
    )
    assert shown == [each.agency.name for each in expected]
    assert shown == ["Dekat", "Mentok", "Mahal", "Jauh", "Kosong", "Sampai"]


def test_a_table_of_plans_that_are_not_proven_marks_them(table):
    late = attrs.evolve(
        table,
        improvements=tuple(
            attrs.evolve(each, proven=False) if each.steps else each for each in table
        ),
    )
    assert "i1 to 2 *" in said(late)
    assert "The sign *: not proven" in said(late)


def test_a_table_names_the_first_steps_and_what_is_raised_most_often():
    rows = [row(f"Instansi {n}", *[1] * 12, rules=WIDE) for n in range(2)]
    found = improve(rows, to="tinggi", most_levels=2)
    assert [len(each.steps) for each in found] == [9, 9]
    text = said(found)
    assert "i0 to 3, i1 to 3, i2 to 3, and 6 more" in text
    assert "What is raised most often" in text
    assert "more are not shown." not in text
    all_of_them = said(improve(rows, to=3, most_levels=2))
    assert "2 more are not shown." in all_of_them


def test_a_table_of_no_plans_has_nothing_common():
    found = improve([row("A", 4, 4, 4)], to="tinggi")
    assert "What is raised most often" not in said(found)


def test_a_table_names_a_target_that_is_no_band():
    rows = [row("A", 1, 1, 1, rules=PLAIN), row("B", 2, 1, 1, rules=PLAIN)]
    found = improve(rows, to=2)
    assert squeezed(f"Target: {found[0].target.label.en}") in said(found)
    assert "band" not in found.to_text("en").partition("agency")[2].partition("Every plan")[0]
    rank = improve(rows, to=RankTarget(rank=1, among=mi.score(rows)))
    assert "Target:" in said(rank)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_fits_a_terminal_and_is_escaped(table, language):
    assert max(map(places, table.to_text(language).splitlines())) <= 80
    assert table._repr_html_() == table.to_html()
    found = improve([row(SCRIPT, 1, 1, 1)])
    assert "<script>" not in found.to_html(language)
