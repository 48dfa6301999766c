"""Notebooks as a client sends them, and as files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from collections.abc import Sequence

PYTHON = {"language_info": {"name": "python"}}
NOTEBOOK = "file:///work/churn.ipynb"


def cell_uri(name: str) -> str:
    """Return the address of a cell, as VS Code makes them."""
    return f"vscode-notebook-cell:/work/churn.ipynb#{name}"


def opened(cells: dict[str, str], language: str = "python") -> types.DidOpenNotebookDocumentParams:
    """Return what a client sends when a notebook is opened; `cells` are texts by name."""
    return types.DidOpenNotebookDocumentParams(
        types.NotebookDocument(NOTEBOOK, "jupyter-notebook", 1, [_cell(name) for name in cells]),
        [_document(name, text, language) for name, text in cells.items()],
    )


def spliced(
    start: int, delete: int, cells: dict[str, str], *, closed: Sequence[str] = (), language: str = "python"
) -> types.DidChangeNotebookDocumentParams:
    """Return what a client sends when cells are put in the place of others; texts are sent of new ones."""
    structure = types.NotebookDocumentCellChangeStructure(
        types.NotebookCellArrayChange(start, delete, [_cell(name) for name in cells]),
        [_document(name, text, language) for name, text in cells.items() if text],
        [types.TextDocumentIdentifier(cell_uri(name)) for name in closed],
    )
    return _changed(types.NotebookDocumentCellChanges(structure=structure))


def typed(name: str, version: int, text: str) -> types.DidChangeNotebookDocumentParams:
    """Return what a client sends when the text of a cell becomes another."""
    content = types.NotebookDocumentCellContentChanges(
        types.VersionedTextDocumentIdentifier(uri=cell_uri(name), version=version),
        [types.TextDocumentContentChangeWholeDocument(text)],
    )
    return _changed(types.NotebookDocumentCellChanges(text_content=[content]))


def closed(cells: Sequence[str]) -> types.DidCloseNotebookDocumentParams:
    """Return what a client sends when a notebook is closed."""
    documents = [types.TextDocumentIdentifier(cell_uri(name)) for name in cells]
    return types.DidCloseNotebookDocumentParams(types.NotebookDocumentIdentifier(NOTEBOOK), documents)


def _changed(changes: types.NotebookDocumentCellChanges) -> types.DidChangeNotebookDocumentParams:
    return types.DidChangeNotebookDocumentParams(
        types.VersionedNotebookDocumentIdentifier(version=2, uri=NOTEBOOK),
        types.NotebookDocumentChangeEvent(cells=changes),
    )


def _cell(name: str) -> types.NotebookCell:
    return types.NotebookCell(types.NotebookCellKind.Code, cell_uri(name))


def _document(name: str, text: str, language: str) -> types.TextDocumentItem:
    return types.TextDocumentItem(cell_uri(name), language, 1, text)


def written(*cells: str | tuple[str, str], indent: int | None = 1, **metadata: object) -> str:
    """Return a notebook's file, as Jupyter writes it; a cell is code, or a kind and a text."""
    pairs = [cell if isinstance(cell, tuple) else ("code", cell) for cell in cells]
    listed = [
        {"cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True)}
        | ({"execution_count": None, "outputs": []} if kind == "code" else {})
        for kind, text in pairs
    ]
    notebook = {"cells": listed, "metadata": metadata or PYTHON, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=indent, ensure_ascii=False) + "\n"
