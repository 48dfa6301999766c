"""MLQ854: a list that sorts by one thing twice."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.order_by.item import Item
from mlq.rules.order_by.rule import OrderRule
from mlq.rules.rule import Report


def check(item: Item) -> Iterator[Report]:
    message = item.verdict.message or ""
    if item.is_repeated and "uplicate" in message:
        yield Report(
            item.parts.key, f"An item above sorts by the same as `{item.key}`: leave one of them out."
        )


RULE = OrderRule(
    code="MLQ854",
    name="order-by-duplicate",
    severity="error",
    summary="A list sorts by the same key twice",
    why="""The second of the two could change nothing, and MLflow refuses the list. Different names can mean
one column: `created` is `start_time`, `metric.a` is `metrics.a`, a model's `timestamp` is its
`last_updated_timestamp`.""",
    wrong="""\
start_time DESC
created
^^^^^^^""",
    right="start_time DESC",
    check=check,
)
