"""MLQ856: something before the key or behind the direction."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.spans import Span

from mlq.rules.order_by.item import Item
from mlq.rules.order_by.rule import OrderRule
from mlq.rules.rule import Report, replace


def check(item: Item) -> Iterator[Report]:
    if item.verdict.ok or item.is_repeated or item.is_dict or not item.key:
        return
    for span in (item.parts.lead, item.parts.tail):
        if span.start < span.end:
            yield Report(span, _message(span, item.text), replace("Leave it out", span, ""))


def _message(span: Span, text: str) -> str:
    surplus = span.of(text)
    if surplus.isspace():
        return "MLflow takes no white space before or behind an item."
    return f"An item is a key and a direction: `{surplus.strip()}` does not belong to it."


RULE = OrderRule(
    code="MLQ856",
    name="order-by-surplus",
    severity="error",
    summary="Something stands before the key or behind the direction",
    why="""An item is a key and ASC or DESC, and nothing else: no ORDER BY, no semicolon, no comma, no
comment, and not even a space at its ends.""",
    wrong="""\
metrics.auc DESC;
                ^""",
    right="metrics.auc DESC",
    check=check,
)
