"""argparse in one language: its help, its errors, and its own words."""

from __future__ import annotations

import argparse
import re
import sys
from functools import partial
from typing import Any, NoReturn

from meritindex.cli.colours import style_of
from meritindex.language import Language

# What argparse itself says, as far as a user can meet it, in the wordings of Python 3.11 to 3.13.
_ARGPARSE = tuple(
    (re.compile(english, re.DOTALL), indonesian)
    for english, indonesian in (
        (r"the following arguments are required: (.*)", r"yang berikut harus ada: \1"),
        (r"unrecognized arguments: (.*)", r"tidak dikenal: \1"),
        (
            r"argument (.*?): invalid choice: (.*) \(choose from (.*)\)",
            r"\1: pilihan \2 tidak ada; yang ada: \3",
        ),
        (r"argument (.*?): expected one argument", r"\1: harus diikuti satu nilai"),
        (r"argument (.*?): expected (\d+) arguments", r"\1: harus diikuti \2 nilai"),
        (r"argument (.*?): invalid int value: (.*)", r"\1: \2 bukan bilangan bulat"),
        (r"argument (.*?): not allowed with argument (.*)", r"\1: tidak dapat bersama \2"),
        (r"argument (.*?): ignored explicit argument (.*)", r"\1: tidak diikuti nilai (\2)"),
        (
            r"one of the arguments (\S+) (\S+) is required",
            r"salah satu dari \1 atau \2 harus ada",
        ),
        (r"one of the arguments (.*) is required", r"salah satu dari \1 harus ada"),
        (r"argument (.*?): (.*)", r"\1: \2"),
    )
)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help whose word for "usage" is in the language of the rest."""

    def __init__(self, prog: str, *, usage_word: str, **options: Any) -> None:  # noqa: ANN401
        super().__init__(prog, **options)
        self._usage_word = usage_word

    # argparse has no other way to name it; for the name of a command it asks for no word at all.
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: Any = None) -> None:  # noqa: ANN401
        """Add the line of usage."""
        super().add_usage(
            usage, actions, groups, f"{self._usage_word}: " if prefix is None else prefix
        )


class BilingualParser(argparse.ArgumentParser):
    """A parser that says everything in one language."""

    def __init__(self, *, language: Language = "id", **options: Any) -> None:  # noqa: ANN401
        self._language: Language = language
        super().__init__(
            add_help=False,
            allow_abbrev=False,
            formatter_class=partial(_Formatter, usage_word=self.say("pemakaian", "usage")),
            **options,
        )
        # argparse has no other way to name its two groups.
        self._positionals.title = self.say("argumen", "arguments")
        self._optionals.title = self.say("pilihan", "options")
        self.add_argument(
            "-h", "--help", action="help", help=self.say("tampilkan bantuan ini", "show this help")
        )

    @property
    def language(self) -> Language:
        """The language in which it says everything."""
        return self._language

    def say(self, indonesian: str, english: str) -> str:
        """Return what is said in its language."""
        return indonesian if self._language == "id" else english

    def error(self, message: str) -> NoReturn:
        """Report wrong usage, and end."""
        if self._language == "id":
            message = in_indonesian(message)
        wrong, more = self.say("kesalahan pemakaian", "wrong usage"), self.say("bantuan", "help")
        style = style_of(sys.stderr)
        fault = "\n".join(
            style(line, "fault") for line in f"{self.prog}: {wrong}: {message}".split("\n")
        )
        self.exit(2, f"{fault}\n{more}: {self.prog} --help\n")


class Once(argparse.Action):
    """An option that may be given once: of two values the first would be dropped unseen."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        """Keep the value, or refuse a second one."""
        if getattr(namespace, self.dest) is not None:
            assert isinstance(parser, BilingualParser)  # noqa: S101 - there are no others
            parser.error(
                parser.say(
                    f"{option_string} hanya boleh satu kali; yang kedua: {values}",
                    f"{option_string} may be given once; the second: {values}",
                )
            )
        setattr(namespace, self.dest, values)


def in_indonesian(message: str) -> str:
    """Return a message of argparse in Indonesian; one that is not known as it is."""
    for english, indonesian in _ARGPARSE:
        if match := english.fullmatch(message):
            return match.expand(indonesian)
    return message
