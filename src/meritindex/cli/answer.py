"""What a command answers, with the making of each form of it; only the one asked for is made."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from meritindex.cli.forms import Form
from meritindex.cli.output import Output
from meritindex.language import Language, Text
from meritindex.layout import Document, Style, titled, to_markdown, to_page, to_text
from meritindex.reporting.results import Json, json_text


@attrs.frozen(kw_only=True)
class Answer:
    """An answer in parts, each of which is made when it is asked for.

    Attributes:
        title: what the answer is, as the title of a page or a workbook.
        whose: who or what it is about, behind the title; None for everybody.
        document: what a person reads: text, HTML and Markdown. None where there is no such form.
        rows: the answer as CSV text with a header.
        data: the answer as JSON, or its bytes; None where there is no such form.
        workbook: the answer as a workbook; None for one of the document and the rows.
        remarks: what is told beside any form.
        beside_document: what is told beside the document, and the workbook, which don't hold it.
        beside_rows: what is told beside the rows, which don't hold it.
        beside_data: what is told beside the JSON, which doesn't hold it.
        code: the exit code.
    """

    title: Text
    whose: str | None = None
    document: Callable[[], Document] | None = None
    rows: Callable[[], str]
    data: Callable[[], Json | bytes] | None = None
    workbook: Callable[[], bytes] | None = None
    remarks: tuple[str, ...] = ()
    beside_document: tuple[str, ...] = ()
    beside_rows: tuple[str, ...] = ()
    beside_data: tuple[str, ...] = ()
    code: int = 0

    def output(self, form: Form, language: Language, style: Style) -> Output:
        """Return the answer in a form that the command has.

        Args:
            form: which.
            language: in which its texts are.
            style: of the lines of a text.

        Raises:
            MissingExtraError: a workbook is asked for, and what writes it is not installed.
        """
        content, beside = self._made(form, language, style)
        return Output(content=content, remarks=(*self.remarks, *beside), code=self.code)

    def _made(
        self, form: Form, language: Language, style: Style
    ) -> tuple[str | bytes, tuple[str, ...]]:
        if form is Form.CSV:
            return _utf_8(self.rows()), self.beside_rows
        if form is Form.XLSX:
            return self._workbook(language), self.beside_document
        if form is Form.JSON:
            assert self.data is not None  # noqa: S101 - the forms of the command say so
            data = self.data()
            made = data if isinstance(data, bytes) else _utf_8(json_text(data))
            return made, self.beside_data
        assert self.document is not None  # noqa: S101 - likewise
        document = self.document()
        if form is Form.HTML:
            page = to_page(document, language, self._titled(language))
            return _utf_8(page), self.beside_document
        if form is Form.MARKDOWN:
            headed = titled(document, self._titled(language))
            return to_markdown(headed) + "\n", self.beside_document
        return to_text(document, style=style) + "\n", self.beside_document

    def _workbook(self, language: Language) -> bytes:
        if self.workbook is not None:
            return self.workbook()
        from meritindex.reporting.workbooks import (  # noqa: PLC0415 - heavy, and rarely asked for
            document_workbook,
        )

        assert self.document is not None  # noqa: S101 - likewise
        title = self._titled(language)
        return document_workbook(self.document(), language, title, data=self.rows())

    def _titled(self, language: Language) -> str:
        said = self.title.in_language(language)
        return said if self.whose is None else f"{said}: {self.whose}"


def _utf_8(text: str) -> bytes:
    """Return data as UTF-8; half of a pair, which that can't hold, is the escape that JSON has."""
    return text.encode(errors="backslashreplace")
