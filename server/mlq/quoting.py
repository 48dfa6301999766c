"""`mlq.quote`: a text as a string literal of a filter."""

from __future__ import annotations

from mlq.keys.quoting import write_value


def quote(value: str) -> str:
    """Return a literal that MLflow reads as this text, for filters that are put together in Python.

    Raises `ValueError` where no filter can hold the text: it has both kinds of quotes in it, or ends in a
    backslash. MLflow has no escapes.
    """
    literal = write_value(value)
    if literal is None:
        raise ValueError(f"no MLflow filter can hold the text {value!r}")
    return literal
