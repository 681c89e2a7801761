"""The directory of Indonesia's regional agencies, and who is meant by a name or a code.

It holds the 38 provinces, 416 regencies and 98 cities with their codes and names as in the decree
`DIRECTORY_SOURCE` of 2025; Jakarta's six administrative units among them are not assessed. BKN's
regional office is filled in only where a source names it, which is so far the seventh. Ministries
and bodies are not in the directory: they are known by their names alone. A name is read tolerantly
where nothing else can be meant, and refused with the candidates where something else can, or where
it only resembles a region's; it is never guessed.
"""

from __future__ import annotations

import csv
import operator
import re
from collections import Counter, defaultdict
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
    "11": ("NAD", "Nanggroe Aceh Darussalam"),
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
    "propinsi": AgencyKind.PROVINCE,
    "prop": AgencyKind.PROVINCE,
    "pemprov": AgencyKind.PROVINCE,
    "pemprop": AgencyKind.PROVINCE,
    "kabupaten": AgencyKind.REGENCY,
    "kab": AgencyKind.REGENCY,
    "pemkab": AgencyKind.REGENCY,
    "kota": AgencyKind.CITY,
    "kotamadya": AgencyKind.CITY,
    "pemkot": AgencyKind.CITY,
}
_GOVERNMENT_WORDS = ("pemerintah", "pemda")
_FULL_WORDS = {"kep": "kepulauan", "adm": "administrasi", "sumatra": "sumatera", "&": "dan"}

# The kinds that the directory doesn't have: who is said to be of one is not taken for a region.
_CENTRAL = frozenset({AgencyKind.MINISTRY, AgencyKind.BODY, AgencyKind.STATE_BODY})
# What the rows below a table begin with; "Rata-rata" is two words here.
_SUMMARY_WORDS = frozenset({"jumlah", "total", "subtotal", "rata", "rerata"})

_CLOSE = 0.85  # as `difflib` measures it; with one letter amiss, "Jawa Brat" is closer than this
_LONGEST_ACRONYM = 5

_WORD_MARKS = re.compile(r"[\s.,'\u2019`()/\u2010-\u2015-]+")
_IN_PROVINCE = re.compile(r"([^,(]+)[,(]([^,()]+)\)?")
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
    # By length, the keys of `full` and `bare` with their letters.
    letters: dict[int, list[tuple[str, int]]]


@attrs.frozen
class _Reading:
    """A name taken apart: who may be meant, and whether it claims to be a regional agency.

    `elsewhere` are those of that name where the province beside it is not theirs.
    """

    agencies: tuple[Agency, ...]
    elsewhere: tuple[Agency, ...] = ()
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


def find_agency(
    name: str | None,
    code: Code | None = None,
    kind: AgencyKind | None = None,
    *,
    suggest: bool = True,
) -> Agency:
    """Return the agency that a row of an assessment file is about.

    A code decides, and a name beside it must agree. A name alone is looked up without regard to
    case, extra spaces and the points of abbreviations; "Kab.", "Pemkab", "Pemerintah Kabupaten" and
    their like say the kind, "Kep." is "Kepulauan", and provinces have their usual short names. The
    province may stand behind it: "Kabupaten Malang, Jawa Timur". A name as it stands in the
    directory means that agency: "Bengkulu" is the province.

    A name that does not claim to be a region gives an agency known by its name alone, such as a
    ministry. One that has the word for a kind of region in it ("Sekretariat Daerah Kota Malang"),
    or is nearly the name of a region ("Jawa Brat"), is refused, unless `kind` is that of a central
    agency. Where `kind` is that of a region, every name is refused that the directory doesn't have:
    it has all of them.

    Args:
        name: the name as it was given, at most 200 characters.
        code: the code as it was given; one that a spreadsheet made a number (16.1 for "16.10",
            "16,1", 16.0 for "16") is restored.
        kind: what sort of agency it is, where that is known.
        suggest: whether a refusal looks for similar names and codes, which is slow.

    Raises:
        UnknownNameError: neither name nor code; a code or region that the directory doesn't have,
            or has in another province or of another kind; a name that more than one agency shares;
            a code and a name of two agencies; an administrative unit, which is not assessed; a row
            of sums; a name that is too long, has control characters or no letter.

    Examples:
        >>> find_agency("Pemkab Sleman").code, find_agency(None, 16.1).name, find_agency("BKN").code
        ('34.04', 'Kabupaten Ogan Ilir', None)
    """
    return _found(name, code, kind, suggest=suggest)


