"""The grammar of the command line, with its help in both languages."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

from meritindex import __version__
from meritindex.cli.weights import GIVEN, NAMED
from meritindex.definition import MissingPolicy
from meritindex.language import LANGUAGES, Language, Text

_GROUPS = ("province", "kind", "kanreg")

# What argparse itself says, as far as a user can meet it.
_ARGPARSE = (
    (r"the following arguments are required: (.*)", r"yang berikut harus ada: \1"),
    (r"unrecognized arguments: (.*)", r"tidak dikenal: \1"),
    (
        r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)",
        r"\1: pilihan \2 tidak ada; yang ada: \3",
    ),
    (r"argument (.*?): expected one argument", r"\1: harus diikuti satu kata"),
    (r"argument (.*?): invalid int value: (.*)", r"\1: \2 bukan bilangan bulat"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1: tidak dapat bersama \2"),
    (r"argument (.*?): ignored explicit argument (.*)", r"\1: kelebihan kata \2"),
    (r"ambiguous option: (.*?) could match (.*)", r"\1 dapat berarti \2"),
    (r"one of the arguments (.*) is required", r"salah satu dari \1 harus ada"),
)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help whose word for "usage" is in the language of the rest."""

    usage_word = "usage: "

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
        super().add_usage(usage, actions, groups, prefix or self.usage_word)


class _IndonesianFormatter(_Formatter):
    usage_word = "pemakaian: "


class _Parser(argparse.ArgumentParser):
    """A parser whose own words are in one language; argparse makes those of the commands alike."""

    language: Language = "en"

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - as argparse declares it
        super().__init__(
            add_help=False,
            allow_abbrev=False,
            formatter_class=_IndonesianFormatter if self.language == "id" else _Formatter,
            **options,
        )
        # argparse has no other way to name its two groups.
        self._positionals.title = self.say("yang diberikan", "arguments")
        self._optionals.title = self.say("pilihan", "options")
        self.add_argument(
            "-h", "--help", action="help", help=self.say("tampilkan bantuan ini", "show this help")
        )

    def say(self, indonesian: str, english: str) -> str:
        return indonesian if self.language == "id" else english

    def error(self, message: str) -> NoReturn:
        if self.language == "id":
            for english, indonesian in _ARGPARSE:
                if re.fullmatch(english, message):
                    message = re.sub(english, indonesian, message)
                    break
        wrong, more = self.say("salah pemakaian", "wrong usage"), self.say("bantuan", "help")
        self.exit(2, f"{self.prog}: {wrong}: {message}\n{more}: {self.prog} --help\n")


class _IndonesianParser(_Parser):
    language: Language = "id"


def build_parser(language: Language) -> argparse.ArgumentParser:
    """Return the parser of the whole command line, its help in `language`."""
    return _Grammar(language).build()


