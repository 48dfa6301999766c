"""Which expressions of a call are filters: keywords, places, and dictionaries that are unpacked into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlq.hosts.python import parameters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from mlq.hosts.apis import Api
    from mlq.hosts.python.ownership import Use
    from mlq.hosts.python.syntax import Call
    from mlq.hosts.python.values import Values

_DEEPEST = 4
_NO_PLACE = frozenset({"dictionary_splat", "comment", "line_continuation", "ERROR"})


class Given(NamedTuple):
    """An expression that is a filter. `is_elsewhere` tells that it does not stand in the call itself."""

    node: Node
    is_elsewhere: bool = False


def filters_of(call: Call, api: Api, use: Use, values: Values) -> Iterator[Given]:
    """Yield the expressions that a call takes as filters."""
    for given in _arguments(call, api, use, values):
        if not api.is_list:
            yield given
        elif given.node.type == "list":
            yield from (given._replace(node=item) for item in given.node.named_children)


def _arguments(call: Call, api: Api, use: Use, values: Values) -> Iterator[Given]:
    place = call.filled - call.skipped
    is_counting = True
    for child in call.arguments.named_children:
        if child.type == "keyword_argument":
            name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
            if name and value and (name.text or b"").decode() in api.arguments:
                yield Given(value)
        elif child.type == "dictionary_splat":
            yield from _unpacked(child, call, api, values)
        elif child.type == "list_splat":
            is_counting = False  # it fills an unknown number of places
        elif child.type not in _NO_PLACE:
            if is_counting and place in use.places:
                yield Given(child)
            place += 1


def _unpacked(splat: Node, call: Call, api: Api, values: Values) -> Iterator[Given]:
    """Yield the filters of `**{…}`, of `**dict(…)`, and of a variable that is one of them."""
    node = splat.named_children[0] if splat.named_children else None
    if node is None:
        return
    if node.type != "identifier":
        yield from (Given(value) for value in entries(node, api.arguments, values))
    elif call.is_complete:
        yield from (Given(value, is_elsewhere=True) for value in of_variable(node, api.arguments, values))


def of_variable(name: Node, keys: tuple[str, ...], values: Values) -> Iterator[Node]:
    """Yield what a dictionary in a variable holds under the keys: as it is made, or put in later."""
    text = values.text_of(name)
    bindings = values.bindings.visible(text, name)
    for binding in bindings if len(bindings) == 1 else ():
        yield from parameters.splatted(binding.node, keys, values)
        if binding.assigned:
            yield from entries(binding.assigned, keys, values)
        for use in values.bindings.uses(text):
            if binding.scope.start_byte <= use.start_byte < binding.scope.end_byte:
                yield from _put(use, keys, values)


def _put(use: Node, keys: tuple[str, ...], values: Values) -> Iterator[Node]:
    """Yield what a mention of a dictionary puts into it under the keys."""
    subscript = use.parent
    if subscript and subscript.type == "attribute" and subscript.child_by_field_name("object") == use:
        yield from _by_method(subscript, keys, values)
    if subscript is None or subscript.type != "subscript" or subscript.child_by_field_name("value") != use:
        return
    key, assignment = subscript.child_by_field_name("subscript"), subscript.parent
    if assignment and assignment.type == "assignment" and key and _unquoted(key, values) in keys:
        right = assignment.child_by_field_name("right")
        if right and assignment.child_by_field_name("left") == subscript:
            yield right


def _by_method(function: Node, keys: tuple[str, ...], values: Values) -> Iterator[Node]:
    """Yield what `.update(…)` and `.setdefault(…)` put into a dictionary."""
    method, call = function.child_by_field_name("attribute"), function.parent
    arguments = call.child_by_field_name("arguments") if call and call.type == "call" else None
    given = arguments.named_children if arguments else []
    name = values.text_of(method) if method else ""
    if name == "setdefault" and len(given) > 1 and _unquoted(given[0], values) in keys:
        yield given[1]
    elif name == "update" and arguments:
        yield from _named(arguments, keys, values)
        for child in given:
            yield from entries(child, keys, values)


def _named(arguments: Node, keys: tuple[str, ...], values: Values) -> Iterator[Node]:
    for child in arguments.named_children:
        name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
        if name and value and values.text_of(name) in keys:
            yield value


def entries(node: Node, keys: tuple[str, ...], values: Values, depth: int = 0) -> Iterator[Node]:
    """Yield what a dictionary holds under the keys: `{…}`, `dict(…)`, several joined by `|` and `**`."""
    if depth > _DEEPEST:
        return
    match node.type:
        case "identifier" if depth and values.has_names:
            assigned = values.bindings.constant(node)
            yield from entries(assigned, keys, values, depth + 1) if assigned else ()
        case "parenthesized_expression" | "binary_operator":
            for child in node.named_children:
                yield from entries(child, keys, values, depth + 1)
        case "dictionary":
            for child in node.named_children:
                yield from _of_item(child, keys, values, depth)
        case "call":
            function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
            if function and arguments and values.text_of(function) == "dict":
                yield from _named(arguments, keys, values)


def _of_item(item: Node, keys: tuple[str, ...], values: Values, depth: int) -> Iterator[Node]:
    if item.type == "dictionary_splat" and item.named_children:
        yield from entries(item.named_children[0], keys, values, depth + 1)
    key, value = item.child_by_field_name("key"), item.child_by_field_name("value")
    if item.type == "pair" and key and value and _unquoted(key, values) in keys:
        yield value


def _unquoted(key: Node, values: Values) -> str:
    text = values.text_of(key)
    return text[1:-1] if key.type == "string" and text[:1] in {"'", '"'} else ""
