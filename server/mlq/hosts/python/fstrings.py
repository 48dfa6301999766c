"""Reads f-strings: the text between the holes as Python reads it, and what is known of the holes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlq_grammar.spans import Span

from mlq.hosts.python import literals
from mlq.hosts.python.template import Part, Parts, hole
from mlq.hosts.region import Quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from mlq.hosts.python.template import Fragment, Template
    from mlq.hosts.python.values import Values

_OPENING = re.compile(r"""(?:[fF][rR]?|[rR][fF])('''|\"\"\"|'|")""")


def evaluate(node: Node, values: Values) -> tuple[Template, ...]:
    """Return the texts of an f-string; none for any other literal, and for a hole that is no expression."""
    text, span = values.source.text, values.span(node)
    found = _OPENING.match(text, span.start)
    if found is None:
        return ()
    holes = [child for child in node.named_children if child.type == "interpolation"]
    content = literals.content_of(text, found[0], *span)
    is_raw = "r" in found[0].lower()
    if any(_is_unreadable(each) for each in holes) or (is_raw and r"\N{" in content.of(text)):
        return ()
    quoted = Quoted(found[0], content, doubled="{}")
    fragments = list(_fragments(holes, content, values, is_raw=is_raw))
    fragments[0] = [(parts, (quoted, *others)) for parts, others in fragments[0]]
    return values.put_together(fragments, node, "f-string")


def _is_unreadable(interpolation: Node) -> bool:
    return interpolation.has_error or _expression(interpolation) is None


def _fragments(holes: list[Node], content: Span, values: Values, *, is_raw: bool) -> Iterator[list[Fragment]]:
    at = content.start
    for each in holes:
        outer = values.span(each)
        yield _between(Span(at, outer.start), values, is_raw=is_raw)
        yield _hole(each, outer, values)
        at = outer.end
    yield _between(Span(at, content.end), values, is_raw=is_raw)


def _between(span: Span, values: Values, *, is_raw: bool) -> list[Fragment]:
    parts = Parts()
    literals.read_beside_holes(values.source.text, span, parts, is_raw=is_raw)
    return [(tuple(parts.parts), ())]


def _hole(node: Node, outer: Span, values: Values) -> list[Fragment]:
    expression = _expression(node)
    conversion = _child_text(node, "type_conversion", values).removeprefix("!")
    spec = _child_text(node, "format_specifier", values).removeprefix(":")
    if expression is None:
        return [((hole(outer, "unknown", ""),), ())]
    equals = next((child for child in node.children if child.type == "="), None)
    if equals is None:
        return values.filled(expression, outer, conversion, spec)
    # `{name=}` writes the expression too.
    end = next(
        (child.start_byte for child in node.children if child.start_byte >= equals.end_byte), outer.end
    )
    written = Span(outer.start + 1, values.span(equals).end + end - equals.end_byte)
    rest = values.filled(expression, outer, conversion or ("" if spec else "r"), spec)
    label = Part(written.of(values.source.text), outer, is_fixed=True)
    return [((label, *parts), others) for parts, others in rest]


def _expression(node: Node) -> Node | None:
    found = node.child_by_field_name("expression")
    return None if found is None or found.is_missing else found


def _child_text(node: Node, kind: str, values: Values) -> str:
    return next((values.text_of(child) for child in node.named_children if child.type == kind), "")
