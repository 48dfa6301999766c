"""What an expression of a Python file says: a text, or the variable of the environment that holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.hosts.python import constants, parameters
from mlq.hosts.store_reference import Said, Way

if TYPE_CHECKING:
    from mlq_grammar.spans import Span
    from tree_sitter import Node

    from mlq.hosts.python.values import Values

_GETTERS = frozenset({"os.getenv", "getenv", "os.environ.get", "environ.get"})
_VARIABLES = frozenset({"os.environ", "environ"})
_PATHS = frozenset({"Path", "pathlib.Path"})
_DEEPEST = 4


def said(node: Node, values: Values, by: Way, span: Span) -> Said:
    """Return what an expression says; its text is None where only a run can tell it."""
    variable = _variable(node, values, 0)
    if variable:
        name, default = variable
        return Said(_text(default, values) if default else None, by, name, span)
    return Said(_text(node, values), by, span=span)


def function_of(call: Node, values: Values) -> str:
    """Return how a call names its function; empty for what is no call."""
    function = call.child_by_field_name("function") if call.type == "call" else None
    return values.text_of(function) if function else ""


def _variable(node: Node, values: Values, depth: int) -> tuple[str, Node | None] | None:
    """Return the variable of the environment that an expression reads, and what it takes else."""
    if depth > _DEEPEST:
        return None
    match node.type:
        case "identifier":
            value = values.bindings.constant(node) if values.has_names else None
            return _variable(value, values, depth + 1) if value else None
        case "parenthesized_expression" if len(node.named_children) == 1:
            return _variable(node.named_children[0], values, depth + 1)
        case "boolean_operator" if len(node.named_children) == 2:
            first, second = node.named_children
            found = _variable(first, values, depth + 1)
            operator = node.child_by_field_name("operator")
            return (found[0], second) if found and operator and operator.type == "or" else None
        case "call" if function_of(node, values) in _GETTERS:
            key, default = (
                parameters.argument(node, "key", 0, values),
                parameters.argument(node, "default", 1, values),
            )
        case "subscript" if values.text_of(node).partition("[")[0] in _VARIABLES:
            key, default = node.child_by_field_name("subscript"), None
        case _:
            return None
    name = _text(key, values) if key else None
    return (name, default) if name else None


def _text(node: Node, values: Values) -> str | None:
    """Return the text that an expression always is, or a parameter is by default."""
    if function_of(node, values) in _PATHS:
        given = parameters.argument(node, "", 0, values)
        return _text(given, values) if given else None
    constant = constants.of(node, values)
    if constant and type(constant[0]) is int:
        return str(constant[0])
    found = [text for text in values.of(node) + parameters.of(node, values) if text.is_written]
    texts = {text.text for text in found if text.is_static}
    return texts.pop() if len(texts) == 1 and all(text.is_static for text in found) else None
