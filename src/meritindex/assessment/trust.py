"""How far an answer may be from what is really so: a policy, by how well the answer is supported.

It says only what an answer may stand for. What follows for a score is worked out elsewhere; what an
answer that is not there counts for in a score is the instrument's business (`MissingPolicy`).
"""

from __future__ import annotations

import enum
import re
from typing import cast

import attrs

from meritindex.assessment.values import AnswerState, make_fault
from meritindex.definition.scales import HIGHEST_LEVEL
from meritindex.errors import AssessmentError, Fault
from meritindex.language import Text, counted
from meritindex.numbers import quoted

_NAMES: dict[str, tuple[int | None, int | None]] = {
    "as-given": (0, 0),
    "at-most": (None, 0),
    "at-least": (0, None),
    "any": (None, None),
}
_NUMBER = "any|[0-9]{1,3}"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"within-(?P<both>{_NUMBER})",
        rf"down-(?P<down>{_NUMBER})",
        rf"up-(?P<up>{_NUMBER})",
        rf"down-(?P<down>{_NUMBER})-up-(?P<up>{_NUMBER})",
    )
)
_LEVEL = Text("tingkat", "level")
_LOWER, _HIGHER = Text("lebih rendah", "lower"), Text("lebih tinggi", "higher")
_UP_TO = Text("hingga {levels} {side}", "up to {levels} {side}")
_EITHER = Text("{one} atau {other}", "{one} or {other}")
_COUNTS = Text(
    f"bilangan bulat 0 sampai {HIGHEST_LEVEL}, atau None",
    f"whole numbers 0 to {HIGHEST_LEVEL}, or None",
)
_WORDS = Text(
    f"{', '.join(_NAMES)}, within-1, down-1, up-1, down-2-up-1 (0 sampai {HIGHEST_LEVEL} tingkat)",
    f"{', '.join(_NAMES)}, within-1, down-1, up-1, down-2-up-1 (0 to {HIGHEST_LEVEL} levels)",
)


@attrs.frozen
class Latitude:
    """How many levels below and above an answer it may really be; None to the end of the scale.

    Attributes:
        down: levels below the answer, 0 to 250.
        up: levels above it.

    Raises:
        AssessmentError: a number of levels that is none.

    Examples:
        >>> Latitude(None, 0).name, Latitude(1, 1).name, Latitude.parse("down-2")
        ('at-most', 'within-1', Latitude(down=2, up=0))
    """

    down: int | None = 0
    up: int | None = 0

    def __attrs_post_init__(self) -> None:
        faults = [
            make_fault(
                "latitude-range",
                Text(
                    "{value} bukan jumlah tingkat; yang diterima: {allowed}",
                    "{value} is not a number of levels; allowed: {allowed}",
                ),
                item=item,
                value=quoted(count),
                allowed=_COUNTS,
            )
            for item, count in (("down", self.down), ("up", self.up))
            if not (count is None or (type(count) is int and 0 <= count <= HIGHEST_LEVEL))
        ]
        if faults:
            raise AssessmentError(faults)

    @classmethod
    def parse(cls, word: str) -> Latitude:
        """Read a latitude by its name.

        `as-given`, `at-most`, `at-least`, `any`; `within-1`, `down-1`, `up-1` and `down-2-up-1`
        with any numbers of levels, or `any` in the place of one.

        Raises:
            AssessmentError: the word names none.
        """
        found = _read(word, None)
        if isinstance(found, Fault):
            raise AssessmentError(found)
        return found

    @property
    def name(self) -> str:
        """The word that `parse` reads as this one."""
        for name, levels in _NAMES.items():
            if levels == (self.down, self.up):
                return name
        if self.down == self.up:
            return f"within-{self.down}"
        if self.up == 0:
            return f"down-{self.down}"
        if self.down == 0:
            return f"up-{self.up}"
        return f"down-{_word(self.down)}-up-{_word(self.up)}"

    @property
    def label(self) -> Text:
        """What the answer may be, for a reader."""
        if self == Latitude():
            return Text("seperti jawabannya", "as answered")
        if self == Latitude(None, None):
            return Text("tingkat mana pun", "any level")
        label = Text("tingkat itu", "that level")
        for count, side in ((self.down, _LOWER), (self.up, _HIGHER)):
            if count is None:
                label = _EITHER.fill(one=label, other=side)
            elif count:
                other = _UP_TO.fill(levels=counted(count, _LEVEL), side=side)
                label = _EITHER.fill(one=label, other=other)
        return label


def _word(count: int | None) -> str:
    return "any" if count is None else str(count)


def _count(word: str | None) -> int | None:
    return None if word == "any" else int(word or 0)


