"""The line of progress: it is on terminals alone, and nothing of it stays."""

from __future__ import annotations

import io

import pytest

from meritindex.cli.progress import progress_line


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("language", "word"), [("id", "menyimulasikan"), ("en", "simulating")])
def test_a_terminal_sees_every_percentage_once(language, word):
    terminal = Terminal()
    with progress_line(language, terminal) as show:
        for done in (1, 2, 500, 1000):
            show(done, 1000)
    shown = terminal.getvalue()
    assert shown.startswith(f"\r{word}: 0%\r{word}: 50%\r{word}: 100%\r ")
    *_, blank, rest = shown.split("\r")
    assert blank == " " * len(f"{word}: 100%")
    assert rest == ""


def test_it_is_cleared_where_the_work_is_broken_off():
    terminal = Terminal()

    def work():
        with progress_line("en", terminal) as show:
            show(1, 2)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert terminal.getvalue() == f"\rsimulating: 50%\r{' ' * 15}\r"


def test_work_without_progress_shows_nothing():
    terminal = Terminal()
    with progress_line("en", terminal):
        pass
    assert terminal.getvalue() == ""


def test_nothing_goes_to_a_file():
    stream = io.StringIO()
    with progress_line("id", stream) as show:
        assert show is None
    assert stream.getvalue() == ""
