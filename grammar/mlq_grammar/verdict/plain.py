"""Whether MLflow runs a plain filter, told without any passes: see `mlq_grammar.plain`.

Where this cannot tell, nothing is refused yet: the passes decide. Tests hold that both ways agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq_grammar.plain import plain_clauses
from mlq_grammar.verdict.clauses import strip_key
from mlq_grammar.verdict.limits import MAX_TABLES

if TYPE_CHECKING:
    from mlq_grammar.dialect import Dialect, Family, Key
    from mlq_grammar.plain import PlainClause

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
    clauses = plain_clauses(text)
    if not 0 < len(clauses) <= _MAX_CLAUSES:
        return False
    tables = 1
    for clause in clauses:
        joins = _joins(clause, dialect)
        if joins is None:
            return False
        tables += joins
    return tables <= MAX_TABLES and _is_encodable(text)


def _joins(found: PlainClause, dialect: Dialect) -> int | None:
    """Return the tables that a plain clause joins, None if MLflow may not run it."""
    _, prefix, written, sign, word, string, symbol, number, listed, null, _ = found.groups()
    family = dialect.family(prefix) if prefix is not None else dialect.bare
    if family is None or family.refused:
        return None
    key = _key(family, written, dialect)
    if key is None:
        return None
    if null and "NULL" not in dialect.syntax.joins:
        return None
    comparator = sign or word or null
    is_raw = family.stage == "clause" or not key.checks.is_case_free
    if (comparator if is_raw else comparator.upper()) not in key.comparators:
        return None
    is_list = word is not None and word[-1] in "nN"
    if null:
        fits = True
    elif is_list:
        fits = listed is not None and key.takes_list
    else:
        fits = number is not None if key.value == "number" else string is not None or symbol is not None
    return key.checks.joins if fits else None


def _key(family: Family, written: str, dialect: Dialect) -> Key | None:
    """Return the key, if no step of its own, route or quoting rule has a say in it."""
    if written[0] in '`"' and family.keys is not None:
        return None
    name = strip_key(written, dialect.syntax)
    key = family.key(name)
    if key is None or any(route[0] == name.lower() for route in dialect.syntax.routes):
        return None
    checks = key.checks
    has_steps = checks.before_value or checks.after_value or checks.in_store or checks.bad_empty
    return None if has_steps else key


def _is_encodable(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
