"""Stretches of Python that share their names in order, as the cells of a notebook do."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from mlq.hosts import evidence
from mlq.hosts.embedding import embed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from mlq.hosts.embedding import Embedding, Stretch

_LANGUAGE = "python"
_STATEMENT = "mlq\n"
_NOT_LINE_END = re.compile(r"[^\r\n]+")
_MOST_BROKEN = 20  # of those read with all that stand before; keeps the time for a hostile file bounded


def scoped(stretches: Iterable[Stretch]) -> tuple[Embedding, ...]:
    """Return the texts that stretches make which share their names.

    What is whole of them makes one text. Each broken one, such as one that is being typed, is read as it is
    at the end of a text of its own: so it sees the names before it and harms none of the others.
    """
    whole: list[Stretch] = []
    broken: list[list[Stretch]] = []
    for stretch in stretches:
        text = mended(stretch.text)
        if text != stretch.text and evidence.in_python(stretch.text):
            before = whole if len(broken) < _MOST_BROKEN else []
            broken.append([*before, stretch])
        whole.append(stretch._replace(text=text))
    texts = [whole, *broken] if any(evidence.in_python(stretch.text) for stretch in whole) else broken
    return tuple(embed(_LANGUAGE, text) for text in texts)


@lru_cache(maxsize=1024)
def mended(text: str) -> str:
    """Return a text of the same length and lines with nothing broken in it: blanks in its place.

    All is blanked out where its statements cannot be told apart.
    """
    root = _root(text)
    if _is_whole(root, text):
        return text
    kept = [(node.start_byte, min(node.end_byte, len(text))) for node in _statements(root)]
    parts: list[str] = []
    at = 0
    for start, end in kept:
        parts += [blank(text[at:start]), text[start:end]]
        at = max(start, end)
    rest = "".join([*parts, blank(text[at:])])
    return rest if _is_whole(_root(rest), rest) else blank(text)


def blank(text: str) -> str:
    """Return a text of the same length and the same lines that holds nothing."""
    return _NOT_LINE_END.sub(lambda found: " " * len(found[0]), text)


def _root(text: str) -> Node:
    from mlq.hosts.python.syntax import parse

    return parse(text + _between(text) + _STATEMENT).root_node


def _between(text: str) -> str:
    return "" if text.endswith(("\n", "\r")) else "\n"


def _is_whole(root: Node, text: str) -> bool:
    """Whether nothing is broken, and nothing left open that would go on in what follows."""
    last = root.children[-1:]
    return not root.has_error and [node.start_byte for node in last] == [len(text + _between(text))]


def _statements(root: Node) -> Iterator[Node]:
    """Yield the whole statements, those among what is broken too, in order."""
    for node in root.named_children:
        if node.type == "ERROR":
            yield from (child for child in node.named_children if _is_statement(child))
        elif _is_statement(node):
            yield node


def _is_statement(node: Node) -> bool:
    return not node.has_error and node.type.endswith(("_statement", "_definition"))
