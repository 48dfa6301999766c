"""What is said of one mistake at most, and which fixes are offered: those that MLflow's verdict proves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mlq_grammar.verdict import Verdict

from mlq.findings import Finding, Fix, apply

MOST = 200
"""So many errors are told of one filter: a longer list nobody reads, and to make it takes time."""

_MOST_OF_ONE = 2  # errors of a condition: whoever mends the first ones sees what is left


def beside(errors: list[Finding], others: list[Finding]) -> list[Finding]:
    """Return what else is said of a refused filter: warnings, where there are not errors enough already."""
    warnings = [other for other in others if other.severity == "warning"]
    return warnings if len(errors) < _MOST_OF_ONE else []


def fewest(errors: list[Finding]) -> list[Finding]:
    """Return the first errors of a condition; where all have fixes, the first mends the whole of it.

    Of two on the very same place the first is enough.
    """
    places = {(error.start, error.end): error for error in reversed(errors)}
    errors = [error for error in errors if places[error.start, error.end] is error]
    if len(errors) <= _MOST_OF_ONE:
        return errors
    kept = [replace(error, fixes=[]) for error in errors[:_MOST_OF_ONE]]
    if all(error.fixes for error in errors):
        first = errors[0].fixes[0]
        edits = [edit for error in errors for edit in error.fixes[0].edits]
        is_safe = all(error.fixes[0].safe for error in errors)
        kept[0] = replace(kept[0], fixes=[Fix(first.title, edits, is_safe)])
    return kept


def sound(found: list[Finding], text: str, judge: Callable[[str], Verdict]) -> list[Finding]:
    """Leave the fixes of a refused filter only if MLflow runs what all of them make of it, made at once."""
    edits = [edit for finding in found if finding.fixes for edit in finding.fixes[0].edits]
    if not edits or judge(apply(edits, text)).ok:
        return found
    return [replace(finding, fixes=[]) for finding in found]
