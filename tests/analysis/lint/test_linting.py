"""All checks together: order, files that can't be loaded, the catalog's own instruments."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest
from hypothesis import given

import meritindex as mi
from lint_looking import KNOWN, share, top
from meritindex.analysis.lint import CODES, Findings, Severity, codes_table, findings_json, lint
from meritindex.language import LANGUAGES, Text
from meritindex.layout import to_markdown
from strategies import instruments

# Where the package is installed, which need not be beside the tests.
PACKAGE = Path(mi.__file__).parent
CATALOG = PACKAGE / "catalog" / "data"
ROOT = Path(__file__).resolve().parents[3]
PAGES = {"en": ROOT / "docs" / "linter.md", "id": ROOT / "docs" / "id" / "pemeriksa.md"}


def test_the_gravest_come_first():
    definition = top(share("a"), share("b", 0), rule=mi.GeometricMean(basis=share("a").basis))
    findings = mi.lint(definition)
    severities = [each.severity for each in findings]
    assert severities == sorted(severities, reverse=True)
    assert set(severities) == set(Severity)


def test_findings_are_like_a_tuple():
    findings = mi.lint(mi.instrument("ism-2026"))
    assert isinstance(findings, Findings)
    assert tuple(findings) == findings.items == findings[:]
    assert len(findings) == len(findings.items) == len(list(findings))
    assert findings[0] is findings.items[0]
    assert findings[-1] in findings
    assert findings.errors == findings.of("error") == ()
    assert len(findings.of("warning")) + len(findings.of("note")) == len(findings)
    assert findings == mi.lint(mi.instrument("ism-2026"))


def test_severities_compare():
    assert Severity.NOTE < Severity.WARNING < Severity.ERROR
    assert Severity.ERROR > "note"
    assert Severity.NOTE <= "note" <= Severity.NOTE
    assert Severity.WARNING >= "note"
    assert not Severity.NOTE >= "warning"


def test_what_is_shown():
    findings = mi.lint(mi.instrument("ism-2019"))
    assert repr(findings) == "<Findings in ism-2019: 0 errors, 0 warnings and 1 note>"
    assert "Temuan: 0 kesalahan, 0 peringatan, dan 1 catatan." in findings.to_text()
    english = findings.to_text("en", width=60)
    assert "Notes" in english
    assert "Errors" not in english
    assert max(map(len, english.splitlines())) <= 60
    assert "<h2>Catatan</h2>" in findings.to_html()
    assert findings._repr_html_() == findings.to_html("id")


def test_as_data():
    findings = mi.lint(mi.instrument("ism-2019"))
    data = findings_json(findings)
    assert data["instrument"] == "ism-2019"
    (finding,) = data["findings"]
    assert finding["code"] == "source-unused"
    assert finding["severity"] == "note"
    assert finding["where"] == "M2"
    assert finding["message"] == {
        language: findings[0].message.in_language(language) for language in LANGUAGES
    }


# Files


def test_a_file_is_looked_over():
    for name in ("ism-2026", "ism-2019"):
        assert mi.lint(CATALOG / f"{name}.toml") == mi.lint(mi.instrument(name))
        assert mi.lint(str(CATALOG / f"{name}.toml")) == mi.lint(mi.instrument(name))


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ('value = "75"', 'value = "70"', "weights-dont-add-up", "dimensions.index"),
        ('from = "0.41"', 'from = "0.42"', "bands-gap", "bands.index"),
        ('from = "0.41"', 'from = "0.40"', "bands-overlap", "bands.index"),
        ('"0", "1/4"', '"0", "-1/4"', "levels-fall", "scales.level"),
    ],
)
def test_faults_of_a_file_are_errors(tmp_path, old, new, code, where):
    text = (CATALOG / "ism-2026.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    findings = mi.lint(path)
    assert findings.instrument == "mine.toml"
    assert findings.title == Text.same("mine.toml")
    assert findings.errors == findings.items
    assert code in {each.code for each in findings}
    (finding,) = (each for each in findings if each.code == code)
    assert where in finding.where
    assert repr(findings).startswith("<Findings in mine.toml: ")


def test_a_file_that_is_not_there_or_no_toml(tmp_path):
    path = tmp_path / "mine.toml"
    (absent,) = mi.lint(path)
    assert (absent.severity, absent.where) == ("error", "mine.toml")
    path.write_text("a = [", encoding="utf-8")
    (broken,) = mi.lint(path)
    assert (broken.code, broken.where) == ("not-toml", "mine.toml")


def test_a_fault_without_a_place():
    fault = mi.Fault(code="x", message=Text("a", "b"), item="a1")
    assert mi.Finding.of_fault(fault).where == "a1"
    assert mi.Finding.of_fault(attrs.evolve(fault, item=None)).where == ""


# The catalog, and any other instrument


@pytest.mark.parametrize("name", ["ism-2026", "ism-2019"])
def test_the_catalog_has_no_errors(name):
    definition = mi.instrument(name)
    findings = lint(definition)
    assert findings.errors == ()


def test_what_is_known_of_the_catalog():
    found = {(each.code, each.where) for each in mi.lint(mi.instrument("ism-2026"))}
    assert {
        ("weight-unpublished", "maturity"),
        ("band-unreachable", "index"),
        ("band-unreachable", "a1"),
        ("breaks-monotony", "correction"),
        ("silence-rewarded", "correction"),
        ("entry-maximum-unreachable", "index"),
    } <= found
    codes = {code for code, _ in found}
    # Two indicators ask the same question, each of other agencies; every one asks for evidence.
    assert not codes & {"double-weighting", "evidence-missing", "never-decides", "date-missing"}


@given(instruments())
def test_any_instrument_is_looked_over(definition):
    for finding in mi.lint(definition):
        assert finding.severity in KNOWN[finding.code].severities
        assert finding.where
        for language in LANGUAGES:
            message = finding.message.in_language(language)
            assert not re.search(r"[{}]|None|Text\(", message)


# The table of codes


def test_codes_are_distinct_and_complete():
    assert len(KNOWN) == len(CODES)
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in (PACKAGE / "analysis" / "lint").glob("*.py")
        if path.name != "codes.py"
    )
    used = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', sources))
    assert used == set(KNOWN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_documentation_has_the_table(language):
    table = to_markdown(codes_table(language))
    assert table in PAGES[language].read_text(encoding="utf-8"), f"the table is:\n{table}"
