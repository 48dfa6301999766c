"""From a filter to its findings: the rules explain, MLflow's verdict decides.

A finding is an error exactly when MLflow refuses the filter for it. So errors are dropped where the verdict
is acceptance, and where it is refusal and no rule explains it, a general finding says so in MLflow's words.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    explained = list(_explained(text, dialect, errors, list(meaning.parse.tree.clauses)))
    if not explained:
        explained, others = _unexplained(text, verdict, others)
    return _sorted([*explained, *others])


def _explained(
    text: str, dialect: Dialect, errors: list[Finding], clauses: list[Clause]
) -> Iterator[Finding]:
    """Yield the errors that stand, clause by clause: each clause is judged alone."""
    yield from (error for error in errors if not any(_is_in(error, clause) for clause in clauses))
    for clause in clauses:
        own = [error for error in errors if _is_in(error, clause)]
        alone = judge(clause.span.of(text), dialect)
        if alone.ok:
            continue
        if own:
            yield from _with_sound_fixes(own, clause, text, dialect)
        else:
            yield _general(alone, clause.span)


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


def _unexplained(text: str, verdict: Verdict, others: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Blame a missing AND where there is one, since it changes both sides. Else say what MLflow says."""
    joints = [finding for finding in others if finding.code == missing_and.RULE.code]
    if joints:
        rest = [finding for finding in others if finding not in joints]
        return [replace(finding, severity="error") for finding in joints], rest
    return [_general(verdict, Span(0, len(text)))], others


def _general(verdict: Verdict, span: Span) -> Finding:
    place = verdict.span.shifted(span.start) if verdict.span else span
    message = f"MLflow refuses this: {verdict.message}"
    rule = general.RULE
    return Finding(rule.code, "error", message, place.start, place.end, [], rule.url)


def _is_in(finding: Finding, clause: Clause) -> bool:
    return clause.span.start <= finding.start and finding.end <= clause.span.end


def _sorted(found: list[Finding]) -> list[Finding]:
    return sorted(found, key=lambda finding: (finding.start, finding.end, finding.code))
