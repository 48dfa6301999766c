"""MLQ853: a key that needs quotes here, or must not have any."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.order_by.item import Item
from mlq.rules.order_by.rule import OrderRule
from mlq.rules.rule import Report, replace


def check(item: Item) -> Iterator[Report]:
    if item.verdict.ok or item.is_repeated or item.is_dict or item.commas or item.key_runs:
        return
    prefix, dot, name = item.key.partition(".")
    bare = (name if dot else prefix).strip("`\"'")
    if not bare or any(character in "<>=!" for character in bare):
        return
    quoted = f"{prefix}.`{bare}`" if dot else f"`{bare}`"
    unquoted = f"{prefix}.{bare}" if dot else bare
    behind = " DESC" if item.parts.directions or item.parts.sign.of(item.text) else ""
    if item.runs(f"{quoted}{behind}"):
        yield _report(item, f"`{bare}` is a key only in backticks.", quoted)
    elif unquoted != item.key and item.runs(f"{unquoted}{behind}"):
        message = "Without a direction behind it, this key keeps its quotes: leave them out."
        yield _report(item, message, unquoted)
    elif not behind and item.runs(f"{quoted} ASC"):
        message = f"`{bare}` is a key only in backticks and with a direction behind it."
        yield _report(item, message, f"{quoted} ASC")


def _report(item: Item, message: str, better: str) -> Report:
    return Report(item.parts.key, message, replace(f"Write {better}", item.parts.key, better))


RULE = OrderRule(
    code="MLQ853",
    name="order-by-quoting",
    severity="error",
    summary="A key needs backticks, or must not have quotes",
    why="""As in a filter, a key with spaces, slashes or hyphens stands in backticks. Where columns have no
prefix, MLflow takes quotes off only if ASC or DESC follows: `name` in backticks alone is no column.""",
    wrong="""\
metrics.val/loss DESC
^^^^^^^^^^^^^^^^""",
    right="metrics.`val/loss` DESC",
    check=check,
)
