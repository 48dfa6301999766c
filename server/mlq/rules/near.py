"""Which known name a misspelt one was meant to be."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def near(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that this one most likely is; None where none is near.

    Case, underscores, spaces and quotes do not count: `runName` is `run_name`.
    """
    by_shape: dict[str, str] = {}
    for name in known:
        by_shape.setdefault(_shape(name), name)
    matches = difflib.get_close_matches(_shape(word), by_shape, n=1, cutoff=0.75)
    return by_shape[matches[0]] if matches else None


def _shape(word: str) -> str:
    return "".join(character for character in word.lower() if character.isalnum())
