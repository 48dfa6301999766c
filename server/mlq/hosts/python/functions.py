"""What the functions of a Python file return, where that is text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.hosts.python import constants
from mlq.hosts.python.bindings import scope_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from mlq.hosts.python.template import Template
    from mlq.hosts.python.values import Values

_MOST_RETURNS = 8


def evaluate(function: Node, values: Values) -> tuple[Template, ...]:
    """Return the texts that a call of a function or method of the file may give."""
    texts = (text for node in returned(function, values) for text in values.of(node))
    return tuple(text.placed(text.span, "function") for text in texts)


def is_property(definition: Node, values: Values) -> bool:
    """Whether a method is read as an attribute."""
    around = definition.parent
    decorators = around.named_children[:-1] if around and around.type == "decorated_definition" else []
    return any(values.text_of(each).rstrip().endswith("property") for each in decorators)


def returned(function: Node, values: Values) -> list[Node]:
    """Return the expressions that a function or method of the file returns; none where they are many."""
    definition = function if function.type == "lambda" else _definition(function, values)
    if definition is None:
        return []
    if definition.type == "lambda":
        body = definition.child_by_field_name("body")
        return [body] if body else []
    return _returned(definition, values)


def _definition(function: Node, values: Values) -> Node | None:
    if function.type == "identifier":
        found = values.bindings.visible(values.text_of(function), function)
    elif function.type == "attribute":
        base, name = function.child_by_field_name("object"), function.child_by_field_name("attribute")
        if base is None or name is None or not constants.is_own(base, values):
            return None
        found = constants.attributes(base, name, values)
    else:
        return None
    if len(found) != 1:
        return None
    value = found[0].value
    definition = found[0].definition or (value if value and value.type == "lambda" else None)
    return definition if definition and definition.type in {"function_definition", "lambda"} else None


def _returned(function: Node, values: Values) -> list[Node]:
    found = []
    for statement in values.source.returns_of(function):
        if scope_of(statement) == function:
            found += statement.named_children[:1]
    return found if len(found) <= _MOST_RETURNS else []
