"""Conformance vectors: `python tests/conformance/regenerate.py` writes docs/conformance anew.

Input and expected output for everyone who writes an instrument of the catalog as a program of their
own. All is worked out by the oracle, which knows nothing of the scoring; nothing is random.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests"))

import oracle  # noqa: E402
from meritindex.catalog import instrument as instrument_of  # noqa: E402
from meritindex.definition import (  # noqa: E402
    Dimension,
    Indicator,
    Instrument,
    Measure,
    MissingPolicy,
    WeightedSum,
)
from meritindex.numbers import decimal_text, decimals_of, exact_text  # noqa: E402
from oracle import Answers  # noqa: E402

DIRECTORY = ROOT / "docs" / "conformance"
INSTRUMENTS = ("ism-2026", "ism-2019")
FORMAT = 1
# Decimals of a number that no decimal writes exactly; rounded half up.
PLACES = 20

FIELDS = {
    "weights": "The weight of every node in its parent, an exact fraction as text. Where the "
    "instrument leaves a weight open, it is the one that the weighting names.",
    "vectors": "One assessment each, with the result that it must have.",
    "id": "Names the vector in this file.",
    "about": "What the vector is there for.",
    "missing": "The policy that the caller chose for everything that is missing, instead of the "
    "instrument's own (unknown, zero, lowest, drop); null where none was chosen. The root keeps "
    "its own.",
    "answers.gates": "By gate, the option that was answered. A gate that is not here is not "
    "answered.",
    "answers.levels": "By indicator, the level that was answered. An indicator that is not here is "
    "not answered, or does not apply by the gates.",
    "answers.measures": "By measure, its value: an exact decimal as text.",
    "answers.points": "By dimension, points that were entered for it: an exact decimal as text. "
    "They stand in place of all that lies below.",
    "expected.points": "By dimension, its points: `exact` is a fraction in lowest terms, `decimal` "
    f"the same with at most {PLACES} decimals, rounded half up. Null where they are not known, "
    "where the dimension does not apply, and below points that were entered.",
    "expected.total": "The exact points of the root, or null.",
    "expected.band": "The official (Indonesian) name of the band of the total, or null.",
    "expected.missing": "The codes of what was not answered and is needed or stands under a "
    "policy: indicators that apply, measures, dimensions without children, and gates that an "
    "indicator waits for; in alphabetical order.",
}


def documents() -> Iterator[tuple[Path, str]]:
    """Yield every file with the text that belongs into it."""
    for code in INSTRUMENTS:
        found = document(instrument_of(code))
        # A line a vector, so that a change shows as the lines that change.
        lines = [json.dumps(vector, ensure_ascii=False) for vector in found.pop("vectors")]
        head = json.dumps(found, ensure_ascii=False, indent=1)
        body = ",\n  ".join(lines)
        yield DIRECTORY / f"{code}.json", f'{head[:-2]},\n "vectors": [\n  {body}\n ]\n}}\n'


def document(instrument: Instrument) -> dict[str, object]:
    """Return the vectors of one instrument, and what one has to know of them."""
    weighting = instrument.default_weighting
    weights = {code: weight.value for code, weight in weighting.resolve(instrument.root)}
    vectors = []
    seen: list[tuple[object, ...]] = []
    for name, about, answers, *policy in cases(instrument, weights):
        if (answers, *policy) not in seen:
            seen.append((answers, *policy))
            named = f"{len(seen):03}-{name}"
            vectors.append(vector(instrument, weights, named, about, answers, *policy))
    return {
        "format": FORMAT,
        "instrument": instrument.id,
        "fingerprint": instrument.fingerprint,
        "root": instrument.root.code,
        "weighting": weighting.name,
        "weights": {code: exact_text(weight) for code, weight in weights.items()},
        "fields": FIELDS,
        "vectors": vectors,
    }


def vector(
    instrument: Instrument,
    weights: Mapping[str, Fraction],
    name: str,
    about: str,
    answers: Answers,
    policy: MissingPolicy | None = None,
) -> dict[str, object]:
    result = oracle.evaluate(instrument, weights, answers, policy)
    assert result.firm
    assert all(result.exact.values())
    total = result.points[instrument.root.code]
    return {
        "id": name,
        "about": about,
        "missing": None if policy is None else policy.value,
        "answers": {
            "gates": answers.gates,
            "levels": answers.levels,
            "measures": {code: decimal(value) for code, value in answers.measures.items()},
            "points": {code: decimal(value) for code, value in answers.points.items()},
        },
        "expected": {
            "points": {
                code: None
                if value is None
                else {"exact": exact_text(value), "decimal": decimal(value)}
                for code, value in result.points.items()
            },
            "total": None if total is None else exact_text(total),
            "band": result.band[instrument.root.code],
            "missing": sorted(result.missing),
        },
    }


def decimal(value: Fraction) -> str:
    places = decimals_of(value)
    return decimal_text(value, PLACES if places is None else places)


# A name, what it is there for, the answers, and perhaps a policy that the caller chose.
Case = tuple[str, str, Answers] | tuple[str, str, Answers, MissingPolicy]


def cases(instrument: Instrument, weights: Mapping[str, Fraction]) -> Iterator[Case]:
    """Yield what there is to know of every vector."""
    yield from extremes(instrument)
    yield from deductions(instrument)
    yield from gate_patterns(instrument)
    yield from one_at_a_time(instrument)
    yield from missing(instrument)
    yield from policies(instrument)
    yield from entries(instrument)
    yield from entered_totals(instrument)
    yield from computed_totals(instrument, weights)
    yield from summed_totals(instrument)


def complete(
    instrument: Instrument, share: Fraction, gates: Mapping[str, str] | None = None, turn: int = 0
) -> Answers:
    """Return answers to everything, so far up every scale; levels go up and down in turn."""
    found = gates or {gate.code: gate.values[0] for gate in instrument.gates}
    levels = {}
    for place, indicator in enumerate(instrument.indicators):
        if oracle.indicator_applies(indicator, found):
            last = len(indicator.levels) - 1
            step = (place * 7 + turn * 3) % (last + 1) if turn else int(share * last)
            levels[indicator.code] = indicator.levels[step].value
    deductions = {item.code for one in instrument.dimensions for item in one.deductions}
    return Answers(
        gates=dict(found),
        levels=levels,
        measures={
            measure.code: measure.minimum
            if measure.code in deductions
            else on_grid(
                measure.minimum + (measure.maximum - measure.minimum) * share, measure.decimals
            )
            for measure in instrument.measures
        },
        points={
            dimension.code: on_grid(dimension.maximum.value * share, dimension.decimals)
            for dimension in childless(instrument)
        },
    )


def childless(instrument: Instrument) -> list[Dimension]:
    return [dimension for dimension in instrument.dimensions if not dimension.children]


def on_grid(value: Fraction, decimals: int) -> Fraction:
    unit = Fraction(1, 10**decimals)
    return value // unit * unit


def extremes(instrument: Instrument) -> Iterator[Case]:
    for share in (Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1)):
        yield (
            "level",
            f"everything {exact_text(share)} of the way up its scale",
            complete(instrument, share),
        )
    for measure in instrument.measures:
        for value in (measure.minimum, measure.maximum):
            answers = complete(instrument, Fraction(1, 2))
            answers.measures[measure.code] = value
            yield "measure", f"{measure.code} at an end of its range", answers


def deductions(instrument: Instrument) -> Iterator[Case]:
    """Yield what is taken off, down to totals below zero."""
    for dimension in instrument.dimensions:
        for measure in dimension.deductions:
            step = Fraction(1, 10**measure.decimals)
            middle = on_grid((measure.minimum + measure.maximum) / 3, measure.decimals)
            for share in (Fraction(0), Fraction(1, 2), Fraction(1)):
                for value in (measure.minimum + step, middle, measure.maximum):
                    answers = complete(instrument, share)
                    answers.measures[measure.code] = value
                    yield "deduction", f"{measure.code} takes {decimal(value)} off", answers


def gate_patterns(instrument: Instrument) -> Iterator[Case]:
    """Yield every way to answer the gates, with answers of several kinds."""
    if not instrument.gates:
        return
    codes = [gate.code for gate in instrument.gates]
    for number, options in enumerate(product(*(gate.values for gate in instrument.gates))):
        gates = dict(zip(codes, options, strict=True))
        pattern = ", ".join(f"{code} = {option}" for code, option in gates.items())
        for turn in (0, 1, 2):
            share = Fraction(number % 4 + 1, 4)
            yield (
                "gates",
                f"{pattern}; {'even' if turn == 0 else 'uneven'} levels",
                complete(instrument, share, gates, turn),
            )


def one_at_a_time(instrument: Instrument) -> Iterator[Case]:
    """Yield what a single answer changes, so that a wrong weight or scale shows."""
    for indicator in instrument.indicators:
        base = complete(instrument, Fraction(0), gates_for(instrument, indicator))
        for level in indicator.levels[1 :: len(indicator.levels) - 2]:
            answers = Answers(
                gates=base.gates,
                levels={**base.levels, indicator.code: level.value},
                measures=base.measures,
                points=base.points,
            )
            yield "single", f"only {indicator.code} above its lowest, at {level.value}", answers
    for dimension in childless(instrument):
        ends = (Fraction(1, 10**dimension.decimals), dimension.maximum.value)
        for value in (*ends, on_grid(dimension.maximum.value / 3, dimension.decimals)):
            answers = complete(instrument, Fraction(0))
            answers.points[dimension.code] = value
            yield "single", f"only {dimension.code} above 0, at {decimal(value)}", answers
    for measure in instrument.measures:
        answers = complete(instrument, Fraction(0))
        answers.measures[measure.code] = measure.minimum + Fraction(1, 10**measure.decimals)
        yield "single", f"only {measure.code} above its least, by one step", answers


def gates_for(instrument: Instrument, indicator: Indicator) -> dict[str, str]:
    """Return answers to the gates under which an indicator applies."""
    gates = {gate.code: gate.values[0] for gate in instrument.gates}
    return gates | {one.gate: one.options[0] for one in indicator.conditions}


def missing(instrument: Instrument) -> Iterator[Case]:
    """Yield one thing left out after the other, then several."""
    whole = complete(instrument, Fraction(3, 4))
    answered = {
        "gates": list(whole.gates),
        "levels": list(whole.levels),
        "measures": list(whole.measures),
        "points": list(whole.points),
    }
    for part, codes in answered.items():
        for code in codes:
            yield "missing", f"{code} is not answered", without(instrument, whole, {code})
        if codes:
            yield "missing", f"no {part} at all", without(instrument, whole, set(codes))
    for indicator in instrument.indicators:
        gates = gates_for(instrument, indicator)
        if indicator.conditions:
            answers = complete(instrument, Fraction(1, 2), gates)
            yield (
                "missing",
                f"{indicator.code} applies by its gates and is not answered",
                without(instrument, answers, {indicator.code}),
            )
    for first, second in combinations(childless(instrument), 2):
        codes = {first.code, second.code}
        yield (
            "missing",
            f"{first.code} and {second.code} are not answered",
            without(instrument, whole, codes),
        )
    yield "missing", "nothing is answered", Answers()


def policies(instrument: Instrument) -> Iterator[Case]:
    """Yield some of what can be missing, under every policy that a caller may choose."""
    sums = any(isinstance(one.rule, WeightedSum) for one in instrument.dimensions)
    left_out = [case for case in missing(instrument) if case[0] == "missing"]
    for policy in MissingPolicy:
        if not (sums and policy is MissingPolicy.DROP):
            for _, about, answers in left_out[::3]:
                yield "policy", f"{about}; the caller chose {policy.value}", answers, policy


def without(instrument: Instrument, answers: Answers, codes: set[str]) -> Answers:
    """Return answers without some; an answer to what then does not apply for sure goes as well."""
    gates = {code: value for code, value in answers.gates.items() if code not in codes}
    return Answers(
        gates=gates,
        levels={
            code: value
            for code, value in answers.levels.items()
            if code not in codes and oracle.indicator_applies(instrument[code], gates) is not False
        },
        measures={code: value for code, value in answers.measures.items() if code not in codes},
        points={code: value for code, value in answers.points.items() if code not in codes},
    )


def entries(instrument: Instrument) -> Iterator[Case]:
    """Yield points entered at a dimension that has children, in place of what is below."""
    for dimension in instrument.dimensions[1:]:
        if not dimension.children:
            continue
        _, high = instrument.entry_range(dimension)
        below = {node.code for node in dimension.walk()}
        for share in (Fraction(0), Fraction(1, 3), Fraction(1)):
            answers = without(instrument, complete(instrument, Fraction(1, 2)), below)
            value = on_grid(high * share, dimension.decimals)
            answers.points[dimension.code] = value
            yield "entry", f"{dimension.code} is entered as {decimal(value)}", answers


def entered_totals(instrument: Instrument) -> Iterator[Case]:
    """Yield totals at each edge of the bands, one step below and above, and at the ends."""
    root = instrument.root
    low, high = instrument.entry_range(root)
    step = Fraction(1, 10**root.decimals)
    for value, name in ((low, "least"), (high, "most"), ((low + high) / 2, "middle")):
        yield (
            "total",
            f"the {name} total that may be entered",
            Answers(points={root.code: on_grid(value, root.decimals)}),
        )
    for edge in edges(instrument):
        at = on_grid(edge, root.decimals)
        for value in (at - 10 * step, at - step, at, at + step, at + 10 * step):
            yield (
                "edge-entered",
                f"a total of {decimal(value)} is entered; the edge is {decimal(edge)}",
                Answers(points={root.code: value}),
            )


def edges(instrument: Instrument) -> list[Fraction]:
    """Return from where each band but the lowest begins, for totals before rounding."""
    bands = instrument.root.bands
    if bands.rounding is None:
        return [band.lower.value for band in bands.items[1:]]
    # Printed limits are on the grid; half a step below, a half still goes up.
    half = bands.rounding.unit / 2
    found = []
    for below, above in zip(bands.items, bands.items[1:], strict=False):
        first = above.lower.value if above.lower is not None else below.upper.value
        inclusive = above.lower.inclusive if above.lower is not None else not below.upper.inclusive
        found.append((first if inclusive else first + bands.rounding.unit) - half)
    return found


def computed_totals(instrument: Instrument, weights: Mapping[str, Fraction]) -> Iterator[Case]:
    """Yield answers whose totals lie as near to each edge as can be: below, at and above.

    From many answers the nearest three are kept, where they can be reached at all.
    """
    if not isinstance(instrument.root.children[-1], Measure):
        return
    pool = list(candidates(instrument))
    totals = [
        oracle.evaluate(instrument, weights, answers).points[instrument.root.code]
        for answers in pool
    ]
    for edge in edges(instrument):
        for side, name in ((-1, "just below"), (0, "at"), (1, "just above")):
            places = [
                place
                for place, total in enumerate(totals)
                if (total > edge) - (total < edge) == side
            ]
            if not places:
                continue
            distances = {place: abs(totals[place] - edge) for place in places}
            ordered = sorted(places, key=lambda place: (distances[place], place))
            for place in distinct(ordered, pool)[:3]:
                yield (
                    "edge",
                    f"a total {name} the edge {decimal(edge)}: {decimal(totals[place])}",
                    pool[place],
                )


def distinct(places: list[int], pool: list[Answers]) -> list[int]:
    """Return the places without those whose answers stand at another one before."""
    kept: list[int] = []
    for place in places:
        if pool[place] not in [pool[other] for other in kept]:
            kept.append(place)
        if len(kept) == 3:
            break
    return kept


def candidates(instrument: Instrument) -> Iterator[Answers]:
    """Yield answers to everything with totals all over the scale, the last part tuned to edges."""
    tuned = list(instrument.root.children)[-1]
    codes = [gate.code for gate in instrument.gates]
    patterns = list(product(*(gate.values for gate in instrument.gates)))
    for number in range(60):
        gates = dict(zip(codes, patterns[number * 7 % len(patterns)], strict=True))
        for share in (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1)):
            base = complete(instrument, share, gates, turn=number % 5)
            yield base
            yield from tuned_to_edges(instrument, base, tuned.code)


def tuned_to_edges(instrument: Instrument, base: Answers, code: str) -> Iterator[Answers]:
    """Yield answers whose total reaches each edge exactly, or stays a step away from it.

    What is tuned stands right below the root and moves the total evenly.
    """
    weights = {
        child: weight.value
        for child, weight in instrument.default_weighting.resolve(instrument.root)
    }
    node, root = instrument[code], instrument.root

    def total(value: Fraction) -> Fraction:
        base.measures[code] = value
        return oracle.evaluate(instrument, weights, base).points[root.code]

    start, end = total(node.minimum), total(node.maximum)
    unit = Fraction(1, 10**node.decimals)
    for edge in edges(instrument):
        if start < edge < end:
            share = (edge - start) / (end - start)
            wanted = on_grid(node.minimum + (node.maximum - node.minimum) * share, node.decimals)
            for value in (wanted - unit, wanted, wanted + unit):
                if node.minimum <= value <= node.maximum:
                    yield Answers(
                        gates=dict(base.gates),
                        levels=dict(base.levels),
                        measures={**base.measures, code: value},
                        points=dict(base.points),
                    )


def summed_totals(instrument: Instrument) -> Iterator[Case]:
    """Yield points of dimensions that add up to totals below, at and above each edge.

    They are filled up one after the other, from each of them in turn, or all in proportion.
    """
    parts = instrument.root.children
    if not all(isinstance(part, Dimension) and not part.children for part in parts):
        return
    step = max(Fraction(1, 10**part.decimals) for part in parts)
    for edge in edges(instrument):
        for off in (-Fraction(1, 2), -step, Fraction(0), step, Fraction(1, 2)):
            wanted = edge + off
            side = "at" if not off else "below" if off < 0 else "above"
            for first in range(len(parts) + 1):
                yield (
                    "edge",
                    f"a total {side} the edge {decimal(edge)}: {decimal(wanted)}",
                    Answers(points=filled_up(parts, wanted, first)),
                )


def filled_up(parts: Sequence[Dimension], wanted: Fraction, first: int) -> dict[str, Fraction]:
    """Return points that add up to `wanted`; with `first` beyond the parts, in proportion."""
    points = dict.fromkeys((part.code for part in parts), Fraction(0))
    if first == len(parts):
        share = wanted / sum(part.maximum.value for part in parts)
        points = {part.code: on_grid(part.maximum.value * share, part.decimals) for part in parts}
    for part in (*parts[first:], *parts[:first]):
        left = wanted - sum(points.values())
        points[part.code] = min(points[part.code] + left, part.maximum.value)
    return points


if __name__ == "__main__":
    DIRECTORY.mkdir(exist_ok=True)
    for path, text in documents():
        path.write_text(text, encoding="utf-8", newline="\n")
