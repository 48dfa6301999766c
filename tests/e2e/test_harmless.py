"""A whole session of the real server leaves store, workspace and home as they were, and tells no secret."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from support.lsp import Client, position, session
from support.small_store import make_small_store
from support.stores import snapshot
from support.tracking import Reply, Seen, http_server

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = "import mlflow\n\nmlflow.search_runs(filter_string=\"params.depth = '4' AND params.d\")\n"
PASSWORD = "hunter2"
READS = ("/api/2.0/mlflow/experiments/search", "/api/2.0/mlflow/runs/search", "/version")
ANSWER = {
    "experiments": [{"experiment_id": "1", "name": "churn"}],
    "runs": [{"info": {"run_id": "a"}, "data": {"params": [{"key": "depth", "value": PASSWORD}]}}],
}


class World:
    """What a person has: a home, a workspace, a folder with a store, and a cache, which alone may change."""

    def __init__(self, folder: Path) -> None:
        self.home, self.workspace, self.stores = (folder / name for name in ("home", "workspace", "stores"))
        for place in (self.home, self.workspace, self.stores):
            place.mkdir()
        self.cache = folder / "cache"
        (self.home / ".netrc").write_text("machine elsewhere login ada password x\n")
        (self.workspace / "train.py").write_text(SOURCE)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "HOME": str(self.home),
            "XDG_CACHE_HOME": str(self.cache),
            "MLFLOW_TRACKING_USERNAME": "ada",
            "MLFLOW_TRACKING_PASSWORD": PASSWORD,
        }

    @contextmanager
    def left_alone(self) -> Iterator[None]:
        before = [snapshot(place) for place in (self.home, self.workspace, self.stores)]
        yield
        assert [snapshot(place) for place in (self.home, self.workspace, self.stores)] == before

    def cached(self) -> str:
        return "".join(file.read_text() for file in self.cache.rglob("*") if file.is_file())


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


async def work(client: Client, world: World) -> None:
    """Do what a person does in an hour: read, complete, hover, mend, edit, close."""
    uri = client.open((world.workspace / "train.py").as_uri(), SOURCE)
    await client.logged("keys from")
    place = position(SOURCE, SOURCE.rindex('")'))
    offered = await client.completion(uri, place)
    assert offered is not None
    assert "depth" in [item.label for item in offered.items]
    await client.hover(uri, position(SOURCE, SOURCE.index("depth")))
    await client.code_actions(uri, types.Range(types.Position(2, 0), place))
    client.replace(uri, SOURCE.replace("params.d", "params.depth != '5"))
    await client.diagnostics(uri)
    client.close(uri)


def commands_of_children() -> str:
    """Return the command lines of this process's children, and of theirs."""
    lines = {}
    for place in Path("/proc").glob("[0-9]*"):
        # A process may end while it is looked at.
        with suppress(OSError):
            parent = int(place.joinpath("stat").read_text().rpartition(")")[2].split()[1])
            lines[int(place.name)] = (parent, place.joinpath("cmdline").read_text())
    mine = {os.getpid()}
    for _ in range(4):
        mine |= {pid for pid, (parent, _) in lines.items() if parent in mine}
    return "\n".join(lines[pid][1] for pid in mine - {os.getpid()} if pid in lines)


def check_secrecy(client: Client, world: World) -> None:
    commands = commands_of_children()
    assert "mlq.tracking.worker" in commands
    said = [each.message for each in (*client.raw.log_messages, *client.raw.messages)]
    assert PASSWORD not in commands + "\n".join(said) + world.cached()


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
async def test_a_database_is_left_as_it_was(world: World, mode: str) -> None:
    store = make_small_store(world.stores / "mlflow.db", "depth", "dropout")
    with closing(sqlite3.connect(store)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
    with world.left_alone():
        options = {"trackingUri": f"sqlite:///{store}"}
        async with session(world.workspace, options=options, environment=world.environment) as (client, _):
            await work(client, world)
            check_secrecy(client, world)
    assert "depth" in world.cached()


async def test_a_folder_of_files_is_left_as_it_was(world: World) -> None:
    run = world.stores / "mlruns" / "1" / ("a" * 32)
    (run / "params").mkdir(parents=True)
    (run / "params" / "depth").write_text(PASSWORD)
    (run / "meta.yaml").write_text("lifecycle_stage: active\nrun_name: first\n")
    (run.parent / "meta.yaml").write_text("lifecycle_stage: active\nname: churn\n")
    with world.left_alone():
        options = {"trackingUri": str(world.stores / "mlruns")}
        async with session(world.workspace, options=options, environment=world.environment) as (client, _):
            await work(client, world)
            check_secrecy(client, world)


async def test_a_server_is_asked_for_what_it_has_and_for_nothing_else(world: World) -> None:
    with http_server(Reply.of(ANSWER)) as (address, seen), world.left_alone():
        options = {"trackingUri": address.replace("//", f"//ada:{PASSWORD}@")}
        async with session(world.workspace, options=options, environment=world.environment) as (client, _):
            await work(client, world)
            check_secrecy(client, world)
    assert seen
    assert [each for each in seen if not _is_read(each)] == []


def _is_read(asked: Seen) -> bool:
    return asked.method in {"GET", "POST"} and asked.path.partition("?")[0] in READS


async def test_an_untrusted_folder_makes_no_connection_and_runs_nothing(world: World) -> None:
    interpreter = world.workspace / ".venv" / "bin" / "python"
    interpreter.parent.mkdir(parents=True)
    interpreter.write_text(f"#!/bin/sh\ntouch {world.workspace}/was-run\n")
    interpreter.chmod(0o755)
    with http_server(Reply.of(ANSWER)) as (address, seen):
        (world.workspace / "pyproject.toml").write_text(f'[tool.mlq]\ntracking-uri = "{address}"\n')
        (world.workspace / ".env").write_text(f"MLFLOW_TRACKING_URI={address}\n")
        source = SOURCE.replace("mlflow\n\n", f"mlflow\n\nmlflow.set_tracking_uri('{address}')\n")
        with world.left_alone():
            async with session(world.workspace, environment=world.environment) as (client, _):
                uri = client.open((world.workspace / "train.py").as_uri(), source)
                await client.diagnostics(uri)
                await client.completion(uri, types.Position(3, 60))
                await client.logged("no keys")
    assert seen == []
