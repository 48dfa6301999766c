"""`mlq.quote`: a text as a string literal of a filter."""

from __future__ import annotations

import re

from mlq.keys.quoting import write_value

# A string ends where sqlparse's does: not at a doubled quote, nor at one behind a backslash.
_WHOLE = {quote: re.compile(rf"{quote}(?:{quote}{quote}|\\{quote}|[^{quote}])*{quote}") for quote in "'\""}


def quote(value: str) -> str:
    """Return a literal that MLflow reads as this text, for filters that are put together in Python.

    The literal is for `=`, `!=`, `LIKE` and their kin. Lists undo Python's escapes, and logged models keep
    double quotes: there it is this text only where it has no backslash, no line break and no `'`.
    Raises `ValueError` where no filter can hold the text: it ends in a backslash, or has both kinds of quotes
    in it, each somewhere without another or a backslash before it. MLflow has no escapes.
    """
    literal = write_value(value) or _in_its_own_quotes(value)
    if literal is None:
        raise ValueError(f"no MLflow filter can hold the text {value!r}")
    return literal


def _in_its_own_quotes(value: str) -> str | None:
    """Put a text between quotes that stand in it too, where sqlparse reads on over those."""
    for quote, whole in _WHOLE.items():
        literal = f"{quote}{value}{quote}"
        # What follows in a filter: nothing may make the string longer or shorter.
        found = whole.match(f"{literal} {quote}")
        if found and found.end() == len(literal) and not value.endswith("\\"):
            return literal
    return None
