"""A rule of names and values that a connected store has or has not; never an error: a store changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mlq.rules.base import BaseRule
from mlq.rules.rule import Report
from mlq.rules.store.known import Known

Check = Callable[[Known], Iterator[Report]]


@dataclass(frozen=True, slots=True)
class StoreRule(BaseRule):
    """One mistake that only the store tells.

    `wrong` is a filter of runs with a line of `^` under the place where the rule reports, `right` what to
    write instead, and what the fix makes of `wrong` where the rule has one; both for a store with the runs
    of `EXAMPLE`.
    """

    check: Check
