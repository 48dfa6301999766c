"""Python files that are notebooks: cells between `# %%` marks, and marimo's, which are functions."""

from __future__ import annotations

import re
from itertools import pairwise

from mlq.hosts.notebook import magics

# Of Jupytext, VS Code and Spyder; of nbconvert; of Databricks.
_CELL_MARK = re.compile(r"^#[ \t]*(?:%%|In[ ]?\[[\d ]*\]|COMMAND -{5,})", re.MULTILINE)
_SPECIAL_LINE = re.compile(r"^[ \t]*(?:[%!?]|[\w.,]+[ \t]*=[ \t]*[%!])", re.MULTILINE)

_MARIMO = "marimo.App("
# A cell is a function; its parameters are names that it takes from other cells.
_MARIMO_CELL = re.compile(
    r"^(?P<decorators>@app\.cell\b[^\n]*\n(?:@[^\n]*\n)*)(?:async[ ]+)?def[ ]+\w+\([^()]*\):", re.MULTILINE
)
_MARIMO_RETURN = re.compile(r"^    return\b(?:[ ]*\([^()]*\)|[^\n]*)", re.MULTILINE)
_MARIMO_CELL_END = re.compile(r"^(?![ \t\n#)])", re.MULTILINE)
_NOT_LINE_END = re.compile(r"[^\r\n]")


def as_module(text: str) -> str:
    """Return a file as Python reads it, at the same places: a notebook's cells share their names in order."""
    if _MARIMO in text:
        return _of_marimo(text)
    if _SPECIAL_LINE.search(text) and _CELL_MARK.search(text):
        marks = [0, *(found.start() for found in _CELL_MARK.finditer(text)), len(text)]
        cells = (text[start:end] for start, end in pairwise(marks))
        return "".join(magics.read(cell).python for cell in cells)
    return text


def is_ordered(text: str) -> bool:
    """Whether a file runs from its top down; marimo runs its cells by what each needs."""
    return _MARIMO not in text


def _of_marimo(text: str) -> str:
    parts: list[str] = []
    at = 0
    for found in _MARIMO_CELL.finditer(text):
        end = _MARIMO_CELL_END.search(text, found.end())
        body = text[found.end() : end.start() if end else len(text)]
        parts += [text[at : found.start()], _covered(found[0], "if 1:", len(found["decorators"]))]
        parts.append(_MARIMO_RETURN.sub(lambda left: _covered(left[0], "    pass", 0), body))
        at = found.end() + len(body)
    return "".join([*parts, text[at:]])


def _covered(text: str, statement: str, place: int) -> str:
    """Return blanks of the same shape, with a statement at a place in them."""
    blank = _NOT_LINE_END.sub(" ", text)
    return blank[:place] + statement + blank[place + len(statement) :]
