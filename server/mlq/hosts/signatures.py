"""The functions of MLflow that search, and their parameters, as each release has them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from mlq_grammar import tables
from mlq_grammar.releases import NEWEST, numbers

CLIENT = "client"
"""Where a method of `MlflowClient` is; any other place is a module."""

_TABLE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a function."""

    name: str
    is_required: bool = False
    is_keyword_only: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """A function with its parameters in order; `where` is the module that has it, or `client`."""

    api: str
    where: str
    parameters: tuple[Parameter, ...]

    @property
    def name(self) -> str:
        """What people call it: `mlflow.search_runs`, `MlflowClient.search_runs`."""
        return f"{'MlflowClient' if self.where == CLIENT else self.where}.{self.api}"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its parameters, in order."""
        return tuple(parameter.name for parameter in self.parameters)

    @property
    def places(self) -> tuple[str, ...]:
        """The names of the parameters that need none, in order."""
        return tuple(parameter.name for parameter in self.parameters if not parameter.is_keyword_only)


def signature(api: str, *, is_client: bool, mlflow_version: str | None = None) -> Signature | None:
    """Return a method of the client, or else a module's function; None where this MLflow has none."""
    found = (each for each in all_signatures(mlflow_version) if each.api == api)
    return next((each for each in found if (each.where == CLIENT) is is_client), None)


def dates(api: str, name: str, *, is_client: bool) -> tuple[str, str] | None:
    """Return the releases that brought and took a parameter, empty where none did; None if it never was."""
    rows = [row for row in _rows() if row["api"] == api and (row["where"] == CLIENT) is is_client]
    parameters = (parameter for row in rows for parameter in row["parameters"])
    found = next((each for each in parameters if each["name"] == name), None)
    return (found.get("since", ""), found.get("until", "")) if found else None


def all_signatures(mlflow_version: str | None = None) -> tuple[Signature, ...]:
    """Return all functions that a release has; default: the newest known."""
    return _as_of(mlflow_version or NEWEST)


@lru_cache(maxsize=16)
def _as_of(mlflow_version: str) -> tuple[Signature, ...]:
    rows = tables.as_of(_rows(), numbers(mlflow_version))
    return tuple(
        Signature(row["api"], row["where"], tuple(Parameter(**each) for each in row["parameters"]))
        for row in rows
    )


@cache
def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tables.read(_TABLE)["signature"]
    return rows
