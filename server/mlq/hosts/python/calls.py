"""Finds the calls of MLflow's search functions in Python files, with what is given to each."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from mlq_grammar.spans import Span

from mlq.hosts.calls import Argument, Call
from mlq.hosts.python import LONGEST
from mlq.hosts.python.hits import hits_of
from mlq.text import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from mlq.hosts.apis import Api
    from mlq.hosts.calls import ArgumentKind, Known
    from mlq.hosts.python.finding import Reader
    from mlq.hosts.python.ownership import Use
    from mlq.hosts.python.syntax import Call as Found
    from mlq.hosts.region import FilterRegion

_SEARCH = "search_"
_NO_ARGUMENT = frozenset({"comment", "line_continuation", "ERROR"})
_PARTIAL = re.compile(r"(?:functools\.)?partial")
_VIEW = re.compile(r"mlflow\b.*\bViewType\.([A-Z_]+)")
_KINDS: dict[str, ArgumentKind] = {
    "none": "none",
    "list": "list",
    "tuple": "list",
    "set": "list",
    "list_comprehension": "list",
    "dictionary": "dict",
    "string": "text",
    "concatenated_string": "text",
}


@lru_cache(maxsize=32)
def calls(text: str) -> tuple[Call, ...]:
    """Return the calls of a Python file in order; never raises, whatever the text."""
    if _SEARCH not in text or len(text) > LONGEST:
        return ()
    hits = [hit for hit in hits_of(text) if hit.api.name.startswith(_SEARCH)]
    if not hits:
        return ()
    # This needs tree-sitter, which most files do not.
    from mlq.hosts.python.finding import Reader

    reader, lines = Reader(text), LineIndex(text)
    found: dict[int, Call] = {}
    for hit in hits:
        call = reader.call_of(hit)
        use = reader.owners.use(call, hit.api) if call and call.is_complete else None
        if call and use and use.owner and _is_judged(call, hit.api, reader):
            found.setdefault(hit.start, _call(call, hit.api, use, reader, lines, Span(hit.start, hit.end)))
    return tuple(found[start] for start in sorted(found))


def _is_judged(call: Found, api: Api, reader: Reader) -> bool:
    """Whether the arguments are surely for MLflow's function: not for a wrapper of it, nor an override."""
    is_own = any(binding.definition for binding in reader.bindings.of(api.name))
    wrapper = call.arguments.parent
    function = wrapper.child_by_field_name("function") if wrapper else None
    is_handed_on = bool(call.skipped)
    is_partial = function is not None and _PARTIAL.fullmatch(reader.values.text_of(function)) is not None
    return not is_own and (not is_handed_on or is_partial)


def _call(call: Found, api: Api, use: Use, reader: Reader, lines: LineIndex, name: Span) -> Call:
    given = [child for child in call.arguments.named_children if child.type not in _NO_ARGUMENT]
    is_open = bool(call.skipped or call.filled) or any(child.type.endswith("_splat") for child in given)
    return Call(
        api=api.name,
        entity=api.entity,
        is_client=use.owner == "client",
        name=name,
        end=call.arguments.end_byte - 1,
        arguments=tuple(_arguments(given[call.skipped :], call.filled, reader)),
        is_open=is_open,
        filters=tuple(_filters(call, api, use, reader, lines)),
        kept=_kept(call, reader),
        view_type=_view_type(call.function, reader),
    )


def _arguments(given: list[Node], filled: int, reader: Reader) -> Iterator[Argument]:
    is_counting = True
    place = filled
    for node in given:
        if node.type == "list_splat":
            is_counting = False  # it fills an unknown number of places
        elif node.type == "keyword_argument":
            name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
            if name and value:
                yield _argument(node, value, reader.values.text_of(name), None, reader)
        elif is_counting and node.type != "dictionary_splat":
            yield _argument(node, node, "", place, reader)
            place += 1


def _argument(node: Node, value: Node, name: str, place: int | None, reader: Reader) -> Argument:
    kind, known = _read(value, reader)
    items = [child for child in value.named_children if child.type not in _NO_ARGUMENT]
    return Argument(
        span=reader.values.span(node),
        value=reader.values.span(value),
        name=name,
        place=place,
        source=reader.values.text_of(value),
        kind=kind,
        known=known,
        items=tuple(reader.values.text_of(item) for item in items) if value.type in {"list", "tuple"} else (),
    )


def _read(node: Node, reader: Reader) -> tuple[ArgumentKind, tuple[Known, ...]]:
    """Return the kind of an expression, and what it always is."""
    from mlq.hosts.python import constants, kinds

    view = _VIEW.fullmatch(reader.owners.origin(node) or "") if node.type == "attribute" else None
    if view:
        return "view", (view[1],)
    if node.type == "parenthesized_expression" and len(node.named_children) == 1:
        return _read(node.named_children[0], reader)
    found = constants.of(node, reader.values)
    if found:
        kind: ArgumentKind = "text" if isinstance(found[0], str) else "number"
        return "boolean" if isinstance(found[0], bool) else kind, found
    text = reader.values.one(node) if node.type not in {"identifier", "attribute"} else None
    if text and text.is_static:
        return "text", (text.text,)
    of_value = kinds.of(node, reader.values)
    if of_value in {"text", "boolean"}:
        return ("text" if of_value == "text" else "boolean"), ()
    if of_value in {"integer", "number"}:
        return "number", ()
    assigned = reader.bindings.constant(node) if node.type == "identifier" else None
    is_text = text is not None and text.is_written
    return ("text" if is_text else _KINDS.get((assigned or node).type, "unknown")), ()


def _filters(call: Found, api: Api, use: Use, reader: Reader, lines: LineIndex) -> Iterator[FilterRegion]:
    from mlq.hosts.python.arguments import filters_of
    from mlq.hosts.python.template import region_of

    for given in filters_of(call, api, use, reader.values):
        for template in reader.texts_of(given, call):
            if template.is_written:
                yield region_of(template, api, lines)


def _view_type(at: Node, reader: Reader) -> str:
    """Return how the code at a node can name MLflow's `ViewType`; empty where it has to import it first."""
    for name, module in (("ViewType", "mlflow"), ("mlflow", "mlflow")):
        bindings = reader.bindings.visible(name, at)
        is_bound = bool(bindings) and all((each.path or "").startswith(module) for each in bindings)
        is_usual = not bindings and name == "mlflow" and "mlflow." in reader.source.text
        if is_bound or is_usual:
            return name if name == "ViewType" else f"{name}.entities.ViewType"
    return ""


def _kept(call: Found, reader: Reader) -> str:
    """Return the `lifecycle_stage` that a comprehension over the result keeps."""
    clause = call.function.parent.parent if call.function.parent else None
    comprehension = clause.parent if clause and clause.type == "for_in_clause" else None
    for child in comprehension.named_children if comprehension else ():
        found = _STAGE.fullmatch(reader.values.text_of(child)) if child.type == "if_clause" else None
        if found:
            return found[2]
    return ""


_STAGE = re.compile(r"""if\s+\w+(?:\.info)?\.lifecycle_stage\s*==\s*(["'])(active|deleted)\1""")
