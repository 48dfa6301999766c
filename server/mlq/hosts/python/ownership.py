"""Whether a call is MLflow's, and which of its arguments are filters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from mlq.hosts.apis import OTHER_OWNERS, Api
from mlq.hosts.python.origins import Origins, is_mlflow

if TYPE_CHECKING:
    from tree_sitter import Node

    from mlq.hosts.python.bindings import Bindings
    from mlq.hosts.python.syntax import Call, Source

_IMPORTED = re.compile(r"^[ \t]*(?:from|import)[ \t]+([\w.]+)", re.MULTILINE)
_CLIENT_LIKE = re.compile("client|mlflow", re.IGNORECASE)
_OWN_FILE = "<file>"


class Use(NamedTuple):
    """How a call is MLflow's: a keyword always counts, a positional argument in one of these places.

    `owner` is whose function it surely is: a module's, `MlflowClient`'s, or nobody's for sure.
    """

    places: tuple[int, ...] = ()
    owner: Literal["", "module", "client"] = ""


class Owners:
    """Tells for the calls of one file whose they are."""

    def __init__(self, source: Source, bindings: Bindings) -> None:
        self._source = source
        self._origins = Origins(source, bindings)
        imported = {name.split(".")[0] for name in _IMPORTED.findall(source.text)}
        self._has_mlflow = any(is_mlflow(name) for name in imported)
        self._has_others = not OTHER_OWNERS.isdisjoint(imported)

    def use(self, call: Call, api: Api) -> Use | None:
        """Return how a call of this name is MLflow's; None where it is not, or not surely."""
        receiver = _receiver(call.function)
        origin = self._origins.of(receiver or call.function) or ""
        if is_mlflow(origin):
            return _use_of_mlflow(origin, api, is_method=receiver is not None)
        if not self._may_be_mlflow(origin, api):
            return None
        is_sure = receiver is not None and not api.is_shared and self._is_like_a_client(receiver, origin)
        return Use(api.client if is_sure else ())

    def origin(self, node: Node) -> str | None:
        """Return the dotted path that an expression's value comes from; None where that cannot be seen."""
        return self._origins.of(node)

    def doubt(self, call: Call, api: Api) -> str:
        """Say why a call is not taken for MLflow's, in one sentence."""
        receiver = _receiver(call.function)
        origin = self._origins.of(receiver or call.function) or ""
        name = self._source.text_of(receiver or call.function)
        root = origin.split(".")[0]
        if root == _OWN_FILE:
            return f"`{name}` is this file's own, not MLflow's."
        if root and not is_mlflow(origin):
            return f"`{name}` comes from {root}, not from mlflow."
        return f"other libraries have {api.name} too, and nothing here says that this is MLflow's."

    def _may_be_mlflow(self, origin: str, api: Api) -> bool:
        """Whether nothing contradicts that a value from elsewhere than mlflow is a way to MLflow."""
        root = origin.split(".")[0]  # nothing for an unknown origin and for a module beside this one
        if root in OTHER_OWNERS:
            return False
        if not root:
            return not api.is_shared or (self._has_mlflow and not self._has_others)
        if root != _OWN_FILE and "mlflow" in origin.lower():
            return True
        return self._has_mlflow and not api.is_shared

    def _is_like_a_client(self, receiver: Node, origin: str) -> bool:
        last = self._source.text_of(receiver).rpartition(".")[2]
        if _CLIENT_LIKE.search(last):
            return not origin.startswith(_OWN_FILE)
        return self._has_mlflow and not origin


def _receiver(function: Node) -> Node | None:
    return function.child_by_field_name("object") if function.type == "attribute" else None


def _use_of_mlflow(origin: str, api: Api, *, is_method: bool) -> Use | None:
    if not is_method:
        base, _, name = origin.rpartition(".")
        if name == api.name:
            return _use_of_mlflow(base, api, is_method=True)
        return None if api.is_shared else Use()  # a function of the file that hands on what mlflow returns
    if "()" not in origin:
        return Use(api.fluent, "" if origin.endswith("Client") else "module")
    owner: Literal["", "client"] = "client" if re.search(r"\bMlflowClient\(\)$", origin) else ""
    return Use(api.client if origin.endswith("Client()") else (), owner)
