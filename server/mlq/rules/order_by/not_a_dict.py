"""MLQ857: a string where logged models take a dict, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.spans import Span

from mlq.rules.order_by.item import Item, meant_direction
from mlq.rules.order_by.rule import OrderRule
from mlq.rules.rule import Report


def check(item: Item) -> Iterator[Report]:
    if item.verdict.ok:
        return
    whole = Span(0, len(item.text))
    if item.dialect.order_by.reader != "fields":
        if item.is_dict:
            yield Report(whole, "Only logged models are sorted by dicts: write a string here.")
    elif not item.is_dict:
        yield Report(whole, f"Logged models are sorted by dicts: write {_as_dict(item)}.")
    elif not item.text:
        yield Report(whole, 'A dict needs a "field_name": the column or metric to sort by.')


def _as_dict(item: Item) -> str:
    is_down = any(meant_direction(word.of(item.text)) == "DESC" for word in item.parts.directions)
    return f'{{"field_name": "{item.key or "metrics.auc"}", "ascending": {not is_down}}}'


RULE = OrderRule(
    code="MLQ857",
    name="order-by-not-a-dict",
    severity="error",
    summary="Logged models are sorted by dicts, everything else by strings",
    why="""`search_logged_models` alone takes a list of dicts, with `field_name`, and, if wanted, `ascending`,
`dataset_name` and `dataset_digest`. The other searches take strings such as `metrics.auc DESC`.""",
    wrong="""\
metrics.auc DESC
^^^^^^^^^^^^^^^^""",
    right='{"field_name": "metrics.auc", "ascending": false}',
    check=check,
    entity="logged_models",
)
