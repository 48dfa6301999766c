"""A rule of `order_by` lists: one mistake that people make in an item, or between two."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mlq.rules.base import BaseRule
from mlq.rules.order_by.item import Item
from mlq.rules.rule import Report

Check = Callable[[Item], Iterator[Report]]


@dataclass(frozen=True, slots=True)
class OrderRule(BaseRule):
    """One mistake in an `order_by` list.

    `wrong` is a list for `entity`, an item a line, with a line of `^` under the place where the rule reports;
    `right` is what to write instead, and what the fix makes of `wrong` where the rule has one.
    """

    check: Check
    entity: str = "runs"
