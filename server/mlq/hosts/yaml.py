"""Finds the filters in YAML files: the values of keys that hold one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

from mlq_grammar.spans import Span

from mlq.hosts import evidence

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

    from mlq.hosts.embedding import Embedding
    from mlq.hosts.keyed import Entry, FilterKeys, Path
    from mlq.hosts.region import FilterRegion
    from mlq.hosts.valued import Value

_DEEPEST = 50  # the grammar's memory of indentations is small, and it does not mind its end
_STEPS = re.compile(r"^[ ]*(?:[-?:](?:[ \t]+|$))*", re.MULTILINE)
_STEP = re.compile(r"[-?:][ \t]*")
_PAIRS = frozenset({"block_mapping_pair", "flow_pair"})
_ITEMS = frozenset({"block_sequence_item", "flow_node", "block_node"})
_LISTS = frozenset({"block_sequence", "flow_sequence"})
_SCALARS = frozenset({"plain_scalar", "single_quote_scalar", "double_quote_scalar", "block_scalar"})


@lru_cache(maxsize=32)
def regions(text: str, keys: FilterKeys = ()) -> tuple[FilterRegion, ...]:
    """Return the filters of a YAML file in order; `keys` are those that a setting names. Never raises."""
    from mlq.hosts import keyed

    if keyed.FILTER_KEY not in text and not keyed.may_be_named(text, keys):
        return ()
    return keyed.regions(text, _entries(text), keys)


def region_at(text: str, offset: int, keys: FilterKeys = ()) -> FilterRegion | None:
    """Return the filter that a cursor stands in, and in no hole."""
    return next((region for region in regions(text, keys) if region.place_of(offset) is not None), None)


@lru_cache(maxsize=32)
def embeddings(text: str) -> tuple[Embedding, ...]:
    """Return the shell commands in a YAML file, as of a workflow, as far as they may hold filters."""
    from mlq.hosts import keyed

    return tuple(keyed.embeddings(_entries(text))) if evidence.anywhere(text) else ()


@cache
def _parser() -> Parser:
    import tree_sitter_yaml
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_yaml.language()))


@lru_cache(maxsize=4)
def _entries(text: str) -> tuple[Entry, ...]:
    if _depth(text) > _DEEPEST:
        return ()
    # One byte for each code point: any beyond ASCII becomes a letter.
    stand_in = text.encode("ascii", "replace").replace(b"\0", b"_")
    return tuple(_within(text, _parser().parse(stand_in).root_node, (), 0))


def _depth(text: str) -> int:
    """Return how deep a file is indented, the marks of lists counted as indentation."""
    deepest = 0
    columns: list[int] = []
    for line in _STEPS.finditer(text):
        if text[line.end() : line.end() + 1] in {"", "\r", "\n"} and not line[0].strip():
            continue
        places = [found.start() for found in _STEP.finditer(line[0])] or [len(line[0])]
        while columns and columns[-1] >= places[0]:
            columns.pop()
        columns += places[: _DEEPEST + 1]
        deepest = max(deepest, len(columns))
    return deepest


def _within(text: str, node: Node, path: Path, depth: int) -> Iterator[Entry]:
    """Yield the plain values in a node, with the keys that lead to them."""
    if depth > _DEEPEST:
        return
    count = 0
    for child in node.named_children:
        if child.type in _PAIRS:
            yield from _pair(text, child, path, depth)
        elif child.type in _SCALARS and path:
            yield _entry(text, child, path)
        elif node.type in _LISTS and child.type in _ITEMS:
            yield from _within(text, child, (*path, f"#{count}"), depth + 1)
            count += 1
        elif child.type not in {"anchor", "alias", "comment", "tag"}:
            yield from _within(text, child, path, depth + 1)


def _pair(text: str, pair: Node, path: Path, depth: int) -> Iterator[Entry]:
    key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
    if key is None or value is None:
        return
    name = text[key.start_byte : key.end_byte].strip("'\"")
    if not any(
        child.type == "tag" and text[child.start_byte : child.end_byte] != "!!str" for child in value.children
    ):
        yield from _within(text, value, (*path, name), depth + 1)


def _entry(text: str, scalar: Node, path: Path) -> Entry:
    from mlq.hosts.keyed import Entry

    read = partial(_read, text, scalar)
    return Entry(path, text[scalar.start_byte : scalar.end_byte].strip("'\""), read)


def _read(text: str, scalar: Node) -> Value | None:
    from mlq.hosts.yaml_scalars import read_block, read_flow

    if scalar.type != "block_scalar":
        return read_flow(text, Span(scalar.start_byte, scalar.end_byte))
    at: Node | None = scalar
    while at and at.type not in {"block_mapping", "block_sequence"}:
        at = at.parent
    return read_block(text, scalar.start_byte, at.start_point[1] if at else -1)
