"""What MLflow's SQL store refuses of clauses that its parser takes: comparators, and certain values."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mlq_grammar.verdict.clauses import check_use
from mlq_grammar.verdict.steps import take

if TYPE_CHECKING:
    from mlq_grammar.dialect import Dialect
    from mlq_grammar.verdict.clauses import Clause


def check(clause: Clause, dialect: Dialect) -> Clause:
    """Return the clause as the store has it, its comparator in canonical spelling and its value converted."""
    clause = _routed(clause, dialect)
    if clause.family.refused:
        raise clause.refused(clause.family.refused)
    if clause.key.checks.is_case_free:
        clause = replace(clause, comparator=clause.comparator.upper())
    check_use(clause)
    return take(clause.key.checks.in_store, clause)


def _routed(clause: Clause, dialect: Dialect) -> Clause:
    """Return the clause on the key that is really meant: some traces keys stand for others, in any family."""
    if clause.family.stage == "clause":
        return clause
    for name, type_, target in dialect.syntax.routes:
        if clause.name.lower() == name:
            families = (family for family in dialect.families if family.type == type_)
            family = next(families, clause.family)
            return replace(clause, family=family, key=family.key(target) or family.pattern, name=target)
    return clause
