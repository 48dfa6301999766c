"""The defaults of a program's options: of argparse's `args.query`, and of click's parameters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

    from mlq.hosts.python.template import Template
    from mlq.hosts.python.values import Values

    Texts = tuple[Template, ...]

_ADDING = frozenset({"add_argument", "option", "argument"})
_OPTION = re.compile(r"""["'](?:--?)?([A-Za-z_][\w-]*)["']""")
_MOST = 20  # mentions of a name; keeps the time for a hostile file bounded


def of_attribute(node: Node, values: Values) -> Texts:
    """Return the default of the option that an attribute of the parsed arguments is."""
    base, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
    is_parsed = base is not None and base.type == "identifier" and values.has_names
    return _default(values.text_of(name), values) if is_parsed and name else ()


def of_parameter(parameter: Node, values: Values) -> Texts:
    """Return the default of the option that a decorator gives to a function's parameter."""
    function = parameter.parent.parent if parameter.parent else None
    around = function.parent if function else None
    is_decorated = around is not None and around.type == "decorated_definition"
    return _default(values.text_of(parameter), values) if is_decorated else ()


def _default(name: str, values: Values) -> Texts:
    for span in _mentioned(values.source.text).get(name, ()):
        string = values.source.node_at(*span)
        arguments = string.parent if string and string.type == "string" else None
        call = arguments.parent if arguments and arguments.type == "argument_list" else None
        function = call.child_by_field_name("function") if call and call.type == "call" else None
        if arguments and function and values.text_of(function).rpartition(".")[2] in _ADDING:
            return _of_option(arguments, values)
    return ()


@lru_cache(maxsize=2)
def _mentioned(text: str) -> dict[str, list[tuple[int, int]]]:
    """Return where a file names its options, by their names in Python: `"--max-loss"` is `max_loss`."""
    found: dict[str, list[tuple[int, int]]] = {}
    for option in _OPTION.finditer(text) if any(f"{word}(" in text for word in _ADDING) else ():
        places = found.setdefault(option[1].replace("-", "_"), [])
        if len(places) < _MOST:
            places.append(option.span())
    return found


def _of_option(arguments: Node, values: Values) -> Texts:
    for child in arguments.named_children:
        key, value = child.child_by_field_name("name"), child.child_by_field_name("value")
        if child.type == "keyword_argument" and key and value and values.text_of(key) == "default":
            return tuple(text.placed(text.span, "parameter-default") for text in values.of(value))
    return ()
