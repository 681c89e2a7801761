"""The directory of Indonesia's regional agencies, and who is meant by a name or a code.

It holds the 38 provinces, 416 regencies and 98 cities with their codes and names as in the decree
`DIRECTORY_SOURCE` of 2025; Jakarta's six administrative units among them are not assessed. BKN's
regional office is filled in only where a source names it, which is so far the seventh. Ministries
and bodies are not in the directory: they are known by their names alone. A name is read tolerantly
where nothing else can be meant, and refused with the candidates where something else can; it is
never guessed.
"""

from __future__ import annotations

import csv
import operator
import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib import resources

import attrs

from meritindex.definition import Agency, AgencyKind, Source
from meritindex.errors import Fault, UnknownNameError
from meritindex.language import Text
from meritindex.numbers import quoted

MAX_NAME_LENGTH = 200

# A code as it is given: a spreadsheet or a data frame may have made it a number.
Code = str | float | int

DIRECTORY_SOURCE = Source(
    code="kepmendagri-300.2.2-2430-2025",
    title=Text(
        id="Keputusan Menteri Dalam Negeri Nomor 300.2.2-2430 Tahun 2025: kode dan nama wilayah",
        en="Minister of Home Affairs, Decree 300.2.2-2430 of 2025: codes and names of regions",
    ),
)

# Short and other official forms of provinces' names, each used for one province only. "Yogyakarta"
# is here too: a city has the same name, so that it is ambiguous unless something says which.
_PROVINCE_ALIASES = {
    "12": ("Sumut",),
    "13": ("Sumbar",),
    "16": ("Sumsel",),
    "19": ("Babel", "Bangka Belitung"),
    "21": ("Kepri",),
    "31": ("Jakarta", "DKI", "DKI Jakarta", "DKJ", "DK Jakarta", "Daerah Khusus Jakarta"),
    "32": ("Jabar",),
    "33": ("Jateng",),
    "34": ("DIY", "DI Yogyakarta", "Yogyakarta"),
    "35": ("Jatim",),
    "52": ("NTB",),
    "53": ("NTT",),
    "61": ("Kalbar",),
    "62": ("Kalteng",),
    "63": ("Kalsel",),
    "64": ("Kaltim",),
    "65": ("Kaltara",),
    "71": ("Sulut",),
    "72": ("Sulteng",),
    "73": ("Sulsel",),
    "74": ("Sultra",),
    "76": ("Sulbar",),
    "82": ("Malut",),
}

_KIND_WORDS = {
    "provinsi": AgencyKind.PROVINCE,
    "prov": AgencyKind.PROVINCE,
    "pemprov": AgencyKind.PROVINCE,
    "kabupaten": AgencyKind.REGENCY,
    "kab": AgencyKind.REGENCY,
    "pemkab": AgencyKind.REGENCY,
    "kota": AgencyKind.CITY,
    "pemkot": AgencyKind.CITY,
}
_GOVERNMENT_WORDS = ("pemerintah", "pemda")
_FULL_WORDS = {"kep": "kepulauan", "adm": "administrasi", "sumatra": "sumatera", "&": "dan"}

_WORD_MARKS = re.compile(r"[\s.,'\u2019`()-]+")
# White space to Python, yet control characters that no text has between its words.
_CONTROL_SPACES = re.compile(r"[\x0b\x0c\x1c-\x1f\x85]")
_CODE = re.compile(r"([0-9]{2})(?:[.,]([0-9]{1,2}))?")
_CODE_LIKE = re.compile(r"\s*[0-9]+(?:[.,][0-9]*)?\s*")
_OFFICE = re.compile(r"(?:kanreg\s+)?([ivxl]+)", re.IGNORECASE)

_CODE_FORM = Text(
    id="kode provinsi seperti 16, atau kode kabupaten/kota seperti 16.10",
    en="the code of a province such as 16, or of a regency or city such as 16.10",
)


@attrs.frozen
class _Index:
    """Everything that a name or code is looked up in; keys of names are words without spaces."""

    codes: dict[str, Agency]
    names: dict[str, Agency]
    full: dict[str, Agency]
    of_kind: dict[tuple[AgencyKind | None, str], Agency]
    bare: dict[str, tuple[Agency, ...]]


