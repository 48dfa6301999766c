"""MLflow's sentences by name: refusals are worded by them, and pasted messages are recognised by them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from mlq_grammar.tables import table

_OTHERS = "others"


@cache
def sentences() -> Mapping[str, str]:
    """Return every sentence by its name, with `{…}` for what differs, as `str.format` fills it in."""
    own = {name: text for name, text in table("messages").items() if name != _OTHERS}
    return {**own, **table("messages")[_OTHERS]}


def of_others() -> frozenset[str]:
    """Return the names of the sentences that are Python's or the database's, and mean MLflow only from it."""
    return frozenset(table("messages")[_OTHERS])


def said(name: str, **facts: object) -> str:
    """Return a sentence, filled in."""
    return sentences()[name].format(**facts)
