"""Broken instrument files: each is refused for the one thing that is wrong with it, in its place.

The files under `broken/` are a small sound instrument with one mistake that drafters really make;
the first line of each says what is expected. Hostile files are made here and not stored.
"""

from __future__ import annotations

import difflib
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import faults_of, only_fault
from meritindex.catalog.loading import (
    MAX_DEPTH,
    MAX_FILE_BYTES,
    MAX_NODES,
    instrument_from_text,
    load_instrument,
)
from meritindex.errors import DefinitionError, Fault, FileError, MeritIndexError
from meritindex.language import LANGUAGES, Text

HERE = Path(__file__).parent
SOUND = (HERE / "sound.toml").read_text("utf-8")
FILES = sorted((HERE / "broken").glob("*.toml"))

# Of each file, the code of what is faulty and what both messages name: a text, or one for each.
NAMED: dict[str, tuple[str | None, tuple[str, ...]]] = {
    "assumed-without-reason": ("p2", ("alasannya|why",)),
    "band-gap": (None, ("Baik|Good", "Sangat Baik|Very good", "below/from")),
    "band-overlap": (None, ("Baik|Good", "Sangat Baik|Very good")),
    "cap-at-unknown-band": ("indeks", ('"Cukup"', "Kurang, Baik, Sangat Baik")),
    "cap-without-condition": ("indeks", ("tabel|a table",)),
    "child-misspelt": ("proses", ('"p3"',)),
    "comma-missing": (None, ("baris 69|line 69",)),
    "criteria-missing": ("p1", ("2", "3")),
    "curly-quotes": (None, ("baris 8|line 8",)),
    "date-in-quotes": (None, ('"1 Januari 2030"', "tanggal atau tahun|a date or a year")),
    "dimension-without-rule": ("mutu", ("rumus|rule",)),
    "dimensions-in-a-circle": ("mutu", ('"indeks"', "root")),
    "english-missing": ("mutu", ("teks|a text",)),
    "gate-option-unknown": ("p2", ('"kabupaten"', "pusat, daerah")),
    "goalposts-reversed": ("pelatihan", ("100", "0", "points_at_low")),
    "harmonic-without-weights": ("m1", ("value", '"unpublished"')),
    "indicator-nowhere": ("p2", ("dimensi|dimension",)),
    "indicator-twice": ("mutu", ('"p1"', "dimensions.proses.children")),
    "levels-fall": (None, ("0.5", "2")),
    "lowest-band-closed": (None, ("Kurang|Insufficient",)),
    "misspelt-entry": ("indeks", ("remark",)),
    "percent-sign": ("proses", ('"50 %"',)),
    "points-between-thousands": ("pelatihan", ('"1.000.000"',)),
    "quote-missing": (None, ("baris 7|line 7",)),
    "range-empty": ("survei", ("1", "0")),
    "reserved-code": ("total", ('"total"',)),
    "standing-in-indonesian": (None, ('"resmi"', "official")),
    "table-twice": (None, ("baris 113|line 113", "|indicators")),
    "thresholds-out-of-order": ("pelatihan", ("70",)),
    "unknown-source": ("mutu", ('"lampiran"',)),
    "until-before-from": (None, ("2029-12-31", "2030-01-01")),
    "weight-bare": ("mutu", ('"25"', '{ value = "25", standing = "…", sources = ["…"] }')),
    "weight-under-minimum": ("m1", ("bobot|weights",)),
    "weight-without-basis": ("mutu", ("resmi|official",)),
    "weight-without-quotes": ("survei", ("12.5", "0.40")),
    "weights-99": ("indeks", ("99", "100")),
}


