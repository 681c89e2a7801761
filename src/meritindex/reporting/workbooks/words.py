"""What the sheets of results say, in both languages."""

from __future__ import annotations

from meritindex.language import Language, Text

SUMMARY = Text("Ringkasan", "Summary")
RESULTS = Text("Hasil", "Results")
ANSWERS = Text("Jawaban", "Answers")
CALCULATION = Text("Hitungan", "Calculation")
BANDS = Text("Kategori", "Bands")

UNKNOWN = "–"
"""What a sheet shows for points, a band or a rank that is not known."""

_PARTS = {
    "present": Text("bobot yang berlaku", "share that applies"),
    "counted": Text("bobot yang dihitung", "share that counts"),
    "raw": Text("pembilang sebelum dibulatkan", "numerator before rounding"),
    "state": Text("keadaan", "state"),
    "numerator": Text("pembilang", "numerator"),
    "free": Text("nomor kategori sebelum batas", "number of the band before caps"),
    "band": Text("nomor kategori", "number of the band"),
}
_CHILD = Text("unsur {number}", "child {number}")

AS_WRITTEN = Text("{what} (saat ditulis)", "{what} (as written)")

USING = Text("Cara memakai", "How to use it")
STATES = Text(
    "Dalam perhitungan, keadaan sebuah dimensi: 1 dihitung, 2 diisi langsung, 3 diganti menurut "
    "ketentuan, 0 tidak diketahui, -1 tidak berlaku. Jawaban yang tidak diterima instrumen "
    "dihitung sebagai belum dijawab.",
    "In the calculation, the state of a dimension: 1 computed, 2 entered, 3 filled by a policy, "
    "0 not known, -1 doesn't apply. An answer that the instrument doesn't allow counts as none.",
)
RECOMPUTES = Text(
    "Ubah sel kuning di lembar “{sheet}”: {what} dihitung ulang dalam buku kerja dengan bilangan "
    "bulat, sama seperti pustaka. Status, alasan, dan kolom “saat ditulis” tetap menceritakan "
    "jawaban semula.",
    "Change the yellow cells on the sheet “{sheet}”: {what} are computed anew in the workbook, in "
    "integers, as the library does. Standing, reasons and what is marked “as written” stay with "
    "the answers that were there.",
)
OF_ONE = Text("nilai dan kategori", "points and bands")
OF_MANY = Text("nilai, kategori, dan peringkat", "points, bands and ranks")
VALUES_ONLY = Text(
    "Buku kerja ini berisi angka, bukan rumus: {why}. Angkanya dari pustaka.",
    "This workbook holds numbers, not formulas: {why}. They are the library's.",
)
NOT_ALLOWED = Text(
    "Jawaban yang diterima: {allowed}. Kosongkan bila belum dijawab.",
    "Allowed answers: {allowed}. Leave it empty where it is not answered.",
)


def part_name(part: str) -> Text:
    """Return what a part of a calculation is called."""
    name, _, number = part.partition(" ")
    return _CHILD.fill(number=number) if number else _PARTS[name]


def band_label(name: Text, language: Language) -> str:
    """Return the official name of a band, with its translation where that is asked for."""
    translated = language == "en" and name.en != name.id
    return f"{name.id} ({name.en})" if translated else name.id