@attrs.frozen
class _Reading:
    """A name taken apart: who may be meant, and whether it claims to be a regional agency."""

    agencies: tuple[Agency, ...]
    regional: bool = True
    kind: AgencyKind | None = None
    bare: str = ""
    whole: str = ""


@cache
def all_agencies() -> tuple[Agency, ...]:
    """Return the whole directory in the order of its codes: 552 agencies, 546 of them autonomous.

    Its codes and names are those of `DIRECTORY_SOURCE`.
    """
    return tuple(
        Agency(
            name=row["name"],
            code=row["code"],
            kind=row["kind"],
            province=row["province"],
            autonomous=row["autonomous"] == "yes",
            regional_office=row["regional_office"] or None,
        )
        for row in read_rows("regional-agencies.csv")
    )


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of the catalog's data."""
    table = resources.files("meritindex.catalog").joinpath("data", name)
    with resources.as_file(table) as path, path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def find_agency(name: str | None, code: Code | None = None) -> Agency:
    """Return the agency that a row of an assessment file is about.

    A code decides, and a name beside it must agree. A name alone is looked up without regard to
    case, extra spaces and the points of abbreviations; "Kab.", "Pemkab", "Pemerintah Kabupaten" and
    their like say the kind, "Kep." is "Kepulauan", and provinces have their usual short names. A
    name as it stands in the directory means that agency: "Bengkulu" is the province. A name
    that does not claim to be a region and is not in the directory gives an agency known by its
    name alone, such as a ministry.

    Args:
        name: the name as it was given, at most 200 characters.
        code: the code as it was given; one that a spreadsheet made a number (16.1 for "16.10",
            "16,1", 16.0 for "16") is restored.

    Raises:
        UnknownNameError: neither name nor code; a code or region that the directory doesn't have;
            a name that more than one agency shares; a code and a name of two agencies; an
            administrative unit, which is not assessed; a name that is too long, has control
            characters or no letter.

    Examples:
        >>> find_agency("Pemkab Sleman").code, find_agency(None, 16.1).name, find_agency("BKN").code
        ('34.04', 'Kabupaten Ogan Ilir', None)
    """
    tidy = "" if name is None else _tidy(name)
    if code is not None and not _blank(code):
        coded = _agency_of_code(code, tidy)
        if tidy and coded not in _read(tidy).agencies:
            raise _contradiction(tidy, coded)
        return _assessed(coded, tidy)
    if not tidy:
        raise _refuse(
            "agency-missing", Text("nama dan kode instansi kosong", "no agency name and no code")
        )
    reading = _read(tidy)
    if not reading.agencies and not reading.regional:
        return Agency(name=_with_letter(tidy))
    return _assessed(_only(reading, tidy), tidy)


def agency(name_or_code: Code) -> Agency:
    """Return one agency of the directory, by its code or by a name as `find_agency` reads it.

    Administrative units are returned as well.

    Raises:
        UnknownNameError: the directory has no such agency, or more than one.

    Examples:
        >>> agency("16.10") == agency("Kab. Ogan Ilir")
        True
    """
    if not isinstance(name_or_code, str) or _CODE_LIKE.fullmatch(name_or_code):
        return _agency_of_code(name_or_code)
    tidy = _tidy(name_or_code)
    return _only(_read(tidy), tidy)


