"""A rule of `order_by` lists: one mistake that people make in an item, or between two."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mlq.findings import Severity
from mlq.rules.order_by.item import Item
from mlq.rules.rule import Report, page_url

Check = Callable[[Item], Iterator[Report]]


@dataclass(frozen=True, slots=True)
class OrderRule:
    """One mistake in an `order_by` list.

    `wrong` is a list for `entity`, an item a line, with a line of `^` under the place where the rule reports;
    `right` is what to write instead, and what the fix makes of `wrong` where the rule has one.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    wrong: str
    right: str
    check: Check
    entity: str = "runs"

    @property
    def url(self) -> str:
        """The address of the rule's page, which comes with the package."""
        return page_url(self.code)
