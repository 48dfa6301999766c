"""Python that stands in another file is read there, and written there, as that file must hold it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlq.findings import Edit, apply
from mlq.hosts import embedded, find_filters
from mlq.hosts.embedding import Embedding, Stretch, embed, lines
from mlq.hosts.region import OffsetMap, Piece
from mlq_grammar.spans import Span
from support.literals import CALL, expression

QUOTED = "> "


def quoted(code: str) -> str:
    """Write code as a block quote has it."""
    return "".join(QUOTED + line for line in lines_of(code))


def lines_of(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def in_quote(file: str) -> Embedding:
    spans, at = [], 0
    for line in lines_of(file):
        spans.append(Span(at + len(QUOTED), at + len(line)))
        at += len(line)
    return embed("python", [lines(file, spans, QUOTED)])


def in_json(file: str) -> Embedding:
    r"""Read a JSON string of plain characters and `\n`-like escapes."""
    pieces: list[Piece] = []
    text, at = "", 1
    while at < len(file) - 1:
        size = 1 if file[at] != "\\" else 6 if file[at + 1] == "u" else 2
        pieces.append(Piece(Span(len(text), len(text) + 1), Span(at, at + size)))
        text += str(json.loads(f'"{file[at : at + size]}"'))
        at += size
    stretch = Stretch(text, OffsetMap(tuple(pieces)), lambda new: json.dumps(new, ensure_ascii=False)[1:-1])
    return embed("python", [stretch])


HOSTS: dict[str, tuple[Callable[[str], str], Callable[[str], Embedding]]] = {
    "quote": (quoted, in_quote),
    "json": (lambda code: json.dumps(code, ensure_ascii=False), in_json),
}


@pytest.mark.parametrize("host", HOSTS)
@settings(deadline=None)
@given(source=expression(), text=st.text(alphabet="a'\"\\\n0n{", max_size=3), data=st.data())
def test_an_edit_of_the_filter_is_one_of_the_outermost_file(
    host: str, source: str, text: str, data: st.DataObject
) -> None:
    write, read = HOSTS[host]
    code = CALL.format(source)
    file = write(code)
    [plain] = find_filters(code)
    [region] = embedded.regions(file, [read(file)])
    assert region.text == plain.text
    start = data.draw(st.integers(0, len(region.text)))
    end = data.draw(st.integers(start, len(region.text)))
    wanted = Edit(start, end, text)
    inner, edit = plain.edit(wanted), region.edit(wanted)
    assert (edit is None) == (inner is None)
    if edit and inner:
        changed = apply([edit], file)
        assert changed == write(apply([inner], code))
        [found] = embedded.regions(changed, [read(changed)])
        assert found.text == apply([wanted], region.text)