def _read(word: object, item: str | None) -> Latitude | Fault:
    """Read a latitude, or return the fault of what is none."""
    if isinstance(word, Latitude):
        return word
    text = word.strip().casefold() if isinstance(word, str) else ""
    levels = _NAMES.get(text)
    for form in _FORMS:
        if match := form.fullmatch(text):
            named = match.groupdict()
            both = named.get("both")
            levels = (_count(named.get("down", both)), _count(named.get("up", both)))
    if levels is not None and all(count is None or count <= HIGHEST_LEVEL for count in levels):
        return Latitude(*levels)
    return make_fault(
        "latitude-unknown",
        Text(
            "{value} tidak menyatakan seberapa jauh jawaban dapat meleset; yang diterima: "
            "{allowed}",
            "{value} does not say how far an answer may be off; allowed: {allowed}",
        ),
        item=item,
        value=quoted(word),
        allowed=_WORDS,
    )


class Unanswered(enum.StrEnum):
    """What an answer that is not there may be, where the instrument leaves it unknown."""

    ANY = "any"
    LOWEST = "lowest"

    @property
    def label(self) -> Text:
        """What it may be, for a reader."""
        return _UNANSWERED_LABELS[self]


_UNANSWERED_LABELS = {
    Unanswered.ANY: Text("jawaban apa pun", "any answer"),
    Unanswered.LOWEST: Text("jawaban yang bernilai terendah", "the answer that is worth least"),
}


# What is wrong with the words of a policy is refused with it, so that all faults are told at once.
def _latitude_as_given(latitude: Latitude | str) -> Latitude:
    return cast("Latitude", latitude)


def _unanswered_as_given(unanswered: Unanswered | str) -> Unanswered:
    return cast("Unanswered", unanswered)


@attrs.frozen(kw_only=True)
class AnswerPolicy:
    """What an answer of each state may really be, and one that is not there.

    A latitude is given as such or by its name. Levels stay within their scale.

    Attributes:
        verified: of answers that have been verified.
        evidenced: of answers for which evidence has been shown.
        claimed: of answers that are only claimed; by default they may be anything lower.
        unstated: of answers of which no state is known. (Measures and entered points have no
            states, and are what they are.)
        unanswered: what is not answered may be any answer, or is taken for what is worth least to
            the total. An opening question that is not answered stays open either way.

    Raises:
        AssessmentError: words that say nothing of the kind; every one is listed.

    Examples:
        >>> policy = AnswerPolicy(evidenced="within-1", unanswered="lowest")
        >>> policy.latitude_of(AnswerState.CLAIMED).name, policy.evidenced
        ('at-most', Latitude(down=1, up=1))
    """

    verified: Latitude = attrs.field(default=Latitude(), converter=_latitude_as_given)
    evidenced: Latitude = attrs.field(default=Latitude(), converter=_latitude_as_given)
    claimed: Latitude = attrs.field(default=Latitude(None, 0), converter=_latitude_as_given)
    unstated: Latitude = attrs.field(default=Latitude(), converter=_latitude_as_given)
    unanswered: Unanswered = attrs.field(default=Unanswered.ANY, converter=_unanswered_as_given)

    def __attrs_post_init__(self) -> None:
        faults: list[Fault] = []
        for item in ("verified", "evidenced", "claimed", "unstated"):
            latitude = _read(getattr(self, item), item)
            if isinstance(latitude, Fault):
                faults.append(latitude)
            object.__setattr__(self, item, latitude)
        unanswered = _read_unanswered(self.unanswered)
        if isinstance(unanswered, Fault):
            faults.append(unanswered)
        if faults:
            raise AssessmentError(faults)
        object.__setattr__(self, "unanswered", unanswered)

    def latitude_of(self, state: AnswerState | None) -> Latitude:
        """Return the latitude of answers in a state; None where no state is known."""
        return {
            None: self.unstated,
            AnswerState.CLAIMED: self.claimed,
            AnswerState.EVIDENCED: self.evidenced,
            AnswerState.VERIFIED: self.verified,
        }[state]


def _read_unanswered(word: object) -> Unanswered | Fault:
    text = word.strip().casefold() if isinstance(word, str) else ""
    names = [member.value for member in Unanswered]
    if text in names:
        return Unanswered(text)
    return make_fault(
        "unanswered-unknown",
        Text(
            "{value} tidak menyatakan apa arti pertanyaan yang belum dijawab; yang diterima: "
            "{allowed}",
            "{value} does not say what an unanswered question may be; allowed: {allowed}",
        ),
        item="unanswered",
        value=quoted(word),
        allowed=Text.same(", ".join(names)),
    )
