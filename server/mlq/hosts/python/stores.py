"""Which store the searches of a Python file ask, as far as the file says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlq.hosts.python import experiments
from mlq.hosts.python.bindings import scope_of, scopes_around
from mlq.hosts.python.origins import is_mlflow
from mlq.hosts.python.parameters import argument
from mlq.hosts.python.said import function_of, said
from mlq.hosts.store_reference import Said, StoreReference, Way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from mlq.hosts.apis import Api
    from mlq.hosts.python.ownership import Owners, Use
    from mlq.hosts.python.syntax import Call
    from mlq.hosts.python.values import Values

_CLIENT: Way = "MlflowClient"
_ENVIRON = re.compile(r"""environ\[\s*["'](MLFLOW_(?:TRACKING|REGISTRY)_URI)["']\s*\]\s*=(?!=)""")
_DEEPEST = 6
_SITES = {
    "set_tracking_uri": ("uri", 0),
    "set_registry_uri": ("uri", 0),
    "set_experiment": ("experiment_name", 0),
}
_VIEWS = {"search_runs": ("run_view_type", 2), "search_experiments": ("view_type", 0)}
_VARIABLES: dict[Way, str] = {
    "set_tracking_uri": "MLFLOW_TRACKING_URI",
    "set_registry_uri": "MLFLOW_REGISTRY_URI",
}


class Stores:
    """Tells for the searches of one file which store they ask."""

    def __init__(self, values: Values, owners: Owners) -> None:
        self._values = values
        self._owners = owners
        self._found: dict[Way, list[tuple[Node, Said]]] = {}

    def around(self, node: Node) -> StoreReference:
        """Return what holds where a node stands, for a search that says nothing itself."""
        active = self._last("set_experiment", node)
        return StoreReference(
            self._last("set_tracking_uri", node),
            self._last("set_registry_uri", node),
            (active,) if active else (),
        )

    def of(self, call: Call, api: Api, use: Use) -> StoreReference:
        """Return what holds for a search: what its client and its arguments say before all else."""
        is_client = use.owner == "client"
        own = experiments.of_call(call, api, self._values, is_client=is_client)
        receiver = call.function.child_by_field_name("object") if is_client else None
        made = self._made(receiver, 0) if receiver else None
        # A client asks the store that was set when it was made.
        at = made or call.function
        has_active = not own and experiments.has_active_one(api, is_client=is_client)
        active = self._last("set_experiment", call.function) if has_active else None
        return StoreReference(
            self._of_client(made, "tracking_uri", 0) or self._last("set_tracking_uri", at),
            self._of_client(made, "registry_uri", 1) or self._last("set_registry_uri", at),
            own or ((active,) if active else ()),
            self._has_view(call.function.parent, api),
        )

    def _has_view(self, call: Node | None, api: Api) -> bool:
        place = _VIEWS.get(api.name)
        given = argument(call, *place, self._values) if call and place else None
        return given is not None and not self._values.text_of(given).endswith("ACTIVE_ONLY")

    def _of_client(self, made: Node | None, name: str, place: int) -> Said | None:
        given = argument(made, name, place, self._values) if made else None
        if made is None or given is None or given.type == "none":
            return None
        return said(given, self._values, _CLIENT, self._values.span(made))

    def _made(self, node: Node, depth: int) -> Node | None:
        """Return the call that makes a client."""
        values = self._values
        if depth > _DEEPEST:
            return None
        match node.type:
            case "call":
                if function_of(node, values).rpartition(".")[2] == _CLIENT:
                    return node
                function = node.child_by_field_name("function")
                return self._returned(function, depth + 1) if function else None
            case "identifier":
                bound = values.bindings.visible(values.text_of(node), node)
                before = [binding for binding in bound if binding.start < node.start_byte]
                found = (self._made(each.value, depth + 1) for each in (*before[::-1], *bound) if each.value)
                return next((call for call in found if call), None)
            case "attribute":
                name = node.child_by_field_name("attribute")
                stored = values.bindings.of_attribute(values.text_of(name)) if name else []
                found = (self._made(each.value, depth + 1) for each in stored if each.value)
                return next((call for call in found if call), None)
            case "boolean_operator" | "parenthesized_expression" | "conditional_expression" | "await":
                found = (self._made(child, depth + 1) for child in node.named_children)
                return next((call for call in found if call), None)
        return None

    def _returned(self, function: Node, depth: int) -> Node | None:
        values = self._values
        if function.type != "identifier":
            return None
        for binding in values.bindings.visible(values.text_of(function), function):
            for statement in values.source.returns_of(binding.definition) if binding.definition else ():
                for node in statement.named_children:
                    made = self._made(node, depth)
                    if made:
                        return made
        return None

    def _last(self, way: Way, at: Node) -> Said | None:
        """Return what was said last before the code at a node runs, as a reader of the file takes it.

        In the code's own scope that is what stands before it. The scopes around it have run to their end,
        or at least up to it. Other functions count where all of them say the same.
        """
        if way not in self._found:
            self._found[way] = list(self._sites(way))
        sites = self._found[way]
        if not sites:
            return None
        for distance, scope in enumerate(scopes_around(at)):
            here = [(node, each) for node, each in sites if scope_of(node).id == scope.id]
            before = [each for node, each in here if node.start_byte < at.start_byte]
            if before or (here and distance):
                return before[-1] if before else here[0][1]
        functions = [each for node, each in sites if scope_of(node).type != "module"]
        return functions[0] if len(set(functions)) == 1 else None

    def _sites(self, way: Way) -> Iterator[tuple[Node, Said]]:
        """Yield where the file says something in a way; assignments to the environment come behind calls."""
        found = list(self._calls(way))
        yield from found or self._assignments(way)

    def _calls(self, way: Way) -> Iterator[tuple[Node, Said]]:
        values = self._values
        name, place = _SITES[way]
        for mention in values.bindings.mentions(way):
            parent = mention.parent
            function = parent if parent and parent.type == "attribute" else mention
            call = function.parent
            is_called = call and call.type == "call" and call.child_by_field_name("function") == function
            if not call or not is_called or not is_mlflow(self._owners.origin(function)):
                continue
            given = argument(call, name, place, values)
            if way == "set_experiment":
                given = given or argument(call, "experiment_id", 1, values)
            if given is None or given.type == "none":
                continue
            found = said(given, values, way, values.span(call))
            is_known = found.text is not None or found.variable
            if is_known or not _is_asked_for(call, values.text_of(given), values):
                yield call, found

    def _assignments(self, way: Way) -> Iterator[tuple[Node, Said]]:
        values = self._values
        for match in _ENVIRON.finditer(values.source.text):
            node = values.source.node_at(match.start(), match.start(1))
            while node and node.type not in {"assignment", "expression_statement", "module"}:
                node = node.parent
            right = node.child_by_field_name("right") if node and node.type == "assignment" else None
            if node and right and match[1] == _VARIABLES.get(way):
                yield node, said(right, values, "os.environ", values.span(node))


def _is_asked_for(call: Node, source: str, values: Values) -> bool:
    """Whether a call is made only where its argument holds something: `if uri: set_tracking_uri(uri)`."""
    node = call.parent
    while node and node.type not in {"function_definition", "module"}:
        condition = node.child_by_field_name("condition") if node.type == "if_statement" else None
        if condition and source in values.text_of(condition):
            return True
        node = node.parent
    return False
