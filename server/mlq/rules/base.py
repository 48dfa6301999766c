"""What all rules have in common: what their pages, lists and findings tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mlq.findings import Severity


@dataclass(frozen=True, slots=True)
class BaseRule:
    """A mistake with its code, its name, a sentence, the reason, and an example of it and of what is right.

    A line of `^` in `wrong` marks the place above it where the rule reports.
    """

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


@cache
def page_url(code: str) -> str:
    """Return the address of a rule's page, which comes with the package."""
    return (Path(__file__).parent / "pages" / f"{code}.md").as_uri()
