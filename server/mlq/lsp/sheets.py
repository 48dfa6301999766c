"""What is analysed as one text: a document, or all the Python cells of a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from mlq_grammar.spans import Span

from mlq.hosts.notebook.joined import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mlq.findings import Edit
    from mlq.lsp.convert import Positions
    from mlq.lsp.documents import OpenDocument


@dataclass(frozen=True, slots=True)
class Part:
    """A document and where it stands in its sheet; `positions` lead to the sheet's offsets."""

    document: OpenDocument
    span: Span
    positions: Positions


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text with the documents that it is made of, in order."""

    text: str
    language: str
    path: str
    parts: tuple[Part, ...]

    def part(self, uri: str) -> Part:
        """Return the part that a document is."""
        return next(part for part in self.parts if part.document.uri == uri)

    def split(self, edits: Iterable[Edit]) -> list[tuple[Part, list[Edit]]]:
        """Return the edits of each document, in order of the documents."""
        given = list(edits)
        split = [(part, [edit for edit in given if part.span.touches(edit.start)]) for part in self.parts]
        return [(part, here) for part, here in split if here]


def of_document(document: OpenDocument) -> Sheet:
    """Return the sheet of a document alone."""
    part = Part(document, Span(0, len(document.text)), document.positions)
    return Sheet(document.text, document.language, document.path, (part,))


def of_cells(cells: Sequence[OpenDocument], path: str) -> Sheet:
    """Return the sheet of a notebook's Python cells, in order; `path` is the notebook's."""
    starts = accumulate((len(cell.text) + len(SEPARATOR) for cell in cells), initial=0)
    parts = tuple(
        Part(cell, Span(start, start + len(cell.text)), cell.positions.shifted(start))
        for start, cell in zip(starts, cells, strict=False)
    )
    return Sheet(SEPARATOR.join(cell.text for cell in cells), "ipython", path, parts)
