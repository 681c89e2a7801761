"""The commands: what they print, what they write, and how they end."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import pytest

from meritindex import assessment, catalog
from meritindex.assessment import read_assessments
from meritindex.cli import commands
from meritindex.cli.commands import _language, main
from meritindex.layout.wrapping import places

ISM_2019 = ("--instrument", "ism-2019")


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


# The language


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ([], "id"),
        (["--lang", "en"], "en"),
        (["--lang=en", "score"], "en"),
        (["score", "--lang", "en", "x"], "en"),
        (["--lang", "en", "score", "--lang", "id"], "id"),
        (["--lang", "id", "--lang=en"], "en"),
        (["--lang"], "id"),
        (["--lang", "fr"], "id"),
        (["--language", "en"], "id"),
        (["en"], "id"),
    ],
)
def test_language_is_known_before_the_words_are_parsed(words, language):
    assert _language(words) == language


@pytest.mark.parametrize(
    "words",
    [
        ("--lang", "en", "instruments"),
        ("instruments", "--lang", "en"),
        ("instruments", "--lang=en"),
    ],
)
def test_language_before_and_after_the_command(run, words):
    assert run(*words).out.startswith("id ")
    assert run("--lang", "en", "instruments", "--lang", "id").out.startswith("kode ")


# The small commands


def test_instruments(run):
    ended = run("instruments")
    assert (ended.code, ended.err) == (0, "")
    assert all(instrument.id in ended.out for instrument in catalog.instruments())


def test_an_instrument_that_was_never_put_in_force(run, monkeypatch):
    from builders import indicator, instrument

    monkeypatch.setattr(catalog, "instruments", lambda: (instrument(indicator("a1")),))
    assert run("instruments").out.splitlines()[-1] == "example  contoh"


@pytest.mark.parametrize(
    ("words", "expected", "other"),
    [
        (("--on", "2025-12-30"), "ism-2019", "ism-2026"),
        (("--on", "2025-12-31", "--family", "ism"), "ism-2026", "ism-2019"),
    ],
)
def test_the_instrument_of_a_day(run, words, expected, other):
    ended = run("instruments", *words)
    assert (ended.code, ended.err) == (0, "")
    assert [line.split()[0] for line in ended.out.splitlines() if "ism-" in line] == [expected]
    assert other not in ended.out


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--on", "31 Desember 2025"), "hari seperti 2025-12-31"),
        (("--on", "1999-01-01"), "1999-01-01"),
        (("--on", "2025-12-31", "--family", "isn"), '"isn"'),
    ],
)
def test_a_day_of_which_no_instrument_is_known(run, words, named):
    ended = run("instruments", *words)
    assert (ended.code, ended.out) == (1, "")
    assert named in ended.err


def test_a_family_is_asked_for_with_a_day(run):
    ended = run("instruments", "--family", "ism", "--lang", "en")
    assert (ended.code, ended.out) == (2, "")
    assert "--family" in ended.err
    assert "--on" in ended.err


def test_show(run, tmp_path):
    shown = run("show", "ism-2019")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.endswith("\n")
    markdown = run("show", "ism-2019", "--format", "markdown", "--lang", "en")
    assert markdown.out.startswith("# Merit System Index")
    path = tmp_path / "ism-2019.txt"
    assert run("show", "ism-2019", "-o", path).out == ""
    assert path.read_text(encoding="utf-8") == shown.out


def test_an_instrument_from_a_file(run, tmp_path, monkeypatch):
    from importlib import resources

    text = resources.files("meritindex.catalog").joinpath("data/ism-2019.toml").read_text("utf-8")
    mine = tmp_path / "mine.TOML"
    mine.write_text(text.replace("410", "411"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ism-2019").write_text("not an instrument", encoding="utf-8")
    assert run("template", "mine.TOML").out == run("template", "ism-2019").out
    assert run("show", "./ism-2019").code == 1


def test_sample_reads_back(run, tmp_path):
    path = tmp_path / "sample.csv"
    assert run("sample", "-o", path).code == 0
    assert read_assessments(path) == assessment.sample()
    assert run("sample").out.encode() == path.read_bytes()
    assert run("sample", "--seed", "-7").out != run("sample").out


def test_template(run):
    assert run("template", "ism-2019").out == "agency,code,year,stage,a1,a2,a3,a4,a5,a6,a7,a8\r\n"
    unknown = run("template", "ism-1999")
    assert (unknown.code, unknown.out) == (1, "")
    assert unknown.err == 'instrumen "ism-1999" tidak ada; yang ada: ism-2026, ism-2019\n'


# Scoring


def test_score_is_of_the_newest_instrument(run):
    ended = run("score", "--sample", "--format", "json")
    assert ended.code == 0
    assert json.loads(ended.out)["instrument"] == "ism-2026"


def test_table_of_entries_and_totals(run, points_2023):
    ended = run("score", points_2023, *ISM_2019)
    assert (ended.code, ended.err) == (0, "")
    assert all(places(line) <= 80 for line in ended.out.splitlines())
    table = ended.out.split("\n\n")[1].splitlines()[2:]
    assert [line.split() for line in table] == [
        ["1", "Kota", "Surabaya", "326,5", "Sangat", "Baik"],
        ["2", "Kota", "Malang", "317,5", "Baik"],
        ["-", "Kabupaten", "Malang", "-", "(a1)"],
    ]


def test_totals_alone(run, tmp_path):
    path = tmp_path / "totals.json"
    path.write_text('[{"agency": "Kota Malang", "year": 2023, "total": 326.5}]', encoding="utf-8")
    ended = run("score", path, *ISM_2019, "--format", "json")
    assert json.loads(ended.out)["scores"][0]["total"] == {"exact": "653/2", "decimal": "326.5"}


def test_the_name_of_the_output_decides_its_form(run, points_2023, tmp_path):
    for ending, begins in ((".json", "{"), (".csv", "agency,"), (".txt", "Indeks Sistem Merit")):
        path = tmp_path / f"result{ending}"
        assert run("score", points_2023, *ISM_2019, "-o", path).code == 0
        assert path.read_text(encoding="utf-8").startswith(begins)
    assert run("score", points_2023, *ISM_2019, "--format", "csv", "-o", path).code == 0
    assert path.read_text(encoding="utf-8").startswith("agency,")
    page = tmp_path / "page.md"
    assert run("show", "ism-2019", "-o", page).code == 0
    assert page.read_text(encoding="utf-8").startswith("# ")


def test_csv_and_groups(run, points_2023):
    ended = run("score", points_2023, *ISM_2019, "--format", "csv", "--by", "province")
    assert [(row["agency"], row["group"], row["rank_in_group"]) for row in rows(ended.out)] == [
        ("Kota Malang", "Jawa Timur", "2"),
        ("Kabupaten Malang", "Jawa Timur", ""),
        ("Kota Surabaya", "Jawa Timur", "1"),
    ]


ALL = ".txt, .csv, .json, .html, .md, .xlsx"


@pytest.mark.parametrize(
    ("words", "name", "can"),
    [
        (("score", "--sample"), "x.pdf", ALL),
        (("score", "--sample"), "x.HTM", ALL),
        (("score", "--sample", "--format", "csv"), "x.ods", ALL),
        (("improve", "--sample"), "x.docx", ALL),
        (("template", "ism-2026"), "x.json", ".csv, .xlsx"),
        (("template", "ism-2026"), "x.txt", ".csv, .xlsx"),
        (("record", "--sample", "Kota Batu"), "x.xls", ALL),
    ],
)
def test_an_ending_that_can_not_be_written_is_refused(run, tmp_path, words, name, can):
    for language in ("id", "en"):
        path = tmp_path / name
        ended = run(*words, "-o", path, "--lang", language)
        assert (ended.code, ended.out) == (2, "")
        assert f"{path.suffix.lower()}; " in ended.err
        assert f": {can}\n" in ended.err
        assert not path.exists()


@pytest.mark.parametrize(
    ("form", "name"), [("csv", "x.xlsx"), ("xlsx", "x.csv"), ("xlsx", "x.html"), ("text", "x.xlsx")]
)
def test_a_workbook_under_the_name_of_a_text_would_not_open(run, tmp_path, form, name):
    path = tmp_path / name
    ended = run("instruments", "--format", form, "-o", path, "--lang", "en")
    assert (ended.code, ended.out) == (2, "")
    assert (
        f"--format {'table' if form == 'text' else form} does not go with the ending" in ended.err
    )
    assert not path.exists()


@pytest.mark.parametrize("name", ["x.txt", "x", "x.out", "x.md"])
def test_other_endings_are_as_they_were(run, tmp_path, name):
    form = ("--format", "csv") if name == "x.md" else ()
    assert run("score", "--sample", *form, "-o", tmp_path / name).code == 0
    assert (tmp_path / name).exists()


@pytest.mark.parametrize("by", ["province", "kind", "kanreg"])
def test_tables_of_groups_fit(run, by):
    ended = run("score", "--sample", "--by", by)
    assert ended.code == 0
    assert all(places(line) <= 80 for line in ended.out.splitlines())


def test_stated_weights_of_2026_are_refused_with_the_list(run):
    ended = run("score", "--sample", "--weighting", "stated", "--lang", "en")
    assert (ended.code, ended.out) == (1, "")
    said = ended.err.splitlines()
    assert len(said) == 6
    for code, line in zip(("a2", "a3", "a4", "a5", "a6", "a7"), said, strict=True):
        assert f"the weight of {code} " in line
        assert "has not been published" in line


def test_dropping_is_refused_where_points_are_summed(run, points_2023):
    ended = run("score", points_2023, *ISM_2019, "--missing", "drop")
    assert (ended.code, ended.out) == (1, "")
    assert "'drop'" in ended.err
    zero = run("score", points_2023, *ISM_2019, "--missing", "zero", "--format", "json")
    assert json.loads(zero.out)["missing"] == "zero"
    assert json.loads(zero.out)["scores"][1]["total"] == {"exact": "280", "decimal": "280"}


def test_given_weights(run, tmp_path):
    path = tmp_path / "weights.csv"
    path.write_text(
        "code;weight\na2;12,5\na3;12.5\na4;15\na5;15\na6;12 1/2\na7;12,5\n", encoding="utf-8"
    )
    ended = run("score", "--sample", "--weighting", f"given:{path}", "--format", "json")
    assert json.loads(ended.out)["weighting"] == "given"
    path.write_text("code,weight\na2,1\na2,1\nzz,1\na3,-1\n", encoding="utf-8")
    refused = run("score", "--sample", "--weighting", f"given:{path}", "--lang", "en")
    assert (refused.code, refused.out) == (1, "")
    for said in ("zz has no weight", "a2 is given 2 times", "a3 is negative: -1", "weight of a7"):
        assert said in refused.err
    weights = "".join(f"a{place},10\n" for place in range(2, 8))
    path.write_text(f"code,weight\n{weights}", encoding="utf-8")
    refused = run("score", "--sample", "--weighting", f"given:{path}", "--lang", "en")
    assert refused.code == 1
    assert "80 instead of 100" in refused.err


# Faulty rows


def test_faults_refuse_the_whole_file(run, faulty):
    ended = run("score", faulty, *ISM_2019)
    assert (ended.code, ended.out) == (1, "")
    assert len(ended.err.splitlines()) == 2
    assert ended.err.startswith("faulty.csv, baris 2, kolom total: ")


def test_faulty_rows_left_out_are_listed(run, faulty):
    words = ("score", faulty, *ISM_2019, "--leave-out-faulty", "--lang", "en")
    table = run(*words)
    assert (table.code, table.err) == (0, "")
    assert "1  Kota Batu" in table.out
    assert "• faulty.csv, line 2, column total" in table.out
    as_json = run(*words, "--format", "json")
    assert (as_json.code, as_json.err) == (0, "")
    assert [fault.split(":")[0] for fault in json.loads(as_json.out)["left_out"]] == [
        "faulty.csv, line 2, column total",
        "faulty.csv, line 3, column agency",
    ]
    as_csv = run(*words, "--format", "csv")
    assert as_csv.code == 0
    assert [row["agency"] for row in rows(as_csv.out)] == ["Kota Batu"]
    first, second = as_csv.err.splitlines()
    assert first.startswith("left out: faulty.csv, line 2, column total: ")
    assert second.startswith("left out: faulty.csv, line 3, column agency: ")


def test_nothing_is_left_to_score(run, tmp_path):
    path = tmp_path / "all.csv"
    path.write_text("agency,year,total\nKota Malang,2023,999\n", encoding="utf-8")
    assert run("score", path, *ISM_2019, "--leave-out-faulty").code == 1


# Explaining


@pytest.mark.parametrize("who", ["Kota Malang", "kota  MALANG", "35.73", "Pemkot Malang"])
def test_explain_one_agency(run, points_2023, who):
    ended = run("explain", points_2023, who, *ISM_2019)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Kota Malang, 2023\n")
    assert "\nSumber\n" in ended.out
    assert "points Nilai sistem merit: 317,5 dari 410, Baik" in ended.out


def test_explain_the_sample(run, tmp_path):
    path = tmp_path / "sample.csv"
    run("sample", "-o", path)
    expected = run("explain", path, "Kota Surabaya").out
    assert expected.startswith("Kota Surabaya, 2026\n")
    assert run("explain", "--sample", "Kota Surabaya").out == expected
    assert run("explain", "Kota Surabaya", "--sample").out == expected
    assert run("explain", path, "--missing", "unknown", "35.78").code == 0


def test_options_between_file_and_agency(run, points_2023):
    ended = run("explain", points_2023, *ISM_2019, "Kota Malang")
    assert ended.out == run("explain", *ISM_2019, points_2023, "Kota Malang").out
    assert ended.code == 0


def test_explain_takes_a_file_or_the_sample(run, points_2023):
    ended = run("explain", points_2023, "Kota Malang", "--sample")
    assert ended.code == 2
    assert "tidak dikenal: Kota Malang" in ended.err


def test_an_agency_that_is_not_clear(run, points_2023):
    ended = run("explain", points_2023, "malang", *ISM_2019)
    assert (ended.code, ended.out) == (1, "")
    assert "Kabupaten Malang (35.07), Kota Malang (35.73)" in ended.err
    assert run("explain", points_2023, "Kota Batu", *ISM_2019).err.count("\n") == 1


def test_an_agency_that_is_there_twice(run, tmp_path):
    path = tmp_path / "years.csv"
    path.write_text("agency,year,total\nKota Batu,2022,1\nKota Batu,2023,2\n", encoding="utf-8")
    ended = run("explain", path, "Kota Batu", *ISM_2019)
    assert ended.code == 1
    assert "2 kali" in ended.err


def test_explain_says_what_was_left_out(run, faulty):
    words = (*ISM_2019, "--leave-out-faulty")
    ended = run("explain", faulty, "Kota Batu", *words)
    assert ended.code == 0
    assert len(ended.err.splitlines()) == 2
    missing = run("explain", faulty, "Kota Malang", *words)
    assert (missing.code, missing.out) == (1, "")
    assert len(missing.err.splitlines()) == 3
    assert "faulty.csv, baris 2, kolom total: " in missing.err


# Files


def test_nothing_is_written_when_the_input_is_refused(run, faulty, tmp_path):
    path = tmp_path / "result.txt"
    assert run("score", faulty, *ISM_2019, "-o", path).code == 1
    assert not path.exists()
    path.write_text("earlier", encoding="utf-8")
    assert run("score", faulty, *ISM_2019, "-o", path).code == 1
    assert path.read_text(encoding="utf-8") == "earlier"


@pytest.mark.parametrize("place", ["none/result.txt", ".", "file.txt/result.txt", ""])
def test_a_place_that_can_not_be_written(run, tmp_path, monkeypatch, place):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.txt").write_text("", encoding="utf-8")
    ended = run("instruments", "-o", place)
    assert (ended.code, ended.out) == (1, "")
    assert "tidak dapat ditulis" in ended.err
    assert [path.name for path in tmp_path.iterdir()] == ["file.txt"]


@pytest.mark.parametrize("name", ["none.csv", ".", "answers", "answers.xlsx"])
def test_a_file_that_can_not_be_read(run, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    ended = run("score", name)
    assert (ended.code, ended.out) == (1, "")
    assert len(ended.err.splitlines()) == 1


def test_a_result_does_not_overwrite_what_it_is_made_from(run, points_2023, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = points_2023.read_bytes()
    for words in (
        ("score", points_2023, "-o", "./points-2023.csv"),
        ("explain", "points-2023.csv", "Kota Malang", "-o", points_2023),
        ("score", "--sample", "--weighting", f"given:{points_2023}", "-o", points_2023),
        ("show", points_2023, "-o", "points-2023.csv"),
    ):
        ended = run(*words)
        assert (ended.code, ended.out) == (2, "")
        assert "menimpa masukan" in ended.err
    ended = run("template", "ism-2019", "-o", "points-2023.csv")
    assert (ended.code, ended.out) == (2, "")
    assert "points-2023.csv sudah ada" in ended.err
    assert points_2023.read_bytes() == before
    assert run("score", points_2023, *ISM_2019, "-o", "result.txt").code == 0
    assert run("score", points_2023, *ISM_2019, "-o", "result.txt").code == 0


def test_the_sample_is_of_one_instrument(run):
    for command in (("score", "--sample"), ("explain", "--sample", "Kota Batu")):
        ended = run(*command, *ISM_2019, "--lang", "en")
        assert ended.code == 2
        assert "--sample is of ism-2026 alone" in ended.err
        assert run(*command, "--instrument", "ism-2026").code == 0


# Ends


def test_words_of_the_process(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["meritindex", "template", "ism-2019"])
    assert main() == 0
    assert capsys.readouterr().out.startswith("agency,")


def test_an_interruption_is_silent(run, monkeypatch):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setitem(commands._COMMANDS, "instruments", interrupted)
    ended = run("instruments")
    assert (ended.code, ended.out, ended.err) == (130, "", "")


def test_a_reader_that_has_gone_is_no_fault(run, monkeypatch):
    class Gone(io.StringIO):
        def write(self, _):
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Gone())
    monkeypatch.setattr("meritindex.cli.output._detach", lambda: None)
    assert main(["instruments"]) == 141


def test_as_a_module():
    ended = subprocess.run(
        [sys.executable, "-m", "meritindex", "score"], capture_output=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.decode().startswith("meritindex score: kesalahan pemakaian: ")
