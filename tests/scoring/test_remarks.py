from __future__ import annotations

import datetime as dt

import attrs
import pytest

import meritindex as mi
from builders import ASSUMED, indicator, instrument
from meritindex.assessment import RowFacts
from meritindex.reporting.results import table_json
from meritindex.scoring.remarks import row_remarks

AGENCY = mi.Agency(name="A")
PLAIN = instrument(indicator("i1"))


def in_force(start: dt.date | int, until: dt.date | None = None) -> mi.Instrument:
    force = mi.InForce(start=start, until=until, basis=ASSUMED)
    return attrs.evolve(PLAIN, in_force=force)


NEW = in_force(dt.date(2025, 12, 31))
OLD = in_force(2019, dt.date(2025, 12, 31))
ROUND = in_force(2019, dt.date(2025, 1, 1))


@pytest.mark.parametrize(
    ("rules", "when", "outside"),
    [
        (NEW, 2024, True),
        (NEW, 2025, False),  # its last day is one of the instrument's
        (NEW, 2026, False),
        (NEW, dt.date(2025, 12, 30), True),
        (NEW, dt.date(2025, 12, 31), False),
        (OLD, 2018, True),
        (OLD, dt.date(2018, 12, 31), True),
        (OLD, 2019, False),
        (OLD, dt.date(2019, 1, 1), False),
        (OLD, dt.date(2025, 12, 30), False),
        (OLD, dt.date(2025, 12, 31), True),
        (OLD, 2025, False),
        (OLD, 2026, True),
        (ROUND, 2024, False),
        (ROUND, 2025, True),
        (NEW, None, False),
        (PLAIN, 1950, False),
    ],
)
def test_a_time_outside_the_instruments_is_remarked(rules, when, outside):
    date = when if isinstance(when, dt.date) else None
    year = date.year if date is not None else when
    assert bool(row_remarks(rules, RowFacts(agency=AGENCY, year=year, date=date))) is outside


def test_the_remark_in_both_languages():
    (remark,) = row_remarks(NEW, RowFacts(agency=AGENCY, year=2023))
    assert remark == mi.Text(
        "penilaian tahun 2023, instrumen berlaku sejak 31 Desember 2025",
        "assessment of 2023, instrument in force from 31 December 2025",
    )
    (remark,) = row_remarks(OLD, RowFacts(agency=AGENCY, year=2026, date=dt.date(2026, 2, 1)))
    assert remark == mi.Text(
        "penilaian tanggal 1 Februari 2026, instrumen berlaku sejak 2019 sampai sebelum "
        "31 Desember 2025",
        "assessment of 1 February 2026, instrument in force from 2019 until before "
        "31 December 2025",
    )


def test_a_remark_is_shown_and_changes_nothing():
    early = mi.Assessment(agency=AGENCY, instrument=NEW, year=2023, levels={"i1": 3})
    later = attrs.evolve(early, year=2026)
    card = mi.score(early)
    assert card.remarks == row_remarks(NEW, RowFacts(agency=AGENCY, year=2023))
    assert card.total == mi.score(later).total == 3
    assert mi.score(later).remarks == ()
    assert f"• Catatan: {card.remarks[0].id}" in card.to_text("id").splitlines()
    assert f"• Remark: {card.remarks[0].en}" in card.to_text("en").splitlines()
    table = mi.score([early, attrs.evolve(early, agency=mi.Agency(name="B")), later])
    assert f"• {card.remarks[0].id} (2)" in table.to_text("id").splitlines()
    assert f"• {card.remarks[0].en} (2)" in table.to_text("en").splitlines()
    assert "Catatan" not in mi.score([later]).to_text("id")
    remarks = [row["remarks"] for row in table_json(table)["scores"]]
    assert remarks == [[card.remarks[0].en]] * 2 + [[]]
