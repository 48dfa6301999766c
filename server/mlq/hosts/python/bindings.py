"""What binds a name in a Python file: imports, assignments, parameters, definitions."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from mlq.hosts.python.syntax import Source

SCOPES = frozenset({"function_definition", "lambda", "class_definition", "module"})
_MOST_OCCURRENCES = 2_000  # of one name; keeps the time for a hostile file bounded


class Binding(NamedTuple):
    """A place where a name gets a value.

    `node` is the name. The value is an import's dotted path (`path`), an expression (`value`), of an
    annotated type (`type`), a function or a class of the file (`definition`), or unknown, where all are None.
    """

    scope: Node
    node: Node
    path: str | None = None
    value: Node | None = None
    type: Node | None = None
    definition: Node | None = None

    @property
    def start(self) -> int:
        """Where the name that is bound stands."""
        return self.node.start_byte

    @property
    def assigned(self) -> Node | None:
        """The expression of a plain assignment; None for any other binding."""
        value = self.value
        is_assigned = value is not None and value.parent is not None and value.parent.type == "assignment"
        return value if is_assigned else None


def scope_of(node: Node) -> Node:
    """Return the innermost function, class or module around a node."""
    while node.parent is not None:
        node = node.parent
        if node.type in SCOPES:
            break
    return node


def class_of(node: Node, *, inclusive: bool = False) -> Node | None:
    """Return the innermost class around a node, or the node's own."""
    scope: Node | None = node if inclusive and node.type in SCOPES else scope_of(node)
    while scope is not None and scope.type != "class_definition":
        scope = scope_of(scope) if scope.parent else None
    return scope


def scopes_around(node: Node) -> Iterator[Node]:
    """Yield the scopes that a name is looked up in: a class's own only from directly within it."""
    scope = scope_of(node)
    yield scope
    while scope.parent is not None:
        scope = scope_of(scope)
        if scope.type != "class_definition":
            yield scope


