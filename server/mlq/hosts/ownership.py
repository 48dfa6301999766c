"""Whether a call is MLflow's, and which of its arguments are filters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mlq.hosts.apis import OTHER_OWNERS, Api
from mlq.hosts.origins import Origins, is_mlflow

if TYPE_CHECKING:
    from tree_sitter import Node

    from mlq.hosts.syntax import Call, Source

_IMPORTED = re.compile(r"^[ \t]*(?:from|import)[ \t]+([\w.]+)", re.MULTILINE)
_CLIENT_LIKE = re.compile(r"(?:\w+_)?(?:client|mlflow)(?:_client)?", re.IGNORECASE)


class Use(NamedTuple):
    """How a call is MLflow's: a keyword always counts, a positional argument in one of these places."""

    places: tuple[int, ...] = ()


class Owners:
    """Tells for the calls of one file whose they are."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._origins = Origins(source)
        imported = {name.split(".")[0] for name in _IMPORTED.findall(source.text)}
        self._has_mlflow = any(is_mlflow(name) for name in imported)
        self._has_others = not OTHER_OWNERS.isdisjoint(imported)

    def use(self, call: Call, api: Api) -> Use | None:
        """Return how a call of this name is MLflow's; None where it is not, or not surely."""
        receiver = _receiver(call.function)
        origin = self._origins.of(receiver or call.function)
        if is_mlflow(origin):
            return _use_of_mlflow(origin or "", api, is_method=receiver is not None)
        if origin is not None and not self._may_hide_mlflow(origin, api):
            return None
        if origin is None and not self._may_be_mlflow(api):
            return None
        return Use(self._places_of_unknown(receiver, origin, api))

    def _may_hide_mlflow(self, origin: str, api: Api) -> bool:
        """Whether a value of the project's own, or of an import that nobody knows, may be a way to MLflow."""
        root = origin.split(".")[0].removesuffix("()")
        if root in OTHER_OWNERS:
            return False
        if "mlflow" in origin.lower() and root != "<file>":
            return True
        return self._has_mlflow and not api.is_shared

    def _may_be_mlflow(self, api: Api) -> bool:
        if api.is_shared:
            return self._has_mlflow and not self._has_others
        return True

    def _places_of_unknown(self, receiver: Node | None, origin: str | None, api: Api) -> tuple[int, ...]:
        if api.is_shared or origin is not None:
            return ()
        if receiver is None:
            return ()
        last = self._source.text_of(receiver).rpartition(".")[2]
        is_likely = self._has_mlflow or _CLIENT_LIKE.fullmatch(last.strip("_")) is not None
        return api.client if is_likely else ()


def _receiver(function: Node) -> Node | None:
    return function.child_by_field_name("object") if function.type == "attribute" else None


def _use_of_mlflow(origin: str, api: Api, *, is_method: bool) -> Use | None:
    if not is_method:
        if origin.rpartition(".")[2] == api.name:
            return Use(api.fluent)
        return None if api.is_shared else Use()  # a function of the file that hands on what mlflow returns
    if "()" not in origin:
        return Use(api.fluent)
    return Use(api.client if re.search(r"Client\(\)$", origin) else ())
