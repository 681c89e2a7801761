"""The cover of a form: the instrument, who is assessed, the opening questions, and what to know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from meritindex import catalog
from meritindex.assessment.forms.layout import (
    COVER_ANSWER_COLUMN,
    FIRST_FACT_ROW,
    FIRST_GATE_ROW,
    GATES_TITLE_ROW,
)
from meritindex.definition import Gate, InForce, Remark, Source
from meritindex.language import Text, day_words
from meritindex.layout.cells import web_address
from meritindex.layout.parts import Link
from meritindex.reporting.forms.calculation import PROBLEM, VALUE, Calculation
from meritindex.reporting.forms.form import Form
from meritindex.reporting.forms.lists import Lists
from meritindex.reporting.forms.sheets import (
    BOLD_SMALL,
    SMALL,
    TYPED_TEXT,
    WRONG_FILL,
    WRONG_INK,
    FormSheet,
    Formula,
)
from meritindex.reporting.rule_words import Words
from meritindex.reporting.sheet_formulas.expressions import text
from meritindex.reporting.workbooks.looks import NOTE, followed

if TYPE_CHECKING:
    from openpyxl import Workbook

_WIDTHS = (32, 60, 38, 38)
# As the labels beside it.
_TYPED = attrs.evolve(TYPED_TEXT, upright=SMALL.upright)
_NOTE_COLUMN = COVER_ANSWER_COLUMN + 1

_FACT_WORDS = {
    "agency": (
        Text("Nama instansi", "Name of the agency"),
        Text(
            "seperti dalam direktori, misalnya Kabupaten Sleman",
            "as in the directory, Kabupaten Sleman for example",
        ),
    ),
    "code": (
        Text("Kode instansi", "Code of the agency"),
        Text("kode wilayah pemerintah daerah, bila ada", "code of the region, where there is one"),
    ),
    "agency.kind": (
        Text("Jenis instansi", "Kind of agency"),
        Text(
            "pertanyaan pembuka yang bergantung padanya terjawab otomatis",
            "the opening questions that depend on it are answered automatically",
        ),
    ),
    "year": (
        Text("Tahun atau tanggal penilaian", "Year or date of the assessment"),
        Text("misalnya 2026, atau 2026-09-17", "2026 or 2026-09-17 for example"),
    ),
    "stage": (Text("Tahap penilaian", "Stage of the assessment"), Text("", "")),
    "synthetic": (
        Text("Data rekaan (sintetis)?", "Made-up (synthetic) data?"),
        Text("ya, bila isiannya hanya untuk percobaan", "yes, where it is only for trying out"),
    ),
}


def write_cover(workbook: Workbook, form: Form, lists: Lists, calculation: Calculation) -> None:
    """Write the cover."""
    made = workbook.create_sheet(form.places.cover)
    cover = _Cover(FormSheet(made, form.say, _WIDTHS), form, lists, calculation)
    cover.head()
    cover.facts()
    cover.gates()
    cover.notes()
    cover.sheet.finish(frozen=None, repeated=None)


class _Cover:
    def __init__(
        self, sheet: FormSheet, form: Form, lists: Lists, calculation: Calculation
    ) -> None:
        self.sheet, self.form, self.say = sheet, form, form.say
        self.lists, self.calculation = lists, calculation
        self.words = Words(form.language)

    def head(self) -> None:
        say, instrument = self.say, self.form.instrument
        self.sheet.title(say("Formulir penilaian sistem merit", "Merit-system assessment form"))
        self.sheet.heading(2, say(instrument.title))
        official = (
            Text("instrumen dari katalog pustaka", "an instrument of the library's catalog")
            if catalog.is_official(instrument)
            else Text(
                "bukan instrumen dari katalog pustaka", "not an instrument of the library's catalog"
            )
        )
        lines = [Text(f"{instrument.id}, {official.id}", f"{instrument.id}, {official.en}")]
        if instrument.in_force is not None:
            lines.append(_in_force(instrument.in_force, self.words))
        for row, line in enumerate(lines, 3):
            self.sheet.note(row, say(line))
        self.sheet.note(
            5,
            say(
                "Yang diisi adalah sel kuning; sel lain terkunci. Cara mengisi ada di bagian 3.",
                "Yellow cells are for typing; others are locked. Part 3 says how to fill it in.",
            ),
            BOLD_SMALL,
        )

    def facts(self) -> None:
        say, sheet = self.say, self.sheet
        sheet.heading(FIRST_FACT_ROW - 1, say("1. Instansi dan waktu", "1. Agency and time"))
        for name, place in self.form.places.facts.items():
            label, hint = _FACT_WORDS[name]
            sheet.put(place.row, 1, say(label), BOLD_SMALL, framed=True)
            sheet.put(place.row, 2, say(hint), SMALL, framed=True)
            content = self.form.filled.get(name)
            sheet.put(place.row, place.column, content, _TYPED, framed=True, typed=True)
            sheet.put(place.row, _NOTE_COLUMN, None, NOTE)
            sheet.set_height(place.row, 20)
        for name in ("agency.kind", "stage", "synthetic"):
            place = self.form.places.facts[name]
            message = say("Pilih salah satu dari daftar.", "Pick one of the list.")
            sheet.choices(place, self.lists.reference(name), message)
        for name in ("agency", "code"):
            place = self.form.places.facts[name]
            sheet.made[place.cell].number_format = "@"
        cells = [self.form.places.facts[name].absolute for name in ("agency", "code")]
        empty = f'IF(TRIM({cells[0]}&{cells[1]})="",{{}},"")'
        told = text(say("← isi nama atau kode", "← fill in the name or the code"))
        agency = self.form.places.facts["agency"]
        sheet.put(agency.row, _NOTE_COLUMN, Formula(text=empty.format(told)), NOTE)
        year = self.form.places.facts["year"]
        sheet.condition(
            year,
            f"OR(ISTEXT({year.cell}),AND({year.cell}>=1945,{year.cell}<=2100),"
            f"AND({year.cell}>=16438,{year.cell}<=73415))",
            say(
                "Tulis tahun (misalnya 2026) atau tanggal (misalnya 2026-09-17).",
                "Write a year (2026) or a date (2026-09-17).",
            ),
        )

    def gates(self) -> None:
        say, sheet, gates = self.say, self.sheet, self.form.instrument.gates
        if not gates:
            return
        sheet.heading(GATES_TITLE_ROW, say("2. Pertanyaan pembuka", "2. Opening questions"))
        sheet.header(
            FIRST_GATE_ROW - 1,
            (
                say("kode", "code"),
                say("pertanyaan", "question"),
                say("jawaban", "answer"),
                say("yang dipakai", "what is used"),
            ),
        )
        for gate in gates:
            self.gate(gate)

    def gate(self, gate: Gate) -> None:
        say, sheet, place = self.say, self.sheet, self.form.places.gates[gate.code]
        question = say(gate.question)
        sheet.put(place.row, 1, gate.code, SMALL, framed=True)
        sheet.put(place.row, 2, question, SMALL, framed=True)
        content = self.form.filled.get(gate.code)
        sheet.put(place.row, place.column, content, _TYPED, framed=True, typed=True)
        words = self.lists.reference(f"{gate.code}.words")
        message = say("Pilih salah satu jawaban dari daftar.", "Pick one of the answers listed.")
        sheet.choices(place, words, message)
        value = self.calculation.answer(gate.code, VALUE)
        problem = self.calculation.answer(gate.code, PROBLEM)
        wrong = text(
            say(
                "periksa: bukan jawaban, atau tidak sesuai dengan jenis instansi",
                "check: no answer, or none for the kind of agency",
            )
        )
        none = text(say("belum dijawab", "not answered"))
        used = f"IF({problem}>0,{wrong},IF({value}=0,{none},INDEX({words},{value})))"
        sheet.put(place.row, _NOTE_COLUMN, Formula(text=used), SMALL, framed=True)
        note = sheet.place(place.row, _NOTE_COLUMN)
        condition = f'LEFT({note.absolute},7)={wrong[:8]}"'
        sheet.colour(note.cell, condition, WRONG_FILL, WRONG_INK)
        sheet.set_height(place.row, max(20, sheet.height(question, SMALL, first=2)))

    def notes(self) -> None:
        """Write how to fill the form in, what a reader must know, and the sources."""
        row = FIRST_GATE_ROW + len(self.form.instrument.gates) + 1
        say, sheet, instrument = self.say, self.sheet, self.form.instrument
        sheet.heading(row, say("3. Cara mengisi", "3. How to fill it in"))
        for number, line in enumerate(_how_to(self.form), 1):
            row += 1
            sheet.note(row, f"{number}. {say(line)}")
        row += 2
        sheet.heading(row, say("4. Yang perlu diketahui", "4. What to know"))
        for known in self.to_know():
            row += 1
            sheet.note(row, known)
        if instrument.remarks:
            row += 2
            sheet.heading(row, say("5. Catatan instrumen", "5. Remarks of the instrument"))
            for remark in instrument.remarks:
                row += 1
                sheet.note(row, f"• {self.remark(remark)}")
        row += 2
        number = 6 if instrument.remarks else 5
        sheet.heading(row, say(f"{number}. Sumber", f"{number}. Sources"))
        for source in instrument.sources:
            row += 1
            self.source(row, source)

    def to_know(self) -> Iterator[str]:
        say, form = self.say, self.form
        if isinstance(form.program, Text):
            yield say(
                Text(
                    "Indeks tidak dapat dihitung dalam buku kerja ini ({why}); pustaka "
                    "menghitungnya setelah formulir dibaca.",
                    "The index can't be computed in this workbook ({why}); the library computes it "
                    "once the form has been read.",
                ).fill(why=form.program)
            )
        if form.plan is not None:
            weighting = form.plan.weighting
            yield say(
                Text("Pembobotan: {label} ({name}).", "Weighting: {label} ({name}).").fill(
                    label=weighting.label, name=weighting.name
                )
            )
        open_weights = [
            node.code
            for dimension in form.instrument.dimensions
            if dimension.rule is not None and dimension.rule.weighted
            for node in dimension.children
            if node.weight is None
        ]
        if open_weights:
            yield say(
                Text(
                    "Bobot {codes} belum dipublikasikan.",
                    "The weights of {codes} have not been published.",
                ).fill(codes=", ".join(open_weights))
            )

    def remark(self, remark: Remark) -> str:
        return f"{self.say(remark.text)} — {self.words.basis(remark.basis)}"

    def source(self, row: int, source: Source) -> None:
        title = self.say(source.title)
        address = None if source.url is None else web_address(Link(source.url, source.url))
        self.sheet.put(row, 1, source.code, SMALL)
        self.sheet.put(row, 2, title, SMALL, to_column=3)
        look = SMALL if address is None else followed(SMALL)
        self.sheet.put(row, 4, source.url, look)
        if address is not None:
            self.sheet.made.cell(row, 4).hyperlink = address
        height = max(
            self.sheet.height(title, SMALL, 2, first=2),
            self.sheet.height(source.url or "", SMALL, 1, first=4),
        )
        self.sheet.set_height(row, height)


def _in_force(force: InForce, words: Words) -> Text:
    start = force.start if isinstance(force.start, int) else day_words(force.start)
    basis = words.basis(force.basis)
    if force.until is None:
        return Text("berlaku sejak {start}: {basis}", "in force from {start}: {basis}").fill(
            start=start, basis=basis
        )
    return Text(
        "berlaku sejak {start} sampai sebelum {until}: {basis}",
        "in force from {start} until before {until}: {basis}",
    ).fill(start=start, until=day_words(force.until), basis=basis)


def _how_to(form: Form) -> Iterator[Text]:
    places = form.places
    yield Text(
        "Isi bagian 1. Nama atau kode instansi wajib diisi.",
        "Fill in part 1. The name or the code of the agency is needed.",
    )
    if form.instrument.gates:
        yield Text(
            "Jawab pertanyaan pembuka di bagian 2, kecuali yang sudah mengikuti jenis instansi. "
            "Indikator yang tidak berlaku menjadi abu-abu dan tidak dihitung.",
            "Answer the opening questions in part 2, unless they follow from the kind of agency. "
            "Indicators that don't apply turn grey and don't count.",
        )
    if places.sections:
        names = ", ".join(section.sheet for section in places.sections)
        yield Text(
            "Pada lembar {names}: baca kriteria setiap tingkat, pilih satu tingkat untuk setiap "
            "indikator, tulis bukti dukung dan tautannya, dan pilih status jawabannya (diklaim, "
            "berbukti, atau terverifikasi).",
            "On the sheets {names}: read the criterion of every level, pick one level for each "
            "indicator, write what is shown for it and the link to it, and pick the state of the "
            "answer (claimed, evidenced or verified).",
        ).fill(names=names)
    if places.number_rows:
        yield Text(
            "Pada lembar {name}: ketik angkanya, dengan desimal tidak lebih dari yang tertulis.",
            "On the sheet {name}: type the numbers, with no more decimals than it says.",
        ).fill(name=places.numbers)
    yield Text(
        "Lembar {summary} menghitung selagi Anda mengisi, dan menyebut apa yang belum diisi. Yang "
        "belum diisi tetap tidak diketahui, kecuali instrumen menyatakan lain.",
        "The sheet {summary} computes while you type, and says what is missing. What is missing "
        "stays unknown, unless the instrument says otherwise.",
    ).fill(summary=places.summary)
    yield Text(
        "Simpan sebagai berkas Excel (.xlsx). Tempelkan isian sebagai nilai (paste values), agar "
        "daftar pilihan tidak tertimpa.",
        "Save it as an Excel file (.xlsx). Paste values only, so that the lists stay in place.",
    )
