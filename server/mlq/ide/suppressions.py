"""Which findings comments suppress, and which of these comments suppress nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from mlq_grammar.spans import Span

from mlq.findings import Edit, Finding, Fix
from mlq.ide.directives import MAY_SUPPRESS, Directive, Name, directives
from mlq.ide.frames import Frame, frames
from mlq.ide.model import Diagnostic, Document
from mlq.rules.comments import COMMENT_RULES, unknown_rule, unused_suppression
from mlq.rules.comments.rule import CommentRule
from mlq.rules.store import STORE_RULES
from mlq.settings.selectors import exactness, is_selector, meant

_ABOUT_COMMENTS = frozenset(rule.code for rule in COMMENT_RULES)
_OF_STORES = frozenset(rule.code for rule in STORE_RULES)


@dataclass(slots=True)
class _Suppression:
    """One name of a directive, or None for all rules; and whether it has suppressed anything yet."""

    directive: Directive
    name: Name | None
    frame: Frame
    is_used: bool = False

    @property
    def is_known(self) -> bool:
        """Whether it names a rule."""
        return self.name is None or is_selector(self.name.text)

    @property
    def is_about_comments(self) -> bool:
        """Whether it names one of the rules of suppressions themselves."""
        return self._names_one_of(_ABOUT_COMMENTS)

    @property
    def is_of_stores(self) -> bool:
        """Whether it names a rule that speaks only where a store is connected, which need not be here."""
        return self._names_one_of(_OF_STORES)

    def _names_one_of(self, codes: frozenset[str]) -> bool:
        return self.name is not None and any(exactness(self.name.text, code) > len("MLQ") for code in codes)

    def suppresses(self, finding: Finding) -> bool:
        """Whether it suppresses a finding; remembers that it does."""
        if self.name:
            is_meant = exactness(self.name.text, finding.code) > 0
        else:
            is_meant = finding.code not in _ABOUT_COMMENTS
        if is_meant and self._speaks_of(Span(finding.start, finding.end)):
            self.is_used = True
            return True
        return False

    def _speaks_of(self, span: Span) -> bool:
        directive, frame = self.directive, self.frame
        if directive.is_file_wide:
            return True
        inner = frame.inner(span)
        if inner is None:
            return False
        if not frame.is_alone(directive.comment):
            return frame.line(directive.comment.start) in frame.reach(inner).beside
        # A bare noqa is every tool's, and no other takes one that stands alone for the next line's.
        is_others = directive.is_noqa and self.name is None
        return not is_others and frame.below(directive.comment) in frame.reach(inner).above


def unsuppressed(document: Document, found: list[Diagnostic]) -> list[Diagnostic]:
    """Return the findings that no comment suppresses, and what is wrong with such comments. Never raises."""
    if not MAY_SUPPRESS.search(document.text):
        return found
    suppressions = list(_suppressions(document))
    left = [each for each in found if not _are_suppressed(each.finding, suppressions)]
    about_comments = [each for each in suppressions if each.is_about_comments]
    others = [each for each in suppressions if not each.is_about_comments]
    # What is said of comments can be suppressed as well, by those that name its rule.
    reports = [*_unknown(others), *_unused(others)]
    reports = [report for report in reports if not _are_suppressed(report, about_comments)]
    reports += _unused(about_comments)
    return [*left, *map(Diagnostic, reports)]


def _suppressions(document: Document) -> Iterator[_Suppression]:
    """Yield the suppressions of a file, each once: a cell may be read as part of several texts."""
    seen: set[Span] = set()
    for frame in frames(document.text, document.language):
        for comment in frame.commented.comments:
            place = frame.outer(comment)
            if place in seen:
                continue
            seen.add(place)
            for directive in directives(frame.text, comment):
                names = (None,) if directive.names is None else directive.ours
                yield from (_Suppression(directive, name, frame) for name in names)


def _are_suppressed(finding: Finding, suppressions: Iterable[_Suppression]) -> bool:
    # All are asked: each that speaks of a finding is of use.
    return bool([each for each in suppressions if each.suppresses(finding)])


def _unknown(suppressions: Iterable[_Suppression]) -> Iterator[Finding]:
    for each in suppressions:
        if each.name and not each.is_known:
            text, span = each.name
            near = meant(text)
            if near:
                fix, hint = Fix(f"Write {near}", [Edit(*span, near)], safe=False), f"Did you mean {near}?"
            else:
                edit = each.directive.without({each.name}, each.frame.text)
                fix, hint = Fix(f"Remove {text}", [edit]), "`mlq rule` lists all rules."
            yield _finding(unknown_rule.RULE, each.frame, span, f"There is no rule {text}. {hint}", fix)


def _unused(suppressions: Iterable[_Suppression]) -> Iterator[Finding]:
    """Yield one finding for each directive of which something is of no use."""
    for directive, group in groupby(suppressions, lambda each: each.directive):
        each_one = list(group)
        frame = each_one[0].frame
        unused = [each for each in each_one if each.is_known and not each.is_used and not each.is_of_stores]
        if not unused or (directive.is_noqa and directive.names is None):
            continue
        names = [each.name for each in unused if each.name]
        is_whole = len(names) == len(directive.names or ())
        what = " and ".join(name.text for name in names) or "This comment"
        span = directive.span if is_whole else Span(names[0].span.start, names[-1].span.end)
        fix = Fix(f"Remove {what}" if names else "Remove the comment", [directive.without(names, frame.text)])
        verb = "suppress" if len(names) > 1 else "suppresses"
        yield _finding(unused_suppression.RULE, frame, span, f"{what} {verb} nothing here.", fix)


def _finding(rule: CommentRule, frame: Frame, span: Span, message: str, fix: Fix) -> Finding:
    edits = [frame.in_file(edit) for edit in fix.edits]
    placed = [edit for edit in edits if edit]
    fixes = [Fix(fix.title, placed, fix.safe)] if len(placed) == len(edits) else []
    outer = frame.outer(span)
    return Finding(rule.code, rule.severity, message, outer.start, outer.end, fixes, rule.url)
