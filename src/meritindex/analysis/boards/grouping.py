"""By what agencies are put into groups: a column of the directory, a mapping, or a function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import attrs

from meritindex import catalog
from meritindex.assessment import RowFacts
from meritindex.definition import Agency
from meritindex.errors import Fault, MeritIndexError, UnknownNameError
from meritindex.language import Text, listed
from meritindex.numbers import quoted
from meritindex.scoring import GroupBy

By = GroupBy | str | Mapping[str, str | None] | Callable[[Agency], str | None]

WHOLE = Text("semua instansi", "all agencies")
NO_GROUP = Text("tanpa kelompok", "no group")

_TABLE = Text("tabel", "the table")
_CHOOSE = Text(
    "pilih satu penilaian (--year, --stage; dalam Python: where)",
    "choose one assessment (--year, --stage; in Python: where)",
)
_ONE_EACH = Text("satu penilaian setiap instansi", "one assessment of each agency")
_OWN = Text("kelompok", "group")
_GIVEN = Text("kelompok yang diberikan", "groups as given")


@attrs.frozen(kw_only=True)
class Grouping:
    """To which group each agency of a table belongs.

    Attributes:
        title: what the groups are, for a reader ("provinsi").
        heading: what stands before the name of one ("provinsi").
        names: the group of every row; None for no group.
        labels: the name of every group for a reader, in the order in which they first occur.
        not_in_table: agencies that a mapping names and the table does not have.
    """

    title: Text
    heading: Text
    names: tuple[str | None, ...]
    labels: tuple[tuple[str, Text], ...]
    not_in_table: tuple[Agency, ...] = ()


def everyone(count: int) -> Grouping:
    """Return one group of all agencies; none where there are no agencies."""
    return Grouping(
        title=WHOLE,
        heading=_OWN,
        names=(WHOLE.en,) * count,
        labels=((WHOLE.en, WHOLE),) if count else (),
    )


def grouping_of(by: By, agencies: Sequence[Agency]) -> Grouping:
    """Return the groups of agencies, no two of which are the same.

    Raises:
        UnknownNameError: there is no such grouping, or a mapping names an agency that neither the
            table nor the directory has.
        MeritIndexError: a mapping puts an agency into two groups, or a name of a group is none.
    """
    if isinstance(by, str):
        column = _column(by)
        labels = {column.of(agency): column.label_of(agency) for agency in agencies}
        return Grouping(
            title=column.label,
            heading=column.label,
            names=tuple(column.of(agency) for agency in agencies),
            labels=tuple(
                (name, label)
                for name, label in labels.items()
                if name is not None and label is not None
            ),
        )
    if isinstance(by, Mapping):
        return _mapped(by, agencies)
    given = [by(agency) for agency in agencies]
    faults = [
        _not_a_name(agency.name, name)
        for agency, name in zip(agencies, given, strict=True)
        if not _is_name(name)
    ]
    if faults:
        raise MeritIndexError(faults)
    return _named(given)


def _column(by: str) -> GroupBy:
    try:
        return GroupBy(by)
    except ValueError:
        allowed = Text(
            "{words}, pemetaan nama instansi ke kelompok, atau fungsi",
            "{words}, a mapping of names of agencies to groups, or a function",
        ).fill(words=", ".join(GroupBy))
        message = Text(
            "tidak ada pengelompokan {value}; yang diterima: {allowed}",
            "there is no grouping {value}; allowed: {allowed}",
        ).fill(value=quoted(by), allowed=allowed)
        fault = Fault(code="grouping-unknown", message=message, value=by, allowed=allowed)
        raise UnknownNameError(fault) from None


def _named(names: Sequence[str | None]) -> Grouping:
    """Return groups that are called as somebody chose."""
    tidy = tuple(map(_tidy, names))
    labels = dict.fromkeys(name for name in tidy if name is not None)
    return Grouping(
        title=_GIVEN,
        heading=_OWN,
        names=tidy,
        labels=tuple((name, Text.same(name)) for name in labels),
    )


def _mapped(by: Mapping[str, str | None], agencies: Sequence[Agency]) -> Grouping:
    """Return the groups of a mapping by names or codes; it may name more than the table has."""
    named: dict[str, list[Agency]] = {}
    for agency in agencies:
        named.setdefault(agency.name.casefold(), []).append(agency)
    known = set(agencies)
    groups: dict[Agency, str | None] = {}
    unknown: list[Fault] = []
    wrong: list[Fault] = []
    for key, name in by.items():
        if not _is_name(name):
            wrong.append(_not_a_name(key, name))
            continue
        try:
            meant = named.get(key.strip().casefold()) or [_of_directory(key)]
        except UnknownNameError as error:
            unknown += [attrs.evolve(fault, agency=key) for fault in error.faults]
            continue
        for agency in meant:
            if agency not in known and agency.code is None:
                unknown.append(_nobody(key))
            elif groups.setdefault(agency, _tidy(name)) != _tidy(name):
                wrong.append(_two_groups(key, agency, groups[agency], name))
    if wrong or unknown:
        raise (MeritIndexError if wrong else UnknownNameError)((*unknown, *wrong))
    return attrs.evolve(
        _named([groups.get(agency) for agency in agencies]),
        not_in_table=tuple(agency for agency in groups if agency not in known),
    )


def _of_directory(key: str) -> Agency:
    """Return who is meant by a name or code; it may be an agency outside the directory."""
    name = key.strip()
    return catalog.find_agency(None, name) if name[:1].isdigit() else catalog.find_agency(name)


def _tidy(name: str | None) -> str | None:
    """Return the name of a group with single spaces."""
    return None if name is None else " ".join(name.split())


def _nobody(key: str) -> Fault:
    message = Text(
        "{name} tidak ada dalam tabel maupun dalam direktori instansi",
        "{name} is neither in the table nor in the directory of agencies",
    ).fill(name=quoted(key))
    return Fault(code="grouping-agency-unknown", message=message, agency=key, value=key)


def _is_name(name: object) -> bool:
    return name is None or (isinstance(name, str) and bool(name.strip()))


def _not_a_name(who: str, name: object) -> Fault:
    allowed = Text("teks yang tidak kosong, atau None", "a text that is not empty, or None")
    message = Text(
        "kelompok {agency} bukan nama: {value}; yang diterima: {allowed}",
        "the group of {agency} is no name: {value}; allowed: {allowed}",
    ).fill(agency=who, value=quoted(name), allowed=allowed)
    return Fault(
        code="grouping-name", message=message, agency=who, value=quoted(name), allowed=allowed
    )


def _two_groups(key: str, agency: Agency, first: str | None, other: str | None) -> Fault:
    message = Text(
        "{agency} dimasukkan ke dua kelompok: {groups}",
        "{agency} is put into two groups: {groups}",
    ).fill(agency=agency.name, groups=", ".join(quoted(name) for name in (first, other)))
    return Fault(
        code="grouping-agency-twice",
        message=message,
        agency=key,
        value=quoted(other),
        allowed=Text("satu kelompok", "one group"),
    )


def twice(
    facts: Iterable[RowFacts], table: Text = _TABLE, advice: Text = _CHOOSE
) -> Iterator[Fault]:
    """Yield a fault for every agency that a table has more than once.

    Args:
        facts: who was assessed and when, one a row.
        table: what the table is called in the message.
        advice: what is to be done.
    """
    occasions: dict[Agency, list[Text]] = {}
    for each in facts:
        occasions.setdefault(each.agency, []).append(each.occasion)
    for agency, found in occasions.items():
        if len(found) > 1:
            given = listed(found, "; ")
            message = Text(
                "{agency} ada {count} kali dalam {table}: {occasions}; {advice}",
                "{agency} is in {table} {count} times: {occasions}; {advice}",
            ).fill(
                agency=agency.name,
                count=len(found),
                table=table,
                occasions=given,
                advice=advice,
            )
            yield Fault(
                code="board-agency-twice",
                message=message,
                agency=agency.name,
                value=str(len(found)),
                allowed=_ONE_EACH,
            )