def _found(
    name: str | None,
    code: Code | None,
    kind: AgencyKind | None,
    *,
    suggest: bool,
    free: bool = False,
) -> Agency:
    """Return the agency that is meant; `free` lets regions be invented, by their kind."""
    tidy = "" if name is None else _tidy(name)
    if code is not None and not _blank(code):
        found = _agency_of_code(code, tidy, suggest=suggest)
        if tidy and found not in _read(tidy).agencies:
            raise _contradiction(tidy, found)
    elif not tidy:
        raise _refuse(
            "agency-missing", Text("nama dan kode instansi kosong", "no agency name and no code")
        )
    else:
        reading = _read(tidy)
        if not reading.agencies and (kind in _CENTRAL or not reading.regional):
            outside = _outside(tidy, kind, suggest=suggest)
            if free or kind is None or kind in _CENTRAL:
                return outside
        found = _only(reading, tidy, kind, suggest=suggest)
    _check_kind(found, kind, tidy)
    return _assessed(found, tidy)


def settled(given: Agency, *, suggest: bool = True) -> Agency:
    """Return the agency of the directory that an `Agency` made by hand means, or else itself.

    It is looked up by its name and code as those of a row are. What is given of an agency outside
    the directory is kept, and so is the regional office of one inside.

    Raises:
        UnknownNameError: as `find_agency`; or the directory knows another kind or province of it.
    """
    if given.autonomous and given is _index().codes.get(given.code or ""):
        return given
    found = _found(given.name, given.code, given.kind, suggest=suggest, free=True)
    if found.code is None:
        return _assessed(attrs.evolve(given, name=found.name), found.name)
    if given.province not in {None, found.province}:
        raise _elsewhere((found,), given.name)
    if given.regional_office in {None, found.regional_office}:
        return found
    return attrs.evolve(found, regional_office=given.regional_office)


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
    full = {"".join(_words(found.name)): found for found in everyone}
    of_kind: dict[tuple[AgencyKind | None, str], Agency] = {}
    bare: defaultdict[str, list[Agency]] = defaultdict(list)
    for found in everyone:
        for key in _bare_keys(found):
            of_kind[found.kind, key] = found
            bare[key].append(found)
    letters: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for key in dict.fromkeys((*full, *bare)):
        letters[len(key)].append((key, _letters(key)))
    return _Index(
        codes={str(found.code): found for found in everyone},
        names={found.name: found for found in everyone},
        full=full,
        of_kind=of_kind,
        bare={key: tuple(sharing) for key, sharing in bare.items()},
        letters=letters,
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
                f"nama instansi lebih panjang dari {MAX_NAME_LENGTH} karakter",
                f"the agency's name is longer than {MAX_NAME_LENGTH} characters",
            ),
            tidy,
        )
    if not tidy.isprintable() or _CONTROL_SPACES.search(name):
        raise _refuse(
            "agency-name-characters",
            Text(
                "nama instansi {value} memuat karakter kendali atau karakter yang tidak tampak",
                "the agency's name {value} has control characters or characters that don't show",
            ),
            name,
        )
    return tidy


def _check_letter(tidy: str) -> None:
    """Check that a name has a letter; "-" or a number in the name's place names nobody."""
    if any(map(str.isalpha, tidy)):
        return
    raise _refuse(
        "agency-name-characters",
        Text(
            "nama instansi {value} tidak memuat huruf",
            "the agency's name {value} has no letter",
        ),
        tidy,
    )


def _read(tidy: str) -> _Reading:
    """Take a name apart and look it up."""
    if exact := _index().names.get(tidy):
        return _Reading((exact,))
    reading = _read_words(_words(tidy))
    if not reading.agencies and (parts := _IN_PROVINCE.fullmatch(tidy)):
        region, province = _read_words(_words(parts[1])), _province_called(parts[2])
        if province is not None and region.regional:
            inside = tuple(one for one in region.agencies if one.province == province.name)
            elsewhere = () if inside else region.agencies
            return attrs.evolve(region, agencies=inside, elsewhere=elsewhere)
    return reading


def _read_words(words: list[str]) -> _Reading:
    index = _index()
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


