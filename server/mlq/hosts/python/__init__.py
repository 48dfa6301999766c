"""Finds MLflow's filters in Python files."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mlq_grammar.spans import Span

from mlq.hosts.apis import APIS, Api
from mlq.hosts.pieces import PieceBuilder
from mlq.hosts.python import literals, ownership
from mlq.hosts.region import FilterRegion, Quoted, Shape
from mlq.text import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from mlq.hosts.python.bindings import Bindings
    from mlq.hosts.python.syntax import Call

# Every call's name has one of these in it: most files are done after looking for them.
_EVIDENCE = ("search_", "query_trace", "calculate_trace", "Scorer", "scoring_config", "discover_issues")
_NAMES = "|".join(sorted(APIS, key=len, reverse=True))
_CALL = re.compile(rf"({_NAMES})\s*\(")
_MOST_CALLS = 5_000  # more are no program; keeps the time for a hostile file bounded
_ALIAS = re.compile(rf"\b({_NAMES})[ \t]+as[ \t]+(\w+)")


@lru_cache(maxsize=32)
def regions(text: str) -> tuple[FilterRegion, ...]:
    """Return the filters of a Python file in order; never raises, whatever the text."""
    if not any(evidence in text for evidence in _EVIDENCE):
        return ()
    hits = sorted(_hits(text), key=lambda hit: hit.start)[:_MOST_CALLS]
    if not hits:
        return ()
    # These need tree-sitter, which most files do not.
    from mlq.hosts.python.bindings import Bindings
    from mlq.hosts.python.syntax import Source

    source = Source(text)
    bindings = Bindings(source)
    owners = ownership.Owners(source, bindings)
    lines = LineIndex(text)
    found: dict[int, FilterRegion] = {}
    for hit in hits:
        call = source.call_at(hit.start, hit.end)
        use = owners.use(call, hit.api) if call else None
        if call and use:
            for argument in _arguments(call, hit.api, use, bindings):
                region = _region(text, lines, hit.api, argument)
                if region:
                    found.setdefault(region.start, region)
    return tuple(found[start] for start in sorted(found))


def region_at(text: str, offset: int) -> FilterRegion | None:
    """Return the filter that a cursor stands in: between its quotes."""
    found = (region for region in regions(text) if region.start <= offset <= region.end)
    return next((region for region in found if region.map.to_inner(offset) is not None), None)


class _Hit(NamedTuple):
    start: int
    end: int
    api: Api


class _Argument(NamedTuple):
    """What stands for a filter: its literals, and all of it with its parentheses."""

    whole: Span
    strings: tuple[Span, ...]
    is_variable: bool = False


def _hits(text: str) -> Iterator[_Hit]:
    for found in _CALL.finditer(text):
        yield _Hit(found.start(1), found.end(1), APIS[found[1]])
    for name, alias in set(_ALIAS.findall(text)):
        if alias not in APIS:
            for found in re.finditer(rf"\b({re.escape(alias)})\s*\(", text):
                yield _Hit(found.start(1), found.end(1), APIS[name])


def _arguments(call: Call, api: Api, use: ownership.Use, bindings: Bindings) -> Iterator[_Argument]:
    for value in _values(call.arguments, api, use):
        given = [value]
        if api.is_list:
            given = value.named_children if value.type == "list" else []
        for expression in given:
            strings = tuple(_span(node, call) for node in _strings(expression))
            if strings and strings[0].start < call.end:
                yield _Argument(_span(expression, call), strings)
            elif expression.type == "identifier" and call.is_complete:
                yield from _constant(expression, bindings)


def _constant(name: Node, bindings: Bindings) -> Iterator[_Argument]:
    """Yield the literals that a variable holds, if it is assigned them once and nothing else."""
    value = bindings.constant(name)
    strings = _strings(value) if value else []
    if value and strings:
        spans = tuple(Span(node.start_byte, node.end_byte) for node in strings)
        yield _Argument(Span(value.start_byte, value.end_byte), spans, is_variable=True)


def _values(arguments: Node, api: Api, use: ownership.Use) -> Iterator[Node]:
    place = 0
    is_counting = True
    for child in arguments.named_children:
        if child.type == "keyword_argument":
            name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
            if name and value and (name.text or b"").decode() in api.arguments:
                yield value
        elif child.type == "list_splat":
            is_counting = False  # it fills an unknown number of places
        elif child.type not in {"dictionary_splat", "comment", "line_continuation", "ERROR"}:
            if is_counting and place in use.places:
                yield child
            place += 1


def _strings(node: Node) -> list[Node]:
    """Return the literals that an expression is made of; empty where it is made of anything else."""
    while node.type == "parenthesized_expression":
        inner = [child for child in node.named_children if child.type not in {"comment", "line_continuation"}]
        if len(inner) != 1:
            return []
        node = inner[0]
    if node.type == "concatenated_string":
        return [child for child in node.named_children if child.type == "string"]
    return [node] if node.type == "string" else []


def _span(node: Node, call: Call) -> Span:
    return Span(node.start_byte + call.shift, min(node.end_byte + call.shift, call.end))


def _region(text: str, lines: LineIndex, api: Api, argument: _Argument) -> FilterRegion | None:
    content = PieceBuilder()
    quoted: list[Quoted] = []
    for string in argument.strings:
        literal = literals.read(text, string.start, string.end, content)
        if literal is None:
            return None
        quoted.append(literal)
    line, column = lines.position1(argument.whole.start)
    return FilterRegion(
        entity=api.entity,
        api=api.name,
        text=content.text,
        start=argument.whole.start,
        end=argument.whole.end,
        line=line,
        column=column,
        shape=_shape(argument),
        is_static=True,
        map=content.map(),
        literals=tuple(quoted),
    )


def _shape(argument: _Argument) -> Shape:
    if argument.is_variable:
        return "variable"
    return "literal" if len(argument.strings) == 1 else "implicit-concatenation"
