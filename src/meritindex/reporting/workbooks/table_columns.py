"""The columns of the sheet of results: one row an agency, all that its formulas need in the row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from meritindex.language import Text
from meritindex.reporting.sheet_formulas import SheetProgram
from meritindex.reporting.workbooks.given import in_order
from meritindex.reporting.workbooks.words import AS_WRITTEN, part_name
from meritindex.scoring import GroupBy, ScoreTable
from meritindex.scoring.saying import Sayer

Key = tuple[str, ...]

_NARROW, _WIDE = 10.0, 13.0


@attrs.frozen(kw_only=True)
class SheetColumn:
    """A column.

    Attributes:
        key: what it holds: a fact, or `points`, `answer`, `place` or `part` of a code.
        title: its header.
        above: what stands above the header, to explain it.
        width: in characters.
        right: whether it holds numbers.
        folded: whether it is folded away at first.
    """

    key: Key
    title: str
    above: str = ""
    width: float = _NARROW
    right: bool = False
    folded: bool = False


def table_columns(
    table: ScoreTable,
    program: SheetProgram | None,
    codes: Iterable[str],
    say: Sayer,
    by: GroupBy | None,
) -> tuple[SheetColumn, ...]:
    """Return the columns of a table, from the left; those of the calculation only with formulas."""
    columns = [*_facts(say), *([] if by is None else _groups(by, say))]
    columns += [*_results(table, say), *_answers(table, codes, say)]
    if program is not None:
        columns += _calculation(program, say)
    return tuple(columns)


def _facts(say: Sayer) -> Iterator[SheetColumn]:
    yield SheetColumn(key=("rank",), title=say("peringkat", "rank"), right=True, width=_WIDE)
    for key, title, width in (
        ("agency", Text("instansi", "agency"), 34.0),
        ("code", Text("kode", "code"), _NARROW),
        ("kind", Text("jenis", "kind"), 14.0),
        ("province", Text("provinsi", "province"), 22.0),
        ("when", Text("waktu", "when"), _NARROW),
        ("stage", Text("tahap", "stage"), 18.0),
        ("synthetic", Text("sintetis", "synthetic"), _WIDE),
    ):
        yield SheetColumn(key=(key,), title=say(title), width=width)


def _groups(by: GroupBy, say: Sayer) -> Iterator[SheetColumn]:
    yield SheetColumn(key=("group",), title=say("kelompok", "group"), above=say(by.label), width=22)
    yield SheetColumn(
        key=("group rank",),
        title=say("peringkat dalam kelompok", "rank in the group"),
        right=True,
        width=_WIDE,
    )


def _results(table: ScoreTable, say: Sayer) -> Iterator[SheetColumn]:
    root = table.instrument.root

    def written(indonesian: str, english: str) -> str:
        return say(AS_WRITTEN.fill(what=Text(indonesian, english)))

    yield SheetColumn(
        key=("points", root.code), title=root.code, above=say(root.name), right=True, width=_WIDE
    )
    if root.bands is not None:
        yield SheetColumn(key=("band",), title=say("kategori", "band"), width=18.0)
    yield SheetColumn(key=("exact",), title=written("nilai eksak", "exact points"), width=18.0)
    yield SheetColumn(key=("standing",), title=written("status", "standing"), width=16.0)
    yield SheetColumn(key=("missing",), title=written("belum ada", "missing"), width=16.0)
    for dimension in table.instrument.dimensions[1:]:
        yield SheetColumn(
            key=("points", dimension.code),
            title=dimension.code,
            above=say(dimension.name),
            right=True,
            width=_WIDE,
        )


def _answers(table: ScoreTable, codes: Iterable[str], say: Sayer) -> Iterator[SheetColumn]:
    instrument = table.instrument
    names = {gate.code: gate.question for gate in instrument.gates}
    names |= {node.code: node.name for node in instrument.nodes}
    answer = say("jawaban", "answer")
    for code in codes:
        # A dimension whose points can be entered has a column of points with its code, too.
        title = f"{code} ({answer})" if code in table.scores.columns else code
        yield SheetColumn(key=("answer", code), title=title, above=say(names[code]), width=_WIDE)


def _calculation(program: SheetProgram, say: Sayer) -> Iterator[SheetColumn]:
    instrument = program.plan.instrument
    option = say("nomor pilihan", "number of the option")
    for gate in instrument.gates:
        yield _folded(("place", gate.code), f"{gate.code}: {option}")
    for code in in_order(program):
        for part in program.parts(code):
            above = say("per {denominator}", "over {denominator}")
            above = above.format(denominator=program.denominator(code))
            yield _folded(
                ("part", code, part),
                f"{code}: {say(part_name(part))}",
                above if part == "numerator" else "",
            )
    yield _folded(("ranked",), say("pembilang yang diperingkat", "numerator that is ranked"))


def _folded(key: Key, title: str, above: str = "") -> SheetColumn:
    return SheetColumn(key=key, title=title, above=above, width=_WIDE, right=True, folded=True)