class _Grammar:
    """The commands and options, in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def say(self, indonesian: str, english: str) -> str:
        return indonesian if self.language == "id" else english

    def build(self) -> argparse.ArgumentParser:
        kind = _IndonesianParser if self.language == "id" else _Parser
        parser = kind(
            prog="meritindex",
            description=self.say(
                "Menilai sistem merit instansi: eksak, dijelaskan, dan jujur tentang yang tidak "
                "diketahui.",
                "Scores the merit systems of agencies: exact, explained, and honest about what is "
                "not known.",
            ),
            epilog=self.say(_EXAMPLES.id, _EXAMPLES.en),
        )
        parser.add_argument(
            "--version",
            action="version",
            version=__version__,
            help=self.say("tampilkan versi", "show the version"),
        )
        self._lang(parser)
        commands = parser.add_subparsers(
            dest="command",
            required=True,
            metavar=self.say("PERINTAH", "COMMAND"),
            title=self.say("perintah", "commands"),
            parser_class=kind,
        )
        self._small_commands(commands)
        self._score(commands)
        self._explain(commands)
        return parser

    def _lang(self, parser: argparse.ArgumentParser, *, inner: bool = False) -> None:
        parser.add_argument(
            "--lang",
            choices=LANGUAGES,
            default=argparse.SUPPRESS if inner else "id",
            help=self.say("bahasa: id (bawaan) atau en", "language: id (the default) or en"),
        )

    def _command(
        self,
        commands: argparse._SubParsersAction[_Parser],
        name: str,
        indonesian: str,
        english: str,
    ) -> _Parser:
        text = self.say(indonesian, english)
        parser = commands.add_parser(name, help=text, description=text)
        self._lang(parser, inner=True)
        parser.add_argument(
            "-o",
            "--output",
            metavar=self.say("BERKAS", "FILE"),
            help=self.say(
                "tulis ke berkas ini, utuh atau tidak sama sekali",
                "write to this file, complete or not at all",
            ),
        )
        return parser

    def _small_commands(self, commands: argparse._SubParsersAction[_Parser]) -> None:
        self._command(
            commands, "instruments", "daftar instrumen yang ada", "list the instruments that exist"
        )
        show = self._command(
            commands,
            "show",
            "tampilkan satu instrumen: susunan, bobot, rumus, kriteria, sumber",
            "show an instrument: structure, weights, rules, criteria, sources",
        )
        self._instrument_argument(show)
        show.add_argument(
            "--format",
            choices=("text", "markdown"),
            default="text",
            help=self.say("bentuk keluaran (bawaan text)", "form of the output (default text)"),
        )
        sample = self._command(
            commands,
            "sample",
            "tulis contoh CSV: jawaban SINTETIS untuk semua 546 daerah otonom",
            "write a sample CSV: SYNTHETIC answers for all 546 autonomous regions",
        )
        sample.add_argument(
            "--seed",
            type=int,
            default=2026,
            metavar="N",
            help=self.say("benih acak (bawaan 2026)", "seed of the random numbers (default 2026)"),
        )
        template = self._command(
            commands,
            "template",
            "tulis CSV kosong untuk diisi",
            "write an empty CSV to fill in",
        )
        self._instrument_argument(template)

    def _score(self, commands: argparse._SubParsersAction[_Parser]) -> None:
        parser = self._command(
            commands,
            "score",
            "hitung nilai, kategori dan peringkat semua instansi dalam berkas",
            "compute points, bands and ranks of all agencies in a file",
        )
        source = parser.add_mutually_exclusive_group(required=True)
        self._file(source, optional=True)
        source.add_argument(
            "--sample",
            action="store_true",
            help=self.say("pakai contoh sintetis bawaan", "use the built-in synthetic sample"),
        )
        self._scoring_options(parser)
        parser.add_argument(
            "--by",
            choices=_GROUPS,
            help=self.say(
                "tambahkan kelompok dan peringkat di dalamnya",
                "add the group and the rank within it",
            ),
        )
        parser.add_argument(
            "--format",
            choices=("table", "csv", "json"),
            default="table",
            help=self.say("bentuk keluaran (bawaan table)", "form of the output (default table)"),
        )

    def _explain(self, commands: argparse._SubParsersAction[_Parser]) -> None:
        parser = self._command(
            commands,
            "explain",
            "jelaskan nilai satu instansi sampai ke sumbernya",
            "explain the score of one agency down to the sources",
        )
        self._file(parser)
        parser.add_argument(
            "agency",
            metavar=self.say("INSTANSI", "AGENCY"),
            help=self.say("nama atau kode instansi", "name or code of the agency"),
        )
        self._scoring_options(parser)

    def _scoring_options(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--instrument",
            default="ism-2026",
            metavar=self.say("KODE|BERKAS", "ID|FILE"),
            help=self.say(
                "kode instrumen, atau berkas .toml (bawaan ism-2026)",
                "id of an instrument, or a .toml file (default ism-2026)",
            ),
        )
        parser.add_argument(
            "--weighting",
            type=_weighting_word,
            metavar="stated|equal-remainder|given:FILE",
            help=self.say(
                "asal bobot; given:BERKAS membaca CSV dengan kolom code,weight (bawaan: pilihan "
                "instrumen)",
                "where weights come from; given:FILE reads a CSV with the columns code,weight "
                "(default: the instrument's choice)",
            ),
        )
        parser.add_argument(
            "--missing",
            choices=[policy.value for policy in MissingPolicy],
            help=self.say(
                "nilai untuk yang belum ada, menggantikan ketentuan instrumen",
                "what everything missing counts for, instead of what the instrument declares",
            ),
        )
        parser.add_argument(
            "--leave-out-faulty",
            action="store_true",
            help=self.say(
                "nilai baris tanpa kesalahan dan sebutkan yang dikeluarkan",
                "score the rows without fault and list what was left out",
            ),
        )

    def _instrument_argument(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "instrument",
            metavar=self.say("KODE|BERKAS", "ID|FILE"),
            help=self.say(
                "kode instrumen, atau berkas .toml", "id of an instrument, or a .toml file"
            ),
        )

    def _file(self, parser: argparse._ActionsContainer, *, optional: bool = False) -> None:
        parser.add_argument(
            "file",
            nargs="?" if optional else None,
            metavar=self.say("BERKAS", "FILE"),
            help=self.say("penilaian dalam CSV atau JSON", "assessments in CSV or JSON"),
        )


def _weighting_word(word: str) -> str:
    """Accept a named weighting or `given:FILE`."""
    if word in NAMED or (word.startswith(GIVEN) and len(word) > len(GIVEN)):
        return word
    raise argparse.ArgumentTypeError(f"stated | equal-remainder | given:FILE ({word!r})")


_EXAMPLES = Text(
    id="""contoh:
  meritindex score --sample                         nilai contoh semua daerah
  meritindex template ism-2026 -o penilaian.csv     berkas kosong untuk diisi
  meritindex score penilaian.csv --by province      nilai berkas, peringkat per provinsi
  meritindex explain penilaian.csv "Kota Malang"    dari mana angkanya
  meritindex show ism-2026                          instrumen dengan sumbernya

kode keluar: 0 selesai, 1 masukan ditolak, 2 salah pemakaian""",
    en="""examples:
  meritindex score --sample                         score the sample of all regions
  meritindex template ism-2026 -o assessment.csv    an empty file to fill in
  meritindex score assessment.csv --by province     score a file, with ranks by province
  meritindex explain assessment.csv "Kota Malang"   where the numbers come from
  meritindex show ism-2026                          an instrument with its sources

exit codes: 0 done, 1 the input was refused, 2 wrong usage""",
)
