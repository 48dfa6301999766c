"""The comments of YAML and TOML files."""

from __future__ import annotations

from functools import lru_cache

from mlq_grammar.spans import Span

from mlq.hosts.hash_comments import HashComments


@lru_cache(maxsize=8)
def commented(text: str) -> KeyedComments:
    """Return the comments of such a file."""
    return KeyedComments(text)


class KeyedComments(HashComments):
    """One file. A value may go on over lines that can hold no comment, so none is written beside it."""

    def holders(self, _: Span) -> tuple[Span, ...]:
        """Return nothing: a comment speaks of its line, or of the next."""
        return ()

    def room(self, _: Span) -> None:
        """Return None."""
