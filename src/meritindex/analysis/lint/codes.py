"""The codes of the linter: how grave each is, what it means, and what to do about it."""

from __future__ import annotations

import attrs

from meritindex.analysis.lint.findings import Severity
from meritindex.language import Language, Text
from meritindex.layout import Column, Table

_NOTE, _WARNING, _ERROR = Severity.NOTE, Severity.WARNING, Severity.ERROR


@attrs.frozen
class Code:
    """One kind of finding."""

    code: str
    severities: tuple[Severity, ...]
    meaning: Text
    advice: Text


CODES = (
    Code(
        "weights-incomplete",
        (_WARNING,),
        Text(
            "Bobot tampak seperti bagian dari 1 atau 100, tetapi jumlahnya tidak tepat 1 atau 100.",
            "Weights look like shares of 1 or of 100, but don't add up to it.",
        ),
        Text(
            "Perbaiki bobotnya, dan nyatakan whole pada rumus agar jumlahnya selalu diperiksa.",
            "Correct the weights, and state a whole in the rule, so that their sum is checked.",
        ),
    ),
    Code(
        "weight-unpublished",
        (_WARNING,),
        Text("Bobot yang belum dipublikasikan siapa pun.", "A weight that nobody has published."),
        Text(
            "Isi begitu terbit; sampai saat itu hasilnya bersandar pada asumsi.",
            "Enter it when it is published; until then results rest on an assumption.",
        ),
    ),
    Code(
        "band-unreachable",
        (_ERROR, _WARNING),
        Text(
            "Kategori yang tidak dicapai jawaban lengkap mana pun. Kesalahan, kecuali bila masih "
            "dapat dicapai lewat nilai yang diisi langsung, jawaban kosong, atau bobot lain, atau "
            "bila kategori itu dipakai bersama dimensi yang dapat mencapainya.",
            "A band that no complete answers reach. An error, unless points that are entered, "
            "missing answers or other weights may reach it, or the bands are shared with a "
            "dimension that can.",
        ),
        Text(
            "Periksa batas kategori terhadap nilai tertinggi dan terendah yang disebutkan.",
            "Compare the limits with the lowest and highest points that are named.",
        ),
    ),
    Code(
        "threshold-unattained",
        (_NOTE,),
        Text(
            "Batas kategori yang tidak pernah tepat tercapai, karena terletak di antara dua nilai "
            "yang mungkin.",
            "A limit that no points equal, for it lies between two that are possible.",
        ),
        Text(
            "Pastikan ambang yang sebenarnya berlaku memang dikehendaki; itu nilai terdekat di "
            "atasnya.",
            "See that the threshold that holds in fact, the nearest points above, is meant.",
        ),
    ),
    Code(
        "rounded-twice",
        (_WARNING, _NOTE),
        Text(
            "Nilai dibulatkan di dimensinya dan sekali lagi sebelum kategori, dan hasilnya berbeda "
            "dari satu pembulatan; atau pembulatan kedua tidak berpengaruh.",
            "Points are rounded at the dimension and again before the bands, which differs from "
            "rounding once; or the second rounding has no effect.",
        ),
        Text("Nyatakan satu pembulatan saja.", "State one rounding only."),
    ),
    Code(
        "level-without-effect",
        (_WARNING,),
        Text(
            "Tingkat yang bernilai sama dengan tingkat di bawahnya, langkah yang tidak dicapai "
            "nilai mana pun, atau patok di luar rentang.",
            "A level worth the same as the one below, a step that no value gets, or posts outside "
            "the range.",
        ),
        Text(
            "Periksa nilai tingkatnya, atau satuan ambang dan rentangnya (persen atau proporsi?).",
            "Check the points, or the unit of threshold and range (percent or share?).",
        ),
    ),
    Code(
        "evidence-missing",
        (_WARNING,),
        Text("Indikator tanpa bukti dukung.", "An indicator without evidence."),
        Text("Sebutkan apa yang harus ditunjukkan.", "State what is to be shown."),
    ),
    Code(
        "source-missing",
        (_WARNING,),
        Text(
            "Angka atau aturan tanpa sumber, yang hanya diasumsikan.",
            "A number or rule without a source, only assumed.",
        ),
        Text(
            "Rujuk pasal atau dokumennya; bila tidak ada, asumsi itu tetap terlihat di hasil.",
            "Cite the article or document; where there is none, results go on showing it.",
        ),
    ),
    Code(
        "source-unused",
        (_NOTE,),
        Text("Sumber yang tidak dirujuk apa pun.", "A source that nothing cites."),
        Text("Rujuk atau hapus.", "Cite it or leave it out."),
    ),
    Code(
        "date-missing",
        (_NOTE,),
        Text(
            "Tidak dinyatakan sejak kapan instrumen berlaku.",
            "It is not stated from when on the instrument is in force.",
        ),
        Text("Tambahkan in_force.", "Add in_force."),
    ),
    Code(
        "never-decides",
        (_WARNING,),
        Text(
            "Indikator, ukuran, atau dimensi yang tidak pernah mengubah kategori total: berbobot "
            "nol, selalu sama, tidak pernah berlaku, atau terlalu kecil di setiap batas.",
            "An indicator, measure or dimension that never changes the band of the total: without "
            "weight, always the same, never applying, or too small at every limit.",
        ),
        Text(
            "Naikkan bobotnya, atau pertimbangkan apakah unsur itu perlu dinilai.",
            "Give it more weight, or ask what it is assessed for.",
        ),
    ),
    Code(
        "gate-removes-dimension",
        (_ERROR, _WARNING),
        Text(
            "Jawaban pertanyaan pembuka yang membuat seluruh dimensi tidak berlaku. Kesalahan bila "
            "tidak ada lagi nilai total.",
            "An answer to a gate under which a whole dimension does not apply. An error where no "
            "total is left.",
        ),
        Text(
            "Pastikan itu dikehendaki: bobotnya beralih ke unsur lain, atau nilainya hilang.",
            "See that it is meant: its weight goes to the other parts, or its points are lost.",
        ),
    ),
    Code(
        "gate-unused",
        (_WARNING,),
        Text("Pertanyaan pembuka yang tidak menentukan apa pun.", "A gate that decides nothing."),
        Text("Pakai pada suatu indikator, atau hapus.", "Use it at an indicator, or leave it out."),
    ),
    Code(
        "breaks-monotony",
        (_WARNING, _NOTE),
        Text(
            "Nilai yang bila naik menurunkan hasil: pengurangan, skala terbalik, atau langkah yang "
            "turun. Catatan bila bersumber, peringatan bila hanya diasumsikan.",
            "A value that lowers the result as it rises: a deduction, a reversed scale, a step "
            "that falls. A note where it cites a source, a warning where it is only assumed.",
        ),
        Text(
            "Pastikan arahnya memang begitu, dan rujuk aturannya.",
            "See that this direction is meant, and cite the rule.",
        ),
    ),
    Code(
        "double-weighting",
        (_WARNING,),
        Text(
            "Hal yang sama (pertanyaan, nama, atau kriteria dan bukti) dihitung di bawah dua kode.",
            "The same thing (question, name, or criteria and evidence) counts under two codes.",
        ),
        Text(
            "Hapus salah satu, atau pisahkan dengan pertanyaan pembuka.",
            "Leave one out, or keep them apart by a gate.",
        ),
    ),
    Code(
        "inexact-unrounded",
        (_WARNING,),
        Text(
            "Hasil yang tidak eksak dan dibandingkan tanpa pembulatan.",
            "A result that is not exact and is compared without rounding.",
        ),
        Text(
            "Nyatakan pembulatan di dimensi atau sebelum kategori.",
            "State a rounding at the dimension or before the bands.",
        ),
    ),
    Code(
        "zero-refused",
        (_ERROR, _WARNING),
        Text(
            "Rata-rata yang tidak dapat diambil dari nol atau nilai negatif, padahal suatu unsur "
            "dapat bernilai begitu. Kesalahan bila itu tingkat sebuah indikator.",
            "A mean that can't be taken of zero or less, though a child can be worth that. An "
            "error where it is a level of an indicator.",
        ),
        Text(
            "Nyatakan floor pada rumus, atau naikkan nilai terendah.",
            "State a floor in the rule, or raise the lowest points.",
        ),
    ),
    Code(
        "silence-rewarded",
        (_WARNING, _NOTE),
        Text(
            "Kebijakan jawaban kosong yang membuat tidak menjawab lebih menguntungkan daripada "
            "menjawab. Catatan bila bersumber.",
            "A policy for missing answers under which silence can beat an answer. A note where it "
            "cites a source.",
        ),
        Text("Pakai unknown atau lowest.", "Use unknown or lowest."),
    ),
    Code(
        "cap-without-effect",
        (_WARNING,),
        Text(
            "Batas atas atau bawah yang tidak pernah berpengaruh.",
            "A cap or floor that never has an effect.",
        ),
        Text(
            "Periksa angkanya terhadap skala unsur yang dimaksud.",
            "Check its number against the scale of what it is about.",
        ),
    ),
    Code(
        "cap-always-holds",
        (_WARNING,),
        Text(
            "Batas yang syaratnya selalu terpenuhi, misalnya 'di bawah 2' pada skala 0 sampai 1.",
            "A cap or floor that always holds, such as 'below 2' on a scale from 0 to 1.",
        ),
        Text(
            "Periksa angkanya terhadap skala unsur yang dimaksud.",
            "Check its number against the scale of what it is about.",
        ),
    ),
    Code(
        "entry-maximum-unreachable",
        (_NOTE,),
        Text(
            "Nilai boleh diisi langsung lebih tinggi daripada yang dicapai jawaban.",
            "Points may be entered beyond what answers reach.",
        ),
        Text(
            "Pastikan sumbernya mengenal nilai setinggi itu.",
            "See that the source knows points as high as that.",
        ),
    ),
    Code(
        "entry-maximum-without-effect",
        (_WARNING,),
        Text(
            "Batas isian yang tidak melampaui apa yang dicapai jawaban.",
            "An entry maximum that does not go beyond what answers reach.",
        ),
        Text("Naikkan atau hapus.", "Raise it or leave it out."),
    ),
)


def codes_table(language: Language) -> Table:
    """Return the codes as a table, as the documentation shows it."""
    titles = (
        Text("kode", "code"),
        Text("tingkat", "severity"),
        Text("artinya", "means"),
        Text("tindakan", "what to do"),
    )
    return Table(
        tuple(Column(title.in_language(language)) for title in titles),
        tuple(
            (
                each.code,
                ", ".join(severity.label.in_language(language) for severity in each.severities),
                each.meaning.in_language(language),
                each.advice.in_language(language),
            )
            for each in CODES
        ),
    )
