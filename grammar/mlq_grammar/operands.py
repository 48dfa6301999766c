"""Keys, values and lists: what stands on either side of an operator, put together from its tokens."""

from __future__ import annotations

import re

from mlq_grammar.cursor import JOINTS, NO_STOPS, Cursor, Terminal
from mlq_grammar.lexer import tokenize
from mlq_grammar.spans import Span
from mlq_grammar.tokens import WHITESPACE, Kind, Token
from mlq_grammar.tree import Atom, AtomKind, Joint

_NUMBER = re.compile(r"[+-]?(0x[0-9a-f]+|(\d[\d_]*)(\.\d*)?(e[+-]?\d+)?|\.\d+(e[+-]?\d+)?)", re.IGNORECASE)
_GLUED_JOINT = re.compile(r"(\d+)(AND|OR)", re.IGNORECASE)
# A string that ran on over `… AND key =` because its own closing quote is missing.
_SWALLOWED = re.compile(r"\s+(?:AND|OR)\s+[^\s=<>!~]+\s*(?:[=<>!~]+|I?LIKE|IN)\s*$", re.IGNORECASE)
# Where a string may end: a quote before a joint, a list's sign or the end.
_CLOSINGS = {
    quote: re.compile(rf"{quote}(?=\s*(?:$|[),;])|\s+(?:AND|OR)\b)", re.IGNORECASE) for quote in "'\""
}
_COMPARES = re.compile(r"[=<>]|\b(?:AND|OR|I?LIKE)\b", re.IGNORECASE)
# Both bounds keep the time linear in the length of the text.
_SWALLOWED_KEY = re.compile(
    r"(`[^`]*?)\s+(?:[=<>!~]+|(?:NOT|I?LIKE|IN|IS)\b)[^`]*\s(?:AND|OR)\s", re.IGNORECASE
)
_MOST_REREADS = 8
_LONGEST_TORN = 1000

_OPENING_QUOTES = "“‘„«"
_CLOSING_QUOTES = "”’“»"
_LIST_STOPS = frozenset("(),")
_APART = frozenset({"(", ")", ",", ";", "&&", "||"})
_CASTS = frozenset({"::", ".", "->", "->>", "||", "+"})
_GAPS = WHITESPACE | {Kind.COMMENT}


def read_atom(cursor: Cursor, stops: frozenset[str] = NO_STOPS) -> None:
    """Read what stands together without white space: a key, a number, a word."""
    first, end = cursor.token, _chunk_end(cursor, stops)
    swallowed = next(filter(None, map(_open_key_end, cursor.tokens[cursor.at : end])), None)
    if swallowed and cursor.rereads < _MOST_REREADS:
        _take_text(cursor, swallowed, AtomKind.WORD)
        return
    text = cursor.text[first.start : cursor.tokens[end - 1].end]
    cursor.take_atom(end, _kind(text, first))


def read_value(cursor: Cursor) -> None:
    """Read what an operator compares with: a list or one value."""
    if cursor.token.text == "(":
        _read_list(cursor)
    else:
        _read_value_atom(cursor)


def read_glued_joint(cursor: Cursor) -> bool:
    """Read `1AND`, one word for MLflow, as the number and the joint that were meant; False for any other."""
    token = cursor.token
    match = _GLUED_JOINT.fullmatch(token.text)
    if not match:
        return False
    number, joint = (Span(*match.span(group)).shifted(token.start) for group in (1, 2))
    cursor.at += 1
    cursor.out += [
        Terminal("ATOM", Atom(number, AtomKind.NUMBER, match[1])),
        Terminal("JOINT", Joint(joint, JOINTS[match[2].upper()])),
    ]
    return True


def _open_key_end(token: Token) -> int | None:
    """Return where a key in backticks ends that ran on over `… AND`, since its own closing one is missing."""
    match = _SWALLOWED_KEY.match(token.text) if token.text.startswith("`") else None
    return token.start + match.end(1) if match else None


def _kind(text: str, first: Token) -> AtomKind:
    if first.text == text and first.kind in {Kind.STRING, Kind.SYMBOL}:
        return AtomKind.STRING if first.kind is Kind.STRING else AtomKind.SYMBOL
    if _NUMBER.fullmatch(text):
        return AtomKind.NUMBER
    return AtomKind.OPEN if _is_lone_quote(first) else AtomKind.WORD


def _is_lone_quote(token: Token) -> bool:
    return token.kind is Kind.ERROR and token.text in "'\""


def _chunk_end(cursor: Cursor, stops: frozenset[str]) -> int:
    """Return the index behind the tokens that belong together with the one at hand."""
    tokens, end = cursor.tokens, cursor.at + 1
    if cursor.token.kind is Kind.STRING and not (end < len(tokens) and tokens[end].text in _CASTS):
        return end
    while end < len(tokens):
        token = tokens[end]
        if token.text == "(" and tokens[end - 1].kind is Kind.NAME and not stops:
            end = _behind_parenthesis(tokens, end)
            continue
        if token.kind in _GAPS or token.kind in {Kind.COMPARISON, Kind.ASSIGNMENT}:
            break
        if token.text in _APART or token.text in stops:
            break
        end += 1
    return end


