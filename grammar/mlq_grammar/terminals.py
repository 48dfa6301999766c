"""From MLflow's tokens to the terminals of `filter.lark`: a word, a string, an operator, as people see them.

sqlparse cuts `metrics.val-acc` into five tokens and an unclosed quote into rubble. This module puts such
pieces together again, so that the tree says what was meant and a rule can say what to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from mlq_grammar.lexer import tokenize
from mlq_grammar.spans import Span
from mlq_grammar.tokens import KEYWORDS, WHITESPACE, Kind, Token
from mlq_grammar.tree import Atom, AtomKind, Joint, JointKind, Operator, Stray, StrayKind

Leaf = Atom | Joint | Operator | Stray | Span


class Terminal(NamedTuple):
    """A terminal of the grammar with the leaf that it puts into the tree."""

    type: str
    leaf: Leaf


_NUMBER = re.compile(r"[+-]?(0x[0-9a-f]+|(\d[\d_]*)(\.\d*)?(e[+-]?\d+)?|\.\d+(e[+-]?\d+)?)", re.IGNORECASE)
_GLUED_JOINT = re.compile(r"(\d+)(AND|OR)", re.IGNORECASE)
# A string that ran on over `… AND key =` because its own closing quote is missing.
_SWALLOWED = re.compile(r"\s+(?:AND|OR)\s+[^\s=<>!~]+\s*(?:[=<>!~]+|I?LIKE|IN)\s*$", re.IGNORECASE)
_MOST_REREADS = 8  # each rereads the rest of the text: the bound keeps the time linear

_OPENING_QUOTES = "“‘„«"
_CLOSING_QUOTES = "”’“»"
_JOINTS = {"AND": JointKind.AND, "OR": JointKind.OR}
_SIGN_JOINTS = {
    "&&": JointKind.AMPERSAND,
    "&": JointKind.AMPERSAND,
    "||": JointKind.OR,
    "|": JointKind.OR,
    ",": JointKind.COMMA,
    ";": JointKind.SEMICOLON,
}
_PARENTHESES = {"(": StrayKind.OPEN_PARENTHESIS, ")": StrayKind.CLOSE_PARENTHESIS}
_WORD_OPERATORS = frozenset(
    {"LIKE", "ILIKE", "RLIKE", "REGEXP", "CONTAINS", "MATCHES", "STARTSWITH", "ENDSWITH"}
)
_NULL_WORDS = {"ISNULL": "IS NULL", "NOTNULL": "IS NOT NULL"}
_SQL_TAILS = frozenset({"ORDER BY", "GROUP BY", "LIMIT", "HAVING", "OFFSET"})
_WORDS = KEYWORDS | {Kind.NAME, Kind.BUILTIN}


def terminals(text: str) -> list[Terminal]:
    """Return the terminals of a filter, in order."""
    return _Reader(text).read()


def _name(token: Token) -> str:
    return " ".join(token.text.upper().split())


def _is_quote(token: Token) -> bool:
    return token.kind is Kind.ERROR and token.text in "'\""


class _Reader:
    """Walks over the tokens once, from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.at = 0
        self.out: list[Terminal] = []
        self.rereads = 0
        self.is_between = False

    def read(self) -> list[Terminal]:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind in WHITESPACE:
                self.at += 1
            elif token.kind is Kind.COMMENT:
                self.take(1, lambda span: Terminal("STRAY", Stray(span, StrayKind.COMMENT)))
            elif self.wants_value:
                self.read_value()
            elif not (self.read_sign(token) or (token.kind in _WORDS and self.read_word(token))):
                self.read_atom()
        return self.out

    @property
    def last(self) -> str:
        return self.out[-1].type if self.out else ""

    @property
    def wants_value(self) -> bool:
        """Whether a value may stand here: behind an operator, unless another operator or a joint follows."""
        if self.last not in {"OPERATOR", "BETWEEN", "TO"}:
            return False
        token = self.tokens[self.at]
        if token.kind in {Kind.COMPARISON, Kind.ASSIGNMENT} or token.text in {")", ",", ";"}:
            return False
        return not (
            token.kind in _WORDS and _name(token) in {"AND", "OR", "IN"} and not self.is_dotted(self.at)
        )

    def is_dotted(self, index: int) -> bool:
        """Whether the word at the index is the prefix of a key."""
        return index + 1 < len(self.tokens) and self.tokens[index + 1].text == "."

    def take(self, count: int, make: Callable[[Span], Terminal]) -> None:
        """Turn the next tokens into one terminal."""
        first, last = self.tokens[self.at], self.tokens[self.at + count - 1]
        self.at += count
        self.out.append(make(Span(first.start, last.end)))

    def skip_to(self, index: int) -> int:
        """Return the first index from here that holds no white space."""
        while index < len(self.tokens) and self.tokens[index].kind in WHITESPACE:
            index += 1
        return index

    # Signs and words between and around the operands

    def read_sign(self, token: Token) -> bool:
        if token.kind in {Kind.COMPARISON, Kind.ASSIGNMENT}:
            self.take_operator(1, _name(token))
        elif token.text in _SIGN_JOINTS:
            kind = _SIGN_JOINTS[token.text]
            self.take(1, lambda span: Terminal("JOINT", Joint(span, kind)))
        elif token.text in _PARENTHESES:
            stray = _PARENTHESES[token.text]
            self.take(1, lambda span: Terminal("STRAY", Stray(span, stray)))
        else:
            return False
        return True

    def take_operator(self, count: int, name: str, type_: str = "OPERATOR") -> None:
        self.take(count, lambda span: Terminal(type_, Operator(span, name, span.of(self.text))))

    def read_word(self, token: Token) -> bool:
        """Read a word that is part of the language; False where it is a key."""
        if self.is_dotted(self.at):
            return False
        name = _name(token)
        if name in _JOINTS:
            self.read_joint(_JOINTS[name])
        elif name == "NOT":
            self.read_not()
        elif name == "IN":
            self.take_operator(1, "IN")
        elif name == "IS":
            self.read_is()
        elif self.last == "ATOM" and self.read_operator_word(name):
            pass
        elif not self.read_sql(token, name):
            return self.read_glued_joint(token)
        return True

    def read_joint(self, kind: JointKind) -> None:
        if self.is_between and kind is JointKind.AND:
            self.is_between = False
            self.take(1, lambda span: Terminal("TO", span))
        else:
            self.take(1, lambda span: Terminal("JOINT", Joint(span, kind)))

    def read_not(self) -> None:
        following = self.skip_to(self.at + 1)
        word = _name(self.tokens[following]) if following < len(self.tokens) else ""
        if self.last == "ATOM" and (word == "IN" or word in _WORD_OPERATORS):
            self.take_operator(following + 1 - self.at, f"NOT {word}")
        elif self.last == "ATOM" and word == "BETWEEN":
            self.is_between = True
            self.take_operator(following + 1 - self.at, "NOT BETWEEN", "BETWEEN")
        else:
            self.take(1, lambda span: Terminal("STRAY", Stray(span, StrayKind.NOT)))

    def read_is(self) -> None:
        name, end = "IS", self.at + 1
        for _ in range(2):
            following = self.skip_to(end)
            word = _name(self.tokens[following]) if following < len(self.tokens) else ""
            if word not in {"NOT", "NULL", "NOT NULL"} or name.endswith("NULL"):
                break
            name, end = f"{name} {word}", following + 1
        self.take_operator(end - self.at, name, "NULL_TEST" if name.endswith("NULL") else "OPERATOR")

    def read_operator_word(self, name: str) -> bool:
        if name in _WORD_OPERATORS:
            self.take_operator(1, name)
        elif name == "BETWEEN":
            self.is_between = True
            self.take_operator(1, name, "BETWEEN")
        elif name in _NULL_WORDS:
            self.take_operator(1, name, "NULL_TEST")
        else:
            return False
        return True

    def read_sql(self, token: Token, name: str) -> bool:
        """Read SQL around a filter: SELECT … WHERE before it, ORDER BY … behind it."""
        if name in _SQL_TAILS and token.kind in KEYWORDS and self.out:
            count = len(self.tokens) - self.at
        elif name in {"SELECT", "WHERE"} and token.kind in KEYWORDS and not self.out:
            names = [_name(other) for other in self.tokens[self.at :]]
            count = names.index("WHERE") + 1 if "WHERE" in names else len(names)
        else:
            return False
        while self.tokens[self.at + count - 1].kind in WHITESPACE:
            count -= 1
        self.take(count, lambda span: Terminal("STRAY", Stray(span, StrayKind.SQL)))
        return True

    def read_glued_joint(self, token: Token) -> bool:
        """Read `1AND`, one word for MLflow, as the number and the joint that were meant."""
        match = _GLUED_JOINT.fullmatch(token.text)
        if not match:
            return False
        number, joint = Span(*match.span(1)), Span(*match.span(2))
        self.at += 1
        self.out += [
            Terminal("ATOM", Atom(number.shifted(token.start), AtomKind.NUMBER, match[1])),
            Terminal("JOINT", Joint(joint.shifted(token.start), _JOINTS[match[2].upper()])),
        ]
        return True

    # Operands

    def read_atom(self, stops: frozenset[str] = frozenset()) -> None:
        """Read what stands together without white space: a key, a number, a word."""
        end = self.chunk_end(stops)
        span = Span(self.tokens[self.at].start, self.tokens[end - 1].end)
        first = self.tokens[self.at]
        self.at = end
        self.out.append(Terminal("ATOM", _atom(span, span.of(self.text), first)))

    def chunk_end(self, stops: frozenset[str]) -> int:
        """Return the index behind the tokens that belong together with the one at hand."""
        first = self.tokens[self.at]
        end = self.at + 1
        if first.kind is Kind.STRING and not self.is_cast(end):
            return end
        while end < len(self.tokens):
            token = self.tokens[end]
            if token.text == "(" and self.tokens[end - 1].kind is Kind.NAME and not stops:
                end = self.behind_parenthesis(end)
                continue
            if token.kind in WHITESPACE or token.kind in {Kind.COMMENT, Kind.COMPARISON, Kind.ASSIGNMENT}:
                break
            if token.text in {"(", ")", ",", ";", "&&", "||"} or token.text in stops:
                break
            end += 1
        return end

    def is_cast(self, index: int) -> bool:
        """Whether an operator or a dot follows a string at once, as in `'x'::text`."""
        return index < len(self.tokens) and self.tokens[index].text in {"::", ".", "->", "->>", "||", "+"}

    def behind_parenthesis(self, index: int) -> int:
        depth = 0
        for end in range(index, len(self.tokens)):
            text = self.tokens[end].text
            depth += (text == "(") - (text == ")")
            if depth == 0:
                return end + 1
        return len(self.tokens)

    # Values

    def read_value(self) -> None:
        if self.tokens[self.at].text == "(":
            self.read_list()
        else:
            self.read_value_atom(self.next_joint[self.at])

    def read_list(self) -> None:
        """Read a list up to its parenthesis, or up to the next joint where that is missing."""
        opening = self.tokens[self.at]
        self.out.append(Terminal("LIST_OPEN", opening.span))
        self.at += 1
        depth, limit = 1, self.next_joint[self.at - 1]
        end = opening.end
        while self.at < len(self.tokens) and depth:
            token = self.tokens[self.at]
            if depth == 1 and self.at >= limit and not self.closes_before(self.at):
                break
            end = token.end if token.kind not in WHITESPACE else end
            if token.text in {"(", ")"}:
                depth += 1 if token.text == "(" else -1
                self.at += 1
            elif token.kind in WHITESPACE or token.kind is Kind.COMMENT or token.text == ",":
                self.at += 1
            else:
                self.read_value_atom(limit, frozenset("(),"))
                item = self.out.pop().leaf
                self.out.append(Terminal("LIST_ITEM", item))
                end = item.span.end if isinstance(item, Atom) else end
        closing = Span(end - 1, end) if depth == 0 else Span(end, end)
        self.out.append(Terminal("LIST_CLOSE", closing))

    def closes_before(self, index: int) -> bool:
        """Whether a parenthesis closes right behind the joint at the index."""
        following = self.skip_to(index + 1)
        return following < len(self.tokens) and self.tokens[following].text == ")"

    def read_value_atom(self, limit: int, stops: frozenset[str] = frozenset()) -> None:
        """Read one value, `limit` being the index of the next joint."""
        first = self.tokens[self.at]
        if self.read_glued_joint(first):
            return
        if _is_quote(first):
            self.take_through(self.segment_end(limit, stops), AtomKind.OPEN)
        elif first.text in _OPENING_QUOTES and first.kind is Kind.ERROR:
            self.take_through(self.curly_end(limit), AtomKind.CURLY)
        elif first.kind not in {Kind.STRING, Kind.SYMBOL} or not self.read_broken_string(first, limit, stops):
            self.read_atom(stops)

    def take_through(self, end: int, kind: AtomKind) -> None:
        self.take(end - self.at, lambda span: Terminal("ATOM", Atom(span, kind, span.of(self.text))))

    def segment_end(self, limit: int, stops: frozenset[str]) -> int:
        """Return the index behind the last token before the next joint, white space not counted."""
        end = self.at + 1
        best = end
        while end < limit and self.tokens[end].text not in stops:
            end += 1
            if self.tokens[end - 1].kind not in WHITESPACE:
                best = end
        return best

    def curly_end(self, limit: int) -> int:
        for index in range(self.at + 1, limit):
            if self.tokens[index].text in _CLOSING_QUOTES and self.tokens[index].kind is Kind.ERROR:
                return index + 1
        return self.segment_end(limit, frozenset())

    def read_broken_string(self, first: Token, limit: int, stops: frozenset[str]) -> bool:
        """Read a string that ends too early or too late; False where it is whole."""
        following = self.at + 1
        if following == len(self.tokens):
            return False
        neighbour = self.tokens[following]
        if (
            neighbour.kind in WHITESPACE
            or neighbour.kind is Kind.COMMENT
            or neighbour.text in {")", ",", ";"}
        ):
            return False
        swallowed = _SWALLOWED.search(first.text, 1, len(first.text) - 1)
        if swallowed and neighbour.kind in _WORDS and self.rereads < _MOST_REREADS:
            self.reread(first, swallowed.start())
            return True
        quote = first.text[0]
        end = self.segment_end(limit, stops)
        if (
            end > following
            and self.tokens[end - 1].text.endswith(quote)
            and not self.compares(following, end)
        ):
            self.take_through(end, AtomKind.TORN)
            return True
        return False

    def compares(self, start: int, end: int) -> bool:
        """Whether an operator stands between two indexes: then another clause begins there."""
        return self.next_comparison[start] < end

    def reread(self, first: Token, length: int) -> None:
        """Take the first characters of a string as an open one, and read the rest of the text anew."""
        self.rereads += 1
        cut = first.start + length
        span = Span(first.start, cut)
        self.out.append(Terminal("ATOM", Atom(span, AtomKind.OPEN, span.of(self.text))))
        rest = tokenize(self.text[cut:])
        self.tokens = [token._replace(start=token.start + cut) for token in rest]
        self.at = 0
        for name in ("next_joint", "next_comparison"):
            self.__dict__.pop(name, None)

    @cached_property
    def next_joint(self) -> list[int]:
        """For each index, the index of the next AND or OR."""
        return self.next_index(
            lambda index: (
                self.tokens[index].kind in _WORDS
                and self.tokens[index].text.upper() in _JOINTS
                and not self.is_dotted(index)
            )
        )

    @cached_property
    def next_comparison(self) -> list[int]:
        """For each index, the index of the next comparison sign or LIKE."""
        return self.next_index(lambda index: self.tokens[index].kind is Kind.COMPARISON)

    def next_index(self, holds: Callable[[int], bool]) -> list[int]:
        following = [len(self.tokens)] * (len(self.tokens) + 1)
        for index in reversed(range(len(self.tokens))):
            following[index] = index if holds(index) else following[index + 1]
        return following


def _atom(span: Span, text: str, first: Token) -> Atom:
    if first.kind is Kind.STRING and first.end == span.end:
        kind = AtomKind.STRING
    elif first.kind is Kind.SYMBOL and first.end == span.end:
        kind = AtomKind.SYMBOL
    elif _NUMBER.fullmatch(text):
        kind = AtomKind.NUMBER
    elif _is_quote(first):
        kind = AtomKind.OPEN
    else:
        kind = AtomKind.WORD
    return Atom(span, kind, text)
