"""MLQ858: a direction that MLflow reads as a part of the key."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlq_grammar.spans import Span

from mlq.rules.order_by.item import Item
from mlq.rules.order_by.rule import OrderRule
from mlq.rules.rule import Report, replace

_INSIDE = re.compile(
    r"(?P<key>.*\S)(?P<direction>\s+(?:ASC|DESC))(?P<quote>[`\"'])$", re.IGNORECASE | re.DOTALL
)
_GLUED = re.compile(r"(?<=[a-z0-9])(?:ASC|DESC)$")


def check(item: Item) -> Iterator[Report]:
    if not item.verdict.ok or item.is_dict or item.parts.directions:
        return
    inside, glued = _INSIDE.match(item.text), _GLUED.search(item.text)
    if inside:
        span = Span(*inside.span("direction"))
        direction = inside["direction"].strip()
        better = f"{inside['key']}{inside['quote']} {direction}"
        message = f"MLflow takes {direction} for a part of the key here: write it behind the quote."
        if item.runs(better):
            whole = Span(span.start, len(item.text))
            yield Report(span, message, replace("Write it behind", whole, f"{inside['quote']} {direction}"))
    elif glued and item.runs(f"{item.text[: glued.start()]} {glued.group()}"):
        message = f"MLflow takes {glued.group()} for a part of the key: a space is missing before it."
        start = glued.start()
        yield Report(Span(*glued.span()), message, replace("Add a space", Span(start, start), " "))


RULE = OrderRule(
    code="MLQ858",
    name="order-by-swallowed-direction",
    severity="warning",
    summary="A direction is read as a part of the key",
    why="""MLflow runs this, sorts by a key that nothing has, and so in no order that was meant: any key may
follow `metrics.`, `params.` and `tags.`, and in quotes it holds whatever stands there.""",
    wrong="""\
metrics.accuracyDESC
                ^^^^""",
    right="metrics.accuracy DESC",
    check=check,
)
