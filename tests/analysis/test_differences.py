"""What changed between two instruments: nothing is missed, and nothing is made up."""

from __future__ import annotations

import enum
import typing
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from builders import (
    ASSUMED,
    LAW,
    MEAN,
    OFFICIAL,
    band,
    dimension,
    faults_of,
    figure,
    gate,
    indicator,
    instrument,
    levels,
    limit,
    measure,
    parts_of,
    rich_instrument,
    when,
)
from meritindex import catalog, definition
from meritindex.analysis import ChangeKind, InstrumentDiff, diff
from meritindex.definition import (
    BandCap,
    Bands,
    Cap,
    EqualRemainder,
    GeometricMean,
    Given,
    GoalpostScale,
    HarmonicMean,
    InForce,
    Instrument,
    Median,
    Minimum,
    PowerMean,
    Remark,
    Rounding,
    Shortfall,
    Source,
    Stated,
    Step,
    ThresholdScale,
    WeightedMean,
)
from meritindex.errors import UnknownNameError
from meritindex.language import LANGUAGES, Text
from meritindex.layout.wrapping import places

REWORDED = ChangeKind.REWORDED


def richest() -> Instrument:
    """Return an instrument in which every type of definition occurs, with every field filled."""
    one = rich_instrument()
    by_threshold = measure(
        "portion",
        1,
        scale=ThresholdScale(
            steps=[
                Step(points=0),
                Step(points=1, start="0.5", inclusive=False, criterion=Text("c", "k")),
            ],
            basis=ASSUMED,
        ),
        remark=Text("ingat", "mind"),
        missing_basis=ASSUMED,
    )
    by_post = measure("post", 1, scale=GoalpostScale(low=1, high=2, basis=ASSUMED))
    third = dimension(
        "third",
        by_threshold,
        by_post,
        dimension("g", indicator("g1"), rule=GeometricMean(basis=ASSUMED, floor="0.1")),
        dimension("h", indicator("h1"), rule=HarmonicMean(basis=ASSUMED, floor="0.1")),
        dimension("p", indicator("p1"), rule=PowerMean(basis=ASSUMED, exponent=2, floor="0.1")),
        dimension("m", indicator("m1", None), rule=Minimum(basis=ASSUMED)),
        dimension("n", indicator("n1", None), rule=Median(basis=ASSUMED)),
        bonuses=(measure("extra", None),),
        deductions=(measure("less", None),),
        floor=figure(0),
        caps=(
            Cap(maximum=9, basis=ASSUMED),
            Cap(maximum=8, basis=ASSUMED, shortfall=Shortfall(code="g", below=1)),
        ),
        bands=Bands(items=(band("low", None, limit(1)), band("top", None, None))),
        band_caps=(BandCap(band="low", basis=ASSUMED, shortfall=Shortfall(code="h1", below=1)),),
        remark=Text("ingat", "mind"),
        missing_basis=ASSUMED,
    )
    root = attrs.evolve(one.root, children=(*one.root.children, third))
    return attrs.evolve(one, root=root)


RICHEST = richest()


# Walking the definitions


def types_in(hint: object) -> Iterator[type]:
    """Yield every definition that a type hint names."""
    if isinstance(hint, type) and attrs.has(hint):
        yield hint
    for argument in typing.get_args(hint):
        yield from types_in(argument)


def reachable() -> set[type]:
    """Return every type of definition that an instrument can hold."""
    found: set[type] = set()
    waiting = [Instrument]
    while waiting:
        kind = waiting.pop()
        if kind not in found:
            found.add(kind)
            for hint in typing.get_type_hints(kind).values():
                waiting += types_in(hint)
    return found


