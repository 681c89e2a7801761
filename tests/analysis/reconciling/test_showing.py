"""Reconciliations as a person reads them, in both languages."""

from __future__ import annotations

from fractions import Fraction

import attrs
import numpy as np
import pytest

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    band,
    dimension,
    gate,
    indicator,
    instrument,
    levels,
    limit,
    measure,
    when,
)
from meritindex.analysis.reconciling import Reconciliation, ReconciliationTable, reconcile
from meritindex.analysis.reconciling.answers import Absence
from meritindex.analysis.reconciling.words import answer_text
from meritindex.language import LANGUAGES, Language, Text
from meritindex.layout.wrapping import places
from meritindex.scoring.saying import Sayer

BANDS = mi.Bands(items=(band("rendah"), band("tengah", limit(4)), band("tinggi", limit(7))))
CRITERIA = tuple(
    mi.Level(
        value=value,
        points=Fraction(value),
        criterion=Text(f"syarat {value}", f"criterion {value}") if value < 3 else None,
    )
    for value in range(5)
)
RULES = instrument(
    root=dimension(
        "total_points",
        indicator("a", levels=CRITERIA, evidence=(Text("surat", "letter"), Text("SK", "decree"))),
        indicator("b"),
        indicator("c", conditions=(when("g"),)),
        measure("m"),
        bands=BANDS,
    ),
    gates=(gate("g"),),
)
SCRIPT = "<script>alert('x')</script>"


def one(
    name: str = "A",
    given: tuple[int | None, ...] = (3, 2, 4),
    rules: mi.Instrument = RULES,
    **fields: object,
) -> mi.Assessment:
    answers = {code: level for code, level in zip("abc", given, strict=False) if level is not None}
    chosen = {"gates": {"g": "yes"}, "measures": {"m": "0.5"}, **fields}
    return mi.Assessment(agency=mi.Agency(name=name), instrument=rules, levels=answers, **chosen)


def said(found: Reconciliation | ReconciliationTable, language: Language = "en") -> str:
    text = found.to_text(language)
    assert max(map(places, text.splitlines())) <= 80
    return " ".join(text.split())


FOUND = one(
    given=(1, 3),
    gates={"g": "no"},
    measures={"m": "0.25"},
    states={"a": "verified"},
    evidence={"a": "hanya surat"},
    stage="verified",
)
CLAIM = one(states={"a": "claimed", "b": "claimed"}, stage="self-assessed", year=2026)


def test_one_agency() -> None:
    text = said(reconcile(CLAIM, FOUND))
    assert text.startswith("A, 2026: claim and finding ─")
    for part in (
        "Claim: dimension total_points 9.5, tinggi (tinggi (en)) (stage: self-assessed)",
        "Finding: dimension total_points 4.25, tengah (tengah (en)) (stage: verified)",
        "Difference: -5.25",
        "What differs: 4 items; the claim is above the finding at 1 indicator, below it at 1",
        "Alone enough to change the band: g",
        "From the claim to the finding",
        "g* question g option yes option no -4.00 5.50 tengah",
        "a indicator a 3 1 -2.00 3.50 rendah",
        "m measure m 0.5 0.25 -0.25 4.25 tengah",
        "exactly the difference of the totals",
        "it changes together with other answers",
        "g* question g tinggi → tengah tengah → tinggi",
        "b indicator b stays tinggi tengah → rendah",
        "What was claimed and not found",
        "a indicator a: claim 3, finding 1 found, level 1: criterion 1",
        "not met, level 2: criterion 2 not met, level 3 evidence asked for: letter; decree",
        "claim (claimed) finding (verified): hanya surat",
        "What was found above the claim b indicator b: claim 2, finding 3 met, level 3",
        "What changes together g question g c indicator c: 4 → not applicable",
        "Why assumed",
    ):
        assert part in text, part
    text = said(reconcile(CLAIM, FOUND), "id")
    for part in (
        "A, 2026: klaim dan temuan",
        "Selisih: -5,25",
        "Yang berbeda: 4 butir; klaim di atas temuan pada 1 indikator, di bawahnya pada 1",
        "Sendirian mengubah kategori: g",
        "Dari klaim ke temuan",
        "Satu saja yang diterima",
        "tetap tinggi",
        "Yang diklaim tetapi tidak ditemukan",
        "belum terpenuhi, tingkat 2: syarat 2",
        "bukti yang diminta: surat; SK",
        "Yang ditemukan di atas klaim",
        "4 → tidak berlaku",
    ):
        assert part in text, part


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_differs(language: Language) -> None:
    text = said(reconcile(CLAIM, CLAIM), language)
    same = {
        "id": "Klaim dan temuan sama pada semua jawaban.",
        "en": "Claim and finding give the same answers.",
    }
    assert same[language] in text
    assert ("Yang berbeda" in text) is ("What differs" in text) is False


