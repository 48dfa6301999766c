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
from mlq.rules.matches import MATCH_RULES
from mlq.rules.store import STORE_RULES
from mlq.settings.selectors import exactness, is_selector, meant

_ABOUT_COMMENTS = frozenset(rule.code for rule in COMMENT_RULES)
_OF_STORES = frozenset(rule.code for rule in (*STORE_RULES, *MATCH_RULES))


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

    def means(self, finding: Finding) -> bool:
        """Whether it names a finding's rule."""
        if self.name:
            return exactness(self.name.text, finding.code) > 0
        return finding.code not in _ABOUT_COMMENTS


class _Suppressions:
    """Suppressions by the lines that they speak of, so that each finding asks only few."""

    def __init__(self, suppressions: Iterable[_Suppression]) -> None:
        self._file_wide: list[_Suppression] = []
        self._frames: dict[int, Frame] = {}
        self._beside: dict[tuple[int, int], list[_Suppression]] = {}
        self._above: dict[tuple[int, int], list[_Suppression]] = {}
        for each in suppressions:
            self._add(each)

    def _add(self, each: _Suppression) -> None:
        directive, frame = each.directive, each.frame
        key = id(frame)
        self._frames[key] = frame
        if directive.is_file_wide:
            self._file_wide.append(each)
        elif not frame.is_alone(directive.comment):
            self._beside.setdefault((key, frame.line(directive.comment.start)), []).append(each)
        elif each.name or not directive.is_noqa:
            # A bare noqa is every tool's, and no other takes one that stands alone for the next line's.
            self._above.setdefault((key, frame.below(directive.comment)), []).append(each)

    def suppress(self, finding: Finding) -> bool:
        """Whether any suppresses a finding; all that do are marked as used."""
        hits = [each for each in self._speaking_of(Span(finding.start, finding.end)) if each.means(finding)]
        for each in hits:
            each.is_used = True
        return bool(hits)

    def _speaking_of(self, span: Span) -> Iterator[_Suppression]:
        yield from self._file_wide
        for key, frame in self._frames.items():
            inner = frame.inner(span)
            if inner is not None:
                reach = frame.reach(inner)
                for line in reach.beside:
                    yield from self._beside.get((key, line), ())
                for line in reach.above:
                    yield from self._above.get((key, line), ())


def unsuppressed(document: Document, found: list[Diagnostic]) -> list[Diagnostic]:
    """Return the findings that no comment suppresses, and what is wrong with such comments. Never raises."""
    if not MAY_SUPPRESS.search(document.text):
        return found
    suppressions = list(_suppressions(document))
    by_line = _Suppressions(suppressions)
    left = [each for each in found if not by_line.suppress(each.finding)]
    # What is said of comments can be suppressed as well, by those that name its rule.
    others = [each for each in suppressions if not each.is_about_comments]
    reports = [report for report in (*_unknown(others), *_unused(others)) if not by_line.suppress(report)]
    reports += _unused(each for each in suppressions if each.is_about_comments)
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
    for (_, directive), group in groupby(suppressions, lambda each: (id(each.frame), each.directive)):
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
