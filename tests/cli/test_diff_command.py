"""Comparing two instruments from the command line."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from meritindex import catalog
from meritindex.analysis import diff

OWN = resources.files("meritindex.catalog") / "data" / "ism-2019.toml"


@pytest.fixture
def own(tmp_path):
    """Return a file that differs from ism-2019 in one number."""
    path = tmp_path / "own.toml"
    text = OWN.read_text(encoding="utf-8")
    changed = text.replace('maximum = { value = "130"', 'maximum = { value = "120"')
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    return path


def test_text(run, own):
    ended = run("diff", "ism-2019", own)
    assert (ended.code, ended.err) == (0, "")
    assert "• maksimum a3: 130 → 120" in ended.out
    assert "• maximum a3: 120 → 130" in run("diff", own, "ism-2019", "--lang", "en").out


def test_nothing_changed(run):
    ended = run("diff", "ism-2019", "ism-2019", "--lang", "en")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        "Changes from ism-2019 to ism-2019\n═════════════════════════════════\n\nNothing changed.\n"
    )


def test_json(run, own, tmp_path):
    said = json.loads(run("diff", "ism-2019", own, "--format", "json", "--lang", "en").out)
    other = catalog.load_instrument(own)
    assert said == {
        "before": {
            "id": "ism-2019",
            "fingerprint": catalog.instrument("ism-2019").fingerprint,
        },
        "after": {"id": "ism-2019", "fingerprint": other.fingerprint},
        "changes": [
            {
                "kind": "re-ruled",
                "where": "a3",
                "field": "maximum",
                "before": "130",
                "after": "120",
            }
        ],
    }
    written = tmp_path / "changes.json"
    assert run("diff", "ism-2019", "ism-2026", "-o", written).code == 0
    rows = json.loads(written.read_text(encoding="utf-8"))["changes"]
    assert rows == diff("ism-2019", "ism-2026").as_rows("id")


def test_markdown(run, own, tmp_path):
    written = tmp_path / "changes.md"
    assert run("diff", "ism-2019", own, "-o", written).out == ""
    text = written.read_text(encoding="utf-8")
    assert text.startswith(
        "# Perubahan dari ism-2019 ke ism-2019 (own.toml)\n\n## Rumus (1)\n\n- maksimum a3"
    )


def test_files_of_one_id_are_named(run, own, tmp_path):
    folder = tmp_path / "new"
    folder.mkdir()
    other = folder / "other.toml"
    other.write_bytes(own.read_bytes())
    first = run("diff", own, other, "--lang", "en").out.splitlines()[0]
    assert first == "Changes from ism-2019 (own.toml) to ism-2019 (other.toml)"
    first = run("diff", own, "ism-2019").out.splitlines()[0]
    assert first == "Perubahan dari ism-2019 (own.toml) ke ism-2019"
    assert run("diff", own, "ism-2026").out.startswith("Perubahan dari ism-2019 ke ism-2026\n")


def test_files_of_one_id_and_one_name_are_told_apart_by_their_folders(run, own, monkeypatch):
    monkeypatch.chdir(own.parent)
    own.with_name("new").mkdir()
    own.with_name("new").joinpath("own.toml").write_bytes(own.read_bytes())
    out = run("diff", "own.toml", "new/own.toml", "--lang", "en").out
    assert out.startswith("Changes from ism-2019 (own.toml) to ism-2019 (new/own.toml)\n")


def test_an_instrument_that_is_not_there(run):
    ended = run("diff", "ism-2019", "ism-1999")
    assert (ended.code, ended.out) == (1, "")
    assert "ism-1999" in ended.err


def test_an_input_is_not_overwritten(run, own):
    before = own.read_bytes()
    for words in (("ism-2019", own), (own, "ism-2019")):
        ended = run("diff", *words, "-o", own)
        assert (ended.code, own.read_bytes()) == (2, before)
        assert "own.toml" in ended.err
