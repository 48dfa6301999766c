"""Finds the code in reStructuredText: directives, literal blocks and doctests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from mlq_grammar.spans import Span

from mlq.hosts import evidence, snippets
from mlq.hosts.embedding import Embedding
from mlq.hosts.snippets import Snippet, lines_of

_DIRECTIVE = re.compile(r"([ \t]*)\.\.[ ]+([\w-]+)::[ \t]*([\w+-]*)")
_LITERAL = re.compile(r"([ \t]*)(?!\.\.[ ])\S?[^\r\n]*::[ \t]*(?:\r\n|\r|\n|$)")
_PROMPT = re.compile(r"([ \t]*)>>>(?:[ ]|$)")
_OPTION = re.compile(r"[ \t]*:[\w-]+:")
_BLANKS = re.compile(r"[ \t]*")

# What a directive holds; "" where its argument says it.
_CODE = {
    "code": "",
    "code-block": "",
    "code-tab": "",
    "sourcecode": "",
    "prompt": "",
    "ipython": "ipython",
    "jupyter-execute": "ipython",
    "nbinput": "ipython",
    "plot": "python",
    "testcode": "python",
    "testsetup": "python",
    "doctest": "doctest",
}


@lru_cache(maxsize=32)
def embeddings(text: str) -> tuple[Embedding, ...]:
    """Return the texts of other languages in a file of reStructuredText; never raises."""
    if not evidence.anywhere(text):
        return ()
    return snippets.embeddings(text, blocks(text, lines_of(text)))


def blocks(text: str, lines: Sequence[Span]) -> Iterator[Snippet]:
    """Yield the pieces of code in lines of reStructuredText."""
    at, highlighted = 0, ""
    while at < len(lines):
        directive = _DIRECTIVE.match(text, *lines[at])
        literal = None if directive else _LITERAL.match(text, *lines[at])
        prompt = _PROMPT.match(text, *lines[at])
        at += 1
        if directive and directive[2] == "highlight":
            highlighted = directive[3].lower()
        elif directive and directive[2] in _CODE:
            label = _CODE[directive[2]] or directive[3].lower() or highlighted
            body, at = _body(text, lines, at, _width(directive[1]))
            yield from _snippet(text, label, _without_options(text, body))
        elif literal:
            body, at = _body(text, lines, at, _width(literal[1]))
            yield from _snippet(text, highlighted, body)
        elif prompt:
            body, at = _paragraph(text, lines, at - 1)
            yield from _snippet(text, "doctest", body)


def _body(text: str, lines: Sequence[Span], at: int, indentation: int) -> tuple[list[Span], int]:
    """Return the lines that are indented more than what they belong to, and where the rest begins."""
    end = at
    while end < len(lines) and (_is_blank(text, lines[end]) or _indentation(text, lines[end]) > indentation):
        end += 1
    return list(lines[at:end]), end


def _paragraph(text: str, lines: Sequence[Span], at: int) -> tuple[list[Span], int]:
    end = at
    while end < len(lines) and not _is_blank(text, lines[end]):
        end += 1
    return list(lines[at:end]), end


def _without_options(text: str, body: list[Span]) -> list[Span]:
    at = 0
    while at < len(body) and _OPTION.match(text, *body[at]):
        at += 1
    return body[at:]


def _snippet(text: str, label: str, body: list[Span]) -> Iterator[Snippet]:
    """Yield lines without the indentation that all of them have."""
    written = [line for line in body if not _is_blank(text, line)]
    if not written:
        return
    margin = min(_indentation(text, line) for line in written)
    found = tuple(Span(_behind(text, line, margin), line.end) for line in body)
    first = found[body.index(written[0])]
    line_start = max(text.rfind("\n", 0, first.start), text.rfind("\r", 0, first.start)) + 1
    yield Snippet(label, found, text[line_start : first.start])


def _is_blank(text: str, line: Span) -> bool:
    return not line.of(text).strip()


def _indentation(text: str, line: Span) -> int:
    blanks = _BLANKS.match(text, *line)
    return _width(blanks[0]) if blanks else 0


def _width(blanks: str) -> int:
    return len(blanks.expandtabs(8))


def _behind(text: str, line: Span, columns: int) -> int:
    """Return where a line goes on behind so many columns of blanks, or sooner."""
    at, width = line.start, 0
    while at < line.end and width < columns and text[at] in " \t":
        at += 1
        width = _width(text[line.start : at])
    return at
