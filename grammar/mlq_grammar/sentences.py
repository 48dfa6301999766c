"""MLflow's sentences by name: refusals are worded by them, and pasted messages are recognised by them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from mlq_grammar.tables import table

_OF_OTHERS = ("others", "recognised")
_SECTIONS = (*_OF_OTHERS, "elsewhere")


@cache
def sentences() -> Mapping[str, str]:
    """Return every sentence by its name, with `{…}` for what differs, as `str.format` fills it in."""
    rows = table("messages")
    found = {name: text for name, text in rows.items() if name not in _SECTIONS}
    for section in _SECTIONS:
        found |= rows[section]
    return found


def of_others() -> frozenset[str]:
    """Return the names of the sentences that are Python's or a database's: not MLflow alone says them."""
    return frozenset(name for section in _OF_OTHERS for name in table("messages")[section])


def said(name: str, **facts: object) -> str:
    """Return a sentence, filled in."""
    return sentences()[name].format(**facts)
