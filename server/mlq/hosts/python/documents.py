"""Finds the texts for people in a Python file that may hold code: docstrings, and comments with fences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from mlq_grammar.spans import Span

from mlq.hosts import evidence
from mlq.hosts.python import is_worth_parsing

if TYPE_CHECKING:
    from tree_sitter import Node

    from mlq.hosts.embedding import Embedding
    from mlq.hosts.python.syntax import Source

LANGUAGE = "docstring"
_CODE = re.compile(r">>>[ ]|```|~~~|::[ \t]*(?:\w+[ \t]*)?$", re.MULTILINE)
_COMMENTS = re.compile(r"(?:^[ \t]*\#[^\n]*(?:\n|\Z))+", re.MULTILINE)
_COMMENT = re.compile(r"([ \t]*\#[ ]?)([^\n]*\n?)")
_FENCE = re.compile(r"^[ \t]*\#[ \t]*(?:```|~~~)[ \t]*\{?\w", re.MULTILINE)
_MOST = 2_000  # of a file; keeps the time for a hostile one bounded
_HOLDERS = frozenset({"module", "block"})


@lru_cache(maxsize=32)
def embeddings(text: str) -> tuple[Embedding, ...]:
    """Return the docstrings of a Python file, and its comments with fences, where code may be in them."""
    if not (evidence.in_others(text) or is_worth_parsing(text)) or not _CODE.search(text):
        return ()
    from mlq.hosts.python.finding import parsed

    source, *_ = parsed(text)
    return (*_docstrings(source), *_comments(text))


def _docstrings(source: Source) -> Iterator[Embedding]:
    from mlq.hosts import quoting
    from mlq.hosts.embedding import Stretch, joined
    from mlq.hosts.pieces import PieceBuilder
    from mlq.hosts.python import literals
    from mlq.hosts.python.template import Parts

    seen: set[int] = set()
    for found in _CODE.finditer(source.text):
        node = _docstring_at(source, found.start())
        if node is None or node.start_byte in seen or len(seen) > _MOST:
            continue
        seen.add(node.start_byte)
        parts = Parts()
        quoted = literals.read(source.text, node.start_byte, node.end_byte, parts)
        content = PieceBuilder()
        for part in parts.parts:
            content.put(part.text, part.outer, is_whole=not part.is_exact)
        if quoted and evidence.anywhere(content.text):
            write = partial(quoting.escape, opening=quoted.opening)
            yield joined(LANGUAGE, [Stretch(content.text, content.map(), write)])


def _docstring_at(source: Source, offset: int) -> Node | None:
    """Return the string at an offset that is a statement of its own, as a docstring is."""
    node = source.root.descendant_for_byte_range(offset, offset + 1)
    while node and node.type != "string":
        node = node.parent
    statement = node.parent if node else None
    is_alone = statement and statement.type == "expression_statement" and statement.named_child_count == 1
    holder = statement.parent if statement and is_alone else None
    return node if holder and holder.type in _HOLDERS else None


def _comments(text: str) -> Iterator[Embedding]:
    from mlq.hosts.embedding import joined, lines

    if not _FENCE.search(text):
        return
    for block in _COMMENTS.finditer(text):
        if _FENCE.search(block[0]) and evidence.anywhere(block[0]):
            found = list(_COMMENT.finditer(text, *block.span()))
            yield joined("markdown", [lines(text, (Span(*line.span(2)) for line in found), found[0][1])])
