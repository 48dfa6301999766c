"""Cells of an open notebook are judged in the scope of all, and each finding lands in its own cell."""

from __future__ import annotations

from lsprotocol import types
from mlq.ide.analysis import Analysis
from mlq.ide.model import Document
from mlq.lsp import handlers
from mlq.lsp.convert import CompletionClient
from mlq.lsp.documents import Documents
from mlq.lsp.notebooks import Notebooks
from support.lsp import covered, edited, position
from support.marks import read
from support.notebooks import NOTEBOOK, cell_uri, closed, opened, spliced, typed

IMPORT = "import mlflow\nclient = mlflow.MlflowClient()"
SEARCH = "client.search_model_versions(WANTED)"
NOWHERE = types.TextDocumentIdentifier("")  # The snapshot says which cell is asked about.
WRONG, RIGHT = 'WANTED = "name = 3"', "WANTED = \"name = '3'\""


class Session:
    """The documents of a server, without the server."""

    def __init__(self, cells: dict[str, str]) -> None:
        self.documents = Documents()
        self.notebooks = Notebooks(self.documents)
        self.notebooks.open(opened(cells))

    def change(self, params: types.DidChangeNotebookDocumentParams) -> list[str]:
        return [uri.partition("#")[2] for uri in self.notebooks.change(params)]

    def snapshot(self, name: str) -> handlers.Snapshot:
        sheet = self.notebooks.sheet(NOTEBOOK)
        assert sheet is not None
        assert self.notebooks.of(cell_uri(name)) == NOTEBOOK
        analysis = Analysis(Document(sheet.text, sheet.language, sheet.path))
        return handlers.Snapshot(sheet.part(cell_uri(name)), sheet, analysis)

    def wrong(self) -> dict[str, list[str]]:
        """Return what is underlined in each cell."""
        sheet = self.notebooks.sheet(NOTEBOOK)
        assert sheet is not None
        found = handlers.diagnostics(sheet, Analysis(Document(sheet.text, sheet.language, sheet.path)))
        texts = {document.uri: document.text for document in self.documents}
        return {
            each.uri.partition("#")[2]: [covered(texts[each.uri], one.range) for one in each.diagnostics]
            for each in found
        }


def test_a_finding_lands_in_the_cell_that_holds_the_filter() -> None:
    session = Session({"a": IMPORT, "b": WRONG, "c": SEARCH})
    assert session.wrong() == {"a": [], "b": ["3"], "c": []}


def test_an_edit_of_one_cell_changes_what_is_known_in_others() -> None:
    session = Session({"a": IMPORT, "b": WRONG, "c": SEARCH})
    session.change(typed("b", 2, RIGHT))
    assert session.wrong() == {"a": [], "b": [], "c": []}
    session.change(typed("c", 2, 'client.search_model_versions("name = 4")'))
    assert session.wrong() == {"a": [], "b": [], "c": ["4"]}
    session.change(typed("a", 2, "import opik\nclient = opik.Opik()"))
    assert session.wrong() == {"a": [], "b": [], "c": []}


def test_cells_are_read_in_their_order() -> None:
    session = Session({"a": IMPORT, "b": RIGHT, "c": SEARCH, "d": WRONG})
    assert session.wrong()["d"] == []
    # The last cell moves to behind the second one.
    assert session.change(spliced(2, 2, {"d": "", "c": ""})) == []
    assert session.wrong() == {"a": [], "b": [], "d": ["3"], "c": []}


def test_cells_come_and_go() -> None:
    session = Session({"a": IMPORT, "b": WRONG, "c": SEARCH})
    assert session.change(spliced(1, 1, {}, closed=["b"])) == ["b"]
    assert session.wrong() == {"a": [], "c": []}
    session.change(spliced(1, 0, {"e": "# a note\n" + WRONG}))
    assert session.wrong() == {"a": [], "e": ["3"], "c": []}
    assert session.notebooks.of(cell_uri("b")) is None


def test_a_cell_that_becomes_one_of_another_language_is_let_go() -> None:
    session = Session({"a": IMPORT, "b": WRONG, "c": SEARCH})
    session.change(spliced(1, 1, {"b": WRONG}, closed=["b"], language="sql"))
    assert session.wrong() == {"a": [], "c": []}


def test_a_closed_notebook_leaves_nothing() -> None:
    session = Session({"a": IMPORT, "b": WRONG})
    assert session.notebooks.close(NOTEBOOK) == [cell_uri("a"), cell_uri("b")]
    assert list(session.notebooks) == list(session.documents) == []
    assert session.change(typed("b", 2, RIGHT)) == []
    assert closed(["a"]).notebook_document.uri == NOTEBOOK


def test_a_fix_changes_the_cell_that_holds_the_filter() -> None:
    session = Session({"a": IMPORT, "b": "names = '😀'\n" + WRONG, "c": SEARCH})
    snapshot = session.snapshot("b")
    text = snapshot.part.document.text
    place = position(text, text.index("3"))
    context = types.CodeActionContext([])
    asked = types.CodeActionParams(NOWHERE, types.Range(place, place), context)
    [action, *_] = handlers.code_actions(snapshot, asked, takes_versions=True)
    assert action.edit is not None
    [change] = action.edit.document_changes or ()
    assert isinstance(change, types.TextDocumentEdit)
    assert (change.text_document.uri, change.text_document.version) == (cell_uri("b"), 1)
    edits = [each for each in change.edits if isinstance(each, types.TextEdit)]
    assert edited(text, edits) == text.replace("3", "'3'")
    assert not handlers.code_actions(session.snapshot("c"), asked, takes_versions=True)


def test_what_may_be_typed_is_asked_in_a_cell() -> None:
    marked = read("%%time\n\nrows = client.search_registered_models('na$0')")
    assert marked.cursor is not None
    session = Session({"a": IMPORT, "b": marked.text, "c": "(" + SEARCH})
    asked = types.CompletionParams(NOWHERE, position(marked.text, marked.cursor))
    client = CompletionClient(types.MarkupKind.PlainText)
    offered = handlers.completion(session.snapshot("b"), asked, client)
    [name] = [item for item in offered.items if item.label == "name"]
    assert isinstance(name.text_edit, types.TextEdit)
    assert covered(marked.text, name.text_edit.range) == "na"


def test_what_is_known_is_asked_in_a_cell() -> None:
    marked = read("client.search_registered_models(\"na$0me = 'churn'\")")
    assert marked.cursor is not None
    session = Session({"a": IMPORT, "b": marked.text})
    asked = types.HoverParams(NOWHERE, position(marked.text, marked.cursor))
    hover = handlers.hover(session.snapshot("b"), asked, types.MarkupKind.PlainText)
    assert hover is not None
    assert hover.range is not None
    assert covered(marked.text, hover.range) == "name"


def test_the_cells_of_a_client_without_notebooks_are_read_one_by_one() -> None:
    documents = Documents()
    text = "!pip install mlflow\nmlflow.search_runs(filter_string='params.a = 3')"
    document = documents.open(types.TextDocumentItem(cell_uri("a"), "python", 1, text))
    assert document is not None
    found = Analysis(Document(document.text, document.language)).diagnostics()
    assert [text[each.finding.start : each.finding.end] for each in found] == ["3"]
