"""Where the comments of a text are, and which parts of the text a comment beside or above them speaks of."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from mlq.hosts.languages import LANGUAGES

if TYPE_CHECKING:
    from mlq_grammar.spans import Span


class Commented(Protocol):
    """The comments of one text, not of those that are embedded in it. Nothing in it raises."""

    @property
    def comments(self) -> tuple[Span, ...]:
        """The comments that may tell mlq something, from their opening sign to their end."""

    @property
    def top(self) -> int:
        """Where a line of the text begins that may be a comment on the whole text."""

    def holders(self, span: Span) -> tuple[Span, ...]:
        """Return what holds a span, the innermost first: a comment by its first or last line speaks of it."""

    def room(self, span: Span) -> int | None:
        """Return the end of a line where a comment on a span may be put; None where there is no such line."""

    def written(self, content: str) -> str:
        """Write a comment."""


def commented(text: str, language: str) -> Commented | None:
    """Return the comments of a text; None for a language of whose comments nothing is known."""
    known = LANGUAGES.get(language)
    if known is None or not known.comments:
        return None
    found: Commented = import_module(known.comments).commented(text)
    return found