def _behind_parenthesis(tokens: list[Token], index: int) -> int:
    depth = 0
    for end in range(index, len(tokens)):
        depth += (tokens[end].text == "(") - (tokens[end].text == ")")
        if depth == 0:
            return end + 1
    return len(tokens)


# Lists


def _read_list(cursor: Cursor) -> None:
    """Read a list up to its parenthesis, or up to the next joint where that is missing."""
    cursor.take(1, lambda span: Terminal("LIST_OPEN", span))
    depth, end = 1, cursor.tokens[cursor.at - 1].end
    while not cursor.is_done and depth:
        token = cursor.token
        if depth == 1 and _ends_open_list(cursor):
            break
        if token.text in _LIST_STOPS or token.kind in _GAPS:
            depth += (token.text == "(") - (token.text == ")")
            end = end if token.kind in _GAPS else token.end
            cursor.at += 1
        else:
            end = _read_item(cursor)
    closing = Span(end - 1, end) if depth == 0 else Span(end, end)
    cursor.out.append(Terminal("LIST_CLOSE", closing))


def _ends_open_list(cursor: Cursor) -> bool:
    """Whether a joint is at hand, unless the list closes right behind it."""
    is_joint = cursor.next_joint[cursor.at] == cursor.at
    return is_joint and cursor.name_at(cursor.skip_space(cursor.at + 1)) != ")"


def _read_item(cursor: Cursor) -> int:
    made = len(cursor.out)
    _read_value_atom(cursor, _LIST_STOPS)
    items = cursor.out[made:]
    cursor.out[made:] = [Terminal("LIST_ITEM", item.leaf) for item in items if isinstance(item.leaf, Atom)]
    return cursor.out[-1].leaf.span.end if isinstance(cursor.out[-1].leaf, Atom) else cursor.token.start


# Strings, whole and broken


def _read_value_atom(cursor: Cursor, stops: frozenset[str] = NO_STOPS) -> None:
    """Read one value, up to the next joint at most."""
    first, limit = cursor.token, cursor.next_joint[cursor.at]
    if not stops and read_glued_joint(cursor):
        return
    if _is_lone_quote(first):
        cursor.take_atom(_segment_end(cursor, limit, stops), AtomKind.OPEN)
    elif first.kind is Kind.ERROR and first.text in _OPENING_QUOTES:
        cursor.take_atom(_curly_end(cursor, limit), AtomKind.CURLY)
    elif first.kind not in {Kind.STRING, Kind.SYMBOL} or not _read_broken_string(cursor, limit):
        read_atom(cursor, stops)


def _segment_end(cursor: Cursor, limit: int, stops: frozenset[str]) -> int:
    """Return the index behind the last token before the next joint, white space not counted."""
    best = end = cursor.at + 1
    while end < limit and cursor.tokens[end].text not in stops:
        end += 1
        if cursor.tokens[end - 1].kind not in WHITESPACE:
            best = end
    return best


def _curly_end(cursor: Cursor, limit: int) -> int:
    for index in range(cursor.at + 1, limit):
        if cursor.tokens[index].text in _CLOSING_QUOTES and cursor.tokens[index].kind is Kind.ERROR:
            return index + 1
    return _segment_end(cursor, limit, NO_STOPS)


def _read_broken_string(cursor: Cursor, limit: int) -> bool:
    """Read a string that ends too early or too late; False where it is whole."""
    first, following = cursor.token, cursor.at + 1
    if following == len(cursor.tokens) or cursor.rereads >= _MOST_REREADS:
        return False
    neighbour = cursor.tokens[following]
    if neighbour.kind in _GAPS or neighbour.text in {")", ",", ";"}:
        # Whole, unless its condition ends with a quote that closes nothing.
        last = cursor.tokens[_segment_end(cursor, limit, NO_STOPS) - 1]
        if not (_is_lone_quote(last) and last.text == first.text[0]):
            return False
    swallowed = _SWALLOWED.search(first.text, 1, len(first.text) - 1)
    if swallowed and neighbour.kind not in _GAPS:
        _take_text(cursor, first.start + swallowed.start(), AtomKind.OPEN)
        return True
    end = _torn_end(cursor.text, first)
    if end:
        _take_text(cursor, end, AtomKind.TORN)
    return bool(end)


def _torn_end(text: str, first: Token) -> int | None:
    """Return where a string that its own kind of quote tore really ends: before a joint or the end."""
    closing = _CLOSINGS[first.text[0]].search(text, first.end, first.end + _LONGEST_TORN)
    # A joint or an operator before that quote begins another clause: the string before it is whole.
    if closing is None or _COMPARES.search(text, first.end, closing.start()):
        return None
    return closing.end()


def _take_text(cursor: Cursor, end: int, kind: AtomKind) -> None:
    """Take an atom up to an offset; where that cuts a token, read the rest of the text anew."""
    span = Span(cursor.token.start, end)
    cursor.out.append(Terminal("ATOM", Atom(span, kind, span.of(cursor.text))))
    while not cursor.is_done and cursor.token.end <= end:
        cursor.at += 1
    if not cursor.is_done and cursor.token.start < end:
        cursor.rereads += 1
        rest = tokenize(cursor.text[end:])
        cursor.restart([token._replace(start=token.start + end) for token in rest])
