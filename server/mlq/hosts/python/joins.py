"""Joins lists of texts: `" AND ".join(…)` of a list, written or built up, and of a comprehension."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlq.hosts.python import constants, formatting, functions
from mlq.hosts.python.bindings import class_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tree_sitter import Node

    from mlq.hosts.python.template import Fragment, Template
    from mlq.hosts.python.values import Values

_DISPLAYS = frozenset({"list", "tuple", "set"})
_COMPREHENSIONS = frozenset({"list_comprehension", "generator_expression", "set_comprehension"})
_SAME_ITEMS = frozenset({"list", "tuple", "sorted", "reversed", "set"})
_ADDING = {"append": 0, "extend": 0, "insert": 1}
_PUT_FIRST = re.compile(r"\.insert\(\s*0\b")
_MOST_ITEMS = 200
_DEEPEST = 4


def evaluate(node: Node, receiver: Node, given: Node, values: Values) -> tuple[Template, ...]:
    """Return the texts of `separator.join(given)`."""
    separator = values.one(receiver)
    items = list(_items(given, values, 0))
    if separator is None or not items or len(items) > _MOST_ITEMS:
        return ()
    fragments: list[list[Fragment]] = []
    for item in items:
        if fragments:
            fragments.append([_elsewhere(separator)])
        fragments.append(_fragment(item, values))
    return values.put_together(fragments, node, "join")


def _fragment(item: Node, values: Values) -> list[Fragment]:
    template = _template_of(item, values)
    if template:
        return [_elsewhere(text) for text in formatting.format_method(item, template, [], values)]
    if item.type not in {"identifier", "attribute"}:
        texts = values.of(item)
        if texts:
            # What may be empty is left out before it is joined.
            return [_elsewhere(text) for text in [each for each in texts if each.text] or texts]
    return values.filled(item, values.span(item))


def _elsewhere(text: Template) -> Fragment:
    first = next((part for part in text.parts if part.text), None)
    parts = tuple(part._replace(is_seam=True) if part is first else part for part in text.parts if part.text)
    return parts, text.literals


def _items(node: Node, values: Values, depth: int) -> Iterator[Node]:
    """Yield the items of a list in order, all that may be added to it; what else it holds as a whole."""
    if depth > _DEEPEST:
        return
    if node.type in _DISPLAYS:
        for child in node.named_children:
            if child.type == "list_splat":
                yield from _items(child.named_children[0], values, depth + 1)
            elif child.type != "comment":
                yield child
    elif node.type in _COMPREHENSIONS:
        yield from _of_comprehension(node, values, depth)
    elif node.type == "parenthesized_expression" and len(node.named_children) == 1:
        yield from _items(node.named_children[0], values, depth + 1)
    elif node.type in _HOLDERS and values.has_names:
        yield from _HOLDERS[node.type](node, values, depth)
    else:
        yield node


def _same_items(call: Node, values: Values) -> Node | None:
    """Return the list whose items `list(…)`, `filter(None, …)` and their like go through."""
    function, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    given = arguments.named_children if arguments else []
    name = values.text_of(function) if function else ""
    if name == "filter" and len(given) == 2:
        return given[1]
    return given[0] if name in _SAME_ITEMS and given else None


def _of_call(call: Node, values: Values, depth: int) -> Iterator[Node]:
    given, function = _same_items(call, values), call.child_by_field_name("function")
    if given:
        yield from _items(given, values, depth + 1)
        return
    made = _mapped(call, values)
    if made or function is None:
        yield made or call
        return
    base, method = function.child_by_field_name("object"), function.child_by_field_name("attribute")
    if base and method and values.text_of(method) == "values":
        yield from constants.written(constants.held(base, values)) or [call]
        return
    lists = functions.returned(function, values)
    found = list(_items(lists[0], values, depth + 1)) if len(lists) == 1 else []
    yield from found if found and found != lists else [call]


def _mapped(call: Node, values: Values) -> Node | None:
    """Return what `map` makes of each item: a template that is filled in, or what a function returns."""
    function, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    given = arguments.named_children if arguments else []
    if function is None or values.text_of(function) != "map" or len(given) < 2:
        return None
    if _template_of(given[0], values):
        return given[0]
    returned = functions.returned(given[0], values)
    return returned[0] if len(returned) == 1 else None


def _template_of(node: Node, values: Values) -> Node | None:
    """Return the text of `"…".format` that is not called."""
    name = node.child_by_field_name("attribute") if node.type == "attribute" else None
    return node.child_by_field_name("object") if name and values.text_of(name) == "format" else None


def _of_comprehension(node: Node, values: Values, depth: int) -> Iterator[Node]:
    body = node.child_by_field_name("body")
    clauses = [child for child in node.named_children if child.type == "for_in_clause"]
    if body is None or len(clauses) != 1:
        return
    target, source = clauses[0].child_by_field_name("left"), clauses[0].child_by_field_name("right")
    if target and source and values.text_of(target) == values.text_of(body):
        yield from _items(source, values, depth + 1)  # `[c for c in conditions if c]`
    else:
        yield body


def _of_name(node: Node, values: Values, depth: int) -> Iterator[Node]:
    name = values.text_of(node)
    bindings = values.bindings.visible(name, node)
    if not bindings or len(bindings) > _MOST_ITEMS:
        yield node
        return
    start = bindings[0].scope
    uses = [use for use in values.bindings.uses(name) if use != node]
    adding = [use for use in uses if use.start_byte < node.start_byte]
    adding = adding if adding or values.source.is_ordered else uses
    here = [use for use in adding if start.start_byte <= use.start_byte < start.end_byte]
    yield from _put_together(here, values, depth)


def _of_attribute(node: Node, values: Values, depth: int) -> Iterator[Node]:
    """Yield what a class puts into a list of its own: `self.clauses`."""
    name, own = node.child_by_field_name("attribute"), class_of(node)
    mentions = values.bindings.mentions(values.text_of(name))[:_MOST_ITEMS] if name and own else []
    uses = [each.parent for each in mentions if each.parent and each.parent.type == "attribute"]
    here = [use for use in uses if class_of(use) == own and values.text_of(use) == values.text_of(node)]
    yield from list(_put_together(here, values, depth)) or [node]


def _put_together(uses: list[Node], values: Values, depth: int) -> Iterator[Node]:
    added = [(_is_put_first(use, values), each) for use in uses for each in _added(use, values)]
    for _, each in sorted(added, key=lambda one: not one[0]):
        yield from _items(each, values, depth + 1) if each.type in _LISTS else (each,)


def _is_put_first(use: Node, values: Values) -> bool:
    return _PUT_FIRST.match(values.source.text, values.span(use).end) is not None


_LISTS = _DISPLAYS | _COMPREHENSIONS


def _added(use: Node, values: Values) -> Iterator[Node]:
    """Yield what a mention of a list's name puts into it."""
    parent = use.parent
    if parent is None:
        return
    if parent.type in {"assignment", "augmented_assignment"} and parent.child_by_field_name("left") == use:
        right = parent.child_by_field_name("right")
        if right and right.type in _LISTS:
            yield right
        elif right and right.type != "call":
            yield from _sum(right, use, values)
    elif parent.type == "attribute" and parent.child_by_field_name("object") == use:
        called, method = parent.parent, parent.child_by_field_name("attribute")
        arguments = called.child_by_field_name("arguments") if called and called.type == "call" else None
        place = _ADDING.get(values.text_of(method)) if method else None
        if arguments and place is not None:
            yield from arguments.named_children[place : place + 1]


def _sum(right: Node, use: Node, values: Values) -> Iterator[Node]:
    """Yield the lists of `conditions + [condition]`, without the name itself."""
    if right.type == "binary_operator":
        for child in right.named_children:
            if child.type in _LISTS:
                yield child
    elif values.text_of(right) != values.text_of(use):
        yield right


_HOLDERS: dict[str, Callable[[Node, Values, int], Iterator[Node]]] = {
    "attribute": _of_attribute,
    "call": _of_call,
    "identifier": _of_name,
}
