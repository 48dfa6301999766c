"""A rule of the calls around filters: one mistake that people make in what they give to a search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mlq.findings import Severity
from mlq.rules.calls.bound import Bound
from mlq.rules.rule import Report, page_url

Check = Callable[[Bound], Iterator[Report]]


@dataclass(frozen=True, slots=True)
class CallRule:
    """One mistake in a call of a search.

    `wrong` is Python with a line of `^` under the place where the rule reports; `right` is what to write
    instead, and what the fix makes of `wrong` where the rule has one. Both are for `mlflow_version`, where it
    matters, else for the newest. `says` is what MLflow, or Python, says of `wrong`, or how that begins.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    wrong: str
    right: str
    check: Check
    mlflow_version: str | None = None
    says: str = ""

    @property
    def url(self) -> str:
        """The address of the rule's page, which comes with the package."""
        return page_url(self.code)
