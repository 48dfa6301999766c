"""How a refusal travels from the step that finds it to the verdict, and how MLflow words it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq_grammar.sentences import said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlq_grammar.spans import Span


class RefusedError(Exception):
    """MLflow refuses the filter: its sentence, and the part of the text that it is about."""

    def __init__(self, message: str, span: Span | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.span = span


def refused(sentence: str, span: Span | None = None, **facts: object) -> RefusedError:
    """Make a refusal in the sentence of this name, filled in."""
    return RefusedError(said(sentence, **facts), span)


def set_of(words: Iterable[str]) -> str:
    """Write words as Python prints a set, in the order given: the real order is arbitrary."""
    return "{" + ", ".join(repr(word) for word in words) + "}"
