"""The longer texts of the help: what each command is for, with examples to copy."""

from __future__ import annotations

from meritindex.language import Text

ABOUT = Text(
    id="""\
Menilai sistem merit instansi: eksak, dijelaskan sampai ke dasarnya, dan jujur
tentang apa yang tidak diketahui.""",
    en="""\
Scores the merit systems of agencies: exact, explained down to the sources, and
honest about what is not known.""",
)

EXAMPLES = Text(
    id="""\
contoh:
  meritindex score --sample                       nilai contoh semua daerah
  meritindex explain --sample "Kota Surabaya"     dari mana angkanya
  meritindex bounds --sample                      apa yang sudah pasti
  meritindex robustness --sample                  seberapa kokoh peringkatnya
  meritindex influence --sample                   apa yang membedakan nilainya
  meritindex improve --sample "Kota Batu"         apa yang perlu dikerjakan
  meritindex board --sample --by province         wilayah berdampingan
  meritindex report --sample "Kota Batu" -o b.html   laporan satu instansi
  meritindex progress a.csv b.csv                 kemajuan dari tahun ke tahun
  meritindex template ism-2026 -o formulir.xlsx   formulir Excel untuk diisi
  meritindex score folder-formulir                nilai formulir yang terisi
  meritindex score nilai.csv -o hasil.xlsx        hasil sebagai buku kerja
  meritindex show ism-2026                        instrumen dengan sumbernya
  meritindex score --help                         pilihan satu perintah

kode keluar: 0 selesai, 1 masukan ditolak, 2 kesalahan pemakaian""",
    en="""\
examples:
  meritindex score --sample                       points of the sample regions
  meritindex explain --sample "Kota Surabaya"     where the numbers come from
  meritindex bounds --sample                      what is certain already
  meritindex robustness --sample                  how robust the ranks are
  meritindex influence --sample                   what makes the totals differ
  meritindex improve --sample "Kota Batu"         what is to be done
  meritindex board --sample --by province         regions side by side
  meritindex report --sample "Kota Batu" -o b.html   a report on an agency
  meritindex progress a.csv b.csv                 from one year to the next
  meritindex template ism-2026 -o form.xlsx       an Excel form to fill in
  meritindex score folder-of-forms                score forms that are filled in
  meritindex score answers.csv -o result.xlsx     the result as a workbook
  meritindex show ism-2026                        an instrument with its sources
  meritindex score --help                         the options of a command

exit codes: 0 done, 1 the input was refused, 2 wrong usage""",
)

