"""Reads a notebook's file: the source of each cell, with the place of each character in the JSON.

Sources: the schemas of nbformat 3 and 4; `metadata.vscode.languageId` is what VS Code writes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache

from mlq_grammar.spans import Span

from mlq.hosts.embedding import Stretch
from mlq.hosts.notebook.json_walk import Walker, parts
from mlq.hosts.python import LONGEST
from mlq.hosts.region import OffsetMap, Piece

_SURROGATE = re.compile("[\ud800-\udfff]")
_PYTHON = re.compile(r"i?python\d*|pyspark", re.IGNORECASE)


class BrokenNotebookError(ValueError):
    """Raised for a text that is no notebook; the message says why, in one line."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its number from 1 among all cells, what kind it is, and its source.

    `kind` is the file's word for it (`code`, `markdown`, …); a cell of code in any other language than
    Python is of the kind `other`.
    """

    number: int
    kind: str
    source: Stretch


@lru_cache(maxsize=1)
def read(text: str) -> tuple[Cell, ...]:
    """Return the cells of a notebook; an empty file has none. Raises `BrokenNotebookError`."""
    return tuple(
        Cell(number, kind, _stretch(text, cell.strings))
        for number, (kind, cell) in enumerate(check(text), start=1)
    )


@lru_cache(maxsize=1)
def check(text: str) -> list[tuple[str, _Cell]]:
    """Return the kinds and the places of the cells, which `read` makes cells of; raise what it raises."""
    walker = Walker(text)
    start = walker.skip_blanks(1 if text.startswith("\ufeff") else 0)
    if start == len(text):
        return []
    notebook = _Notebook(walker)
    try:
        walker.end(walker.object(start, notebook.member))
    except json.JSONDecodeError as error:
        reason = f"is no JSON at line {error.lineno}, column {error.colno}: {error.msg.lower()}"
        raise BrokenNotebookError(reason) from error
    except RecursionError as error:
        raise BrokenNotebookError("is nested too deeply") from error
    if notebook.cells is None:
        raise BrokenNotebookError("is JSON, but no notebook: it has no cells")
    found = [(cell.kind_in(notebook.language), cell) for cell in notebook.cells]
    if sum(cell.size for kind, cell in found if kind == "code") > LONGEST:
        megabytes = LONGEST // 1_000_000
        raise BrokenNotebookError(f"holds more than {megabytes} MB of code, the most that is read")
    return found


def write(text: str) -> str:
    """Write text as it stands in a JSON string; what is not ASCII stays as it is."""
    written = json.dumps(text, ensure_ascii=False)[1:-1]
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def said(text: str) -> str:
    """Return what stands in a JSON string; the inverse of `write`."""
    return str(json.loads(f'"{text}"'))


@dataclass(slots=True)
class _Cell:
    """A cell as the file has it; `strings` are the spans between the quotes of its source's strings."""

    members: dict[str, object] = field(default_factory=dict)
    strings: list[Span] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(span.end - span.start for span in self.strings)

    def kind_in(self, language: str) -> str:
        kind = _text(self.members, "cell_type")
        own = _text(self.members, "metadata", "vscode", "languageId") or _text(self.members, "language")
        return "other" if kind == "code" and not _PYTHON.fullmatch(own or language) else kind


class _Notebook:
    """Takes what matters of a file while it is walked; `cells` is None until there is a list of them."""

    def __init__(self, walker: Walker) -> None:
        self._walker = walker
        self.cells: list[_Cell] | None = None
        self._metadata: object = None

    @property
    def language(self) -> str:
        said = _text(self._metadata, "language_info", "name") or _text(
            self._metadata, "kernelspec", "language"
        )
        return said or "python"

    def member(self, key: str, at: int) -> int:
        if key in {"cells", "worksheets"}:
            cells: list[_Cell] = []
            self.cells = cells
            return self._cells(at, cells) if key == "cells" else self._worksheets(at, cells)
        value, end = self._walker.value(at)
        if key == "metadata":
            self._metadata = value
        return end

    def _worksheets(self, at: int, cells: list[_Cell]) -> int:
        def member(key: str, at: int) -> int:
            return self._cells(at, cells) if key == "cells" else self._walker.value(at)[1]

        return self._walker.array(at, lambda at: self._walker.object(at, member))

    def _cells(self, at: int, cells: list[_Cell]) -> int:
        return self._walker.array(at, lambda at: self._cell(at, cells))

    def _cell(self, at: int, cells: list[_Cell]) -> int:
        cell = _Cell()
        cells.append(cell)

        def member(key: str, at: int) -> int:
            if key in {"source", "input"}:  # nbformat 3 calls that of code `input`
                cell.strings.clear()
                return self._strings(at, cell.strings)
            value, end = self._walker.value(at)
            if key != "outputs":
                cell.members[key] = value
            return end

        return self._walker.object(at, member)

    def _strings(self, at: int, found: list[Span]) -> int:
        """Collect one string or a list of lines."""
        if self._walker.text.startswith("[", at):
            return self._walker.array(at, lambda at: self._strings(at, found))
        value, end = self._walker.value(at)
        if isinstance(value, str):
            found.append(Span(at + 1, end - 1))
        return end


def _text(value: object, *path: str) -> str:
    """Return the text at a path of names in a JSON value; an empty one where there is none."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""


def _stretch(text: str, strings: list[Span]) -> Stretch:
    said: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for span in strings:
        for part, outer in parts(text, span):
            pieces.append(Piece(Span(at, at + len(part)), outer))
            said.append(part)
            at += len(part)
    return Stretch("".join(said), OffsetMap(tuple(pieces)), write)
