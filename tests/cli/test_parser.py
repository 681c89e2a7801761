"""Wrong usage and help, in both languages."""

from __future__ import annotations

import pytest

from meritindex.cli import guide
from meritindex.cli.bilingual import in_indonesian
from meritindex.cli.parser import build_parser
from meritindex.language import LANGUAGES
from meritindex.layout.wrapping import places

COMMANDS = (
    "instruments",
    "show",
    "lint",
    "diff",
    "sample",
    "template",
    "score",
    "bounds",
    "robustness",
    "influence",
    "explain",
    "improve",
    "reconcile",
    "board",
    "progress",
    "report",
    "record",
    "verify",
)

# Words, and what is said about them in each language; argparse quotes choices in several ways.
WRONG = [
    (("score",), "salah satu dari BERKAS atau --sample harus ada", "FILE --sample is required"),
    ((), "yang berikut harus ada: PERINTAH", "required: COMMAND"),
    (("explain",), "yang berikut harus ada: BERKAS, INSTANSI", "required: FILE, AGENCY"),
    (("explain", "--sample"), "yang berikut harus ada: INSTANSI", "required: AGENCY"),
    (("show",), "yang berikut harus ada: KODE|BERKAS", "required: ID|FILE"),
    (("dance",), "PERINTAH: pilihan 'dance' tidak ada; yang ada: ", "invalid choice: 'dance'"),
    (
        ("score", "--sample", "--by", "year"),
        '--by: "year" tidak ada; yang ada: provinsi, jenis, atau kanreg',
        'argument --by: there is no "year"; there are: province, kind, or kanreg',
    ),
    (("score", "a.csv", "--what"), "tidak dikenal: --what", "unrecognized arguments: --what"),
    (("score", "a.csv", "b.csv"), "tidak dikenal: b.csv", "unrecognized arguments: b.csv"),
    (("score", "--samp"), "salah satu dari BERKAS atau --sample", "FILE --sample is required"),
    (("show", "ism-2019", "-o"), "-o/--output: harus diikuti satu nilai", "expected one argument"),
    (("sample", "--seed", "x"), "--seed: 'x' bukan bilangan bulat", "invalid int value: 'x'"),
    (
        ("score", "a.csv", "--sample"),
        "--sample: tidak dapat bersama BERKAS",
        "--sample: not allowed with argument FILE",
    ),
    (("score", "--sample=x"), "--sample: tidak diikuti nilai ('x')", "explicit argument 'x'"),
    (
        ("score", "--sample", "--weighting", "mine"),
        "--weighting: 'mine' tidak ada; yang ada: stated, equal-remainder, given:BERKAS",
        "--weighting: no 'mine'; use stated, equal-remainder, given:FILE",
    ),
    (("score", "--sample", "--weighting", "given:"), "'given:' tidak ada", "no 'given:'"),
    (
        ("bounds", "--sample", "--weighting", "admissible:"),
        "yang ada: stated, equal-remainder, given:BERKAS, admissible, admissible:BERKAS",
        "no 'admissible:'; use stated, equal-remainder, given:FILE, admissible, admissible:FILE",
    ),
    (("bounds",), "salah satu dari BERKAS atau --sample harus ada", "FILE --sample is required"),
    (
        ("bounds", "--sample", "--claimed", "mine"),
        '--claimed: "mine" tidak menyatakan seberapa jauh jawaban dapat meleset',
        '--claimed: "mine" does not say how far an answer may be off',
    ),
    (
        ("bounds", "--sample", "--unanswered", "zero"),
        "--unanswered: pilihan 'zero' tidak ada; yang ada: ",
        "argument --unanswered: invalid choice: 'zero'",
    ),
    (
        ("robustness", "--sample", "--draws", "0"),
        '--draws: "0" bukan bilangan bulat dari 1 sampai 1000000',
        '--draws: "0" is no whole number from 1 to 1000000',
    ),
    (
        ("robustness", "--sample", "--seed", "1e3"),
        '--seed: "1e3" bukan bilangan bulat dari 0 sampai ',
        '--seed: "1e3" is no whole number from 0 to ',
    ),
    (
        ("robustness", "--sample", "--around", "mine", "--concentration", "8"),
        "--around: 'mine' tidak ada; yang ada: stated, equal-remainder, given:BERKAS",
        "--around: no 'mine'; use stated, equal-remainder, given:FILE",
    ),
    (
        ("robustness", "--sample", "--around", "stated", "--concentration", "x"),
        '--concentration: "x" bukan angka',
        '--concentration: "x" is not a number',
    ),
    (
        ("robustness", "--sample", "--around", "stated"),
        "--around dan --concentration hanya bersama",
        "--around and --concentration need each other",
    ),
    (
        ("robustness", "--sample", "--concentration", "8"),
        "--around dan --concentration hanya bersama",
        "--around and --concentration need each other",
    ),
    (
        ("robustness", "--sample", "--around", "admissible:x", "--concentration", "8"),
        "--around memerlukan satu bobot untuk setiap unsur, bukan admissible:x",
        "--around needs one weight of each element, not admissible:x",
    ),
    (
        (
            *("robustness", "--sample", "--weighting", "stated"),
            *("--around", "stated", "--concentration", "8"),
        ),
        "--weighting hanya admissible atau admissible:BERKAS, bukan stated",
        "--weighting is admissible or admissible:FILE alone, not stated",
    ),
    (
        ("robustness", "--sample", "--stage", "mandiri"),
        "--year dan --stage hanya bersama --agency",
        "--year and --stage go with --agency alone",
    ),
    (
        ("influence", "--sample", "--swap", "a7", "Aceh"),
        "--swap: harus diikuti 3 nilai",
        "argument --swap: expected 3 arguments",
    ),
    (
        ("influence", "--sample", "--sobol", "--without", "a7"),
        "--without: tidak dapat bersama --sobol",
        "argument --without: not allowed with argument --sobol",
    ),
    (
        ("influence", "--sample", "--weighting", "mine"),
        "'mine' tidak ada; yang ada: stated, equal-remainder, given:BERKAS",
        "no 'mine'; use stated, equal-remainder, given:FILE",
    ),
    (
        ("influence", "--sample", "--sobol", "--samples", "20000"),
        '--samples: "20000" bukan bilangan bulat dari 2 sampai 16384',
        '--samples: "20000" is no whole number from 2 to 16384',
    ),
    (
        ("influence", "--sample", "--sobol", "--agency", "Aceh"),
        "--agency hanya bersama --verify-first",
        "--agency goes with --verify-first alone",
    ),
    (
        ("influence", "--sample", "--without", "a7", "--claimed", "any"),
        "--claimed hanya bersama --verify-first",
        "--claimed goes with --verify-first alone",
    ),
    (
        ("influence", "--sample", "--verify-first", "--of", "Aceh"),
        "--of hanya bersama --sobol",
        "--of goes with --sobol alone",
    ),
    (
        ("influence", "--sample", "--seed", "0"),
        "--seed hanya bersama --verify-first atau --sobol",
        "--seed goes with --verify-first or --sobol alone",
    ),
    (
        ("influence", "--sample", "--verify-first", "--year", "2026"),
        "--year dan --stage hanya bersama --agency, --of, --swap, atau --band-changes",
        "--year and --stage go with --agency, --of, --swap or --band-changes alone",
    ),
]