def changed(value: object) -> Iterator[object]:  # noqa: C901 - a flat list of types
    """Yield other values that a field could have instead."""
    match value:
        case None:
            yield Text.same("some")
        case enum.Enum():
            yield from (member for member in type(value) if member is not value)
        case bool():
            yield not value
        case int():
            yield value + 1
        case str():
            yield value + "x"
        case Fraction():
            yield value + Fraction(1, 7)
        case date():
            yield from (value + timedelta(days=1), value.year)
        case tuple():
            if value:
                yield value[1:]
            if value != value[::-1]:
                yield value[::-1]
        case WeightedMean():
            yield from (Minimum(basis=value.basis), GeometricMean(basis=value.basis))
        case Given():
            yield from (Stated(), EqualRemainder())


def rebuilt(value: object, /, **fields: object) -> object:
    """Return a definition with other fields, whether or not it makes sense like that."""
    other = object.__new__(type(value))
    for attribute in attrs.fields(type(value)):
        content = fields.get(attribute.name, getattr(value, attribute.name))
        object.__setattr__(other, attribute.name, content)
    return other


def variants(value: object, place: str = "") -> Iterator[tuple[str, object]]:
    """Yield every definition that differs from `value` in one place, with the place."""
    for other in changed(value):
        yield place, other
    if isinstance(value, tuple):
        for number, item in enumerate(value):
            for inner, other in variants(item, f"{place}[{number}]"):
                yield inner, (*value[:number], other, *value[number + 1 :])
    elif attrs.has(type(value)):
        for attribute in attrs.fields(type(value)):
            name = attribute.name
            for inner, other in variants(getattr(value, name), f"{place}.{name}"):
                yield inner, rebuilt(value, **{name: other})


VARIANTS = list(variants(RICHEST))


@st.composite
def one_changed(draw: st.DrawFn, value: object) -> object:
    """Draw a definition that differs from `value` in one place anywhere."""
    others = list(changed(value))
    inner: list[tuple[int | str, object]] = []
    if isinstance(value, tuple):
        inner += enumerate(value)
    elif attrs.has(type(value)):
        inner += ((each.name, getattr(value, each.name)) for each in attrs.fields(type(value)))
    below = [(key, item) for key, item in inner if next(variants(item), None) is not None]
    number = draw(st.integers(0, len(others) + len(below) - 1))
    if number < len(others):
        return others[number]
    key, item = below[number - len(others)]
    other = draw(one_changed(item))
    if isinstance(key, str):
        return rebuilt(value, **{key: other})
    return (*value[:key], other, *value[key + 1 :])


def check_mirror(one: Instrument, other: Instrument) -> InstrumentDiff:
    """Check what holds of the changes between any two instruments, and return them."""
    there, back = diff(one, other), diff(other, one)
    swapped = {ChangeKind.ADDED: ChangeKind.REMOVED, ChangeKind.REMOVED: ChangeKind.ADDED}
    assert Counter(facts(change) for change in there) == Counter(
        (swapped.get(change.kind, change.kind), *facts(change)[1:3], change.after, change.before)
        for change in back
    )
    assert (len(there) == 0) == (one.fingerprint == other.fingerprint)
    for change in there:
        assert change.field != "fingerprint"
        assert change.labels
        assert change.before is not None or change.after is not None
        assert (change.kind is ChangeKind.ADDED) <= (change.before is None)
        assert (change.kind is ChangeKind.REMOVED) <= (change.after is None)
        for value in (change.before, change.after):
            assert value is None or isinstance(value, Text | Fraction)
    assert [change.kind for change in there] == sorted(
        (change.kind for change in there), key=list(ChangeKind).index
    )
    return there


def facts(change):
    return (change.kind, change.where, change.field, change.before, change.after)


