"""A real client for a real `mlq-lsp`: starts it, keeps what it says, and waits for events, never for time."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pytest_lsp import LanguageClient, make_test_lsp_client

COMMAND = (sys.executable, "-m", "mlq.lsp.main")
# Only a broken server comes near it.
DEADLINE = 30.0

Item = TypeVar("Item")


class Client:
    """One session; `raw` is pytest-lsp's client, for all that has no short form here."""

    def __init__(self) -> None:
        self.raw: LanguageClient = make_test_lsp_client()
        self.published: list[types.PublishDiagnosticsParams] = []
        self.registered: list[types.Registration] = []
        self.statuses: list[Any] = []
        self._news = asyncio.Condition()
        self._texts: dict[str, str] = {}
        self._versions: dict[str, int] = {}
        self._keep(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, self.published)
        self._keep(types.WINDOW_LOG_MESSAGE, self.raw.log_messages)
        self._keep(types.CLIENT_REGISTER_CAPABILITY, self.registered)
        self._keep("mlq/status", self.statuses)

    def _keep(self, method: str, where: list[Any]) -> None:
        async def keep(_: LanguageClient, params: object) -> None:
            each = params.registrations if isinstance(params, types.RegistrationParams) else [params]
            await self._tell(where, each)

        self.raw.protocol.fm.features.pop(method, None)
        self.raw.feature(method)(keep)

    async def _tell(self, where: list[Any], what: Iterable[object]) -> None:
        async with self._news:
            where.extend(what)
            self._news.notify_all()

    def send(self, method: str, params: object) -> None:
        """Send a notification as it is, however wrong."""
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode()
        assert self.raw.protocol.writer is not None
        self.raw.protocol.writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    async def first(self, items: Iterable[Item], wanted: Callable[[Item], bool]) -> Item:
        """Return the first of a list that grows which is wanted, waiting for it if need be."""

        async def wait() -> Item:
            async with self._news:
                while True:
                    for item in items:
                        if wanted(item):
                            return item
                    await self._news.wait()

        return await asyncio.wait_for(wait(), DEADLINE)

    async def diagnostics(self, uri: str, version: int | None = None) -> list[types.Diagnostic]:
        """Return the diagnostics of this version (default: the newest) once they are published."""
        wanted = self._versions[uri] if version is None else version
        published = await self.first(self.published, lambda each: each.uri == uri and each.version == wanted)
        return list(published.diagnostics)

    async def status(self, uri: str, part: str) -> Any:
        """Return the first status of a document whose text holds `part`."""
        return await self.first(self.statuses, lambda each: each.uri == uri and part in each.text)

    async def logged(self, part: str) -> str:
        """Return the first line of the log that holds `part`."""
        return (await self.first(self.raw.log_messages, lambda each: part in each.message)).message

    def open(self, uri: str, text: str, language: str = "python") -> str:
        """Open a document; return its URI."""
        self._texts[uri], self._versions[uri] = text, 1
        item = types.TextDocumentItem(uri, language, 1, text)
        self.raw.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def change(self, uri: str, *changes: types.TextDocumentContentChangeEvent) -> None:
        """Change a document as the client holds it already."""
        self._versions[uri] += 1
        identifier = types.VersionedTextDocumentIdentifier(uri=uri, version=self._versions[uri])
        self.raw.text_document_did_change(types.DidChangeTextDocumentParams(identifier, list(changes)))

    def replace(self, uri: str, text: str) -> None:
        """Put another text in the place of a document's."""
        self._texts[uri] = text
        self.change(uri, types.TextDocumentContentChangeWholeDocument(text))

    def close(self, uri: str) -> None:
        """Close a document."""
        self.raw.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))

    async def completion(self, uri: str, position: types.Position) -> types.CompletionList | None:
        """Ask what may be typed."""
        answer = await self.raw.text_document_completion_async(
            types.CompletionParams(types.TextDocumentIdentifier(uri), position)
        )
        assert answer is None or isinstance(answer, types.CompletionList)
        return answer

    async def hover(self, uri: str, position: types.Position) -> types.Hover | None:
        """Ask what is known of a place."""
        return await self.raw.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(uri), position)
        )

    async def code_actions(
        self, uri: str, range_: types.Range, shown: Iterable[types.Diagnostic] = ()
    ) -> list[types.CodeAction]:
        """Ask for the fixes in a range."""
        answer = await self.raw.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(uri), range_, types.CodeActionContext(list(shown))
            )
        )
        return [each for each in answer or () if isinstance(each, types.CodeAction)]


