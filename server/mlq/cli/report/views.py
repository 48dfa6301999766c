"""What people see of a file: the file itself, or the cells of a notebook."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlq_grammar.spans import Span

from mlq.findings import Edit
from mlq.hosts.pages import pages_of
from mlq.text import LineIndex

if TYPE_CHECKING:
    from mlq.cli.checked import Checked
    from mlq.hosts.pages import Page


class View:
    """A text as people see it: a file, or the cell of this number."""

    def __init__(self, text: str, page: Page | None = None) -> None:
        self.text = text
        self.lines = LineIndex(text)
        self.cell = page.number if page else None
        self._page = page

    def span(self, start: int, end: int) -> Span | None:
        """Return what a span of the file is here; None where it stands elsewhere."""
        if self._page is None:
            return Span(start, end)
        first, last = self._page.map.to_inner(start), self._page.map.to_inner(end)
        return None if first is None or last is None else Span(first, last)

    def edit(self, edit: Edit) -> Edit | None:
        """Return what an edit of the file is here."""
        span = self.span(edit.start, edit.end)
        text = self._page.read(edit.text) if self._page else edit.text
        return span and Edit(span.start, span.end, text)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span of the file is seen."""

    view: View
    span: Span

    def __str__(self) -> str:
        """Write the place as it stands behind a path: `line:column`, in a notebook `cell 3:line:column`."""
        line, column = self.view.lines.position1(self.span.start)
        cell = f"cell {self.view.cell}:" if self.view.cell else ""
        return f"{cell}{line}:{column}"


class Views:
    """What people see of one file."""

    def __init__(self, checked: Checked) -> None:
        self._file = View(checked.text)
        pages = pages_of(checked.text, checked.language)
        self._starts = [page.map.pieces[0].outer.start for page in pages]
        self._cells = [View(page.text, page) for page in pages]

    def of(self, start: int, end: int) -> Place:
        """Return where a span of the file is seen."""
        at = bisect_right(self._starts, start) - 1
        span = self._cells[at].span(start, end) if at >= 0 else None
        return Place(self._cells[at], span) if span else Place(self._file, Span(start, end))
