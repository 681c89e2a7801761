from __future__ import annotations

import codecs
import errno
import json
import os
import stat
import time
import tomllib
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import check_fault, only_fault
from meritindex.errors import FileError
from meritindex.files import MAX_NESTING, check_nesting, read_text, write_text
from meritindex.language import Text

CONTENT = "agency,a1\r\nKota Contoh,3\nKabupaten Ĉ—😀,2\r\n"


ABSENT = Text("berkas atau foldernya tidak ada", "no such file or folder")
FULL = Text("ruang penyimpanan habis", "no space is left on the disk")


def check_file_fault(error_of: object, code: str, path: Path, *named: str | Text) -> None:
    """Check the fault that reading or writing `path` gave."""
    fault = only_fault(FileError, error_of)  # type: ignore[arg-type]
    check_fault(fault, code, None, *named)
    assert fault.place == Text.same(path.name)


def toml_array(items: list[str]) -> str:
    """Write an array over several lines, with brackets and quotes in the comments."""
    return "[ # it's [\n" + "".join(f'{item}, # """ {{\n' for item in items) + "]"


def toml_string(text: str, quotes: str) -> str:
    """Write a TOML string between these quotes, or as JSON where they can't hold it."""
    if quotes == '"""':
        escaped = text.replace("\\", "\\\\").replace('"""', '""\\"')
        return f'"""{escaped}"""'
    if quotes not in text and (quotes != "'" or "\n" not in text) and not text.endswith("'" * 3):
        return quotes + text + quotes
    return json.dumps(text)


toml_strings = st.builds(
    toml_string, st.text(alphabet="[]{}#'\"\\\n.,= a"), st.sampled_from(["'", "'''", '"""'])
)


def names_in(folder: Path) -> list[str]:
    """Return what a folder holds, hidden files as well."""
    return sorted(path.name for path in folder.iterdir())