def agencies(  # noqa: PLR0913 - each is a column of the directory, named at the call
    *,
    name: str | None = None,
    code: Code | None = None,
    province: Code | None = None,
    kind: AgencyKind | str | None = None,
    regional_office: str | None = None,
    autonomous: bool | None = True,
) -> tuple[Agency, ...]:
    """Return the agencies of the directory that meet every condition given, in order of code.

    Args:
        name: a part of the name, in any case.
        code: the agency's code.
        province: the province they are in, itself included: its name, a short name or its code.
        kind: province, regency or city.
        regional_office: BKN's regional office ("VII" or "Kanreg VII"), where a source names it.
        autonomous: False for administrative units only, None for both.

    Raises:
        UnknownNameError: a code, province, kind or regional office that the directory doesn't have.

    Examples:
        >>> [found.name for found in agencies(province="Babel", kind="city")]
        ['Kota Pangkal Pinang']
    """
    part = None if name is None else _tidy(name).casefold()
    only = None if code is None else _agency_of_code(code)
    where = None if province is None else _province(province).name
    sort = None if kind is None else _kind(kind)
    office = None if regional_office is None else _office(regional_office)
    return tuple(
        found
        for found in all_agencies()
        if (part is None or part in found.name.casefold())
        and (only is None or found == only)
        and (where is None or found.province == where)
        and (sort is None or found.kind is sort)
        and (office is None or found.regional_office == office)
        and (autonomous is None or found.autonomous is autonomous)
    )


@cache
def _index() -> _Index:
    """Prepare the look-up once, at the first question."""
    everyone = all_agencies()
    of_kind: dict[tuple[AgencyKind | None, str], Agency] = {}
    bare: defaultdict[str, list[Agency]] = defaultdict(list)
    for found in everyone:
        for key in _bare_keys(found):
            of_kind[found.kind, key] = found
            bare[key].append(found)
    return _Index(
        codes={str(found.code): found for found in everyone},
        names={found.name: found for found in everyone},
        full={"".join(_words(found.name)): found for found in everyone},
        of_kind=of_kind,
        bare={key: tuple(sharing) for key, sharing in bare.items()},
    )


def _bare_keys(found: Agency) -> list[str]:
    """Return the keys of the names of an agency without the word for its kind."""
    if found.kind is AgencyKind.PROVINCE:
        names = (found.name, *_PROVINCE_ALIASES.get(str(found.code), ()))
        return ["".join(_words(name)) for name in names]
    words = _words(found.name)[1:]
    keys = ["".join(words)]
    if words[0] == "administrasi":
        keys.append("".join(words[1:]))
    return keys


def _words(name: str) -> list[str]:
    """Return the words of a name in small letters, the abbreviated ones in full."""
    return [
        _FULL_WORDS.get(word, word) for word in _WORD_MARKS.split(name.casefold()) if word != ""
    ]


def _tidy(name: str) -> str:
    """Return a name with single spaces, or refuse what can't be a name."""
    tidy = " ".join(name.split())
    if len(tidy) > MAX_NAME_LENGTH:
        raise _refuse(
            "agency-name-too-long",
            Text(
                "nama instansi lebih panjang dari {limit} karakter",
                "the agency's name is longer than {limit} characters",
            ).fill(limit=MAX_NAME_LENGTH),
            tidy,
        )
    if not tidy.isprintable() or _CONTROL_SPACES.search(name):
        raise _refuse(
            "agency-name-characters",
            Text(
                "nama instansi {value} memuat karakter kendali atau karakter yang tidak tampak",
                "the agency's name {value} has control characters or characters that don't show",
            ).fill(value=_shown(name)),
            name,
        )
    return tidy


def _with_letter(tidy: str) -> str:
    """Return a name that has a letter; "-" or a number in the name's place names nobody."""
    if any(map(str.isalpha, tidy)):
        return tidy
    raise _refuse(
        "agency-name-characters",
        Text(
            "nama instansi {value} tidak memuat huruf",
            "the agency's name {value} has no letter",
        ).fill(value=_shown(tidy)),
        tidy,
    )


def _read(tidy: str) -> _Reading:
    """Take a name apart and look it up."""
    index = _index()
    if exact := index.names.get(tidy):
        return _Reading((exact,))
    words = _words(tidy)
    whole = "".join(words)
    if own := index.full.get(whole):
        return _Reading((own,))
    rest = words
    government = rest[:1] != [] and rest[0] in _GOVERNMENT_WORDS
    if government:
        rest = rest[1:]
        # "Pemerintah Daerah Kabupaten Sleman", but "Pemerintah Daerah Istimewa Yogyakarta".
        if rest[:1] == ["daerah"] and rest[1:2] not in (["istimewa"], ["khusus"]):
            rest = rest[1:]
    kind: AgencyKind | None = None
    while rest and (said := _KIND_WORDS.get(rest[0])) and kind in (None, said):
        kind, rest = said, rest[1:]
    key = "".join(rest)
    if kind is not None:
        found = index.of_kind.get((kind, key))
        return _Reading(() if found is None else (found,), kind=kind, bare=key, whole=whole)
    sharing = index.bare.get(key, ())
    return _Reading(sharing, regional=government or bool(sharing), bare=key, whole=whole)


