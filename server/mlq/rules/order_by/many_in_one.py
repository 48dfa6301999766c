"""MLQ855: several keys in one item."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.order_by.item import Item
from mlq.rules.order_by.rule import OrderRule
from mlq.rules.rule import Report


def check(item: Item) -> Iterator[Report]:
    if not item.verdict.ok and not item.is_repeated and item.commas:
        yield Report(item.commas[0], "An item is one key: give each its own string in the list.")


RULE = OrderRule(
    code="MLQ855",
    name="order-by-many-in-one",
    severity="error",
    summary="One item holds several keys",
    why="""`order_by` is a list of strings, one for each key, and not a clause of SQL with commas in it:
`["metrics.auc DESC", "start_time"]`.""",
    wrong="""\
metrics.auc DESC, start_time
                ^^""",
    right="""\
metrics.auc DESC
start_time""",
    check=check,
)
