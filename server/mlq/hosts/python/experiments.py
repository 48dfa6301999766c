"""Which experiments a search of a Python file looks into, as far as its call says it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mlq.hosts.python import constants
from mlq.hosts.python.parameters import argument
from mlq.hosts.python.said import function_of, said
from mlq.hosts.signatures import signature
from mlq.hosts.store_reference import Said

if TYPE_CHECKING:
    from mlq_grammar.spans import Span
    from tree_sitter import Node

    from mlq.hosts.apis import Api
    from mlq.hosts.python.syntax import Call
    from mlq.hosts.python.values import Values

_PARAMETERS = ("experiment_ids", "experiment_names", "experiment_id", "locations")
_EVERYWHERE = "search_all_experiments"
# What gives an experiment, or the id of one, by this argument.
_GIVING = {
    "get_experiment_by_name": ("name", 0),
    "create_experiment": ("name", 0),
    "set_experiment": ("experiment_name", 0),
    "get_experiment": ("experiment_id", 0),
}
_DEEPEST = 4
_LISTS = frozenset({"list", "tuple"})


def of_call(call: Call, api: Api, values: Values, *, is_client: bool) -> tuple[Said, ...]:
    """Return the names or ids of experiments that a call gives; nothing where it gives none."""
    whole = call.arguments.parent
    if whole is None or call.skipped or call.filled or not call.is_complete:
        return ()
    for name, place in _places(api.name, is_client=is_client):
        given = argument(whole, name, place, values)
        if given is None or given.type == "none":
            continue
        span = values.span(given)
        if name == _EVERYWHERE:
            return (Said(None, span=span),) if given.type == "true" else ()
        return _listed(given, values, span)
    return ()


def has_active_one(api: Api, *, is_client: bool) -> bool:
    """Whether a search that is given no experiments looks into the active one."""
    return not is_client and bool(_places(api.name, is_client=False))


@cache
def _places(api: str, *, is_client: bool) -> tuple[tuple[str, int], ...]:
    """Return the parameters for experiments that a search has, with their places; -1 for keywords alone."""
    found = signature(api, is_client=is_client) or signature(api, is_client=not is_client)
    names = found.names if found else ()
    places = found.places if found else ()
    wanted = (name for name in (*_PARAMETERS, _EVERYWHERE) if name in names)
    return tuple((name, places.index(name) if name in places else -1) for name in wanted)


def _listed(given: Node, values: Values, span: Span) -> tuple[Said, ...]:
    held = given if given.type in _LISTS else constants.held(given, values)
    if held is None or held.type not in _LISTS:
        return (_one(given, values, span),)
    items = [child for child in held.named_children if child.type != "comment"]
    return tuple(_one(item, values, span) for item in items)


def _one(node: Node, values: Values, span: Span) -> Said:
    found = _giving(node, values, 0)
    return said(found or node, values, "call", span)


def _giving(node: Node, values: Values, depth: int) -> Node | None:
    """Return the name or id by which a call gives the experiment whose id an expression is."""
    if depth > _DEEPEST:
        return None
    match node.type:
        case "identifier":
            value = values.bindings.constant(node)
            return _giving(value, values, depth + 1) if value else None
        case "attribute":
            base = node.child_by_field_name("object")
            return _giving(base, values, depth + 1) if base else None
        case "call":
            name, place = _GIVING.get(function_of(node, values).rpartition(".")[2], ("", 0))
            return argument(node, name, place, values) if name else None
    return None
