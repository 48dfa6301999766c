"""Whether what an expression of a Python file makes may hold quotes, or is just what the file was given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

    from mlq.hosts.python.bindings import Binding
    from mlq.hosts.python.values import Values
    from mlq.hosts.region import Writing

_DEEPEST = 6
# Names of things that MLflow or the computer makes, not a person.
_CLOSED_NAME = re.compile(
    r"id|(?:.*_)?(?:run|experiment|exp|trace|request|model|parent|dataset|span)_?ids?|(?:.*_)?uu?id"
    r"|(?:.*_)?(?:uuid|hex|sha|hash|digest|timestamp|datetime|date|lifecycle_stage|status)(?:_(?:ms|ns|utc))?",
    re.IGNORECASE,
)
_CLOSED_CALLS = frozenset(
    {"isoformat", "strftime", "hexdigest", "uuid4", "uuid1", "date", "now", "today", "repr"}
)
_QUOTING = re.compile(r"quot|escap|repr|dumps|liter|sql|claus|cond|expr|filter|where|query", re.IGNORECASE)
_LITERAL = re.compile(r"""(?:typing\.|t\.)?Literal\[[^'"]*(?:(?:'[^'"]*'|"[^'"]*")[\s,]*)+\]""")
_ENUM = re.compile(r"\b(?:Enum|StrEnum|IntEnum)\b")


def of(node: Node, values: Values, conversion: str = "", spec: str = "") -> Writing:
    """Return what is known of the quotes in what an expression is formatted to."""
    if conversion in {"r", "a"} or "%" in spec:
        return "closed"
    return _of(node, values, 0)


def _of(node: Node, values: Values, depth: int) -> Writing:
    if depth > _DEEPEST:
        return "unknown"
    match node.type:
        case "identifier":
            return _of_name(node, values, depth)
        case "attribute" | "subscript":
            return _of_part(node, values)
        case "call":
            return _of_call(node, values)
        case "parenthesized_expression" if len(node.named_children) == 1:
            return _of(node.named_children[0], values, depth + 1)
    return "unknown"


def _of_name(node: Node, values: Values, depth: int) -> Writing:
    name = values.text_of(node)
    if _QUOTING.search(name):
        return "unknown"
    if not values.has_names:
        return "given"
    bindings = values.bindings.visible(name, node)
    if name.isupper() and all(binding.path for binding in bindings):
        return "closed"  # another module's constant
    found = {_bound(binding, name, values, depth) for binding in bindings}
    if not found:
        found = {"closed" if _CLOSED_NAME.fullmatch(name) else "given"}
    return found.pop() if len(found) == 1 else "unknown"


def _bound(binding: Binding, name: str, values: Values, depth: int) -> Writing:
    if binding.type and _is_enumerated(binding.type, values):
        return "closed"
    parent = binding.node.parent
    if parent and parent.type in {"for_statement", "for_in_clause"}:
        return _of_loop(parent, name, values)
    if binding.value and parent and parent.type in {"assignment", "named_expression"}:
        return _of(binding.value, values, depth + 1)
    return "closed" if _CLOSED_NAME.fullmatch(name) else "given"


def _of_loop(loop: Node, name: str, values: Values) -> Writing:
    """Return what is known of the items of a loop: those of a list that is written here are seen."""
    items = loop.child_by_field_name("right")
    if items and items.type == "identifier" and values.has_names:
        items = values.bindings.constant(items) or items
    listed = items.named_children if items and items.type in {"list", "tuple", "set"} else []
    texts = [values.one(item) for item in listed]
    if texts and all(text and text.is_static and not {"'", '"'} & set(text.text) for text in texts):
        return "closed"
    if listed:
        return "unknown"
    return "closed" if _CLOSED_NAME.fullmatch(name) else "given"


def _is_enumerated(type_: Node, values: Values) -> bool:
    """Whether an annotation leaves only texts without quotes: a Literal, or an Enum of the file."""
    text = values.text_of(type_).strip()
    if _LITERAL.fullmatch(text):
        return True
    definitions = (binding.definition for binding in values.bindings.of(text))
    bases = (each.child_by_field_name("superclasses") for each in definitions if each)
    return any(base is not None and _ENUM.search(values.text_of(base)) for base in bases)


def _of_part(node: Node, values: Values) -> Writing:
    text = values.text_of(node)
    last = re.split(r"[.\[]", text.rstrip("]'\""))[-1].strip("'\"")
    if _QUOTING.search(text):
        return "unknown"
    if re.fullmatch(r"[A-Z]\w*\.[A-Z][A-Z0-9_]*(?:\.value|\.name)?", text) or _CLOSED_NAME.fullmatch(last):
        return "closed"
    return "given"


def _of_call(node: Node, values: Values) -> Writing:
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None or arguments is None:
        return "unknown"
    name = values.text_of(function).rpartition(".")[2]
    if name in _CLOSED_CALLS:
        return "closed"
    given = arguments.named_children
    return _of(given[0], values, _DEEPEST) if name == "str" and len(given) == 1 else "unknown"
