"""What the rules of shape (MLQ1xx) share: the syntax errors of one kind."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind
from mlq_grammar.spans import Span

from mlq.semantics.meaning import Meaning


def faults(meaning: Meaning, kind: SyntaxKind) -> Iterator[Span]:
    """Yield where the parser found a syntax error of this kind."""
    return (error.span for error in meaning.parse.errors if error.kind is kind)


def without(text: str, span: Span) -> Span:
    """Widen a span that is to be deleted by the white space that would be left over."""
    start, end = span
    while start > 0 and text[start - 1].isspace():
        start -= 1
    if start == 0:
        while end < len(text) and text[end].isspace():
            end += 1
    return Span(start, end)
