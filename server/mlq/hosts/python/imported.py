"""What a name holds that is imported from a module beside the file: constants, attributes, functions."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

    from mlq.hosts.modules import Module, Modules
    from mlq.hosts.python.bindings import Binding
    from mlq.hosts.python.template import Template
    from mlq.hosts.python.values import Values

    Texts = tuple[Template, ...]

_FROM = re.compile(
    r"^[ \t]*from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+(\([^()]{1,5000}\)|[^\r\n(]{1,1000})", re.MULTILINE
)
_IMPORT = re.compile(r"^[ \t]*import[ \t]+([^\r\n]{1,1000})", re.MULTILINE)
_NAME = re.compile(r"([\w.]+)(?:[ \t]+as[ \t]+\w+)?")
_COMMENT = re.compile(r"#[^\r\n]*")
_MOST_NAMES = 200
_DEEPEST = 4


def names(text: str) -> tuple[str, ...]:
    """Return what a file's imports may name: modules, and names in them that may be modules too."""
    found: dict[str, None] = {}
    for statement in _FROM.finditer(text):
        module = statement[1]
        if module.strip("."):
            found[module] = None
        joint = "" if module.endswith(".") else "."
        for each in _NAME.finditer(_COMMENT.sub("", statement[2])):
            found[f"{module}{joint}{each[1]}"] = None
    for statement in _IMPORT.finditer(text):
        found.update((each[1], None) for each in _NAME.finditer(_COMMENT.sub("", statement[1])))
    return tuple(found)[:_MOST_NAMES]


def texts(path: str, node: Node, values: Values, *, is_called: bool = False) -> Texts:
    """Return the texts that an import's dotted path stands for, as ones that stand where the node does."""
    outer = values.span(node)
    found = _texts(path, values.modules, 0, is_called=is_called)
    return tuple(text.placed(outer, "imported").elsewhere(outer) for text in found)


def path_of(node: Node, values: Values) -> str | None:
    """Return the dotted path of a name, or of an attribute of one, that is imported; None for any other."""
    if not values.modules or not values.has_names:
        return None
    if node.type == "attribute":
        base, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
        path = path_of(base, values) if base else None
        return f"{path}.{values.text_of(name)}" if path and name else None
    if node.type != "identifier":
        return None
    bindings = values.bindings.visible(values.text_of(node), node)
    return bindings[0].path if len(bindings) == 1 else None


def _texts(path: str, modules: Modules, depth: int, *, is_called: bool) -> Texts:
    known = dict(modules)
    head, rest = path, ""
    while depth < _DEEPEST and head.strip("."):
        before, _, last = head.rpartition(".")
        before = before if before.strip(".") else head[: len(head) - len(last)]
        rest = f"{last}.{rest}" if rest else last
        if before in known and rest:
            found = _in_module(rest.split("."), known[before], depth, is_called=is_called)
            if found:
                return found
        if not before.strip("."):
            break
        head = before
    return ()


def _in_module(path: list[str], module: Module, depth: int, *, is_called: bool) -> Texts:
    values = _values(module)
    root = values.source.root
    bindings = [binding for binding in values.bindings.of(path[0]) if binding.scope.id == root.id]
    if len(bindings) != 1:
        return ()
    [binding] = bindings
    if binding.path is not None:
        joined = ".".join([binding.path, *path[1:]])
        return _texts(joined, module.imports, depth + 1, is_called=is_called)
    return _bound(binding, path[1:], values, is_called=is_called)


def _bound(binding: Binding, rest: list[str], values: Values, *, is_called: bool) -> Texts:
    from mlq.hosts.python import functions

    definition = binding.definition
    if definition and definition.type == "class_definition" and len(rest) == 1 and not is_called:
        attributes = [
            each for each in values.bindings.of(rest[0]) if each.scope.id == definition.id and each.assigned
        ]
        value = attributes[0].assigned if len(attributes) == 1 else None
        return values.of(value) if value else ()
    if rest:
        return ()
    if is_called:
        return functions.evaluate(binding.node, values)
    return values.of(binding.assigned) if binding.assigned else ()


@lru_cache(maxsize=64)
def _values(module: Module) -> Values:
    from mlq.hosts.python.bindings import Bindings
    from mlq.hosts.python.syntax import Source
    from mlq.hosts.python.values import Values

    source = Source(module.text)
    return Values(source, Bindings(source), module.imports)
