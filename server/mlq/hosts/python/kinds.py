"""What kind of value an expression of a Python file has, where the file shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from mlq.hosts.python import constants

if TYPE_CHECKING:
    from tree_sitter import Node

    from mlq.hosts.python.values import Values
    from mlq.hosts.region import HoleKind

Kind = Literal["unknown", "integer", "number", "boolean", "text"]

_DEEPEST = 6
_MOST_ITEMS = 100  # of a list that a loop goes through
_TYPES: dict[str, Kind] = {"int": "integer", "float": "number", "bool": "boolean", "str": "text"}
_CALLS: dict[str, Kind] = {
    "int": "integer",
    "len": "integer",
    "float": "number",
    "bool": "boolean",
    "str": "text",
    "repr": "text",
    "time.time": "number",
    "time.time_ns": "integer",
}
# Of these, the conversion that shows the same.
_SHOWS = {"str": "", "repr": "r"}
_METHODS: dict[str, Kind] = {"timestamp": "number", "total_seconds": "number", "isoformat": "text"}
_LITERALS: dict[str, Kind] = {
    "integer": "integer",
    "float": "number",
    "true": "boolean",
    "false": "boolean",
    "string": "text",
    "concatenated_string": "text",
}
_SPEC_TYPES = re.compile(r"(?:.?[<>=^])?[-+ ]?#?0?[\d{}\w]*[,_]?(?:\.[\d{}\w]+)?([dxXobeEfFgG])")


def of(node: Node, values: Values, depth: int = 0) -> Kind:
    """Return the kind of an expression."""
    if depth > _DEEPEST:
        return "unknown"
    match node.type:
        case "parenthesized_expression":
            return of(node.named_children[0], values, depth + 1) if node.named_children else "unknown"
        case "identifier":
            return _of_name(node, values, depth)
        case "call":
            return _of_call(node, values)
        case "binary_operator":
            return _of_operator(node, values, depth)
        case "unary_operator":
            argument = node.child_by_field_name("argument")
            return of(argument, values, depth + 1) if argument else "unknown"
        case "comparison_operator" | "not_operator":
            return "boolean"
    return _LITERALS.get(node.type, "unknown")


def shown(node: Node, values: Values, conversion: str, spec: str) -> HoleKind:
    """Return what an expression looks like where it stands in a text: `str(n)` there is what `n` is."""
    if not conversion and not spec and node.type == "call":
        function, arguments = (node.child_by_field_name(field) for field in ("function", "arguments"))
        name = values.text_of(function) if function else ""
        is_lone = arguments is not None and len(arguments.named_children) == 1
        if function and arguments and is_lone and name in _SHOWS and _is_builtin(function, values):
            return formatted(of(arguments.named_children[0], values), _SHOWS[name], "")
    return formatted(of(node, values), conversion, spec)


def formatted(kind: Kind, conversion: str, spec: str) -> HoleKind:
    """Return what a value of this kind looks like when it is formatted."""
    if conversion in {"r", "a"}:
        return "quoted" if kind == "text" else kind
    wanted = _SPEC_TYPES.fullmatch(spec)
    if wanted:
        is_integer = wanted[1] in "dxXob" or (kind == "integer" and spec.endswith("0f"))
        return "integer" if is_integer else "number"
    return "unknown" if kind == "text" or spec else kind


def _of_name(node: Node, values: Values, depth: int) -> Kind:
    if not values.has_names:
        return "unknown"
    found = values.bindings.visible(values.text_of(node), node)
    kinds = set()
    for binding in found:
        if binding.type is not None:
            kinds.add(_TYPES.get(values.text_of(binding.type).strip("\"' "), "unknown"))
        elif binding.assigned:
            kinds.add(of(binding.assigned, values, depth + 1))
        else:
            kinds.add(_of_loop(binding.node, values, depth))
    return kinds.pop() if len(kinds) == 1 else "unknown"


def _of_loop(name: Node, values: Values, depth: int) -> Kind:
    """Return the kind of what a loop goes through: `for rate in [0.1, 0.01]`, `for n in range(9)`."""
    loop = name.parent
    if loop is None or loop.type not in {"for_statement", "for_in_clause"}:
        return "unknown"
    items = loop.child_by_field_name("right")
    function = items.child_by_field_name("function") if items and items.type == "call" else None
    if function and values.text_of(function) == "range" and _is_builtin(function, values):
        return "integer"
    held = constants.held(items, values) if items else None
    listed = constants.listed(held)
    kinds = {of(item, values, depth + 1) for item in listed} if len(listed) <= _MOST_ITEMS else set()
    if kinds == {"integer", "number"}:
        return "number"
    return kinds.pop() if len(kinds) == 1 else "unknown"


def _of_call(node: Node, values: Values) -> Kind:
    function = node.child_by_field_name("function")
    if function is None:
        return "unknown"
    name = values.text_of(function)
    if function.type == "attribute":
        method = function.child_by_field_name("attribute")
        return _CALLS.get(name) or _METHODS.get(values.text_of(method) if method else "", "unknown")
    return _CALLS.get(name, "unknown") if _is_builtin(function, values) else "unknown"


def _is_builtin(name: Node, values: Values) -> bool:
    return values.has_names and not values.bindings.visible(values.text_of(name), name)


def _of_operator(node: Node, values: Values, depth: int) -> Kind:
    sides = [node.child_by_field_name(field) for field in ("left", "right")]
    kinds = {of(side, values, depth + 1) for side in sides if side}
    if not kinds <= {"integer", "number"}:
        return "unknown"
    operator = node.child_by_field_name("operator")
    is_divided = operator is not None and operator.type == "/"
    return (
        "integer"
        if kinds == {"integer"} and not is_divided and operator and operator.type != "**"
        else "number"
    )
