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

_LINKING_VARIABLES = ("WT_SESSION", "KONSOLE_VERSION", "DOMTERM")
_LINKING_PROGRAMS = frozenset({"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio"})
_LINKING_TERMS = frozenset({"xterm-kitty", "xterm-ghostty", "alacritty", "foot", "contour"})
_LINKING_VTE = 5000  # GNOME's terminal and its kin, from 0.50 on


@dataclass(frozen=True, slots=True)
class Style:
    """How to paint the parts of a report; without colours and links every part stays as it is."""

    has_colours: bool = False
    has_links: bool = False

    def link(self, text: str, url: str) -> str:
        """Let a text open an address where somebody clicks on it."""
        return f"\033]8;;{url}\033\\{text}\033]8;;\033\\" if self.has_links and url else text

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
    if not stream.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return Style()
    return Style(has_colours=True, has_links=_knows_links())


def _knows_links() -> bool:
    """Whether the terminal is one of those that open links; others print them as rubbish."""
    environment = os.environ
    if any(name in environment for name in _LINKING_VARIABLES):
        return True
    vte = environment.get("VTE_VERSION", "")
    return (
        environment.get("TERM_PROGRAM") in _LINKING_PROGRAMS
        or environment.get("TERM") in _LINKING_TERMS
        or (vte.isdigit() and int(vte) >= _LINKING_VTE)
    )
