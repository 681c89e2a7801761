"""What is written where, in which encoding, and what happens when it can't be."""

from __future__ import annotations

import errno
import io
import subprocess
import sys
from pathlib import Path

import pytest

from meritindex.cli import output
from meritindex.cli.output import Output, report
from meritindex.errors import FileError

MARKS = "─═\N{EN DASH}│├└•·≈≥≤\N{MINUS SIGN}\N{MULTIPLICATION SIGN}…"


class Stream(io.TextIOWrapper):
    """Standard output in some encoding."""

    def __init__(self, encoding: str) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, newline="\r\n")

    def written(self) -> bytes:
        self.flush()
        return self.buffer.getvalue()


@pytest.fixture
def stdout(monkeypatch):
    def replace(encoding):
        stream = Stream(encoding)
        monkeypatch.setattr(sys, "stdout", stream)
        return stream

    return replace


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1", "cp437"])
def test_what_is_shown_is_fitted_to_the_terminal(stdout, encoding):
    stream = stdout(encoding)
    Output(content=f"{MARKS}é→\n").send(None)
    written = stream.written().decode(encoding)
    assert written.startswith("-=-|++*.~>=<=-x...")
    assert written.endswith("?\r\n")


def test_what_a_terminal_can_show_stays(stdout):
    stream = stdout("cp1252")
    Output(content="nilai • 1 …\n").send(None)
    assert stream.written().decode("cp1252") == "nilai • 1 …\r\n"
    stream = stdout("utf-8")
    Output(content=MARKS).send(None)
    assert stream.written().decode() == MARKS


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-16"])
def test_data_is_utf_8_with_its_own_line_ends(stdout, encoding):
    stream = stdout(encoding)
    Output(content="agency\r\nTanah → Bumbu\n".encode()).send(None)
    assert stream.written() == "agency\r\nTanah → Bumbu\n".encode()


@pytest.mark.parametrize("content", [MARKS, MARKS.encode()])
def test_output_without_bytes_below(monkeypatch, content):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    Output(content=content).send(None)
    assert stream.getvalue() == MARKS


def test_a_file_and_remarks(tmp_path, capsys):
    path = tmp_path / "result.csv"
    Output(content="a\r\n≈\n", remarks=("one", "two")).send(str(path))
    assert path.read_bytes() == "a\r\n≈\n".encode()
    Output(content=b"\x00\r\n").send(str(path))
    assert path.read_bytes() == b"\x00\r\n"
    assert capsys.readouterr() == ("", "one\ntwo\n")


def test_remarks_are_not_made_when_the_file_is_not(tmp_path, capsys):
    with pytest.raises(FileError):
        Output(content="a", remarks=("one",)).send(str(tmp_path / "none" / "a.csv"))
    assert capsys.readouterr() == ("", "")


def test_messages_can_not_act_on_a_terminal(capsys):
    report("one\x1b[31m\ntwo\udc80")
    assert capsys.readouterr().err == "one\ufffd[31m\ntwo\ufffd\n"


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), OSError("odd")])
def test_output_that_can_not_be_written(monkeypatch, error):
    class Full(io.StringIO):
        def write(self, _: str) -> int:
            raise error

    monkeypatch.setattr(sys, "stdout", Full())
    detached = []
    monkeypatch.setattr(output, "_detach", lambda: detached.append(True))
    with pytest.raises(FileError) as caught:
        Output(content="a").send(None)
    assert detached == [True]
    (fault,) = caught.value.faults
    assert fault.code == "output-unwritable"
    assert ("ruang penyimpanan habis" if error.errno else "OSError") in fault.message.id


def test_detaching_makes_closing_silent(monkeypatch, tmp_path):
    with (tmp_path / "out.txt").open("w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        stream.write("lost")
        output._detach()
        stream.flush()
    assert (tmp_path / "out.txt").read_bytes() == b""


COMMAND = [sys.executable, "-m", "meritindex"]


@pytest.mark.skipif(sys.platform == "win32", reason="closed pipes end differently there")
@pytest.mark.parametrize(
    "words",
    [
        ["score", "--sample"],
        ["sample"],
        ["show", "ism-2026", "--format", "html"],
        ["show", "ism-2026", "--format", "json"],
    ],
)
def test_a_reader_that_goes_away(words):
    with subprocess.Popen(
        [*COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.close()
        said = process.stderr.read()
        assert (process.wait(), said) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk():
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [*COMMAND, "instruments"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert ended.returncode == 1
    assert ended.stderr.decode() == "keluaran tidak dapat ditulis (ruang penyimpanan habis)\n"