class TestNothingIsMissed:
    def test_every_type_of_definition_occurs_in_the_walk(self):
        assert reachable() <= {type(part) for part in parts_of(RICHEST)} | {
            definition.WeightedSum,
            Stated,
            EqualRemainder,
        }

    def test_every_field_is_changed_somewhere(self):
        places_ = {place for place, _ in VARIANTS}
        for kind in {type(part) for part in parts_of(RICHEST)}:
            for attribute in attrs.fields(kind):
                assert any(f".{attribute.name}" in place for place in places_), attribute.name
        assert len(VARIANTS) > 800

    def test_a_change_in_any_one_place_is_found(self):
        for place, other in VARIANTS:
            changes = diff(RICHEST, other)
            assert len(changes) > 0, place
            assert all(change.field != "fingerprint" for change in changes), place

    @pytest.mark.parametrize("turn", range(7))
    def test_it_is_the_same_backwards(self, turn):
        for _, other in VARIANTS[turn::49]:
            check_mirror(RICHEST, other)

    def test_a_field_that_is_not_known_here_is_compared(self):
        @attrs.frozen
        class Later:
            amount: Fraction
            more: tuple[object, ...] = ()

        def made(amount, *more):
            return rebuilt(instrument(indicator("a1")), family=Later(Fraction(amount), more))

        (change,) = diff(made(1), made(2))
        assert facts(change) == (ChangeKind.OTHER, None, "family.amount", Fraction(1), Fraction(2))
        (change,) = diff(made(1, Later(Fraction(1))), made(1, Later(Fraction(3))))
        assert change.field == "family.more.1.amount"
        (change,) = diff(made(1), made(1, "x", 1.5))
        assert change.after == Text.same("x; 1.5")
        (change,) = diff(made(1), made(1, Later(Fraction(3))))
        assert (change.before, change.after) == (None, Text.same("amount 3"))

    def test_a_difference_without_words_is_named_by_the_fingerprint(self):
        def limited(inclusive):
            low = band("low", None, limit(1, inclusive=inclusive))
            bands = Bands(items=(low, band("high")))
            return attrs.evolve(instrument(), root=dimension("r", A1, bands=bands))

        one, other = limited(True), limited(1)
        assert one != other
        (change,) = diff(one, other)
        assert facts(change) == (
            ChangeKind.OTHER,
            None,
            "fingerprint",
            Text.same(one.fingerprint),
            Text.same(other.fingerprint),
        )

    @settings(max_examples=30)
    @given(strategies.instruments(), strategies.instruments())
    def test_random_pairs(self, one, other):
        check_mirror(one, other)

    @settings(max_examples=40)
    @given(st.data())
    def test_a_random_mutation(self, data):
        one = data.draw(strategies.instruments())
        assert not diff(one, one)
        once = data.draw(one_changed(one))
        assert check_mirror(one, once)
        check_mirror(one, data.draw(one_changed(once)))


# What a drafter reads


def before_and_after(one, other):
    (change,) = check_mirror(one, other)
    return facts(change)


A1 = indicator("a1", 12)


