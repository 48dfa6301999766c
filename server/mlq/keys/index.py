"""What is known of a store's keys and values: a frozen picture, made by `tracking`, read by `ide`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NO_KEYS: Mapping[str, KeyInfo] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """One key: how many of the runs looked at have it, and its values, the most used first.

    `values` is empty for metrics and for keys whose values are nearly all different.
    """

    name: str
    count: int = 0
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyIndex:
    """The keys of a store by kind of key, in the dialects' own names: metric, parameter, tag, attribute, dataset.

    `source` names the store for people, without credentials; `runs` is the number of runs looked at, and
    `complete` tells whether these were all there are. A key that is not here is only a key not seen.
    """

    source: str = ""
    runs: int = 0
    complete: bool = False
    kinds: Mapping[str, Mapping[str, KeyInfo]] = field(default_factory=lambda: MappingProxyType({}))

    def keys(self, kind: str) -> Mapping[str, KeyInfo]:
        """Return the keys of one kind by name; empty where none is known."""
        return self.kinds.get(kind, _NO_KEYS)


NO_KEYS = KeyIndex()
