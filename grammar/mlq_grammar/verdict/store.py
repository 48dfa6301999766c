"""What MLflow's SQL store refuses of clauses that its parser takes: comparators, and certain values."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mlq_grammar.verdict.refusal import set_of

if TYPE_CHECKING:
    from mlq_grammar.verdict.clauses import Clause


def check(clause: Clause) -> Clause:
    """Return the clause as the store has it, its comparator in canonical spelling and its value converted."""
    if clause.family.refused:
        raise clause.refused(clause.family.refused)
    checks = clause.key.checks
    if checks.is_case_free:
        clause = replace(clause, comparator=clause.comparator.upper())
    if clause.comparator not in clause.key.comparators:
        named = set_of(checks.comparators)
        span = clause.comparison.comparator_span
        raise clause.refused(checks.bad_comparator, span, comparators=named)
    return clause
