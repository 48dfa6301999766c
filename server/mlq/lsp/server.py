"""The server: what is registered, which snapshot answers, and when diagnostics are published."""

from __future__ import annotations

import asyncio
import functools
import logging
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.lsp.server import LanguageServer

from mlq.hosts.languages import IDENTIFIERS
from mlq.hosts.store_reference import NOTHING_SAID
from mlq.lsp import convert, handlers, sheets, status
from mlq.lsp.asker import Asker
from mlq.lsp.configuration import Configuration
from mlq.lsp.documents import Documents
from mlq.lsp.handlers import Snapshot
from mlq.lsp.judges import Judges
from mlq.lsp.keys import Keys
from mlq.lsp.matches import Counter, Matches
from mlq.lsp.notebooks import Notebooks
from mlq.lsp.pictures import Pictures
from mlq.lsp.status import Statuses
from mlq.lsp.watching import registrations
from mlq.siblings import modules_of
from mlq.tracking.asking import asked_by, working_folders

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from mlq.ide.analysis import Analysis
    from mlq.lsp.asker import Searched
    from mlq.lsp.sheets import Sheet
    from mlq.settings import Problem

logger = logging.getLogger(__name__)

# Long enough to skip the states between two keys of a fast typist, too short to be noticed.
DEBOUNCE_SECONDS = 0.05
# A client that promises settings and never sends them must not keep the diagnostics back for ever.
CONFIGURATION_SECONDS = 3.0
NOTEBOOK_SYNC = types.NotebookDocumentSyncOptions(
    notebook_selector=[
        types.NotebookDocumentFilterWithNotebook(
            notebook="*", cells=[types.NotebookCellLanguage(language=name) for name in IDENTIFIERS]
        )
    ],
    save=True,
)
RECONNECT = "mlq.reconnect"
"""The command that reads all stores anew."""
TRIGGER_CHARACTERS = (".", "'", '"', "`", " ", "=", "(")

Params = TypeVar("Params")
Answer = TypeVar("Answer")


