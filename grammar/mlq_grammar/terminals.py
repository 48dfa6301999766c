"""From MLflow's tokens to the terminals of `filter.lark`: a word, a string, an operator, as people see them.

sqlparse cuts `metrics.val-acc` into five tokens and an unclosed quote into rubble. This module and
`operands.py` put such pieces together again, so that the tree says what was meant, and a rule what to write.
"""

from __future__ import annotations

from mlq_grammar.cursor import JOINTS, WORDS, Cursor, Terminal, name_of
from mlq_grammar.operands import read_atom, read_glued_joint, read_value
from mlq_grammar.plain import part_of, plain_clause
from mlq_grammar.tokens import KEYWORDS, WHITESPACE, Kind, Token
from mlq_grammar.tree import Joint, JointKind, Stray, StrayKind

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
_WANT_VALUE = frozenset({"OPERATOR", "BETWEEN", "TO"})
_SIGNS = frozenset({Kind.COMPARISON, Kind.ASSIGNMENT})


def terminals(text: str, *, plain: bool = True) -> list[Terminal]:
    """Return the terminals of a filter, in order; `plain` has plain clauses read whole."""
    cursor = Cursor(text)
    while not cursor.is_done:
        token = cursor.token
        if token.kind in WHITESPACE:
            cursor.at += 1
        elif token.kind is Kind.COMMENT:
            _take_stray(cursor, 1, StrayKind.COMMENT)
        elif plain and _read_plain(cursor, token):
            continue
        elif _wants_value(cursor, token):
            read_value(cursor)
        elif not (_read_sign(cursor, token) or (token.kind in WORDS and _read_word(cursor, token))):
            read_atom(cursor)
    return cursor.out


def _read_plain(cursor: Cursor, token: Token) -> bool:
    """Read a plain clause whole, behind white space and AND or at the very start."""
    if not _begins_clause(cursor):
        return False
    found = plain_clause(cursor.text, token.start)
    if found is None:
        return False
    clause = part_of(found)
    cursor.out.append(Terminal("PLAIN", clause))
    while not cursor.is_done and cursor.token.start < clause.span.end:
        cursor.at += 1
    return True


def _begins_clause(cursor: Cursor) -> bool:
    if not cursor.out:
        return True
    last = cursor.out[-1].leaf
    is_and = isinstance(last, Joint) and last.kind is JointKind.AND
    return is_and and cursor.tokens[cursor.at - 1].kind in WHITESPACE


def _wants_value(cursor: Cursor, token: Token) -> bool:
    """Whether a value may stand here: behind an operator, unless another operator or a joint follows."""
    if cursor.last not in _WANT_VALUE or token.kind in _SIGNS or token.text in {")", ",", ";"}:
        return False
    is_word = token.kind in WORDS and not cursor.is_dotted(cursor.at)
    return not (is_word and name_of(token) in {"AND", "OR", "IN"})


def _take_stray(cursor: Cursor, count: int, kind: StrayKind) -> None:
    cursor.take(count, lambda span: Terminal("STRAY", Stray(span, kind)))


def _take_joint(cursor: Cursor, kind: JointKind) -> None:
    made = [terminal.type for terminal in cursor.out[-2:]]
    if kind is JointKind.AND and made == ["BETWEEN", "ATOM"]:
        cursor.take(1, lambda span: Terminal("TO", span))
    else:
        cursor.take(1, lambda span: Terminal("JOINT", Joint(span, kind)))


def _read_sign(cursor: Cursor, token: Token) -> bool:
    if token.kind in _SIGNS:
        cursor.take_operator(1, name_of(token))
    elif token.text in _SIGN_JOINTS:
        _take_joint(cursor, _SIGN_JOINTS[token.text])
    elif token.text in _PARENTHESES:
        _take_stray(cursor, 1, _PARENTHESES[token.text])
    else:
        return False
    return True


def _read_word(cursor: Cursor, token: Token) -> bool:
    """Read a word that is part of the language; False where it is a key."""
    if cursor.is_dotted(cursor.at):
        return False
    name = name_of(token)
    if name in JOINTS:
        _take_joint(cursor, JOINTS[name])
    elif name == "NOT":
        _read_not(cursor)
    elif name == "IN":
        cursor.take_operator(1, "IN")
    elif name == "IS":
        _read_is(cursor)
    elif not (cursor.last == "ATOM" and _read_operator_word(cursor, name)):
        return _read_sql(cursor, token, name) or read_glued_joint(cursor)
    return True


def _read_not(cursor: Cursor) -> None:
    following = cursor.skip_space(cursor.at + 1)
    word, count = cursor.name_at(following), following + 1 - cursor.at
    is_infix = cursor.last == "ATOM"
    if is_infix and (word == "IN" or word in _WORD_OPERATORS):
        cursor.take_operator(count, f"NOT {word}")
    elif is_infix and word == "BETWEEN":
        cursor.take_operator(count, "NOT BETWEEN", "BETWEEN")
    else:
        _take_stray(cursor, 1, StrayKind.NOT)


def _read_is(cursor: Cursor) -> None:
    name, end = "IS", cursor.at + 1
    for _ in range(2):
        following = cursor.skip_space(end)
        word = cursor.name_at(following)
        if word not in {"NOT", "NULL", "NOT NULL"} or name.endswith("NULL"):
            break
        name, end = f"{name} {word}", following + 1
    cursor.take_operator(end - cursor.at, name, "NULL_TEST" if name.endswith("NULL") else "OPERATOR")


def _read_operator_word(cursor: Cursor, name: str) -> bool:
    if name in _WORD_OPERATORS:
        cursor.take_operator(1, name)
    elif name == "BETWEEN":
        cursor.take_operator(1, name, "BETWEEN")
    elif name in _NULL_WORDS:
        cursor.take_operator(1, name, "NULL_TEST")
    else:
        return False
    return True


def _read_sql(cursor: Cursor, token: Token, name: str) -> bool:
    """Read SQL around a filter: SELECT … WHERE before it, ORDER BY … behind it."""
    rest = (
        cursor.tokens[cursor.at :]
        if token.kind in KEYWORDS and name in _SQL_TAILS | {"SELECT", "WHERE"}
        else []
    )
    if not rest or (name in _SQL_TAILS) != bool(cursor.out):
        return False
    names = [] if name in _SQL_TAILS else [name_of(other) for other in rest]
    count = names.index("WHERE") + 1 if "WHERE" in names else len(rest)
    while rest[count - 1].kind in WHITESPACE:
        count -= 1
    _take_stray(cursor, count, StrayKind.SQL)
    return True
