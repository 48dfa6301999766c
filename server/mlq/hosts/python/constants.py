"""The values of a Python file that never change: literals, and names that are bound to one once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from mlq.hosts.python.bindings import class_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from mlq.hosts.python.bindings import Binding
    from mlq.hosts.python.values import Values

Constant = str | int | float | bool

_CONVERSIONS: dict[str, Callable[[object], str]] = {"r": repr, "s": str, "a": ascii}
_LONGEST_NUMBER = 40
_MOST_FACTOR = 10**12
_MOST_POWER = 18
_DEEPEST = 6
_MOST_BINDINGS = 100  # of an attribute; keeps the time for a hostile file bounded
_FIELDS = frozenset({"field", "Field", "attrib", "ib", "Option", "Argument", "Query"})
_WITH_FIELDS = re.compile(r"dataclass|\battrs?\b|\bdefine\b|\bfrozen\b|Model\b|Settings\b|NamedTuple")
_CONTAINERS = frozenset({"dictionary", "list", "tuple", "set"})
# A width of a billion would be obeyed.
_SPEC = re.compile(r"(?:.?[<>=^])?[-+ ]?#?0?\d{0,2}[,_]?(?:\.\d{1,2})?[a-zA-Z%]?")


def of(node: Node, values: Values, depth: int = 0) -> tuple[Constant] | None:
    """Return what an expression always is, as a tuple of one; None where it is no plain constant."""
    if depth > _DEEPEST:
        return None
    match node.type:
        case "integer" | "float":
            return _number(values.text_of(node))
        case "true" | "false":
            return (node.type == "true",)
        case "unary_operator":
            return _negative(node, values, depth)
        case "binary_operator":
            return _product(node, values, depth)
        case "string":
            text = values.one(node)
            return (text.text,) if text and text.is_static else None
        case "identifier":
            value = values.bindings.constant(node) if values.has_names else None
        case "attribute":
            value = None if _is_field(node, values) else stored(node, values)
        case _:
            return None
    return of(value, values, depth + 1) if value else None


def _number(text: str) -> tuple[Constant] | None:
    try:
        return (
            (int(text, 0),) if re.fullmatch(r"\w+", text) and len(text) < _LONGEST_NUMBER else (float(text),)
        )
    except ValueError:
        return (float(text),) if re.fullmatch(r"\d+[eE]\d{1,3}", text) else None


def _negative(node: Node, values: Values, depth: int) -> tuple[Constant] | None:
    argument = node.child_by_field_name("argument")
    found = of(argument, values, depth + 1) if argument and values.text_of(node)[:1] == "-" else None
    return (-found[0],) if found and isinstance(found[0], (int, float)) else None


def _product(node: Node, values: Values, depth: int) -> tuple[Constant] | None:
    """Return a whole number that is written as a product or a power: `24 * 60`, `10 ** 6`."""
    sides = (node.child_by_field_name(field) for field in ("left", "right"))
    numbers = [of(side, values, depth + 1) for side in sides if side]
    operator = node.child_by_field_name("operator")
    if len(numbers) < 2 or not numbers[0] or not numbers[1] or operator is None:
        return None
    left, right = numbers[0][0], numbers[1][0]
    if type(left) is not int or type(right) is not int or max(abs(left), abs(right)) > _MOST_FACTOR:
        return None
    if operator.type == "*":
        return (left * right,)
    return (left**right,) if operator.type == "**" and 0 <= right <= _MOST_POWER else None


def formatted(value: Constant, conversion: str, spec: str) -> str | None:
    """Return a constant as `format` writes it; None where Python would raise, or where it would be huge."""
    if not _SPEC.fullmatch(spec):
        return None
    converted = _CONVERSIONS[conversion](value) if conversion else value
    try:
        return format(converted, spec)
    except (ValueError, OverflowError):
        return None


def stored(node: Node, values: Values) -> Node | None:
    """Return the expression that an attribute of the file's own holds; None unless it is assigned once."""
    base, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
    if base is None or name is None or not values.has_names:
        return None
    if values.text_of(name) == "value" and base.type == "attribute":
        return stored(base, values)  # a member of an Enum
    found = attributes(base, name, values)
    if len(found) > 1:
        return None
    if not found or found[0].assigned is None:
        return _given(base, values.text_of(name), values)
    return default_of(found[0].assigned, values) if is_own(base, values) else None


def attributes(base: Node, name: Node, values: Values) -> list[Binding]:
    """Return what binds an attribute; of `self` what does so in its class, its bases and its subclasses."""
    found = values.bindings.of_attribute(values.text_of(name))
    own = class_of(base) if values.text_of(base) in {"self", "cls"} else None
    if own is None or not 2 <= len(found) <= _MOST_BINDINGS:
        return found
    classes = ((binding, class_of(binding.node)) for binding in found)
    return [binding for binding, other in classes if other and _are_related(own, other, values)]


def _are_related(one: Node, other: Node, values: Values) -> bool:
    return one == other or _is_made_from(one, other, values) or _is_made_from(other, one, values)


