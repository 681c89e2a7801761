"""Sobol indices: how much of the variance of a rank each open weight accounts for.

I. M. Sobol, "Global sensitivity indices for nonlinear mathematical models and their Monte Carlo
estimates", *Mathematics and Computers in Simulation* 55 (2001); for weights of composite indicators
M. Saisana, A. Saltelli and S. Tarantola, *Journal of the Royal Statistical Society* A 168 (2005).
Sampling and estimating are SALib's business; what a sample means for ranks is worked out exactly.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import lcm

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.influencing.uniforms import open_codes, weights_of
from meritindex.analysis.open_tree import OpenTree, open_tree
from meritindex.analysis.simulating import WeightDraws
from meritindex.analysis.simulating.answers import Answers
from meritindex.analysis.simulating.forms import Weights, layout_of
from meritindex.analysis.simulating.linear import Linear, is_fast
from meritindex.analysis.simulating.stepwise import Stepwise, weighting_of
from meritindex.definition import Admissible, Agency
from meritindex.errors import AssessmentError, Fault, WeightingError
from meritindex.extras import needing
from meritindex.language import Language, Text
from meritindex.layout import to_html, to_text
from meritindex.numbers import quoted
from meritindex.scoring import ScoreTable, score
from meritindex.scoring.rows import Inputs

# So many draws of some hundred agencies stay in the processor's cache.
_BLOCK = 256


class SobolOutput(enum.StrEnum):
    """Of what the variance is explained."""

    RANK = "rank"
    TOTAL = "total"
    SHIFT = "shift"

    @property
    def label(self) -> Text:
        """The output for a reader."""
        return _LABELS[self]


_LABELS = {
    SobolOutput.RANK: Text("peringkat", "rank"),
    SobolOutput.TOTAL: Text("nilai", "total"),
    SobolOutput.SHIFT: Text(
        "rata-rata pergeseran peringkat semua instansi", "mean shift of the ranks of all agencies"
    ),
}


@attrs.frozen(kw_only=True)
class SobolIndex:
    """How much of the variance one open weight accounts for; None where nothing varies.

    Attributes:
        code: whose weight.
        name: of that node.
        first: the share that it accounts for by itself.
        first_error: half the width of the 95 % confidence interval of that estimate.
        total: the share in which it has a part, alone or together with others.
        total_error: half the width of the interval of that estimate.
    """

    code: str
    name: Text
    first: float | None
    first_error: float | None
    total: float | None
    total_error: float | None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SobolIndices:
    """The Sobol indices of all open weights, and how they were estimated.

    Attributes:
        table: the scores under the weighting that they are compared with.
        output: of what.
        agency: of whom; None for the mean shift of all.
        region: what is known of the weights.
        samples: how many base samples there were.
        runs: at how many weightings the output was worked out.
        seed: what they were drawn with.
        indices: one an open weight, in the order of the instrument.
    """

    table: ScoreTable
    output: SobolOutput
    agency: Agency | None
    region: Admissible
    samples: int
    runs: int
    seed: int
    indices: tuple[SobolIndex, ...]

    def __repr__(self) -> str:
        whose = "" if self.agency is None else f" of {self.agency.name}"
        return f"<SobolIndices for the {self.output}{whose}: {self.runs} runs, seed {self.seed}>"

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the indices as text of at most `width` columns."""
        from meritindex.analysis.influencing.sobol_page import (  # noqa: PLC0415 - it shows this
            sobol_document,
        )

        return to_text(sobol_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the indices as plain semantic HTML, escaped."""
        from meritindex.analysis.influencing.sobol_page import (  # noqa: PLC0415 - it shows this
            sobol_document,
        )

        return to_html(sobol_document(self, language))

    def _repr_html_(self) -> str:
        return self.to_html()


def sobol_of(  # noqa: PLR0913 - each is one fact about what is asked
    table: ScoreTable,
    region: Admissible,
    row: int | None,
    output: SobolOutput,
    *,
    samples: int,
    seed: int,
) -> SobolIndices:
    """Return the Sobol indices of all open weights; see `Influence.sobol`."""
    with needing("sobol", Text("Indeks Sobol", "Finding Sobol indices")):
        from SALib.analyze import sobol as estimating  # noqa: PLC0415 - an optional extra
        from SALib.sample import sobol as sampling  # noqa: PLC0415 - an optional extra
    tree = open_tree(table.instrument, region)
    faults = [*_settings_faults(samples, seed), *_region_faults(tree)]
    if faults:
        raise WeightingError(faults)
    codes = [code for each in tree.regions.values() for code in open_codes(each)]
    problem = {"num_vars": len(codes), "names": codes, "bounds": [[0, 1]] * len(codes)}
    uniforms = sampling.sample(problem, samples, calc_second_order=False, seed=seed)
    found = _outputs(table, tree, _draws(tree, uniforms), row, output)
    # Of every base sample, the first and the last output are of independent weights.
    independent = found.reshape(samples, -1)[:, [0, -1]]
    varies = bool((independent != independent[0, 0]).any())
    estimates: Mapping[str, npt.NDArray[np.float64]] = {}
    if varies:
        # To SALib a seed of zero is none.
        estimates = estimating.analyze(problem, found, calc_second_order=False, seed=seed + 1)
    indices = []
    for place, code in enumerate(codes):
        first, first_error, total, total_error = (
            float(estimates[name][place]) if varies else None
            for name in ("S1", "S1_conf", "ST", "ST_conf")
        )
        indices.append(
            SobolIndex(
                code=code,
                name=next(node.name for node in table.instrument.nodes if node.code == code),
                first=first,
                first_error=first_error,
                total=total,
                total_error=total_error,
            )
        )
    return SobolIndices(
        table=table,
        output=output,
        agency=None if row is None else table.agencies[row],
        region=region,
        samples=samples,
        runs=len(uniforms),
        seed=seed,
        indices=tuple(indices),
    )


def _settings_faults(samples: int, seed: int) -> list[Fault]:
    faults = []
    for code, name, value, wrong, allowed in (
        ("samples-number", "samples", samples, samples < 2 or samples & (samples - 1), _POWERS),
        ("seed-number", "seed", seed, seed < 0, _NOT_NEGATIVE),
    ):
        if wrong:
            message = Text(
                "{name} {value} tidak diterima; yang diterima: {allowed}",
                "{name} {value} is not allowed; allowed: {allowed}",
            )
            faults.append(
                Fault(
                    code=code,
                    message=message.fill(name=name, value=quoted(value), allowed=allowed),
                    item=name,
                    value=quoted(value),
                    allowed=allowed,
                )
            )
    return faults


_POWERS = Text("pangkat dua mulai 2", "powers of two from 2")
_NOT_NEGATIVE = Text("bilangan bulat mulai 0", "whole numbers from 0")


def _region_faults(tree: OpenTree) -> list[Fault]:
    if not tree.regions:
        message = Text("tidak ada bobot yang terbuka", "no weight is open")
        return [Fault(code="region-settled", message=message, item=tree.root.code)]
    message = Text(
        "bobot dalam {code} terikat oleh urutan atau jumlah; yang diterima: {allowed}",
        "weights in {code} are tied by an order or a sum; allowed: {allowed}",
    )
    allowed = Text("rentang untuk tiap bobot", "an interval for each weight")
    return [
        Fault(
            code="region-not-box",
            message=message.fill(code=code, allowed=allowed),
            item=code,
            allowed=allowed,
        )
        for code, region in tree.regions.items()
        if not region.is_box
    ]


def _draws(tree: OpenTree, uniforms: npt.NDArray[np.float64]) -> dict[str, WeightDraws]:
    """Return the weights of every dimension that the columns of a sample stand for."""
    found: dict[str, WeightDraws] = {}
    start = 0
    for code, region in tree.regions.items():
        stop = start + len(open_codes(region))
        found[code] = weights_of(region, uniforms[:, start:stop])
        start = stop
    return found


def _outputs(
    table: ScoreTable,
    tree: OpenTree,
    draws: Mapping[str, WeightDraws],
    row: int | None,
    output: SobolOutput,
) -> npt.NDArray[np.float64]:
    """Return the output of every draw."""
    if row is None:
        return np.concatenate([_shifts(table, ranks) for ranks in _ranks(table, tree, draws)])
    if output is SobolOutput.TOTAL:
        totals = _totals(table.rows(np.array([row])), tree, draws)
        found = np.array([np.nan if total is None else float(total) for total in totals])
        unknown = np.isnan(found)
    else:
        found = np.concatenate([ranks[:, row] for ranks in _ranks(table, tree, draws)])
        found = found.astype(np.float64)
        unknown = found == 0
    if unknown.any():
        name = table.agencies[row].name
        message = Text(
            "nilai {name} tidak diketahui pada sebagian bobot",
            "the total of {name} is not known under some of the weightings",
        )
        raise AssessmentError(
            Fault(code="sobol-total-unknown", message=message.fill(name=name), agency=name)
        )
    return found


def _shifts(table: ScoreTable, ranks: npt.NDArray[np.uint16]) -> npt.NDArray[np.float64]:
    """Return by how many ranks agencies moved on average, of those that have one, in each draw."""
    known = ranks > 0
    shifts = np.where(known, np.abs(ranks - table.scores.ranks), 0).sum(axis=1)
    return np.asarray(shifts / np.maximum(known.sum(axis=1), 1))


def _totals(
    table: ScoreTable, tree: OpenTree, draws: Mapping[str, WeightDraws]
) -> list[Fraction | None]:
    """Return the exact total of the one row of a table in every draw."""
    count = _count(draws)
    if not is_fast(tree):
        return [
            score(table.assessments, weighting_of(tree, draws, draw)).totals[0]
            for draw in range(count)
        ]
    inputs = Inputs.of(table.assessments)
    layout = layout_of(tree, inputs.entries)
    points = layout.points(inputs, tree.plan.run(inputs))
    form = Weights(layout, draws, slice(0, count)).form(points.states[0])
    worth = [
        Fraction(int(numbers[0]), denominator)
        for numbers, denominator in zip(points.numbers, points.denominators, strict=True)
    ]
    common = lcm(*(value.denominator for value in worth))
    scaled = np.array([int(value * common) for value in worth], dtype=object)
    rounding = tree.root.rounding
    totals: list[Fraction | None] = []
    for coefficients, divisor, known in zip(
        form.coefficients.astype(object), form.divisors, form.known, strict=True
    ):
        total = Fraction(int((coefficients * scaled).sum()), common * int(divisor))
        total = total if rounding is None else rounding.round(total)
        totals.append(total if known else None)
    return totals


def _ranks(
    table: ScoreTable, tree: OpenTree, draws: Mapping[str, WeightDraws]
) -> Iterator[npt.NDArray[np.uint16]]:
    """Yield the exact ranks of all rows, the answers as they are, block of draws after block."""
    rows = np.arange(len(table))
    answers = Answers(
        assessments=table.assessments,
        closed=rows,
        opened=rows[:0],
        closed_inputs=Inputs.of(table.assessments),
        completions=None,
    )
    engine = (Linear if is_fast(tree) else Stepwise)(tree, answers, draws, rows)
    count = _count(draws)
    for start in range(0, count, _BLOCK):
        block = slice(start, min(start + _BLOCK, count))
        ranks = np.zeros((block.stop - start, len(rows)), dtype=np.uint16)
        engine.run(block, None, ranks)
        yield ranks


def _count(draws: Mapping[str, WeightDraws]) -> int:
    return len(next(iter(draws.values())))
