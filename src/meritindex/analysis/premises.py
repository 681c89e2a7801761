"""What is taken as possible, in words: which weights are open, and what answers may stand for.

Everything that follows from more than one weighting or completion is shown with these lines; what
follows is shown elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from meritindex.analysis.open_tree import OpenTree
from meritindex.assessment import AnswerPolicy, AnswerState, Latitude
from meritindex.definition import Admissible, EqualRemainder, Gate, Given, Instrument, Region
from meritindex.language import Text, listed
from meritindex.layout import Heading, Listing, Part
from meritindex.scoring.formulas import shown
from meritindex.scoring.saying import Sayer, weighting_line, weighting_of

_UNSTATED = Text("tanpa status", "without a state")
_HEADING = Text("Yang dianggap mungkin", "What is taken as possible")

# Of more codes than this the first are named, and the others are counted.
_MOST_CODES = 12
# So many items are called by their names; of more the codes are given.
_MOST_NAMED = 4


def premise_parts(tree: OpenTree, policy: AnswerPolicy, say: Sayer) -> list[Part]:
    """Return what weights and what answers a result holds for."""
    return [Heading(say(_HEADING), 3), Listing(tuple(premise_lines(tree, policy, say)))]


def premise_lines(tree: OpenTree, policy: AnswerPolicy, say: Sayer) -> list[str]:
    """Return what weights and what answers a result holds for, one fact a line."""
    lines = [weighting_line(tree.plan, say)]
    if isinstance(tree.weighting, Admissible) and tree.weighting.facts:
        facts = listed(tree.weighting.facts, "; ")
        lines.append(f"{say('Yang diketahui', 'What is known')}: {say(facts)}")
    for region in tree.regions.values():
        heading = Text("Bobot terbuka dalam {code}", "Open weights in {code}")
        ranges = "; ".join(_ranges(region, say))
        lines.append(f"{say(heading.fill(code=region.dimension))}: {ranges}")
    return lines + [say(line) for line in _answer_lines(policy)]


def condition(tree: OpenTree) -> Text:
    """Return on what weights a certainty hangs, to stand after "certain"; empty where on none."""
    weighting = weighting_of(tree.plan)
    if isinstance(weighting, EqualRemainder | Given):
        return Text(" dengan {label}", " with {label}").fill(label=weighting.label)
    return Text.same("")


def open_codes(region: Region) -> tuple[str, ...]:
    """Return the codes whose weights are not settled."""
    return tuple(
        code
        for code, low, high in zip(region.codes, region.lower, region.upper, strict=True)
        if low != high
    )


def codes_text(codes: Sequence[str]) -> str:
    """Return codes one after the other; where they are many, the first and how many there are."""
    if len(codes) <= _MOST_CODES:
        return ", ".join(codes)
    return f"{', '.join(codes[: _MOST_CODES - 2])}, … ({len(codes)})"


def named_codes(instrument: Instrument, codes: Sequence[str]) -> Text:
    """Return what codes stand for, by name; where they are many, the codes alone."""
    if len(codes) > _MOST_NAMED:
        return Text.same(codes_text(codes))
    named: list[Text] = []
    for code in codes:
        item = instrument[code]
        name = item.question if isinstance(item, Gate) else item.name
        named.append(Text("{name} ({code})", "{name} ({code})").fill(name=name, code=code))
    return listed(named)


def _ranges(region: Region, say: Sayer) -> Iterable[str]:
    """Yield the open weights with their least and most, those that are alike together."""
    alike: dict[tuple[Fraction, Fraction], list[str]] = {}
    for code, *ends in zip(region.codes, region.lower, region.upper, strict=True):
        if code in open_codes(region):
            alike.setdefault((ends[0], ends[1]), []).append(code)
    for (low, high), codes in alike.items():
        each = Text("masing-masing ", "each ") if len(codes) > 1 else Text.same("")
        between = Text("{codes} ({each}{low} sampai {high})", "{codes} ({each}{low} to {high})")
        yield say(
            between.fill(
                codes=codes_text(codes),
                each=each,
                low=shown(low, say.language),
                high=shown(high, say.language),
            )
        )


def _answer_lines(policy: AnswerPolicy) -> Iterable[Text]:
    """Yield what answers may stand for, those states together that are treated alike."""
    alike: dict[Latitude, list[Text]] = {}
    for state in (AnswerState.VERIFIED, AnswerState.EVIDENCED, AnswerState.CLAIMED, None):
        label = _UNSTATED if state is None else state.label
        alike.setdefault(policy.latitude_of(state), []).append(label)
    for latitude, states in alike.items():
        line = Text("Jawaban {states}: {may}", "Answers {states}: {may}")
        yield line.fill(states=listed(states), may=latitude.label)
    line = Text("Yang belum dijawab: {may}", "What is not answered: {may}")
    yield line.fill(may=policy.unanswered.label)
