"""An instrument as a document: every number with its standing and its source or reason."""

from __future__ import annotations

from meritindex.definition import (
    Band,
    Bands,
    Basis,
    Dimension,
    Indicator,
    Instrument,
    Limit,
    MissingPolicy,
    Node,
)
from meritindex.language import Language, Text
from meritindex.layout import (
    Cell,
    Column,
    Document,
    Heading,
    Link,
    Listing,
    Paragraph,
    Part,
    Table,
)
from meritindex.reporting.rule_words import Words


def instrument_sheet(instrument: Instrument, language: Language) -> Document:
    """Return the whole instrument: its parts, weights, rules, bands, criteria and sources."""
    writer = _Writer(instrument, language)
    return Document(
        (
            Heading(writer.words.say(instrument.title), 1),
            *writer.overview(),
            *writer.structure(),
            *writer.rules(),
            *writer.bands(),
            *writer.measures(),
            *writer.gates(),
            *writer.indicators(),
            *writer.derived(),
            *writer.remarks(),
            *writer.sources(),
        )
    )


class _Writer:
    """The sections of one instrument in one language."""

    def __init__(self, instrument: Instrument, language: Language) -> None:
        self.instrument = instrument
        self.words = words = Words(language)
        self.say, self.number = words.say, words.number
        self.basis, self.figure = words.basis, words.figure

    def heading(self, indonesian: str, english: str, level: int = 2) -> Heading:
        return Heading(self.say(Text(indonesian, english)), level)

    def column(self, indonesian: str, english: str, *, right: bool = False) -> Column:
        text = self.say(Text(indonesian, english))
        return Column(text, "right" if right else "left")

    def overview(self) -> list[Part]:
        instrument = self.instrument
        lines: list[Cell] = [
            f"{self.say(Text('Kode', 'Id'))}: {instrument.id}",
            self.say(
                Text(
                    "Pembobotan bawaan: {label} ({name})", "Default weighting: {label} ({name})"
                ).fill(
                    label=instrument.default_weighting.label, name=instrument.default_weighting.name
                )
            ),
        ]
        force = instrument.in_force
        if force is not None:
            until = Text("", "")
            if force.until is not None:
                until = Text(" sampai sebelum {until}", " until before {until}").fill(
                    until=force.until
                )
            period = Text(
                "Berlaku sejak {start}{until}: {basis}", "In force from {start}{until}: {basis}"
            )
            lines.append(
                self.say(period.fill(start=force.start, until=until, basis=self.basis(force.basis)))
            )
        return [Listing(tuple(lines))]

    def structure(self) -> list[Part]:
        """The tree with the weights."""
        rows = []
        for node in self.instrument.nodes:
            depth = len(self.instrument.path(node.code))
            name = "· " * depth + self.say(node.name)
            weight, basis = self._weight(node)
            rows.append((node.code, name, weight, basis))
        columns = (
            self.column("kode", "code"),
            self.column("nama", "name"),
            self.column("bobot", "weight"),
            self.column("status bobot", "standing of the weight"),
        )
        return [
            self.heading("Susunan dan bobot", "Structure and weights"),
            Table(columns, tuple(rows)),
        ]

    def _weight(self, node: Node) -> tuple[str, str]:
        parent = self.instrument.parent(node.code)
        if parent is None:
            return "", ""
        if node in parent.adjustments:
            added = node in parent.bonuses
            how = Text("ditambahkan", "added") if added else Text("dikurangkan", "deducted")
            return self.say(how), self.basis(node.basis)
        if parent.rule is not None and not parent.rule.weighted:
            return self.say(Text("tanpa bobot", "no weight")), ""
        if node.weight is None:
            return self.figure(None), ""
        weight = self.figure(node.weight)
        if parent.rule is not None and node.weight.basis == parent.rule.basis:
            by_rule = Text("menurut rumus {code}", "by the rule of {code}")
            return weight, self.say(by_rule.fill(code=parent.code))
        return weight, self.basis(node.weight.basis)

    def rules(self) -> list[Part]:
        """How each dimension is made, and on what that rests; those alike share a row."""
        groups: dict[tuple[str, str, str], list[str]] = {}
        for dimension in self.instrument.dimensions:
            rule = self.say(self.words.rule(dimension))
            row = (rule, self._rule_basis(dimension), self.basis(dimension.basis))
            groups.setdefault(row, []).append(dimension.code)
        rows = tuple((", ".join(codes), *row) for row, codes in groups.items())
        columns = (
            self.column("kode", "code"),
            self.column("rumus", "rule"),
            self.column("status rumus", "standing of the rule"),
            self.column("status dimensi", "standing of the dimension"),
        )
        return [self.heading("Rumus", "Rules"), Table(columns, rows)]

    def _rule_basis(self, dimension: Dimension) -> str:
        """Say on what a rule rests, or the maximum where points are entered."""
        stated = dimension.maximum if dimension.rule is None else dimension.rule
        return "" if stated is None else self.basis(stated.basis)

    def bands(self) -> list[Part]:
        """The bands; dimensions with the same ranges share a table."""
        sets: dict[tuple[object, ...], list[tuple[Dimension, Bands]]] = {}
        for dimension in self.instrument.dimensions:
            if dimension.bands is not None:
                key = tuple((band.name, _range(band)) for band in dimension.bands)
                sets.setdefault(key, []).append((dimension, dimension.bands))
        parts: list[Part] = [self.heading("Kategori", "Bands")] if sets else []
        for members in sets.values():
            codes = ", ".join(dimension.code for dimension, _ in members)
            bands = members[0][1]
            rows = tuple(
                (
                    self.say(band.name),
                    self._end(band.lower, "≥", ">"),
                    self._end(band.upper, "≤", "<"),
                )
                for band in bands
            )
            columns = (
                self.column("kategori", "band"),
                self.column("dari", "from"),
                self.column("sampai", "to"),
            )
            caption = Text("Kategori untuk {codes}", "Bands of {codes}").fill(codes=codes)
            parts.append(Table(columns, rows, caption=self.say(caption)))
            lines: list[Cell] = []
            if bands.rounding is not None:
                lines.append(self.words.rounding(bands.rounding))
            alike: dict[str, list[str]] = {}
            for dimension, own in members:
                for line in self._limit_bases(own):
                    alike.setdefault(line, []).append(dimension.code)
            lines += [f"{', '.join(codes)}: {line}" for line, codes in alike.items()]
            parts.append(Listing(tuple(lines)))
        return parts

    def _end(self, limit: Limit | None, inclusive: str, exclusive: str) -> str:
        if limit is None:
            return ""
        return f"{inclusive if limit.inclusive else exclusive} {self.number(limit.value)}"

    def _limit_bases(self, bands: Bands) -> list[str]:
        """Return the bases of the limits, those alike in one line."""
        found: dict[Basis, list[str]] = {}
        for band in bands:
            for limit in (band.lower, band.upper):
                if limit is not None:
                    values = found.setdefault(limit.basis, [])
                    value = self.number(limit.value)
                    if value not in values:
                        values.append(value)
        return [
            f"{self.say(Text('batas', 'limits'))} {'; '.join(values)}: {self.basis(basis)}"
            for basis, values in found.items()
        ]

    def measures(self) -> list[Part]:
        """The measures with their ranges and what happens without them."""
        if not self.instrument.measures:
            return []
        rows: tuple[tuple[str, ...], ...] = tuple(
            (
                measure.code,
                self.say(measure.name),
                self.say(
                    Text("{least} sampai {most}", "{least} to {most}").fill(
                        least=self.number(measure.minimum),
                        most=self.number(measure.maximum),
                    )
                ),
                str(measure.decimals),
                self.words.scale(measure),
                self._missing(measure),
                self.basis(measure.basis),
            )
            for measure in self.instrument.measures
        )
        columns: tuple[Column, ...] = (
            self.column("kode", "code"),
            self.column("ukuran", "measure"),
            self.column("rentang", "range"),
            self.column("desimal", "decimals", right=True),
            self.column("skala", "scale"),
            self.column("bila tidak ada", "if missing"),
            self.column("status", "standing"),
        )
        if all(measure.scale is None for measure in self.instrument.measures):
            place = 4
            columns = (*columns[:place], *columns[place + 1 :])
            rows = tuple((*row[:place], *row[place + 1 :]) for row in rows)
        return [self.heading("Nilai dari luar", "Measures"), Table(columns, rows)]

    def _missing(self, node: Node) -> str:
        label = self.say(node.missing.label)
        if node.missing is MissingPolicy.UNKNOWN or node.missing_basis is None:
            return label
        return f"{label}: {self.basis(node.missing_basis)}"

    def gates(self) -> list[Part]:
        """The gates with their options."""
        if not self.instrument.gates:
            return []
        rows = []
        for gate in self.instrument.gates:
            options = "; ".join(
                f"{option.value}: {self.say(option.label)}" for option in gate.options
            )
            kinds = "; ".join(
                f"{self.say(kind.label)}: {', '.join(values)}" for kind, values in gate.by_kind
            )
            rows.append(
                (
                    gate.code,
                    self.say(gate.question),
                    options,
                    kinds or "-",
                    self.basis(gate.basis),
                )
            )
        columns = (
            self.column("kode", "code"),
            self.column("pertanyaan", "question"),
            self.column("jawaban", "options"),
            self.column("menurut jenis instansi", "by the kind of agency"),
            self.column("status", "standing"),
        )
        return [self.heading("Pertanyaan pembuka", "Gates"), Table(columns, tuple(rows))]

    def indicators(self) -> list[Part]:
        """Every indicator with its criteria and evidence, under its dimension."""
        parts: list[Part] = []
        if self.instrument.indicators:
            parts.append(self.heading("Indikator", "Indicators"))
        for dimension in self.instrument.dimensions:
            own = [child for child in dimension.children if isinstance(child, Indicator)]
            if own:
                parts.append(Heading(f"{dimension.code} {self.say(dimension.name)}", 3))
            for indicator in own:
                parts += self._indicator(indicator)
        return parts

    def _indicator(self, indicator: Indicator) -> list[Part]:
        parts: list[Part] = [Heading(f"{indicator.code} {self.say(indicator.name)}", 4)]
        if indicator.question is not None:
            parts.append(Paragraph(self.say(indicator.question)))
        rows = tuple(
            (
                str(level.value),
                self.number(level.points),
                "" if level.criterion is None else self.say(level.criterion),
            )
            for level in indicator.levels
        )
        columns = (
            self.column("tingkat", "level", right=True),
            self.column("nilai", "points", right=True),
            self.column("kriteria", "criterion"),
        )
        parts.append(Table(columns, rows))
        lines: list[Cell] = []
        for condition in indicator.conditions:
            text = Text("Berlaku bila {gate}: {options}", "Applies when {gate}: {options}")
            lines.append(
                self.say(text.fill(gate=condition.gate, options=", ".join(condition.options)))
            )
        if indicator.evidence:
            evidence = "; ".join(self.say(item) for item in indicator.evidence)
            lines.append(f"{self.say(Text('Bukti dukung', 'Evidence'))}: {evidence}")
        wording = Text("Status kriteria: {basis}", "Standing of the criteria: {basis}")
        lines.append(self.say(wording.fill(basis=self.basis(indicator.basis))))
        scale = Text("Status nilai tingkat: {basis}", "Standing of the points: {basis}")
        lines.append(self.say(scale.fill(basis=self.basis(indicator.scale.basis))))
        lines.append(
            f"{self.say(Text('Bila tidak dijawab', 'If missing'))}: {self._missing(indicator)}"
        )
        if indicator.remark is not None:
            lines.append(f"{self.say(Text('Catatan', 'Remark'))}: {self.say(indicator.remark)}")
        parts.append(Listing(tuple(lines)))
        return parts

    def derived(self) -> list[Part]:
        """Figures that follow from the total."""
        if not self.instrument.derived:
            return []
        lines = tuple(
            f"{figure.code}, {self.say(figure.name)}: {self.say(Text('total', 'total'))} × "
            f"{self.number(figure.factor.value)}, {self.basis(figure.factor.basis)}"
            for figure in self.instrument.derived
        )
        return [self.heading("Angka turunan", "Derived figures"), Listing(lines)]

    def remarks(self) -> list[Part]:
        """What a reader should know."""
        lines: list[Cell] = [
            f"{self.say(remark.text)} [{self.basis(remark.basis)}]"
            for remark in self.instrument.remarks
        ]
        lines += [
            f"{node.code}: {self.say(node.remark)}"
            for node in self.instrument.nodes
            if node.remark is not None and not isinstance(node, Indicator)
        ]
        if not lines:
            return []
        return [self.heading("Catatan", "Remarks"), Listing(tuple(lines))]

    def sources(self) -> list[Part]:
        """The sources by their codes."""
        if not self.instrument.sources:
            return []
        lines = tuple(
            Link(f"{source.code}: {self.say(source.title)}", source.url)
            for source in self.instrument.sources
        )
        return [self.heading("Sumber", "Sources"), Listing(lines)]


def _range(band: Band) -> tuple[object, ...]:
    return tuple(
        None if limit is None else (limit.value, limit.inclusive)
        for limit in (band.lower, band.upper)
    )