def capabilities(
    *,
    encodings: Iterable[str] | None = None,
    configuration: bool = False,
    watches: bool = False,
    versioned_edits: bool = True,
    shows_status: bool = False,
) -> types.ClientCapabilities:
    """Return what a client can; the default is a plain one that only takes versioned edits."""
    return types.ClientCapabilities(
        experimental={"mlqStatus": True} if shows_status else None,
        general=types.GeneralClientCapabilities(
            position_encodings=[types.PositionEncodingKind(each) for each in encodings] if encodings else None
        ),
        text_document=types.TextDocumentClientCapabilities(
            completion=types.CompletionClientCapabilities(
                completion_item=types.ClientCompletionItemOptions(
                    documentation_format=[types.MarkupKind.Markdown]
                )
            ),
            hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
        ),
        workspace=types.WorkspaceClientCapabilities(
            configuration=configuration,
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=versioned_edits),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(
                dynamic_registration=watches
            ),
        ),
    )


@asynccontextmanager
async def session(
    folder: Path | None = None,
    *,
    can: types.ClientCapabilities | None = None,
    options: object = None,
    settings: object = None,
    environment: Mapping[str, str] | None = None,
    arguments: Iterable[str] = (),
) -> AsyncIterator[tuple[Client, types.InitializeResult]]:
    """Start the server over stdio, initialize it, and shut it down at the end; it must end with code 0.

    `options` are initializationOptions, `settings` what the client answers to workspace/configuration.
    """
    client = Client()
    await client.raw.start_io(*COMMAND, *arguments, env=_environment(environment))
    if settings is not None:
        client.raw.set_configuration({"mlq": settings})
    try:
        yield client, await client.raw.initialize_session(_initialize_params(folder, can, options))
    finally:
        await asyncio.wait_for(client.raw.shutdown_session(), DEADLINE)
    server = client.raw._server
    assert server is not None
    assert server.returncode == 0


def _environment(more: Mapping[str, str] | None) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MLFLOW_")}
    return {**inherited, **(more or {})}


def _initialize_params(
    folder: Path | None, can: types.ClientCapabilities | None, options: object
) -> types.InitializeParams:
    folders = [types.WorkspaceFolder(folder.as_uri(), folder.name)] if folder else None
    return types.InitializeParams(
        capabilities=can or capabilities(),
        initialization_options=options,
        workspace_folders=folders,
        root_uri=folder.as_uri() if folder else None,
    )


def position(text: str, offset: int) -> types.Position:
    """Return the UTF-16 position of an offset, counted apart from mlq's own way to do it."""
    *lines, last = text[:offset].replace("\r\n", "\n").split("\n")
    return types.Position(len(lines), len(last.encode("utf-16-le")) // 2)


def offset_of(text: str, place: types.Position) -> int:
    """Return the offset of a UTF-16 position."""
    lines = text.split("\n")
    column = len(lines[place.line].encode("utf-16-le")[: 2 * place.character].decode("utf-16-le"))
    return sum(len(line) + 1 for line in lines[: place.line]) + column


def covered(text: str, range_: types.Range) -> str:
    """Return the part of a text that a UTF-16 range covers."""
    return text[offset_of(text, range_.start) : offset_of(text, range_.end)]


def edited(text: str, edits: Iterable[types.TextEdit]) -> str:
    """Return the text with a server's edits made, as an editor makes them."""
    for edit in sorted(
        edits, key=lambda each: (each.range.start.line, each.range.start.character), reverse=True
    ):
        start, end = offset_of(text, edit.range.start), offset_of(text, edit.range.end)
        text = text[:start] + edit.new_text + text[end:]
    return text
