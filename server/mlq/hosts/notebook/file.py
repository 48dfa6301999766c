"""Finds filters in the files of notebooks, `.ipynb`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mlq.hosts import evidence
from mlq.hosts.embedding import embed
from mlq.hosts.notebook import cells, nbformat
from mlq.hosts.pages import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlq.hosts.embedding import Embedding


@lru_cache(maxsize=1)
def embeddings(text: str) -> tuple[Embedding, ...]:
    """Return the texts that the cells hold, as far as they may hold filters. Never raises."""
    return tuple(_embeddings(_cells(text))) if evidence.anywhere(text) else ()


def problem(text: str) -> str:
    """Return why a text is not read as a notebook; empty where it is."""
    try:
        nbformat.check(text)
    except nbformat.BrokenNotebookError as error:
        return str(error)
    return ""


def pages(text: str) -> tuple[Page, ...]:
    """Return the cells that say anything. Never raises."""
    return tuple(Page(cell.number, cell.source.text, cell.source.map, nbformat.said) for cell in _cells(text))


def _cells(text: str) -> tuple[nbformat.Cell, ...]:
    """Return the cells that say anything."""
    try:
        read = nbformat.read(text)
    except nbformat.BrokenNotebookError:
        return ()
    return tuple(cell for cell in read if cell.source.text)


def _embeddings(read: tuple[nbformat.Cell, ...]) -> Iterator[Embedding]:
    yield from cells.embeddings(cell.source for cell in read if cell.kind == "code")
    yield from (embed(cell.kind, [cell.source]) for cell in read if cell.kind == "markdown")
