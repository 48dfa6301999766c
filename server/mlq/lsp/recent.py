"""A table of what was used last: what is used least is dropped where it grows too large."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """A dictionary of at most `size` entries; `drop` hears of each one that leaves it."""

    def __init__(self, size: int, drop: Callable[[Key, Value], None] = lambda *_: None) -> None:
        self._size = size
        self._drop = drop
        self._entries: OrderedDict[Key, Value] = OrderedDict()

    def __iter__(self) -> Iterator[Key]:
        return iter(tuple(self._entries))

    def get(self, key: Key) -> Value | None:
        """Return an entry, which counts as used now; None where there is none."""
        if key in self._entries:
            self._entries.move_to_end(key)
        return self._entries.get(key)

    def put(self, key: Key, value: Value) -> Value:
        """Set an entry, and return its value."""
        self._entries[key] = value
        self._entries.move_to_end(key)
        while len(self._entries) > self._size:
            self._drop(*self._entries.popitem(last=False))
        return value

    def values(self) -> tuple[Value, ...]:
        """Return the values, the one used last at the end."""
        return tuple(self._entries.values())

    def clear(self) -> None:
        """Drop all."""
        while self._entries:
            self._drop(*self._entries.popitem(last=False))
