"""Rules, scales and numbers of an instrument in words, with their standings."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from meritindex.definition import (
    Basis,
    Dimension,
    Figure,
    Measure,
    PositiveMean,
    PowerMean,
    Rounding,
    Shortfall,
    Step,
    ThresholdScale,
)
from meritindex.language import Language, Text, listed
from meritindex.numbers import decimal_text, decimals_of, exact_text, localized


class Words:
    """What the numbers, rules and scales of an instrument say, in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def say(self, text: Text) -> str:
        """Return a text in the language."""
        return text.in_language(self.language)

    def number(self, value: Fraction) -> str:
        """Write a number in full, as a fraction where a decimal would not end."""
        places = decimals_of(value)
        text = exact_text(value) if places is None else decimal_text(value, places)
        return localized(text, self.language)

    def basis(self, basis: Basis) -> str:
        """Write a standing with its sources and its reason."""
        details = [", ".join(basis.sources)] if basis.sources else []
        details += [self.say(basis.reason)] if basis.reason is not None else []
        return f"{self.say(basis.standing.label)} ({'; '.join(details)})"

    def figure(self, figure: Figure | None) -> str:
        """Write a number, or that nobody has published it."""
        if figure is None:
            return self.say(Text("belum dipublikasikan", "not published"))
        return self.number(figure.value)

    def rule(self, dimension: Dimension) -> Text:
        """Say how a dimension is made, in the order in which it is done."""
        rule = dimension.rule
        if rule is None:
            return Text(
                "nilai diisi langsung, 0 sampai {maximum}", "points are entered, 0 to {maximum}"
            ).fill(maximum=self.figure(dimension.maximum))
        parts = [rule.label]
        if rule.reweighs:
            parts = [
                Text("{rule} dari yang berlaku", "{rule} of what applies").fill(rule=rule.label)
            ]
        if isinstance(rule, PowerMean):
            power = Text("pangkat {exponent}", "exponent {exponent}")
            parts.append(power.fill(exponent=self.number(rule.exponent)))
        if isinstance(rule, PositiveMean) and rule.floor is not None:
            least = Text(
                "nilai di bawah {floor} dihitung {floor}", "points below {floor} count {floor}"
            )
            parts.append(least.fill(floor=self.number(rule.floor)))
        if rule.whole is not None:
            whole = Text("bobot berjumlah {whole}", "weights add up to {whole}")
            parts.append(whole.fill(whole=self.number(rule.whole)))
        text = listed(parts, ", ")
        return listed([text, *self._besides(dimension)], "; ")

    def _besides(self, dimension: Dimension) -> Iterator[Text]:
        """Yield what comes after the rule, in the order in which it is done."""
        for measure in dimension.bonuses:
            yield Text("ditambah {code}", "plus {code}").fill(code=measure.code)
        for measure in dimension.deductions:
            yield Text("dikurangi {code}", "less {code}").fill(code=measure.code)
        if dimension.floor is not None:
            yield Text("paling sedikit {value}: {basis}", "at least {value}: {basis}").fill(
                value=self.figure(dimension.floor), basis=self.basis(dimension.floor.basis)
            )
        for cap in dimension.caps:
            yield Text(
                "paling banyak {value}{when}: {basis}", "at most {value}{when}: {basis}"
            ).fill(
                value=self.number(cap.maximum),
                when=self._while(cap.shortfall),
                basis=self.basis(cap.basis),
            )
        for band_cap in dimension.band_caps:
            yield Text(
                "kategori paling tinggi {band}{when}: {basis}",
                "at best the band {band}{when}: {basis}",
            ).fill(
                band=band_cap.band,
                when=self._while(band_cap.shortfall),
                basis=self.basis(band_cap.basis),
            )
        if dimension.entry_maximum is not None:
            yield Text(
                "nilai yang diisi langsung boleh sampai {maximum}: {basis}",
                "entered points may reach {maximum}: {basis}",
            ).fill(
                maximum=self.figure(dimension.entry_maximum),
                basis=self.basis(dimension.entry_maximum.basis),
            )
        if dimension.rounding is not None:
            yield Text.same(self.rounding(dimension.rounding))

    def _while(self, shortfall: Shortfall | None) -> str:
        """Return the condition of a cap, with a blank before it; nothing without one."""
        if shortfall is None:
            return ""
        text = Text(" selama {code} di bawah {below}", " while {code} is below {below}")
        return self.say(text.fill(code=shortfall.code, below=self.number(shortfall.below)))

    def rounding(self, rounding: Rounding) -> str:
        """Say how it is rounded."""
        text = Text(
            "dibulatkan {digits} desimal, {mode}: {basis}",
            "rounded to {digits} decimals, {mode}: {basis}",
        )
        return self.say(
            text.fill(
                digits=rounding.digits, mode=rounding.mode.label, basis=self.basis(rounding.basis)
            )
        )

    def scale(self, measure: Measure) -> str:
        """Say how the number becomes points, and on what that rests."""
        scale = measure.scale
        if scale is None:
            return self.say(Text("nilai itu sendiri", "the number itself"))
        if isinstance(scale, ThresholdScale):
            text = "; ".join(map(self._step, scale.steps))
        else:
            text = f"{self.number(scale.low)} → {self.number(scale.points_at_low)}; "
            text += f"{self.number(scale.high)} → {self.number(scale.points_at_high)}"
            if scale.logarithmic:
                text += self.say(Text("; logaritmik", "; logarithmic"))
            if not scale.capped:
                text += self.say(Text("; juga di luar patok", "; beyond the posts too"))
        return f"{text}: {self.basis(scale.basis)}"

    def _step(self, step: Step) -> str:
        if step.start is None:
            return self.number(step.points)
        sign = "≥" if step.inclusive else ">"
        return f"{sign} {self.number(step.start)} → {self.number(step.points)}"
