"""From a filter to its findings: the rules explain, MLflow's verdict decides.

A finding is an error exactly when MLflow refuses the filter for it. So errors are dropped where the verdict
is acceptance, and where it is refusal and no rule explains it, a general finding says so in MLflow's words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mlq_grammar.dialect import Dialect
from mlq_grammar.spans import Span
from mlq_grammar.tree import Filter, Joint, JointKind
from mlq_grammar.verdict import Verdict, judge

from mlq.findings import Edit, Finding, apply
from mlq.rules import general, missing_and, unknown_status
from mlq.rules.other_versions import absent, instead
from mlq.rules.plan import explaining, surprises
from mlq.rules.proof import beside, fewest, sound
from mlq.rules.repair import repair
from mlq.semantics.meaning import Meaning, resolve

_SOMETIMES_REFUSED = frozenset({missing_and.RULE.code, unknown_status.RULE.code})


def findings(text: str, dialect: Dialect) -> list[Finding]:
    """Return what is wrong with a filter, in the order of the text. Never raises."""
    if not dialect.exists:
        return [absent(text, dialect)]
    verdict = judge(text, dialect)
    others = surprises(text, dialect)
    if verdict.ok:
        return _sorted(others)
    meaning = resolve(text, dialect)
    errors = [finding for rule in explaining(meaning) for finding in rule.findings(meaning)]
    errors = [error for error in errors if not _is_blameless(error, meaning)]
    segments = list(_segments(meaning.parse.tree))
    blamed = [error for error in errors if not any(_is_in(error, segment) for segment in segments)]
    for segment in segments:
        own = _of_segment(segment, text, dialect, errors, others)
        # Beside an error of its own, what else surprises in a segment is of no interest yet.
        others = [other for other in others if not own or not _is_in(other, segment)]
        blamed += fewest(_sorted(own))
    if not blamed:
        blamed = [instead(text, verdict, dialect) or _general(verdict, Span(0, len(text)))]
    return sound(_sorted([*_quoting(_sorted(blamed), verdict), *beside(blamed, others)]), text, dialect)


def _quoting(blamed: list[Finding], verdict: Verdict) -> list[Finding]:
    """Add MLflow's own sentence to the error that it is about: the first thing that it stumbles over."""
    place = verdict.span or Span(blamed[0].start, blamed[0].end)
    touching = [error for error in blamed if place.overlaps(Span(error.start, error.end))]
    about = (touching or blamed)[0]
    if about.code == general.RULE.code or not verdict.message:
        return blamed
    quoting = replace(about, message=f"{about.message}\nMLflow says: {verdict.message}")
    return [quoting if error is about else error for error in blamed]


def _segments(tree: Filter) -> Iterator[Span]:
    """Yield what stands between the ANDs: what MLflow refuses in one says nothing of another."""
    span: Span | None = None
    for part in tree.parts:
        if isinstance(part, Joint) and part.kind is JointKind.AND:
            if span:
                yield span
            span = None
        else:
            span = span.joined(part.span) if span else part.span
    if span:
        yield span


def _is_blameless(error: Finding, meaning: Meaning) -> bool:
    """Whether an error stands in a clause that MLflow runs when it is alone."""
    clauses = (clause.span for clause in meaning.parse.tree.clauses)
    span = next((span for span in clauses if _is_in(error, span)), None)
    return span is not None and judge(span.of(meaning.text), meaning.dialect).ok


def _of_segment(
    segment: Span, text: str, dialect: Dialect, errors: list[Finding], others: list[Finding]
) -> list[Finding]:
    """Return the errors of a segment, judged alone: in MLflow's own words where no rule explains them."""
    alone = judge(segment.of(text), dialect)
    if alone.ok:
        return []
    own = [error for error in errors if _is_in(error, segment)]
    surprises = [replace(other, severity="error") for other in others if _may_refuse(other, segment)]
    # What was always a mistake is one, whichever version first refused it.
    elsewhere = None if surprises else instead(segment.of(text), alone, dialect)
    if elsewhere:
        return [_with_fix_of(own, _moved(elsewhere, segment.start), segment, text, dialect)]
    own = own or surprises
    if not own and any(_mends(error, segment) for error in errors):
        return []
    return _mended(own or [_general(alone, segment)], segment, text, dialect)


def _may_refuse(other: Finding, segment: Span) -> bool:
    """Whether what is only surprising elsewhere is what MLflow refuses here."""
    return other.code in _SOMETIMES_REFUSED and _is_in(other, segment)


def _mends(error: Finding, segment: Span) -> bool:
    """Whether an error of another segment reaches into this one, as a pair of parentheses does."""
    edits = [edit for fix in error.fixes for edit in fix.edits]
    return any(segment.start <= edit.start and edit.end <= segment.end for edit in edits)


def _mended(own: list[Finding], segment: Span, text: str, dialect: Dialect) -> list[Finding]:
    """Leave only fixes that make MLflow run the segment; one small change that does is one mistake's."""
    inner = segment.of(text)
    if all(error.fixes for error in own):
        edits = [edit for error in own for edit in error.fixes[0].edits]
        # A pair of parentheses may reach beyond the segment: what is outside, its own segment judges.
        edits = [edit for edit in edits if segment.start <= edit.start and edit.end <= segment.end]
        if judge(apply(_shifted(edits, -segment.start), inner), dialect).ok:
            return own
        own = [replace(error, fixes=[]) for error in own]
    found = repair(inner, dialect)
    if not found:
        return own
    edits = _shifted(found.edits, segment.start)
    nearest = min(own, key=lambda error: abs(error.start - edits[0].start))
    return [replace(nearest, fixes=[replace(found, edits=edits)])]


def _with_fix_of(own: list[Finding], finding: Finding, segment: Span, text: str, dialect: Dialect) -> Finding:
    """Let a finding have the fix of the one rule that explains the segment otherwise, if it is sound."""
    fixes = own[0].fixes if len(own) == 1 else []
    edits = [edit for fix in fixes[:1] for edit in fix.edits]
    if not edits or not all(segment.start <= edit.start and edit.end <= segment.end for edit in edits):
        return finding
    is_sound = judge(apply(_shifted(edits, -segment.start), segment.of(text)), dialect).ok
    return replace(finding, fixes=fixes) if is_sound else finding


def _moved(finding: Finding, by: int) -> Finding:
    fixes = [replace(fix, edits=_shifted(fix.edits, by)) for fix in finding.fixes]
    return replace(finding, start=finding.start + by, end=finding.end + by, fixes=fixes)


def _shifted(edits: list[Edit], by: int) -> list[Edit]:
    return [Edit(edit.start + by, edit.end + by, edit.text) for edit in edits]


def _general(verdict: Verdict, span: Span) -> Finding:
    place = verdict.span.shifted(span.start) if verdict.span else span
    message = f"MLflow refuses this: {verdict.message}"
    rule = general.RULE
    return Finding(rule.code, "error", message, place.start, place.end, [], rule.url)


def _is_in(finding: Finding, span: Span) -> bool:
    return span.start <= finding.start and finding.end <= span.end


def _sorted(found: list[Finding]) -> list[Finding]:
    return sorted(found, key=lambda finding: (finding.start, finding.end, finding.code))
