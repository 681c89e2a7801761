"""Why every node is worth what it is worth: its rule with the numbers, its answers, its sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from meritindex.assessment import RowFacts
from meritindex.definition import Source
from meritindex.language import Text
from meritindex.layout import Cell, Column, Heading, Listing, Part, Table
from meritindex.reporting.reports.anchors import source_line, sources_link
from meritindex.reporting.reports.dimensions import points_cell, weight_text
from meritindex.scoring import Explanation, Status
from meritindex.scoring.formulas import approximate
from meritindex.scoring.saying import Sayer


class Explainer:
    """The choice of a language, the sources at the end, and what was said of the answers."""

    def __init__(self, facts: RowFacts, listed: Sequence[Source], say: Sayer) -> None:
        self.say, self.listed = say, listed
        self.states, self.evidence = dict(facts.states), dict(facts.evidence)

    def parts(self, explanation: Explanation) -> Iterator[Part]:
        """Yield the explanation: a section for every node that has others below it."""
        for node in explanation.walk():
            if node.children or node is explanation:
                yield from self._section(node)

    def _section(self, node: Explanation) -> Iterator[Part]:
        yield Heading(f"{node.code} {self.say(node.name)}", 3)
        yield Listing(tuple(self._lines(node)))
        if node.children:
            yield self._table(node)

    def _lines(self, node: Explanation) -> Iterator[Cell]:
        say = self.say
        if node.points is None:
            yield f"{say('Nilai', 'Points')}: {say(node.status.label)}"
        else:
            high = approximate(node.maximum, say.language)
            points = approximate(node.points, say.language)
            yield f"{say('Nilai', 'Points')}: {points} {say('dari', 'of')} {high}"
        if node.band is not None:
            read = ""
            if node.band_points is not None and node.band_points != node.points:
                words = Text(" (dibaca {points})", " (read as {points})")
                read = say(words.fill(points=approximate(node.band_points, say.language)))
            yield f"{say('Kategori', 'Band')}: {node.band.id}{read}"
        if node.formula is not None:
            yield f"{say('Rumus', 'Rule')}: {say(node.formula)}"
        elif node.status is Status.ENTERED:
            yield say(
                "Nilai ini diisi langsung; yang di bawahnya tidak diberikan.",
                "These points were entered; what lies below them was not given.",
            )
        yield from (say(limit) for limit in node.limits)
        if node.weight is not None:
            yield f"{say('Bobot', 'Weight')}: {weight_text(node, say)}"
        if node.contribution is not None:
            added = approximate(node.contribution, say.language)
            yield f"{say('Sumbangan', 'Contribution')}: {added}"
        yield f"{say('Status', 'Standing')}: {say(node.standing.label)}"
        if node.remark is not None:
            yield f"{say('Catatan', 'Remark')}: {say(node.remark)}"
        for source in node.sources:
            yield source_line(source, self.listed, say)

    def _table(self, node: Explanation) -> Table:
        say = self.say
        columns = [
            Column(say("bagian", "part"), min_width=16),
            Column(say("nilai", "points"), "right"),
            Column(say("sumbangan", "contribution"), "right"),
            Column(say("jawaban", "answer"), min_width=20),
            Column(say("tingkat berikutnya", "next level"), min_width=20),
            Column(say("bukti", "evidence"), min_width=12),
            Column(say("dasar", "sources"), min_width=6),
        ]
        rows: list[tuple[Cell, ...]] = [self._row(child) for child in node.children]
        # A column that says nothing of anybody takes the place of those that do.
        used = [
            place
            for place in range(len(columns))
            if place in {0, 1, 6} or any(row[place] for row in rows)
        ]
        caption = Text("Yang membentuk {code} {name}", "What makes up {code} {name}")
        return Table(
            tuple(columns[place] for place in used),
            tuple(tuple(row[place] for place in used) for row in rows),
            say(caption.fill(code=node.code, name=node.name)),
            notes=tuple(self._notes(node)),
        )

    def _row(self, child: Explanation) -> tuple[Cell, ...]:
        say = self.say
        contribution = child.contribution
        return (
            f"{child.code} {say(child.name)}",
            points_cell(child, say),
            "" if contribution is None else say.points(contribution, 6),
            self._answer(child),
            "" if child.next_level is None else self._level(child, above=True),
            self.evidence.get(child.code, ""),
            sources_link(child.sources, self.listed),
        )

    def _answer(self, child: Explanation) -> str:
        """Return what was answered, with how well that is supported; else why nothing was."""
        say = self.say
        if child.children:
            return ""
        if child.level is not None:
            words = self._level(child, above=False)
        elif child.value is not None:
            words = approximate(child.value, say.language)
        else:
            words = say(child.status.label)
            if child.conditions:
                words += f" ({'; '.join(map(say, child.conditions))})"
        state = self.states.get(child.code)
        return words if state is None else f"{words} [{say(state.label)}]"

    def _level(self, child: Explanation, *, above: bool) -> str:
        level = child.next_level if above else child.level
        assert level is not None  # noqa: S101 - asked for where there is one
        criterion = "" if level.criterion is None else f": {self.say(level.criterion)}"
        return f"{self.say('tingkat', 'level')} {level.value}{criterion}"

    def _notes(self, node: Explanation) -> Iterator[str]:
        for child in node.children:
            if child.remark is not None and not child.children:
                yield f"{child.code}: {self.say(child.remark)}"
