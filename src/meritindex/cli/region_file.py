"""Reading what is known of weights from a file: the words after `--weighting admissible:`.

The file is TOML, and everything in it is optional:

    source = "Rapat 3 Maret 2026"
    standing = "reported"
    order = [["a2", "a5"]]           # a2 weighs at least as much as a5

    [weights]
    a3 = "15"
    a4 = ["10", "20"]                # an end may be "", which is open

    [[sums]]
    codes = ["a6", "a7"]
    is = "30"                        # or `from` and `to`, or one of them
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import attrs

from meritindex.catalog.faults import Faults
from meritindex.catalog.loading import parsed_toml
from meritindex.catalog.tables import Table
from meritindex.definition import Admissible, Standing
from meritindex.errors import DefinitionError
from meritindex.files import check_nesting, read_text
from meritindex.language import Text

MAX_FILE_BYTES = 2**17
# Steps of orders and sums: each is a constraint of a linear program.
MAX_TIES = 200

_Ends = tuple[Fraction | None, Fraction | None]

_INTERVAL = Text(
    'angka dalam tanda kutip, atau batas bawah dan atas, misalnya ["10", "20"]',
    'a number in quotes, or a lower and an upper end, such as ["10", "20"]',
)
_CHAINS = Text(
    'daftar urutan kode, misalnya [["a2", "a5"]]',
    'a list of chains of codes, such as [["a2", "a5"]]',
)
_STANDINGS = {standing.value: standing for standing in Standing}


def read_region(path: str) -> Admissible:
    """Return what is known of weights by a file.

    Raises:
        FileError: the file can't be read, is larger than 128 KiB or nested too deep.
        DefinitionError: it is not TOML, or says what makes no sense; every fault names its place.
    """
    name = Path(path).name
    text = read_text(path, MAX_FILE_BYTES)
    check_nesting(name, text)
    file = Table(parsed_toml(text, name), name, Faults())
    weights, order, sums = _weights(file), _order(file), _sums(file)
    source = file.string("source") if file.has("source") else None
    standing = file.choice("standing", _STANDINGS) if file.has("standing") else None
    file.finish()
    if standing is not None and not file.has("source"):
        message = Text(
            "status tanpa sumber; sebutkan source", "a standing without a source; name the source"
        )
        file.fault("standing-without-source", message, "standing")
    ties = sum(max(len(chain) - 1, 0) for chain in order) + len(sums)
    if ties > MAX_TIES:
        message = Text(
            "{count} urutan dan jumlah; paling banyak {limit}",
            "{count} orders and sums; at most {limit}",
        )
        file.complain("facts-too-many", message, count=ties, limit=MAX_TIES)
    if file.faults.count:
        raise DefinitionError(file.faults.listed(name))
    return Admissible(weights, order=order, sums=sums, source=source, standing=standing)


def _weights(file: Table) -> list[tuple[str, _Ends]]:
    if not file.has("weights"):
        return []
    table = file.table("weights")
    return [(code, _interval(table, code)) for code in table.entries]


def _interval(table: Table, code: str) -> _Ends:
    """Return a number as an interval of one point, or a pair of ends."""
    value = table.raw(code, _INTERVAL)
    if not isinstance(value, list):
        number = table.as_number(code, value)
        return number, number
    if len(value) != 2:
        table.wrong_type(code, value, _INTERVAL)
        return None, None
    low, high = (
        None if end == "" else table.as_number(f"{code}[{number}]", end)
        for number, end in enumerate(value, 1)
    )
    return low, high


def _order(file: Table) -> list[tuple[str, ...]]:
    if not file.has("order"):
        return []
    chains = file.get("order", list, _CHAINS) or []
    places = {f"order[{number}]": chain for number, chain in enumerate(chains, 1)}
    table = attrs.evolve(file, entries=places, known=set())
    return [table.strings(place) or () for place in places]


def _sums(file: Table) -> list[tuple[tuple[str, ...], _Ends]]:
    return [_sum(table) for table in file.tables("sums")] if file.has("sums") else []


def _sum(table: Table) -> tuple[tuple[str, ...], _Ends]:
    codes = table.strings("codes") or ()
    exactly = table.number("is") if table.has("is") else None
    low, high = (table.number(key) if table.has(key) else None for key in ("from", "to"))
    ends_given = table.has("from") or table.has("to")
    if table.has("is") is ends_given:
        message = Text(
            "sebuah jumlah memerlukan is, atau from dan to, atau salah satu dari keduanya",
            "a sum needs is, or from and to, or one of these two",
        )
        table.fault("sum-form", message)
    table.finish()
    return codes, (low, high) if ends_given else (exactly, exactly)