def _only(reading: _Reading, tidy: str) -> Agency:
    """Return the one agency that a name means."""
    if len(reading.agencies) == 1:
        return reading.agencies[0]
    if reading.agencies:
        allowed = _listed(reading.agencies)
        raise _refuse(
            "agency-ambiguous",
            Text(
                "nama instansi {value} dapat berarti {allowed}",
                "the agency's name {value} can mean {allowed}",
            ).fill(value=_shown(tidy), allowed=allowed),
            tidy,
            allowed,
        )
    near = _near_names(reading)
    if not near:
        raise _refuse(
            "agency-unknown",
            Text(
                "instansi {value} tidak ada dalam direktori instansi daerah",
                "the agency {value} is not in the directory of regional agencies",
            ).fill(value=_shown(tidy)),
            tidy,
        )
    allowed = _listed(near)
    raise _refuse(
        "agency-unknown",
        Text(
            "instansi {value} tidak ada dalam direktori instansi daerah; yang mirip: {allowed}",
            "the agency {value} is not in the directory of regional agencies; similar: {allowed}",
        ).fill(value=_shown(tidy), allowed=allowed),
        tidy,
        allowed,
    )


def _assessed(found: Agency, tidy: str) -> Agency:
    """Return the agency if it is one that is assessed."""
    if found.autonomous:
        return found
    raise _refuse(
        "agency-not-assessed",
        Text(
            "{agency} adalah wilayah administrasi yang tidak dinilai tersendiri",
            "{agency} is an administrative unit, which is not assessed on its own",
        ).fill(agency=_listed((found,))),
        tidy or found.name,
    )


# A long file may repeat one wrong name; its neighbours are looked for once.
@lru_cache(maxsize=1024)
def _near_names(reading: _Reading) -> tuple[Agency, ...]:
    """Return the agencies whose names are most like this one, the likest first."""
    bare = _index().bare
    # "Kabupaten Medan" has the wrong kind, "Kota Baru" (for Kotabaru) a word for a kind too many.
    exact = [key for key in (reading.bare, reading.whole) if key in bare]
    near = [
        found
        for key in exact + get_close_matches(reading.bare, bare, n=3)
        for found in sorted(bare[key], key=lambda sharing: sharing.kind is not reading.kind)
        if found.autonomous
    ]
    return tuple(dict.fromkeys(near))


@lru_cache(maxsize=1024)
def _near_codes(code: str) -> tuple[Agency, ...]:
    index = _index()
    near = (index.codes[key] for key in get_close_matches(code, index.codes, n=3))
    return tuple(found for found in near if found.autonomous)


def _blank(code: Code) -> bool:
    return isinstance(code, str) and not code.strip()


def _restored(code: Code) -> str:
    """Return a code as the directory writes it, also where a spreadsheet made it a number.

    As a number, 16.10 loses its last zero, and 16 may gain one (16.0). No regency is numbered 00,
    and none below 10 is written with a single digit, so both can be told.
    """
    if isinstance(code, str):
        text = code.strip()
    elif isinstance(code, float):
        # Not repr itself: a subclass such as numpy's float writes its own name around the number.
        text = float.__repr__(code)
    else:
        number = operator.index(code)
        text = str(number) if 0 <= number < 100 else ""
    match = _CODE.fullmatch(text)
    if match is None:
        return ""
    below = (match[2] or "").ljust(2, "0")
    return match[1] if below == "00" else f"{match[1]}.{below}"


def _agency_of_code(code: Code, tidy: str = "") -> Agency:
    """Return the agency that has a code; the name beside it helps to say what may be meant."""
    found = _index().codes.get(_restored(code))
    if found is None:
        raise _unknown_code(code, tidy)
    return found