class Server(LanguageServer):
    """One client's session."""

    def __init__(self) -> None:
        super().__init__("mlq-lsp", metadata.version("mlq-lsp"), notebook_document_sync=NOTEBOOK_SYNC)
        self.documents = Documents()
        self.notebooks = Notebooks(self.documents)
        self.configuration = Configuration(self._notice)
        self.keys = Keys(self.publish_all)
        self.pictures = Pictures()
        self.matches = Matches(lambda uri: self._publish_soon(uri, 0.0))
        self.judges = Judges()
        self._is_configured = False
        self._due: dict[str, asyncio.TimerHandle] = {}
        self._shown: dict[str, types.PublishDiagnosticsParams] = {}
        self._searches: dict[str, tuple[Searched, ...]] = {}
        self._statuses = Statuses(self.protocol.notify)
        self._tasks: set[asyncio.Task[None]] = set()
        _register(self)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log what pygls could not handle; a pop-up would only interrupt."""
        logger.error("%s: %s", getattr(source, "__name__", source), error)

    def _notice(self, problem: Problem) -> None:
        # Whoever wrote it waits for an effect that does not come. All else holds, and the rest is in the log.
        message = f"mlq goes on without a setting that it cannot use. {problem}"
        self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, message))

    # Requests

    def snapshot(self, uri: str) -> Snapshot | None:
        """Return all that is known of an open document of ours."""
        sheet = self._sheet(self.notebooks.of(uri) or uri)
        return Snapshot(sheet.part(uri), sheet, self._analysis(sheet)) if sheet else None

    def _sheet(self, uri: str) -> Sheet | None:
        """Return what is analysed as one: a notebook, or a document that is not in one."""
        document = self.documents.get(uri)
        return sheets.of_document(document) if document else self.notebooks.sheet(uri)

    def _analysis(self, sheet: Sheet) -> Analysis:
        from mlq.ide.analysis import Analysis  # loads the parsers, which initialize need not wait for
        from mlq.ide.check import Judge
        from mlq.ide.model import Document

        folder = self._folder(sheet.path)
        settings, root = self.configuration.settings(folder), self._root(folder)
        asker = self._asker(sheet)
        chosen = self.judges.get(settings, folder, root, asker.server_version(self._searched(sheet)))
        return Analysis(
            Document(
                sheet.text,
                sheet.language,
                sheet.path,
                modules_of(sheet.text, sheet.language, sheet.path),
                tuple(settings.filter_keys.items()),
            ),
            Judge(chosen.version, chosen.sqlparse or None),
            self.pictures.get(settings, root),
            chosen.why,
            self.configuration.selection(Path(sheet.path), folder, root),
            asker.get,
            *([Counter(self.matches, asker).get] if settings.match_counts else []),
        )

    def _asker(self, sheet: Sheet) -> Asker:
        folder = self._folder(sheet.path)
        settings, root = self.configuration.settings(folder), self._root(folder)
        version = self.judges.get(settings, folder, root).version
        folders = working_folders(folder, root, is_notebook=sheet.language == "ipython")
        return Asker(self.keys, asked_by(settings, root, folders, version))

    def ask_matches(self, uri: str, sheet: Sheet, analysis: Analysis) -> None:
        """Ask in the background how many the filters of a document match, as far as it is worth it."""
        if self.configuration.settings(self._folder(sheet.path)).match_counts:
            Counter(self.matches, self._asker(sheet)).ask(uri, analysis)

    # The client's life

    def on_initialize(self, params: types.InitializeParams) -> None:
        """Take the client's settings and the encoding agreed on."""
        self.documents.encoding = self.workspace.position_encoding or types.PositionEncodingKind.Utf16
        self.configuration.initialize(params.initialization_options)

    def on_initialized(self, _: types.InitializedParams) -> None:
        """Ask for settings and for news of files."""
        self._spawn(self._watch())
        self._spawn(self._configure(None))

    def on_configuration(self, params: types.DidChangeConfigurationParams) -> None:
        """Ask for the settings anew, or take those that came along."""
        self._spawn(self._configure(params.settings))

    def on_folders(self, _: types.DidChangeWorkspaceFoldersParams) -> None:
        """Ask for the settings of the folders that are open now."""
        self._spawn(self._configure(None))

    def on_watched_files(self, _: types.DidChangeWatchedFilesParams) -> None:
        """Read the files of settings and the lock files anew."""
        self._forget_files()
        self.publish_all()

    def on_save(self, _: types.DidSaveTextDocumentParams | types.DidSaveNotebookDocumentParams) -> None:
        """Read the files of settings anew where the client does not watch them."""
        if not self.client_can("workspace.did_change_watched_files.dynamic_registration"):
            self._forget_files()

    def on_reconnect(self) -> None:
        """Forget what is known of all stores, and read them anew."""
        self.keys.reconnect()
        self.publish_all()

    def on_shutdown(self, _: None) -> None:
        """Let go of all that runs."""
        self.keys.close()
        self.matches.close()

    def _forget_files(self) -> None:
        self.configuration.forget()
        self.judges.forget()
        self.keys.look_again()

    # Documents

    def on_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Take a document in."""
        self.documents.open(params.text_document)
        self._publish_soon(params.text_document.uri, 0.0)

    def on_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Make the client's changes."""
        identifier = params.text_document
        self.documents.change(identifier.uri, identifier.version, params.content_changes)
        self._publish_soon(self.notebooks.of(identifier.uri) or identifier.uri, DEBOUNCE_SECONDS)

    def on_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Forget a document, and take its diagnostics off the screen."""
        self.documents.close(params.text_document.uri)
        self._clear(params.text_document.uri)

    def on_notebook_open(self, params: types.DidOpenNotebookDocumentParams) -> None:
        """Take a notebook in, with its cells."""
        self.notebooks.open(params)
        self._publish_notebook_soon(params.notebook_document.uri, 0.0)

    def on_notebook_change(self, params: types.DidChangeNotebookDocumentParams) -> None:
        """Make the client's changes of cells and of their texts; all cells are judged anew."""
        for cell in self.notebooks.change(params):
            self._clear(cell)
        self._publish_notebook_soon(params.notebook_document.uri, DEBOUNCE_SECONDS)

    def on_notebook_close(self, params: types.DidCloseNotebookDocumentParams) -> None:
        """Forget a notebook, and take its cells' diagnostics off the screen."""
        for cell in self.notebooks.close(params.notebook_document.uri):
            self._clear(cell)

    def publish_all(self) -> None:
        """Publish the diagnostics of all that is open anew."""
        for uri in (*self.notebooks, *(document.uri for document in self.documents)):
            if not self.notebooks.of(uri):
                self._publish_soon(uri, 0.0)

    def _publish_notebook_soon(self, uri: str, delay: float) -> None:
        for sheet in (uri, *self.notebooks.others(uri)):
            self._publish_soon(sheet, delay)

    def _publish_soon(self, uri: str, delay: float) -> None:
        sheet = self._sheet(uri)
        if sheet is None or not self._is_configured:
            return
        if due := self._due.pop(uri, None):
            due.cancel()
        publish = functools.partial(_guarded("publishing diagnostics", self._publish), uri)
        self._due[uri] = asyncio.get_running_loop().call_later(delay, publish)

    def _publish(self, uri: str) -> None:
        self._due.pop(uri, None)
        sheet = self._sheet(uri)
        if sheet is None:
            return
        analysis = self._analysis(sheet)
        for params in handlers.diagnostics(sheet, analysis):
            # Each key in a cell has all cells judged: most are as they were.
            if params != self._shown.get(params.uri):
                self._shown[params.uri] = params
                self.text_document_publish_diagnostics(params)
        self._searches[sheet.path] = analysis.searched()
        asker = self._asker(sheet)
        asker.touch(self._searched(sheet))
        self.ask_matches(uri, sheet, analysis)
        if status.is_wanted(self.client_capabilities):
            self._statuses.show(sheet, asker, self._searched(sheet))

    def _searched(self, sheet: Sheet) -> tuple[Searched, ...]:
        """Return what was last seen to be searched; runs where nothing is yet, since most search them."""
        return self._searches.get(sheet.path) or (("runs", NOTHING_SAID),)

    def _clear(self, uri: str) -> None:
        self.matches.forget(uri)
        self._statuses.forget(uri)
        if self._shown.pop(uri, None):
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    # Settings

    def _folder(self, file: str) -> Path:
        # A document without a place of its own, such as an untitled one, has the workspace's settings.
        path = Path(file)
        return path.parent if path.is_absolute() else (self._roots() or [Path.cwd()])[0]

    def _root(self, folder: Path) -> Path:
        # A document from elsewhere, such as a library's, is read beside the workspace, with its store.
        roots = self._roots() or [folder]
        inside = [root for root in roots if folder.is_relative_to(root)]
        return max(inside, key=lambda root: len(root.parts), default=roots[0])

    def _roots(self) -> list[Path]:
        uris = [folder.uri for folder in self.workspace.folders.values()]
        if not uris and self.workspace.root_uri:
            uris = [self.workspace.root_uri]
        return [Path(convert.path(uri)) for uri in uris]

    async def _configure(self, pushed: object) -> None:
        try:
            if self.client_can("workspace.configuration"):
                await asyncio.wait_for(self._fetch_configuration(), CONFIGURATION_SECONDS)
            elif pushed is not None:
                self.configuration.set_client(pushed)
        except Exception as error:  # noqa: BLE001 - whatever it is, the defaults serve
            logger.warning("the client did not send its settings: %s", error or type(error).__name__)
        self._is_configured = True
        self.publish_all()

    async def _fetch_configuration(self) -> None:
        folders = list(self.workspace.folders.values())
        items = [types.ConfigurationItem(section="mlq")]
        items += [types.ConfigurationItem(section="mlq", scope_uri=folder.uri) for folder in folders]
        everywhere, *scoped = await self.workspace_configuration_async(types.ConfigurationParams(items))
        paths = [Path(convert.path(folder.uri)) for folder in folders]
        self.configuration.set_client(everywhere, dict(zip(paths, scoped, strict=False)))

    async def _watch(self) -> None:
        if wanted := registrations(self.client_can):
            await self.client_register_capability_async(types.RegistrationParams(wanted))

    def client_can(self, capability: str) -> bool:
        """Return whether the client offers a capability, named by its path in `ClientCapabilities`."""
        return bool(get_capability(self.client_capabilities, capability))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _register(server: Server) -> None:
    # pygls would keep documents of its own first, and fail where they differ from ours.
    for method in (
        types.TEXT_DOCUMENT_DID_OPEN,
        types.TEXT_DOCUMENT_DID_CHANGE,
        types.TEXT_DOCUMENT_DID_CLOSE,
        types.NOTEBOOK_DOCUMENT_DID_OPEN,
        types.NOTEBOOK_DOCUMENT_DID_CHANGE,
        types.NOTEBOOK_DOCUMENT_DID_CLOSE,
    ):
        server.protocol.fm.builtin_features.pop(method)

    def on(method: str, handler: Callable[[Any], Any], options: object = None) -> None:
        server.feature(method, options)(_guarded(method, handler))

    on(types.INITIALIZE, server.on_initialize)
    on(types.INITIALIZED, server.on_initialized)
    on(types.SHUTDOWN, server.on_shutdown)
    on(types.TEXT_DOCUMENT_DID_OPEN, server.on_open)
    on(types.TEXT_DOCUMENT_DID_CHANGE, server.on_change)
    on(types.TEXT_DOCUMENT_DID_SAVE, server.on_save)
    on(types.TEXT_DOCUMENT_DID_CLOSE, server.on_close)
    on(types.NOTEBOOK_DOCUMENT_DID_OPEN, server.on_notebook_open)
    on(types.NOTEBOOK_DOCUMENT_DID_CHANGE, server.on_notebook_change)
    on(types.NOTEBOOK_DOCUMENT_DID_SAVE, server.on_save)
    on(types.NOTEBOOK_DOCUMENT_DID_CLOSE, server.on_notebook_close)
    on(types.WORKSPACE_DID_CHANGE_CONFIGURATION, server.on_configuration)
    on(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, server.on_folders)
    on(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, server.on_watched_files)

    server.command(RECONNECT)(lambda: server.on_reconnect())

    def completion(params: types.CompletionParams) -> types.CompletionList | None:
        snapshot = server.snapshot(params.text_document.uri)
        formats = get_capability(
            server.client_capabilities, "text_document.completion.completion_item.documentation_format"
        )
        takes_snippets = server.client_can("text_document.completion.completion_item.snippet_support")
        client = convert.CompletionClient(convert.markup_kind(formats), takes_snippets)
        return handlers.completion(snapshot, params, client) if snapshot else None

    def hover(params: types.HoverParams) -> types.Hover | None:
        snapshot = server.snapshot(params.text_document.uri)
        formats = get_capability(server.client_capabilities, "text_document.hover.content_format")
        if snapshot is None:
            return None
        # The next hover shows what comes of it.
        sheet_uri = server.notebooks.of(params.text_document.uri) or params.text_document.uri
        server.ask_matches(sheet_uri, snapshot.sheet, snapshot.analysis)
        return handlers.hover(snapshot, params, convert.markup_kind(formats))

    def code_action(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        snapshot = server.snapshot(params.text_document.uri)
        takes_versions = server.client_can("workspace.workspace_edit.document_changes")
        return handlers.code_actions(snapshot, params, takes_versions=takes_versions) if snapshot else None

    on(
        types.TEXT_DOCUMENT_COMPLETION,
        completion,
        types.CompletionOptions(trigger_characters=TRIGGER_CHARACTERS),
    )
    on(types.TEXT_DOCUMENT_HOVER, hover)
    on(
        types.TEXT_DOCUMENT_CODE_ACTION,
        code_action,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    )


def _guarded(what: str, handler: Callable[[Params], Answer]) -> Callable[[Params], Answer | None]:
    """Return the handler, answering null where it crashes: one bad request must not end the others."""

    def guarded(params: Params) -> Answer | None:
        try:
            return handler(params)
        except Exception:
            logger.exception("%s failed", what)
            return None

    return guarded
