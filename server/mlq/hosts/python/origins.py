"""Where the values of a Python file come from: `client` is `mlflow.MlflowClient()`, `m` is `mlflow`.

An origin is a dotted path from the import that a value goes back to, with `()` after what was called. A name
that the file defines itself starts with `<file>`, a function's own result with `=`.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from mlq.hosts.python.bindings import Binding, Bindings, class_of, scope_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from mlq.hosts.python.syntax import Source

_DEEPEST = 12
_DOTTED = re.compile(r"[^\W\d]\w*(?:\.\w+)*")
_WORD = re.compile(r"""(["'])([\w.]+)\1""")
_IMPORTING = frozenset({"import_module", "importorskip", "__import__"})
_INJECTING = frozenset({"Depends", "Provide", "Inject"})
_NEUTRAL = ("typing.", "typing_extensions.", "collections.", "types.", "contextlib.")
# Names that a snippet or a notebook cell uses while the import stands elsewhere.
_USUAL = {"mlflow": "mlflow", "MlflowClient": "mlflow.MlflowClient"}


def is_mlflow(origin: str | None) -> bool:
    """Whether an origin is mlflow or something of it."""
    return origin is not None and re.match(r"mlflow(?:_skinny)?\b", origin) is not None


class Origins:
    """The origins of the expressions in one file, found when asked for."""

    def __init__(self, source: Source, bindings: Bindings) -> None:
        self._source = source
        self._bindings = bindings
        self._known: dict[int, str | None] = {}
        self._has_wildcard = re.search(r"\bfrom\s+mlflow\s+import\s+\*", source.text) is not None

    def of(self, node: Node) -> str | None:
        """Return where the value of an expression comes from; None where that cannot be seen."""
        origin = self._of(node, 0)
        return origin and origin.removeprefix("=")

    def _of(self, node: Node, depth: int) -> str | None:
        if depth > _DEEPEST:
            return None
        match node.type:
            case "identifier":
                return self._lookup(self._source.text_of(node), node, depth + 1)
            case "attribute":
                return self._attribute(node, depth + 1)
            case "call":
                return self._call(node, depth + 1)
            case "await" | "parenthesized_expression" | "boolean_operator":
                return self._best(node.named_children, depth + 1)
            case "conditional_expression":
                return self._best(node.named_children[::2], depth + 1)
            case "assignment" | "named_expression":
                value = node.child_by_field_name("right") or node.child_by_field_name("value")
                return self._of(value, depth + 1) if value else None
        return None

    def _best(self, nodes: Iterable[Node], depth: int) -> str | None:
        return _best(self._of(node, depth) for node in nodes)

    def _attribute(self, node: Node, depth: int) -> str | None:
        base_node, name_node = node.child_by_field_name("object"), node.child_by_field_name("attribute")
        if base_node is None or name_node is None:
            return None
        name = self._source.text_of(name_node)
        base = self._of(base_node, depth)
        is_own = self._source.text_of(base_node) in {"self", "cls"}
        if is_own or base is None or base.startswith("<file>"):
            stored = self._stored(name, class_of(node) if is_own else None, depth)
            if stored is not None:
                return stored
        return None if base is None else f"{base.removeprefix('=')}.{name}"

    def _stored(self, name: str, own_class: Node | None, depth: int) -> str | None:
        bindings = self._bindings.of_attribute(name)
        if own_class is not None:
            here = [binding for binding in bindings if class_of(binding.scope, inclusive=True) == own_class]
            bindings = here or bindings
        return _best(self._bound(binding, depth) for binding in bindings)

    def _call(self, node: Node, depth: int) -> str | None:
        function = node.child_by_field_name("function")
        if function is None:
            return None
        name = self._source.text_of(function)
        if name in {"partial", "functools.partial"}:
            arguments = node.child_by_field_name("arguments")
            return _best(
                self._of(given, depth) for given in (arguments.named_children[:1] if arguments else [])
            )
        if name == "super":
            own_class = class_of(node)
            return f"{self._class(own_class, depth)}()" if own_class else None
        if name in {"cast", "typing.cast"}:
            arguments = node.child_by_field_name("arguments")
            types = arguments.named_children[:1] if arguments else []
            return _best(self._annotated(given, depth) for given in types)
        if name == "getattr":
            return self._got(node, depth)
        last = name.rpartition(".")[2]
        if last in _IMPORTING or last in _INJECTING:
            return self._handed(node, depth, is_module=last in _IMPORTING)
        origin = self._of(function, depth)
        if origin is None:
            return None
        return origin[1:] if origin.startswith("=") else f"{origin}()"

    def _got(self, call: Node, depth: int) -> str | None:
        """Return the origin of `getattr(base, "name")`."""
        arguments = call.child_by_field_name("arguments")
        given = arguments.named_children if arguments else []
        name = _WORD.fullmatch(self._source.text_of(given[1])) if len(given) > 1 else None
        base = self._of(given[0], depth) if name else None
        return f"{base.removeprefix('=')}.{name[2]}" if base and name else None

    def _handed(self, call: Node, depth: int, *, is_module: bool) -> str | None:
        """Return the origin of `import_module("mlflow")`, or of `Depends(make_client)`."""
        arguments = call.child_by_field_name("arguments")
        first = arguments.named_children[0] if arguments and arguments.named_children else None
        if first is None:
            return None
        if is_module:
            name = _WORD.fullmatch(self._source.text_of(first))
            return name[2] if name else None
        made = self._of(first, depth)
        return made and (made[1:] if made.startswith("=") else f"{made}()")

    def _lookup(self, name: str, at: Node, depth: int) -> str | None:
        bindings = self._bindings.visible(name, at)
        if not bindings:
            return f"mlflow.{name}" if self._has_wildcard else _USUAL.get(name)
        before = [binding for binding in reversed(bindings) if binding.start < at.start_byte]
        after = [binding for binding in bindings if binding.start > at.start_byte]
        origins = (self._bound(binding, depth) for binding in before + after)
        return next((origin for origin in origins if origin is not None), None)

    def _bound(self, binding: Binding, depth: int) -> str | None:
        if binding.start not in self._known:
            self._known[binding.start] = None  # what a binding says of itself, as in `a = a or b`
            self._known[binding.start] = self._origin_of(binding, depth)
        return self._known[binding.start]

    def _origin_of(self, binding: Binding, depth: int) -> str | None:
        if binding.path is not None:
            return binding.path
        if binding.definition is not None:
            return self._definition(binding.definition, depth + 1)
        annotated = self._annotated(binding.type, depth + 1) if binding.type else None
        if annotated is None and binding.value is not None:
            return self._of(binding.value, depth + 1)
        return annotated or self._self(binding, depth)

    def _self(self, binding: Binding, depth: int) -> str | None:
        """Return the class's own instance for the first parameter of a method."""
        parameters = binding.scope.child_by_field_name("parameters")
        own_class = scope_of(binding.scope)
        if parameters is None or own_class.type != "class_definition" or not parameters.named_children:
            return None
        is_first = parameters.named_children[0].start_byte == binding.start
        return f"{self._class(own_class, depth + 1)}()" if is_first else None

    def _definition(self, node: Node, depth: int) -> str | None:
        if node.type == "class_definition":
            return self._class(node, depth)
        returned = self._returned(node, depth)
        if returned is None:
            name = node.child_by_field_name("name")
            return f"<file>.{self._source.text_of(name)}" if name else None
        return f"={returned}"

    def _class(self, node: Node, depth: int) -> str:
        bases = node.child_by_field_name("superclasses")
        origins = [self._of(base, depth) for base in bases.named_children] if bases else []
        base = next(filter(is_mlflow, origins), None)
        name = node.child_by_field_name("name")
        return base or f"<file>.{self._source.text_of(name) if name else ''}"

    def _returned(self, function: Node, depth: int) -> str | None:
        annotation = function.child_by_field_name("return_type")
        if annotation is not None:
            return self._annotated(annotation, depth)
        found = chain(self._source.returns_of(function), self._source.yields_of(function))
        statements = (each for each in found if scope_of(each) == function)
        return _best(self._best(statement.named_children, depth) for statement in statements)

    def _annotated(self, node: Node, depth: int) -> str | None:
        """Return the origin of a value of this type, whatever wraps it: `Optional["a.B"]`, `B | None`."""
        origins = []
        for found in _DOTTED.finditer(self._source.text_of(node)):
            root, *rest = found[0].split(".")
            origin = self._lookup(root, node, depth)
            if origin is not None and not f"{origin}.".startswith(_NEUTRAL):
                origins.append(".".join([origin, *rest]) + "()")
        return _best(origins)


def _best(origins: Iterable[str | None]) -> str | None:
    known = [origin for origin in origins if origin is not None]
    return next(
        (origin for origin in known if is_mlflow(origin.removeprefix("="))), known[0] if known else None
    )