def _is_made_from(one: Node, other: Node, values: Values) -> bool:
    bases, name = one.child_by_field_name("superclasses"), other.child_by_field_name("name")
    named = bases.named_children if bases and name else []
    return name is not None and values.text_of(name) in {
        values.text_of(base).rpartition(".")[2] for base in named
    }


def _given(base: Node, name: str, values: Values) -> Node | None:
    """Return what an object is made with under a name: `Config(query="…").query`."""
    value = values.bindings.constant(base) if base.type == "identifier" else None
    arguments = value.child_by_field_name("arguments") if value and value.type == "call" else None
    for child in arguments.named_children if arguments else ():
        key = child.child_by_field_name("name")
        if child.type == "keyword_argument" and key and values.text_of(key) == name:
            return child.child_by_field_name("value")
    return None


def _is_field(node: Node, values: Values) -> bool:
    """Whether an attribute is a field of a dataclass or a model, which whoever makes one may give another."""
    name = node.child_by_field_name("attribute")
    for binding in values.bindings.of_attribute(values.text_of(name)) if name and values.has_names else ():
        bases = binding.scope.child_by_field_name("superclasses")
        around = binding.scope.parent
        decorators = around.named_children[:-1] if around and around.type == "decorated_definition" else []
        written = " ".join(values.text_of(each) for each in (*decorators, *([bases] if bases else [])))
        if binding.type and _WITH_FIELDS.search(written) and "Var" not in values.text_of(binding.type):
            return True
    return False


def default_of(node: Node | None, values: Values) -> Node | None:
    """Return the default of `field(default=…)` and its like, anything else as it is."""
    function = node.child_by_field_name("function") if node and node.type == "call" else None
    arguments = node.child_by_field_name("arguments") if node and function else None
    if function is None or arguments is None or values.text_of(function).rpartition(".")[2] not in _FIELDS:
        return node
    for child in arguments.named_children:
        name = child.child_by_field_name("name")
        if child.type == "keyword_argument" and name and values.text_of(name) == "default":
            return child.child_by_field_name("value")
    first = arguments.named_children[0] if arguments.named_children else None
    return first if first and first.type != "keyword_argument" else None


def is_own(base: Node, values: Values) -> bool:
    """Whether an expression is the object of a method, a class of the file, or made by one."""
    if values.text_of(base) in {"self", "cls"}:
        return True
    if base.type == "call":
        function = base.child_by_field_name("function")
        return function is not None and function.type == "identifier" and is_own(function, values)
    if base.type != "identifier":
        return False
    bindings = values.bindings.visible(values.text_of(base), base)
    if len(bindings) != 1:
        return False
    value = bindings[0].value
    if value and value.type == "call":
        return is_own(value, values)
    definition = bindings[0].definition
    return definition is not None and definition.type == "class_definition"


def item(base: Node, key: Node, values: Values, depth: int = 0) -> Node | None:
    """Return what a dictionary or a list of the file, bound once, holds under a literal key or index."""
    wanted = of(key, values)
    value = held(base, values, depth)
    if wanted is None or value is None:
        return None
    if value.type == "dictionary":
        return pair(value, wanted[0], values)
    items = [child for child in value.named_children if child.type != "comment"]
    at = wanted[0]
    if type(at) is not int or any(child.type == "list_splat" for child in items):
        return None
    return items[at] if -len(items) <= at < len(items) else None


def items(base: Node, values: Values) -> list[Node]:
    """Return what a dictionary or a list of the file, bound once, holds; none where not all of it is text."""
    found = written(held(base, values))
    return found if all(values.of(each) for each in found) else []


def listed(container: Node | None) -> list[Node]:
    """Return what a loop over a list goes through; over a dictionary these are its keys."""
    found = [child for child in container.named_children if child.type != "comment"] if container else []
    return [child.child_by_field_name("key") or child for child in found]


def written(container: Node | None) -> list[Node]:
    """Return the items of a list, or the values of a dictionary."""
    found = [child for child in container.named_children if child.type != "comment"] if container else []
    return [child.child_by_field_name("value") or child for child in found]


def held(node: Node, values: Values, depth: int = 0) -> Node | None:
    """Return the dictionary, list, tuple or set of the file that a name, an attribute or an item holds."""
    if depth > _DEEPEST or not values.has_names:
        return None
    value: Node | None = node
    if node.type == "identifier":
        value = values.bindings.constant(node)
    elif node.type == "attribute":
        value = stored(node, values)
    elif node.type == "subscript":
        base, key = node.child_by_field_name("value"), node.child_by_field_name("subscript")
        value = item(base, key, values, depth + 1) if base and key else None
    return value if value and value.type in _CONTAINERS else None


def pair(dictionary: Node, wanted: Constant, values: Values) -> Node | None:
    """Return the value of a key of a dictionary as it is written; None where the key is not there once."""
    pairs = [child for child in dictionary.named_children if child.type == "pair"]
    found = []
    for each in pairs:
        key = each.child_by_field_name("key")
        value = each.child_by_field_name("value")
        if key and value and of(key, values) == (wanted,):
            found.append(value)
    return found[0] if len(found) == 1 else None
