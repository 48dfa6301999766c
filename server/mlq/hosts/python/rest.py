"""Filters in requests to MLflow's REST API: the key `filter` of what is sent to `runs/search`."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from mlq.hosts.apis import APIS, SEARCHES
from mlq.hosts.python.arguments import entries, of_variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from mlq.hosts.apis import Api
    from mlq.hosts.python.values import Values

_PATH = re.compile(r"mlflow/([\w-]+)/search\b")
_ENTITIES = {
    "runs": "runs",
    "experiments": "experiments",
    "registered-models": "registered_models",
    "model-versions": "model_versions",
    "logged-models": "logged_models",
    "traces": "traces",
    "datasets": "evaluation_datasets",
}
_KEYS = ("filter",)
_MOST = 1_000
_MOST_USES = 100  # of a variable; keeps the time for a hostile file bounded
_DEEPEST = 3


def filters(values: Values) -> Iterator[tuple[Api, Node]]:
    """Yield the expressions that are sent as a filter."""
    variables: set[str] = set()
    for found in islice(_PATH.finditer(values.source.text), _MOST):
        entity = _ENTITIES.get(found[1])
        node = values.source.root.descendant_for_byte_range(*found.span())
        if entity and node and node.type in {"string_content", "string"}:
            for call in _calls(node, values, variables):
                for sent in _sent(call, values):
                    yield APIS[SEARCHES[entity]], sent


def _calls(node: Node, values: Values, variables: set[str]) -> Iterator[Node]:
    """Yield the calls that are given the path: around it, or with the variable that it is put in."""
    at: Node | None = node
    while at and at.type not in {"call", "assignment", "block", "module"}:
        at = at.parent
        if at and at.type == "call" and _is_text_method(at):
            at = at.parent
    if at and at.type == "call":
        yield at
    elif at and at.type == "assignment":
        left = at.child_by_field_name("left")
        name = values.text_of(left) if left and left.type == "identifier" else ""
        if not name or name in variables:
            return
        variables.add(name)
        for use in values.bindings.uses(name)[:_MOST_USES]:
            if use.parent and use.parent.type == "argument_list" and use.parent.parent:
                yield use.parent.parent


def _is_text_method(call: Node) -> bool:
    function = call.child_by_field_name("function")
    base = function.child_by_field_name("object") if function else None
    return base is not None and base.type in {"string", "concatenated_string"}


def _sent(call: Node, values: Values) -> Iterator[Node]:
    arguments = call.child_by_field_name("arguments")
    for child in arguments.named_children if arguments else ():
        value = child.child_by_field_name("value") if child.type == "keyword_argument" else child
        if value:
            yield from _in(value, values, 0)


def _in(node: Node, values: Values, depth: int) -> Iterator[Node]:
    """Yield the filters of a dictionary, of a variable that holds one, or of one written as JSON."""
    if depth > _DEEPEST:
        return
    if node.type == "identifier":
        yield from of_variable(node, _KEYS, values)
        return
    yield from entries(node, _KEYS, values)
    arguments = node.child_by_field_name("arguments") if node.type == "call" else None
    for child in arguments.named_children if arguments else ():
        yield from _in(child, values, depth + 1)
