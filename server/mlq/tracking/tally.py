"""Counts the keys and values of runs, whatever kind of store they were read from."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

MAX_VALUES = 50
MAX_VALUE_LENGTH = 200
MAX_KEYS = 50_000

# Up to so many different values are always worth offering; beyond, only where they repeat.
_FEW_VALUES = 10

# Documents that MLflow keeps in tags: nobody filters by their text.
_DOCUMENTS = frozenset(
    {"mlflow.log-model.history", "mlflow.loggedArtifacts", "mlflow.loggedImages", "mlflow.note.content"}
)


class Tally:
    """The keys seen so far, each with how many runs had it and how often each value was seen."""

    def __init__(self) -> None:
        self.runs = 0
        self._counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._values: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    @property
    def is_empty(self) -> bool:
        """Tell whether no key was seen."""
        return not self._counts

    def add(self, kind: str, key: Any, value: Any = None) -> None:
        """Note that a run has this key; what is no text, as foreign stores may have it, is passed over."""
        if not isinstance(key, str):
            return
        self._counts[kind][key] += 1
        if _is_worth_offering(value) and key not in _DOCUMENTS:
            self._values[kind, key][value] += 1

    def add_dataset(self, name: Any, digest: Any, context: Any) -> None:
        """Note a dataset that a run was given; its context is a tag of the input."""
        for key, value in (("name", name), ("digest", digest), ("context", context)):
            if value:
                self.add("dataset", key, value)

    def add_unseen(self, kind: str, key: Any) -> None:
        """Note a key that the store has, although none of the runs looked at need have it."""
        if not isinstance(key, str):
            return
        self._counts[kind][key] += 0

    def to_json(self, source: str, *, complete: bool) -> dict[str, Any]:
        """Return the JSON data that `KeyIndex.from_json` understands, the most used keys and values first."""
        kinds = {kind: self._keys_to_json(kind) for kind in self._counts}
        return {"source": source, "runs": self.runs, "complete": complete, "kinds": kinds}

    def _keys_to_json(self, kind: str) -> list[list[Any]]:
        by_use = sorted(self._counts[kind].items(), key=lambda item: (-item[1], item[0]))
        return [[key, count, self._top_values(kind, key, count)] for key, count in by_use[:MAX_KEYS]]

    def _top_values(self, kind: str, key: str, count: int) -> list[str]:
        values = self._values.get((kind, key), Counter())
        # Names are nearly all different, and yet what people look for.
        is_name = kind in {"attribute", "dataset"}
        if len(values) > max(_FEW_VALUES, count / 2) and not is_name:
            return []
        by_use = sorted(values.items(), key=lambda item: (-item[1], item[0]))
        return [value for value, _ in by_use[:MAX_VALUES]]


def _is_worth_offering(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MAX_VALUE_LENGTH and value.isprintable()
