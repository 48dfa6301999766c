"""Finds the `order_by` lists of MLflow's searches in Python files."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mlq.hosts.order_by import OrderByRegion, OrderItem
from mlq.hosts.python import LONGEST
from mlq.hosts.python.hits import hits_of
from mlq.text import LineIndex

if TYPE_CHECKING:
    from tree_sitter import Node

    from mlq.hosts.apis import Api
    from mlq.hosts.python.finding import Reader
    from mlq.hosts.python.ownership import Use
    from mlq.hosts.python.syntax import Call

_ARGUMENT = "order_by"
_FIELD = ("field_name",)
_NO_PLACE = frozenset({"keyword_argument", "dictionary_splat", "comment", "line_continuation", "ERROR"})

# The place among the positional arguments, from 0, where function and method agree on one.
_PLACES = {
    "search_runs": 4,
    "search_experiments": 3,
    "search_registered_models": 2,
    "search_model_versions": 2,
    "search_traces": 3,
    "search_logged_models": 4,
    "search_datasets": 3,
    "search_mcp_servers": 2,
    "search_mcp_server_versions": 3,
    "search_mcp_access_endpoints": 5,
}


@lru_cache(maxsize=32)
def order_by_regions(text: str) -> tuple[OrderByRegion, ...]:
    """Return the lists of a Python file in order; never raises, whatever the text."""
    if "search_" not in text or len(text) > LONGEST:
        return ()
    hits = [hit for hit in hits_of(text) if hit.api.name.startswith("search_")]
    if not hits:
        return ()
    # This needs tree-sitter, which most files do not.
    from mlq.hosts.python.finding import Reader

    reader, lines = Reader(text), LineIndex(text)
    found: dict[int, OrderByRegion] = {}
    for hit in hits:
        call = reader.call_of(hit)
        use = reader.owners.use(call, hit.api) if call else None
        node = _argument(call, hit.api, use, reader) if call and use else None
        if call and node and call.is_complete:
            listed = _listed(node, reader)
            items = tuple(item for each in listed if (item := _item(each, hit.api, reader, lines)))
            if items:
                found.setdefault(items[0].region.start, OrderByRegion(hit.api.entity, items))
    return tuple(found[start] for start in sorted(found))


def _argument(call: Call, api: Api, use: Use, reader: Reader) -> Node | None:
    """Return the expression that a call is to sort by; None where the call may be another library's."""
    keywords = {
        reader.values.text_of(name): child.child_by_field_name("value")
        for child in call.arguments.named_children
        if (name := child.child_by_field_name("name")) and child.type == "keyword_argument"
    }
    is_sure = bool(use.places) or not keywords.keys().isdisjoint(api.arguments)
    if not is_sure:
        return None
    return keywords.get(_ARGUMENT) or _in_place(call, api, use)


def _in_place(call: Call, api: Api, use: Use) -> Node | None:
    place = call.filled - call.skipped
    is_counting = bool(use.places)
    for child in call.arguments.named_children:
        if child.type == "list_splat":
            is_counting = False  # it fills an unknown number of places
        elif child.type not in _NO_PLACE:
            if is_counting and place == _PLACES.get(api.name):
                return child
            place += 1
    return None


def _listed(node: Node, reader: Reader) -> list[Node]:
    """Return the items of a list, or of one that a variable holds and that is assigned once."""
    if node.type == "identifier":
        name = reader.values.text_of(node)
        bindings = reader.bindings.visible(name, node)
        assigned = bindings[0].assigned if len(bindings) == 1 else None
        if assigned is None or assigned.type == "identifier":
            return []
        node = assigned
    if node.type not in {"list", "tuple"}:
        return []
    return [child for child in node.named_children if child.type != "comment"]


def _item(node: Node, api: Api, reader: Reader, lines: LineIndex) -> OrderItem | None:
    """Return an item whose text the file shows; what a hole fills is not judged."""
    from mlq.hosts.python.arguments import entries
    from mlq.hosts.python.template import region_of

    field = next(entries(node, _FIELD, reader.values), None)
    template = reader.values.one(field or node)
    if template is None or not template.is_static or (field and not template.text):
        return None
    return OrderItem(region_of(template, api, lines), is_dict=field is not None)
