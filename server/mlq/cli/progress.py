"""A line on the terminal that says how far a long run has come, and goes away before all else is said."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, field

PATIENCE = 1.0
"""The seconds that nobody needs to be told about."""
PAUSE = 0.1
"""The seconds between two changes of the line."""


def _is_shown() -> bool:
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


@dataclass(slots=True)
class Progress:
    """Counts what was begun; without a terminal it does nothing."""

    is_shown: bool = field(default_factory=_is_shown)
    count: int = 0
    _due: float = field(default_factory=lambda: time.monotonic() + PATIENCE)
    _is_drawn: bool = False

    def begin(self, name: str) -> None:
        """Hear of the next file."""
        self.count += 1
        if self.is_shown and time.monotonic() >= self._due:
            self._due = time.monotonic() + PAUSE
            self._is_drawn = True
            from mlq.cli.frame import printable

            # As long as the terminal is wide, or it could not be taken back.
            line = printable(f"{self.count} files, {name}")[: _columns() // 2]
            print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the line back, since something else is about to be printed."""
        if self._is_drawn:
            self._is_drawn = False
            print("\r\033[K", end="", file=sys.stderr, flush=True)
