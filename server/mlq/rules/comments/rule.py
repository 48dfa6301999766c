"""A rule of the comments that suppress findings."""

from __future__ import annotations

from dataclasses import dataclass

from mlq.findings import Severity
from mlq.rules.rule import page_url


@dataclass(frozen=True, slots=True)
class CommentRule:
    """One mistake in a suppression. `wrong` is a Python file with a line of `^` under the place of it."""

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    wrong: str
    right: str

    @property
    def url(self) -> str:
        """The address of the rule's page, which comes with the package."""
        return page_url(self.code)
