"""The short way: plain clauses joined by AND, as nearly every real filter is, read by one regular expression.

    metrics.auc > 0.9    params.`batch size` LIKE '%2'    run_id IN ('a', 'b')    tags.team IS NOT NULL

Such a clause is cut into the same tokens whatever stands beyond the ANDs round it, so both readers can take
it whole: `verdict` asks whether MLflow runs it, `parser` makes its part of the tree. What is plain may be
wrong, `params.lr == 5`, and what is not may be right: it takes the long way. Tests hold that both ways agree.
"""

from __future__ import annotations

import re
from functools import lru_cache

from mlq_grammar.spans import Span
from mlq_grammar.tree import (
    Atom,
    AtomKind,
    Clause,
    Comparison,
    Filter,
    Joint,
    JointKind,
    ListValue,
    Operand,
    Operator,
    Part,
    Value,
)
from mlq_grammar.words import WORDS

# Each part is read in linear time: no piece of text can be divided between two repetitions in two ways.
_CLAUSE = re.compile(
    r"""
    (?P<left> (?: (?P<prefix> [A-Z][A-Z_]* ) \. )?
              (?P<key> [A-Z_]\w* (?: \.[A-Z_]\w* )* | `[^`]+` | (?<=\.)"[^"\\]+" ) )
    (?: (?: \s* (?P<sign> [<>=!~]+ ) | \s+ (?P<word> (?: [IR]?LIKE | (?:NOT[ ])?IN ) \b ) ) \s*
        (?: (?P<string> '[^'\\]*' ) | (?P<symbol> "[^"\\]*" )
          | (?P<number> -?\d{1,18} (?: \.\d{1,18} )? (?: E-?\d\d? )? )
          | (?P<list> \( _TEXT_ (?: ,[ ]?_TEXT_ )* \) ) )
      | \s+ (?P<null> IS[ ](?:NOT[ ])?NULL ) )
    (?: \s+ (?P<joint> AND ) \s+ (?=[^\s.]) | \s* \Z )
    """.replace("_TEXT_", r"'[^'\\\n\r\0]*'"),
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_ITEM = re.compile(r"'[^']*'")
_SPACE = re.compile(r"\s*", re.ASCII)
# Of the words that sqlparse knows, these keep their meaning even behind a dot.
_NOT_IN_KEYS = re.compile(r"(?<!\w)(?:case|in|values|using|from|as)(?!\w)", re.IGNORECASE | re.ASCII)

_KINDS = (("string", AtomKind.STRING), ("number", AtomKind.NUMBER), ("symbol", AtomKind.SYMBOL))

PlainClause = re.Match[str]
"""A clause and the AND behind it, by the names of their parts."""


def plain_clause(text: str, at: int) -> PlainClause | None:
    """Return the plain clause that starts at an offset, if AND or the end of the text follows it."""
    found = _CLAUSE.match(text, at)
    if found is None:
        return None
    left, prefix, key = found.group("left", "prefix", "key")
    is_quoted = key[0] in '`"'
    if _NOT_IN_KEYS.search((prefix or "") if is_quoted else left):
        return None
    return None if prefix is None and not is_quoted and key.upper() in WORDS else found


def behind_space(text: str, at: int) -> int:
    """Return where white space that may begin at an offset ends."""
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]  # it matches any text


@lru_cache(maxsize=4)
def plain_clauses(text: str) -> tuple[PlainClause, ...]:
    """Return the clauses of a filter that is plain throughout, else none; both readers ask in turn."""
    found: list[PlainClause] = []
    at = behind_space(text, 0)
    while clause := plain_clause(text, at):
        found.append(clause)
        if clause["joint"] is None:
            return tuple(found)
        at = clause.end()
    return ()


def tree_of(clauses: tuple[PlainClause, ...], text: str) -> Filter:
    """Return the tree of a plain filter."""
    parts: list[Part] = []
    for clause in clauses:
        parts.append(part_of(clause))
        if clause["joint"] is not None:
            parts.append(Joint(Span(*clause.span("joint")), JointKind.AND))
    return Filter(Span(0, len(text)), tuple(parts))


def part_of(found: PlainClause) -> Clause:
    """Return a plain clause as a part of the tree."""
    left, _, _, sign, word, *_ = found.groups()
    span = Span(*found.span("left"))
    operand = Operand(span, (Atom(span, AtomKind.WORD, left),), left)
    place = Span(*found.span("sign" if sign else "word" if word else "null"))
    written = sign or word or found["null"]
    operator = Operator(place, written.upper(), written)
    value = _value(found) if sign or word else None
    end = value.span.end if value else place.end
    return Clause(Span(span.start, end), operand, (Comparison(Span(place.start, end), operator, value),))


def _value(found: PlainClause) -> Value:
    for name, kind in _KINDS:
        text = found[name]
        if text is not None:
            return Atom(Span(*found.span(name)), kind, text)
    start, end = found.span("list")
    items = (
        Atom(Span(*item.span()), AtomKind.STRING, item.group())
        for item in _ITEM.finditer(found.string, start, end)
    )
    return ListValue(Span(start, end), tuple(items), found["list"], is_closed=True)