DESCRIPTIONS = {
    "instruments": Text(
        id="""\
Daftar instrumen yang ada: kode, judul, dan masa berlakunya. Dengan --on, hanya
yang berlaku pada hari itu; bila tidak dapat dipastikan, kode keluarnya 1.""",
        en="""\
Lists the instruments that exist: id, title, and when they are in force. With
--on, only the one in force on that day; exits with 1 where that is not certain.""",
    ),
    "show": Text(
        id="""\
Menampilkan satu instrumen seluruhnya: susunan, bobot, rumus, kategori,
kriteria, dan sumber. Setiap angka disertai status dan dasarnya.""",
        en="""\
Shows the whole of an instrument: structure, weights, rules, bands, criteria and
sources. Every number has its standing and its source beside it.""",
    ),
    "lint": Text(
        id="""\
Memeriksa satu instrumen dan menyebut yang keliru atau perlu dilihat lagi:
bobot, kategori yang tidak tercapai, tingkat tanpa pengaruh, angka tanpa sumber.
Kode keluar 1 bila ada kesalahan, 0 bila hanya peringatan dan catatan.""",
        en="""\
Looks an instrument over, and names what is wrong or needs a second look:
weights, bands out of reach, levels without effect, numbers without source.
Exits with 1 where one is an error, with 0 for warnings and notes alone.""",
    ),
    "diff": Text(
        id="""\
Membandingkan dua instrumen dan menyebut semua yang berubah: yang ditambahkan,
dihapus, dan dipindahkan, bobot, rumus, skala, kategori, rumusan, dan dasar.
Bagian dipasangkan menurut kodenya.""",
        en="""\
Compares two instruments and names everything that changed: what was added,
removed and moved, weights, rules, scales, bands, wording and sources. Parts are
matched by their codes.""",
    ),
    "sample": Text(
        id="""\
Menulis contoh jawaban: penilaian mandiri menurut ism-2026 untuk semua 546
daerah otonom. Jawabannya SINTETIS, dibuat untuk percobaan; tidak satu pun
merupakan jawaban instansi.""",
        en="""\
Writes sample answers: self-assessments under ism-2026 for all 546 autonomous
regions. The answers are SYNTHETIC, made up for trying things out; none is an
agency's own.""",
    ),
    "template": Text(
        id="""\
Menulis formulir Excel untuk satu instansi, yang menghitung sambil diisi, atau
berkas CSV kosong dengan satu baris untuk setiap penilaian dan satu kolom untuk
setiap hal yang perlu diisi; sel yang kosong berarti belum dijawab.""",
        en="""\
Writes an Excel form for one agency, which computes while it is filled in, or an
empty CSV file with a row for each assessment and a column for everything that
is to be answered; an empty cell is not answered.""",
    ),
    "score": Text(
        id="""\
Menghitung nilai, kategori, dan peringkat semua instansi dalam satu berkas.
Berkas yang salah ditolak seluruhnya, dan setiap kesalahan disebutkan.""",
        en="""\
Computes points, bands and ranks of all agencies in a file. A file with faults
is refused as a whole, and every fault is named.""",
    ),
    "bounds": Text(
        id="""\
Menyebut apa yang pasti meski bobot belum dipublikasikan atau jawaban belum ada
atau belum terverifikasi: batas nilai, kategori yang mungkin, dan peringkat
terbaik dan terburuk. Batas nilainya eksak, dan tercapai.""",
        en="""\
Says what is certain though weights are not published, or answers are missing or
not verified: between what ends totals lie, the bands that are possible, and the
best and the worst ranks. The ends of totals are exact, and attained.""",
    ),
    "robustness": Text(
        id="""\
Menarik bobot yang terbuka dan jawaban yang belum pasti secara acak, berkali-
kali, dan menghitung seberapa sering setiap instansi mendapat setiap kategori
dan peringkat. Itu bukan peluang bahwa hasilnya benar.""",
        en="""\
Draws open weights and doubtful answers at random, many times, and counts how
often each agency has each band and each rank. That is no probability that a
result is true.""",
    ),
    "influence": Text(
        id="""\
Menyebut apa yang membedakan nilai instansi: bobot setiap unsur dan seberapa
besar unsur itu menjelaskan perbedaan. Atau: apa yang berubah bila suatu bobot
lain, dan jawaban mana yang diverifikasi dahulu.""",
        en="""\
Says what makes the totals of agencies differ: the weight of each element, and
how much of the differences it explains. Or: what changes where a weight is
another, and which answers to verify first.""",
    ),
    "explain": Text(
        id="""\
Menjelaskan nilai satu instansi: setiap rumus dengan angkanya, tingkat yang
dijawab, statusnya, dan sumbernya.""",
        en="""\
Explains the score of one agency: every rule with its numbers, the levels that
were answered, their standing, and the sources.""",
    ),
    "improve": Text(
        id="""\
Menyusun rencana perbaikan: indikator mana yang dinaikkan ke tingkat mana agar
kategori berikutnya, atau sasaran lain, tercapai dengan biaya paling rendah, dan
bukti yang diperlukan. Terbukti termurah; bukan janji hasil verifikasi.""",
        en="""\
Makes a plan of improvement: which indicators to raise to which level so that
the next band, or another target, is reached at the lowest cost, and with what
evidence. Proven to be the cheapest; no promise of a verification.""",
    ),
    "board": Text(
        id="""\
Membandingkan kelompok instansi: sebaran nilai dan kategori, nilai tertinggi,
dan kenaikan terbesar. Dengan --group setiap instansi dalam satu kelompok;
dengan --agency satu instansi, kekurangannya di setiap dimensi, dan instansi
sebanding.""",
        en="""\
Compares groups of agencies: how totals and bands are spread, who leads, and who
rose most. With --group every agency of one group; with --agency one agency,
what it lacks in each dimension, and its peers.""",
    ),
    "report": Text(
        id="""\
Membuat laporan untuk dibaca, dicetak, atau dikirim: satu instansi, satu
kelompok (--group), atau semua. Satu halaman tanpa skrip dan tanpa jaringan.
Dengan -o FOLDER/ satu halaman untuk setiap instansi, dan index.html.""",
        en="""\
Makes a report to read, print or send: on one agency, on one group (--group) or
on all. One page, without scripts and without network. With -o FOLDER/ a page
on every agency, and index.html.""",
    ),
    "reconcile": Text(
        id="""\
Membandingkan klaim dengan hasil verifikasi: butir mana yang berbeda, berapa
nilai yang bergeser oleh setiap temuan, mana yang sendirian mengubah kategori,
dan apa yang belum terpenuhi. Jumlah semua pergeseran tepat sama dengan selisih
kedua nilai.""",
        en="""\
Compares what is claimed with what was found: which items differ, how far each
finding moves the total, which of them alone changes the band, and what was not
met. All moves together are exactly the difference of the two totals.""",
    ),
    "progress": Text(
        id="""\
Mengikuti kemajuan instansi dari tahun ke tahun: nilai, dimensi, dan jawaban
yang naik atau turun, dan berapa yang berasal dari perubahan instrumen. Dengan
--commitments juga apakah komitmennya tercapai, pada hari --as-of.""",
        en="""\
Follows agencies through the years: totals, dimensions and answers that rose or
fell, and how much comes from a new instrument. With --commitments also whether
promises are kept, on the day of --as-of.""",
    ),
    "record": Text(
        id="""\
Menyimpan hasil satu instansi sebagai rekaman: jawaban, bobot, instrumen, dan
hasilnya dalam satu berkas JSON, yang selalu sama untuk hasil yang sama.""",
        en="""\
Keeps the result of one agency as a record: answers, weights, instrument and
result in one JSON file, always the same for the same result.""",
    ),
    "verify": Text(
        id="""\
Menghitung ulang sebuah rekaman dan menyebutkan setiap hal yang berbeda. Kode
keluar 0 bila cocok, 1 bila berbeda atau bukan rekaman. Yang diperiksa adalah
hitungannya, bukan kebenaran jawabannya.""",
        en="""\
Computes a record anew and names everything that differs. The exit code is 0 if
it holds, 1 if it differs or is no record. What is checked is the arithmetic,
not whether the answers are true.""",
    ),
}

