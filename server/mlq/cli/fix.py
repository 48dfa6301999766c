"""`--fix`: a text with the fixes of its findings made, as many as go together."""

from __future__ import annotations

import ast
import warnings
from bisect import bisect_left, insort
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mlq.cli.checked import UncheckableError
from mlq.findings import apply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mlq.cli.checked import Checked
    from mlq.cli.files import Source
    from mlq.findings import Edit, Finding, Fix, Severity

    Check = Callable[[Source], Checked]

MOST_ROUNDS = 20
"""How often a text is checked again after a change; each change leaves less to complain about."""

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "information", "hint")


@dataclass(frozen=True, slots=True)
class Fixed:
    """A text as it was and as it is mended, what is left to complain about, and how much was mended."""

    before: Source
    after: Source
    left: Checked
    mended: Counter[Severity]

    @property
    def is_changed(self) -> bool:
        """Whether anything was mended."""
        return self.before.text != self.after.text


def fix(source: Source, check: Check, *, unsafe: bool) -> Fixed:
    """Make the fixes of a text, round by round, until none is left that makes it better.

    A round whose text is not better than the one before is not taken: so fixes that undo each other end, and
    a second run finds nothing to do. Raises `UncheckableError` where Python would not compile any more.
    """
    after, left = source, check(source)
    mended: Counter[Severity] = Counter()
    for _ in range(MOST_ROUNDS):
        step = _step(after, left, check, unsafe=unsafe)
        if step is None:
            break
        after, left = step.after, step.left
        mended += step.mended
    if after.text != source.text and _compiles(source) and not _compiles(after):
        raise UncheckableError(
            "the fixes would leave Python that does not compile, so none was made; please report it"
        )
    return Fixed(source, after, left, mended)


def _step(source: Source, checked: Checked, check: Check, *, unsafe: bool) -> Fixed | None:
    """Make all fixes that go together, or else the first that makes the text better by itself."""
    fixes = list(_together(fixable(checked, unsafe=unsafe)))
    if not fixes:
        return None
    for attempt in (fixes, *([each] for each in fixes[:MOST_ROUNDS])):
        edits = [edit for _, each in attempt for edit in each.edits]
        after = replace(source, text=apply(edits, source.text))
        left = check(after)
        if _badness(left) < _badness(checked):
            return Fixed(source, after, left, Counter(finding.severity for finding, _ in attempt))
    return None


def fixable(checked: Checked, *, unsafe: bool) -> Iterator[tuple[Finding, Fix]]:
    """Yield the findings that can be mended, each with its first fix that may be made."""
    for diagnostic in checked.diagnostics:
        fixes = (each for each in diagnostic.finding.fixes if each.safe or unsafe)
        first = next(fixes, None)
        if first:
            yield diagnostic.finding, first


def _together(fixes: Iterable[tuple[Finding, Fix]]) -> Iterator[tuple[Finding, Fix]]:
    """Yield the fixes that can be made at once; of those that touch the same characters the first."""
    taken: list[tuple[int, int]] = []
    for finding, each in fixes:
        if not any(_is_taken(edit, taken) for edit in each.edits):
            for edit in each.edits:
                insort(taken, (edit.start, edit.end))
            yield finding, each


def _is_taken(edit: Edit, taken: list[tuple[int, int]]) -> bool:
    """Whether one of the spans, ascending and apart, shares a character or a place to insert with an edit."""
    at = bisect_left(taken, (edit.start, edit.end))
    return any(_clash(edit, *span) for span in taken[max(0, at - 1) : at + 2])


def _clash(edit: Edit, start: int, end: int) -> bool:
    if edit.start == edit.end or start == end:
        return (
            (edit.start, edit.end) == (start, end)
            or start < edit.start < end
            or edit.start < start < edit.end
        )
    return max(edit.start, start) < min(edit.end, end)


def _badness(checked: Checked) -> tuple[int, ...]:
    """Return what there is to complain about, the worst first, to be compared."""
    counts = Counter(diagnostic.finding.severity for diagnostic in checked.diagnostics)
    return tuple(counts[severity] for severity in _SEVERITIES)


def _compiles(source: Source) -> bool:
    """Whether a text is Python, as the Python that runs us has it; every other text is as it should be."""
    if source.language != "python":
        return True
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(source.text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True
