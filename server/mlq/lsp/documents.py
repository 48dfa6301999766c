"""The documents that the client has open, as it last told us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol import types

from mlq.lsp.convert import Positions, language, path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CELL_SCHEME = "vscode-notebook-cell:"
"""What the addresses of cells begin with, where a client sends them as documents like any other."""


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """One version of an open document."""

    uri: str
    language: str
    version: int
    text: str
    positions: Positions

    @property
    def path(self) -> str:
        """The document's path; for a document that is no file, the path of its address."""
        return path(self.uri)


class Documents:
    """Open documents of our languages by URI.

    pygls keeps documents too, but breaks their lines where LSP does not and misplaces positions beyond a
    line's end; one such edit, and client and server hold different texts.
    """

    def __init__(self) -> None:
        self.encoding: str = types.PositionEncodingKind.Utf16
        self._open: dict[str, OpenDocument] = {}

    def __iter__(self) -> Iterator[OpenDocument]:
        return iter(tuple(self._open.values()))

    def get(self, uri: str) -> OpenDocument | None:
        """Return a document; None if it is not open or none of ours."""
        return self._open.get(uri)

    def open(self, item: types.TextDocumentItem, *, is_cell: bool = False) -> OpenDocument | None:
        """Take a document in; None if it is none of ours. The Python of a cell is IPython's."""
        host = language(item.language_id, item.uri)
        if host == "python" and (is_cell or item.uri.startswith(CELL_SCHEME)):
            host = "ipython"
        if host is None:
            self._open.pop(item.uri, None)
            return None
        return self._put(OpenDocument(item.uri, host, item.version, item.text, self._positions(item.text)))

    def change(
        self, uri: str, version: int, changes: Sequence[types.TextDocumentContentChangeEvent]
    ) -> OpenDocument | None:
        """Make the changes, one after the other; None if the document is none of ours."""
        document = self._open.get(uri)
        if document is None:
            return None
        text, positions = document.text, document.positions
        for change in changes:
            text = _changed(text, positions, change)
            positions = self._positions(text)
        return self._put(OpenDocument(uri, document.language, version, text, positions))

    def close(self, uri: str) -> None:
        """Forget a document."""
        self._open.pop(uri, None)

    def _put(self, document: OpenDocument) -> OpenDocument:
        self._open[document.uri] = document
        return document

    def _positions(self, text: str) -> Positions:
        return Positions(text, self.encoding)


def _changed(text: str, positions: Positions, change: types.TextDocumentContentChangeEvent) -> str:
    if isinstance(change, types.TextDocumentContentChangeWholeDocument):
        return change.text
    span = positions.span(change.range)
    return text[: span.start] + change.text + text[span.end :]
