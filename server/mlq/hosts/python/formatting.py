"""Fills in texts as `str.format` and `%` do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlq.hosts.python import constants
from mlq.hosts.python.kinds import formatted
from mlq.hosts.python.template import hole
from mlq.hosts.region import HoleKind, Shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlq_grammar.spans import Span
    from tree_sitter import Node

    from mlq.hosts.python.template import Fragment, Template
    from mlq.hosts.python.values import Values

    Filler = Callable[[re.Match[str], Span], list[Fragment]]

_FIELD = re.compile(
    r"\{\{|\}\}|\{(?P<name>[^{}!:]*)(?:!(?P<conversion>[rsa]))?(?::(?P<spec>(?:[^{}]|\{[^{}]*\})*))?\}|[{}]"
)
_DIRECTIVE = re.compile(
    r"%%|%(?:\((?P<name>[^()]*)\))?(?P<spec>[-#0 +]*(?:\d+|\*)?(?:\.(?:\d+|\*))?)"
    r"[hlL]?(?P<type>[diouxXeEfFgGcrsa])|%"
)
_PLACEHOLDER = re.compile(r"\$\$|\$(?:(?P<name>[a-zA-Z_]\w*)|\{(?P<braced>[a-zA-Z_]\w*)\})|\$")
_STANDING_IN = "\0\0"  # for a hole of the template, which is no field of it


def format_method(node: Node, receiver: Node, given: list[Node], values: Values) -> tuple[Template, ...]:
    """Return the texts of `template.format(…)`."""
    arguments = _Arguments(given, values)
    return _filled(node, receiver, "{}", _FIELD, arguments.of_field, values, "format")


def format_map(node: Node, receiver: Node, given: Node, values: Values) -> tuple[Template, ...]:
    """Return the texts of `template.format_map(mapping)`."""
    arguments = _Arguments([], values)
    arguments.take_operand(given)
    return _filled(node, receiver, "{}", _FIELD, arguments.of_field, values, "format")


def percent(node: Node, values: Values) -> tuple[Template, ...]:
    """Return the texts of `template % values`."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None:
        return ()
    arguments = _Arguments([], values)
    arguments.take_operand(right)
    return _filled(node, left, "%", _DIRECTIVE, arguments.of_directive, values, "percent")


def substitute(node: Node, receiver: Node, given: list[Node], values: Values) -> tuple[Template, ...]:
    """Return the texts of `string.Template(template).substitute(…)`."""
    made: Node | None = receiver
    if receiver.type in {"identifier", "attribute"} and values.has_names:
        is_name = receiver.type == "identifier"
        made = values.bindings.constant(receiver) if is_name else constants.stored(receiver, values)
    function = made.child_by_field_name("function") if made and made.type == "call" else None
    templates = made.child_by_field_name("arguments") if made and function else None
    if function is None or templates is None or len(templates.named_children) != 1:
        return ()
    if values.text_of(function).rpartition(".")[2] != "Template":
        return ()
    arguments = _Arguments(given, values)
    if given and given[0].type == "dictionary":
        arguments.take_operand(given[0])
    return _filled(
        node, templates.named_children[0], "$", _PLACEHOLDER, arguments.of_placeholder, values, "format"
    )


def _filled(
    node: Node,
    receiver: Node,
    doubled: str,
    pattern: re.Pattern[str],
    fill: Filler,
    values: Values,
    shape: Shape,
) -> tuple[Template, ...]:
    template = values.one(receiver)
    if template is None:
        return ()
    text = "".join(_STANDING_IN if part.kind else part.text for part in template.parts)
    fragments: list[list[Fragment]] = []
    at = 0
    for field in pattern.finditer(text):
        fragments.append([(template.cut(at, field.start()), ())])
        at = field.end()
        if field[0] in {"{", "}", "%", "$"}:
            return ()  # Python raises
        outer = template.source_of(*field.span())
        if field[0] in {"{{", "}}", "%%", "$$"}:
            only = template.cut(*field.span())
            fragments.append([((only[0]._replace(text=field[0][0], outer=outer),), ())])
        else:
            fragments.append(fill(field, outer))
        if len(fragments) > _MOST_FRAGMENTS:
            return ()
    fragments.append([(template.cut(at, len(text)), ())])
    quoted = tuple(literal._replace(doubled=literal.doubled + doubled) for literal in template.literals)
    fragments.append([((), quoted)])
    return values.put_together(fragments, node, shape)


