"""What is wrong with a document beside its filters: settings that cannot be used, a text too long to read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types
from mlq_grammar.spans import Span

from mlq.hosts import problem_of
from mlq.settings import FILES, problems_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlq.lsp.documents import OpenDocument

_TABLE = re.compile(r"^[ \t]*\[tool\.mlq\b[^\n]*", re.MULTILINE)
_NAMED = re.compile(r"\"([\w-]+)\"(?: of ([\w-]+))?")
_LINE = re.compile(r"\(at (?:line (\d+)|end of document)")


def diagnostics(document: OpenDocument) -> Iterator[types.Diagnostic]:
    """Yield what the document's text says of itself."""
    if document.language == "toml" and Path(document.path).name in FILES:
        for problem in problems_in(Path(document.path), document.text):
            place = _place(problem.message, document.text)
            yield _diagnostic(document, place, problem.message, types.DiagnosticSeverity.Error)
    reason = problem_of(document.text, document.language)
    if reason:
        first = Span(0, len(document.text.partition("\n")[0].rstrip("\r")))
        message = f"Not checked: this file is {reason}."
        yield _diagnostic(document, first, message, types.DiagnosticSeverity.Information)


def _place(message: str, text: str) -> Span:
    """Return where the file has what a problem is about: its key, its line, or the table for mlq."""
    table = _TABLE.search(text)
    named = _NAMED.search(message)
    for key in (name for name in (named[2], named[1]) if name) if named else ():
        found = re.compile(rf"(?<![\w-]){re.escape(key)}(?![\w-])").search(text, table.end() if table else 0)
        if found:
            return Span(*found.span())
    line = _LINE.search(message)
    if line:
        lines = text.rstrip().split("\n")[: int(line[1]) if line[1] else None]
        start = sum(len(each) + 1 for each in lines[:-1])
        return Span(start, start + len(lines[-1].rstrip("\r")))
    return Span(*table.span()) if table else Span(0, len(text.partition("\n")[0]))


def _diagnostic(
    document: OpenDocument, place: Span, message: str, severity: types.DiagnosticSeverity
) -> types.Diagnostic:
    said = message[:1].upper() + message[1:]
    return types.Diagnostic(document.positions.range(place), said, severity=severity, source="mlq")
