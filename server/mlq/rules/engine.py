"""From a filter to its findings: the rules explain, MLflow's verdict decides.

A finding is an error exactly when MLflow refuses the filter for it. So errors are dropped where the verdict
is acceptance, and where it is refusal and no rule explains it, a general finding says so in MLflow's words.
"""

from __future__ import annotations

from dataclasses import replace

from mlq_grammar.dialect import Dialect
from mlq_grammar.spans import Span
from mlq_grammar.tree import Clause
from mlq_grammar.verdict import Verdict, judge

from mlq.findings import Edit, Finding, apply
from mlq.rules import RULES, general, missing_and
from mlq.semantics.meaning import resolve

_ERRORS = tuple(rule for rule in RULES if rule.severity == "error")
_OTHERS = tuple(rule for rule in RULES if rule.severity != "error")


def findings(text: str, dialect: Dialect) -> list[Finding]:
    """Return what is wrong with a filter, in the order of the text. Never raises."""
    verdict = judge(text, dialect)
    meaning = resolve(text, dialect)
    others = [finding for rule in _OTHERS for finding in rule.findings(meaning)]
    if verdict.ok:
        return _sorted(others)
    errors = [finding for rule in _ERRORS for finding in rule.findings(meaning)]
    clauses = list(meaning.parse.tree.clauses)
    blamed = [error for error in errors if not any(_is_in(error, clause) for clause in clauses)]
    for clause in clauses:
        blamed += _of_clause(clause, text, dialect, errors, others)
    blamed = blamed or _of_joints(others) or [_general(verdict, Span(0, len(text)))]
    places = {(finding.code, finding.start, finding.end) for finding in blamed}
    return _sorted([*blamed, *(f for f in others if (f.code, f.start, f.end) not in places)])


def _of_clause(
    clause: Clause, text: str, dialect: Dialect, errors: list[Finding], others: list[Finding]
) -> list[Finding]:
    """Return the errors of a clause, judged alone: in MLflow's own words where no rule explains them."""
    alone = judge(clause.span.of(text), dialect)
    if alone.ok:
        return []
    own = [error for error in errors if _is_in(error, clause)]
    if own:
        return _with_sound_fixes(own, clause, text, dialect)
    # What is only surprising elsewhere may be what MLflow refuses here, such as an unknown status.
    surprises = [other for other in others if _is_in(other, clause) and other.code != missing_and.RULE.code]
    return [replace(other, severity="error") for other in surprises] or [_general(alone, clause.span)]


def _of_joints(others: list[Finding]) -> list[Finding]:
    """Blame a missing AND where there is one: it changes what MLflow reads on both sides."""
    joints = [finding for finding in others if finding.code == missing_and.RULE.code]
    return [replace(finding, severity="error") for finding in joints]


def _with_sound_fixes(own: list[Finding], clause: Clause, text: str, dialect: Dialect) -> list[Finding]:
    """Drop the fixes of a clause that, made together, leave it refused."""
    if not all(error.fixes for error in own):
        return own
    start = clause.span.start
    edits = [
        Edit(edit.start - start, edit.end - start, edit.text)
        for error in own
        for edit in error.fixes[0].edits
    ]
    if judge(apply(edits, clause.span.of(text)), dialect).ok:
        return own
    return [replace(error, fixes=[]) for error in own]


def _general(verdict: Verdict, span: Span) -> Finding:
    place = verdict.span.shifted(span.start) if verdict.span else span
    message = f"MLflow refuses this: {verdict.message}"
    rule = general.RULE
    return Finding(rule.code, "error", message, place.start, place.end, [], rule.url)


def _is_in(finding: Finding, clause: Clause) -> bool:
    return clause.span.start <= finding.start and finding.end <= clause.span.end


def _sorted(found: list[Finding]) -> list[Finding]:
    return sorted(found, key=lambda finding: (finding.start, finding.end, finding.code))
