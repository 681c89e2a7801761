"""Colours: on terminals alone, never where nobody wants them, and nothing of the text changes."""

from __future__ import annotations

import io
import re
import sys

import pytest

from meritindex.cli.answer import Answer
from meritindex.cli.colours import is_terminal, plain_style, shows_colours, style_of
from meritindex.cli.forms import Form
from meritindex.cli.output import report
from meritindex.language import Text
from meritindex.layout import Column, Document, Heading, Paragraph, Table

CODES = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def usual_terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    for name in ("NO_COLOR", "FORCE_COLOR", "WT_SESSION", "ANSICON"):
        monkeypatch.delenv(name, raising=False)


def test_a_terminal_has_colours():
    assert shows_colours(Terminal())
    assert is_terminal(Terminal())


def test_a_pipe_or_file_has_none(monkeypatch):
    assert not shows_colours(io.StringIO())
    # Nothing forces them: what is read as data must stay data.
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert not shows_colours(io.StringIO())


@pytest.mark.parametrize(
    ("name", "value", "colours"),
    [
        ("NO_COLOR", "1", False),
        ("NO_COLOR", "0", False),
        ("NO_COLOR", "", True),
        ("TERM", "dumb", False),
        ("TERM", "", True),
    ],
)
def test_what_the_environment_asks_for(monkeypatch, name, value, colours):
    monkeypatch.setenv(name, value)
    assert shows_colours(Terminal()) is colours
    assert is_terminal(Terminal()) is (value != "dumb")


@pytest.mark.parametrize(
    ("known", "colours"), [((), False), (("WT_SESSION",), True), (("TERM",), True)]
)
def test_an_old_console_of_windows_would_show_the_codes(monkeypatch, known, colours):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delenv("TERM")
    for name in known:
        monkeypatch.setenv(name, "1")
    assert shows_colours(Terminal()) is colours


def test_the_styles():
    style = style_of(Terminal())
    assert style("a", "heading") == "\x1b[1ma\x1b[0m"
    assert style("a", "warning") == "\x1b[30;43ma\x1b[0m"
    assert style("a", "fault") == "\x1b[1;31ma\x1b[0m"
    assert style_of(io.StringIO())("a", "fault") == "a"


DOCUMENT = Document(
    (
        Heading("Judul yang panjang sekali " * 5, 1),
        Heading("Kesalahan", 2, tone="fault"),
        Paragraph("DATA SINTETIS, " * 12, tone="warning"),
        Paragraph("\x1b[31mtext of a file"),
        Table((Column("kode"), Column("nilai", "right")), (("a", "1"),), caption="Tabel"),
        # The title of the last column is shorter than what stands below it.
        Table((Column("kode"), Column("nama")), (("a", "nama yang panjang"),)),
    )
)


def answer():
    return Answer(title=Text.same("t"), document=lambda: DOCUMENT, rows=lambda: "a\n")


def test_without_its_codes_a_coloured_text_is_the_plain_one():
    styled = answer().output(Form.TABLE, "id", style_of(Terminal())).content
    plain = answer().output(Form.TABLE, "id", plain_style).content
    assert styled != plain
    assert CODES.sub("", styled) == plain
    assert "\x1b" not in plain
    # Each line is closed for itself, so that a pager can begin anywhere.
    for line in styled.splitlines():
        assert line.count("\x1b[0m") * 2 == line.count("\x1b")
    assert styled.count("\x1b[30;43m") == 3
    assert "\x1b[1;31mKesalahan\x1b[0m" in styled
    assert "\x1b[1mkode  nilai\x1b[0m" in styled
    assert "\x1b[1mTabel\x1b[0m" in styled
    assert "\x1b[31m" not in styled


def test_faults_and_remarks(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    report("one\x1b[2J\ntwo")
    report("three", "warning")
    assert terminal.getvalue() == (
        "\x1b[1;31mone\ufffd[2J\x1b[0m\n\x1b[1;31mtwo\x1b[0m\n\x1b[30;43mthree\x1b[0m\n"
    )