def test_a_total_that_is_not_known() -> None:
    claim, found = one(given=(3, None, 4)), one(given=(1, 2, 3), measures={})
    text = said(reconcile(claim, found))
    assert (
        "Claim: dimension total_points unknown, for want of: indicator b (b) (stage not stated)"
    ) in text
    assert "Finding: dimension total_points unknown, for want of: measure m (m) (stage" in text
    assert "The total of the claim is unknown, so that" in text
    assert "The total of the finding is unknown" in text
    assert "To count what is missing as zero: --missing zero." in text
    assert "What differs answer" not in text
    assert "b indicator b not answered 2" in text
    assert "One alone" not in text
    # Of the side that is known nothing is said to be missing.
    text = said(reconcile(claim, one(given=(1, 2, 3))), "id")
    assert "tidak diketahui, karena belum ada: indikator b (b) (" in text
    assert "Nilai klaim tidak diketahui." in text
    assert "Nilai temuan tidak diketahui" not in text


def test_no_finding_alone_decides() -> None:
    text = said(reconcile(one(given=(4, 4, 4)), one(given=(4, 4, 3))))
    assert "No finding alone changes the band of the claim" in text
    assert "it changes together" not in text
    # Without bands nothing is said of them.
    rules = attrs.evolve(RULES, root=attrs.evolve(RULES.root, bands=None))
    text = said(reconcile(one(rules=rules), one(given=(0, 0, 0), rules=rules)))
    assert "One alone" not in text
    assert "band" not in text.split("Why")[0]


def test_a_band_that_is_not_known_when_one_is_taken_over() -> None:
    dropped = {"missing": "drop", "missing_basis": ASSUMED}
    inner = dimension("d", indicator("a", **dropped), indicator("b", **dropped), rule=MEAN)
    rules = instrument(root=dimension("total_points", inner, indicator("c"), bands=BANDS))
    sides = [
        mi.Assessment(agency=mi.Agency(name="A"), instrument=rules, levels=given)
        for given in ({"a": 4, "c": 4}, {"b": 2, "c": 0})
    ]
    text = said(reconcile(*sides))
    # The points of a step over two stand in the second of its rows.
    assert "a indicator a 4 not answered b indicator b not answered 2 -2 6 tengah" in text
    assert "c indicator c tinggi → tengah rendah → tengah" in text
    assert "a indicator a tinggi → unknown" not in text


def test_states_and_remarks() -> None:
    claim = one(states={"a": "claimed"}, stage="determined")
    found = one(states={"b": "verified"}, stage="verified", synthetic=True)
    text = said(reconcile(claim, found))
    assert "SYNTHETIC DATA" in text
    assert "The same level, in another state answer level claim finding" in text
    assert "a indicator a 3 claimed - b indicator b 2 - verified" in text
    assert "Remark: the claim is at the stage determined, the finding at verified" in text


def test_what_a_file_says_is_escaped() -> None:
    claim = one(name=SCRIPT, evidence={"a": SCRIPT})
    found = one(name=SCRIPT, given=(1, 2, 4), evidence={"a": SCRIPT})
    for html in (reconcile(claim, found).to_html("en"), reconcile([claim], [found]).to_html()):
        assert SCRIPT not in html
        assert "&lt;script&gt;" in html
    for shown in (reconcile(claim, found), reconcile([claim], [found])):
        assert shown._repr_html_() == shown.to_html()


