"""Filters on logged models: MLflow reads them with a parser of their own, which looks at text alone.

There a name is any attribute of MLflow's Python class of logged models, and a value anything that groups.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mlq_grammar.verdict.clauses import Clause, Value
from mlq_grammar.verdict.joining import Comparison, joined
from mlq_grammar.verdict.limits import TooComplexError
from mlq_grammar.verdict.lists import literal
from mlq_grammar.verdict.parsing import parse_once
from mlq_grammar.verdict.refusal import RefusedError, refused

if TYPE_CHECKING:
    from mlq_grammar.dialect import Dialect, Family
    from mlq_grammar.verdict.nodes import Node

_PREFIXED = re.compile(r"^([a-z]+)\.(.+)$")

_TEXT_LIKE = (str, int, float, bytes)
_BINDABLE = (*_TEXT_LIKE, type(None))


def read(text: str, dialect: Dialect) -> list[Clause]:
    """Return the clauses of a filter; raise `RefusedError` at the first part that MLflow refuses."""
    clauses = []
    tree = _parsed(text, dialect.sqlparse_version)
    _check_spaces(tree, text, dialect)
    for piece in joined(tree, dialect.syntax.joins):
        if isinstance(piece, Comparison):
            clauses.append(_read_clause(piece, dialect))
        elif piece.text.strip().upper() != "AND":
            raise refused("models-no-list", piece.span, filter=text)
    return clauses


def _check_spaces(tree: Node, text: str, dialect: Dialect) -> None:
    """Refuse the spaces between clauses where MLflow leaves the clauses to sqlparse, as before 0.4.4."""
    space = None if dialect.syntax.joins else next((node for node in tree.children if node.is_space), None)
    if space is not None:
        raise refused("models-no-list", space.span, filter=text)


def _parsed(text: str, sqlparse_version: str) -> Node:
    try:
        trees = parse_once(text, sqlparse_version)
    except TooComplexError as error:
        raise refused("models-unparsed", filter=text, reason=str(error)) from None
    if len(trees) != 1:
        span = trees[1].span if trees else None
        raise refused("models-many", span, filter=text)
    return trees[0]


def _read_clause(comparison: Comparison, dialect: Dialect) -> Clause:
    if comparison.count != 3 or comparison.right is None:
        raise refused("models-three-parts", comparison.span, clause=comparison.text)
    clause = _read_key(comparison, dialect)
    checks = clause.key.checks
    if checks.is_case_free:
        clause = replace(clause, comparator=clause.comparator.upper())
    if clause.comparator not in checks.named:
        raise clause.refused(checks.bad_comparator, comparison.comparator_span)
    return replace(clause, value=_read_value(clause, comparison.right, dialect.syntax.lists))


def _read_key(comparison: Comparison, dialect: Dialect) -> Clause:
    """Return the clause without its value; aliases count only for the whole text of a bare name."""
    text, bare = comparison.left.text, dialect.families[0]
    found = _PREFIXED.match(text)
    if found is None:
        aliases = {alias: key.name for key in bare.keys or () for alias in key.aliases}
        return _clause(bare, aliases.get(text, text).strip("`"), comparison)
    family = dialect.family(found.group(1))
    if family is None:
        raise refused("models-prefix", comparison.left.span, prefix=found.group(1))
    return _clause(family, found.group(2).strip("`"), comparison)


def _clause(family: Family, name: str, comparison: Comparison) -> Clause:
    key = family.key(name) or family.pattern
    return Clause(family, key, name, comparison.comparator, None, comparison)


def _read_value(clause: Clause, node: Node, how: str) -> Value:
    """Return a number for numeric keys; else a Python literal if it stands in parentheses, else text."""
    text = node.text
    try:
        if clause.key.value == "number":
            return float(text)
        if how == "stripped-literal":
            text = text.strip("'")
        if not (text.startswith("(") and text.endswith(")")):
            return text.strip("'")
        value = literal(text)
    except Exception as error:  # noqa: BLE001  whatever stops Python stops MLflow
        raise RefusedError(str(error), node.span) from None
    return (value,) if isinstance(value, str) else value


def check_stored(clause: Clause, dialect: Dialect) -> Clause:
    """Return the clause as it is bound; raise `RefusedError` for what the store refuses of it."""
    family, key = clause.family, clause.key
    if family.keys is not None and clause.name != key.name:
        return _on_class(clause, dialect)
    if clause.comparator not in key.comparators:
        raise clause.refused(key.checks.bad_use, clause.comparison.comparator_span)
    if "model-status" in key.checks.in_store:
        return _status(clause)
    is_list = clause.comparator in ("IN", "NOT IN")
    members = _members(clause) if is_list else (clause.value,)
    takes = _BINDABLE if is_list or clause.comparator in ("=", "!=") else _TEXT_LIKE
    for member in members:
        if not isinstance(member, takes) or (takes is _TEXT_LIKE and isinstance(member, bool)):
            raise refused("unbindable", clause.value_span, type=type(member).__name__)
    return replace(clause, value=tuple(members) if is_list else clause.value)


def _on_class(clause: Clause, dialect: Dialect) -> Clause:
    """Compare with something of MLflow's class that is no column: Python decides, nothing is bound."""
    if clause.name not in dialect.syntax.class_attributes or clause.comparator not in ("=", "!="):
        raise refused("models-attribute", clause.comparison.left.span, key=clause.name)
    return replace(clause, value=None)


def _status(clause: Clause) -> Clause:
    """Since 3.18: a status is one of those that MLflow knows."""
    values = _members(clause) if clause.comparator in ("IN", "NOT IN") else (clause.value,)
    if not all(isinstance(value, str) and value in clause.key.values for value in values):
        raise refused("models-status", clause.value_span, value=clause.value)
    return replace(clause, value=None)


def _members(clause: Clause) -> tuple[object, ...]:
    if isinstance(clause.value, tuple | list | dict | set):
        return tuple(clause.value)
    raise refused("no-list", clause.value_span, value=clause.value)