class TestReadText:
    @pytest.mark.parametrize(
        "content",
        [
            CONTENT.encode(),
            codecs.BOM_UTF8 + CONTENT.encode(),
            codecs.BOM_UTF16_LE + CONTENT.encode("utf-16-le"),
            codecs.BOM_UTF16_BE + CONTENT.encode("utf-16-be"),
        ],
        ids=["UTF-8", "UTF-8 with mark", "UTF-16 LE", "UTF-16 BE"],
    )
    def test_reads_unicode_without_touching_line_ends(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "answers.csv"
        path.write_bytes(content)
        assert read_text(path) == read_text(str(path)) == CONTENT

    def test_reads_an_empty_file(self, tmp_path: Path) -> None:
        (tmp_path / "empty.csv").touch()
        assert read_text(tmp_path / "empty.csv") == ""

    def test_refuses_another_encoding_and_says_at_which_byte(self, tmp_path: Path) -> None:
        path = tmp_path / "latin.csv"
        path.write_bytes("abcdé,1".encode("latin-1"))
        check_file_fault(lambda: read_text(path), "file-encoding", path, "UTF-8", "5")

    def test_counts_the_byte_order_mark_among_the_bytes(self, tmp_path: Path) -> None:
        path = tmp_path / "broken.csv"
        path.write_bytes(codecs.BOM_UTF8 + b"ab\xff")
        check_file_fault(lambda: read_text(path), "file-encoding", path, "6")

    def test_refuses_broken_utf_16(self, tmp_path: Path) -> None:
        path = tmp_path / "broken.csv"
        path.write_bytes(codecs.BOM_UTF16_LE + b"a\x00b")
        check_file_fault(lambda: read_text(path), "file-encoding", path)

    @pytest.mark.parametrize(
        "content",
        [
            # The little-endian mark begins with that of UTF-16.
            codecs.BOM_UTF32_LE + "a,b".encode("utf-32-le"),
            codecs.BOM_UTF32_BE + "a,b".encode("utf-32-be"),
        ],
        ids=["little-endian", "big-endian"],
    )
    def test_refuses_utf_32(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "wide.csv"
        path.write_bytes(content)
        check_file_fault(lambda: read_text(path), "file-encoding", path)

    def test_refuses_a_file_that_is_larger_than_allowed(self, tmp_path: Path) -> None:
        path = tmp_path / "large.csv"
        path.write_bytes(b"x" * 11)
        assert read_text(path, max_bytes=11) == "x" * 11
        check_file_fault(lambda: read_text(path, max_bytes=10), "file-too-large", path, "10")

    def test_refuses_a_file_that_is_absent(self, tmp_path: Path) -> None:
        path = tmp_path / "absent.csv"
        check_file_fault(lambda: read_text(path), "file-unreadable", path, ABSENT)

    def test_refuses_a_directory(self, tmp_path: Path) -> None:
        why = Text("folder", "folder")
        check_file_fault(lambda: read_text(tmp_path), "file-unreadable", tmp_path, why)

    @pytest.mark.skipif(os.name != "posix", reason="pipes of this kind are POSIX's")
    def test_refuses_a_pipe_and_does_not_wait_for_it(self, tmp_path: Path) -> None:
        path = tmp_path / "pipe"
        os.mkfifo(path)
        why = Text("bukan berkas biasa", "not a regular file")
        check_file_fault(lambda: read_text(path), "file-unreadable", path, why)

    def test_the_root_has_a_name_as_well(self) -> None:
        fault = only_fault(FileError, lambda: read_text("/"))
        assert fault.place == Text.same(str(Path("/")))

    def test_names_a_directory_that_is_given_by_a_dot(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        fault = only_fault(FileError, lambda: read_text("."))
        assert fault.place is not None
        assert fault.place.en

    def test_refuses_a_name_that_no_file_can_have(self, tmp_path: Path) -> None:
        path = tmp_path / "a\0b"
        why = Text("tidak mungkin ada", "no file can have such a name")
        check_file_fault(lambda: read_text(path), "file-unreadable", path, why)

    @pytest.mark.parametrize(
        ("error", "named"),
        [(TimeoutError(), "TimeoutError"), (OSError(errno.EIO, "in some language"), "EIO")],
    )
    def test_an_error_that_has_no_words_here_is_named_by_its_kind(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, named: str
    ) -> None:
        def fail(*_args: object) -> None:
            raise error

        path = tmp_path / "slow.csv"
        path.touch()
        monkeypatch.setattr(Path, "open", fail)
        check_file_fault(lambda: read_text(path), "file-unreadable", path, named)


class TestCheckNesting:
    @pytest.mark.parametrize("brackets", ["[]", "{}", "()"])
    def test_allows_64_levels_and_no_more(self, brackets: str) -> None:
        opening, closing = brackets
        check_nesting("a.json", opening * MAX_NESTING + closing * MAX_NESTING)
        deeper = opening * (MAX_NESTING + 1) + closing * (MAX_NESTING + 1)
        path = Path("folder/a.json")
        check_file_fault(
            lambda: check_nesting(path, deeper), "file-nesting", path, str(MAX_NESTING)
        )

    def test_the_limit_can_be_chosen(self) -> None:
        check_nesting("a.json", "[{}]", 2)
        path = Path("a.json")
        check_file_fault(lambda: check_nesting(path, "[{}]", 1), "file-nesting", path, "1")

    def test_counts_depth_and_not_number(self) -> None:
        check_nesting("a.json", "[" + "[]," * 1000 + "]", 2)

    def test_a_stray_closing_bracket_lends_no_depth(self) -> None:
        path = Path("a.json")
        check_file_fault(lambda: check_nesting(path, "]]][[", 1), "file-nesting", path)

    @pytest.mark.parametrize("text", ['"[[["', "'[[['", '"\\"[[["', '["[{("]', "'\"[[['"])
    def test_brackets_in_strings_do_not_count(self, text: str) -> None:
        check_nesting("a.toml", text, 1)

    @pytest.mark.parametrize("text", ["don't [[", '5" [[', "'\n[["])
    def test_a_quote_that_does_not_close_hides_nothing_on_other_lines(self, text: str) -> None:
        path = Path("a.toml")
        deep = text + "\n[["
        check_file_fault(lambda: check_nesting(path, deep, 1), "file-nesting", path)

    @pytest.mark.parametrize(
        "template",
        [
            'x = ["""a""", DEEP, "c"]',
            'x = ["""a\nb""", DEEP, "c"]',
            "x = ['''a\nb''', DEEP, 'c']",
            'x = ["""a"""", DEEP, "b"]',
            'x = ["""\n\\"""", DEEP, "b"]',
        ],
    )
    def test_a_toml_string_of_several_lines_hides_no_brackets(self, template: str) -> None:
        text = template.replace("DEEP", "[" * 5 + "]" * 5)
        assert tomllib.loads(text)["x"][1] == [[[[[]]]]]
        path = Path("a.toml")
        check_file_fault(lambda: check_nesting(path, text, 5), "file-nesting", path)

    @given(st.recursive(toml_strings, lambda inner: st.lists(inner, max_size=4).map(toml_array)))
    def test_finds_the_depth_of_any_toml(self, value: str) -> None:
        def depth(part: object) -> int:
            return 1 + max(map(depth, part), default=0) if isinstance(part, list) else 0

        text = f'# \'[[\' """\nx = {value} # "['
        deepest = depth(tomllib.loads(text)["x"])
        check_nesting("a.toml", text, deepest)
        if deepest:
            with pytest.raises(FileError):
                check_nesting("a.toml", text, deepest - 1)

    @pytest.mark.parametrize(
        "template",
        [
            "{} = 1",
            "[{}]",
            "[[{}]]",
            "x = {{{} = 1}}",
            "z = 1\n{} = 1",
            '["x".{}]',
            "x = 1.5\n{} = 1",
        ],
    )
    @pytest.mark.parametrize("part", ["a", "1", '"."', "'['", '" \\" "'])
    @pytest.mark.parametrize("dot", [".", " . "])
    def test_the_parts_of_a_key_nest_as_well(self, template: str, part: str, dot: str) -> None:
        def text(parts: int) -> str:
            return template.format(dot.join([part] * parts))

        assert tomllib.loads(text(5))
        check_nesting("a.toml", text(5), 6)
        path = Path("a.toml")
        check_file_fault(
            lambda: check_nesting(path, text(70)), "file-nesting", path, str(MAX_NESTING)
        )

    def test_a_key_adds_to_the_depth_of_what_stands_under_it(self) -> None:
        text = "x = {a.b.c = {a.b.c = [[]]}}"
        check_nesting("a.toml", text, 8)
        path = Path("a.toml")
        check_file_fault(lambda: check_nesting(path, text, 7), "file-nesting", path)

    @pytest.mark.parametrize("text", ["[1.5, 2.5, [3.5], 4.5]", '{"a.b": 1.5, "c": [-2.5]}'])
    def test_decimals_and_dots_in_strings_do_not_nest(self, text: str) -> None:
        check_nesting("a.json", text, 2)
        check_nesting("a.json", "\n".join([text] * 100), 2)

    @given(
        st.recursive(
            st.text() | st.integers() | st.none(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        ),
        st.booleans(),
    )
    def test_finds_the_depth_of_any_json(self, value: object, ascii_only: bool) -> None:
        def depth(part: object) -> int:
            if isinstance(part, list | dict):
                inner = part if isinstance(part, list) else part.values()
                return 1 + max(map(depth, inner), default=0)
            return 0

        text = json.dumps(value, ensure_ascii=ascii_only)
        deepest = depth(value)
        check_nesting("a.json", text, deepest)
        if deepest:
            with pytest.raises(FileError):
                check_nesting("a.json", text, deepest - 1)

    def test_takes_time_in_proportion_to_the_length(self) -> None:
        text = '"' + '\\"' * 20_000
        start = time.process_time()
        check_nesting("a.json", text)
        assert time.process_time() - start < 1

    def test_a_long_string_takes_little_memory(self) -> None:
        text = '["' + "a" * 1_000_000 + '"]'
        tracemalloc.start()
        try:
            check_nesting("a.json", text)
            assert tracemalloc.get_traced_memory()[1] < 10_000_000
        finally:
            tracemalloc.stop()


class TestWriteText:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(text=st.text())
    def test_what_is_written_reads_back(self, tmp_path: Path, text: str) -> None:
        write_text(tmp_path / "out.csv", text)
        # A byte-order mark at the very beginning is a mark and no text.
        assert read_text(tmp_path / "out.csv") == text.removeprefix("\ufeff")

    def test_writes_utf_8_with_the_line_ends_as_given(self, tmp_path: Path) -> None:
        path = tmp_path / "out.csv"
        write_text(str(path), CONTENT)
        assert path.read_bytes() == CONTENT.encode()
        assert names_in(tmp_path) == ["out.csv"]

    def test_writes_into_the_working_directory(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        write_text("out.csv", CONTENT)
        assert read_text("out.csv") == CONTENT

    def test_replaces_what_was_there(self, tmp_path: Path) -> None:
        path = tmp_path / "out.csv"
        path.write_text("older and longer")
        write_text(path, "new")
        assert path.read_text() == "new"

    @pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX's")
    @pytest.mark.parametrize("mode", [0o600, 0o640, 0o444, 0o666])
    def test_what_is_replaced_keeps_its_permissions(self, tmp_path: Path, mode: int) -> None:
        path, link = tmp_path / "out.csv", tmp_path / "link.csv"
        path.write_text("older")
        path.chmod(mode)
        link.symlink_to(path)
        write_text(path, "new")
        assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("new", mode)
        write_text(link, "newer")
        assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("newer", mode)

    def test_a_disk_without_permissions_can_be_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(errno.EPERM, "no modes here")

        path = tmp_path / "out.csv"
        path.write_text("older")
        monkeypatch.setattr(Path, "chmod", refuse)
        write_text(path, "new")
        assert path.read_text() == "new"

    @pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX's")
    @pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
    def test_permissions_follow_the_umask(self, tmp_path: Path, umask: int, mode: int) -> None:
        path = tmp_path / "out.csv"
        before = os.umask(umask)
        try:
            write_text(path, "x")
            assert os.umask(umask) == umask
        finally:
            os.umask(before)
        assert stat.S_IMODE(path.stat().st_mode) == mode

    def test_a_place_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "absent" / "out.csv"
        check_file_fault(lambda: write_text(path, "x"), "file-unwritable", path, ABSENT)
        assert names_in(tmp_path) == []

    def test_a_directory_is_not_overwritten(self, tmp_path: Path) -> None:
        path = tmp_path / "folder"
        path.mkdir()
        why = Text("itu sebuah folder", "it is a folder")
        check_file_fault(lambda: write_text(path, "x"), "file-unwritable", path, why)
        assert names_in(tmp_path) == ["folder"]
        assert path.is_dir()

    @pytest.mark.skipif(os.name != "posix", reason="pipes of this kind are POSIX's")
    def test_a_pipe_takes_the_text_and_stays_a_pipe(self, tmp_path: Path) -> None:
        path = tmp_path / "pipe"
        os.mkfifo(path)
        reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            write_text(path, CONTENT)
            assert os.read(reader, 1000) == CONTENT.encode()
        finally:
            os.close(reader)
        assert stat.S_ISFIFO(path.stat().st_mode)
        assert names_in(tmp_path) == ["pipe"]

    def test_a_device_takes_the_text_and_stays_a_device(self) -> None:
        write_text(os.devnull, CONTENT)
        assert not stat.S_ISREG(Path(os.devnull).stat().st_mode)

    @pytest.mark.skipif(os.name != "posix", reason="elsewhere links take a permission")
    @pytest.mark.parametrize("there", [True, False])
    def test_a_link_stays_and_what_it_leads_to_is_written(
        self, tmp_path: Path, there: bool
    ) -> None:
        target, link = tmp_path / "folder" / "out.csv", tmp_path / "link.csv"
        target.parent.mkdir()
        if there:
            target.write_text("older")
        link.symlink_to(Path("folder") / "out.csv")
        write_text(link, "new")
        assert link.is_symlink()
        assert target.read_text() == "new"
        assert names_in(target.parent) == ["out.csv"]

    @pytest.mark.skipif(os.name != "posix", reason="elsewhere links take a permission")
    def test_links_in_a_circle_are_refused(self, tmp_path: Path) -> None:
        one, other = tmp_path / "one", tmp_path / "other"
        one.symlink_to(other)
        other.symlink_to(one)
        check_file_fault(lambda: write_text(one, "x"), "file-unwritable", one, "ELOOP")

    @pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX's")
    def test_the_umask_of_the_process_is_never_touched(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_mask: int) -> int:
            raise AssertionError

        monkeypatch.setattr(os, "umask", refuse)
        write_text(tmp_path / "out.csv", "x")

    @pytest.mark.parametrize("step", ["write_bytes", "replace"])
    def test_a_failure_leaves_the_older_file_and_nothing_beside_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
    ) -> None:
        def fail(*_args: object) -> None:
            raise OSError

        path = tmp_path / "out.csv"
        path.write_text("older")
        monkeypatch.setattr(Path, step, fail)
        check_file_fault(lambda: write_text(path, "new"), "file-unwritable", path, "OSError")
        assert names_in(tmp_path) == ["out.csv"]
        assert path.read_text() == "older"

    def test_a_full_disk_leaves_no_file_and_nothing_beside_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_args: object) -> object:
            assert len(names_in(tmp_path)) == 1
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(Path, "write_bytes", full)
        path = tmp_path / "out.csv"
        check_file_fault(lambda: write_text(path, "x"), "file-unwritable", path, FULL)
        assert names_in(tmp_path) == []

    def test_a_text_that_utf_8_cannot_hold_is_refused_and_leaves_nothing(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "out.csv"
        path.write_text("older")
        half_a_pair = "a\ud800"
        check_file_fault(lambda: write_text(path, half_a_pair), "file-unwritable", path, "2")
        assert path.read_text() == "older"
        path.unlink()
        assert names_in(tmp_path) == []

    def test_an_interruption_leaves_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupt(*_args: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(Path, "replace", interrupt)
        with pytest.raises(KeyboardInterrupt):
            write_text(tmp_path / "out.csv", "x")
        assert names_in(tmp_path) == []

    def test_a_failure_to_clean_up_does_not_hide_what_went_wrong(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_args: object) -> None:
            raise OSError(errno.ENOSPC, "full")

        monkeypatch.setattr(Path, "replace", fail)
        monkeypatch.setattr(Path, "unlink", lambda *_: fail())
        path = tmp_path / "out.csv"
        check_file_fault(lambda: write_text(path, "x"), "file-unwritable", path, FULL)

    @pytest.mark.skipif(os.name != "posix", reason="the limit of 255 bytes is POSIX's")
    def test_a_name_as_long_as_any_can_be_is_written(self, tmp_path: Path) -> None:
        path = tmp_path / ("n" * 251 + ".csv")
        path.write_text("older")
        write_text(path, "new")
        assert path.read_text() == "new"

    def test_refuses_a_name_that_no_file_can_have(self, tmp_path: Path) -> None:
        path = tmp_path / "a\0b"
        check_file_fault(lambda: write_text(path, "x"), "file-unwritable", path)
