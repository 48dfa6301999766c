"""Mistakes of ours that must not take the rest with them: they are told to whoever listens, or logged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Subject = TypeVar("Subject")
Report = TypeVar("Report")
Listener = Callable[[str, Exception], None]

_LISTENER: ContextVar[Listener | None] = ContextVar("listener", default=None)


def contained(what: str, check: Callable[[Subject], Iterator[Report]], subject: Subject) -> Iterator[Report]:
    """Yield what a check reports; where it crashes, tell of it by the name `what` and end."""
    try:
        yield from check(subject)
    except Exception as error:  # noqa: BLE001 (whatever it is, other checks have their say)
        _tell(what, error)


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """Let a function hear of what crashes within, instead of the log."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def _tell(what: str, error: Exception) -> None:
    listener = _LISTENER.get()
    if listener:
        listener(what, error)
        return
    import logging  # slow to import, and the command line has its own way to say it

    logging.getLogger(__name__).error("%s failed", what, exc_info=error)
