"""A rule of names and values that a connected store has or has not; never an error: a store changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from mlq.rules.rule import Report, page_url
from mlq.rules.store.known import Known

Check = Callable[[Known], Iterator[Report]]


@dataclass(frozen=True, slots=True)
class StoreRule:
    """One mistake that only the store tells.

    `wrong` is a filter of runs with a line of `^` under the place where the rule reports, `right` what to
    write instead, and what the fix makes of `wrong` where the rule has one; both for a store with the runs
    of `EXAMPLE`.
    """

    code: str
    name: str
    severity: Literal["warning", "information"]
    summary: str
    why: str
    wrong: str
    right: str
    check: Check

    @property
    def url(self) -> str:
        """The address of the rule's page, which comes with the package."""
        return page_url(self.code)
