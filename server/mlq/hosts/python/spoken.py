"""Strings that a comment calls filters: `# mlq: runs` before a string, or behind it on its line."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from mlq.hosts.apis import APIS, SEARCHES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from mlq.hosts.apis import Api
    from mlq.hosts.python.syntax import Source

_COMMENT = re.compile(r"#[ \t]*mlq:[ \t]*(\w+)")
_QUOTE = re.compile(r"""["']""")
_STRING = re.compile(r"""(?:#[^\r\n]*)|[a-zA-Z]{0,2}["']|\n[ \t]*\r?\n""")
_AROUND = frozenset({"parenthesized_expression", "concatenated_string"})
_MOST = 1_000
_MOST_COMMENTS = 20  # between one that speaks of a string and the string


def strings(source: Source) -> Iterator[tuple[Api, Node]]:
    """Yield the expressions that a comment calls the filter of an entity."""
    for found in islice(_COMMENT.finditer(source.text), _MOST):
        if found[1] not in SEARCHES or not is_comment(source, found.start()):
            continue
        node = _before(source, found.start()) or _behind(source, found.end())
        if node:
            yield APIS[SEARCHES[found[1]]], _widest(node)


def is_comment(source: Source, offset: int) -> bool:
    """Whether a comment of the file starts there."""
    node = source.root.descendant_for_byte_range(offset, offset + 1)
    return node is not None and node.type == "comment"


def _before(source: Source, offset: int) -> Node | None:
    """Return the first string of the line that the comment ends."""
    start = source.text.rfind("\n", 0, offset) + 1
    quote = _QUOTE.search(source.text, start, offset)
    return _string_at(source, quote.start()) if quote else None


def _behind(source: Source, offset: int) -> Node | None:
    """Return the first string after the comment, with no empty line between."""
    for found in islice(_STRING.finditer(source.text, offset), _MOST_COMMENTS):
        if found[0][0] == "#":
            continue
        return _string_at(source, found.end() - 1) if found[0][-1] in "'\"" else None
    return None


def _string_at(source: Source, offset: int) -> Node | None:
    node = source.root.descendant_for_byte_range(offset, offset + 1)
    while node and node.type != "string":
        node = node.parent
    return node


def _widest(node: Node) -> Node:
    """Return the largest expression that makes a text and begins with the string."""
    while node.parent and (node.parent.type in _AROUND or _is_begun_by(node.parent, node)):
        node = node.parent
    return node


def _is_begun_by(parent: Node, node: Node) -> bool:
    fields = {
        "binary_operator": "left",
        "attribute": "object",
        "call": "function",
        "conditional_expression": None,
    }
    if parent.type not in fields:
        return False
    field = fields[parent.type]
    return field is None or parent.child_by_field_name(field) == node
