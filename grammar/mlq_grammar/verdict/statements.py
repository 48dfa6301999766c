"""Where sqlparse ends one statement and begins the next: blocks and loops hold semicolons together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq_grammar.sqlparse import NEWEST, holds
from mlq_grammar.tokens import Kind
from mlq_grammar.verdict.nodes import KEYWORDS
from mlq_grammar.verdict.older_statements import TRANSACTIONS, OlderLevel

if TYPE_CHECKING:
    from mlq_grammar.tokens import Token

_SPACES = (Kind.SPACE, Kind.NEWLINE)
_CLOSED_BY = {
    "END IF": ("IF",),
    "END FOR": ("FOR",),
    "END WHILE": ("WHILE",),
    "END LOOP": ("LOOP", "FOR", "WHILE"),
    "END CASE": ("CASE",),
}


def split(tokens: list[Token], sqlparse_version: str = NEWEST) -> list[list[Token]]:
    """Return the tokens statement by statement; a last one of white space only is none."""
    if not any(_may_end(token) for token in tokens):
        return [tokens] if any(token.kind not in _SPACES for token in tokens) else []
    statements: list[list[Token]] = []
    current: list[Token] = []
    level = _level(sqlparse_version)
    has_ended = False
    for token in tokens:
        if has_ended and not _may_trail(token):
            statements.append(current)
            current, level, has_ended = [], _level(sqlparse_version), False
        current.append(token)
        has_ended = level.ends_with(token) or has_ended
    if any(token.kind not in _SPACES for token in current):
        statements.append(current)
    return statements


def _level(sqlparse_version: str) -> _Level | OlderLevel:
    return _Level() if holds(sqlparse_version, since="0.6.0") else OlderLevel(sqlparse_version)


def _may_end(token: Token) -> bool:
    if token.kind is Kind.PUNCTUATION:
        return token.text == ";"
    return token.kind is Kind.KEYWORD and token.text[:2] == "GO"


def _may_trail(token: Token) -> bool:
    """Whether a token behind the end still belongs to the statement; newlines and hints do not."""
    if token.kind is Kind.COMMENT:
        return token.text[:2] in ("--", "# ") and token.text[2:3] != "+"
    return token.kind is Kind.SPACE


class _Level:
    """How deep in parentheses and blocks the statement stands."""

    def __init__(self) -> None:
        self._level = 0
        self._blocks: list[str] = []
        self._loop: str | None = None
        self._creates = False
        self._has_begun = False

    def ends_with(self, token: Token) -> bool:
        """Take the next token in; return whether the statement ends with it."""
        self._level += self._change(token)
        if token.kind is Kind.PUNCTUATION and token.text == ";":
            self._has_begun = False
            return self._level <= 0 and "BEGIN" not in self._blocks
        if token.kind is Kind.KEYWORD and token.text.split()[0] == "GO":
            return True
        is_silent = token.kind in _SPACES or (token.kind is Kind.COMMENT and token.text[2:3] != "+")
        if not is_silent and not (token.kind is Kind.KEYWORD and token.text.upper() == "BEGIN"):
            self._has_begun = False
        return False

    def _change(self, token: Token) -> int:
        if token.kind is Kind.PUNCTUATION:
            if token.text == ";":
                return self._semicolon()
            return {"(": 1, ")": -1}.get(token.text, 0)
        if token.kind not in KEYWORDS:
            return 0
        word = token.text.upper()
        if token.kind is Kind.DDL and word.startswith("CREATE"):
            self._creates = True
            return 0
        if word == "DECLARE" and self._creates and not self._blocks:
            self._blocks.append("DECLARE")
            return 1
        if word == "BEGIN":
            return self._begin()
        if self._has_begun and token.kind is Kind.KEYWORD and word in TRANSACTIONS:
            self._has_begun = False
            return self._close("BEGIN")
        if "BEGIN" in self._blocks:
            opened = self._open(word)
            if opened is not None:
                return opened
        return self._end(word)

    def _semicolon(self) -> int:
        self._loop = None
        if not self._has_begun:
            return 0
        self._has_begun = False
        return self._close("BEGIN")

    def _begin(self) -> int:
        self._has_begun = True
        if self._blocks and self._blocks[-1] == "DECLARE":
            self._blocks[-1] = "BEGIN"
            return 0
        self._blocks.append("BEGIN")
        return 1

    def _open(self, word: str) -> int | None:
        """Open a loop or condition inside a block: None where the word opens none."""
        if word in ("FOR", "WHILE"):
            self._loop = word
            return 0
        if word in ("LOOP", "DO") and self._loop is not None:
            self._blocks.append(self._loop)
            self._loop = None
            return 1
        if word in ("LOOP", "IF", "CASE"):
            self._blocks.append(word)
            return 1
        return None

    def _end(self, word: str) -> int:
        if word == "END":
            if self._blocks:
                self._blocks.pop()
            return -1
        return self._close(*_CLOSED_BY.get(word, ()))

    def _close(self, *blocks: str) -> int:
        if self._blocks and self._blocks[-1] in blocks:
            self._blocks.pop()
            return -1
        return 0
