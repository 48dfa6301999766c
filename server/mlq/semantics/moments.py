"""Which keys are moments in time, and the moments that people mean by words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from mlq_grammar.dialect import Key


def is_moment(key: Key) -> bool:
    """Whether a key is a moment in milliseconds since 1970, and no duration."""
    if key.value != "number" or key.name.startswith("execution"):
        return False
    return "timestamp" in key.name or key.name.removesuffix("_ms").endswith(("_time", "_at"))


def moments(now: datetime) -> Iterator[tuple[str, datetime]]:
    """Yield what people call the beginnings of the time up to now, the nearest first.

    Days begin at midnight where `now` has its clock.
    """
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    yield "an hour ago", now - timedelta(hours=1)
    yield "today", today
    yield "yesterday", today - timedelta(days=1)
    yield "last 7 days", today - timedelta(days=7)
    yield "last 30 days", today - timedelta(days=30)
    yield "this month", today.replace(day=1)
    yield "this year", today.replace(month=1, day=1)
