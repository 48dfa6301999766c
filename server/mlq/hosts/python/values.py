"""Evaluates the expressions of a Python file that make text, as far as a person sees it by reading."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from mlq_grammar.spans import Span

from mlq.hosts.python import (
    constants,
    flow,
    formatting,
    fstrings,
    functions,
    imported,
    kinds,
    literals,
    loops,
    methods,
    writings,
)
from mlq.hosts.python.template import Fragment, Part, Parts, Template, hole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tree_sitter import Node

    from mlq.hosts.modules import Modules
    from mlq.hosts.python.bindings import Bindings
    from mlq.hosts.python.syntax import Call, Source
    from mlq.hosts.region import Shape

MOST_TEXTS = 8
"""What is put together in more ways than this is not told apart."""

MOST_CHOICES = 50
"""Of more texts than this, as those of a list that a loop goes through, the first are taken."""

_DEEPEST = 24
_MOST_STEPS = 30_000  # of a file; keeps the time for a hostile one bounded
_MOST_NAMES = 100  # of a sum; looking up a name takes time with the depth of the tree
_LONGEST_FIXED = 20_000
_LITERALS = frozenset({"string", "concatenated_string"})


class Values:
    """Evaluates expressions of one file.

    The answers are the texts that an expression may make, none where that cannot be told. `states` is what
    names hold while their own assignments are followed, `modules` are those that the file imports.
    `has_names` tells that names can be looked up: not in a call that is being typed, which has a tree of its
    own.
    """

    def __init__(self, source: Source, bindings: Bindings, modules: Modules = ()) -> None:
        self.source = source
        self.bindings = bindings
        self.modules = modules
        self.states: dict[tuple[int, str], tuple[Template, ...]] = {}
        self._shift = 0
        self._end = len(source.text)
        self.has_names = True
        self._left = _MOST_STEPS
        self._depth = 0

    def of_argument(self, node: Node, call: Call) -> tuple[Template, ...]:
        """Return what an argument of a call may be."""
        self._shift, self._end, self.has_names = call.shift, call.end, call.is_complete
        try:
            return self.of(node)
        finally:
            self._shift, self._end, self.has_names = 0, len(self.source.text), True

    def of(self, node: Node) -> tuple[Template, ...]:
        """Return the texts that an expression may make; none where that cannot be told."""
        evaluate = _EVALUATE.get(node.type)
        self._left -= 1
        if evaluate is None or self._depth > _DEEPEST or self._left < 0:
            return ()
        self._depth += 1
        try:
            return evaluate(self, node)[:MOST_CHOICES]
        finally:
            self._depth -= 1

    def one(self, node: Node) -> Template | None:
        """Return the text that an expression makes; None where it may make several or none is known."""
        found = self.of(node)
        return found[0] if len(found) == 1 else None

    def span(self, node: Node) -> Span:
        """Return where a node stands in the file."""
        return Span(node.start_byte + self._shift, min(node.end_byte + self._shift, self._end))

    def text_of(self, node: Node) -> str:
        """Return the text of a node."""
        return self.span(node).of(self.source.text)

    def filled(self, node: Node, outer: Span, conversion: str = "", spec: str = "") -> list[Fragment]:
        """Return what may take the place `outer` of a text for an expression: its text, or a hole."""
        state = flow.state_of(node, self) if not conversion and not spec else None
        if state is not None:
            return [(text.parts, text.literals) for text in state[:MOST_TEXTS]] or [((), ())]
        constant = constants.of(node, self)
        written = constant and constants.formatted(constant[0], conversion, spec)
        if written is not None:
            return [((Part(written, outer, is_fixed=True),), ())]
        text = None if conversion or spec or constant else self.one(node)
        is_certain = text is not None and text.shape != "parameter-default"
        if text and is_certain and text.is_written and len(text.text) < _LONGEST_FIXED:
            return [(text.fixed(outer), ())]
        branches = self._branches(node) if not conversion and not spec else ()
        if branches:
            return [(branch.fixed(outer), ()) for branch in branches]
        kind = kinds.shown(node, self, conversion, spec)
        writing = writings.of(node, self, conversion, spec)
        return [((hole(outer, kind, self.text_of(node), writing),), ())]

    def _branches(self, node: Node) -> tuple[Template, ...]:
        """Return both texts of a name that is bound once, to one or the other: `q = "…" if a else "…"`."""
        value = self.bindings.constant(node) if node.type == "identifier" and self.has_names else None
        while value and value.type == "parenthesized_expression":
            value = inner_of(value)
        found = self.of(value) if value and value.type == "conditional_expression" else ()
        return found if len(found) == 2 else ()

    def put_together(
        self, fragments: Iterable[list[Fragment]], node: Node, shape: Shape
    ) -> tuple[Template, ...]:
        """Return the texts that fragments make one behind the other."""
        choices: list[list[Fragment]] = []
        count = 1
        for fragment in fragments:
            count *= len(fragment)
            choices.append(fragment if count <= MOST_TEXTS else fragment[:1])
            count = min(count, MOST_TEXTS)
        span = self.span(node)
        return tuple(_template(chosen, span, shape) for chosen in product(*choices))[:MOST_TEXTS]


def _template(chosen: tuple[Fragment, ...], span: Span, shape: Shape) -> Template:
    parts = tuple(part for fragment in chosen for part in fragment[0])
    quoted = tuple(literal for fragment in chosen for literal in fragment[1])
    return Template(parts, quoted, span, shape)


def inner_of(node: Node) -> Node | None:
    """Return what stands in parentheses, if that is one expression."""
    inner = [child for child in node.named_children if child.type not in {"comment", "line_continuation"}]
    return inner[0] if len(inner) == 1 else None


def _parenthesized(values: Values, node: Node) -> tuple[Template, ...]:
    inner = inner_of(node)
    found = values.of(inner) if inner else ()
    whole, own = values.span(node), values.span(inner) if inner else None
    return tuple(text.placed(whole, text.shape) if text.span == own else text for text in found)


def _string(values: Values, node: Node) -> tuple[Template, ...]:
    span = values.span(node)
    parts = Parts()
    quoted = literals.read(values.source.text, *span, parts)
    if quoted:
        return (Template(tuple(parts.parts), (quoted,), span, "literal"),)
    return fstrings.evaluate(node, values)


def _concatenated(values: Values, node: Node) -> tuple[Template, ...]:
    strings = [child for child in node.named_children if child.type == "string"]
    texts = [values.of(string) for string in strings]
    if not all(texts):
        return ()
    shape: Shape = "implicit-concatenation"
    if any(text.shape == "f-string" for found in texts for text in found):
        shape = "f-string"
    fragments = ([(text.parts, text.literals) for text in found] for found in texts)
    return values.put_together(fragments, node, shape)


def _operator(values: Values, node: Node) -> tuple[Template, ...]:
    operator = node.child_by_field_name("operator")
    if operator and operator.type == "%":
        return formatting.percent(node, values)
    operands: list[Node] = []
    left: Node | None = node
    while left and left.type == "binary_operator" and _is_plus(left):  # a long sum is deeply nested
        right = left.child_by_field_name("right")
        left = left.child_by_field_name("left")
        if right is None or left is None:
            return ()
        operands.append(right)
    if left is None or not operands:
        return ()
    operands = [left, *reversed(operands)]
    if sum(operand.type not in _LITERALS for operand in operands) > _MOST_NAMES:
        return ()
    if any(_is_number(values, operand) for operand in operands):
        return ()
    fragments = [_operand(values, operand) for operand in operands]
    return values.put_together(fragments, node, "concatenation")


def _is_number(values: Values, node: Node) -> bool:
    is_leaf = node.type in {"identifier", "attribute", "integer", "float"}
    constant = constants.of(node, values) if is_leaf else None
    return constant is not None and not isinstance(constant[0], str)


def _is_plus(node: Node) -> bool:
    operator = node.child_by_field_name("operator")
    return operator is not None and operator.type == "+"


def _operand(values: Values, node: Node) -> list[Fragment]:
    """Return what an operand adds: a literal or branches of one as they are written, a name what it holds."""
    if node.type in {"identifier", "attribute", "integer", "float"}:
        return values.filled(node, values.span(node))
    found = values.of(node)
    if any(text.is_written for text in found):
        return [(text.parts, text.literals) for text in found]
    return values.filled(node, values.span(node))


def _conditional(values: Values, node: Node) -> tuple[Template, ...]:
    parts = [child for child in node.named_children if child.type != "comment"]
    if len(parts) != 3:
        return ()
    yes, condition, no = parts
    with flow.where_true(condition, values):
        found = values.of(yes)
    return found + values.of(no)


def _boolean(values: Values, node: Node) -> tuple[Template, ...]:
    operands = [child for child in node.named_children if child.type != "comment"]
    operator = node.child_by_field_name("operator")
    if operator and operator.type == "and":
        operands = operands[-1:]
    return tuple(text for operand in operands for text in values.of(operand) if text.text)


def _call(values: Values, node: Node) -> tuple[Template, ...]:
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None or arguments is None:
        return ()
    called = function.child_by_field_name("attribute") if function.type == "attribute" else function
    name = values.text_of(called) if called else ""
    receiver = function.child_by_field_name("object")
    given = [child for child in arguments.named_children if child.type != "comment"]
    if arguments.type == "generator_expression":
        given = [arguments]
    if receiver and name in methods.METHODS:
        return methods.METHODS[name](node, receiver, given, values)
    if name in methods.FUNCTIONS:
        found = methods.FUNCTIONS[name](node, given, values)
        if found:
            return found
    if not values.has_names:
        return ()
    path = imported.path_of(function, values)
    return (
        imported.texts(path, node, values, is_called=True) if path else functions.evaluate(function, values)
    )


def _name(values: Values, node: Node) -> tuple[Template, ...]:
    return flow.of_name(node, values) if values.has_names else ()


def _attribute(values: Values, node: Node) -> tuple[Template, ...]:
    value = constants.stored(node, values)
    path = None if value else imported.path_of(node, values)
    if path:
        return imported.texts(path, node, values)
    held = [value] if value else _of_classes(node, values)
    return tuple(text.placed(text.span, "attribute") for each in held for text in values.of(each))


def _of_classes(node: Node, values: Values) -> list[Node]:
    """Return what an attribute may be: what its property returns, or what each of several classes has."""
    base, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
    if base is None or name is None or not values.has_names or not constants.is_own(base, values):
        return []
    found = constants.attributes(base, name, values)
    if len(found) == 1 and found[0].definition:
        return functions.returned(node, values) if functions.is_property(found[0].definition, values) else []
    is_of_classes = all(binding.scope.type == "class_definition" and binding.assigned for binding in found)
    return [binding.assigned for binding in found if binding.assigned] if is_of_classes else []


def _subscript(values: Values, node: Node) -> tuple[Template, ...]:
    base, key = node.child_by_field_name("value"), node.child_by_field_name("subscript")
    if base is None or key is None:
        return ()
    if key.type == "slice":
        return methods.sliced(node, base, key, values)
    of_loop = loops.of_items(base, key, values) if values.has_names else ()
    if of_loop:
        return of_loop
    value = constants.item(base, key, values)
    any_of = [value] if value else constants.items(base, values) if constants.of(key, values) is None else []
    return tuple(text.placed(text.span, "variable") for each in any_of for text in values.of(each))


def _named(values: Values, node: Node) -> tuple[Template, ...]:
    value = node.child_by_field_name("value")
    return values.of(value) if value else ()


_EVALUATE: dict[str, Callable[[Values, Node], tuple[Template, ...]]] = {
    "attribute": _attribute,
    "binary_operator": _operator,
    "boolean_operator": _boolean,
    "call": _call,
    "concatenated_string": _concatenated,
    "conditional_expression": _conditional,
    "identifier": _name,
    "named_expression": _named,
    "parenthesized_expression": _parenthesized,
    "string": _string,
    "subscript": _subscript,
}
