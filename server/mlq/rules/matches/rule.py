"""A rule of how many a filter matches now; never more than a hint: a store changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mlq.rules.base import BaseRule
from mlq.rules.matches.matched import Matched
from mlq.rules.rule import Report

Check = Callable[[Matched], Iterator[Report]]


@dataclass(frozen=True, slots=True)
class MatchRule(BaseRule):
    """One thing to know of what a filter finds.

    `wrong` is a filter of runs with a line of `^` under the place where the rule reports, `right` one that
    finds what was meant; both for the store of the tests. `gives_way` tells that another finding of the store
    at the same place says enough.
    """

    check: Check
    gives_way: bool = False
