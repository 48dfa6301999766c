"""From a filter to its findings: the rules explain, MLflow's verdict decides.

A finding is an error exactly when MLflow refuses the filter for it. So errors are dropped where the verdict
is acceptance, and where it is refusal and no rule explains it, a general finding says so in MLflow's words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from mlq_grammar.dialect import Dialect
from mlq_grammar.plain import part_of, plain_clauses
from mlq_grammar.spans import Span
from mlq_grammar.tree import Filter, Joint, JointKind
from mlq_grammar.verdict import Verdict, judge

from mlq.findings import Edit, Finding, apply
from mlq.rules import general, missing_and, or_unsupported, unknown_status
from mlq.rules.other_versions import absent, instead
from mlq.rules.places import Places
from mlq.rules.plan import explaining, surprises
from mlq.rules.proof import MOST, beside, fewest, sound
from mlq.rules.repair import repair
from mlq.semantics.meaning import Condition, Meaning, meaning_of, resolve

_SOMETIMES_REFUSED = frozenset({missing_and.RULE.code, unknown_status.RULE.code})


def findings(text: str, dialect: Dialect) -> list[Finding]:
    """Return what is wrong with a filter, in the order of the text. Never raises."""
    if not dialect.exists:
        return [absent(text, dialect)]
    verdict = judge(text, dialect)
    if verdict.ok:
        return _sorted(surprises(text, dialect))
    if verdict.is_size:
        return _too_large(text, verdict, dialect, surprises(text, dialect))
    meaning = resolve(text, dialect)
    return _Refused(meaning, verdict).findings(surprises(text, dialect, meaning))


def _too_large(text: str, verdict: Verdict, dialect: Dialect, others: list[Finding]) -> list[Finding]:
    """Return the findings on a plain filter of which each clause runs, but not so many of them."""
    # Two conditions stand for all: another MLflow is asked of the whole.
    meaning = meaning_of(text, dialect, map(part_of, plain_clauses(text)[:2]))
    blamed = [instead(text, verdict, meaning) or _general(verdict, Span(0, len(text)))]
    return _sorted([*_quoting(blamed, verdict), *beside(blamed, others)])


class _Refused:
    """A refused filter. No text is judged twice, be it a part of the filter or what a fix makes of one."""

    def __init__(self, meaning: Meaning, verdict: Verdict) -> None:
        self._meaning = meaning
        self._judged = {meaning.text: verdict}

    def findings(self, others: list[Finding]) -> list[Finding]:
        """Return the errors, and those of the other findings that are of interest beside them."""
        text, verdict = self._meaning.text, self._judge(self._meaning.text)
        segments = Places(_segments(self._meaning.parse.tree))
        refused = [segment for segment in segments.spans if not self._judge(segment.of(text)).ok]
        conditions = self._conditions(segments)
        errors = self._errors([condition for segment in refused for condition in conditions[segment]])
        own, surprising = segments.grouped(errors), segments.grouped(others)
        blamed = own[None]
        for segment in refused:
            found = self._of_segment(segment, conditions[segment], own[segment], surprising[segment], errors)
            blamed += fewest(_sorted(found))
            if found:  # Beside an error of its own, what else surprises in a segment is of no interest yet.
                surprising.pop(segment, None)
            if len(blamed) >= MOST:
                break
        if not blamed:
            elsewhere = instead(text, verdict, self._meaning)
            blamed = [elsewhere or _general(verdict, Span(0, len(text)))]
        others = [other for found in surprising.values() for other in found]
        told = _sorted([*_quoting(_sorted(blamed), verdict), *beside(blamed, others)])
        return sound(told, text, self._judge)

    def _judge(self, text: str) -> Verdict:
        if text not in self._judged:
            self._judged[text] = judge(text, self._meaning.dialect)
        return self._judged[text]

    def _conditions(self, segments: Places) -> dict[Span | None, list[Condition]]:
        found: dict[Span | None, list[Condition]] = defaultdict(list)
        for condition in self._meaning.conditions:
            found[segments.around(*condition.clause.span)].append(condition)
        return found

    def _errors(self, suspects: list[Condition]) -> list[Finding]:
        """Return what the rules say of conditions that MLflow refuses; of all others they are not asked."""
        asked = replace(self._meaning, conditions=tuple(suspects))
        errors = [finding for rule in explaining(asked) for finding in rule.findings(asked)]
        if len(errors) > MOST:  # Otherwise the order of the rules stays: it says which one explains best.
            errors = _sorted(errors)[:MOST]
        clauses = Places(clause.span for clause in self._meaning.parse.tree.clauses)
        return [error for error in errors if not self._is_blameless(error, clauses)]

    def _is_blameless(self, error: Finding, clauses: Places) -> bool:
        """Whether an error stands in a clause that MLflow runs when it is alone."""
        span = clauses.around(error.start, error.end)
        return span is not None and self._judge(span.of(self._meaning.text)).ok

    def _of_segment(
        self,
        segment: Span,
        conditions: list[Condition],
        own: list[Finding],
        surprising: list[Finding],
        errors: list[Finding],
    ) -> list[Finding]:
        """Return the errors of a segment, judged alone: in MLflow's own words where no rule explains them."""
        text = segment.of(self._meaning.text)
        alone = self._judge(text)
        surprises = [
            replace(other, severity="error") for other in surprising if other.code in _SOMETIMES_REFUSED
        ]
        # What was always a mistake is one, whichever version first refused it.
        meant = replace(self._meaning, conditions=tuple(conditions))
        never_ran = bool(surprises) or any(error.code == or_unsupported.RULE.code for error in own)
        elsewhere = None if never_ran else instead(text, alone, meant)
        if elsewhere:
            return [self._with_fix_of(own, _moved(elsewhere, segment.start), segment)]
        own = own or surprises
        if not own and any(_mends(error, segment) for error in errors):
            return []
        return self._mended(own or [_general(alone, segment)], segment)

    def _mended(self, own: list[Finding], segment: Span) -> list[Finding]:
        """Leave only fixes that make MLflow run the segment; one small change that does is one mistake's."""
        inner = segment.of(self._meaning.text)
        if all(error.fixes for error in own):
            edits = [edit for error in own for edit in error.fixes[0].edits]
            # A pair of parentheses may reach beyond the segment: what is outside, its own segment judges.
            edits = [edit for edit in edits if segment.start <= edit.start and edit.end <= segment.end]
            if self._judge(apply(_shifted(edits, -segment.start), inner)).ok:
                return own
            own = [replace(error, fixes=[]) for error in own]
        found = repair(inner, self._judge)
        if not found:
            return own
        edits = _shifted(found.edits, segment.start)
        nearest = min(own, key=lambda error: abs(error.start - edits[0].start))
        return [replace(nearest, fixes=[replace(found, edits=edits)])]

    def _with_fix_of(self, own: list[Finding], finding: Finding, segment: Span) -> Finding:
        """Let a finding have the fix of the one rule that explains the segment otherwise, if it is sound."""
        fixes = own[0].fixes if len(own) == 1 else []
        edits = [edit for fix in fixes[:1] for edit in fix.edits]
        if not edits or not all(segment.start <= edit.start and edit.end <= segment.end for edit in edits):
            return finding
        inner = segment.of(self._meaning.text)
        is_sound = self._judge(apply(_shifted(edits, -segment.start), inner)).ok
        return replace(finding, fixes=fixes) if is_sound else finding


