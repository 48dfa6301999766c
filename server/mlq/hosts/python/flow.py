"""What a variable holds where it is used: its assignments are followed, `+=` and branches included."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from mlq.hosts.python import imported, loops
from mlq.hosts.python.bindings import scope_of
from mlq.hosts.python.template import Template, hole
from mlq.hosts.region import Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from mlq.hosts.python.bindings import Binding
    from mlq.hosts.python.values import Values

Texts = tuple[Template, ...]

_MOST_BINDINGS = 100
_MOST_TEXTS = 50
_BRANCHES = frozenset(
    {"elif_clause", "else_clause", "except_clause", "except_group_clause", "finally_clause", "case_clause"}
)


def of_name(node: Node, values: Values) -> Texts:
    """Return the texts that a name may hold where it stands; none where that cannot be told."""
    known = state_of(node, values)
    if known is None:
        known = loops.of_comprehension(node, values)
    if known is not None:
        return known
    name = values.text_of(node)
    bindings = values.bindings.visible(name, node)
    if not bindings or len(bindings) > _MOST_BINDINGS:
        return ()
    scope = bindings[0].scope
    if len(bindings) == 1 and bindings[0].path:
        return imported.texts(bindings[0].path, node, values) if values.modules else ()
    if any(binding.value and scope_of(binding.node) != scope for binding in bindings):
        return ()  # a function changes it through `global`
    is_local = scope_of(node) == scope or scope.type == "class_definition"
    if not is_local and sum(not _is_added(binding) for binding in bindings) > 1:
        return ()  # which of several it is depends on when the function is called
    is_bound = values.source.is_ordered or any(binding.start < node.start_byte for binding in bindings)
    until = node.start_byte if is_local and is_bound else scope.end_byte
    found = _Run(name, scope, bindings, values, until).texts()
    return tuple(text.placed(text.span, _shape(text)) for text in found)


def state_of(node: Node, values: Values) -> Texts | None:
    """Return what a name holds within its own assignment, as in `q = q + …`; None anywhere else."""
    if node.type != "identifier" or not values.states or not values.has_names:
        return None
    return values.states.get((scope_of(node).id, values.text_of(node)))


@contextmanager
def where_true(condition: Node, values: Values) -> Iterator[None]:
    """Take a name that is the whole of a condition for no empty text: `f"{q} AND …" if q else …`."""
    key = (scope_of(condition).id, values.text_of(condition))
    before = values.states.get(key) if condition.type == "identifier" else None
    if before is None:
        yield
        return
    values.states[key] = _not_empty(before)
    try:
        yield
    finally:
        values.states[key] = before


def _not_empty(state: Texts) -> Texts:
    return tuple(text for text in state if text.text)


def _shape(text: Template) -> Shape:
    return text.shape if text.shape in {"attribute", "function", "parameter-default"} else "variable"


def _is_added(binding: Binding) -> bool:
    return _statement_of(binding).type == "augmented_assignment"


def _statement_of(binding: Binding) -> Node:
    node = binding.node
    return node.parent or node


class _Run:
    """Follows one name through the statements of its scope, up to where it is used."""

    def __init__(self, name: str, scope: Node, bindings: list[Binding], values: Values, until: int) -> None:
        self._key = (scope.id, name)
        self._scope = scope
        self._bindings = [binding for binding in bindings if binding.start < until]
        self._values = values
        self._until = until

    def texts(self) -> Texts:
        """Return the texts that the name may hold at the end."""
        body = self._scope.child_by_field_name("body") or self._scope
        given = [binding for binding in self._bindings if binding.start < body.start_byte]
        start = self._unknown(given[-1]) if given else ()
        return self._block(body, start)

    def _block(self, block: Node, state: Texts) -> Texts:
        for statement in self._touched(block):
            state = self._step(statement, state)[:_MOST_TEXTS]
        return state

    def _touched(self, block: Node) -> list[Node]:
        """Return the statements of a block that bind the name, and the one that uses it."""
        starts = [binding.start for binding in self._bindings]
        places = [start for start in starts if block.start_byte <= start < block.end_byte]
        if block.start_byte <= self._until < block.end_byte:
            places.append(self._until)
        found = {}
        for place in sorted(places):
            child = _child_at(block, place)
            if child:
                found[child.start_byte] = child
        return list(found.values())

    def _step(self, node: Node, state: Texts) -> Texts:
        match node.type:
            case "expression_statement" | "assignment" | "augmented_assignment":
                return self._assign(node, state)
            case "if_statement" | "match_statement":
                return self._branch(node, state)
            case "for_statement" | "while_statement":
                return self._loop(node, state)
            case "with_statement":
                return self._inside(node, state)
            case "try_statement":
                return self._try(node, state)
            case "function_definition" | "class_definition" | "decorated_definition":
                return state
        return self._inside(node, state) if self._uses(node) else self._lost(node, state)

    def _assign(self, node: Node, state: Texts) -> Texts:
        here = [binding for binding in self._bindings if _holds(node, binding.start)]
        if node.end_byte > self._until >= node.start_byte:
            here = [
                binding
                for binding in here
                if binding.start < self._until and not _is_within(binding, self._until)
            ]
        for binding in here:
            state = self._bound(binding, state)
        return state

    def _bound(self, binding: Binding, state: Texts) -> Texts:
        statement = _statement_of(binding)
        right = statement.child_by_field_name("right") or binding.value
        if right is None:
            return self._unknown(binding) if binding.type is None else state
        if right.type == "none":
            return ()
        outer = self._values.states.get(self._key)
        self._values.states[self._key] = state
        try:
            if statement.type == "augmented_assignment":
                return self._added(binding, right, state)
            return self._values.of(right) or self._unknown(binding)
        finally:
            if outer is None:
                del self._values.states[self._key]
            else:
                self._values.states[self._key] = outer

    def _added(self, binding: Binding, right: Node, state: Texts) -> Texts:
        statement = _statement_of(binding)
        operator = statement.child_by_field_name("operator")
        if operator is None or operator.type != "+=":
            return self._unknown(binding)
        texts = self._values.of(right)
        added = [(text.parts, text.literals) for text in texts] or self._values.filled(
            right, self._values.span(right)
        )
        before = [(text.parts, text.literals) for text in state]
        if not before:
            return ()
        found = self._values.put_together([before, added], statement, "variable")
        start = min(text.span.start for text in state)
        whole = self._values.span(right)
        return tuple(text.placed(whole._replace(start=min(start, whole.start)), "variable") for text in found)

    def _branch(self, node: Node, state: Texts) -> Texts:
        condition = node.child_by_field_name("condition")
        state = self._assign(condition, state) if condition else state
        blocks = _blocks(node)
        is_of_itself = condition is not None and self._values.text_of(condition) == self._key[1]
        states = [_not_empty(state) if is_of_itself and not index else state for index in range(len(blocks))]
        using = next((index for index, block in enumerate(blocks) if self._uses(block)), None)
        if using is not None:
            return self._block(blocks[using], states[using])
        if condition and self._uses(condition):
            return state
        touched = [self._block(block, before) for block, before in zip(blocks, states, strict=True)]
        is_total = any(child.type == "else_clause" for child in node.children)
        if not is_total and len(blocks) == 1 and self._only_adds(blocks[0]):
            return touched[0]  # the longer text has all that the shorter one has
        return _union(touched if is_total else [*touched, state])

    def _loop(self, node: Node, state: Texts) -> Texts:
        body, condition = node.child_by_field_name("body"), node.child_by_field_name("condition")
        if body is None:
            return self._lost(node, state)
        if condition:
            state = self._assign(condition, state)
        elif heads := [binding for binding in self._in(node) if binding.start < body.start_byte]:
            state = loops.of_target(heads[-1].node, self._values) or self._lost(node, state)
            if not self._uses(body):
                return state
        if self._uses(body):
            return self._block(body, state)
        after = self._block(body, state)
        return after if self._only_adds(body) else _union([after, state])

    def _inside(self, node: Node, state: Texts) -> Texts:
        body = node.child_by_field_name("body")
        if body is None or any(binding.start < body.start_byte for binding in self._in(node)):
            return self._lost(node, state)
        return self._block(body, state)

    def _try(self, node: Node, state: Texts) -> Texts:
        body = node.child_by_field_name("body")
        if body is None:
            return state
        if self._uses(body):
            return self._block(body, state)
        done = self._block(body, state)
        found = [done]
        for block in _blocks(node):
            if self._uses(block):
                return self._block(block, done)
            is_handler = block.parent is not None and block.parent.type.startswith("except")
            if is_handler and self._in(block):
                found.append(self._block(block, state))
            elif self._in(block):
                found = [self._block(block, done)]
        return _union(found)

    def _lost(self, node: Node, state: Texts) -> Texts:
        here = self._in(node)
        return self._unknown(here[-1]) if here else state

    def _in(self, node: Node) -> list[Binding]:
        return [binding for binding in self._bindings if _holds(node, binding.start)]

    def _only_adds(self, block: Node) -> bool:
        """Whether all that is bound in a block is the old text with more."""
        return all(_is_added(binding) or self._repeats(binding) for binding in self._in(block))

    def _repeats(self, binding: Binding) -> bool:
        value, name = binding.value, self._key[1]
        return value is not None and name in _names_of(self._values.text_of(value))

    def _uses(self, node: Node) -> bool:
        return _holds(node, self._until)

    def _unknown(self, binding: Binding) -> Texts:
        span = self._values.span(binding.node)
        return (Template((hole(span, "unknown", self._key[1]),), (), span, "variable"),)


def _names_of(text: str) -> set[str]:
    return set("".join(char if char.isidentifier() or char.isdigit() else " " for char in text).split())


def _holds(node: Node, offset: int) -> bool:
    return node.start_byte <= offset < node.end_byte


def _is_within(binding: Binding, offset: int) -> bool:
    """Whether an offset stands in the value that a binding binds."""
    statement = _statement_of(binding)
    return _holds(statement, offset)


def _child_at(block: Node, offset: int) -> Node | None:
    node = block.descendant_for_byte_range(offset, offset + 1)
    while node and node.parent and node.parent != block:
        node = node.parent
    return node if node and node != block else None


def _blocks(node: Node) -> list[Node]:
    """Return the bodies of a statement's branches."""
    found = []
    body = node.child_by_field_name("consequence")
    if body:
        found.append(body)
    for child in node.named_children:
        if child.type in _BRANCHES:
            found += [inner for inner in child.named_children if inner.type == "block"]
        elif child.type == "block" and node.type == "match_statement":
            found += [
                inner
                for case in child.named_children
                for inner in case.named_children
                if inner.type == "block"
            ]
    return found


def _union(states: list[Texts]) -> Texts:
    found: dict[tuple[int, str], Template] = {}
    for state in states:
        for text in state:
            found.setdefault((text.span.start, text.text), text)
    return tuple(found.values())
