"""Colours, where there is a terminal to show them and nobody has asked for none."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

    from mlq.findings import Severity

_RESET = "\033[0m"
_SEVERITIES: dict[Severity, str] = {
    "error": "\033[1;31m",
    "warning": "\033[1;33m",
    "information": "\033[1;34m",
    "hint": "\033[1;36m",
}
_CHANGES = {"+": "\033[32m", "-": "\033[31m", "@": "\033[36m"}


@dataclass(frozen=True, slots=True)
class Style:
    """How to paint the parts of a report; without colours every part stays as it is."""

    has_colours: bool = False

    def severity(self, text: str, severity: Severity) -> str:
        """Paint what speaks of a finding of this severity."""
        return self._paint(text, _SEVERITIES[severity])

    def strong(self, text: str) -> str:
        """Paint a message."""
        return self._paint(text, "\033[1m")

    def faint(self, text: str) -> str:
        """Paint what only frames the rest: line numbers, addresses."""
        return self._paint(text, "\033[2m")

    def better(self, text: str) -> str:
        """Paint what to write instead."""
        return self._paint(text, "\033[32m")

    def change(self, text: str) -> str:
        """Paint a line of a diff by its first character."""
        return self._paint(text, _CHANGES.get(text[:1], ""))

    def _paint(self, text: str, colour: str) -> str:
        return f"{colour}{text}{_RESET}" if self.has_colours and text and colour else text


def style_for(stream: TextIO) -> Style:
    """Return the style that suits a stream; see no-color.org for NO_COLOR."""
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return Style(has_colours=stream.isatty() and not is_plain)
