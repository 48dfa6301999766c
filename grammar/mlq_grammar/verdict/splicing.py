"""The tree of a filter by the short way: plain clauses are grouped at sight, the passes see what is left.

    metrics.a > 1 AND (params.b = 'x') AND tags.c = 'y'
                  ^^^^^^^^^^^^^^^^^^^^^^^^ the passes see this

Of sqlparse's passes none reaches from a clause over an AND into the next one, but for the sake of a few words
and marks. Where one of them stands, or an AND is taken for something else, the passes see the whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlq_grammar.lexer import tokens_from
from mlq_grammar.plain import behind_space, plain_clause
from mlq_grammar.sqlparse import holds
from mlq_grammar.tokens import WHITESPACE, Kind, Token
from mlq_grammar.verdict.grouped import gap, grouped
from mlq_grammar.verdict.grouping import group
from mlq_grammar.verdict.limits import is_within_tokens
from mlq_grammar.verdict.nodes import Group, Node

if TYPE_CHECKING:
    from mlq_grammar.plain import PlainClause

# Older releases take IN for a comparison.
_SINCE = "0.4.4"
# What ends a statement, begins a group that another clause may end, or is looked for in all of a statement.
_REACHING = re.compile(r"[;\[\]$]|/\*|CREATE", re.IGNORECASE)
_REACHING_WORDS = frozenset({"CASE", "IF", "FOR", "FOREACH", "BEGIN", "WHERE", "VALUES"})
_REACHING_BEGINNINGS = ("END", "GO")


def spliced(text: str, sqlparse_version: str) -> Node | None:
    """Return the tree of a text; None where the passes have to see the whole of it."""
    if not text.strip() or _REACHING.search(text) or not is_within_tokens(text):
        return None
    if not holds(sqlparse_version, since=_SINCE):
        return None
    return _Splice(text, sqlparse_version).tree()


class _Splice:
    """A tree that grows clause by clause: `_nodes` is its top level, `_joint` the index of its last AND."""

    def __init__(self, text: str, sqlparse_version: str) -> None:
        self._text = text
        self._version = sqlparse_version
        self._nodes: list[Node] = []
        self._joint = 0

    def tree(self) -> Node | None:
        at: int | None = self._add_gap(0)
        while at is not None and at < len(self._text):
            clause = plain_clause(self._text, at)
            at = self._add_clause(clause) if clause else self._add_rest(at)
        if at is None:
            return None
        return Node(self._text, 0, len(self._text), Group.STATEMENT, self._nodes)

    def _add_gap(self, start: int) -> int:
        """Add the white space that begins here; return where it ends."""
        end = behind_space(self._text, start)
        if end > start:
            self._nodes += gap(self._text, start, end)
        return end

    def _add_clause(self, clause: PlainClause) -> int:
        """Add a plain clause and its AND; return where the next clause begins."""
        self._nodes += grouped(clause)
        at = self._add_gap(self._nodes[-1].end)
        if clause["joint"] is None:
            return at
        self._joint = len(self._nodes)
        self._nodes.append(Node(self._text, at, at + 3, Kind.KEYWORD, []))
        return self._add_gap(at + 3)

    def _add_rest(self, at: int) -> int | None:
        """Add what stands before the next plain clause, grouped by the passes; None where it reaches beyond.

        The ANDs at its ends are passed along: where they come out as they were, they keep it apart.
        """
        tokens = self._rest(at)
        if tokens is None:
            return None
        leaves = [Node(self._text, token.start, token.end, token.kind, []) for token in tokens]
        opened, end = self._nodes[self._joint :], tokens[-1].end
        part = Node(self._text, at, end, Group.STATEMENT, [*opened, *leaves])
        group(part, self._version)
        is_last = end == len(self._text)
        if (opened and part.children[0] is not opened[0]) or not (is_last or part.children[-1] is leaves[-1]):
            return None
        self._nodes[self._joint :] = part.children
        self._joint = len(self._nodes) - 1
        return end if is_last else self._add_gap(end)

    def _rest(self, at: int) -> list[Token] | None:
        """Return the tokens from here to the AND before the next plain clause; None if one reaches beyond."""
        tokens: list[Token] = []
        depth = 0
        for token in tokens_from(self._text, at, self._version):
            tokens.append(token)
            if token.kind is Kind.PUNCTUATION:
                depth += (token.text == "(") - (token.text == ")")
                if depth < 0:
                    return None
            elif token.kind is Kind.KEYWORD:
                word = token.text.upper()
                if word in _REACHING_WORDS or word.startswith(_REACHING_BEGINNINGS):
                    return None
                if word == "AND" and depth == 0 and self._is_before_plain(tokens):
                    return tokens
            elif token.kind is Kind.COMMENT:
                return None
        return None if depth else tokens

    def _is_before_plain(self, tokens: list[Token]) -> bool:
        """Whether a plain clause follows the last token, an AND."""
        end = tokens[-1].end
        behind = behind_space(self._text, end)
        is_apart = behind > end and len(tokens) > 1 and tokens[-2].kind in WHITESPACE
        return is_apart and plain_clause(self._text, behind) is not None
