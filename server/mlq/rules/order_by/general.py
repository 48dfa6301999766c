"""MLQ850: a refusal of an item that no other rule explains."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.order_by.item import Item
from mlq.rules.order_by.rule import OrderRule
from mlq.rules.rule import Report


def check(item: Item) -> Iterator[Report]:
    """Find nothing: `engine.py` reports by this rule what MLflow refuses and nobody explains."""
    del item
    return iter(())


RULE = OrderRule(
    code="MLQ850",
    name="order-by-refused",
    severity="error",
    summary="MLflow does not sort by this",
    why="""MLflow would answer this `order_by` with an error, and mlq has no better words for it than
MLflow's own. An item is a key, and behind it, if wanted, ASC or DESC.""",
    wrong="""\
*
^""",
    right="start_time DESC",
    check=check,
)
