"""Random cases for boards: agencies of some kinds in some groups, now and at an earlier time."""

from __future__ import annotations

from functools import cached_property

import attrs
from hypothesis import strategies as st

import meritindex as mi
from meritindex.testing import instruments
from meritindex.testing.answers import Answers, answer_lists, answers
from meritindex.testing.parts import one_in, one_of

KINDS = (mi.AgencyKind.BODY, mi.AgencyKind.MINISTRY, None)
GROUPS = ("timur", "barat", "tengah", None)


@attrs.frozen(kw_only=True)
class Case:
    """An instrument, agencies with their groups, and their answers now and before."""

    instrument: mi.Instrument
    agencies: tuple[mi.Agency, ...]
    groups: tuple[str | None, ...]
    now: tuple[Answers, ...]
    before: tuple[tuple[mi.Agency, Answers], ...]

    @property
    def by(self) -> dict[str, str | None]:
        """The groups as a mapping; who has none is left out of it every other time."""
        pairs = zip(self.agencies, self.groups, strict=True)
        return {
            agency.name: group
            for place, (agency, group) in enumerate(pairs)
            if group is not None or place % 2
        }

    @cached_property
    def table(self) -> mi.ScoreTable:
        """The results now."""
        return mi.score(
            [
                assessment(self.instrument, agency, given)
                for agency, given in zip(self.agencies, self.now, strict=True)
            ]
        )

    @cached_property
    def earlier(self) -> mi.ScoreTable:
        """The results before."""
        return mi.score(
            [assessment(self.instrument, agency, given) for agency, given in self.before]
        )


def assessment(instrument: mi.Instrument, agency: mi.Agency, given: Answers) -> mi.Assessment:
    """Return answers of an agency, which are made up."""
    return mi.Assessment(
        agency=agency,
        instrument=instrument,
        levels=given.levels,
        gates=given.gates,
        measures=given.measures,
        points=given.points,
        synthetic=True,
    )


@st.composite
def cases(draw: st.DrawFn, *, most: int = 9) -> Case:
    """Draw a case of at most so many agencies, some of them alike."""
    instrument = draw(instruments(max_leaves=8, max_depth=3, max_gates=2))
    now = draw(answer_lists(instrument, max_size=most))
    while len(now) < most and draw(one_in(2)):
        now.append(one_of(draw, now))
    agencies = tuple(
        mi.Agency(name=f"lembaga {number}", kind=draw(st.sampled_from(KINDS)))
        for number in range(len(now))
    )
    groups = tuple(draw(st.sampled_from(GROUPS)) for _ in agencies)
    earlier = [agency for agency in agencies if not draw(one_in(4))]
    earlier += [mi.Agency(name="lembaga yang bubar")]
    some = draw(st.lists(answers(instrument), min_size=1, max_size=3))
    before = tuple((agency, one_of(draw, [*some, *now])) for agency in earlier)
    return Case(
        instrument=instrument, agencies=agencies, groups=groups, now=tuple(now), before=before
    )
