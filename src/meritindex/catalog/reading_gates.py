"""Reading gates, and the conditions under which an indicator applies."""

from __future__ import annotations

from meritindex.catalog.faults import as_written, names_text
from meritindex.catalog.names import Names
from meritindex.catalog.tables import Table
from meritindex.definition import AgencyKind, Condition, Gate, Option
from meritindex.language import Text

_AGENCY_KINDS = {item.value: item for item in AgencyKind}


def read_gate(names: Names, code: str, table: Table) -> Gate | None:
    """Return a gate; None where it is faulty."""
    before = table.faults.grave
    names.declare(code, table)
    options = []
    for option in table.tables("options"):
        options.append(Option(value=option.string("value"), label=option.pair()))
        option.finish()
    by_kind = []
    if table.has("by_kind"):
        kinds = table.table("by_kind")
        kinds.known.update(_AGENCY_KINDS)
        stated = [name for name in kinds.entries if name in _AGENCY_KINDS]
        by_kind = [(_AGENCY_KINDS[name], kinds.strings(name)) for name in stated]
        kinds.finish()
    question, basis = table.text("question"), table.basis()
    table.finish()
    if table.faults.grave > before:
        return None
    return table.build(
        Gate,
        code=code,
        question=question,
        options=tuple(options),
        basis=basis,
        by_kind=tuple(by_kind),
    )


def read_conditions(names: Names, table: Table) -> tuple[Condition, ...]:
    """Return the gates that an indicator waits for, and the options under which it applies."""
    if not table.has("applies_when"):
        return ()
    conditions = table.lightly().table("applies_when")
    return tuple(Condition(gate, _options(names, conditions, gate)) for gate in conditions.entries)


def _options(names: Names, conditions: Table, code: str) -> tuple[str, ...]:
    if code not in names.gates:
        if names.are_known:
            message = Text("tidak ada pertanyaan {value}", "there is no gate {value}")
            conditions.complain(
                "gate-unknown", message, code, value=code, allowed=names_text(names.gates)
            )
        return ()
    values, gate = conditions.strings(code), names.gates[code]
    if values is None or gate is None:
        return ()
    given = [value for value in values if value not in gate.values]
    if given or not values:
        message = Text(
            "harus menyebut jawaban dari {allowed}, bukan {value}",
            "must name options among {allowed}, not {value}",
        )
        shown = names_text(given, as_written) if given else Text.same("[]")
        allowed = names_text(gate.values)
        conditions.complain("gate-option-unknown", message, code, value=shown, allowed=allowed)
    return values
