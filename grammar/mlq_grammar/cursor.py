"""A walk over the tokens of a filter, and the terminals that were made of them so far."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from mlq_grammar.lexer import tokenize
from mlq_grammar.spans import Span
from mlq_grammar.tokens import KEYWORDS, WHITESPACE, Kind, Token
from mlq_grammar.tree import Atom, AtomKind, Clause, Joint, JointKind, Operator, Stray

Leaf = Atom | Clause | Joint | Operator | Stray | Span

WORDS = KEYWORDS | {Kind.NAME, Kind.BUILTIN}
JOINTS = {"AND": JointKind.AND, "OR": JointKind.OR}
NO_STOPS: frozenset[str] = frozenset()


class Terminal(NamedTuple):
    """A terminal of the grammar with the leaf that it puts into the tree."""

    type: str
    leaf: Leaf


def name_of(token: Token) -> str:
    """Return a word in upper case with single spaces."""
    return " ".join(token.text.upper().split())


class Cursor:
    """Stands before the token at `at`; `out` grows as terminals are made."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.at = 0
        self.out: list[Terminal] = []
        self.rereads = 0

    @property
    def is_done(self) -> bool:
        """Whether all tokens are read."""
        return self.at >= len(self.tokens)

    @property
    def token(self) -> Token:
        """The token at hand."""
        return self.tokens[self.at]

    @property
    def last(self) -> str:
        """The type of the terminal made last."""
        return self.out[-1].type if self.out else ""

    def take(self, count: int, make: Callable[[Span], Terminal]) -> None:
        """Turn the next tokens into one terminal."""
        first, last = self.tokens[self.at], self.tokens[self.at + count - 1]
        self.at += count
        self.out.append(make(Span(first.start, last.end)))

    def take_atom(self, end: int, kind: AtomKind) -> None:
        """Turn the tokens before an index into one atom."""
        self.take(end - self.at, lambda span: Terminal("ATOM", Atom(span, kind, span.of(self.text))))

    def take_operator(self, count: int, name: str, type_: str = "OPERATOR") -> None:
        """Turn the next tokens into one operator."""
        self.take(count, lambda span: Terminal(type_, Operator(span, name, span.of(self.text))))

    def skip_space(self, index: int) -> int:
        """Return the first index from here on that holds no white space."""
        while index < len(self.tokens) and self.tokens[index].kind in WHITESPACE:
            index += 1
        return index

    def name_at(self, index: int) -> str:
        """Return the word at an index in upper case; empty behind the end."""
        return name_of(self.tokens[index]) if index < len(self.tokens) else ""

    def is_dotted(self, index: int) -> bool:
        """Whether the word at the index is the prefix of a key."""
        return index + 1 < len(self.tokens) and self.tokens[index + 1].text == "."

    def restart(self, tokens: list[Token]) -> None:
        """Go on with other tokens for the rest of the text."""
        self.tokens = tokens
        self.at = 0
        self.__dict__.pop("next_joint", None)
        self.__dict__.pop("next_comparison", None)

    @cached_property
    def next_joint(self) -> list[int]:
        """For each index, the index of the next AND or OR."""
        return self._next(
            lambda index: (
                self.tokens[index].kind in WORDS
                and self.tokens[index].text.upper() in JOINTS
                and not self.is_dotted(index)
            )
        )

    @cached_property
    def next_comparison(self) -> list[int]:
        """For each index, the index of the next comparison sign or LIKE."""
        return self._next(lambda index: self.tokens[index].kind is Kind.COMPARISON)

    def _next(self, holds: Callable[[int], bool]) -> list[int]:
        following = [len(self.tokens)] * (len(self.tokens) + 1)
        for index in reversed(range(len(self.tokens))):
            following[index] = index if holds(index) else following[index + 1]
        return following