def _unknown_code(code: Code, tidy: str) -> UnknownNameError:
    """Say that the directory has no such code; the name beside it may tell the right one."""
    text = _shown(code).strip('"')
    near = _read(tidy).agencies
    if not near and _CODE_LIKE.fullmatch(text):
        near = _near_codes(text)
    allowed = _listed(near) if near else _CODE_FORM
    return _refuse(
        "agency-code-unknown",
        Text(
            "kode instansi {value} tidak ada dalam direktori; yang mungkin: {allowed}",
            "the agency code {value} is not in the directory; possible: {allowed}",
        ).fill(value=_shown(code), allowed=allowed),
        code,
        allowed,
        agency_name=tidy or None,
    )


def _contradiction(tidy: str, coded: Agency) -> UnknownNameError:
    allowed = _listed((coded,))
    return _refuse(
        "agency-code-contradicts",
        Text(
            "nama instansi {value} tidak cocok dengan kodenya, yaitu kode {allowed}",
            "the agency's name {value} does not match its code, which is that of {allowed}",
        ).fill(value=_shown(tidy), allowed=allowed),
        tidy,
        allowed,
        agency_name=tidy,
    )


def _province(given: Code) -> Agency:
    """Return the province that a name, short name or code means."""
    index = _index()
    found: Agency | None
    if not isinstance(given, str) or _CODE_LIKE.fullmatch(given):
        found = index.codes.get(_restored(given))
    else:
        words = _words(_tidy(given))
        if words and _KIND_WORDS.get(words[0]) is AgencyKind.PROVINCE:
            words = words[1:]
        found = index.of_kind.get((AgencyKind.PROVINCE, "".join(words)))
    if found is not None and found.kind is AgencyKind.PROVINCE:
        return found
    raise _not_among(
        "province-unknown",
        Text("provinsi", "province"),
        given,
        [known.name for known in all_agencies() if known.kind is AgencyKind.PROVINCE],
    )


def _kind(given: AgencyKind | str) -> AgencyKind:
    """Return the kind of a name, one that the directory has."""
    known = (AgencyKind.PROVINCE, AgencyKind.REGENCY, AgencyKind.CITY)
    if given in known:
        return AgencyKind(given)
    raise _not_among(
        "agency-kind-unknown",
        Text("jenis instansi daerah", "kind of regional agency"),
        given,
        known,
    )


def _office(given: str) -> str:
    """Return the number of a regional office that the directory names."""
    known = sorted({found.regional_office for found in all_agencies() if found.regional_office})
    match = _OFFICE.fullmatch(given.strip())
    if match is not None and match[1].upper() in known:
        return match[1].upper()
    raise _not_among(
        "regional-office-unknown",
        Text("kantor regional dalam direktori", "regional office in the directory"),
        given,
        known,
    )


def _not_among(code: str, what: Text, given: Code, known: Iterable[str]) -> UnknownNameError:
    allowed = Text.same(", ".join(known))
    return _refuse(
        code,
        Text(
            "{value} bukan {what}; yang diterima: {allowed}",
            "{value} is not a {what}; allowed: {allowed}",
        ).fill(value=_shown(given), what=what, allowed=allowed),
        given,
        allowed,
    )


def _listed(agencies_named: Iterable[Agency]) -> Text:
    """Return agencies with their codes, as a reader may choose from."""
    return Text.same(", ".join(f"{named.name} ({named.code})" for named in agencies_named))


def _shown(value: Code, limit: int = 40) -> str:
    """Return what was given, with what doesn't print written out so that it can be seen."""
    if not isinstance(value, str):
        return quoted(float(value) if isinstance(value, float) else value, limit)
    return quoted(
        "".join(
            mark if mark.isprintable() else mark.encode("unicode_escape").decode("ascii")
            for mark in value[: limit + 1]
        ),
        limit,
    )


def _refuse(
    code: str,
    message: Text,
    value: Code | None = None,
    allowed: Text | None = None,
    agency_name: str | None = None,
) -> UnknownNameError:
    return UnknownNameError(
        Fault(
            code=code,
            message=message,
            agency=agency_name,
            value=None if value is None else _shown(value),
            allowed=allowed,
        )
    )
