"""The bar of progress: it is on terminals alone, and nothing of it stays."""

from __future__ import annotations

import io
import re
import sys

import pytest

from meritindex.cli.progress import READING, progress_bar


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def usual_terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


def rich():
    pytest.importorskip("rich", reason="the bar is drawn by rich (extra terminal)")


def drawn(language, *steps):
    terminal = Terminal()
    with progress_bar(language, READING, terminal) as show:
        for done in steps:
            show(done, 1000)
    return terminal.getvalue()


@pytest.mark.parametrize(("language", "words"), [("id", "membaca berkas"), ("en", "reading files")])
def test_a_terminal_sees_how_far_it_is(language, words):
    rich()
    shown = drawn(language, 250, 1000)
    assert words in shown
    assert " 25%" in shown
    assert "100%" in shown
    assert "[progress" not in shown


def test_the_bar_is_gone_at_the_end():
    rich()
    *_, erased = drawn("en", 250, 1000).split("\n")
    # The cursor is shown again, and the line it stood on is erased.
    assert "\x1b[?25h" in erased
    assert erased.endswith("\x1b[2K")


def test_it_is_erased_where_the_work_is_broken_off():
    rich()
    terminal = Terminal()

    def work():
        with progress_bar("en", READING, terminal) as show:
            show(1, 2)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert terminal.getvalue().endswith("\x1b[2K")


def test_work_that_is_done_at_once_shows_nothing():
    rich()
    assert drawn("en") == ""
    assert drawn("en", 1000) == ""


def test_colours_of_the_bar_go_with_those_of_the_text(monkeypatch):
    rich()
    coloured = re.compile(r"\x1b\[[0-9;]+m")
    assert coloured.search(drawn("en", 250))
    monkeypatch.setenv("NO_COLOR", "1")
    plain = drawn("en", 250)
    assert "reading files" in plain
    assert not coloured.search(plain)


@pytest.mark.parametrize("forced", [False, True])
def test_nothing_goes_to_a_file(monkeypatch, forced):
    if forced:
        monkeypatch.setenv("FORCE_COLOR", "1")
    stream = io.StringIO()
    with progress_bar("id", READING, stream) as show:
        assert show is None
    assert stream.getvalue() == ""


def test_nothing_goes_to_a_terminal_that_can_not_move_its_cursor(monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    with progress_bar("id", READING, Terminal()) as show:
        assert show is None


def test_without_rich_there_is_none_and_nothing_breaks(monkeypatch):
    monkeypatch.setitem(sys.modules, "rich.console", None)
    terminal = Terminal()
    with progress_bar("id", READING, terminal) as show:
        assert show is None
    assert terminal.getvalue() == ""


def test_standard_error_is_where_it_stands(monkeypatch):
    rich()
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress_bar("id", READING) as show:
        show(1, 3)
    assert "33%" in terminal.getvalue()
