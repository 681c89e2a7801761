"""The grammar of the command line, with its help in both languages."""

from __future__ import annotations

import argparse
from functools import partial

from meritindex import __version__
from meritindex.cli import guide, options
from meritindex.cli.bilingual import BilingualParser
from meritindex.cli.board_options import board_options, directory_grouping_word
from meritindex.cli.forms import Form, format_option
from meritindex.cli.improve_options import improve_options
from meritindex.cli.influence_options import influence_options
from meritindex.cli.progress_options import progress_options
from meritindex.cli.reconcile_options import reconcile_options
from meritindex.cli.report_options import report_options
from meritindex.cli.robustness_options import robustness_options
from meritindex.language import LANGUAGES, Language, Text

DEFAULT_FAMILY = "ism"


def build_parser(language: Language, *, sampled: bool = False) -> argparse.ArgumentParser:
    """Return the parser of the whole command line.

    Args:
        language: that of its help and its errors.
        sampled: whether `--sample` is among the words; then commands of one agency take no file.
    """
    return _Grammar(language, sampled=sampled).build()


class _Grammar:
    """The commands and options, in one language."""

    def __init__(self, language: Language, *, sampled: bool) -> None:
        self.language: Language = language
        self.sampled = sampled

    def say(self, indonesian: str, english: str) -> str:
        return indonesian if self.language == "id" else english

    def build(self) -> argparse.ArgumentParser:
        command = self.say("PERINTAH", "COMMAND")
        parser = BilingualParser(
            language=self.language,
            prog="meritindex",
            usage=self.say(
                f"%(prog)s {command} [argumen] [pilihan]",
                f"%(prog)s {command} [arguments] [options]",
            ),
            description=guide.ABOUT.in_language(self.language),
            epilog=guide.EXAMPLES.in_language(self.language),
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
            prog="meritindex",
            metavar=command,
            title=self.say("perintah", "commands"),
        )
        self._small_commands(commands)
        self._score(commands)
        self._bounds(commands)
        self._robustness(commands)
        self._influence(commands)
        self._explain(commands)
        self._board(commands)
        self._report(commands)
        self._improve(commands)
        self._reconcile(commands)
        self._progress(commands)
        self._records(commands)
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
        commands: argparse._SubParsersAction[BilingualParser],
        name: str,
        takes: Text,
        help_text: Text,
        *forms: Form,
    ) -> BilingualParser:
        """Add a command; `takes` is what stands between its name and its options.

        Its output has all forms, or those that are named; the first of them is the usual one.
        """
        takes_text = takes.in_language(self.language)
        parser = commands.add_parser(
            name,
            language=self.language,
            usage=f"%(prog)s {takes_text}{' ' if takes_text else ''}"
            + self.say("[pilihan]", "[options]"),
            help=help_text.in_language(self.language),
            description=guide.DESCRIPTIONS[name].in_language(self.language),
            epilog=guide.COMMAND_EXAMPLES[name].in_language(self.language),
        )
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
        format_option(parser, *forms)
        return parser

    def _small_commands(self, commands: argparse._SubParsersAction[BilingualParser]) -> None:
        instrument = Text("KODE|BERKAS", "ID|FILE")
        self._instruments(commands)
        show = self._command(
            commands,
            "show",
            instrument,
            Text(
                "tampilkan instrumen: bobot, rumus, kriteria, sumber",
                "show an instrument: weights, rules, criteria, sources",
            ),
        )
        self._instrument_argument(show)
        lint = self._command(
            commands,
            "lint",
            instrument,
            Text(
                "periksa instrumen: kekeliruan perancang, dengan alasannya",
                "look an instrument over for a drafter's mistakes, with reasons",
            ),
        )
        self._instrument_argument(lint)
        self._diff(commands)
        sample = self._command(
            commands,
            "sample",
            Text("", ""),
            Text(
                "tulis contoh: jawaban SINTETIS semua daerah",
                "write a sample: SYNTHETIC answers of all regions",
            ),
            *(Form.CSV, *(form for form in Form if form is not Form.CSV)),
        )
        sample.add_argument(
            "--seed",
            type=int,
            default=2026,
            metavar="N",
            help=self.say(
                "benih bilangan acak (bawaan 2026); benih yang sama memberi jawaban yang sama",
                "seed of the random numbers (default 2026); the same seed gives the same answers",
            ),
        )
        template = self._command(
            commands,
            "template",
            instrument,
            Text(
                "tulis formulir Excel atau CSV kosong untuk diisi",
                "write an Excel form or an empty CSV to fill in",
            ),
            *(Form.CSV, Form.XLSX),
        )
        self._instrument_argument(template)

    def _instruments(self, commands: argparse._SubParsersAction[BilingualParser]) -> None:
        parser = self._command(
            commands,
            "instruments",
            Text("", ""),
            Text("daftar instrumen yang ada", "list the instruments that exist"),
        )
        parser.add_argument(
            "--on",
            metavar=self.say("TANGGAL", "DATE"),
            help=self.say(
                "hanya instrumen yang berlaku pada hari itu, misalnya 2025-12-31",
                "only the instrument in force on that day, such as 2025-12-31",
            ),
        )
        parser.add_argument(
            "--family",
            metavar=self.say("KELUARGA", "FAMILY"),
            help=self.say(
                f"keluarga instrumen untuk --on (bawaan {DEFAULT_FAMILY})",
                f"the family of instruments for --on (default {DEFAULT_FAMILY})",
            ),
        )

    def _diff(self, commands: argparse._SubParsersAction[BilingualParser]) -> None:
        parser = self._command(
            commands,
            "diff",
            Text("KODE|BERKAS KODE|BERKAS", "ID|FILE ID|FILE"),
            Text(
                "bandingkan dua instrumen: apa yang berubah",
                "compare two instruments: what changed",
            ),
        )
        self._instrument_argument(parser, "before")
        self._instrument_argument(parser, "after")

    def _score(self, commands: argparse._SubParsersAction[BilingualParser]) -> None:
        parser = self._command(
            commands,
            "score",
            Text("(BERKAS | --sample)", "(FILE | --sample)"),
            Text(
                "hitung nilai, kategori, dan peringkat semua instansi",
                "compute points, bands and ranks of all agencies",
            ),
        )
        options.source_options(parser)
        self._scoring_options(parser)
        parser.add_argument(
            "--by",
            type=partial(directory_grouping_word, parser=parser),
            metavar=self.say("KELOMPOK", "GROUPING"),
            help=self.say(
                "tambahkan kelompok dan peringkat di dalamnya: provinsi, jenis (jenis instansi), "
                "atau kanreg (kantor regional); province dan kind juga diterima",
                "add the group and the rank within it: province, kind (of agency), or kanreg "
                "(regional office)",
            ),
        )

    def _bounds(self, commands: argparse._SubParsersAction[BilingualParser]) -> None:
        parser = self._command(
            commands,
            "bounds",
            Text("(BERKAS | --sample)", "(FILE | --sample)"),
            Text(
                "yang pasti meski bobot dan jawaban belum lengkap",
                "what is certain though weights and answers are open",
            ),
        )
        options.open_options(parser)
        parser.add_argument(
            "--exact",
            action="store_true",
            help=self.say(
                "cari peringkat terbaik dan terburuk yang benar-benar dapat tercapai, untuk satu "
                "instansi atau kelompok kecil (memerlukan scipy)",
                "find the best and the worst rank that can really occur, for one agency or a "
                "small group (needs scipy)",
            ),
        )

    def _robustness(self, commands: argparse._SubParsersAction[BilingualParser]) -> None:
        parser = self._command(
            commands,
            "robustness",
            Text("(BERKAS | --sample)", "(FILE | --sample)"),
            Text(
                "seberapa sering setiap kategori dan peringkat muncul dalam simulasi",
                "how often each band and rank occurs in a simulation",
            ),
        )
        robustness_options(parser)

    def _influence(self, commands: argparse._SubParsersAction[BilingualParser]) -> None:
        parser = self._command(
            commands,
            "influence",
            Text("(BERKAS | --sample)", "(FILE | --sample)"),
            Text(
                "apa yang membedakan nilai instansi, dan apa yang mengubah peringkatnya",
                "what makes totals differ, and what would change ranks and bands",
            ),
        )
        influence_options(parser)

    def _explain(self, commands: argparse._SubParsersAction[BilingualParser]) -> None:
        parser = self._command(
            commands,
            "explain",
            Text("(BERKAS | --sample) INSTANSI", "(FILE | --sample) AGENCY"),
            Text(
                "jelaskan nilai satu instansi sampai ke sumbernya",
                "explain the score of one agency down to the sources",
            ),
        )
        self._one_agency(parser)
        self._scoring_options(parser)

    def _improve(self, commands: argparse._SubParsersAction[BilingualParser]) -> None:
        parser = self._command(
            commands,
            "improve",
            Text("(BERKAS | --sample) [INSTANSI]", "(FILE | --sample) [AGENCY]"),
            Text(
                "susun rencana termurah menuju kategori berikutnya",
                "make the cheapest plan to reach the next band",
            ),
        )
        improve_options(parser, sampled=self.sampled)

    def _reconcile(self, commands: argparse._SubParsersAction[BilingualParser]) -> None:
        parser = self._command(
            commands,
            "reconcile",
            Text("KLAIM TEMUAN", "CLAIMED VERIFIED"),
            Text(
                "bandingkan klaim dengan hasil verifikasi, butir demi butir",
                "compare claims with what was found, item by item",
            ),
        )
        reconcile_options(parser)

    def _progress(self, commands: argparse._SubParsersAction[BilingualParser]) -> None:
        parser = self._command(
            commands,
            "progress",
            Text("BERKAS...", "FILE..."),
            Text(
                "ikuti kemajuan dari tahun ke tahun, dan nilai komitmennya",
                "follow agencies through the years, and judge commitments",
            ),
        )
        progress_options(parser)

    def _board(self, commands: argparse._SubParsersAction[BilingualParser]) -> None:
        parser = self._command(
            commands,
            "board",
            Text("(BERKAS | --sample)", "(FILE | --sample)"),
            Text(
                "bandingkan kelompok instansi, dan setiap instansi dengan tetangganya",
                "compare groups of agencies, and each agency with its neighbours",
            ),
        )
        options.source_options(parser)
        self._scoring_options(parser)
        board_options(parser)

    def _report(self, commands: argparse._SubParsersAction[BilingualParser]) -> None:
        parser = self._command(
            commands,
            "report",
            Text("(BERKAS | --sample) [INSTANSI]", "(FILE | --sample) [AGENCY]"),
            Text(
                "buat laporan satu instansi, satu wilayah, atau semua, untuk dibaca dan dicetak",
                "make a report on an agency, a region or all, to read and to print",
            ),
            *(Form.HTML, *(form for form in Form if form is not Form.HTML)),
        )
        report_options(parser, sampled=self.sampled)
        self._scoring_options(parser)

    def _records(self, commands: argparse._SubParsersAction[BilingualParser]) -> None:
        parser = self._command(
            commands,
            "record",
            Text("(BERKAS | --sample) INSTANSI", "(FILE | --sample) AGENCY"),
            Text(
                "simpan hasil satu instansi sebagai rekaman yang dapat diperiksa",
                "keep the result of one agency as a record that can be verified",
            ),
            *(Form.JSON, *(form for form in Form if form is not Form.JSON)),
        )
        self._one_agency(parser)
        self._scoring_options(parser)
        verify = self._command(
            commands,
            "verify",
            Text("BERKAS", "FILE"),
            Text(
                "hitung ulang sebuah rekaman dan sebutkan yang berbeda",
                "compute a record anew and say what differs",
            ),
        )
        verify.add_argument(
            "file",
            metavar=self.say("BERKAS", "FILE"),
            help=self.say("rekaman dari perintah record", "a record, made by the command record"),
        )
        verify.add_argument(
            "--instrument",
            metavar=self.say("KODE|BERKAS", "ID|FILE"),
            help=self.say(
                "kode instrumen, atau berkas .toml (bawaan: instrumen katalog dengan sidik jari "
                "(SHA-256) yang sama)",
                "id of an instrument, or a .toml file (default: the catalog's with the same "
                "fingerprint)",
            ),
        )

    def _one_agency(self, parser: BilingualParser) -> None:
        """Ask for an agency, and for the file or the sample that it is in."""
        # argparse can't tell which of two arguments is left out, so a file is not even asked for.
        if not self.sampled:
            options.file_argument(parser)
        parser.add_argument(
            "agency",
            metavar=self.say("INSTANSI", "AGENCY"),
            help=self.say("nama atau kode instansi", "name or code of the agency"),
        )
        options.sample_option(parser)
        options.occasion_options(parser)

    def _scoring_options(self, parser: BilingualParser) -> None:
        options.instrument_option(parser)
        options.weighting_option(parser)
        options.missing_option(parser)
        options.leave_out_option(parser)

    def _instrument_argument(self, parser: BilingualParser, name: str = "instrument") -> None:
        parser.add_argument(
            name,
            metavar=self.say("KODE|BERKAS", "ID|FILE"),
            help=self.say(
                "kode instrumen, atau berkas .toml", "id of an instrument, or a .toml file"
            ),
        )
