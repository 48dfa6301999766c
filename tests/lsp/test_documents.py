"""Open documents stay the same text that the client has."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types
from mlq.lsp.convert import Positions
from mlq.lsp.documents import Documents

ENCODINGS = ("utf-8", "utf-16", "utf-32")
TEXTS = st.text("ab '=\t\r\n\f\u2028é\u0301日😀", max_size=30)
URI = "file:///train.py"


def opened(text: str, encoding: str = "utf-16") -> Documents:
    documents = Documents()
    documents.encoding = encoding
    documents.open(types.TextDocumentItem(URI, "python", 1, text))
    return documents


def text_of(documents: Documents) -> str:
    document = documents.get(URI)
    assert document is not None
    return document.text


@dataclass
class Edited:
    """A text, and the changes that led to it, as a client sends them."""

    text: str
    changes: list[types.TextDocumentContentChangeEvent]


@st.composite
def edits(draw: st.DrawFn, start: str, encoding: str) -> Edited:
    text = start
    changes: list[types.TextDocumentContentChangeEvent] = []
    for _ in range(draw(st.integers(1, 4))):
        first, last = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        # An editor's cursor never stands between the two characters of a line end.
        first -= text[first - 1 : first + 1] == "\r\n" and first > 0
        last -= text[last - 1 : last + 1] == "\r\n" and last > 0
        new = draw(TEXTS)
        positions = Positions(text, encoding)
        range_ = types.Range(positions.position(first), positions.position(last))
        changes.append(types.TextDocumentContentChangePartial(range_, new))
        text = text[:first] + new + text[last:]
    return Edited(text, changes)


@given(data=st.data(), start=TEXTS, encoding=st.sampled_from(ENCODINGS))
def test_incremental_edits_make_the_clients_text(data: st.DataObject, start: str, encoding: str) -> None:
    edited = data.draw(edits(start, encoding))
    documents = opened(start, encoding)
    documents.change(URI, 2, edited.changes)
    assert text_of(documents) == edited.text


def test_a_whole_text_replaces_all() -> None:
    documents = opened("a")
    changed = documents.change(URI, 5, [types.TextDocumentContentChangeWholeDocument("b\n")])
    assert changed is not None
    assert (changed.text, changed.version) == ("b\n", 5)


def test_what_is_not_ours_is_not_kept() -> None:
    documents = Documents()
    assert documents.open(types.TextDocumentItem("file:///a.html", "html", 1, "<p>")) is None
    assert documents.change("file:///a.html", 2, []) is None
    documents.close("file:///a.html")
    assert list(documents) == []


def test_a_document_that_changes_its_language_is_let_go() -> None:
    documents = opened("a")
    documents.open(types.TextDocumentItem(URI.replace(".py", ""), "python", 1, "a"))
    documents.open(types.TextDocumentItem(URI.replace(".py", ""), "plaintext", 1, "a"))
    assert [document.uri for document in documents] == [URI]
