"""A picture of keys in parts, each so small that whoever reads one has time for other things in between.

A part is `{"kind", "keys"}` with the most used keys as `KeyIndex.to_json` describes them, `{"kind", "names",
"counts"}` with the others in the order of `mlq.keys.table.order`, or, as the last one, `{"picture"}`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mlq.keys.index import index_of, keys_from_json
from mlq.keys.table import DETAILED, KeyTable, order

if TYPE_CHECKING:
    from mlq.keys.index import KeyIndex
    from mlq.keys.table import KeyInfo

_KEYS_A_PART = 200
_NAMES_A_PART = 2_000
# Names may have any length in a store that was not filled by MLflow.
_CHARACTERS_A_PART = 100_000


def parts_of(picture: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the parts of a picture as `KeyIndex.to_json` describes it."""
    for kind, keys in picture["kinds"].items():
        for some in _split(keys[:DETAILED], _KEYS_A_PART):
            yield {"kind": kind, "keys": some}
        others = sorted(keys[DETAILED:], key=lambda key: order(key[0]))
        for some in _split(others, _NAMES_A_PART):
            yield {"kind": kind, "names": [key[0] for key in some], "counts": [key[1] for key in some]}
    yield {"picture": {name: value for name, value in picture.items() if name != "kinds"}}


def _split(keys: Sequence[Any], most: int) -> Iterator[list[Any]]:
    some: list[Any] = []
    characters = 0
    for key in keys:
        characters += len(key[0])
        if some and (len(some) == most or characters > _CHARACTERS_A_PART):
            yield some
            some, characters = [], len(key[0])
        some.append(key)
    if some:
        yield some


class Assembly:
    """Puts parts together, picture after picture."""

    def __init__(self) -> None:
        self._forget()

    def add(self, part: Any, digest: str = "") -> KeyIndex | None:
        """Return the picture that a part completes, if any. Raises `ValueError` for what is no part."""
        try:
            if "picture" in part:
                tables = {kind: KeyTable(*self._of_kind(kind)) for kind in self._kinds}
                index = index_of(part["picture"], tables, digest)
                self._forget()
                return index
            self._add_keys(part)
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
            raise ValueError("this is no part of a picture of keys") from error
        return None

    def _add_keys(self, part: Any) -> None:
        kind = str(part["kind"])
        self._kinds[kind] = None
        if "keys" in part:
            self._detailed[kind] += keys_from_json(part["keys"])
        else:
            names, counts = part["names"], part["counts"]
            if len(names) != len(counts):
                raise ValueError("a count is missing")
            self._names[kind] += map(str, names)
            self._counts[kind] += map(int, counts)

    def _of_kind(self, kind: str) -> tuple[list[KeyInfo], list[str], list[int]]:
        return self._detailed[kind], self._names[kind], self._counts[kind]

    def _forget(self) -> None:
        self._kinds: dict[str, None] = {}
        self._detailed: defaultdict[str, list[KeyInfo]] = defaultdict(list)
        self._names: defaultdict[str, list[str]] = defaultdict(list)
        self._counts: defaultdict[str, list[int]] = defaultdict(list)