@pytest.mark.parametrize(("words", "indonesian", "english"), WRONG)
def test_wrong_usage_is_named(run, words, indonesian, english):
    for language, said in (("id", indonesian), ("en", english)):
        ended = run(*words, "--lang", language) if words != ("show", "ism-2019", "-o") else None
        ended = ended or run("--lang", language, *words)
        assert ended.code == 2
        assert ended.out == ""
        first, second = ended.err.splitlines()
        assert said in first
        assert first.startswith("meritindex")
        assert second.startswith("bantuan: " if language == "id" else "help: ")
        assert second.endswith("--help")


@pytest.mark.parametrize("words", [words for words, *_ in WRONG])
def test_indonesian_errors_have_no_english_in_them(run, words):
    said = run(*words).err
    for english in ("argument", "required", "invalid", "choose", "expected", "usage", "allowed"):
        assert english not in said


@pytest.mark.parametrize(
    ("english", "indonesian"),
    [
        # as Python 3.11 and 3.12 say it, and as later versions do
        (
            "argument PERINTAH: invalid choice: 'x' (choose from 'a', 'b')",
            "PERINTAH: pilihan 'x' tidak ada; yang ada: 'a', 'b'",
        ),
        (
            "argument PERINTAH: invalid choice: 'x' (choose from a, b)",
            "PERINTAH: pilihan 'x' tidak ada; yang ada: a, b",
        ),
        ("argument --by: x", "--by: x"),
        ("something that no version says yet", "something that no version says yet"),
    ],
)
def test_wordings_of_other_versions(english, indonesian):
    assert in_indonesian(english) == indonesian


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_in_one_language_and_fits(run, command, language):
    words = ("--lang", language, *([command] if command else []), "--help")
    ended = run(*words)
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert all(places(line) <= 80 for line in lines)
    assert all(line == line.rstrip() for line in lines)
    usage = {"id": "pemakaian: meritindex", "en": "usage: meritindex"}
    assert lines[0].startswith(usage[language])
    assert lines[0].count(usage[language].split()[0]) == 1
    other = {"id": ("usage", "show ", "example", "options"), "en": ("pemakaian", "contoh", "pilih")}
    body = ended.out.replace("meritindex show", "")
    for word in other[language]:
        assert not any(line.strip().startswith(word) for line in body.splitlines() if command)
    if command:
        assert guide.DESCRIPTIONS[command].in_language(language).splitlines()[0] in ended.out
        assert guide.COMMAND_EXAMPLES[command].in_language(language) in ended.out
    else:
        assert all(f"    {name} " in ended.out for name in COMMANDS)
        assert guide.EXAMPLES.in_language(language) in ended.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_of_the_help_are_right_usage(language):
    examples = [guide.EXAMPLES, *guide.COMMAND_EXAMPLES.values()]
    lines = [
        line.strip().removeprefix("meritindex ")
        for text in examples
        for line in text.in_language(language).splitlines()
        if line.startswith("  meritindex ") and "--help" not in line
    ]
    assert len(lines) > 15
    for line in lines:
        words = [
            word
            for part, quoted in zip(line.split('"'), (False, True) * 4, strict=False)
            for word in ([part] if quoted else part.partition("   ")[0].split())
        ]
        options = build_parser(language, sampled="--sample" in words).parse_args(words)
        assert options.command in COMMANDS


def test_version(run):
    ended = run("--version")
    assert (ended.code, ended.out) == (0, "0.1.0\n")