def test_there_are_twenty_and_more_and_the_sound_one_is_sound() -> None:
    assert [path.stem for path in FILES] == sorted(NAMED)
    assert len(FILES) > 20
    assert instrument_from_text(SOUND, "sound.toml").id == "layanan-2030"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_file_is_refused_for_the_one_thing_that_is_wrong(path: Path) -> None:
    first, comment = path.read_text("utf-8").splitlines()[:2]
    expected = re.fullmatch(r"# expect: (\S+) at (\S+)", first)
    assert expected is not None
    assert re.fullmatch(r"# [A-Z].+\.", comment)
    fault = only_fault(DefinitionError, lambda: load_instrument(path))
    place = "" if expected[2] == "(file)" else f": {expected[2]}"
    item, named = NAMED[path.stem]
    assert (fault.code, str(fault.place), fault.item) == (
        expected[1],
        f"{path.name}{place}",
        item,
    )
    check_messages(fault)
    for name in named:
        indonesian, _, english = name.partition("|")
        assert indonesian in fault.message.id
        assert (english or name) in fault.message.en


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_file_differs_from_the_sound_one_in_one_thing(path: Path) -> None:
    broken = path.read_text("utf-8").splitlines()[3:]
    lines = difflib.ndiff(SOUND.splitlines()[2:], broken)
    changed = [line for line in lines if line[0] in "+-"]
    assert 1 <= len(changed) <= 6


def check_messages(fault: Fault) -> None:
    assert fault.place is not None
    assert str(fault.place).strip()
    assert fault.message.id != fault.message.en
    for language in LANGUAGES:
        message = fault.message.in_language(language)
        assert message.strip()
        # Braces stand only around what the file says, and what it could say.
        assert not re.search(r"\{(?!…\}| value = )", message)
        assert len(message) < 500


# Hostile files: what they hold, and the code of one of their faults; None where all is well.


def top(entry: str) -> Callable[[], str]:
    """Return the sound file with another entry at its top."""
    return lambda: SOUND.replace('family = "layanan"', f'family = "layanan"\n{entry}')


def instead(old: str, new: str) -> Callable[[], str]:
    assert SOUND.count(old) == 1
    return lambda: SOUND.replace(old, new)


def chain(length: int) -> str:
    """Return the sound file under so many dimensions more."""
    basis = 'standing = "official"\nsources = ["peraturan"]\n'
    rule = 'rule = { type = "median", standing = "official", sources = ["peraturan"] }\n'
    tables = "".join(
        f'[dimensions.c{place}]\nname = "C"\nchildren = ["c{place + 1}"]\n{rule}{basis}\n'
        for place in range(length)
    )
    return (SOUND.replace('root = "indeks"', 'root = "c0"') + tables).replace(
        f'"c{length}"', '"indeks"'
    )


def many(count: int) -> str:
    """Return the sound file with so many measures more."""
    codes = ", ".join(f'"m_{number}"' for number in range(count))
    tables = "".join(
        f'[measures.m_{number}]\nname = "M"\nminimum = 0\nmaximum = 1\ndecimals = 0\n'
        'standing = "official"\nsources = ["peraturan"]\n'
        for number in range(count)
    )
    return SOUND.replace('children = ["m1"]', f'children = ["m1", {codes}]') + tables


