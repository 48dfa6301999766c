"""A text with comments: a file, or a text of another language in it; the lines that a comment speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from mlq_grammar.spans import Span

from mlq.findings import Edit
from mlq.hosts import embeddings_of
from mlq.hosts.comments import Commented, commented
from mlq.hosts.embedding import Embedding
from mlq.text import LineIndex


class Reach(NamedTuple):
    """The lines whose comments speak of a place: beside them, and above them."""

    beside: frozenset[int]
    above: frozenset[int]


@dataclass(frozen=True, slots=True)
class Frame:
    """One text. `chain` are the embeddings that lead to it, outermost first; the file itself has none."""

    text: str
    language: str
    commented: Commented
    chain: tuple[Embedding, ...]
    lines: LineIndex
    _reaches: dict[Span, Reach] = field(default_factory=dict, compare=False)
    _below: dict[int, int] = field(default_factory=dict, compare=False)

    def inner(self, span: Span) -> Span | None:
        """Map a span of the file to this text; None where it does not stand in it."""
        for embedding in self.chain:
            start, end = embedding.to_inner(span.start), embedding.to_inner(span.end)
            if start is None or end is None:
                return None
            span = Span(start, end)
        return span

    def outer(self, span: Span) -> Span:
        """Map a span of this text to the file."""
        for embedding in reversed(self.chain):
            span = embedding.to_outer(span)
        return span

    def in_file(self, edit: Edit) -> Edit | None:
        """Turn an edit of this text into one of the file; None where that cannot hold it."""
        found: Edit | None = edit
        for embedding in reversed(self.chain):
            found = embedding.edit(found) if found else None
        if found is None and edit.start < edit.end and self.text[edit.end - 1] in "\r\n":
            # The last line end of an embedded text may be in no file.
            return self.in_file(Edit(edit.start, edit.end - 1, edit.text))
        return found

    def line(self, offset: int) -> int:
        """Return the line of an offset of this text."""
        return self.lines.position(offset).line

    def reach(self, span: Span) -> Reach:
        """Return the lines whose comments speak of a span of this text."""
        if span not in self._reaches:
            holders = self.commented.holders(span)
            starts = frozenset(self.line(place.start) for place in (span, *holders))
            ends = (self.line(max(place.start, place.end - 1)) for place in holders)
            own = range(self.line(span.start), self.line(span.end) + 1)
            self._reaches[span] = Reach(starts.union(own, ends), starts)
        return self._reaches[span]

    def is_alone(self, comment: Span) -> bool:
        """Whether a comment has its line for itself."""
        return not self.text[self.lines.span(self.line(comment.start))[0] : comment.start].strip()

    def below(self, comment: Span) -> int:
        """Return the first line below a comment that is no comment itself."""
        first = line = self.line(comment.end) + 1
        while line not in self._below and self._is_comment(line):
            line += 1
        # Each line of a long row of comments is looked at once.
        line = self._below.get(line, line)
        self._below.update(dict.fromkeys(range(first, line + 1), line))
        return line

    def _is_comment(self, line: int) -> bool:
        return line < self.lines.count and self.lines.line(line).lstrip().startswith(("#", "--", "<!--"))


def frames(text: str, language: str, chain: tuple[Embedding, ...] = ()) -> Iterator[Frame]:
    """Yield a text and those that are embedded in it, as far as anything is known of their comments."""
    found = commented(text, language)
    if found:
        yield Frame(text, language, found, chain, LineIndex(text))
    for embedding in embeddings_of(text, language):
        yield from frames(embedding.text, embedding.language, (*chain, embedding))