def _quoting(blamed: list[Finding], verdict: Verdict) -> list[Finding]:
    """Add MLflow's own sentence to the error that it is about: the first thing that it stumbles over."""
    place = verdict.span or Span(blamed[0].start, blamed[0].end)
    touching = [error for error in blamed if place.overlaps(Span(error.start, error.end))]
    about = (touching or blamed)[0]
    if about.code == general.RULE.code or not verdict.message:
        return blamed
    quoting = replace(about, message=f"{about.message}\nMLflow says: {general.shortened(verdict.message)}")
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


def _mends(error: Finding, segment: Span) -> bool:
    """Whether an error of another segment reaches into this one, as a pair of parentheses does."""
    edits = [edit for fix in error.fixes for edit in fix.edits]
    return any(segment.start <= edit.start and edit.end <= segment.end for edit in edits)


def _moved(finding: Finding, by: int) -> Finding:
    fixes = [replace(fix, edits=_shifted(fix.edits, by)) for fix in finding.fixes]
    return replace(finding, start=finding.start + by, end=finding.end + by, fixes=fixes)


def _shifted(edits: list[Edit], by: int) -> list[Edit]:
    return [Edit(edit.start + by, edit.end + by, edit.text) for edit in edits]


def _general(verdict: Verdict, span: Span) -> Finding:
    place = verdict.span.shifted(span.start) if verdict.span else span
    message = f"MLflow refuses this: {general.shortened(verdict.message or '')}"
    rule = general.RULE
    return Finding(rule.code, "error", message, place.start, place.end, [], rule.url)


def _sorted(found: list[Finding]) -> list[Finding]:
    return sorted(found, key=lambda finding: (finding.start, finding.end, finding.code))
