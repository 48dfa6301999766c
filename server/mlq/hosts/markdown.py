"""Finds the code in Markdown, and in what is made of it: MyST, Quarto, R Markdown and MDX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from mlq_grammar.spans import Span

from mlq.hosts import evidence, snippets
from mlq.hosts.embedding import Embedding
from mlq.hosts.snippets import Snippet, lines_of

# A fence, behind the marks of the block quotes and list items that it stands in.
_OPENING = re.compile(
    r"(?P<before>(?:[ \t]|>|[-*+][ \t]+|\d{1,9}[.)][ \t]+)*)"
    r"(?P<fence>`{3,}|~{3,}|:{3,}(?=[ ]*\{))(?P<info>[^\r\n]*)"
)
_CLOSING = re.compile(r"[ ]{0,3}(?P<fence>`{3,}|~{3,}|:{3,})[ \t]*\r?\n?$")
_COMMENT = re.compile(r"[ ]{0,3}<!--")
_QUOTE_MARK = re.compile(r"[ \t]*>[ ]?")
_LIST_MARK = re.compile(r"[^\s>]")
_TAB = 4
_INFO = re.compile(
    r"[ \t]*(?:\{[ \t]*\.?(?P<braced>[\w:+-]+)[^}]*\}[ \t]*(?P<argument>[\w+-]*)|(?P<word>[\w+-]+))"
)
# MyST's directives whose argument is the language.
_CODE = frozenset({"code-cell", "code-block", "code", "code-tab", "prompt", "sourcecode"})
_OPTION = re.compile(r"[ \t]*:[\w-]+:")
_DEEPEST = 8


class _Fence(NamedTuple):
    """An opening fence.

    `depth` counts the block quotes around it, `indentation` the columns behind their marks; `before` is what
    a further line has before the code.
    """

    mark: str
    info: str
    depth: int
    indentation: int
    before: str

    def content(self, text: str, line: Span) -> Span | None:
        """Return a line without what stands before the fence's code; None where a block quote has ended."""
        start = line.start
        for _ in range(self.depth):
            found = _QUOTE_MARK.match(text, start, line.end)
            if found is None:
                return None
            start = found.end()
        return Span(_behind_blanks(text, start, line.end, self.indentation), line.end)

    def is_closed_by(self, content: str) -> bool:
        """Whether a line ends the fence."""
        found = _CLOSING.match(content)
        return found is not None and found["fence"].startswith(self.mark)

    def is_cut_short_by(self, content: str) -> bool:
        """Whether a line opens the next piece of code: someone has forgotten to close this one."""
        found = _OPENING.match(content)
        return (
            found is not None
            and found["fence"].startswith(self.mark)
            and not found["before"].strip()
            and label_of(found["info"]) in snippets.LABELS
        )


@lru_cache(maxsize=32)
def embeddings(text: str) -> tuple[Embedding, ...]:
    """Return the texts of other languages in a Markdown file; never raises, whatever the text."""
    if not evidence.anywhere(text):
        return ()
    return snippets.embeddings(text, fences(text, lines_of(text)))


def fences(text: str, lines: Sequence[Span], deep: int = 0) -> Iterator[Snippet]:
    """Yield the pieces of code in lines of Markdown."""
    at = 0
    while at < len(lines):
        if _COMMENT.match(text, *lines[at]):
            at = _behind_comment(text, lines, at)
            continue
        fence = _opening(text, lines[at])
        at += 1
        if fence is None:
            continue
        body: list[Span] = []
        while at < len(lines):
            content = fence.content(text, lines[at])
            if content is None or fence.is_cut_short_by(content.of(text)):
                break
            at += 1
            if fence.is_closed_by(content.of(text)):
                break
            body.append(content)
        yield from _snippets(text, fence, body, deep)


def label_of(info: str) -> str:
    """Return what an info string calls the code, in small letters: `{code-block} Python` is "python"."""
    found = _INFO.match(info)
    if found is None:
        return ""
    braced = (found["braced"] or "").lower()
    if braced in _CODE:
        return (found["argument"] or "ipython3").lower()
    return braced or found["word"].lower()


def _opening(text: str, line: Span) -> _Fence | None:
    found = _OPENING.match(text, *line)
    if found is None or (found["fence"][0] == "`" and "`" in found["info"]):
        return None
    before = found["before"]
    quotes = before.rfind(">") + 1
    behind = quotes + before.startswith(" ", quotes) if quotes else 0
    line_start = max(text.rfind("\n", 0, line.start), text.rfind("\r", 0, line.start)) + 1
    return _Fence(
        found["fence"],
        found["info"],
        before.count(">"),
        _columns(before[behind:]),
        _LIST_MARK.sub(" ", text[line_start : found.start("fence")]),
    )


def _behind_blanks(text: str, start: int, end: int, columns: int) -> int:
    """Return where a line goes on behind so many columns of blanks, or sooner."""
    column = 0
    while start < end and column < columns and text[start] in " \t":
        column = _next(column, text[start])
        start += 1
    return start


def _columns(blanks: str) -> int:
    column = 0
    for char in blanks:
        column = _next(column, char)
    return column


def _next(column: int, char: str) -> int:
    return column + (_TAB - column % _TAB if char == "\t" else 1)


def _snippets(text: str, fence: _Fence, body: list[Span], deep: int) -> Iterator[Snippet]:
    """Yield the code of a fence, or the code in it where MyST reads it as Markdown."""
    found = _INFO.match(fence.info)
    directive = (found["braced"] or "").lower() if found else ""
    label = label_of(fence.info)
    if directive and label not in snippets.LABELS and deep < _DEEPEST:
        yield from fences(text, body, deep + 1)
        return
    if directive:
        body = _without_options(text, body)
    if body:
        yield Snippet(label, tuple(body), fence.before)


def _without_options(text: str, body: list[Span]) -> list[Span]:
    """Return the lines of a directive behind its options: `:name: value` lines, or a block between `---`."""
    if body and body[0].of(text).strip() == "---":
        end = next((at for at, line in enumerate(body) if at and line.of(text).strip() == "---"), 0)
        return body[end + 1 :]
    count = next((at for at, line in enumerate(body) if not _OPTION.match(text, *line)), len(body))
    return body[count:]


def _behind_comment(text: str, lines: Sequence[Span], at: int) -> int:
    while at < len(lines) and "-->" not in lines[at].of(text):
        at += 1
    return at + 1
