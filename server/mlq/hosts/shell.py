"""Finds the filters in shell scripts: the options of MLflow's own command line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from mlq.hosts.apis import SEARCHES

if TYPE_CHECKING:
    from mlq.hosts.order_by import OrderByRegion
    from mlq.hosts.region import FilterRegion
    from mlq.hosts.valued import Value

_FILTER = "--filter-string"
_ORDER_BY = "--order-by"
# The groups of MLflow's command line that are not named like what they search.
_GROUPS = {"datasets": "evaluation_datasets", "models": "registered_models"}
_MLFLOW = re.compile(r"(?:.*/)?mlflow")
_VARIABLE = re.compile(r"\$(?:(\w+)|\{(\w+)\})")
_ITEM = re.compile(r"[^,\s](?:[^,]*[^,\s])?")
_MOST = 1_000  # of a file; keeps the time for a hostile one bounded


@lru_cache(maxsize=32)
def regions(text: str) -> tuple[FilterRegion, ...]:
    """Return the filters that a script hands to MLflow's command line, in order; never raises."""
    if _FILTER not in text:
        return ()
    from mlq.hosts.valued import region_of
    from mlq.text import LineIndex

    lines = LineIndex(text)
    found = {
        value.span: region_of(value, entity, lines)
        for entity, value in _options(text, _FILTER)
        if value.is_written
    }
    return tuple(found[span] for span in sorted(found))


def region_at(text: str, offset: int) -> FilterRegion | None:
    """Return the filter that a cursor stands in: between its quotes, and in no hole."""
    return next((region for region in regions(text) if region.place_of(offset) is not None), None)


@lru_cache(maxsize=32)
def order_by_regions(text: str) -> tuple[OrderByRegion, ...]:
    """Return what MLflow's command line is told to sort by, in order: it splits the option at commas."""
    if _ORDER_BY not in text:
        return ()
    from mlq_grammar.spans import Span

    from mlq.hosts.order_by import OrderByRegion, OrderItem
    from mlq.hosts.valued import region_of
    from mlq.text import LineIndex

    lines = LineIndex(text)
    found = []
    for entity, value in _options(text, _ORDER_BY):
        if value.gaps or len(value.stretches) != 1:
            continue
        items = [value.cut(Span(*item.span())) for item in _ITEM.finditer(value.text)]
        if items:
            found.append(
                OrderByRegion(entity, tuple(OrderItem(region_of(item, entity, lines)) for item in items))
            )
    return tuple(found)


def _options(text: str, option: str) -> Iterator[tuple[str, Value]]:
    """Yield what an option of MLflow's commands is given, with the entity that they search."""
    from mlq.hosts.shell_words import nodes_at, value_of, words_of

    places = (found.start() for found in islice(re.finditer(re.escape(option), text), _MOST))
    for command in nodes_at(text, places, "command"):
        words = words_of(command)
        texts = [value_of(text, word).text for word in words]
        entity = _entity(texts)
        for at, word in enumerate(words if entity else ()):
            if texts[at] == option and at + 1 < len(words):
                yield entity, _held(text, value_of(text, words[at + 1]))
            elif text.startswith(f"{option}=", word.start_byte):
                yield entity, _held(text, value_of(text, word, word.start_byte + len(option) + 1))


def _entity(words: list[str]) -> str:
    """Return what a command of MLflow's searches; empty where it is none of MLflow's."""
    at = next((at for at, word in enumerate(words) if _MLFLOW.fullmatch(word)), len(words))
    for word in words[at + 1 :]:
        entity = _GROUPS.get(word, word.replace("-", "_"))
        if entity in SEARCHES:
            return entity
    return ""


def _held(text: str, value: Value) -> Value:
    """Return what a variable holds that is all of a value, where it is assigned once."""
    from mlq.hosts.shell_words import assigned

    variable = _VARIABLE.fullmatch(value.gaps[0].source) if len(value.gaps) == 1 else None
    if variable is None or value.is_written:
        return value
    held = assigned(text, variable[1] or variable[2])
    return held._replace(shape="variable") if held else value
