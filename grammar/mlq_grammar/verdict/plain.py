"""The short way: plain clauses joined by AND, as nearly every real filter is, need no passes to be accepted.

What is not plain is not refused here: it takes the long way. A test holds that both ways agree.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlq_grammar.verdict.clauses import strip_key
from mlq_grammar.verdict.limits import MAX_TABLES
from mlq_grammar.words import WORDS

if TYPE_CHECKING:
    from mlq_grammar.dialect import Dialect, Family, Key

_CLAUSE = re.compile(
    r"""
    (?: ([A-Z][A-Z_]*) \. )?                                              # prefix
    ( [A-Z_]\w* (?: \.[A-Z_]\w* )* | `[^`]+` )                            # key
    (?: \s* ([<>]=? | !?=) \s* | \s+ ([IR]?LIKE) \s* | \s+ ((?:NOT[ ])? IN) \s* | \s+ (IS[ ](?:NOT[ ])?NULL) )
    (?: ('[^'\\]*' | "[^"\\]*") | (-?\d{1,12}(?:\.\d{1,9})?) | (\( _TEXT_ (?:,[ ]? _TEXT_ )*\)) )?
    (?= \s | \Z )
    """.replace("_TEXT_", r"'[^'\\\n\r\0]*'"),
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_NEXT = re.compile(r"\s+AND\s+(?=\S)", re.IGNORECASE | re.ASCII)
_NOT_AS_KEYS = re.compile(r"(?<!\w)(?:case|in|values|using|from|as)(?!\w)", re.IGNORECASE)

# Within these sizes no limit of sqlparse or SQLite is near: a token has a character, a clause two conditions.
_MAX_LENGTH = 5_000
_MAX_CLAUSES = 400


def is_plainly_accepted(text: str, dialect: Dialect) -> bool:
    """Whether the filter is plain and MLflow runs it; False says nothing."""
    syntax = dialect.syntax
    if (
        len(text) > _MAX_LENGTH
        or syntax.reader != "search"
        or syntax.rewrite
        or "datasets-alone" in syntax.steps
    ):
        return False
    at, tables, clauses = 0, 1, 0
    while True:
        found = _CLAUSE.match(text, at)
        if found is None:
            break
        joins = _joins(found, dialect)
        if joins is None:
            return False
        tables += joins
        clauses += 1
        following = _NEXT.match(text, found.end())
        if following is None:
            is_whole = found.end() == len(text)
            return is_whole and tables <= MAX_TABLES and clauses <= _MAX_CLAUSES and _is_encodable(text)
        at = following.end()
    return False


def _joins(found: re.Match[str], dialect: Dialect) -> int | None:
    """Return the tables that a plain clause joins, None if MLflow may not run it."""
    prefix, written, symbol, like, membership, null, quoted, number, listed = found.groups()
    family = dialect.family(prefix) if prefix is not None else dialect.bare
    if family is None or family.refused or (prefix is None and written.upper() in WORDS):
        return None
    if written[0] != "`" and _NOT_AS_KEYS.search(written):
        return None
    key = _key(family, written, dialect)
    if key is None:
        return None
    comparator = symbol or like or membership or null
    if null and "NULL" not in dialect.syntax.joins:
        return None
    is_raw = family.stage == "clause" or not key.checks.is_case_free
    if (comparator if is_raw else comparator.upper()) not in key.comparators:
        return None
    wanted, given = _kind(key, membership, null), _given(quoted, number, listed)
    return key.checks.joins if wanted == given else None


def _key(family: Family, written: str, dialect: Dialect) -> Key | None:
    """Return the key, if no step of its own, route or quoting rule has a say in it."""
    if written[0] == "`" and family.keys is not None:
        return None
    name = strip_key(written, dialect.syntax)
    key = family.key(name)
    if key is None or any(route[0] == name.lower() for route in dialect.syntax.routes):
        return None
    checks = key.checks
    has_steps = checks.before_value or checks.after_value or checks.in_store or checks.bad_empty
    return None if has_steps else key


def _kind(key: Key, membership: str | None, null: str | None) -> str:
    if null:
        return ""
    if membership:
        return "list" if key.takes_list else "never"
    return "number" if key.value == "number" else "quoted"


def _given(quoted: str | None, number: str | None, listed: str | None) -> str:
    if quoted is not None:
        return "quoted"
    if number is not None:
        return "number"
    return "" if listed is None else "list"


def _is_encodable(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
