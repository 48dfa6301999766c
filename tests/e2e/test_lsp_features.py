"""The main job through a real client: a filter judged, mended, explained and completed from a real store."""

from __future__ import annotations

import socket
import sqlite3
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from support.lsp import Client, capabilities, covered, edited, position, session
from support.marks import read
from support.stores import snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD = 'import mlflow\n\nnames = ["😀", "e\u0301"]\n'
BAD = HEAD + "runs = mlflow.search_runs(filter_string=\"params.name = '😀' AND params.batch_size = 32\")\n"
GOOD = BAD.replace("= 32", "= '32'")


@pytest.fixture
def store(read_only_churn: Path) -> str:
    return f"sqlite:///{read_only_churn}/mlflow.db"


@pytest.fixture
def hanging_server() -> Iterator[str]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def filter_in_python(text: str) -> str:
    return f'import mlflow\n\nmlflow.search_runs(filter_string="{text}")\n'


async def completed(client: Client, source: str, *, language: str = "python") -> dict[str, str]:
    """Return what is offered at `$0`: each label with the text after it was chosen."""
    marked = read(source)
    assert marked.cursor is not None
    suffix = {"python": "py", "mlq": "mlq"}[language]
    uri = client.open(f"file:///work/{len(client.published)}.{suffix}", marked.text, language)
    answer = await client.completion(uri, position(marked.text, marked.cursor))
    assert answer is not None
    assert answer.is_incomplete is False
    return {item.label: _accepted(item, marked.text, marked.cursor) for item in answer.items}


def _accepted(item: types.CompletionItem, text: str, cursor: int) -> str:
    assert isinstance(item.text_edit, types.TextEdit)
    start = position(text, cursor)
    range_ = item.text_edit.range
    assert range_.start.line == start.line == range_.end.line
    typed = covered(text, types.Range(range_.start, start))
    assert (item.filter_text or "").startswith(typed[:1]) or not typed.startswith(("'", '"', "`"))
    return edited(text, [item.text_edit])


async def test_a_wrong_filter_is_underlined_where_it_is_wrong_until_it_is_right(tmp_path: Path) -> None:
    async with session(tmp_path) as (client, _):
        uri = client.open((tmp_path / "train.py").as_uri(), BAD)
        (found,) = await client.diagnostics(uri, version=1)
        assert covered(BAD, found.range) == "32"
        assert (found.severity, found.source) == (types.DiagnosticSeverity.Error, "mlq")
        place = position(BAD, BAD.index("32"))
        quote = types.TextDocumentContentChangePartial(types.Range(place, place), "'")
        place = position(BAD, BAD.index("32") + 3)
        client.change(uri, quote, types.TextDocumentContentChangePartial(types.Range(place, place), "'"))
        assert await client.diagnostics(uri, version=2) == []


async def test_a_fix_mends_the_text(tmp_path: Path) -> None:
    async with session(tmp_path) as (client, _):
        uri = client.open((tmp_path / "train.py").as_uri(), BAD)
        (found,) = await client.diagnostics(uri)
        action = next(
            each for each in await client.code_actions(uri, found.range, [found]) if each.is_preferred
        )
        assert action.kind == types.CodeActionKind.QuickFix
        assert list(action.diagnostics or ()) == [found]
        assert action.edit is not None
        (change,) = action.edit.document_changes or ()
        assert isinstance(change, types.TextDocumentEdit)
        assert (change.text_document.uri, change.text_document.version) == (uri, 1)
        mended = edited(BAD, [each for each in change.edits if isinstance(each, types.TextEdit)])
        assert mended == GOOD
        client.replace(uri, mended)
        assert await client.diagnostics(uri) == []
        assert await client.code_actions(uri, found.range) == []


async def test_a_client_without_versioned_edits_gets_plain_ones(tmp_path: Path) -> None:
    async with session(tmp_path, can=capabilities(versioned_edits=False)) as (client, _):
        uri = client.open((tmp_path / "train.py").as_uri(), BAD)
        (found,) = await client.diagnostics(uri)
        action = next(
            each for each in await client.code_actions(uri, found.range, [found]) if each.is_preferred
        )
        assert action.edit is not None
        assert action.edit.document_changes is None
        assert edited(BAD, (action.edit.changes or {})[uri]) == GOOD


