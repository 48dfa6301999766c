"""How long a keystroke's completion takes in the server, from the question to the bytes of the answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from statistics import median
from time import thread_time
from typing import NamedTuple

from lsprotocol import types
from mlq.ide.analysis import Analysis
from mlq.ide.model import Document
from mlq.keys.index import KeyIndex
from mlq.keys.table import KeyInfo, KeyTable
from mlq.lsp import handlers, sheets
from mlq.lsp.convert import CompletionClient, Positions
from mlq.lsp.documents import OpenDocument
from mlq.lsp.handlers import Snapshot
from pygls.protocol import default_converter

SIZES = (10_000, 1_000_000)
TYPED = ("", "l", "lay", "layer_5", "layer_51.w", "weight", "lw7", "absent")
GROWTH = 1.1
MILLISECONDS = 2.0
_ROUNDS = 31
_CLIENT = CompletionClient(types.MarkupKind.Markdown)


class Line(NamedTuple):
    """What was measured of one typed text: milliseconds of the processor, in the order of `SIZES`."""

    typed: str
    taken: tuple[float, ...]


def lines() -> Iterator[Line]:
    """Measure each typed text in turns over the sizes, each time as a text that was not seen before."""
    converter = default_converter()
    stores = [_store(size) for size in SIZES]
    for typed in TYPED:
        taken: list[list[float]] = [[] for _ in SIZES]
        for turn in range(_ROUNDS):
            for place, store in enumerate(stores):
                snapshot, at = _snapshot(typed, turn * len(stores) + place, store)
                began = thread_time()
                answer = handlers.completion(snapshot, at, _CLIENT)
                json.dumps(converter.unstructure(types.CompletionResponse(id=1, result=answer)))
                taken[place].append((thread_time() - began) * 1e3)
        yield Line(typed, tuple(map(median, taken)))


def _store(size: int) -> KeyIndex:
    names = (f"layer_{number % 997}.weight_{number}" for number in range(size))
    keys = KeyTable.of(KeyInfo(name, max(0, 1_000 - place)) for place, name in enumerate(names))
    return KeyIndex("a store", 1_000, kinds={"metric": keys})


def _snapshot(typed: str, number: int, store: KeyIndex) -> tuple[Snapshot, types.CompletionParams]:
    head = f"import mlflow\nmlflow.search_runs(filter_string=\"params.a{number} = 'x' AND metrics.{typed}"
    text = f'{head}")\n'
    document = OpenDocument("file:///train.py", "python", 1, text, Positions(text))
    sheet = sheets.of_document(document)
    analysis = Analysis(Document(text, "python"), keys={"runs": store})
    at = types.CompletionParams(
        types.TextDocumentIdentifier(document.uri), types.Position(1, len(head.splitlines()[1]))
    )
    return Snapshot(sheet.part(document.uri), sheet, analysis), at
