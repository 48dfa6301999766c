"""The part of the demo that an editor plays: a real client, speaking to the real `mlq-lsp` over stdio."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from demo.telling import chapter, say, say_indented
from lsprotocol import types
from mlq.findings import Edit, apply
from mlq.text import LineIndex, Position
from support.churn_store import EXPERIMENTS, RUNS_OF_EACH
from support.lsp import Client, capabilities, session

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FILE = "search_churn.py"
NEW_CALL = '\nmlflow.search_runs(filter_string="")\n'
TYPED = "metrics."
HOVERED = "params.batch_size"
MENDED = "= 32"
SHOWN = 12
ALL_RUNS = len(EXPERIMENTS) * RUNS_OF_EACH


async def edit_in_an_editor(folder: Path) -> None:
    """Open the sample, show what the server says of it, type into it, and take a quick fix."""
    chapter("The editor")
    say("Starting mlq-lsp over stdio, as an editor does ...")
    # With UTF-32 the columns are code points, which is what Python counts.
    can = capabilities(encodings=["utf-32"])
    async with session(folder, can=can, options={"trustWorkspace": True}) as (client, result):
        info = result.server_info
        say(f"{info.name if info else 'The server'} {info.version if info else ''} is up.")
        document = Document(client, folder / FILE)
        say(f"\nOpening {FILE}. The squiggles:\n")
        show_diagnostics(await client.diagnostics(document.uri))
        say(f"\nThe server reads the store in the background: {await client.logged(' keys')}")
        await type_a_filter(client, document)
        await hover(client, document)
        await fix(client, document)


class Document:
    """A text in the editor, which the server holds as well."""

    def __init__(self, client: Client, path: Path) -> None:
        self.text = path.read_text(encoding="utf-8")
        self._client = client
        self.uri = client.open(path.as_uri(), self.text)

    def edit(self, edits: Iterable[Edit]) -> None:
        """Change the text here and at the server."""
        for each in sorted(edits, key=lambda edit: edit.start, reverse=True):
            place = types.Range(self.position(each.start), self.position(each.end))
            self._client.change(self.uri, types.TextDocumentContentChangePartial(place, each.text))
            self.text = apply([each], self.text)

    def position(self, offset: int) -> types.Position:
        """Return the offset as the protocol has it."""
        return types.Position(*LineIndex(self.text).position(offset))

    def span(self, place: types.Range) -> tuple[int, int]:
        """Return a range of the protocol as offsets."""
        lines = LineIndex(self.text)
        start, end = (lines.offset(Position(at.line, at.character)) for at in (place.start, place.end))
        return start, end


def show_diagnostics(diagnostics: Iterable[types.Diagnostic]) -> None:
    """Print what an editor underlines."""
    for each in diagnostics:
        severity = (each.severity or types.DiagnosticSeverity.Error).name.lower()
        start = each.range.start
        say(f"    {start.line + 1}:{start.character + 1} {severity} {each.code}: {each.message}")


async def type_a_filter(client: Client, document: Document) -> None:
    """Type a prefix into a new call, key by key, and print what is offered."""
    end = len(document.text)
    document.edit([Edit(end, end, NEW_CALL)])
    cursor = document.text.rindex('""') + 1
    for character in TYPED:
        document.edit([Edit(cursor, cursor, character)])
        cursor += 1
    # The new call names no experiment, so it asks all of them.
    await client.logged(f" keys in {ALL_RUNS} runs")
    say(f"\nTyping `{TYPED}` between the quotes of a new call. On offer:\n")
    offered = await client.completion(document.uri, document.position(cursor))
    items = offered.items if offered else ()
    for item in sorted(items, key=lambda item: item.sort_text or item.label)[:SHOWN]:
        say(f"    {item.label:<16} {item.detail or ''}".rstrip())


async def hover(client: Client, document: Document) -> None:
    """Rest the pointer on a key."""
    say(f"\nResting the pointer on `{HOVERED}`:\n")
    offset = document.text.index(HOVERED) + len(HOVERED) - 1
    answer = await client.hover(document.uri, document.position(offset))
    if answer is None or not isinstance(answer.contents, types.MarkupContent):
        raise SystemExit("the server said nothing of it")
    say_indented(answer.contents.value)


async def fix(client: Client, document: Document) -> None:
    """Take the first quick fix for a mistake, and show that the squiggle goes."""
    before = await client.diagnostics(document.uri)
    offset = document.text.index(MENDED) + len(MENDED) - 1
    position = document.position(offset)
    actions = await client.code_actions(document.uri, types.Range(position, position), before)
    if not actions or not actions[0].edit:
        raise SystemExit("the server offered no fix")
    say(f"\nTaking the quick fix “{actions[0].title}”:\n")
    old = document.text
    document.edit(_edits(actions[0].edit, document))
    show_difference(old, document.text)
    after = await client.diagnostics(document.uri)
    say(f"\nSquiggles before: {len(before)}. After: {len(after)}.")


def _edits(change: types.WorkspaceEdit, document: Document) -> list[Edit]:
    found: list[Edit] = []
    for each in change.document_changes or ():
        if isinstance(each, types.TextDocumentEdit):
            found += [
                Edit(*document.span(edit.range), edit.new_text)
                for edit in each.edits
                if isinstance(edit, types.TextEdit)
            ]
    return found


def show_difference(old: str, new: str) -> None:
    """Print the lines that changed."""
    for line in difflib.unified_diff(old.splitlines(), new.splitlines(), FILE, FILE, lineterm="", n=1):
        say(f"    {line}")