def _only(
    reading: _Reading, tidy: str, kind: AgencyKind | None = None, *, suggest: bool = True
) -> Agency:
    """Return the one agency that a name means, or that of this kind where several share it."""
    found = reading.agencies
    if len(found) > 1:
        found = tuple(one for one in found if one.kind is kind) or found
    if len(found) == 1:
        return found[0]
    if found:
        message = Text(
            "nama instansi {value} dapat berarti {allowed}",
            "the agency's name {value} can mean {allowed}",
        )
        raise _refuse("agency-ambiguous", message, tidy, _listed(found))
    if reading.elsewhere:
        raise _elsewhere(reading.elsewhere, tidy)
    near = _near_names(reading, suggest=suggest)
    if not near:
        message = Text(
            "instansi {value} tidak ada dalam direktori instansi daerah",
            "the agency {value} is not in the directory of regional agencies",
        )
        raise _refuse("agency-unknown", message, tidy)
    message = Text(
        "instansi {value} tidak ada dalam direktori instansi daerah; yang mirip: {allowed}",
        "the agency {value} is not in the directory of regional agencies; similar: {allowed}",
    )
    raise _refuse("agency-unknown", message, tidy, _listed(near))


def _outside(tidy: str, kind: AgencyKind | None, *, suggest: bool) -> Agency:
    """Return the agency known by this name alone, if that is what it can be."""
    _check_letter(tidy)
    if kind in _CENTRAL:
        return Agency(name=tidy, kind=kind)
    if _words(tidy)[0] in _SUMMARY_WORDS:
        message = Text(
            "{value} adalah baris jumlah atau rata-rata, bukan instansi; hapus baris itu",
            "{value} is a row of sums or means and not an agency; remove that row",
        )
        raise _refuse("agency-summary-row", message, tidy)
    resembled = _resembled(tidy, suggest=suggest)
    if resembled is None:
        return Agency(name=tidy, kind=kind)
    if not resembled:
        message = Text(
            "{value} memuat kata untuk daerah, tetapi tidak ada dalam direktori instansi daerah; "
            "bila itu instansi pusat, isi jenis instansinya (agency.kind)",
            "{value} has a word for a region in it, but is not in the directory of regional "
            "agencies; if it is a central agency, give the kind of agency (agency.kind)",
        )
        raise _refuse("agency-like-region", message, tidy)
    message = Text(
        "{value} mirip nama instansi daerah: {allowed}; tulislah seperti itu, atau bila itu "
        "instansi pusat, isi jenis instansinya (agency.kind)",
        "{value} is like the name of a regional agency: {allowed}; write it like that or, if it is "
        "a central agency, give the kind of agency (agency.kind)",
    )
    raise _refuse("agency-like-region", message, tidy, _listed(resembled))


# A long file may repeat one name.
@lru_cache(maxsize=1024)
def _resembled(tidy: str, *, suggest: bool) -> tuple[Agency, ...] | None:
    """Return the agencies of the directory that a name is like; None where it is like none.

    Empty where it claims to be a region, and nobody knows which.
    """
    words = _words(tidy)
    for place, word in enumerate(words):
        # "Ibu Kota" is no city: there is an authority of that name.
        if word in _KIND_WORDS and words[place - 1] != "ibu":
            part = _read_words(words[place:])
            if not part.bare and not part.agencies:
                named = "".join(word for word in words if word not in _KIND_WORDS)
                part = attrs.evolve(part, bare=named)
            return part.agencies or _near_names(part, suggest=suggest)
    key = "".join(words)
    if tidy.isupper() and len(key) <= _LONGEST_ACRONYM:
        return None
    index = _index()
    return (
        tuple(
            dict.fromkeys(
                found
                for name in _close_keys(key)
                for found in ((index.full[name],) if name in index.full else index.bare[name])
            )
        )
        or None
    )


def _close_keys(key: str) -> list[str]:
    """Return the names of the directory that are close to a name, the closest first.

    No order of letters makes two names closer than the letters that they share, which are counted
    in no time; few are left to be compared.
    """
    letters = _letters(key)
    likely = [
        name
        for length, names in _index().letters.items()
        if 2 * min(length, len(key)) >= _CLOSE * (length + len(key))
        for name, others in names
        if 2 * (letters & others).bit_count() >= _CLOSE * (length + len(key))
    ]
    return get_close_matches(key, likely, n=3, cutoff=_CLOSE)


def _letters(key: str) -> int:
    """Return how often each letter occurs, as so many bits: `&` of two keys is what they share.

    Up to 16 of each letter are counted, more than a name of the directory has.
    """
    counts = Counter("abcdefghijklmnopqrstuvwxyz".find(letter) + 1 for letter in key)
    return sum(((1 << min(count, 16)) - 1) << (16 * place) for place, count in counts.items())


