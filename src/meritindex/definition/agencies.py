"""Who is assessed, and what has been published about them."""

from __future__ import annotations

import enum
from fractions import Fraction

import attrs

from meritindex.definition.sources import Standing
from meritindex.language import Text
from meritindex.numbers import parse_number


class AgencyKind(enum.StrEnum):
    """What sort of agency it is; central agencies are the first three."""

    MINISTRY = "ministry"
    BODY = "body"
    STATE_BODY = "state body"
    PROVINCE = "province"
    REGENCY = "regency"
    CITY = "city"

    @property
    def label(self) -> Text:
        """The kind for a reader."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    AgencyKind.MINISTRY: Text("kementerian", "ministry"),
    AgencyKind.BODY: Text("lembaga", "body"),
    AgencyKind.STATE_BODY: Text("lembaga negara", "state body"),
    AgencyKind.PROVINCE: Text("provinsi", "province"),
    AgencyKind.REGENCY: Text("kabupaten", "regency"),
    AgencyKind.CITY: Text("kota", "city"),
}


class Stage(enum.StrEnum):
    """How far an assessment has come."""

    SELF_ASSESSED = "self-assessed"
    VERIFIED = "verified"
    DETERMINED = "determined"

    @property
    def label(self) -> Text:
        """The stage for a reader."""
        return _STAGE_LABELS[self]


_STAGE_LABELS = {
    Stage.SELF_ASSESSED: Text("penilaian mandiri", "self-assessed"),
    Stage.VERIFIED: Text("verifikasi", "verified"),
    Stage.DETERMINED: Text("penetapan", "determined"),
}


@attrs.frozen(kw_only=True)
class Agency:
    """An agency.

    `code` is its code in the directory of regional agencies ("16.10"); an agency without one is
    known by its name alone, and what is not known of it is None. `autonomous` is False for
    administrative units, which are not assessed. `regional_office` is the number of BKN's regional
    office ("VII"), where a source names it.
    """

    name: str
    code: str | None = None
    kind: AgencyKind | None = attrs.field(
        default=None, converter=attrs.converters.optional(AgencyKind)
    )
    province: str | None = None
    autonomous: bool = True
    regional_office: str | None = None

    def __str__(self) -> str:
        return self.name


@attrs.frozen(kw_only=True)
class PublishedResult:
    """A total, and perhaps a category, that was published for an agency.

    `printed_name` is the name as the source prints it and `agency` who that is; `year`, `category`
    and `stage` are None where the source does not state them.
    """

    agency: Agency
    printed_name: str
    total: Fraction = attrs.field(converter=parse_number)
    standing: Standing = attrs.field(converter=Standing)
    source: str
    year: int | None = None
    category: str | None = None
    stage: Stage | None = attrs.field(default=None, converter=attrs.converters.optional(Stage))
    stage_as_printed: str | None = None
    note: str | None = None