_MOST_FRAGMENTS = 400


class _Arguments:
    """What is given to be filled in, by place and by name."""

    def __init__(self, given: list[Node], values: Values) -> None:
        self._values = values
        self._next = 0
        self._is_open = any(child.type in {"list_splat", "dictionary_splat"} for child in given)
        self._places = [
            child
            for child in given
            if child.type not in {"keyword_argument", "list_splat", "dictionary_splat"}
        ]
        self._names: dict[str, Node] = {}
        for child in given:
            name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
            if child.type == "keyword_argument" and name and value:
                self._names[values.text_of(name)] = value
        if any(child.type == "list_splat" for child in given):
            self._places = []

    def take_operand(self, node: Node) -> None:
        """Take the right side of `%`: a tuple, a dictionary, or one value."""
        while node.type == "parenthesized_expression" and len(node.named_children) == 1:
            node = node.named_children[0]
        if node.type == "tuple":
            self._places = [child for child in node.named_children if child.type != "comment"]
        elif node.type == "dictionary":
            for pair in (child for child in node.named_children if child.type == "pair"):
                key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
                name = constants.of(key, self._values) if key else None
                if name and value:
                    self._names[str(name[0])] = value
        elif node.type not in {"identifier", "attribute", "call", "subscript"} or _is_text(
            node, self._values
        ):
            self._places = [node]

    def of_field(self, field: re.Match[str], outer: Span) -> list[Fragment]:
        """Return what a field of `str.format` becomes."""
        name, conversion, spec = field["name"], field["conversion"] or "", field["spec"] or ""
        if name == "":
            name = str(self._next)
            self._next += 1
        node = self._place(int(name)) if re.fullmatch(r"[0-9]{1,3}", name) else self._names.get(name)
        if node is None or "{" in spec:
            return [((hole(outer, formatted("unknown", conversion, spec), name),), ())]
        return self._values.filled(node, outer, conversion, spec)

    def of_directive(self, field: re.Match[str], outer: Span) -> list[Fragment]:
        """Return what a directive of `%` becomes."""
        node = self._names.get(field["name"]) if field["name"] is not None else self._place(self._next)
        self._next += field["name"] is None
        kind: HoleKind = "unknown"
        if field["type"] in "diouxX":
            kind = "integer"
        elif field["type"] in "eEfFgG":
            kind = "number"
        if node is None or kind != "unknown" or field["spec"] or field["type"] not in "srd":
            source = self._values.text_of(node) if node else field["name"] or ""
            return self._exact(node, field, outer) or [((hole(outer, kind, source),), ())]
        return self._values.filled(node, outer, field["type"].replace("s", ""))

    def of_placeholder(self, field: re.Match[str], outer: Span) -> list[Fragment]:
        """Return what a placeholder of `string.Template` becomes."""
        name = field["name"] or field["braced"]
        node = self._names.get(name)
        return self._values.filled(node, outer) if node else [((hole(outer, "unknown", name),), ())]

    def _exact(self, node: Node | None, field: re.Match[str], outer: Span) -> list[Fragment]:
        """Return the digits of a whole number that `%d` writes."""
        constant = constants.of(node, self._values) if node and field["type"] in "di" else None
        if constant and isinstance(constant[0], int) and not field["spec"] and node:
            return self._values.filled(node, outer, "", "d")
        return []

    def _place(self, place: int) -> Node | None:
        return self._places[place] if place < len(self._places) else None


def _is_text(node: Node, values: Values) -> bool:
    """Whether what stands alone behind `%` is one text or number: a name may hold a tuple."""
    return constants.of(node, values) is not None
