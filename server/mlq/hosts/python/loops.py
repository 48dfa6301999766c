"""What a loop's name holds in turn: `for query in ("…", "…")`, comprehensions, parametrized tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.hosts.python import constants
from mlq.hosts.python.template import Template, hole

if TYPE_CHECKING:
    from tree_sitter import Node

    from mlq.hosts.python.values import Values

    Texts = tuple[Template, ...]

_LISTS = frozenset({"list", "tuple", "set"})
_COMPREHENSIONS = frozenset(
    {"list_comprehension", "generator_expression", "set_comprehension", "dictionary_comprehension"}
)
_SAME_ITEMS = frozenset({"list", "tuple", "set", "sorted", "reversed", "iter", "tqdm"})
_LOOPS = frozenset({"for_statement", "for_in_clause"})
_PATTERNS = frozenset({"pattern_list", "tuple_pattern", "list_pattern"})
_MOST_ITEMS = 50
_DEEPEST = 4


def of_target(target: Node, values: Values) -> Texts:
    """Return what the name at the head of a loop holds in turn; none where the file does not show it."""
    steps: list[int] = []
    node = target
    while node.parent and node.parent.type in _PATTERNS:
        steps.insert(0, node.parent.named_children.index(node))
        node = node.parent
    loop = node.parent
    if loop is None or loop.type not in _LOOPS:
        return ()
    if loop.child_by_field_name("left") != node:
        return ()
    right = loop.child_by_field_name("right")
    return _texts(_items(right, values, 0), steps, values) if right else ()


def of_comprehension(name: Node, values: Values) -> Texts | None:
    """Return what a name that a comprehension around it binds holds in turn; None where none binds it."""
    text = values.text_of(name)
    node = name.parent
    while node and node.type not in {"block", "module", "lambda"}:
        if node.type in _COMPREHENSIONS:
            for clause in node.named_children:
                left = clause.child_by_field_name("left") if clause.type == "for_in_clause" else None
                for target in _names(left) if left else ():
                    if values.text_of(target) == text and target != name:
                        return of_target(target, values)
        node = node.parent
    return None


def of_items(name: Node, key: Node, values: Values) -> Texts:
    """Return what the dictionaries that a loop goes through hold under a key: `c["query"]`."""
    wanted = constants.of(key, values)
    bindings = values.bindings.visible(values.text_of(name), name) if name.type == "identifier" else []
    loop = bindings[0].node.parent if len(bindings) == 1 else None
    right = loop.child_by_field_name("right") if loop and loop.type in _LOOPS else None
    if wanted is None or right is None:
        return ()
    items = (item[0] for item in _items(right, values, 0)[:_MOST_ITEMS] if len(item) == 1)
    held = (constants.pair(item, wanted[0], values) for item in items if item.type == "dictionary")
    found = (text for each in held if each for text in values.of(each))
    return tuple(text.placed(text.span, "variable") for text in found)


def of_parameter(parameter: Node, values: Values) -> Texts:
    """Return what `@pytest.mark.parametrize` gives a test's parameter in turn."""
    function = parameter.parent.parent if parameter.parent else None
    decorated = function.parent if function else None
    if decorated is None or decorated.type != "decorated_definition":
        return ()
    for decorator in decorated.named_children:
        call = decorator.named_children[0] if decorator.type == "decorator" else None
        called = call.child_by_field_name("function") if call and call.type == "call" else None
        arguments = call.child_by_field_name("arguments") if call else None
        given = [child for child in arguments.named_children if child.type != "comment"] if arguments else []
        if called and len(given) > 1 and values.text_of(called).endswith("parametrize"):
            names = _parametrized(given[0], values)
            if values.text_of(parameter) in names:
                steps = [names.index(values.text_of(parameter))] if len(names) > 1 else []
                return _texts(_items(given[1], values, 0), steps, values)
    return ()