COMMAND_EXAMPLES = {
    "instruments": Text(
        id="""\
contoh:
  meritindex instruments --lang en
  meritindex instruments --on 2025-12-30""",
        en="""\
examples:
  meritindex instruments --lang en
  meritindex instruments --on 2025-12-30 --lang en""",
    ),
    "show": Text(
        id="""\
contoh:
  meritindex show ism-2019
  meritindex show ism-2026 -o ism-2026.html
  meritindex show instrumen-saya.toml -o ism-2026.xlsx""",
        en="""\
examples:
  meritindex show ism-2019 --lang en
  meritindex show ism-2026 -o ism-2026.html
  meritindex show my-instrument.toml -o ism-2026.xlsx""",
    ),
    "lint": Text(
        id="""\
contoh:
  meritindex lint instrumen-saya.toml
  meritindex lint ism-2026 -o temuan.md
  meritindex lint instrumen-saya.toml --format json""",
        en="""\
examples:
  meritindex lint my-instrument.toml
  meritindex lint ism-2026 -o findings.md
  meritindex lint my-instrument.toml --format json""",
    ),
    "diff": Text(
        id="""\
contoh:
  meritindex diff ism-2019 ism-2026
  meritindex diff ism-2026 instrumen-saya.toml
  meritindex diff lama.toml baru.toml -o perubahan.md""",
        en="""\
examples:
  meritindex diff ism-2019 ism-2026 --lang en
  meritindex diff ism-2026 my-instrument.toml
  meritindex diff old.toml new.toml -o changes.md""",
    ),
    "sample": Text(
        id="""\
contoh:
  meritindex sample -o contoh.csv
  meritindex sample --seed 7 -o contoh-lain.csv""",
        en="""\
examples:
  meritindex sample -o sample.csv
  meritindex sample --seed 7 -o another.csv""",
    ),
    "template": Text(
        id="""\
contoh:
  meritindex template ism-2026 -o formulir.xlsx
  meritindex template ism-2019 -o nilai-2023.csv""",
        en="""\
examples:
  meritindex template ism-2026 -o form.xlsx
  meritindex template ism-2019 -o points-2023.csv""",
    ),
    "score": Text(
        id="""\
contoh:
  meritindex score --sample
  meritindex score nilai.csv --by kind
  meritindex score nilai-2023.csv --instrument ism-2019
  meritindex score nilai.csv --weighting given:bobot.csv
  meritindex score folder-formulir -o hasil.xlsx
  meritindex score nilai.csv --leave-out-faulty -o hasil.csv""",
        en="""\
examples:
  meritindex score --sample
  meritindex score answers.csv --by kind
  meritindex score points-2023.csv --instrument ism-2019
  meritindex score answers.csv --weighting given:weights.csv
  meritindex score folder-of-forms -o result.xlsx
  meritindex score answers.csv --leave-out-faulty -o result.csv""",
    ),
    "bounds": Text(
        id="""\
contoh:
  meritindex bounds --sample
  meritindex bounds --sample --agency "Kota Malang"
  meritindex bounds nilai.csv --claimed down-1 --unanswered lowest
  meritindex bounds nilai.csv --weighting admissible:bobot.toml
  meritindex bounds nilai.csv --agency 35.78 --exact
  meritindex bounds nilai.csv -o batas.json

berkas admissible, semuanya boleh tidak ada:
  source = "Rapat 3 Maret 2026"
  order = [["a2", "a5"]]      # bobot a2 paling sedikit sama dengan bobot a5
  [weights]
  a3 = "15"
  a4 = ["10", "20"]           # di antara keduanya; "" bila tidak diketahui
  [[sums]]
  codes = ["a6", "a7"]
  is = "30"                   # atau from dan to""",
        en="""\
examples:
  meritindex bounds --sample
  meritindex bounds --sample --agency "Kota Malang"
  meritindex bounds answers.csv --claimed down-1 --unanswered lowest
  meritindex bounds answers.csv --weighting admissible:weights.toml
  meritindex bounds answers.csv --agency 35.78 --exact
  meritindex bounds answers.csv -o bounds.json

a file of admissible, of which everything is optional:
  source = "Meeting of 3 March 2026"
  order = [["a2", "a5"]]      # a2 weighs at least as much as a5
  [weights]
  a3 = "15"
  a4 = ["10", "20"]           # between these; "" for what is not known
  [[sums]]
  codes = ["a6", "a7"]
  is = "30"                   # or from and to""",
    ),
    "robustness": Text(
        id="""\
contoh:
  meritindex robustness --sample
  meritindex robustness --sample --agency "Kota Malang" --draws 1000
  meritindex robustness nilai.csv --weighting admissible:bobot.toml
  meritindex robustness nilai.csv --around equal-remainder --concentration 80
  meritindex robustness nilai.csv --claimed down-1 --seed 7 -o kokoh.json

Berkas admissible seperti pada meritindex bounds --help.""",
        en="""\
examples:
  meritindex robustness --sample
  meritindex robustness --sample --agency "Kota Malang" --draws 1000
  meritindex robustness answers.csv --weighting admissible:weights.toml
  meritindex robustness answers.csv --around equal-remainder --concentration 80
  meritindex robustness answers.csv --claimed down-1 --seed 7 -o robust.json

The file of admissible is as in meritindex bounds --help.""",
    ),
    "influence": Text(
        id="""\
contoh:
  meritindex influence --sample
  meritindex influence --sample --without a7
  meritindex influence --sample --shift a7 20
  meritindex influence --sample --swap a7 "Kota Madiun" Riau
  meritindex influence --sample --band-changes a7 "Kabupaten Maros"
  meritindex influence --sample --verify-first --agency "Kota Malang"
  meritindex influence nilai.csv --sobol --of "Kota Batu"
  meritindex influence nilai.csv -o pengaruh.json""",
        en="""\
examples:
  meritindex influence --sample
  meritindex influence --sample --without a7
  meritindex influence --sample --shift a7 20
  meritindex influence --sample --swap a7 "Kota Madiun" Riau
  meritindex influence --sample --band-changes a7 "Kabupaten Maros"
  meritindex influence --sample --verify-first --agency "Kota Malang"
  meritindex influence answers.csv --sobol --of "Kota Batu"
  meritindex influence answers.csv -o influence.json""",
    ),
    "explain": Text(
        id="""\
contoh:
  meritindex explain --sample "Kota Surabaya"
  meritindex explain nilai.csv 35.78 -o surabaya.html
  meritindex explain nilai-2023.csv "Pemkab Sleman" --instrument ism-2019""",
        en="""\
examples:
  meritindex explain --sample "Kota Surabaya"
  meritindex explain answers.csv 35.78 -o surabaya.html
  meritindex explain points-2023.csv "Pemkab Sleman" --instrument ism-2019""",
    ),
    "improve": Text(
        id="""\
contoh:
  meritindex improve nilai.csv "Kota Batu" -o rencana.html
  meritindex improve nilai.csv 35.79 --to Tinggi --alternatives 3
  meritindex improve nilai.csv 35.79 --costs biaya.csv --unit "juta rupiah"
  meritindex improve nilai.csv 35.79 --to 0,75 --fixed a6 --most-levels 2
  meritindex improve nilai.csv 35.79 --before "a4q1_kabkota<a4q2<a2q1"
  meritindex improve nilai.csv 35.79 --costs biaya.csv --by 2026-12-31
  meritindex improve nilai.csv 35.79 --budget 10 --most
  meritindex improve nilai.csv --to rank:10 -o rencana.csv

berkas biaya (level yang kosong berarti setiap langkah):
  code,level,cost,ready
  a1q1,,10,
  a2q1,3,250,2026-09-30""",
        en="""\
examples:
  meritindex improve answers.csv "Kota Batu" -o plan.html
  meritindex improve answers.csv 35.79 --to Tinggi --alternatives 3
  meritindex improve answers.csv 35.79 --costs costs.csv --unit "million rupiah"
  meritindex improve answers.csv 35.79 --to 0.75 --fixed a6 --most-levels 2
  meritindex improve answers.csv 35.79 --before "a4q1_kabkota<a4q2<a2q1"
  meritindex improve answers.csv 35.79 --costs costs.csv --by 2026-12-31
  meritindex improve answers.csv 35.79 --budget 10 --most
  meritindex improve answers.csv --to rank:10 -o plans.csv

a file of costs (an empty level is every step):
  code,level,cost,ready
  a1q1,,10,
  a2q1,3,250,2026-09-30""",
    ),
    "board": Text(
        id="""\
contoh:
  meritindex board --sample --by province
  meritindex board nilai.csv --by kanreg --group VII -o papan.html
  meritindex board nilai.csv --by wilayah.csv --before nilai-2025.csv
  meritindex board nilai.csv --by province --agency "Kota Batu" -o batu.html
  meritindex board nilai.csv --by kind -o papan.xlsx

berkas kelompok (nama atau kode; kelompok yang kosong berarti tanpa kelompok):
  agency,group
  Kota Batu,Malang Raya
  35.07,Malang Raya""",
        en="""\
examples:
  meritindex board --sample --by province
  meritindex board answers.csv --by kanreg --group VII -o board.html
  meritindex board answers.csv --by regions.csv --before answers-2025.csv
  meritindex board answers.csv --by province --agency "Kota Batu" -o batu.html
  meritindex board answers.csv --by kind -o board.xlsx

a file of groups (a name or code; an empty group is none):
  agency,group
  Kota Batu,Malang Raya
  35.07,Malang Raya""",
    ),
    "report": Text(
        id="""\
contoh:
  meritindex report --sample "Kota Batu" -o batu.html
  meritindex report nilai.csv --group Jambi -o jambi.html
  meritindex report nilai.csv --by kanreg -o semua.html
  meritindex report nilai.csv -o laporan/
  meritindex report --sample "Kota Batu" --lang en -o batu.md""",
        en="""\
examples:
  meritindex report --sample "Kota Batu" -o batu.html
  meritindex report answers.csv --group Jambi -o jambi.html
  meritindex report answers.csv --by kanreg -o all.html
  meritindex report answers.csv -o reports/
  meritindex report --sample "Kota Batu" -o batu.md""",
    ),
    "reconcile": Text(
        id="""\
contoh:
  meritindex reconcile klaim.csv temuan.csv
  meritindex reconcile klaim.csv temuan.csv --agency "Kota Batu"
  meritindex reconcile klaim.csv temuan.csv --agency 35.79 --plan -o batu.html
  meritindex reconcile klaim.csv temuan.csv -o selisih.csv
  meritindex reconcile nilai.csv temuan.csv --claimed-stage mandiri""",
        en="""\
examples:
  meritindex reconcile claims.csv found.csv
  meritindex reconcile claims.csv found.csv --agency "Kota Batu"
  meritindex reconcile claims.csv found.csv --agency 35.79 --plan -o batu.html
  meritindex reconcile claims.csv found.csv -o differences.csv
  meritindex reconcile answers.csv found.csv --claimed-stage self-assessed""",
    ),
    "progress": Text(
        id="""\
contoh:
  meritindex progress nilai-2025.csv nilai-2026.csv
  meritindex progress nilai.csv --stage penetapan --agency "Kota Batu"
  meritindex progress nilai.csv --commitments catalog --as-of 2026-12-31
  meritindex progress nilai.csv --commitments komitmen.toml --as-of 2026-12-31
  meritindex progress a.csv b.csv --instrument ism-2019 --instrument ism-2026
  meritindex progress nilai-2025.csv nilai-2026.csv -o kemajuan.html""",
        en="""\
examples:
  meritindex progress answers-2025.csv answers-2026.csv
  meritindex progress answers.csv --stage determined --agency "Kota Batu"
  meritindex progress answers.csv --commitments catalog --as-of 2026-12-31
  meritindex progress answers.csv --commitments promises.toml --as-of 2026-12-31
  meritindex progress a.csv b.csv --instrument ism-2019 --instrument ism-2026
  meritindex progress answers-2025.csv answers-2026.csv -o progress.html""",
    ),
    "record": Text(
        id="""\
contoh:
  meritindex record nilai.csv 35.78 -o surabaya.json
  meritindex record nilai.csv "Kota Batu" --year 2026 -o batu.json""",
        en="""\
examples:
  meritindex record answers.csv 35.78 -o surabaya.json
  meritindex record answers.csv "Kota Batu" --year 2026 -o batu.json""",
    ),
    "verify": Text(
        id="""\
contoh:
  meritindex verify surabaya.json
  meritindex verify surabaya.json --instrument instrumen-saya.toml""",
        en="""\
examples:
  meritindex verify surabaya.json --lang en
  meritindex verify surabaya.json --instrument my-instrument.toml""",
    ),
}