class TestChanges:
    def test_the_same(self):
        changes = diff(RICHEST, richest())
        assert (changes.changes, len(changes), list(changes)) == ((), 0, [])
        assert "Nothing changed." in changes.to_text("en")
        assert repr(changes) == "<InstrumentDiff from rich to rich: 0 changes>"

    def test_ids_of_the_catalog(self):
        changes = diff("ism-2019", "ism-2026")
        assert changes.before is catalog.instrument("ism-2019")
        assert changes.after is catalog.instrument("ism-2026")
        assert not diff("ism-2019", catalog.instrument("ism-2019"))
        faults_of(UnknownNameError, lambda: diff("ism-2019", "ism-1999"))

    def test_a_weight(self):
        other = instrument(attrs.evolve(A1, weight=figure("12.5")))
        change = before_and_after(instrument(A1), other)
        assert change == (ChangeKind.RE_WEIGHTED, "a1", "weight", 12, Fraction("12.5"))
        assert "bobot a1: 12 → 12,5" in diff(instrument(A1), other).to_text("id")
        assert "weight a1: 12 → 12.5" in diff(instrument(A1), other).to_text("en")

    def test_a_weight_gets_published(self):
        mean = WeightedMean(basis=ASSUMED, whole=1)
        one, other = (
            attrs.evolve(instrument(), root=dimension("r", indicator("a1", value), rule=mean))
            for value in (None, figure(1, OFFICIAL))
        )
        weight, basis = check_mirror(one, other)
        assert (weight.kind, weight.before.en, weight.after) == ("re-weighted", "not published", 1)
        assert (basis.kind, basis.field) == ("re-sourced", "weight.basis")
        assert (basis.before.en, basis.after.en) == ("none", "official (law)")

    def test_a_basis_alone(self):
        other = instrument(attrs.evolve(A1, weight=figure(12, OFFICIAL)))
        kind, where, field, before, after = before_and_after(instrument(A1), other)
        assert (kind, where, field) == (ChangeKind.RE_SOURCED, "a1", "weight.basis")
        assert (before.en, after.id) == ("assumed (example)", "resmi (law)")

    def test_added_and_removed(self):
        rule = WeightedMean(basis=ASSUMED, whole=100)
        one, other = (
            attrs.evolve(instrument(), root=dimension("r", A1, *more, rule=rule))
            for more in ((indicator("b", None),), (indicator("a2", None), indicator("b", None)))
        )
        change = before_and_after(one, other)
        assert change[:4] == (ChangeKind.ADDED, "a2", "indicator", None)
        assert change[4].en == "indicator a2 (under r, weight not published)"
        gone = diff(instrument(A1, measure("x", 3)), instrument(A1))
        assert [(each.kind, each.where, each.field) for each in gone] == [
            (ChangeKind.REMOVED, "x", "measure")
        ]
        assert "ukuran x: ukuran x (di bawah total_points, bobot 3)" in gone.to_text("id")

    def test_an_indicator_becomes_a_dimension(self):
        one, other = instrument(A1), instrument(dimension("a1", indicator("a2"), weight=12))
        kinds = [(each.kind, each.where, each.field) for each in check_mirror(one, other)]
        assert kinds == [
            (ChangeKind.ADDED, "a1", "dimension"),
            (ChangeKind.ADDED, "a2", "indicator"),
            (ChangeKind.REMOVED, "a1", "indicator"),
        ]

    def test_moved_to_another_dimension(self):
        first, second = indicator("x"), indicator("y")
        inner = indicator("z")
        one = instrument(dimension("d", first, inner), dimension("e", second))
        other = instrument(dimension("d", first), dimension("e", second, inner))
        change = before_and_after(one, other)
        assert change[:3] == (ChangeKind.MOVED, "z", "place")
        assert (change[3].en, change[4].id) == ("under d", "di bawah e")

    def test_a_measure_is_deducted_now(self):
        extra = measure("x", None)
        roots = [
            dimension("r", A1, bonuses=(extra,)),
            dimension("r", A1, deductions=(extra,)),
        ]
        one, other = (attrs.evolve(instrument(), root=root) for root in roots)
        change = before_and_after(one, other)
        assert change[:3] == (ChangeKind.MOVED, "x", "place")
        assert (change[3].en, change[4].en) == ("bonus of r", "deduction of r")
        added = before_and_after(attrs.evolve(instrument(), root=dimension("r", A1)), one)
        assert added[4].en == "measure x (bonus of r)"

    def test_a_root_of_another_code(self):
        one = attrs.evolve(instrument(), root=dimension("r", A1))
        other = attrs.evolve(instrument(), root=dimension("s", A1))
        added, removed, moved = check_mirror(one, other)
        assert (added.after.en, removed.before.en) == (
            "dimension s (the root)",
            "dimension r (the root)",
        )
        assert (moved.before.en, moved.after.en) == ("under r", "under s")

    def test_another_order(self):
        x, y, z = (indicator(code) for code in "xyz")
        change = before_and_after(instrument(x, y), instrument(y, x))
        assert change[:3] == (ChangeKind.MOVED, "total_points", "children.order")
        assert (change[3].en, change[4].en) == ("x, y", "y, x")
        changes = check_mirror(instrument(x, y), instrument(y, z, x))
        assert [each.kind for each in changes] == [ChangeKind.ADDED, ChangeKind.MOVED]
        assert changes.changes[1].after.en == "y, x"
        assert len(check_mirror(instrument(x, y), instrument(z, x, y))) == 1

    def test_a_rule(self):
        one = attrs.evolve(instrument(), root=dimension("r", A1, rule=MEAN))
        other = attrs.evolve(
            instrument(), root=dimension("r", A1, rule=GeometricMean(basis=ASSUMED, floor="0.5"))
        )
        change = before_and_after(one, other)
        assert change[:3] == (ChangeKind.RE_RULED, "r", "rule")
        assert change[3].en == "weighted mean; basis assumed (example)"
        assert change[4].id == "rata-rata geometrik; dasar asumsi (contoh); batas bawah 0,5"
        whole = attrs.evolve(
            one, root=dimension("r", A1, rule=WeightedMean(basis=ASSUMED, whole=12))
        )
        change = before_and_after(one, whole)
        assert change[2:] == ("rule.whole", Text("tidak ada", "none"), 12)

    def test_a_cap_while_something_falls_short(self):
        def capped(*caps):
            return attrs.evolve(instrument(), root=dimension("r", A1, caps=caps))

        short = Cap(maximum=3, basis=ASSUMED, shortfall=Shortfall(code="a1", below="1.5"))
        change = before_and_after(capped(), capped(short))
        assert change[4].id == "maksimum 3; dasar asumsi (contoh); selama a1 di bawah 1,5"
        assert change[4].en == "maximum 3; basis assumed (example); while a1 is below 1.5"
        always = attrs.evolve(short, shortfall=None)
        assert before_and_after(capped(always), capped(short))[4].en == "a1 is below 1.5"

    def test_a_step_is_called_what_the_definition_calls_it(self):
        def stepped(points):
            steps = (Step(points=0), Step(points=points, start="0.5"))
            return instrument(measure("m", scale=ThresholdScale(steps=steps, basis=ASSUMED)))

        page = diff(stepped(1), stepped(2))
        assert "skala m, langkah 2, nilai: 1 → 2" in page.to_text("id")
        assert "scale m, step 2, points: 1 → 2" in page.to_text("en")

    def test_a_rounding(self):
        def rounded(mode, digits):
            root = dimension("r", A1, rounding=Rounding(digits=digits, basis=ASSUMED, mode=mode))
            return attrs.evolve(instrument(), root=attrs.evolve(root, decimals=0))

        mode, digits = check_mirror(rounded("down", 1), rounded("half_even", 2))
        if mode.field == "rounding.digits":
            mode, digits = digits, mode
        assert (digits.before, digits.after) == (1, 2)
        assert (mode.before.id, mode.after.en) == ("ke bawah", "a half goes to the even neighbour")
        assert {mode.kind, digits.kind} == {ChangeKind.RE_RULED}

    def test_bands(self):
        def banded(*bands):
            return attrs.evolve(instrument(), root=dimension("r", A1, bands=Bands(items=bands)))

        two = banded(band("low", None, limit(1, inclusive=False)), band("high", limit(1)))
        later = banded(band("low", None, limit(2, inclusive=False)), band("high", limit(2)))
        changes = check_mirror(two, later)
        assert [facts(each)[:5] for each in changes] == [
            (ChangeKind.RE_BANDED, "r", "bands.low.upper", 1, 2),
            (ChangeKind.RE_BANDED, "r", "bands.high.lower", 1, 2),
        ]
        assert "kategori r, low, batas atas: 1 → 2" in changes.to_text("id")
        three = banded(
            band("low", None, limit(1, inclusive=False)),
            band("high", limit(1), limit(3)),
            band("top", limit(3, inclusive=False)),
        )
        ended, added = check_mirror(two, three)
        assert (ended.field, ended.before.en) == ("bands.high.upper", "none")
        assert ended.after.id == "nilai 3; dasar asumsi (contoh); termasuk batasnya ya"
        assert (added.field, added.before, added.after.en) == ("bands.top", None, "> 3")
        page = diff(two, three).to_text("en")
        assert "bands r, top: added, > 3" in page
        assert "kategori r, top: dihapus, > 3" in diff(three, two).to_text("id")
        none, some = banded(band("all")), attrs.evolve(two, root=dimension("r", A1))
        assert before_and_after(some, none)[4].en == "all (en) all points"

    def test_bands_as_a_whole(self):
        rich = RICHEST.root.bands
        plain = attrs.evolve(instrument(), root=dimension("r", A1))
        full = attrs.evolve(instrument(), root=dimension("r", A1, bands=rich))
        text = before_and_after(plain, full)[4].id
        assert text.startswith("low ≤ 0,4; middle ≥ 0,41; high > 0,6; pembulatan: desimal 2;")

    def test_levels_and_wording(self):
        one = instrument(A1)
        scale = levels(0, 1, 2, 3, "4.5")
        points = before_and_after(one, instrument(indicator("a1", 12, levels=scale)))
        assert points == (ChangeKind.RE_SCALED, "a1", "scale.levels.4.points", 4, Fraction("4.5"))
        criterion = (
            *levels(0, 1, 2, 3),
            attrs.evolve(scale[4], points=4, criterion=Text("x", "y")),
        )
        worded = diff(one, instrument(indicator("a1", 12, levels=criterion)))
        assert [each.kind for each in worded] == [REWORDED]
        assert "skala a1, tingkat 4, kriteria: tidak ada → x" in worded.to_text("id")
        evidence = attrs.evolve(A1, evidence=(Text("surat", "letter"), Text("data", "data")))
        change = before_and_after(one, instrument(evidence))
        assert (change[0], change[4].id) == (REWORDED, "surat; data")
        remark = before_and_after(one, instrument(attrs.evolve(A1, remark=Text("x", "y"))))
        assert remark[0] is ChangeKind.RE_SOURCED

    def test_gates(self):
        def gated(asked, *conditions):
            return instrument(attrs.evolve(A1, conditions=conditions), gates=(asked,))

        one = gated(gate("g"), when("g"))
        applies = before_and_after(one, gated(gate("g"), when("g", "no", "yes")))
        assert applies[:3] == (ChangeKind.RE_GATED, "a1", "conditions.g.options")
        assert (applies[3].en, applies[4].en) == ("yes", "no, yes")
        maybe = before_and_after(one, gated(gate("g", "yes", "no", "maybe"), when("g")))
        assert maybe[:4] == (ChangeKind.RE_GATED, "g", "options.maybe", None)
        assert maybe[4].en == "option maybe; value maybe"
        kind = before_and_after(one, gated(gate("g", by_kind=(("city", ("no",)),)), when("g")))
        assert kind[2:] == ("by_kind.city", None, Text.same("no"))
        # Twice the same gate is allowed, if without effect.
        twice = before_and_after(one, gated(gate("g"), when("g"), when("g", "no")))
        assert twice[2] == "conditions.g (2)"

    def test_dates_and_weighting(self):
        force = InForce(start=2019, basis=OFFICIAL)
        one = instrument(A1, in_force=force)
        until = date(2025, 12, 31)
        change = before_and_after(one, instrument(A1, in_force=attrs.evolve(force, until=until)))
        assert change[:3] == (ChangeKind.RE_DATED, None, "in_force.until")
        assert change[4] == Text.same("2025-12-31")
        page = diff(one, instrument(A1, in_force=attrs.evolve(force, start=2020))).to_text("id")
        assert "masa berlaku, sejak: 2019 → 2020" in page
        given_ = Given({"a1": 12})
        change = before_and_after(one, attrs.evolve(one, default_weighting=given_))
        assert change[:3] == (ChangeKind.RE_WEIGHTED, None, "default_weighting")
        assert change[4].en == "weights given by the caller; weight a1, 12"
        more = attrs.evolve(one, default_weighting=Given({"a1": 13}))
        change = before_and_after(attrs.evolve(one, default_weighting=given_), more)
        assert change[2:] == ("default_weighting.weights.a1", 12, 13)

    def test_sources_and_remarks(self):
        other_law = Source(code="law", title=Text("undang-undang", "act"), url="https://a.org")
        one = instrument(A1)
        title, url = check_mirror(one, instrument(A1, sources=(other_law,)))
        assert (title.kind, title.where, title.field) == (REWORDED, "law", "source.title")
        assert (url.kind, url.field) == (ChangeKind.RE_SOURCED, "source.url")
        assert "sumber law, judul: peraturan → undang-undang" in diff(
            one, instrument(A1, sources=(other_law,))
        ).to_text("id")
        remarks = [Remark(text=Text(name, name), basis=ASSUMED) for name in "ab"]
        two = instrument(A1, remarks=remarks)
        added = check_mirror(one, two)
        assert [facts(each)[:4] for each in added] == [(ChangeKind.ADDED, None, "remark", None)] * 2
        order = before_and_after(two, instrument(A1, remarks=remarks[::-1]))
        assert order[:3] == (ChangeKind.MOVED, None, "remarks.order")
        firmer = [attrs.evolve(remarks[0], basis=OFFICIAL), remarks[1]]
        basis = diff(two, instrument(A1, remarks=firmer))
        assert [(each.kind, each.field) for each in basis] == [
            (ChangeKind.RE_SOURCED, "remark.a.basis")
        ]
        assert 'catatan, "a", dasar: asumsi (contoh) → resmi (law)' in basis.to_text("id")


