"""What the rules report: findings with edits, in offsets of the text that was checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "information", "hint"]


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in the place of the code points `start:end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend a finding. A safe fix keeps what was meant; any other must be looked at."""

    title: str
    edits: list[Edit]
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake: what is wrong, where (`start:end` in code points), and how to mend it.

    `message` says it in a person's terms; a second line, where there is one, in MLflow's own words.
    `severity` is "error" exactly when MLflow refuses the filter for it; `url` opens the rule's page.
    """

    code: str
    severity: Severity
    message: str
    start: int
    end: int
    fixes: list[Fix] = field(default_factory=list)
    url: str = ""


def apply(edits: list[Edit], text: str) -> str:
    """Return the text with all edits made. The edits must not overlap."""
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
