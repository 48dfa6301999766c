"""What each search API's filter language has: read from `dialects/*.toml`, as one version of MLflow has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ValueKind = Literal["text", "number"]


@dataclass(frozen=True, slots=True)
class Key:
    """What can be compared: an attribute, or any key of an open family such as `metrics`.

    `comparators` are in canonical spelling (`IS NOT NULL`), in the order in which people should be offered
    them; `values` are the known values of an enumerated key, for completion: MLflow checks none of them.
    """

    name: str
    value: ValueKind
    comparators: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    takes_list: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """Keys under common prefixes. `type` is MLflow's own word for it (`parameter`), `prefixes[0]` the usual one.

    `keys` lists a closed family; None means that any key may follow, each like `pattern`.
    `is_bare` tells whether the keys may stand without a prefix.
    """

    type: str
    prefixes: tuple[str, ...]
    pattern: Key
    keys: tuple[Key, ...] | None = None
    is_bare: bool = False

    def key(self, name: str) -> Key | None:
        """Return the key of this name or alias; None where a closed family has no such key."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Dialect:
    """The filter language of one search API in one version of MLflow."""

    entity: str
    mlflow_version: str
    families: tuple[Family, ...]

    def family(self, prefix: str) -> Family | None:
        """Return the family that this prefix opens; None for an unknown prefix. Case matters, as in MLflow."""
        raise NotImplementedError


def load(entity: str, mlflow_version: str | None = None) -> Dialect:
    """Return an entity's dialect as this version of MLflow (default: the newest known) has it.

    Raises `KeyError` for an entity that has no table.
    """
    raise NotImplementedError