def _elsewhere(found: Iterable[Agency], tidy: str) -> UnknownNameError:
    allowed = Text.same(", ".join(f"{one.name} ({one.code}, {one.province})" for one in found))
    message = Text(
        "{value} tidak berada di provinsi itu; yang ada: {allowed}",
        "{value} is not in that province; there is: {allowed}",
    )
    return _refuse("agency-province-contradicts", message, tidy, allowed)


def _check_kind(found: Agency, kind: AgencyKind | None, tidy: str) -> None:
    """Check that an agency of the directory is of the kind that is said."""
    if kind is None or found.kind is None or found.kind is kind:
        return
    message = Text(
        "{agency} adalah {allowed}, bukan {given}", "{agency} is a {allowed}, not a {given}"
    )
    raise _refuse(
        "kind-contradicts-directory",
        message,
        kind.value,
        found.kind.label,
        agency_name=tidy or found.name,
        agency=found.name,
        given=kind.label,
    )


def _assessed(found: Agency, tidy: str) -> Agency:
    """Return the agency if it is one that is assessed."""
    if found.autonomous:
        return found
    message = Text(
        "{agency} adalah wilayah administrasi yang tidak dinilai tersendiri",
        "{agency} is an administrative unit, which is not assessed on its own",
    )
    named = found.name if found.code is None else _listed((found,))
    raise _refuse("agency-not-assessed", message, tidy or found.name, agency=named)


# A long file may repeat one wrong name; its neighbours are looked for once.
@lru_cache(maxsize=1024)
def _near_names(reading: _Reading, *, suggest: bool = True) -> tuple[Agency, ...]:
    """Return the agencies whose names are most like this one, the likest first.

    Without `suggest` only those whose name it is but for the kind, which takes no search.
    """
    bare = _index().bare
    # "Kabupaten Medan" has the wrong kind, "Kota Baru" (for Kotabaru) a word for a kind too many.
    exact = [key for key in (reading.bare, reading.whole) if key in bare]
    near = [
        found
        for key in exact + (get_close_matches(reading.bare, bare, n=3) if suggest else [])
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


def _agency_of_code(code: Code, tidy: str = "", *, suggest: bool = True) -> Agency:
    """Return the agency that has a code; the name beside it helps to say what may be meant."""
    found = _index().codes.get(_restored(code))
    if found is None:
        raise _unknown_code(code, tidy, suggest=suggest)
    return found


def _unknown_code(code: Code, tidy: str, *, suggest: bool) -> UnknownNameError:
    """Say that the directory has no such code; the name beside it may tell the right one."""
    text = quoted(code).strip('"')
    near = _read(tidy).agencies
    if not near and suggest and _CODE_LIKE.fullmatch(text):
        near = _near_codes(text)
    allowed = _listed(near) if near else _CODE_FORM
    return _refuse(
        "agency-code-unknown",
        Text(
            "kode instansi {value} tidak ada dalam direktori; yang mungkin: {allowed}",
            "the agency code {value} is not in the directory; possible: {allowed}",
        ),
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
        ),
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
        found = _province_called(_tidy(given))
    if found is not None and found.kind is AgencyKind.PROVINCE:
        return found
    raise _not_among(
        "province-unknown",
        Text("provinsi", "province"),
        given,
        [known.name for known in all_agencies() if known.kind is AgencyKind.PROVINCE],
    )


def _province_called(name: str) -> Agency | None:
    words = _words(name)
    if words and _KIND_WORDS.get(words[0]) is AgencyKind.PROVINCE:
        words = words[1:]
    return _index().of_kind.get((AgencyKind.PROVINCE, "".join(words)))


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
        ),
        given,
        allowed,
        what=what,
    )


def _listed(agencies_named: Iterable[Agency]) -> Text:
    """Return agencies with their codes, as a reader may choose from."""
    return Text.same(", ".join(f"{named.name} ({named.code})" for named in agencies_named))


def _refuse(
    code: str,
    message: Text,
    value: Code | None = None,
    allowed: Text | None = None,
    agency_name: str | None = None,
    **fields: object,
) -> UnknownNameError:
    """Return the error for one name or code.

    The message may name `{value}`, `{allowed}` and the other fields.
    """
    shown = None if value is None else quoted(value)
    return UnknownNameError(
        Fault(
            code=code,
            message=message.fill(value=shown, allowed=allowed, **fields),
            agency=agency_name,
            value=shown,
            allowed=allowed,
        )
    )