class Bindings:
    """The bindings of one file, found by name when asked for."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._of: dict[str, list[Binding]] = {}
        self._occurring: dict[str, list[Node]] = {}

    def of(self, name: str) -> list[Binding]:
        """Return the bindings of a plain name, in order."""
        if name not in self._of:
            occurrences = self._occurrences(name)
            bound = [binding for node in occurrences if (binding := self._binding(node))]
            declared = (
                node for node in occurrences if node.parent and node.parent.type == "global_statement"
            )
            shared = {scope_of(node).id for node in declared}
            self._of[name] = [
                binding._replace(scope=self._source.root) if binding.scope.id in shared else binding
                for binding in bound
            ]
        return self._of[name]

    def visible(self, name: str, at: Node) -> list[Binding]:
        """Return the bindings of the innermost scope that binds the name for the code at a node."""
        bindings = self.of(name)
        for scope in scopes_around(at):
            here = [binding for binding in bindings if binding.scope.id == scope.id]
            if here:
                return here
        return []

    def constant(self, name: Node) -> Node | None:
        """Return the expression that a name stands for; None unless it is assigned exactly once."""
        bindings = self.visible(self._source.text_of(name), name)
        return bindings[0].assigned if len(bindings) == 1 else None

    def of_attribute(self, name: str) -> list[Binding]:
        """Return what is stored under `anything.name` in the file, and what classes define under the name."""
        stored = [binding for node in self._occurrences(name) if (binding := self._stored(node))]
        return stored + [binding for binding in self.of(name) if binding.scope.type == "class_definition"]

    def uses(self, name: str) -> list[Node]:
        """Return all mentions of a plain name in the file, in order."""
        return [
            node
            for node in self._occurrences(name)
            if not (node.parent and node.parent.type == "attribute" and node.prev_sibling)
        ]

    def mentions(self, name: str) -> list[Node]:
        """Return all places in the file where a name stands, behind a dot too, in order."""
        return self._occurrences(name)

    def _occurrences(self, name: str) -> list[Node]:
        if name not in self._occurring:
            places = islice(_places(name, self._source.text), _MOST_OCCURRENCES)
            nodes = (self._source.name_at(place, place + len(name)) for place in places)
            self._occurring[name] = [node for node in nodes if node]
        return self._occurring[name]

    def _stored(self, node: Node) -> Binding | None:
        attribute = node.parent
        if attribute is None or attribute.type != "attribute":
            return None
        if attribute.child_by_field_name("attribute") != node:
            return None
        return self._binding(attribute)

    def _binding(self, node: Node) -> Binding | None:
        parent = node.parent
        if parent is None:
            return None
        if parent.type in {"function_definition", "class_definition"}:
            is_name = parent.child_by_field_name("name") == node
            return Binding(scope_of(parent), node, definition=parent) if is_name else None
        if parent.type in {"dotted_name", "aliased_import"}:
            path = self._import(node, parent)
            return Binding(scope_of(node), node, path=path) if path else None
        if parent.type in _ASSIGNING:
            return _assignment(node, parent)
        if parent.type in _UNPACKING:
            return _unpacked(node, parent)
        if parent.type in _UNKNOWN:
            is_target = parent.child_by_field_name("left") in {None, node}
            return Binding(scope_of(node), node) if is_target else None
        if parent.type == "as_pattern_target" and parent.parent:
            return Binding(scope_of(node), node, value=parent.parent.named_children[0])
        return None

    def _import(self, node: Node, parent: Node) -> str | None:
        """Return the dotted path that an import gives to the name; None where it gives the name nothing."""
        name = parent
        if parent.type == "aliased_import":
            if parent.child_by_field_name("alias") != node:
                return None
            name = parent.child_by_field_name("name") or parent
            parent = parent.parent or parent
        else:
            parent = parent.parent or parent
        imported = self._source.text_of(name)
        if parent.type == "import_statement":
            is_alias = name != node.parent
            return imported if is_alias else self._root_of_import(node, imported)
        module = parent.child_by_field_name("module_name")
        if parent.type != "import_from_statement" or module is None or module == name:
            return None
        path = self._source.text_of(module)
        return f"{path}{imported}" if path.endswith(".") else f"{path}.{imported}"

    def _root_of_import(self, node: Node, imported: str) -> str | None:
        name = self._source.text_of(node)
        return name if name == imported.split(".")[0] else None


def _places(name: str, text: str) -> Iterator[int]:
    """Yield where a name stands as a word of its own; `str.find` is many times as fast as a pattern."""
    at = text.find(name) if name else -1
    while at >= 0:
        end = at + len(name)
        if not _is_of_word(text[at - 1 : at]) and not _is_of_word(text[end : end + 1]):
            yield at
        at = text.find(name, end)


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"


_ASSIGNING = frozenset(
    {"assignment", "named_expression", "typed_parameter", "typed_default_parameter", "default_parameter"}
)
_UNPACKING = frozenset({"pattern_list", "tuple_pattern"})
_UNKNOWN = frozenset(
    {
        "parameters",
        "lambda_parameters",
        "list_splat_pattern",
        "dictionary_splat_pattern",
        "for_statement",
        "for_in_clause",
        "augmented_assignment",
    }
)


def _assignment(node: Node, parent: Node) -> Binding | None:
    target = (
        parent.child_by_field_name("left") or parent.child_by_field_name("name") or parent.named_children[0]
    )
    if target != node:
        return None
    return Binding(
        scope_of(node),
        node,
        value=parent.child_by_field_name("right") or parent.child_by_field_name("value"),
        type=parent.child_by_field_name("type"),
    )


def _unpacked(node: Node, pattern: Node) -> Binding | None:
    parent = pattern.parent
    if parent is None or parent.child_by_field_name("left") != pattern:
        return None
    values = parent.child_by_field_name("right")
    names = pattern.named_children
    if parent.type == "assignment" and values and len(values.named_children) == len(names):
        return Binding(scope_of(node), node, value=values.named_children[names.index(node)])
    return Binding(scope_of(node), node)
