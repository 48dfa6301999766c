"""MLQ852: a direction that is not ASC or DESC behind the key."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlq_grammar.spans import Span

from mlq.findings import Edit, Fix
from mlq.rules.order_by.item import Item, is_nulls, meant_direction
from mlq.rules.order_by.rule import OrderRule
from mlq.rules.rule import Report, replace

_GLUED = re.compile(r"(?<=\w)(?:ASC|DESC)$", re.IGNORECASE)


def check(item: Item) -> Iterator[Report]:
    if item.verdict.ok or item.is_repeated or item.commas:
        return
    if item.is_dict:
        yield from _of_dict(item)
    elif item.parts.sign.start < item.parts.sign.end:
        yield from _of_sign(item)
    elif item.parts.directions:
        yield from _of_words(item, item.parts.directions)
    else:
        yield from _of_key(item)


def _of_dict(item: Item) -> Iterator[Report]:
    if item.parts.directions:
        span = item.parts.directions[0].joined(item.parts.directions[-1])
        yield Report(
            span, 'The direction is a field of its own: write "ascending": False beside "field_name".'
        )


def _of_sign(item: Item) -> Iterator[Report]:
    sign, key, _, _ = item.parts[1:]
    if not item.parts.directions:
        direction = "DESC" if sign.of(item.text) == "-" else "ASC"
        edits = [Edit(sign.start, sign.end, ""), Edit(key.end, key.end, f" {direction}")]
        yield Report(
            sign, f"MLflow has no sign before a key: write {direction} behind it.", Fix("Use a word", edits)
        )


def _of_words(item: Item, words: tuple[Span, ...]) -> Iterator[Report]:
    span = words[0].joined(words[-1])
    texts = [word.of(item.text) for word in words]
    nulls = [word for word, text in zip(words, texts, strict=True) if is_nulls(text)]
    meant = [direction for text in texts if not is_nulls(text) and (direction := meant_direction(text))]
    if nulls:
        place = nulls[0].joined(nulls[-1])
        message = "MLflow has no NULLS FIRST or NULLS LAST: what lacks the key always comes last."
        yield Report(place, message, _instead(item, span, meant))
    elif len(words) > 1:
        message = "An item has one direction, ASC or DESC."
        yield Report(span, message, _instead(item, span, meant) if len(set(meant)) == 1 else None)
    elif not meant:
        yield Report(span, f"`{texts[0]}` is no direction: write ASC or DESC.")
    elif texts[0].upper() not in ("ASC", "DESC"):
        message = f"`{texts[0]}` is no direction of MLflow's: write {meant[0]}."
        yield Report(span, message, replace(f"Write {meant[0]}", span, meant[0]))


def _instead(item: Item, span: Span, meant: list[str]) -> Fix:
    """Leave the first direction that was meant; no direction at all if none was."""
    if meant:
        return replace(f"Write {meant[0]}", span, meant[0])
    return replace("Leave it out", Span(item.parts.key.end, span.end), "")


def _of_key(item: Item) -> Iterator[Report]:
    """Find a direction before the key, or one without a space before it."""
    first, _, rest = item.key.partition(" ")
    meant = meant_direction(first) if rest else None
    glued = _GLUED.search(item.key)
    if meant and item.runs(f"{rest.strip()} {meant}"):
        fix = replace("Write it behind the key", item.parts.key, f"{rest.strip()} {meant}")
        span = Span(item.parts.key.start, item.parts.key.start + len(first))
        yield Report(span, "The direction stands behind the key.", fix)
    elif glued and item.runs(f"{item.key[: glued.start()]} {glued.group()}"):
        start = item.parts.key.start + glued.start()
        span = Span(start, item.parts.key.end)
        fix = replace("Add a space", Span(start, start), " ")
        yield Report(span, f"There is no space before {glued.group()}.", fix)


RULE = OrderRule(
    code="MLQ852",
    name="order-by-direction",
    severity="error",
    summary="A direction is not ASC or DESC",
    why="""Behind the key stands one word, ASC or DESC, in any case; without it MLflow sorts upwards.
Where NULL values go cannot be said: what lacks the key comes last in either direction.""",
    wrong="""\
metrics.accuracy descending
                 ^^^^^^^^^^""",
    right="metrics.accuracy DESC",
    check=check,
)
