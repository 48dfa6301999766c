"""What a run of `mlq-check` has seen so far, and the exit status that it comes to."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mlq.cli import guard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlq.cli.checked import Checked


@dataclass(slots=True)
class Tally:
    """Counts what goes by, and says at once what fails."""

    prog: str
    texts: int = 0
    filters: int = 0
    severities: Counter[str] = field(default_factory=Counter)
    unjudged: Counter[str] = field(default_factory=Counter)
    failures: set[str] = field(default_factory=set)

    def fail(self, path: str, reason: str) -> None:
        """Say, once, that something could not be checked."""
        failure = f"{path}: {reason}"
        if failure not in self.failures:
            self.failures.add(failure)
            guard.say(self.prog, failure)

    def counted(self, results: Iterable[Checked]) -> Iterator[Checked]:
        """Pass the results through and count them."""
        for checked in results:
            self.texts += 1
            self.filters += len(checked.regions)
            self.unjudged.update(checked.unjudged)
            self.severities.update(diagnostic.finding.severity for diagnostic in checked.diagnostics)
            yield checked

    @property
    def status(self) -> int:
        """The exit status."""
        if self.failures:
            return guard.FAILURE
        return guard.FINDINGS if self.severities["error"] else guard.NOTHING_WRONG

    def sum_up(self, *, is_list: bool) -> None:
        """Say on standard error what it was about, so that silence is never taken for a pass."""
        if self.failures and not self.texts:
            return
        sys.stdout.flush()
        seen = f"{_many(self.filters, 'filter')} in {_many(self.texts, 'file')}"
        print(seen if is_list else f"{seen}: {self._findings()}", file=sys.stderr)
        if self.unjudged:
            entities = ", ".join(
                f"{number} over {entity}" for entity, number in sorted(self.unjudged.items())
            )
            print(f"Not judged, since this MLflow has no such search: {entities}", file=sys.stderr)

    def _findings(self) -> str:
        words = {"error": "error", "warning": "warning", "information": "note", "hint": "hint"}
        parts = [_many(self.severities[name], word) for name, word in words.items() if self.severities[name]]
        return ", ".join(parts) or "nothing to complain about"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