FROM = "from = 2030-01-01"
LONG = "\\u001b[31m" + "x" * 10_000
MAXIMUM = 'maximum = "1"'
TITLE = 'en = "Staff Service Index"'
HOSTILE: dict[str, tuple[Callable[[], str | bytes], str | None]] = {
    "sound": (lambda: SOUND, None),
    "a mark of the byte order": (lambda: b"\xef\xbb\xbf" + SOUND.encode(), None),
    "utf-16 with a mark": (lambda: SOUND.encode("utf-16"), None),
    "utf-16 without a mark": (lambda: SOUND.encode("utf-16-le"), "not-toml"),
    "half of utf-16": (lambda: SOUND.encode("utf-16")[:-1], "file-encoding"),
    "utf-32": (lambda: SOUND.encode("utf-32"), "file-encoding"),
    "not utf-8": (lambda: SOUND.encode().replace(b"Survei", b"Surv\xe9i"), "file-encoding"),
    "cut in a character": (lambda: SOUND.encode() + "é".encode()[:1], "file-encoding"),
    "nothing": (lambda: b"", "entry-missing"),
    "one nul": (lambda: b"\x00", "not-toml"),
    "nul in a text": (instead("Staff Service", "Staff \x00"), "not-toml"),
    "nul as an escape": (instead("Staff Service", "Staff \\u0000"), None),
    "half a character as an escape": (instead("Staff Service", "Staff \\ud800"), "not-toml"),
    "half a megabyte of nul": (lambda: b"\x00" * 2**19, "not-toml"),
    "windows lines": (lambda: SOUND.replace("\n", "\r\n"), None),
    "old mac lines": (lambda: SOUND.replace("\n", "\r"), "not-toml"),
    "5,000 brackets": (top("x = " + "[" * 5000 + "]" * 5000), "file-nesting"),
    "5,000 brackets left open": (top("x = " + "[" * 5000), "file-nesting"),
    "5,000 braces": (top("x = " + "{x=" * 5000 + "1" + "}" * 5000), "file-nesting"),
    "5,000 dots": (top("x" + ".x" * 5000 + " = 1"), "file-nesting"),
    "a header of 5,000 dots": (lambda: SOUND + "[x" + ".x" * 5000 + "]\n", "file-nesting"),
    "60 brackets": (top("x = " + "[" * 60 + "]" * 60), "entry-unknown"),
    "many headers of 60 dots": (
        lambda: SOUND + "".join(f"[x{place}{'.x' * 60}]\n" for place in range(1500)),
        "entry-unknown",
    ),
    "5,000 digits": (instead(MAXIMUM, "maximum = " + "9" * 5000), "not-toml"),
    "4,000 digits": (instead(MAXIMUM, "maximum = " + "9" * 4000), "entry-number"),
    "5,000 digits in quotes": (instead(MAXIMUM, f'maximum = "{"9" * 5000}"'), "entry-number"),
    "a million digits in quotes": (instead(MAXIMUM, f'maximum = "{"9" * 10**6}"'), "entry-number"),
    "a million blanks in a number": (
        instead(MAXIMUM, f'maximum = "1{" " * 10**6}1/2"'),
        "entry-number",
    ),
    "5,000 hexadecimal digits": (instead(MAXIMUM, "maximum = 0x" + "f" * 5000), "entry-number"),
    "1e9999999": (instead(MAXIMUM, "maximum = 1e9999999"), "entry-type"),
    "1e9999999 in quotes": (instead(MAXIMUM, 'maximum = "1e9999999"'), "entry-number"),
    "infinite": (instead(MAXIMUM, "maximum = inf"), "entry-type"),
    "less than infinite": (instead(MAXIMUM, "maximum = -inf"), "entry-type"),
    "not a number": (instead(MAXIMUM, "maximum = nan"), "entry-type"),
    "not a number in quotes": (instead(MAXIMUM, 'maximum = "nan"'), "entry-number"),
    "divided by nothing": (instead(MAXIMUM, 'maximum = "1/0"'), "entry-number"),
    "true for a number": (instead(MAXIMUM, "maximum = true"), "entry-type"),
    "very many decimals": (
        instead("decimals = 2", "decimals = 999999999999999999999"),
        "entry-too-large",
    ),
    "the year 10000": (instead(FROM, "from = 10000-01-01"), "not-toml"),
    "the year 0": (instead(FROM, "from = 0000-01-01"), "not-toml"),
    "30 February": (instead(FROM, "from = 2030-02-30"), "not-toml"),
    "the year 10000 as a number": (instead(FROM, "from = 10000"), "entry-type"),
    "the year 0 as a number": (instead(FROM, "from = 0"), "entry-type"),
    "the year 9999 as a number": (instead(FROM, "from = 9999"), "in-force-until"),
    "a time of day": (instead(FROM, "from = 2030-01-01T00:00:00Z"), "entry-type"),
    "a text of half a megabyte": (instead(TITLE, f'en = "{"x" * 2**19}"'), None),
    "a key of half a megabyte": (top("x" * 2**19 + " = 1"), "entry-unknown"),
    "a code of 100,000 letters": (lambda: SOUND.replace("survei", "s" * 10**5), "code-not-allowed"),
    "escapes to the terminal": (instead("Staff Service", "\\u001b[31m\\u202e"), None),
    "50,000 keys": (
        top("\n".join(f"k{number} = 1" for number in range(50_000))),
        "entry-unknown",
    ),
    "50,000 levels": (
        instead("levels = [0, 1, 2]", f"levels = {list(range(50_000))}"),
        "scale-form",
    ),
    "5 MiB": (lambda: SOUND + "#" * 5 * 2**20, "file-too-large"),
    "as large as allowed": (
        lambda: SOUND + "#" * (MAX_FILE_BYTES - len(SOUND.encode())),
        None,
    ),
    "as deep as allowed": (lambda: chain(MAX_DEPTH - 2), None),
    "deeper by one": (lambda: chain(MAX_DEPTH - 1), "too-deep"),
    "500 dimensions deep": (lambda: chain(500), "too-deep"),
    "as many nodes as allowed": (lambda: many(MAX_NODES - 8), None),
    "more nodes by one": (lambda: many(MAX_NODES - 7), "nodes-too-many"),
    # What a fault names beside what is wrong.
    "a long option beside one that there isn't": (
        lambda: SOUND.replace('value = "pusat"', f'value = "{LONG}"').replace(
            '["daerah"]', '["kabupaten"]'
        ),
        "gate-option-unknown",
    ),
    "a long option that a kind can't give": (
        lambda: SOUND.replace('value = "pusat"', f'value = "{LONG}"').replace(
            "[gates.jenis]", '[gates.jenis]\nby_kind.city = ["kota"]'
        ),
        "gate-kind-option",
    ),
    "50,000 levels with a gap": (
        lambda: SOUND.replace("levels = [0, 1, 2]", f"levels = {[0, *range(2, 50_001)]}").replace(
            'points = ["0", "0.5", "1"]', f"points = {list(range(50_000))}"
        ),
        "levels-not-consecutive",
    ),
    "20,000 options": (
        lambda: SOUND.replace("[gates.jenis]", '[gates.jenis]\nby_kind.city = ["kota"]').replace(
            '  { value = "daerah"',
            "".join(f'  {{ value = "o{n}", id = "o", en = "o" }},\n' for n in range(20_000))
            + '  { value = "daerah"',
        ),
        "gate-kind-option",
    ),
    "900 weights that nobody has published": (
        lambda: many(900)
        .replace('type = "minimum"', 'type = "weighted-mean"')
        .replace('name = "M"', 'name = "M"\nweight = "unpublished"')
        .replace("[indicators.m1]", '[indicators.m1]\nweight = "unpublished"'),
        "weight-missing",
    ),
    "900 weights that nobody uses": (
        lambda: many(900).replace('name = "M"', 'name = "M"\nweight = "unpublished"'),
        "weight-not-allowed",
    ),
    "a long band beside one that there isn't": (
        lambda: SOUND.replace('id = "Kurang"', f'id = "{LONG}"').replace(
            'band = "Baik"', 'band = "Cukup"'
        ),
        "cap-band-unknown",
    ),
    "long bands with a gap": (
        lambda: SOUND.replace('en = "Good"', f'en = "{LONG}"').replace("0.85", "0.8", 1),
        "bands-gap",
    ),
    "a long band that is not open": (
        lambda: SOUND.replace('en = "Very good" }', f'en = "{LONG}" }}, to = "1"'),
        "bands-not-open",
    ),
    "a long gate": (
        lambda: SOUND.replace("[gates.jenis]", f'[gates."{LONG}"]'),
        "gate-unknown",
    ),
    "braces in a text": (instead(TITLE, 'en = "{0} {x} {"'), None),
    "braces where they are shown": (instead('root = "indeks"', 'root = "{x}"'),
                                    "root-not-a-dimension"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_or_sound(case: str, tmp_path: Path) -> None:
    make, code = HOSTILE[case]
    content = make()
    path = tmp_path / "hostile.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    start = time.process_time()
    if code is None:
        assert load_instrument(path).family == "layanan"
    else:
        with pytest.raises(MeritIndexError) as caught:
            load_instrument(path)
        assert code in [fault.code for fault in caught.value.faults]
        for fault in caught.value.faults:
            assert str(fault.place).startswith("hostile.toml")
            assert fault.message.id.strip()
            assert len(fault.message.en) < 1000
            assert "\x1b" not in str(fault.place) + fault.message.en
    # A second is what it may take, which is looked at with `pytest -s`, not asserted.
    print(f"{time.process_time() - start:.2f} s: {case}")  # noqa: T201


def test_a_number_of_thousands_of_digits_is_named_by_its_line() -> None:
    long = f'title = "x"\nmaximum = {"9" * 5000}\n'
    (fault,) = faults_of(DefinitionError, lambda: instrument_from_text(long, "mine.toml"))
    assert fault.code == "not-toml"
    assert fault.message == Text(
        "angka dengan terlalu banyak digit (baris 2)", "a number with too many digits (line 2)"
    )


def test_hostile_encodings_are_faults_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff")
    (fault,) = faults_of(FileError, lambda: load_instrument(path))
    check_messages(fault)
