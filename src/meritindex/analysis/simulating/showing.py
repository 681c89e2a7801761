"""The results of a simulation as documents of plain cells, in either language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from meritindex.analysis.premises import premise_lines
from meritindex.analysis.simulating.agency import AgencyRobustness
from meritindex.analysis.simulating.around import Around
from meritindex.analysis.simulating.result import Robustness
from meritindex.definition import Standing
from meritindex.language import Language, Text
from meritindex.layout import Cell, Column, Document, Heading, Listing, Paragraph, Part, Table
from meritindex.numbers import decimal_text, localized
from meritindex.scoring import Reason
from meritindex.scoring.saying import (
    SYNTHETIC,
    UNKNOWN,
    Sayer,
    card_title,
    ground_lines,
    left_out_parts,
    not_exact_lines,
    remark_parts,
    standing_parts,
    who,
)

# Percentiles between which most ranks lie, as shown.
_LOW, _HIGH = 5, 95
# The shares of ranks are shown where no more than so many occur.
_SHOWN_RANKS = 10

_WEIGHTS = Text("bobot yang terbuka", "open weights")
_ANSWERS = Text(
    "jawaban yang terbuka dalam {count} penilaian", "open answers in {count} of the assessments"
)
_BOTH = Text("{one} dan {other}", "{one} and {other}")
_DRAWN = Text(
    "{draws} kali {what} ditarik secara acak dari yang dianggap mungkin, dan setiap kali semua "
    "instansi dinilai dan diperingkat dengan tepat.",
    "{draws} times, {what} were drawn at random from what is taken as possible, and each time all "
    "agencies were scored and ranked exactly.",
)
_NOTHING = Text(
    "Tidak ada bobot atau jawaban yang terbuka, sehingga semua dari {draws} tarikan sama.",
    "No weights and no answers are open, so all {draws} draws are the same.",
)
_MEANING = Text(
    "Persentase menyatakan berapa bagian dari tarikan itu yang memberi hasil tersebut. Itu bukan "
    "peluang bahwa hasilnya benar: yang ditarik hanyalah yang mungkin, bukan yang diketahui.",
    "A percentage says what share of these draws give a result. It is no probability that the "
    "result is true: what was drawn is only possible, not known.",
)
_UNRANKED = Text(
    "Tanda -: tidak berperingkat, karena nilainya belum dapat dihitung.",
    "The sign -: not ranked, since the total can't be computed yet.",
)
_NO_RANK = Text(
    "Tidak berperingkat, karena nilainya belum dapat dihitung",
    "Not ranked, since the total can't be computed yet",
)
_ONE_BAND = Text(
    "Kategori tanpa persentase: sama dalam semua tarikan.",
    "A band without a percentage is the same in all draws.",
)
_NOT_ASSUMED = Text(
    "Bahwa tarikan tersebar demikian dipilih untuk simulasi ini, dan tidak termasuk dalam status",
    "That draws are distributed like that was chosen for this simulation, and is no part of the "
    "standing",
)


def table_document(result: Robustness, language: Language) -> Document:
    """Return a table: what was drawn and what shares mean, then the shares of every row."""
    say = Sayer(language)
    parts: list[Part] = [Paragraph(say(result.instrument.title))]
    if result.synthetic:
        parts.append(Paragraph(say(SYNTHETIC), tone="warning"))
    parts += _meaning_parts(result, say)
    parts.append(Listing(tuple(map(say, _agreements(result)))))
    parts.append(_shares_table(result, say))
    parts += remark_parts(result.instrument, result.assessments.facts, say)
    parts += _drawing_parts(result, say)
    parts += _standing_parts(result, result.standing, result.reasons, say)
    parts += left_out_parts(result.assessments.left_out, say)
    return Document(tuple(parts))


def card_document(card: AgencyRobustness, language: Language) -> Document:
    """Return a card: how often one agency has each band and each rank."""
    say = Sayer(language)
    result = card.result
    parts: list[Part] = [
        Heading(card_title(result.assessments.facts[card.row]), 2),
        Paragraph(say(card.instrument.title)),
    ]
    if card.synthetic:
        parts.append(Paragraph(say(SYNTHETIC), tone="warning"))
    parts += _meaning_parts(result, say)
    parts.append(Listing(tuple(_rank_lines(card, say))))
    if card.bands:
        rows = [(say.band(card.instrument, name), share) for name, share in card.bands.items()]
        parts.append(_error_table(result, say("kategori", "band"), rows, say))
    if 0 < len(card.ranks) <= _SHOWN_RANKS:
        ranks = [(str(rank), share) for rank, share in card.ranks.items()]
        parts.append(_error_table(result, say("peringkat", "rank"), ranks, say))
    parts += _drawing_parts(result, say)
    parts += _standing_parts(result, card.standing, card.reasons, say)
    return Document(tuple(parts))


def percent(share: Fraction | float, language: Language) -> str:
    """Return a share as a percentage to one decimal; none but 0 and 1 is shown as such.

    Examples:
        >>> percent(Fraction(1, 3), "id"), percent(Fraction(9999, 10000), "en")
        ('33,3%', '> 99.9%')
    """
    tenths = Fraction(share) * 1000
    if 0 < tenths < Fraction(1, 2):
        return f"< {localized('0.1', language)}%"
    if 1000 - Fraction(1, 2) <= tenths < 1000:
        return f"> {localized('99.9', language)}%"
    return f"{localized(decimal_text(tenths / 10, 1, fixed=0 < tenths < 1000), language)}%"


def _meaning_parts(result: Robustness, say: Sayer) -> list[Part]:
    """Return what was drawn, and what shares of draws mean."""
    what: list[Text] = [_WEIGHTS] if result.draws else []
    if result.settings.open_rows:
        what.append(_ANSWERS.fill(count=result.settings.open_rows))
    if not what:
        line = _NOTHING
    elif len(what) == 1:
        line = _DRAWN.fill(what=what[0], draws="{draws}")
    else:
        line = _DRAWN.fill(what=_BOTH.fill(one=what[0], other=what[1]), draws="{draws}")
    text = say(line.fill(draws=result.settings.draws))
    return [Paragraph(text[:1].upper() + text[1:]), Paragraph(say(_MEANING))]


def _agreements(result: Robustness) -> Iterator[Text]:
    """Yield for how many rows all draws agree, and how sure shares are."""
    draws, ranked = result.settings.draws, int(result.ranked.sum())
    if result.bands:
        agreed = int((result.band_counts == draws).any(axis=1).sum())
        line = Text(
            "Kategori yang sama dalam semua tarikan: {agreed} dari {count} penilaian",
            "The same band in all draws: {agreed} of {count} assessments",
        )
        yield line.fill(agreed=agreed, count=len(result))
    if ranked:
        line = Text(
            "Peringkat yang sama dalam semua tarikan: {agreed} dari {count}",
            "The same rank in all draws: {agreed} of {count}",
        )
        agreed = int((result.rank_counts == draws).any(axis=1).sum())
        yield line.fill(agreed=agreed, count=ranked)
    yield _error_line(result)


def _error_line(result: Robustness) -> Text:
    error = result.sampling_error()
    line = Text(
        "Galat baku suatu persentase karena banyaknya tarikan terbatas: paling besar {error} "
        "(hampiran normal)",
        "Standard error of a percentage, from the limited number of draws: at most {error} (normal "
        "approximation)",
    )
    return line.fill(error=Text(percent(error, "id"), percent(error, "en")))


def _shares_table(result: Robustness, say: Sayer) -> Table:
    """Return the ranks and bands of every row, the best mean rank first."""
    means = result.mean_ranks
    low, high = (_whole(result.percentile(end)) for end in (_LOW, _HIGH))
    last = Fraction(len(result) + 1)
    order = sorted(range(len(result)), key=lambda row: means[row] or last)
    assessed = Counter(result.agencies)
    columns = [
        Column(say("rata-rata", "mean rank"), "right"),
        Column(say("instansi", "agency"), min_width=24),
        Column(say(f"{_LOW}–{_HIGH}%", f"{_LOW}–{_HIGH}%"), "right"),
        Column(say("dari–sampai", "from–to"), "right"),
        Column(say("kategori", "band")),
    ]
    rows: list[tuple[Cell, ...]] = []
    for row in order:
        card, mean = result.card(row), means[row]
        cells = [
            "-" if mean is None else say.points(mean, 1, fixed=True),
            who(result.assessments.facts[row], assessed, say),
            _between(low[row], high[row]),
            "-" if mean is None else _between(card.best_rank, card.worst_rank),
            _bands_text(card, say),
        ]
        rows.append(tuple(cells if result.bands else cells[:-1]))
    notes = [
        Text(
            "Rata-rata: peringkat rata-rata. {low}–{high}%: di antara kedua peringkat ini terletak "
            "90% yang di tengah dari tarikan. Dari–sampai: peringkat terbaik dan terburuk yang "
            "muncul. Peringkat di antara {count} instansi.",
            "{low}–{high}%: the middle 90% of the draws lie between these two ranks. From–to: the "
            "best and the worst rank that occurred. Ranks are among {count}.",
        ).fill(low=_LOW, high=_HIGH, count=int(result.ranked.sum()))
    ]
    if result.bands:
        notes.append(_ONE_BAND)
    if not result.ranked.all():
        notes.append(_UNRANKED)
    shown = columns if result.bands else columns[:-1]
    return Table(tuple(shown), tuple(rows), notes=tuple(map(say, notes)), keys=2)


def _whole(ranks: Iterable[Fraction | None]) -> list[int | None]:
    """Return percentiles of ranks as the nearest ranks."""
    return [None if rank is None else (rank + Fraction(1, 2)).__floor__() for rank in ranks]


def _between(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return "-"
    return str(low) if low == high else f"{low}–{high}"


def _bands_text(card: AgencyRobustness, say: Sayer) -> str:
    """Return the bands that occur, the most frequent first, with their shares."""
    found = [(name, share) for name, share in card.bands.items() if share]
    found.sort(key=lambda item: -item[1])
    shares = sum((share for _, share in found), Fraction(0))
    texts = [f"{name} {percent(share, say.language)}" for name, share in found]
    if shares < 1:
        texts.append(f"({say(UNKNOWN)}) {percent(1 - shares, say.language)}")
    if len(texts) == 1:  # in all draws
        return found[0][0] if found else f"({say(UNKNOWN)})"
    return ", ".join(texts)


def _rank_lines(card: AgencyRobustness, say: Sayer) -> Iterator[Cell]:
    """Yield the mean rank of an agency, and where its ranks lie."""
    mean = card.mean_rank
    if mean is None:
        yield say(_NO_RANK)
        return
    yield f"{say('Peringkat rata-rata', 'Mean rank')}: {say.points(mean, 1)}"
    low, high = _whole(card.percentile(end) for end in (_LOW, _HIGH))
    middle = Text("90% yang di tengah dari tarikan", "The middle 90% of the draws")
    yield f"{say(middle)}: {_between(low, high)}"
    ends = Text("Terbaik dan terburuk yang muncul", "Best and worst that occurred")
    yield f"{say(ends)}: {_between(card.best_rank, card.worst_rank)}"
    among = Text("Di antara {count} instansi yang berperingkat", "Among {count} that are ranked")
    yield say(among.fill(count=int(card.result.ranked.sum())))


def _error_table(
    result: Robustness, title: str, rows: Iterable[tuple[str, Fraction]], say: Sayer
) -> Table:
    """Return shares of draws, each with its standard error."""
    columns = (
        Column(title),
        Column(say("bagian tarikan", "share of draws"), "right"),
        Column(say("galat baku", "standard error"), "right"),
    )
    cells = tuple(
        (
            name,
            percent(share, say.language),
            percent(result.sampling_error(share), say.language) if 0 < share < 1 else "-",
        )
        for name, share in rows
    )
    return Table(columns, cells)


def _drawing_parts(result: Robustness, say: Sayer) -> list[Part]:
    """Return from what was drawn, and how."""
    settings = result.settings
    lines = list(premise_lines(result.tree, settings.policy, say))
    if isinstance(settings.weighting, Around):
        lines[0] = f"{say('Pembobotan', 'Weighting')}: {say(settings.weighting.label)}"
    for code, method in settings.methods:
        how = Text("Tarikan bobot dalam {code}: {method}", "Draws of weights in {code}: {method}")
        lines.append(say(how.fill(code=code, method=method.label)))
    if settings.open_rows:
        lines.append(
            say(
                "Tarikan jawaban: setiap kemungkinan dengan peluang yang sama, sendiri-sendiri",
                "Draws of answers: every possibility as likely as any other, each by itself",
            )
        )
    seed = say("pembangkit dari pemanggil", "a generator of the caller's")
    lines.append(
        say(
            Text("Tarikan: {draws}; benih: {seed}", "Draws: {draws}; seed: {seed}").fill(
                draws=settings.draws, seed=seed if settings.seed is None else settings.seed
            )
        )
    )
    return [Heading(say("Yang ditarik", "What was drawn"), 3), Listing(tuple(lines))]


def _standing_parts(
    result: Robustness, standing: Standing, reasons: Iterable[Reason], say: Sayer
) -> list[Part]:
    lines = [say(_NOT_ASSUMED)] if result.draws else []
    lines += not_exact_lines(say, exact=result.exact)
    lines += ground_lines(result.instrument, reasons, say)
    return standing_parts(standing, lines, say)
