"""What methods of texts make, and the functions that hand it on: `.strip()`, `.replace()`, `dedent()`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mlq.hosts.python import constants, formatting, joins
from mlq.hosts.python.template import dedented, stripped

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from mlq.hosts.python.template import Fragment, Template
    from mlq.hosts.python.values import Values

    Texts = tuple[Template, ...]

_SLICE = re.compile(r"\s*(-?\d{1,4})?\s*:\s*(-?\d{1,4})?\s*")
_STRIPS = {"strip": (True, True), "lstrip": (True, False), "rstrip": (False, True)}
_STANDING_IN = "\0\0"  # for a hole, whose text is not known
_MOST_REPLACED = 100


def _format(node: Node, receiver: Node, given: list[Node], values: Values) -> Texts:
    return formatting.format_method(node, receiver, given, values)


def _format_map(node: Node, receiver: Node, given: list[Node], values: Values) -> Texts:
    return formatting.format_map(node, receiver, given[0], values) if len(given) == 1 else ()


def _substitute(node: Node, receiver: Node, given: list[Node], values: Values) -> Texts:
    return formatting.substitute(node, receiver, given, values)


def _join(node: Node, receiver: Node, given: list[Node], values: Values) -> Texts:
    return joins.evaluate(node, receiver, given[0], values) if len(given) == 1 else ()


def _strip(node: Node, receiver: Node, given: list[Node], values: Values) -> Texts:
    characters = constants.of(given[0], values) if given else None
    if given and (len(given) > 1 or characters is None or not isinstance(characters[0], str)):
        return ()
    wanted = characters[0] if characters and isinstance(characters[0], str) else None
    function = node.child_by_field_name("function")
    left, right = _STRIPS[values.text_of(function).rpartition(".")[2] if function else "strip"]
    texts = (stripped(text, wanted, left=left, right=right) for text in values.of(receiver))
    return tuple(text.placed(values.span(node), text.shape) for text in texts)


def _replace(node: Node, receiver: Node, given: list[Node], values: Values) -> Texts:
    old = constants.of(given[0], values) if len(given) == 2 else None
    if old is None or not isinstance(old[0], str) or not old[0]:
        return ()
    found = [text for each in values.of(receiver) for text in _replaced(each, old[0], given[1], node, values)]
    return tuple(text.placed(values.span(node), text.shape) for text in found)


def _replaced(template: Template, old: str, new: Node, node: Node, values: Values) -> Texts:
    """Return a text with each `old` that is written in it replaced; what stands in a hole is left."""
    text = "".join(_STANDING_IN if part.kind else part.text for part in template.parts)
    if text.count(old) > _MOST_REPLACED:
        return ()
    fragments: list[list[Fragment]] = []
    at = 0
    while (start := text.find(old, at)) >= 0:
        end = start + len(old)
        fragments.append([(template.cut(at, start), ())])
        fragments.append(values.filled(new, template.source_of(start, end)))
        at = end
    fragments.append([(template.cut(at, len(text)), template.literals)])
    return values.put_together(fragments, node, template.shape)


def sliced(node: Node, receiver: Node, key: Node, values: Values) -> Texts:
    """Return the texts of `text[start:end]`, where what is cut off is written in the file."""
    found = _SLICE.fullmatch(values.text_of(key))
    if found is None:
        return ()
    texts = []
    for text in values.of(receiver):
        size = len(text.text)
        start, end, _ = slice(*(int(each) if each else None for each in found.groups())).indices(size)
        cut = (*text.cut(0, start), *text.cut(max(start, end), size))
        if not any(part.kind for part in cut):
            parts = text.cut(start, max(start, end))
            texts.append(replace(text, parts=parts).placed(values.span(node), text.shape))
    return tuple(texts)


def _dedent(node: Node, given: list[Node], values: Values) -> Texts:
    texts = (dedented(text) for text in values.of(given[0])) if len(given) == 1 else ()
    return tuple(text.placed(values.span(node), text.shape) for text in texts)


def _cleandoc(node: Node, given: list[Node], values: Values) -> Texts:
    texts = (stripped(text, "\n", left=True, right=True) for text in _dedent(node, given, values))
    return tuple(texts)


def _str(_: Node, given: list[Node], values: Values) -> Texts:
    return values.of(given[0]) if len(given) == 1 else ()


def _get(node: Node, receiver: Node, given: list[Node], values: Values) -> Texts:
    """Return what `mapping.get(key, default)` may be: what the mapping is seen to hold, and the default."""
    held = constants.item(receiver, given[0], values) if given else None
    any_of = [held] if held else []
    if given and not held and constants.of(given[0], values) is None:
        any_of = constants.items(receiver, values)
    texts = (text for each in any_of for text in values.of(each))
    return (*(text.placed(text.span, "variable") for text in texts), *_default(node, given, 1, values))


def _default(_: Node, given: list[Node], place: int, values: Values) -> Texts:
    named = [child for child in given if child.type == "keyword_argument"]
    default = given[place] if len(given) > place and given[place] not in named else None
    for child in named:
        name = child.child_by_field_name("name")
        if name and values.text_of(name) == "default":
            default = child.child_by_field_name("value")
    texts = values.of(default) if default else ()
    return tuple(text.placed(text.span, "parameter-default") for text in texts)


def _getenv(node: Node, given: list[Node], values: Values) -> Texts:
    return _default(node, given, 1, values)


def _getattr(node: Node, given: list[Node], values: Values) -> Texts:
    return _default(node, given, 2, values)


METHODS: dict[str, Callable[[Node, Node, list[Node], Values], Texts]] = {
    "format": _format,
    "format_map": _format_map,
    "get": _get,
    "pop": _get,
    "setdefault": _get,
    "join": _join,
    "replace": _replace,
    "safe_substitute": _substitute,
    "substitute": _substitute,
    **dict.fromkeys(_STRIPS, _strip),
}
"""By the name of the method; each is given the call, the object and the arguments."""

FUNCTIONS: dict[str, Callable[[Node, list[Node], Values], Texts]] = {
    "cleandoc": _cleandoc,
    "dedent": _dedent,
    "getattr": _getattr,
    "getenv": _getenv,
    "str": _str,
}
"""By the last name of the function; each is given the call and the arguments."""
