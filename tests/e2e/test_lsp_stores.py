"""One server and several stores: each search gets the keys of the store that it asks, and says which."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from lsprotocol import types
from support.lsp import capabilities, session

if TYPE_CHECKING:
    from pathlib import Path

    from support.lsp import Client

SEES_STATUS = capabilities(shows_status=True)
SERVER = "http://127.0.0.1:9"
TRUSTED = {"trustWorkspace": True}


def _two_stores(read_only_churn: Path, folder: Path) -> None:
    """Put two stores in a folder: `mlflow.db`, and `other.db`, where the metric `auc` is called `gini`."""
    for name in ("mlflow.db", "other.db"):
        shutil.copyfile(read_only_churn / "mlflow.db", folder / name)
    with closing(sqlite3.connect(folder / "other.db")) as connection:
        for table in ("metrics", "latest_metrics"):
            connection.execute(f"UPDATE {table} SET key = 'gini' WHERE key = 'auc'")
        connection.commit()


def _search(setup: str, filter_string: str, arguments: str = "") -> str:
    return f'import mlflow\n{setup}\nmlflow.search_runs({arguments}filter_string="{filter_string}")\n'


async def _warned(client: Client, uri: str) -> None:
    """Wait for a search to be told that the store has no such key."""
    await client.first(
        client.published, lambda each: each.uri == uri and [x.code for x in each.diagnostics] == ["MLQ311"]
    )


async def test_each_search_is_checked_by_the_store_that_it_asks(
    read_only_churn: Path, tmp_path: Path
) -> None:
    _two_stores(read_only_churn, tmp_path)
    async with session(tmp_path, can=SEES_STATUS) as (client, _):
        other = "mlflow.set_tracking_uri('sqlite:///other.db')"
        first = client.open((tmp_path / "a.py").as_uri(), _search("", "metrics.gini > 0.5"))
        second = client.open((tmp_path / "b.py").as_uri(), _search(other, "metrics.gini > 0.5"))
        third = client.open((tmp_path / "c.py").as_uri(), _search(other, "metrics.auc > 0.5"))
        await _warned(client, first)
        await _warned(client, third)
        default = await client.status(first, "keys")
        named = await client.status(second, "keys")
        assert default.text.startswith("mlq: sqlite:///mlflow.db · ")
        assert "the default of MLflow" in default.details[0]
        assert named.text.startswith("mlq: sqlite:///other.db · ")
        assert named.details == ["sqlite:///other.db: named by set_tracking_uri at b.py:2"]
        published = [each for each in client.published if each.uri == second]
        assert not any(each.diagnostics for each in published)


async def test_the_experiment_of_a_call_is_the_one_that_is_read(
    read_only_churn: Path, tmp_path: Path
) -> None:
    _two_stores(read_only_churn, tmp_path)
    async with session(tmp_path, can=SEES_STATUS) as (client, _):
        churn = _search("", "params.only_v2 = 'x'", "experiment_names=['churn'], ")
        uri = client.open((tmp_path / "a.py").as_uri(), churn)
        assert (await client.status(uri, "keys")).text.startswith("mlq: churn @ sqlite:///mlflow.db · ")
        await _warned(client, uri)
        query = client.open(
            (tmp_path / "a.mlq").as_uri(), "SEARCH runs IN 'churn' WHERE params.x = 'y';\n", "mlq"
        )
        assert "churn @" in (await client.status(query, "keys")).text
        assert "in 18 runs" in await client.logged("keys from")


async def test_the_source_of_an_untrusted_workspace_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"MLFLOW_TRACKING_URI={SERVER}\n", encoding="utf-8")
    source = _search(f"mlflow.set_tracking_uri('{SERVER}')", "metrics.auc > 0.5")
    async with session(tmp_path, can=SEES_STATUS) as (client, _):
        named = client.open((tmp_path / "a.py").as_uri(), source)
        silent = client.open((tmp_path / "b.py").as_uri(), _search("", "metrics.auc > 0.5"))
        told = await client.status(named, "no keys")
        assert told.details == [
            (f"no keys: {SERVER} is named by set_tracking_uri at a.py:2, and the workspace is not trusted")
        ]
        assert "no tracking URI is set" in (await client.status(silent, "no keys")).details[0]
    async with session(tmp_path, can=SEES_STATUS, options=TRUSTED) as (client, _):
        silent = client.open((tmp_path / "b.py").as_uri(), _search("", "metrics.auc > 0.5"))
        told = await client.first(client.statuses, lambda each: len(each.details) > 1)
        assert told.details == [
            f"{SERVER}: named by MLFLOW_TRACKING_URI in .env",
            f"no keys: {SERVER} refuses connections: is the server running?",
        ]


async def test_connecting_again_finds_a_store_that_came_later(read_only_churn: Path, tmp_path: Path) -> None:
    source = _search("mlflow.set_tracking_uri('sqlite:///late.db')", "metrics.auc > 0.5")
    async with session(tmp_path, can=SEES_STATUS) as (client, result):
        provider = result.capabilities.execute_command_provider
        assert provider is not None
        assert provider.commands == ("mlq.reconnect",)
        uri = client.open((tmp_path / "a.py").as_uri(), source)
        assert "late.db does not exist" in (await client.status(uri, "no keys")).details[-1]
        shutil.copyfile(read_only_churn / "mlflow.db", tmp_path / "late.db")
        await client.raw.workspace_execute_command_async(types.ExecuteCommandParams("mlq.reconnect"))
        assert (await client.status(uri, "late.db · ")).hasKeys