async def test_keys_and_values_come_from_the_store_which_stays_as_it_is(store: str, tmp_path: Path) -> None:
    async with session(tmp_path, options={"trackingUri": store}) as (client, _):
        client.open("file:///work/first.py", "import mlflow\n")
        assert "keys from sqlite" in await client.logged(" keys")
        before = filter_in_python("metrics.$0")
        keys = await completed(client, before)
        assert keys["auc"] == filter_in_python("metrics.auc")
        assert keys["AUC ROC"] == filter_in_python("metrics.`AUC ROC`")
        assert keys["train/loss"] == filter_in_python("metrics.`train/loss`")
        assert "legacy_score" not in keys
        values = await completed(client, filter_in_python("params.model = 'x$0"))
        assert values["xgboost"] == filter_in_python("params.model = 'xgboost'")
        assert set(values) == {"xgboost", "lightgbm", "logreg"}


async def test_completion_reads_the_experiments_of_the_settings(store: str, tmp_path: Path) -> None:
    with sqlite3.connect(store.removeprefix("sqlite:///")) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM experiments")}
    assert {"churn", "churn-v2"} <= names
    options = {"trackingUri": store, "experiments": ["churn"]}
    async with session(tmp_path, options=options) as (client, _):
        client.open("file:///work/first.py", "import mlflow\n")
        assert "in 18 runs" in await client.logged("keys from")


async def test_the_store_that_lies_in_a_folder_is_found(read_only_churn: Path) -> None:
    folder = read_only_churn
    untouched = snapshot(folder)
    async with session(folder) as (client, _):
        client.open((folder / "train.py").as_uri(), "import mlflow\n")
        await client.logged("keys from sqlite:///mlflow.db")
    assert snapshot(folder) == untouched


async def test_a_hover_tells_what_is_known(store: str, tmp_path: Path) -> None:
    async with session(tmp_path, options={"trackingUri": store}) as (client, _):
        client.open("file:///work/first.py", "import mlflow\n")
        await client.logged("keys from")
        marked = read(filter_in_python("params.mod$0el = 'xgboost'"))
        assert marked.cursor is not None
        uri = client.open("file:///work/hover.py", marked.text)
        hover = await client.hover(uri, position(marked.text, marked.cursor))
        assert hover is not None
        assert hover.range is not None
        assert covered(marked.text, hover.range) == "params.model"
        assert isinstance(hover.contents, types.MarkupContent)
        assert "`lightgbm`" in hover.contents.value
        assert await client.hover(uri, types.Position(0, 3)) is None


async def test_query_files_are_judged_and_completed(store: str, tmp_path: Path) -> None:
    async with session(tmp_path, options={"trackingUri": store}) as (client, _):
        text = "-- the best\nbest:\n  SEARCH runs\n  WHERE params.batch_size = 32;\n"
        uri = client.open((tmp_path / "best.mlq").as_uri(), text, "mlq")
        (found,) = await client.diagnostics(uri)
        assert covered(text, found.range) == "32"
        await client.logged("keys from")
        keys = await completed(client, "metrics.$0 > 0.9;\n", language="mlq")
        assert keys["auc"] == "metrics.auc > 0.9;\n"


async def test_a_store_that_hangs_costs_nothing(hanging_server: str, tmp_path: Path) -> None:
    async with session(tmp_path, options={"trackingUri": hanging_server}) as (client, _):
        uri = client.open((tmp_path / "train.py").as_uri(), BAD)
        assert len(await client.diagnostics(uri)) == 1
        assert "metrics." in await completed(client, filter_in_python("$0"))
        # All that was answered while the store was still being asked.
        assert not [line.message for line in client.raw.log_messages if "keys" in line.message]


async def test_a_store_that_is_not_there_is_told_once(tmp_path: Path) -> None:
    options = {"trackingUri": f"sqlite:///{tmp_path}/none.db"}
    async with session(tmp_path, options=options) as (client, _):
        client.open((tmp_path / "train.py").as_uri(), "import mlflow\n")
        assert "none.db" in await client.logged("no keys")
        assert "metrics." in await completed(client, filter_in_python("$0"))
    assert len([line for line in client.raw.log_messages if "no keys" in line.message]) == 1
    assert list(tmp_path.iterdir()) == []


async def test_settings_that_change_are_taken_up(tmp_path: Path) -> None:
    null_test = filter_in_python("params.model IS NULL")
    can = capabilities(configuration=True)
    async with session(tmp_path, can=can, settings={"connect": False}) as (client, _):
        uri = client.open((tmp_path / "train.py").as_uri(), null_test)
        assert await client.diagnostics(uri) == []
        assert '"connect" is off' in await client.logged("no keys")
        client.raw.set_configuration({"mlq": {"connect": False, "mlflowVersion": "2.22"}})
        client.raw.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        await client.first(client.published, lambda each: each.uri == uri and len(each.diagnostics) == 1)
