"""Counts the keys and values of runs, traces and the like, whatever kind of store they were read from."""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

MAX_VALUES = 50
MAX_VALUE_LENGTH = 200
MAX_KEYS = 1_000_000
# A store that MLflow did not fill may have names of any length.
MAX_CHARACTERS = 64 * 1024 * 1024

# Up to so many different values are always worth offering; beyond, only where they repeat.
_FEW_VALUES = 10
_HISTOGRAM_STEPS = 8

# Documents that MLflow keeps in tags and metadata: nobody filters by their text.
_DOCUMENTS = frozenset(
    {
        "mlflow.log-model.history",
        "mlflow.loggedArtifacts",
        "mlflow.loggedImages",
        "mlflow.note.content",
        "mlflow.traceInputs",
        "mlflow.traceOutputs",
        "mlflow.traceSpans",
    }
)
# Names are nearly all different, and yet what people look for.
_NAMES = frozenset({"attribute", "attributes", "dataset", "span"})


class Tally:
    """The keys seen so far, each with how many had it, how often each value was seen, and its numbers."""

    def __init__(self) -> None:
        self.seen = 0
        self._counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._values: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._numbers: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
        self._owners: dict[tuple[str, str], object] = {}
        self._listed: set[str] = set()
        self._keys_left = MAX_KEYS
        self._characters_left = MAX_CHARACTERS

    @property
    def is_full(self) -> bool:
        """Tell whether there is room for no more keys."""
        return self._keys_left <= 0 or self._characters_left <= 0

    @property
    def is_empty(self) -> bool:
        """Tell whether no key was seen."""
        return not any(self._counts.values())

    def add(self, kind: str, key: Any, value: Any = None, owner: object = None) -> None:
        """Note that something has this key, newest first; what is no text is passed over.

        An owner that has a key several times, one after the other, counts once.
        """
        if not self._knows(kind, key):
            return
        if owner is None or self._owners.get((kind, key)) != owner:
            self._counts[kind][key] += 1
            self._owners[kind, key] = owner
        if _is_worth_offering(value) and key not in _DOCUMENTS:
            self._values[kind, key][value] += 1

    def add_number(self, kind: str, key: Any, value: Any, owner: object = None) -> None:
        """Note a metric; a number that is not finite, or none, is only a key."""
        self.add(kind, key, None, owner)
        is_finite = isinstance(value, int | float) and math.isfinite(value)
        if is_finite and isinstance(key, str) and key in self._counts[kind]:
            self._numbers[kind, key].append(float(value))

    def add_dataset(self, name: Any, digest: Any, context: Any) -> None:
        """Note a dataset that a run was given; its context is a tag of the input."""
        for key, value in (("name", name), ("digest", digest), ("context", context)):
            if value:
                self.add("dataset", key, value)

    def note_counted(self, kind: str, key: str, values: Mapping[str, int]) -> None:
        """Note a key whose values the store itself has counted; anything seen so far may have it."""
        if values and self._knows(kind, key):
            self._counts[kind][key] = self.seen
            self._values[kind, key] = Counter(
                {value: count for value, count in values.items() if _is_worth_offering(value)}
            )

    def add_unseen(self, kind: str, key: Any) -> None:
        """Note a key that the store has, although none of those looked at need have it."""
        if self._knows(kind, key):
            self._counts[kind][key] += 0

    def _knows(self, kind: str, key: Any) -> bool:
        """Tell whether a key counts: a text that is known, or for which there is room."""
        if not isinstance(key, str):
            return False
        if key not in self._counts[kind]:
            if self.is_full:
                return False
            self._keys_left -= 1
            self._characters_left -= len(key)
        return True

    def note_listed(self, kind: str) -> None:
        """Note that all keys of a kind that the store has were added."""
        self._listed.add(kind)

    def to_json(self, source: str, *, complete: bool) -> dict[str, Any]:
        """Return the JSON data that `KeyIndex.from_json` understands, the most used keys and values first."""
        kinds = {kind: self._keys_to_json(kind) for kind, counts in self._counts.items() if counts}
        return {
            "source": source,
            "seen": self.seen,
            "complete": complete,
            "listed": sorted(self._listed),
            "kinds": kinds,
        }

    def _keys_to_json(self, kind: str) -> list[list[Any]]:
        by_use = sorted(self._counts[kind].items(), key=lambda item: (-item[1], item[0]))
        return [
            [key, count, *self._values_to_json(kind, key, count), self._numbers_to_json(kind, key)]
            for key, count in by_use
        ]

    def _values_to_json(self, kind: str, key: str, count: int) -> tuple[list[str], bool]:
        """Return the most used values, and whether these are all, few and often used."""
        values = self._values.get((kind, key), Counter())
        if len(values) > max(_FEW_VALUES, count / 2) and kind not in _NAMES:
            return [], False
        by_use = sorted(values.items(), key=lambda item: (-item[1], item[0]))
        is_enumerated = values.total() == count > len(values) <= min(MAX_VALUES, count / 2)
        return [value for value, _ in by_use[:MAX_VALUES]], is_enumerated

    def _numbers_to_json(self, kind: str, key: str) -> list[Any] | None:
        numbers = self._numbers.get((kind, key))
        if not numbers:
            return None
        least, greatest = min(numbers), max(numbers)
        return [least, statistics.median(numbers), greatest, numbers[0], _histogram(numbers, least, greatest)]


def _histogram(numbers: list[float], least: float, greatest: float) -> list[int]:
    step = greatest / _HISTOGRAM_STEPS - least / _HISTOGRAM_STEPS
    counts = [0] * _HISTOGRAM_STEPS
    for number in numbers:
        # Divided first: the difference of two huge numbers is infinite.
        at = int(number / step - least / step) if step else 0
        counts[max(0, min(_HISTOGRAM_STEPS - 1, at))] += 1
    return counts


def _is_worth_offering(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MAX_VALUE_LENGTH and value.isprintable()
