"""The keys of one kind, found at once among a million: all is known of the most used, of the others little.

A search costs the same whatever the number of keys: whole prefixes are looked up in order, and what holds the
typed text somewhere is looked for among the most used alone.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

DETAILED = 10_000
"""So many of the most used keys are kept with all that is known; of the others, name and count."""

# Letters scattered over a name fit nearly every name of a large store.
_SCATTERED = 1_000
_SHORTEST_SCATTERED = 2
_LONGEST_SCATTERED = 30


class Numbers(NamedTuple):
    """The finite numbers that a key has, one of each of those looked at.

    `latest` is that of the newest one; `histogram` counts them in equal steps from `least` to `greatest`.
    """

    least: float
    median: float
    greatest: float
    latest: float
    histogram: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """One key: how many of those looked at have it, and its values, the most used first.

    `count` is 0 for a key that the store has but none of these. `values` is empty for metrics and for keys
    whose values are nearly all different; `is_enumerated` tells that these are all its values. `numbers` is
    for metrics alone.
    """

    name: str
    count: int = 0
    values: tuple[str, ...] = ()
    numbers: Numbers | None = None
    is_enumerated: bool = False


def order(name: str) -> tuple[str, str]:
    """Return what the names of a table's less used keys are sorted by."""
    return _folded(name), name


class KeyTable(Mapping[str, KeyInfo]):
    """Keys of one kind by name, the most used first.

    `names` are those of the less used keys, sorted by `order`, and `counts` how many have each.
    """

    __slots__ = ("_counts", "_detailed", "_names", "_pool")

    def __init__(
        self, detailed: Iterable[KeyInfo] = (), names: Sequence[str] = (), counts: Sequence[int] = ()
    ) -> None:
        self._detailed = {key.name: key for key in detailed}
        self._names = names
        self._counts = array("I", counts)
        self._pool = _Pool(tuple(islice(self, DETAILED)))

    @classmethod
    def of(cls, keys: Iterable[KeyInfo]) -> KeyTable:
        """Return the table of these keys, the most used first."""
        each = iter(keys)
        detailed = list(islice(each, DETAILED))
        others = sorted(each, key=lambda key: order(key.name))
        return cls(detailed, [key.name for key in others], [key.count for key in others])

    def __getitem__(self, name: str) -> KeyInfo:
        found = self._detailed.get(name)
        if found is not None:
            return found
        place = bisect_left(self._names, order(name), key=order)
        if place == len(self._names) or self._names[place] != name:
            raise KeyError(name)
        return KeyInfo(name, self._counts[place])

    def __iter__(self) -> Iterator[str]:
        return chain(self._detailed, self._names)

    def __len__(self) -> int:
        return len(self._detailed) + len(self._names)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, KeyTable):
            return NotImplemented
        mine, theirs = (
            (table._detailed, table._names, table._counts, list(table._detailed)) for table in (self, other)
        )
        return mine == theirs

    __hash__ = None  # type: ignore[assignment] # as Mapping has it

    def search(self, typed: str, limit: int) -> list[KeyInfo]:
        """Return at most `limit` keys for what was typed of one, the best first.

        Those that begin with it come before those that hold it, and these before those that hold its letters
        in order; case does not count.
        """
        wanted = _folded(typed)
        if not wanted:
            return [self[name] for name in islice(self, limit)]
        matches = chain(
            self._pool.beginning_with(wanted),
            self._beginning_with(wanted),
            self._pool.with_inside(wanted),
            self._pool.with_scattered(wanted),
        )
        found: dict[str, None] = {}
        for name in matches:
            found[name] = None
            if len(found) == limit:
                break
        return [self[name] for name in found]

    def most_used(self, limit: int) -> Iterator[str]:
        """Yield the names of the most used keys."""
        return islice(self, limit)

    def _beginning_with(self, wanted: str) -> Iterator[str]:
        for place in range(bisect_left(self._names, (wanted, ""), key=order), len(self._names)):
            if not _folded(self._names[place]).startswith(wanted):
                return
            yield self._names[place]


class _Pool:
    """Names in a text of a line each, where looking for a text is one pass at the speed of memory."""

    __slots__ = ("_names", "_starts", "_text")

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        lines = [_folded(name) for name in names]
        self._text = "\n".join(["", *lines, ""])
        self._starts = array("I")
        start = 0
        for line in lines:
            self._starts.append(start)
            start += len(line) + 1

    def beginning_with(self, wanted: str) -> Iterator[str]:
        return self._found(f"\n{wanted}")

    def with_inside(self, wanted: str) -> Iterator[str]:
        return self._found(wanted)

    def with_scattered(self, wanted: str) -> Iterator[str]:
        if not _SHORTEST_SCATTERED <= len(wanted) <= _LONGEST_SCATTERED:
            return
        # Each step goes to the next such letter and no further, so that there is one way to match at most.
        steps = (f"[^{re.escape(letter)}\n]*{re.escape(letter)}" for letter in wanted)
        end = self._starts[_SCATTERED] if len(self._starts) > _SCATTERED else len(self._text)
        for match in re.compile("\n" + "".join(steps)).finditer(self._text, 0, end):
            yield self._names[bisect_right(self._starts, match.start()) - 1]

    def _found(self, wanted: str) -> Iterator[str]:
        place = self._text.find(wanted)
        while 0 <= place < len(self._text) - 1:
            line = bisect_right(self._starts, place) - 1
            yield self._names[line]
            following = self._starts[line + 1] if line + 1 < len(self._starts) else len(self._text)
            place = self._text.find(wanted, following)


def _folded(name: str) -> str:
    return name.casefold().replace("\n", " ")
