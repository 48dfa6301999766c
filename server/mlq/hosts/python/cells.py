"""Stretches of Python that share their names in order, as the cells of a notebook do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlq.hosts.embedding import embed
from mlq.hosts.python import may_hold_filters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlq.hosts.embedding import Embedding, Stretch

_LANGUAGE = "python"
_TOKEN = re.compile(
    r"""
    \#[^\n]*
    | (?P<open>\"{3} (?:[^\\"]|\\.|\"{1,2}(?!\"))* (?P<end>\"{3})?
             | '{3} (?:[^\\']|\\.|'{1,2}(?!'))* (?P<end2>'{3})?)
    | "(?:[^"\\\n]|\\.)*"? | '(?:[^'\\\n]|\\.)*'?
    """,
    re.VERBOSE | re.DOTALL,
)
_STATEMENT = "mlq\n"
_MOST_BROKEN = 20  # of those read with all that stand before; keeps the time for a hostile file bounded


def scoped(stretches: Iterable[Stretch]) -> tuple[Embedding, ...]:
    """Return the texts that stretches make which share their names.

    Those that are whole make one text. Each broken one, such as one that is being typed, is read at the end
    of a text of its own, behind the whole ones before it: so it sees their names and harms none of them.
    """
    whole: list[Stretch] = []
    broken: list[list[Stretch]] = []
    for stretch in stretches:
        if is_whole(stretch.text):
            whole.append(stretch)
        elif may_hold_filters(stretch.text):
            before = whole if len(broken) < _MOST_BROKEN else []
            broken.append([*before, stretch])
    texts = [whole, *broken] if any(may_hold_filters(stretch.text) for stretch in whole) else broken
    return tuple(embed(_LANGUAGE, text) for text in texts)


def is_whole(text: str) -> bool:
    """Whether what follows a text of Python is read as it would be alone: nothing is left open."""
    if any(token["open"] and not (token["end"] or token["end2"]) for token in _TOKEN.finditer(text)):
        return False
    from mlq.hosts.python.syntax import parse

    text = text if text.endswith("\n") else f"{text}\n"
    last = parse(text + _STATEMENT).root_node.children[-1:]
    return [node.start_byte for node in last] == [len(text)]
