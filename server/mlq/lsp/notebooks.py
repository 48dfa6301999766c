"""The notebooks that the client has open: which documents are their cells, in which order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mlq.lsp import sheets
from mlq.lsp.convert import path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lsprotocol import types

    from mlq.lsp.documents import Documents, OpenDocument
    from mlq.lsp.sheets import Sheet


@dataclass(frozen=True, slots=True)
class OpenNotebook:
    """An open notebook; `cells` are the URIs of its cells' documents."""

    uri: str
    cells: tuple[str, ...]


class Notebooks:
    """Open notebooks by URI. The texts of their cells are documents like others, kept where those are."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._open: dict[str, OpenNotebook] = {}
        self._of_cell: dict[str, str] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._open))

    def of(self, cell: str) -> str | None:
        """Return the notebook that a document is a Python cell of."""
        document = self._documents.get(cell)
        return self._of_cell.get(cell) if document and document.language == "ipython" else None

    def sheet(self, uri: str) -> Sheet | None:
        """Return the Python cells of a notebook as one text; None if it is not open."""
        if uri not in self._open:
            return None
        cells = [document for document in self._cells(uri) if document.language == "ipython"]
        return sheets.of_cells(cells, path(uri))

    def others(self, uri: str) -> list[str]:
        """Return the cells of a notebook that are read one by one, such as those in Markdown."""
        return [document.uri for document in self._cells(uri) if document.language != "ipython"]

    def _cells(self, uri: str) -> Iterator[OpenDocument]:
        notebook = self._open.get(uri)
        found = (self._documents.get(cell) for cell in notebook.cells) if notebook else ()
        yield from (document for document in found if document)

    def open(self, params: types.DidOpenNotebookDocumentParams) -> None:
        """Take a notebook in, with its cells."""
        notebook = params.notebook_document
        self.close(notebook.uri)
        self._take(params.cell_text_documents)
        self._put(OpenNotebook(notebook.uri, _uris(notebook.cells)))

    def change(self, params: types.DidChangeNotebookDocumentParams) -> list[str]:
        """Make the client's changes; return the documents that were closed."""
        changes = params.change.cells
        notebook = self._open.get(params.notebook_document.uri)
        if notebook is None or changes is None:
            return []
        closed = []
        if structure := changes.structure:
            closed = [each.uri for each in structure.did_close or ()]
            self._forget(closed)
            self._take(structure.did_open or ())
            cells, array = list(notebook.cells), structure.array
            cells[array.start : array.start + array.delete_count] = _uris(array.cells or ())
            self._put(replace(notebook, cells=tuple(cells)))
        for each in changes.text_content or ():
            self._documents.change(each.document.uri, each.document.version, each.changes)
        return closed

    def close(self, uri: str) -> list[str]:
        """Forget a notebook; return its cells, which are closed with it."""
        notebook = self._open.pop(uri, None)
        cells = list(notebook.cells) if notebook else []
        self._forget(cells)
        return cells

    def _take(self, items: Iterable[types.TextDocumentItem]) -> None:
        for item in items:
            self._documents.open(item, is_cell=True)

    def _put(self, notebook: OpenNotebook) -> None:
        before = self._open.get(notebook.uri, notebook)
        for cell in before.cells:
            self._of_cell.pop(cell, None)
        self._open[notebook.uri] = notebook
        self._of_cell.update(dict.fromkeys(notebook.cells, notebook.uri))

    def _forget(self, cells: Iterable[str]) -> None:
        for cell in cells:
            self._documents.close(cell)
            self._of_cell.pop(cell, None)


def _uris(cells: Iterable[types.NotebookCell]) -> tuple[str, ...]:
    return tuple(cell.document for cell in cells)