# Tables


def table() -> ReconciliationTable:
    claimed = [
        one("A"),
        one("B", (4, 4, 4), stage="determined"),
        one("C", (3, None, 0)),
        one("D", (1, 1, 1), year=2025),
    ]
    verified = [
        one("A", (1, 2, 3)),
        one("B", (2, 4, 4), stage="verified"),
        one("C", (0, 0, 0), synthetic=True),
        one("E", (1, 1, 1)),
    ]
    return reconcile(claimed, verified)


def test_many_agencies() -> None:
    text = said(table())
    for part in (
        "SYNTHETIC DATA",
        "Compared: 3 assessments",
        "Bands: 1 fell, 0 rose, 1 stayed, unknown 1",
        "Of 8 levels that are compared, 4 are claimed too high and 0 too low",
        "Agreement on levels (linearly weighted kappa): 0.",
        "Remark: the claim is at the stage determined, the finding at verified: perhaps",
        "swapped (1)",
        "a indicator a 3 3 0 -2.33",
        "C (3)",
        "Indicators without a difference: 1.",
        "A 2 3 0 -3 tinggi → tengah C 1 3 0 - unknown → rendah B 1 2 0 -2 tinggi",
        "Only in the claims, not in the verified answers • D, 2025, stage not stated",
        "Only in the verified answers, not in the claims • E, -, stage not stated",
        "Why assumed",
    ):
        assert part in text, part
    text = said(table(), "id")
    for part in (
        "Dibandingkan: 3 penilaian",
        "Kategori turun 1, naik 0, tetap 1, tidak diketahui 1",
        "Dari 8 tingkat yang dibandingkan, klaim terlalu tinggi 4, terlalu rendah 0",
        "Hanya ada dalam klaim, tidak dalam hasil verifikasi • D, 2025",
        "tidak diketahui → rendah",
    ):
        assert part in text, part


def test_levels_without_any_difference() -> None:
    text = said(reconcile([one("A"), one("B")], [one("A"), one("B")]))
    assert "Claims and findings are at equal levels." in text
    assert "Indicators without" not in text
    assert "Bands: 0 fell, 0 rose, 2 stayed •" in text


def test_all_indicators_differ_and_some_are_claimed_too_low() -> None:
    rules = instrument(
        indicator("a"), indicator("b", levels=levels(0, 1)), indicator("c", levels=levels(0, 1))
    )
    claimed = [one("A", (2, 1, 1), rules, gates={}, measures={})]
    verified = [one("A", (3, 0, 0), rules, gates={}, measures={})]
    text = said(reconcile(claimed, verified))
    assert "Indicators without" not in text
    assert "a indicator a 1 0 1 +1.00 0.00 -" in text
    assert "Agreement on levels (linearly weighted kappa): not defined" in text
    assert "Bands" not in text
    assert "A 2 2 1 -1" in text


def test_several_who_over_claim_as_much_are_counted() -> None:
    names = "ABC"
    found = reconcile([one(name) for name in names], [one(name, (2, 2, 4)) for name in names])
    assert "A and 2 more (1)" in said(found)
    assert "A dan 2 lagi (1)" in said(found, "id")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_fits(language: Language) -> None:
    some = mi.sample().rows(np.arange(20))
    lower = np.where((some.levels < 254) & (some.levels > 0), some.levels - 1, some.levels)
    found = reconcile(some, attrs.evolve(some, levels=lower))
    said(found, language)
    for card in found:
        said(card, language)
        narrow = card.to_text(language, 50)
        assert max(map(places, narrow.splitlines())) <= 50


def test_answers_in_words() -> None:
    say = Sayer("id")
    assert answer_text(RULES.gates[0], "yes", say) == "opsi yes"
    assert answer_text(RULES["m"], Fraction(1, 4), say) == "0,25"
    assert answer_text(RULES["a"], 3, say) == "3"
    assert [answer_text(RULES["a"], absence, say) for absence in Absence] == [
        "belum dijawab",
        "tidak berlaku",
    ]
