"""A real (pseudo) terminal: colours and the bar are on it, and on nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from meritindex import assessment

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")

CODES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    path = tmp_path_factory.mktemp("terminal") / "few.csv"
    kept = assessment.sample().where(lambda facts: facts.agency.province == "Bali")
    path.write_text(assessment.to_csv_text(kept), encoding="utf-8")
    return path


def ended(*words, watched, **variables):
    """Run a command of which one stream is a terminal; return its code and both streams."""
    ours, theirs = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, watched: theirs}
    with subprocess.Popen(
        [sys.executable, "-m", "meritindex", *map(str, words)],
        env={**environment, "TERM": "xterm", "COLUMNS": "80", **variables},
        stdin=subprocess.DEVNULL,
        **streams,
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
        os.close(ours)
        piped = (process.stdout or process.stderr).read()
    # A terminal begins lines by itself.
    return process.returncode, shown.replace(b"\r\n", b"\n").decode(), piped.decode()


def test_the_text_on_a_terminal_is_that_of_a_pipe_in_colours(few):
    code, shown, said = ended("score", few, watched="stdout")
    piped = subprocess.run(
        [sys.executable, "-m", "meritindex", "score", few], capture_output=True, check=True
    ).stdout.decode()
    assert (code, said) == (0, "")
    assert "\x1b" not in piped
    assert "\x1b[30;43mDATA SINTETIS" in shown
    assert CODES.sub("", shown) == piped


@pytest.mark.parametrize("variable", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_who_wants_no_colours_sees_none(few, variable):
    code, shown, _ = ended("score", few, watched="stdout", **variable)
    assert code == 0
    assert "DATA SINTETIS" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("form", ["json", "csv", "html", "markdown"])
def test_data_have_no_colours_on_a_terminal_either(form):
    code, shown, said = ended("instruments", "--format", form, watched="stdout")
    assert (code, said) == (0, "")
    assert "ism-2026" in shown
    assert "\x1b" not in shown


def test_a_workbook_is_refused():
    code, shown, said = ended("instruments", "--format", "xlsx", watched="stdout")
    assert (code, shown) == (2, "")
    assert "beri nama berkas dengan -o" in said


def test_faults_are_red_on_a_terminal_alone(few):
    words = ("score", few, "--weighting", "stated")
    code, shown, out = ended(*words, watched="stderr")
    assert (code, out) == (1, "")
    assert shown.startswith("\x1b[1;31mbobot a2")
    code, shown, said = ended(*words, watched="stdout")
    assert (code, shown) == (1, "")
    assert said.startswith("bobot a2")


def test_wrong_usage_is_red_as_well():
    code, shown, _ = ended("score", watched="stderr")
    assert code == 2
    assert shown.startswith("\x1b[1;31mmeritindex score: kesalahan pemakaian: ")
    assert shown.endswith("\nbantuan: meritindex score --help\n")


def test_the_bar_is_on_standard_error_and_gone_at_the_end(few):
    pytest.importorskip("rich", reason="the bar is drawn by rich (extra terminal)")
    words = ("robustness", few, "--draws", "5000")
    code, shown, out = ended(*words, watched="stderr")
    assert code == 0
    assert "\x1b" not in out
    assert "menyimulasikan" in shown
    assert shown.endswith("\x1b[2K")
    # Where only the result is on the terminal, there is no bar.
    code, _, said = ended(*words, watched="stdout")
    assert (code, said) == (0, "")
