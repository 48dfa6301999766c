"""Where sqlparse ended a statement before 0.6.0: by counting blocks, not by knowing which one is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq_grammar.sqlparse import holds
from mlq_grammar.tokens import Kind
from mlq_grammar.verdict.nodes import KEYWORDS

if TYPE_CHECKING:
    from mlq_grammar.tokens import Token

TRANSACTIONS = frozenset(
    {"TRANSACTION", "WORK", "TRAN", "DISTRIBUTED", "DEFERRED", "IMMEDIATE", "EXCLUSIVE"},
)
"""Words behind BEGIN that make a transaction of it, not a block."""


class OlderLevel:
    """How deep in parentheses and blocks the statement stands, as releases before 0.6.0 count it."""

    def __init__(self, sqlparse_version: str) -> None:
        self._level = 0
        self._blocks = 0
        self._creates = False
        self._in_case = False
        self._has_begun = False
        self._knows_go = holds(sqlparse_version, since="0.5.0")
        self._knows_case = holds(sqlparse_version, since="0.5.1")
        self._holds_blocks = holds(sqlparse_version, since="0.5.4")
        self._knows_transactions = holds(sqlparse_version, since="0.5.5")

    def ends_with(self, token: Token) -> bool:
        """Take the next token in; return whether the statement ends with it."""
        self._level += self._change(token)
        if token.kind is Kind.PUNCTUATION and token.text == ";":
            if self._has_begun:
                self._blocks = max(0, self._blocks - 1)
            self._has_begun = False
            return self._level <= 0 and not (self._holds_blocks and self._blocks)
        if self._knows_go and token.kind is Kind.KEYWORD and token.text.split()[0] == "GO":
            return True
        if not self._is_silent(token) and not (token.kind is Kind.KEYWORD and token.text.upper() == "BEGIN"):
            self._has_begun = False
        return False

    def _is_silent(self, token: Token) -> bool:
        if token.kind is Kind.COMMENT:
            return token.text[2:3] != "+"
        return token.kind is Kind.SPACE or (token.kind is Kind.NEWLINE and self._knows_transactions)

    def _change(self, token: Token) -> int:
        if token.kind is Kind.PUNCTUATION:
            return {"(": 1, ")": -1}.get(token.text, 0)
        if token.kind not in KEYWORDS:
            return 0
        word = token.text.upper()
        if token.kind is Kind.DDL and word.startswith("CREATE"):
            self._creates = True
            return 0
        if word == "DECLARE" and self._creates and not self._blocks:
            return 1
        if word == "BEGIN":
            self._blocks += 1
            self._has_begun = self._holds_blocks
            return 1 if self._creates else 0
        if (
            self._has_begun
            and self._knows_transactions
            and token.kind is Kind.KEYWORD
            and word in TRANSACTIONS
        ):
            self._blocks = max(0, self._blocks - 1)
            self._has_begun = False
            return 0
        return self._end(word)

    def _end(self, word: str) -> int:
        if word == "END":
            if self._in_case:
                self._in_case = False
            else:
                self._blocks = max(0, self._blocks - 1)
            return -1
        if word in ("IF", "FOR", "WHILE", "CASE") and self._creates and self._blocks:
            self._in_case = self._in_case or (word == "CASE" and self._knows_case)
            return 1
        return -1 if word in ("END IF", "END FOR", "END WHILE") else 0