def _parametrized(node: Node, values: Values) -> list[str]:
    if node.type in _LISTS:
        return [str(name[0]) for child in node.named_children if (name := constants.of(child, values))]
    found = constants.of(node, values)
    return [name.strip() for name in str(found[0]).split(",")] if found else []


def _names(pattern: Node) -> list[Node]:
    if pattern.type == "identifier":
        return [pattern]
    return [name for child in pattern.named_children for name in _names(child)]


def _texts(items: list[list[Node]], steps: list[int], values: Values) -> Texts:
    found: list[Template] = []
    for item in items[:_MOST_ITEMS]:
        nodes = item
        for step in steps:
            nodes = nodes if len(nodes) > 1 else _unpacked(nodes[0], values) if nodes else []
            nodes = nodes[step : step + 1]
        if len(nodes) == 1:
            node = _plain(nodes[0], values)
            found += values.of(node) or (_unknown(node, values),)
    if not any(text.is_written for text in found):
        return ()
    return tuple(text.placed(text.span, "variable") for text in found)


def _unknown(node: Node, values: Values) -> Template:
    span = values.span(node)
    return Template((hole(span, "unknown", values.text_of(node)),), (), span, "variable")


def _plain(node: Node, values: Values) -> Node:
    """Return the first argument of `pytest.param(…)`, anything else as it is."""
    arguments = node.child_by_field_name("arguments") if node.type == "call" else None
    function = node.child_by_field_name("function") if arguments else None
    if arguments and function and values.text_of(function).endswith("param") and arguments.named_children:
        return arguments.named_children[0]
    return node


def _unpacked(node: Node, values: Values) -> list[Node]:
    arguments = node.child_by_field_name("arguments") if node.type == "call" else None
    function = node.child_by_field_name("function") if arguments else None
    if arguments and function and values.text_of(function).endswith("param"):
        return [child for child in arguments.named_children if child.type != "keyword_argument"]
    return [child for child in node.named_children if child.type != "comment"] if node.type in _LISTS else []


def _items(node: Node, values: Values, depth: int) -> list[list[Node]]:
    """Return the items of what a loop goes through, each as the nodes that it consists of."""
    if depth > _DEEPEST:
        return []
    if node.type in _LISTS:
        plain = [child for child in node.named_children if child.type not in {"comment", "list_splat"}]
        return [[child] for child in plain]
    if node.type == "dictionary":
        return [[key] for key, _ in _pairs(node)]
    if node.type == "parenthesized_expression" and len(node.named_children) == 1:
        return _items(node.named_children[0], values, depth + 1)
    if node.type == "call":
        return _of_call(node, values, depth)
    held = constants.held(node, values)
    return _items(held, values, depth + 1) if held else []


def _of_call(node: Node, values: Values, depth: int) -> list[list[Node]]:
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None or arguments is None:
        return []
    method, base = function.child_by_field_name("attribute"), function.child_by_field_name("object")
    if method and base:
        held = base if base.type == "dictionary" else constants.held(base, values)
        pairs = _pairs(held) if held and held.type == "dictionary" else []
        which = {"items": slice(0, 2), "values": slice(1, 2), "keys": slice(0, 1)}
        chosen = which.get(values.text_of(method))
        return [list(pair)[chosen] for pair in pairs] if chosen else []
    name, given = values.text_of(function), arguments.named_children
    if not given:
        return []
    if name == "zip":
        columns = [_items(each, values, depth + 1) for each in given]
        return [[node for item in row for node in item] for row in zip(*columns, strict=False)]
    if name == "enumerate":
        return [[node, *item] for item in _items(given[0], values, depth + 1) if len(item) == 1]
    return _items(given[0], values, depth + 1) if name in _SAME_ITEMS else []


def _pairs(dictionary: Node) -> list[tuple[Node, Node]]:
    pairs = [child for child in dictionary.named_children if child.type == "pair"]
    found = [(each.child_by_field_name("key"), each.child_by_field_name("value")) for each in pairs]
    return [(key, value) for key, value in found if key and value]
