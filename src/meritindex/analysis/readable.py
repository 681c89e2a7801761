"""Parts of a definition as short texts: what their fields are called, and what is in them."""

from __future__ import annotations

import enum
from fractions import Fraction

import attrs

from meritindex.definition import Band, Bands, Basis, Shortfall
from meritindex.language import LANGUAGES, Text, listed
from meritindex.numbers import localized, shortest_text

NOTHING = Text("tidak ada", "none")
NOT_PUBLISHED = Text("belum dipublikasikan", "not published")

# A field that is not here is called by its own name, so that one that is new is never left out.
_FIELDS = {
    "above": Text("di atas", "above"),
    "band": Text("kategori", "band"),
    "band_caps": Text("batas kategori", "band cap"),
    "bands": Text("kategori", "bands"),
    "basis": Text("dasar", "basis"),
    "below": Text("di bawah", "below"),
    "bonuses": Text("tambahan", "bonuses"),
    "by_kind": Text("jawaban menurut jenis instansi", "options by kind of agency"),
    "capped": Text("dibatasi pada patok", "capped at the posts"),
    "caps": Text("batas atas", "cap"),
    "children": Text("unsur", "children"),
    "code": Text("kode", "code"),
    "conditions": Text("syarat berlaku", "condition"),
    "criterion": Text("kriteria", "criterion"),
    "cumulative": Text("kumulatif", "cumulative"),
    "decimals": Text("desimal", "decimals"),
    "deductions": Text("pengurangan", "deductions"),
    "default_weighting": Text("pembobotan bawaan", "default weighting"),
    "derived": Text("angka turunan", "derived figure"),
    "digits": Text("desimal", "decimals"),
    "entry_maximum": Text("batas isian", "entry maximum"),
    "evidence": Text("bukti dukung", "evidence"),
    "exponent": Text("pangkat", "exponent"),
    "factor": Text("faktor", "factor"),
    "family": Text("keluarga", "family"),
    "floor": Text("batas bawah", "floor"),
    "gate": Text("pertanyaan pembuka", "gate"),
    "gates": Text("pertanyaan pembuka", "gate"),
    "high": Text("patok atas", "high post"),
    "id": Text("kode", "id"),
    "in_force": Text("masa berlaku", "in force"),
    "inclusive": Text("termasuk batasnya", "the limit itself included"),
    "label": Text("tulisan", "label"),
    "levels": Text("tingkat", "level"),
    "logarithmic": Text("logaritmik", "logarithmic"),
    "low": Text("patok bawah", "low post"),
    "lower": Text("batas bawah", "lower limit"),
    "maximum": Text("maksimum", "maximum"),
    "minimum": Text("minimum", "minimum"),
    "missing": Text("bila tidak ada", "if missing"),
    "missing_basis": Text("dasar bila tidak ada", "basis if missing"),
    "mode": Text("cara", "mode"),
    "name": Text("nama", "name"),
    "options": Text("pilihan", "option"),
    "order": Text("urutan", "order"),
    "points": Text("nilai", "points"),
    "points_at_high": Text("nilai pada patok atas", "points at the high post"),
    "points_at_low": Text("nilai pada patok bawah", "points at the low post"),
    "question": Text("pertanyaan", "question"),
    "remark": Text("catatan", "remark"),
    "remarks": Text("catatan", "remark"),
    "root": Text("akar", "root"),
    "rounding": Text("pembulatan", "rounding"),
    "rule": Text("rumus", "rule"),
    "scale": Text("skala", "scale"),
    "shortfall": Text("selama", "while"),
    "source": Text("sumber", "source"),
    "sources": Text("sumber", "source"),
    "standing": Text("status", "standing"),
    "start": Text("sejak", "from"),
    "steps": Text("langkah", "step"),
    "text": Text("teks", "text"),
    "title": Text("judul", "title"),
    "until": Text("sampai sebelum", "until before"),
    "upper": Text("batas atas", "upper limit"),
    "url": Text("alamat", "address"),
    "value": Text("nilai", "value"),
    "weight": Text("bobot", "weight"),
    "weights": Text("bobot", "weight"),
    "whole": Text("jumlah bobot", "sum of the weights"),
}


def field_label(name: str) -> Text:
    """Return what a field is called."""
    return _FIELDS.get(name) or Text.same(name)


def number_text(value: Fraction) -> Text:
    """Return a number in full, with the decimal mark of each language."""
    written = shortest_text(value)
    return Text(*(localized(written, language) for language in LANGUAGES))


def readable(value: object) -> Text:
    """Return any part of a definition as one text."""
    match value:
        case None | ():
            text = NOTHING
        case Text():
            text = value
        case bool():
            text = Text("ya", "yes") if value else Text("tidak", "no")
        case enum.Enum():
            text = _member(value)
        case int() | Fraction():
            text = number_text(Fraction(value))
        case tuple():
            plain = all(isinstance(item, str | Fraction) for item in value)
            text = listed([readable(item) for item in value], ", " if plain else "; ")
        case Basis():
            text = _basis(value)
        case Band():
            text = _range(value)
        case Bands():
            text = _bands(value)
        case Shortfall():
            text = Text("{code} di bawah {below}", "{code} is below {below}").fill(
                code=value.code, below=number_text(value.below)
            )
        case _:
            text = _fields(value) if attrs.has(type(value)) else Text.same(str(value))
    return text


def _member(value: enum.Enum) -> Text:
    label = getattr(value, "label", None)
    return label if isinstance(label, Text) else Text.same(str(value.value))


def _basis(basis: Basis) -> Text:
    """Return a standing with its sources and its reason."""
    details = [Text.same(", ".join(basis.sources))] if basis.sources else []
    details += [] if basis.reason is None else [basis.reason]
    label = basis.standing.label
    return _with(label, listed(details, "; ")) if details else label


def _with(text: Text, detail: Text) -> Text:
    return Text("{text} ({detail})", "{text} ({detail})").fill(text=text, detail=detail)


def _range(band: Band) -> Text:
    """Return the range of a band."""
    ends = [
        Text("{sign} {value}", "{sign} {value}").fill(
            sign=signs[limit.inclusive], value=number_text(limit.value)
        )
        for limit, signs in ((band.lower, (">", "≥")), (band.upper, ("<", "≤")))
        if limit is not None
    ]
    if not ends:
        return Text("semua nilai", "all points")
    return Text(" dan ".join(end.id for end in ends), " and ".join(end.en for end in ends))


def _bands(bands: Bands) -> Text:
    """Return the bands with their ranges, and the rounding before them."""
    parts = [
        Text("{name} {range}", "{name} {range}").fill(name=band.name, range=_range(band))
        for band in bands
    ]
    if bands.rounding is not None:
        rounding = Text("pembulatan: {fields}", "rounding: {fields}")
        parts.append(rounding.fill(fields=_fields(bands.rounding)))
    return listed(parts, "; ")


def _fields(value: object) -> Text:
    """Return any other definition by its label and the fields that say something."""
    label = getattr(value, "label", None)
    parts = [label] if isinstance(label, Text) else []
    for attribute in attrs.fields(type(value)):  # type: ignore[arg-type]  # the caller knows
        content = getattr(value, attribute.name)
        if content is not None and content != () and content is not label:
            name, text = field_label(attribute.name), readable(content)
            parts.append(Text("{name} {text}", "{name} {text}").fill(name=name, text=text))
    return listed(parts, "; ")
