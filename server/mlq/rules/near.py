"""Which known name a misspelt one was meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def near(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that this one most likely is; None where none is near.

    Case, underscores, spaces and quotes do not count: `runName` is `run_name`.
    """
    import difflib  # few mistakes need it

    by_shape: dict[str, str] = {}
    for name in known:
        by_shape.setdefault(_shape(name), name)
    wanted = _shape(word)
    if wanted in by_shape:  # The same is the nearest, and to compare with all others takes long.
        return by_shape[wanted]
    matches = difflib.get_close_matches(wanted, by_shape, n=1, cutoff=0.75)
    return by_shape[matches[0]] if matches else None


def nearest(word: str, known: Sequence[str]) -> str | None:
    """Return the known word that this one most likely is or is short for; None where none is near.

    `xgb` is `xgboost`, and so is `xgboost-v2`; `lgbm` is `lightgbm`.
    """
    found = near(word, known)
    return found or next((name for name in known if _is_short(word.lower(), name.lower())), None)


def _is_short(one: str, other: str) -> bool:
    """Whether a word begins the other, or is its first letter and some of the others in their order."""
    if min(len(one), len(other)) < 2:
        return False
    rest = iter(other)
    is_picked = len(one) > 2 and one[0] == other[0] and all(letter in rest for letter in one)
    return is_picked or other.startswith(one) or one.startswith(other)


def _shape(word: str) -> str:
    return "".join(filter(str.isalnum, word.lower()))
