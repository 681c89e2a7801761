"""The main heading of a document, and those under it."""

from __future__ import annotations

from meritindex.layout import Contents, Document, Heading, Paragraph, titled

TEXT = Paragraph("a")


def test_the_heading_that_opens_a_document_is_the_main_one():
    document = Document((Heading("a", 2), TEXT, Heading("b", 4), Heading("c", 2)))
    assert titled(document, "t") == Document(
        (Heading("a", 1), TEXT, Heading("b", 2), Heading("c", 2))
    )


def test_a_title_where_none_opens_it():
    document = Document((TEXT, Heading("b", 3)))
    assert titled(document, "t") == Document((Heading("t", 1), TEXT, Heading("b", 2)))
    assert titled(Document(()), "t") == Document((Heading("t", 1),))


def test_an_index_is_no_heading():
    document = Document((Contents("i", ()), Heading("a", 2)))
    assert titled(document, "t") == Document((Heading("a", 1),))


def test_a_document_in_order_is_left_as_it_is():
    document = Document((Heading("a"), Heading("b", 2), Heading("c", 3), TEXT, Heading("d", 2)))
    assert titled(document, "t") == document
