"""A rule of the calls around filters: one mistake that people make in what they give to a search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mlq.rules.base import BaseRule
from mlq.rules.calls.bound import Bound
from mlq.rules.rule import Report

Check = Callable[[Bound], Iterator[Report]]


@dataclass(frozen=True, slots=True)
class CallRule(BaseRule):
    """One mistake in a call of a search.

    `wrong` is Python with a line of `^` under the place where the rule reports; `right` is what to write
    instead, and what the fix makes of `wrong` where the rule has one. Both are for `mlflow_version`, where it
    matters, else for the newest. `says` is what MLflow, or Python, says of `wrong`, or how that begins.
    """

    check: Check
    mlflow_version: str | None = None
    says: str = ""
