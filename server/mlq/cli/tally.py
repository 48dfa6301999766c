"""What a run of `mlq-check` has seen so far, and the exit status that it comes to."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mlq.cli import guard
from mlq.cli.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlq.cli.checked import Checked
    from mlq.cli.options import Options
    from mlq.findings import Severity

_WORDS: dict[Severity, str] = {
    "error": "error",
    "warning": "warning",
    "information": "note",
    "hint": "hint",
}


@dataclass(slots=True)
class Tally:
    """Counts what goes by, and says at once what fails."""

    prog: str
    options: Options
    texts: int = 0
    filters: int = 0
    severities: Counter[Severity] = field(default_factory=Counter)
    unjudged: Counter[str] = field(default_factory=Counter)
    failures: set[str] = field(default_factory=set)
    mended: Counter[Severity] = field(default_factory=Counter)
    mended_texts: int = 0
    progress: Progress = field(default_factory=Progress)

    def fail(self, path: str, reason: str) -> None:
        """Say, once, that something could not be checked."""
        failure = f"{path}: {reason}"
        if failure not in self.failures:
            self.failures.add(failure)
            self.progress.clear()
            guard.say(self.prog, failure)

    def counted(self, results: Iterable[Checked]) -> Iterator[Checked]:
        """Pass the results through and count them."""
        for checked in results:
            self.texts += 1
            self.filters += len(checked.regions)
            self.unjudged.update(checked.unjudged)
            self.severities.update(diagnostic.finding.severity for diagnostic in checked.diagnostics)
            if checked.diagnostics or self.options.list_filters:
                self.progress.clear()
            yield checked
        self.progress.clear()

    def mend(self, severities: Counter[Severity]) -> None:
        """Count what was, or would be, mended in one text."""
        self.mended += severities
        self.mended_texts += 1

    @property
    def status(self) -> int:
        """The exit status."""
        if self.failures:
            return guard.FAILURE
        would_change = self.options.diff and self.mended_texts
        is_wrong = self.severities["error"] or self._has_too_many_warnings or would_change
        return guard.FINDINGS if is_wrong and not self.options.exit_zero else guard.NOTHING_WRONG

    @property
    def _has_too_many_warnings(self) -> bool:
        most = self.options.max_warnings
        return most is not None and self.severities["warning"] > most

    def sum_up(self) -> None:
        """Say on standard error what it was about, so that silence is never taken for a pass."""
        if self.failures and not self.texts:
            return
        sys.stdout.flush()
        if self.mended_texts:
            done = "Suppressed" if self.options.add_ignores else "Would fix" if self.options.diff else "Fixed"
            print(f"{done} {_counted(self.mended)} in {_many(self.mended_texts, 'file')}", file=sys.stderr)
        seen = f"{_many(self.filters, 'filter')} in {_many(self.texts, 'file')}"
        found = _counted(self.severities) or "nothing to complain about"
        print(seen if self.options.list_filters else f"{seen}: {found}", file=sys.stderr)
        if self._has_too_many_warnings:
            print(f"More warnings than --max-warnings {self.options.max_warnings} allows", file=sys.stderr)
        if self.unjudged:
            entities = ", ".join(
                f"{number} over {entity}" for entity, number in sorted(self.unjudged.items())
            )
            print(f"Not judged, since this MLflow has no such search: {entities}", file=sys.stderr)


def _counted(severities: Counter[Severity]) -> str:
    """Say how many there are of each severity."""
    words: dict[Severity, str] = {
        "error": "error",
        "warning": "warning",
        "information": "note",
        "hint": "hint",
    }
    return ", ".join(_many(severities[name], word) for name, word in words.items() if severities[name])


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
