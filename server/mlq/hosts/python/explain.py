"""Says why the strings of a line in a Python file are checked, or why they are not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlq.hosts.python import regions
from mlq.hosts.python.arguments import filters_of
from mlq.hosts.python.finding import Reader
from mlq.hosts.python.hits import hits_of
from mlq.text import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlq.hosts.modules import Modules
    from mlq.hosts.python.hits import Hit
    from mlq.hosts.python.syntax import Call
    from mlq.hosts.region import FilterRegion

_HOW = {
    "literal": "it is written in the call",
    "implicit-concatenation": "its parts are written in the call",
    "f-string": "an f-string; what stands in braces is left open unless it never changes",
    "concatenation": "a sum; operands that only a run can tell are left open",
    "format": "filled in by format; what only a run can tell is left open",
    "percent": "filled in by %; what only a run can tell is left open",
    "join": "a list that is joined; all that may be in it is taken",
    "variable": "a variable holds it where the call is made",
    "attribute": "an attribute holds it",
    "parameter": "a function of this file is given it and hands it on",
    "parameter-default": "it is a parameter's default",
    "imported": "a module beside this file holds it",
    "function": "a function of this file returns it",
}
_LONGEST = 40
_TO_CHECK = "Write the comment `# mlq: runs`, or another entity, on the line above to have it checked."


def explain(text: str, line: int, modules: Modules = ()) -> tuple[str, ...]:
    """Return sentences about the strings on a line, counted from 1. Never raises."""
    lines = LineIndex(text)
    if not 1 <= line <= lines.count:
        return (f"There is no line {line}.",)
    start, end = lines.span(line - 1)
    checked = tuple(_checked(region) for region in regions(text, modules) if _is_on(region, start, end))
    if checked:
        return checked
    reader = Reader(text, modules)
    found = [reason for hit in hits_of(text) for reason in _of_hit(hit, reader, start, end)]
    if found:
        return tuple(dict.fromkeys(found))
    if not re.search(r"""["']""", text[start:end]):
        return ("There is no string on this line.",)
    return (f"Not checked: no call of MLflow's takes it, as far as this file shows. {_TO_CHECK}",)


def _is_on(region: FilterRegion, start: int, end: int) -> bool:
    pieces = (piece.outer for piece in region.map.pieces)
    return any(outer.start <= end and start <= outer.end for outer in pieces)


def _checked(region: FilterRegion) -> str:
    entity = region.entity.replace("_", " ")
    how = _HOW.get(region.shape, "it is known")
    return f"Checked as a filter of {entity}, for {region.api}: {how}. MLflow gets: {region.text}"


def _of_hit(hit: Hit, reader: Reader, start: int, end: int) -> Iterator[str]:
    """Yield why nothing on a line is checked, where it belongs to what may be a call of MLflow's."""
    call = reader.call_of(hit)
    if call is None:
        return
    last = min(call.arguments.end_byte + call.shift, call.end)
    if call.function.start_byte > end or last < start:
        return
    use = reader.owners.use(call, hit.api)
    if use is None:
        yield f"Not checked: {reader.owners.doubt(call, hit.api)} {_TO_CHECK}"
        return
    given = list(filters_of(call, hit.api, use, reader.values))
    if not given:
        yield f"Not checked: none of these arguments of {hit.api.name} is known to be its filter."
    for each in given:
        node = each.node
        shown = reader.source.text[node.start_byte + call.shift : node.end_byte + call.shift]
        is_known = any(text.is_written for text in reader.texts_of(each, call))
        yield _elsewhere(shown) if is_known else _open(shown, call)


def _elsewhere(source: str) -> str:
    return f"Checked where it is written: what `{_short(source)}` is stands elsewhere in this file."


def _short(source: str) -> str:
    shown = " ".join(source.split())
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def _open(source: str, call: Call) -> str:
    reason = (
        "cannot be told from this file" if call.is_complete else "cannot be told before the call is closed"
    )
    return f"Not checked: what `{_short(source)}` is {reason}."
