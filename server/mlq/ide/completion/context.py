"""What may stand at the cursor, told from what is before it; what follows tells how much to replace."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from mlq_grammar.lexer import tokenize
from mlq_grammar.parser import parse
from mlq_grammar.spans import Span
from mlq_grammar.tokens import Kind, Token
from mlq_grammar.tree import Clause, ListValue, Operand

from mlq.semantics.meaning import Subject, subject

if TYPE_CHECKING:
    from mlq_grammar.dialect import Dialect, Family

_WORD = re.compile(r"""[^\s=<>!~,;()'"`]*""")
_KEY = re.compile(r"""`[^`]*`|"[^"]*"|[^\s=<>!~,;()'"`]*""")
_BEGUN_OPERATOR = re.compile(r"(?<!\S)(?:IS\s+(?:NOT\s+)?|NOT\s+)\Z", re.IGNORECASE)
_PREFIX = re.compile(r"(?:(?<=[\s(])|\A)([^\s.=<>!~,;()'\"]+)\.\Z")
# A quote behind one of these is another string's: nobody writes them in a value that is being typed.
_NEXT_CLAUSE = re.compile(r"\s(?:AND|OR)\s|[=<>!~]", re.IGNORECASE)
_ENDS_IN_OPERATOR = re.compile(r"(?:[=<>!~]|\b(?:I?LIKE|IN\s{0,9}\(?))\Z", re.IGNORECASE)
_JOINT = re.compile(r"\s(?:AND|OR)\s", re.IGNORECASE)


class Expected(Enum):
    """What a filter may go on with."""

    KEY = auto()
    OPERATOR = auto()
    VALUE = auto()
    CONNECTIVE = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Context:
    """What is expected, and the span of the filter that it would replace.

    `typed` is the span's text before the cursor, an opening quote included. `prefix` is what stands before
    the dot of the key that is being typed, `family` what it opens. `subject` and `operator` are those of the
    clause. `is_in_list` tells whether a list's parenthesis is open, `needs_space` whether the cursor touches
    something that what comes next should be set apart from.
    """

    expected: Expected
    span: Span
    typed: str = ""
    rest: str = ""
    prefix: str = ""
    family: Family | None = None
    subject: Subject | None = None
    operator: str = ""
    is_in_list: bool = False
    needs_space: bool = False

    @property
    def quote(self) -> str:
        """The opening quote that was typed, if any."""
        return self.typed[:1] if self.typed[:1] in {"'", '"', "`"} else ""


def context(text: str, offset: int, dialect: Dialect) -> Context:
    """Return what may stand at an offset of a filter."""
    before = text[:offset]
    tokens = tokenize(before)
    if tokens and tokens[-1].kind is Kind.COMMENT and not tokens[-1].text.endswith(("\n", "*/")):
        return Context(Expected.NOTHING, Span(offset, offset))
    start = _open_quote(before, tokens)
    if start is None:
        return _in_word(text, offset, dialect)
    return _in_quotes(text, start, offset, dialect)


def _open_quote(before: str, tokens: list[Token]) -> int | None:
    """Return where the string or quoted key starts that the cursor stands in."""
    # Where a quote is missing or too many, what stands between two strings looks like one: the last of
    # these ends where a string really starts.
    for token in reversed(tokens):
        if _is_between_strings(token):
            start = token.end - 1
            tokens = [each._replace(start=each.start + start) for each in tokenize(before[start:])]
            break
    for token in tokens:
        is_quote = token.kind is Kind.ERROR and token.text in {"'", '"', "`"}
        # A quote of an earlier clause that was left open does not reach to this one.
        if is_quote and not _JOINT.search(before, token.end):
            return token.start
    return None


def _is_between_strings(token: Token) -> bool:
    content = token.text[1:-1].rstrip() if token.kind in {Kind.STRING, Kind.SYMBOL} else ""
    return bool(_ENDS_IN_OPERATOR.search(content) and _JOINT.search(content))


def _in_quotes(text: str, start: int, offset: int, dialect: Dialect) -> Context:
    closing = text.find(text[start], offset)
    is_closed = closing >= 0 and not _NEXT_CLAUSE.search(text, offset, closing)
    end = closing + 1 if is_closed else offset + _length(_WORD, text, offset)
    found = _expected(text, start, dialect)
    if prefix := _PREFIX.search(text, 0, start):
        found = replace(_expected(text, prefix.start(), dialect), prefix=prefix[1])
    if found.expected not in {Expected.KEY, Expected.VALUE}:
        return Context(Expected.NOTHING, Span(offset, offset))
    return _with_family(found, dialect, Span(start, end), text, offset)


def _in_word(text: str, offset: int, dialect: Dialect) -> Context:
    start = offset - _length(_WORD, text[:offset][::-1], 0)
    word = text[start:offset]
    found = _expected(text, start, dialect)
    if found.expected is Expected.KEY and "." in word:
        prefix, _, key = word.partition(".")
        end = offset + _length(_KEY, text, offset)
        span = Span(offset - len(key), end)
        return _with_family(replace(found, prefix=prefix), dialect, span, text, offset)
    end = offset + (_length(_WORD, text, offset) if word else 0)
    return _with_family(found, dialect, Span(min(start, found.span.start), end), text, offset)


def _with_family(found: Context, dialect: Dialect, span: Span, text: str, offset: int) -> Context:
    family = dialect.family(found.prefix.strip("`")) if found.prefix else None
    typed, rest = text[span.start : offset], text[offset : span.end]
    return replace(found, span=span, typed=typed, rest=rest, family=family)


def _expected(text: str, start: int, dialect: Dialect) -> Context:
    """Return what may follow what stands before `start`, an operator of several words being one."""
    if begun := _BEGUN_OPERATOR.search(text[:start]):
        opened = _behind(text[: begun.start()], dialect)
        if opened.expected is Expected.OPERATOR:
            return opened
    return _behind(text[:start], dialect)


def _behind(head: str, dialect: Dialect) -> Context:
    here = Span(len(head), len(head))
    is_touching = bool(head) and not head[-1].isspace() and head[-1] != "("
    parts = parse(head).tree.parts
    if not parts or not isinstance(parts[-1], Clause):
        return Context(Expected.NOTHING if is_touching and parts else Expected.KEY, here)
    clause = parts[-1]
    if clause.rest or not clause.comparisons:
        left = clause.rest or clause.left
        return Context(
            Expected.NOTHING if is_touching else Expected.OPERATOR, here, subject=_subject(left, dialect)
        )
    return _behind_operator(clause, head, dialect, is_touching=is_touching)


def _behind_operator(clause: Clause, head: str, dialect: Dialect, *, is_touching: bool) -> Context:
    here = Span(len(head), len(head))
    comparison = clause.comparisons[-1]
    operator, value = comparison.operator, comparison.value
    left = _subject(clause.left, dialect)
    known = Context(Expected.VALUE, here, subject=left, operator=operator.name, needs_space=is_touching)
    if isinstance(value, ListValue) and not value.is_closed:
        wants_item = head.rstrip().endswith(("(", ","))
        return replace(
            known,
            expected=Expected.VALUE if wants_item else Expected.NOTHING,
            is_in_list=True,
            needs_space=head.endswith(","),
        )
    if value is None and not operator.name.endswith("NULL"):
        is_begun = is_touching and left and left.key and operator.name not in left.key.comparators
        if is_begun:
            return replace(known, expected=Expected.OPERATOR, span=Span(operator.span.start, len(head)))
        return known
    return replace(known, expected=Expected.NOTHING if is_touching else Expected.CONNECTIVE)


def _subject(left: Operand | None, dialect: Dialect) -> Subject | None:
    return subject(left, dialect) if left else None


def _length(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() - start if found else 0
