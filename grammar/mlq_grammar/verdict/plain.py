"""Whether MLflow runs a plain filter, told without any passes: see `mlq_grammar.plain`.

Where this cannot tell, nothing is refused yet: the passes decide. Tests hold that both ways agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq_grammar.plain import plain_clauses
from mlq_grammar.spans import Span
from mlq_grammar.verdict.clauses import strip_key
from mlq_grammar.verdict.database import exceeded
from mlq_grammar.verdict.limits import MAX_TABLES, is_within_tokens
from mlq_grammar.verdict.refusal import refused

if TYPE_CHECKING:
    from mlq_grammar.dialect import Checks, Dialect, Family, Key
    from mlq_grammar.plain import PlainClause

# Within these sizes no limit of SQLite is near but that of tables: a clause has two conditions at most.
_MAX_CLAUSES = 400


def is_plainly_accepted(text: str, dialect: Dialect) -> bool:
    """Whether the filter is plain and MLflow runs it; False says nothing.

    Raises `RefusedError` where each clause of a plain filter runs, but SQLite refuses so many.
    """
    syntax = dialect.syntax
    if syntax.reader != "search" or syntax.rewrite or "datasets-alone" in syntax.steps:
        return False
    clauses = plain_clauses(text)
    if not clauses or not is_within_tokens(text):
        return False
    tables = 1
    sizes = []
    for clause in clauses:
        size = _size(clause, dialect)
        if size is None:
            return False
        tables += size[0].joins
        sizes.append(size)
    if tables > MAX_TABLES or len(clauses) > _MAX_CLAUSES:
        if syntax.steps:
            return False
        _check_sizes(clauses, sizes, dialect)
    return _is_encodable(text)


def _check_sizes(clauses: tuple[PlainClause, ...], sizes: list[tuple[Checks, str]], dialect: Dialect) -> None:
    found = exceeded(sizes, dialect.syntax.depth)
    if found:
        sentence, place, most = found
        clause = clauses[place]
        end = max(clause.end(part) for part in ("string", "symbol", "number", "list", "null"))
        raise refused(sentence, Span(clause.start(), end), most=most)


def _size(found: PlainClause, dialect: Dialect) -> tuple[Checks, str] | None:
    """Return what a plain clause adds to the query by key and comparator, None if MLflow may refuse it."""
    _, prefix, written, sign, word, string, symbol, number, listed, null, _ = found.groups()
    family = dialect.family(prefix) if prefix is not None else dialect.bare
    if family is None or family.refused:
        return None
    key = _key(family, written, dialect)
    if key is None:
        return None
    if null and "NULL" not in dialect.syntax.joins:
        return None
    comparator = written_as = sign or word or null
    if key.checks.is_case_free:
        comparator = comparator.upper()
    if (written_as if family.stage == "clause" else comparator) not in key.comparators:
        return None
    is_list = word is not None and word[-1] in "nN"
    if null:
        fits = True
    elif is_list:
        fits = listed is not None and key.takes_list
    else:
        fits = number is not None if key.value == "number" else string is not None or symbol is not None
    return (key.checks, comparator) if fits else None


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
