"""What a function's parameter may hold: its default, and what the file's own calls of the function give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.hosts.python import constants, loops, options
from mlq.hosts.python.bindings import scope_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from mlq.hosts.python.template import Template
    from mlq.hosts.python.values import Values

    Texts = tuple[Template, ...]

_WITH_DEFAULT = frozenset({"default_parameter", "typed_default_parameter"})
_PLAIN = frozenset({"parameters", "lambda_parameters", "typed_parameter"})
_NO_PLACE = frozenset({"keyword_separator", "positional_separator", "comment"})
_SPLATS = frozenset({"list_splat_pattern", "dictionary_splat_pattern"})
_MOST_CALLS = 50
_DEEPEST = 3


def of(name: Node, values: Values, depth: int = 0) -> Texts:
    """Return the texts that a name holds when it is a parameter that nothing else binds; else none."""
    if name.type == "attribute" and depth < _DEEPEST:
        stored = constants.stored(name, values)
        return of(stored, values, depth + 1) if stored else options.of_attribute(name, values)
    if name.type != "identifier" or depth > _DEEPEST:
        return ()
    bindings = values.bindings.visible(values.text_of(name), name)
    defaults: Texts = ()
    for binding in bindings:
        parent = binding.node.parent
        if parent and parent.type in _WITH_DEFAULT and binding.value:
            default = constants.default_of(binding.value, values)
            texts = values.of(default) if default else ()
            defaults += tuple(text.placed(text.span, "parameter-default") for text in texts)
    if len(bindings) != 1 or not _is_parameter(bindings[0].node):
        return defaults
    parameter = bindings[0].node
    listed = loops.of_parameter(parameter, values) + options.of_parameter(parameter, values)
    return defaults + listed + _given(parameter, values, depth)


def splatted(parameter: Node, keys: tuple[str, ...], values: Values) -> Iterator[Node]:
    """Yield what the file's calls of a function hand on by `**`, given for one of the keys."""
    pattern = parameter.parent
    function = pattern.parent.parent if pattern and pattern.parent else None
    if pattern is None or pattern.type != "dictionary_splat_pattern" or function is None:
        return
    for call, _ in _calls(function, values):
        for key in keys:
            given = argument(call, key, -1, values)
            if given:
                yield given


def _is_parameter(name: Node) -> bool:
    return name.parent is not None and name.parent.type in _WITH_DEFAULT | _PLAIN


def _given(parameter: Node, values: Values, depth: int) -> Texts:
    found: list[Template] = []
    for argument in _arguments(parameter, values):
        texts = values.of(argument) + of(argument, values, depth + 1)
        found += (text.placed(text.span, "parameter") for text in texts)
    return tuple(found)


def _arguments(parameter: Node, values: Values) -> Iterator[Node]:
    """Yield what the file's calls of a parameter's function give for it."""
    whole = parameter.parent if parameter.parent and parameter.parent.type in _WITH_DEFAULT else parameter
    whole = whole.parent if whole.parent and whole.parent.type == "typed_parameter" else whole
    listed = whole.parent
    function = listed.parent if listed else None
    if listed is None or function is None:
        return
    places = [child for child in listed.named_children if child.type not in _NO_PLACE]
    separator = next((child for child in listed.named_children if child.type == "keyword_separator"), None)
    is_named_only = separator is not None and separator.start_byte < whole.start_byte
    if whole not in places or any(child.type in _SPLATS for child in places[: places.index(whole)]):
        is_named_only = True
    place = places.index(whole) if whole in places and not is_named_only else -1
    for call, skipped in _calls(function, values):
        given = argument(call, values.text_of(parameter), place - skipped, values)
        if given:
            yield given


def _calls(function: Node, values: Values) -> Iterator[tuple[Node, int]]:
    """Yield the calls of a function of the file, with how many parameters the call does not show (`self`)."""
    named = function.child_by_field_name("name")
    if named is None and function.parent and function.parent.type == "assignment":
        named = function.parent.child_by_field_name("left")
    if named is None or named.type != "identifier":
        return
    name = values.text_of(named)
    if name == "__init__":
        yield from _makings(function, values)
        return
    is_method = any(
        binding.definition == function and binding.scope.type == "class_definition"
        for binding in values.bindings.of(name)
    )
    is_static = function.parent is not None and "staticmethod" in values.text_of(function.parent)[:40]
    for use in values.bindings.mentions(name)[:_MOST_CALLS]:
        called = use.parent
        if is_method and called and called.type == "attribute":
            base = called.child_by_field_name("object")
            call = called.parent
            if base and call and call.type == "call" and constants.is_own(base, values):
                yield call, 0 if is_static else 1
        elif not is_method and called and called.type == "call" and _is_called(use, called):
            yield called, 0


def _makings(constructor: Node, values: Values) -> Iterator[tuple[Node, int]]:
    """Yield the calls that make an object of the class whose constructor this is."""
    named = scope_of(constructor).child_by_field_name("name")
    for use in values.bindings.uses(values.text_of(named))[:_MOST_CALLS] if named else ():
        if use.parent and use.parent.type == "call" and _is_called(use, use.parent):
            yield use.parent, 1


def _is_called(name: Node, call: Node) -> bool:
    return call.child_by_field_name("function") == name


def argument(call: Node, name: str, place: int, values: Values) -> Node | None:
    """Return what a call gives for a parameter; None where it gives nothing that can be seen."""
    arguments = call.child_by_field_name("arguments")
    at = 0
    for child in arguments.named_children if arguments else ():
        if child.type == "keyword_argument":
            keyword = child.child_by_field_name("name")
            if keyword and values.text_of(keyword) == name:
                return child.child_by_field_name("value")
        elif child.type == "list_splat":
            place = -1
        elif child.type not in {"dictionary_splat", "comment"}:
            if at == place:
                return child
            at += 1
    return None
