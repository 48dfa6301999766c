"""IPython's lines that are no Python, such as `%time` and `!pip`: covered, so that the rest is Python."""

from __future__ import annotations

import re
from typing import NamedTuple

from mlq_grammar.spans import Span

PYTHON = "python"
SHELL = "shellscript"

# Magics that run the Python behind them; their options are short.
_RUNNING = r"time|timeit|prun|memit|capture|debug|mprun|lprun|scalene"
_CELLS = {
    **dict.fromkeys([*_RUNNING.split("|"), "python", "python3"], PYTHON),
    **dict.fromkeys(["bash", "sh", "script bash", "script sh", "!", "sx", "system"], SHELL),
}
_CELL = re.compile(r"\s*%%(script +\w+|!|\w+)[^\n]*\n?")
_LINE = re.compile(
    rf"""
    (?P<lead> [ \t]* (?:[\w., \t]+=[ \t]*)? )
    (?: (?P<run> %(?:{_RUNNING})\b (?:[ \t]+-\w+(?:[ \t]?\d+)?)* [ \t]+ (?=[^\s]) )
      | (?P<shell> !!? (?P<command> (?:[^\n\\]|\\(?:.|\n)|\\$)* ) )
      | (?P<other> %(?=[A-Za-z]) (?:[^\n\\]|\\(?:.|\n)|\\$)*
                 | \?{{1,2}}[%\w.*]+[ \t]*(?=\n|$) | %*[\w.*]+\?{{1,2}}[ \t]*(?=\n|$) ) )
    """,
    re.VERBOSE,
)
_TOKEN = re.compile(
    r"""
    \#[^\n]*
    | (?P<quote>\"{3}|'{3}) (?:[^\\]|\\.)*? (?:(?P=quote)|\Z)
    | "(?:[^"\\\n]|\\.)*"? | '(?:[^'\\\n]|\\.)*'?
    | (?P<open>[(\[{]) | (?P<close>[)\]}]) | \\\r?\n | (?P<end>\n)
    """,
    re.VERBOSE | re.DOTALL,
)
_MARK = re.compile(r"^[ \t]*(?:[%!?]|[\w., \t]+=[ \t]*[%!]|[\w.*]+\?)", re.MULTILINE)


class Cell(NamedTuple):
    """A cell: the language it is in (none that we read: ""), its text, and where shell commands stand in it.

    The text is as long as the cell's, with what is no Python covered by what does nothing.
    """

    language: str
    text: str
    commands: tuple[Span, ...] = ()


def read_cell(text: str) -> Cell:
    """Read a cell, which a `%%` line at its start may give to another language."""
    language, start = PYTHON, 0
    while language == PYTHON and (found := _CELL.match(text, start)):
        language = _CELLS.get(" ".join(found[1].split()), "")
        start = found.end()
    head = re.sub(r"[^\n]", " ", text[:start])
    if language != PYTHON:
        return Cell(language, head + text[start:])
    covered, commands = cover(text[start:])
    return Cell(PYTHON, head + covered, tuple(span.shifted(start) for span in commands))


def cover(text: str) -> tuple[str, tuple[Span, ...]]:
    """Return a text, as long, with its magic lines covered, and where the shell commands in it stand."""
    if not _MARK.search(text):
        return text, ()
    parts: list[str] = []
    commands: list[Span] = []
    at = 0
    while at < len(text):
        found = _LINE.match(text, at)
        if found:
            parts.append(found["lead"] + _covered(found))
            if found["command"]:
                commands.append(Span(*found.span("command")))
            at = found.end()
        end = _line_end(text, at)
        parts.append(text[at:end])
        at = end
    return "".join(parts), tuple(commands)


def _covered(found: re.Match[str]) -> str:
    if found["run"]:
        return "0;".ljust(len(found["run"]))
    covered = found["shell"] or found["other"]
    # A number does nothing, and takes the place of a block's only statement.
    lines = covered.split("\n")
    return "\n".join(["0#"[: len(lines[0])] + lines[0][2:], *(" " * len(line) for line in lines[1:])])


def _line_end(text: str, start: int) -> int:
    """Return where the statement that goes on at `start` ends its last line."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth = max(0, depth - 1)
        elif token["end"] and not depth:
            return token.end()
    return len(text)