class TestShowing:
    def test_two_instruments_that_share_no_indicator(self):
        changes = diff("ism-2019", "ism-2026")
        indicators = [each for each in changes if each.field == "indicator"]
        assert len(indicators) == 31
        assert {each.kind for each in indicators} == {ChangeKind.ADDED}
        for language in LANGUAGES:
            text = changes.to_text(language)
            assert max(map(places, text.splitlines())) <= 80
            for kind in {each.kind for each in changes}:
                count = sum(each.kind is kind for each in changes)
                assert f"{kind.label.in_language(language)} ({count})" in text
        assert "weight a1, a8: 1 → 10" in changes.to_text("en")
        assert len(changes.to_text("en", 40).splitlines()) > len(changes.to_text("en").splitlines())

    def test_things_that_share_a_name_have_their_own_lines(self):
        twin = {"name": Text.same("same")}
        changes = diff(
            instrument(A1), instrument(A1, indicator("x", **twin), indicator("y", **twin))
        )
        text = changes.to_text("en")
        assert "indicator x: same" in text
        assert "indicator y: same" in text

    def test_html_is_escaped(self):
        other = instrument(A1, title=Text("<b>&", "<i>"))
        html = diff(instrument(A1), other).to_html("id")
        assert "&lt;b&gt;&amp;" in html
        assert html == diff(instrument(A1), other)._repr_html_()
        assert "<li>title: example → &lt;i&gt;</li>" in diff(instrument(A1), other).to_html("en")

    def test_rows(self):
        other = instrument(attrs.evolve(A1, weight=figure("1/3")), indicator("a2"), sources=(LAW,))
        assert diff(instrument(A1), other).as_rows("en") == [
            {
                "kind": "added",
                "where": "a2",
                "field": "indicator",
                "before": None,
                "after": "indicator a2 (under total_points, weight 1)",
            },
            {
                "kind": "re-weighted",
                "where": "a1",
                "field": "weight",
                "before": "12",
                "after": "1/3",
            },
        ]
        assert diff(instrument(A1), other).as_rows()[0]["after"].startswith("indikator a2")

    def test_every_kind_has_a_label(self):
        for kind in ChangeKind:
            assert kind.label.id != kind.label.en
