"""Which files of a folder are forms."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from meritindex import files
from meritindex.assessment.values import make_fault
from meritindex.errors import Fault, FileError
from meritindex.language import Text, listed
from meritindex.numbers import quoted

MAX_FORMS = 5_000

# Other workbooks are not read, but they may hold an agency's answers: they are not passed over.
WORKBOOK = ".xlsx"
OTHER_WORKBOOKS = (".xls", ".xlsm", ".xlsb", ".ods")
_SAVE_AS_XLSX = Text(
    "buku kerja jenis ini tidak dapat dibaca; simpan sebagai .xlsx atau CSV UTF-8",
    "a workbook of this kind can't be read; save it as .xlsx or CSV UTF-8",
)
# A hidden file, or what Excel leaves beside a workbook that somebody has open.
_NOT_MEANT = (".", "~$")


def is_folder(path: Path) -> bool:
    """Say whether there is a folder of this name; one that can't be looked at is none."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def ending_fault(path: Path, allowed: str) -> Fault:
    """Return the fault of a file whose name doesn't end as it must."""
    message = Text(
        "nama berkas harus berakhiran {allowed}", "the name of the file must end in {allowed}"
    )
    if path.suffix.lower() in OTHER_WORKBOOKS:
        message = listed((message, _SAVE_AS_XLSX), "; ")
    return make_fault(
        "file-format",
        message,
        place=Text.same(path.name or str(path)),
        value=path.suffix,
        allowed=Text.same(allowed),
    )


def forms_in(folder: Path) -> list[Path]:
    """Return the workbooks of a folder in the order of their names.

    Raises:
        FileError: the folder can't be read, has no workbook, or more than `MAX_FORMS`.
    """
    shown = Text.same(quoted(folder.name or str(folder), 200)[1:-1])
    found: list[Path] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if _is_form(entry):
                    found.append(folder / entry.name)
                if len(found) > MAX_FORMS:
                    break
    except OSError as error:
        raise files.unreadable(folder, error) from None
    if len(found) > MAX_FORMS:
        message = Text(
            "folder berisi lebih dari {limit} buku kerja",
            "the folder has more than {limit} workbooks",
        )
        raise FileError(make_fault("folder-too-many", message, place=shown, limit=MAX_FORMS))
    if not found:
        message = Text(
            "folder tidak berisi formulir; yang dibaca: {allowed}",
            "the folder has no forms; read are: {allowed}",
        )
        allowed = Text("berkas .xlsx", "files that end in .xlsx")
        raise FileError(make_fault("folder-empty", message, place=shown, allowed=allowed))
    return sorted(found)


def _is_form(entry: os.DirEntry[str]) -> bool:
    name = entry.name
    if name.startswith(_NOT_MEANT) or not name.lower().endswith((WORKBOOK, *OTHER_WORKBOOKS)):
        return False
    # A folder within the folder; of a link in a circle nobody knows, which opening it will say.
    return not is_folder(Path(entry.path))
