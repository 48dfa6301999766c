"""The keys that a server knows of its stores: kept, renewed, and awaited calmly on a store's bad days."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import signal
import sqlite3
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from mlq.keys.index import KeyIndex
from mlq.keys.table import KeyInfo, KeyTable
from mlq.lsp import cache
from mlq.lsp import keys as lsp_keys
from mlq.lsp.keys import FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, Keys, Picture
from mlq.tracking.protocol import Store
from mlq.tracking.resolve import Asked, Setting
from support.small_store import log_params, make_small_store
from support.tracking import HTML, Reply, http_server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

DEADLINE = 20.0


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "cache")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the pauses between two tries short."""
    for name in ("FIRST_PAUSE_SECONDS", "LOOK_SECONDS", "REFRESH_SECONDS"):
        monkeypatch.setattr(lsp_keys, name, 0.02)
    monkeypatch.setattr(lsp_keys, "LONGEST_PAUSE_SECONDS", 0.1)
    monkeypatch.setattr(lsp_keys, "_SHARE_OF_TIME", 0)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    (tmp_path / "store").mkdir()
    return make_small_store(tmp_path / "store" / "mlflow.db", "depth")


def asked(uri: str, folder: Path) -> Asked:
    return Asked(folder, (folder,), "3.17.2", setting=Setting(uri))


class Session:
    """A server's knowledge of one store, and the means to wait for news of it."""

    def __init__(self, uri: str, folder: Path) -> None:
        self.asked = asked(uri, folder)
        self.news = asyncio.Event()
        self.changes = 0
        self.keys = Keys(self._change)
        self.keys.touch(self.asked, ["runs"])

    def _change(self) -> None:
        self.changes += 1
        self.news.set()

    @property
    def params(self) -> set[str]:
        return set(self.keys.get(self.asked, "runs").keys("parameter"))

    @property
    def problem(self) -> str:
        picture = self.keys.picture(self.asked, "runs")
        return picture.problems.get("runs", "") if picture else ""

    async def until(self, is_so: Callable[[Session], bool]) -> None:
        async def wait() -> None:
            while not is_so(self):
                self.news.clear()
                await self.news.wait()

        await asyncio.wait_for(wait(), DEADLINE)


@asynccontextmanager
async def session(uri: str, folder: Path) -> AsyncIterator[Session]:
    made = Session(uri, folder)
    yield made
    made.keys.reconnect()
    await asyncio.gather(*made.keys._tasks)


# Bad days: what is wrong, what is said of it, and how the store comes back.


def remove(store: Path) -> None:
    store.unlink()


def put_a_folder(store: Path) -> None:
    store.unlink()
    store.mkdir()


def put_a_text(store: Path) -> None:
    store.write_text("SQLite is a fine thing\n" * 100)


def empty(store: Path) -> None:
    store.write_bytes(b"")


def damage(store: Path) -> None:
    content = store.read_bytes()
    store.write_bytes(content[:200] + b"\xff" * (len(content) - 200))


def put_another_database(store: Path) -> None:
    store.unlink()
    sqlite3.connect(store).executescript("CREATE TABLE runs (distance)").close()


BAD_STORES: dict[Callable[[Path], None], str] = {
    remove: "does not exist",
    put_a_folder: "is a folder",
    put_a_text: "is not an SQLite database",
    empty: "is empty",
    damage: "",
    put_another_database: "is not a store of MLflow",
}


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("spoil", "expected"), BAD_STORES.items(), ids=[each.__name__ for each in BAD_STORES]
)
async def test_a_store_that_is_spoilt_keeps_its_keys_is_told_once_and_comes_back_by_itself(
    store: Path, spoil: Callable[[Path], None], expected: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "mlq.lsp.keys")
    shutil.copy(store, store.with_name("good.db"))
    async with session(f"sqlite:///{store}", store.parent) as each:
        await each.until(lambda now: now.params == {"depth"})
        spoil(store)
        await each.until(lambda now: bool(now.problem))
        assert expected in each.problem
        assert each.params == {"depth"}
        picture = each.keys.picture(each.asked, "runs")
        assert picture is not None
        failures = picture.failures["runs"]
        await asyncio.wait_for(_until(lambda: picture.failures["runs"] > failures + 1), DEADLINE)
        if store.is_dir():
            store.rmdir()
        store.with_name("good.db").replace(store)
        await each.until(lambda now: not now.problem)
    lines = [record.message for record in caplog.records]
    assert [line.partition(":")[0] for line in lines][:2] == [lines[0].partition(":")[0], "no keys"]
    assert len(lines) == 3


async def _until(is_so: Callable[[], bool]) -> None:
    while not is_so():
        await asyncio.sleep(0.01)


@pytest.mark.usefixtures("impatient")
async def test_a_store_that_a_writer_locks_is_read_when_it_lets_go(store: Path) -> None:
    writer = sqlite3.connect(store, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    async with session(f"sqlite:///{store}", store.parent) as each:
        await each.until(lambda now: "locked by a writer" in now.problem)
        writer.execute("ROLLBACK")
        writer.close()
        await each.until(lambda now: now.params == {"depth"} and not now.problem)


@pytest.mark.usefixtures("impatient")
async def test_a_server_with_a_bad_day_is_asked_again(tmp_path: Path) -> None:
    good = Reply.of(
        {
            "experiments": [{"experiment_id": "1"}],
            "runs": [{"info": {"run_id": "a"}, "data": {"params": [{"key": "depth", "value": "4"}]}}],
        }
    )
    bad = [Reply(401, b"", HTML), Reply(500, b"", HTML), Reply(429, b"", HTML), Reply(200, b"<p>", HTML)]
    with http_server(*bad, *bad, *bad, good) as (address, _):
        async with session(address, tmp_path) as each:
            await each.until(lambda now: bool(now.problem))
            await each.until(lambda now: now.params == {"depth"} and not now.problem)


@pytest.mark.usefixtures("impatient")
async def test_a_worker_that_is_killed_is_replaced(store: Path) -> None:
    async with session(f"sqlite:///{store}", store.parent) as each:
        await each.until(lambda now: now.params == {"depth"})
        resolved = each.keys.resolved(each.asked, "runs").store
        assert resolved is not None
        pid = each.keys.worker(resolved).pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        log_params(store, "rate")
        await each.until(lambda now: now.params == {"depth", "rate"})


def test_pauses_between_failures_grow_and_end_with_the_first_success() -> None:
    picture, pauses = Picture(), []
    for failures in range(1, 12):
        picture.failures["runs"] = failures
        pauses.append(picture.pause("runs", took=0.0))
    assert pauses[:4] == [FIRST_PAUSE_SECONDS * factor for factor in (1, 2, 4, 8)]
    assert pauses[-1] == LONGEST_PAUSE_SECONDS
    picture.failures.clear()
    picture.indexes["runs"] = KeyIndex(stamp="1 2")
    assert picture.pause("runs", took=0.0) == lsp_keys.LOOK_SECONDS
    assert picture.pause("runs", took=1.0) == 10.0


# News.


@pytest.mark.usefixtures("impatient")
async def test_new_keys_of_a_running_job_appear_by_themselves(store: Path) -> None:
    async with session(f"sqlite:///{store}", store.parent) as each:
        await each.until(lambda now: now.params == {"depth"})
        changes = each.changes
        log_params(store, "rate")
        await each.until(lambda now: now.params == {"depth", "rate"})
        assert each.changes == changes + 1


async def test_the_next_start_has_keys_before_the_store_answers(store: Path) -> None:
    uri = f"sqlite:///{store}"
    async with session(uri, store.parent) as first:
        await asyncio.wait_for(_until(lambda: any(cache.folder().glob("*.jsonl"))), DEADLINE)
        assert first.params == {"depth"}
    store.unlink()
    async with session(uri, store.parent) as second:
        await second.until(lambda now: now.params == {"depth"})
        known = second.keys.get(second.asked, "runs")
        # Nobody can say that a key is not there.
        assert (known.complete, known.listed) == (False, frozenset())


# The cache.

SECRET = "hunter2"
INDEX = KeyIndex(
    "http://***@tracking",
    3,
    complete=True,
    kinds={"parameter": KeyTable.of([KeyInfo("api key", 3, (SECRET,), is_enumerated=True)])},
)
STORE = Store(f"http://ada:{SECRET}@tracking", "/work", ("churn",))


def test_a_kept_picture_has_names_and_no_values() -> None:
    cache.save(STORE, "runs", INDEX)
    kept = cache.load(STORE, "runs")
    assert kept is not None
    assert list(kept.keys("parameter").values()) == [KeyInfo("api key", 3)]
    (file,) = cache.folder().iterdir()
    assert SECRET not in file.read_text() + file.name
    assert file.stat().st_mode & 0o077 == 0


def test_each_store_experiment_and_entity_has_its_own() -> None:
    cache.save(STORE, "runs", INDEX)
    assert cache.load(STORE, "traces") is None
    assert cache.load(Store(STORE.uri, STORE.folder), "runs") is None
    assert cache.load(Store("http://other", STORE.folder, STORE.experiments), "runs") is None


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff" * 100, None])
def test_a_damaged_picture_counts_for_nothing_and_is_replaced(content: bytes | None) -> None:
    cache.save(STORE, "runs", INDEX)
    (file,) = cache.folder().iterdir()
    file.write_bytes(file.read_bytes()[:-9] if content is None else content)
    assert cache.load(STORE, "runs") is None
    cache.save(STORE, "runs", INDEX)
    assert cache.load(STORE, "runs") is not None


def test_a_cache_that_cannot_be_written_is_nobodys_business(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "file" / "cache")
    cache.save(STORE, "runs", INDEX)
    assert cache.load(STORE, "runs") is None


def test_the_cache_does_not_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_FILES", 3)
    for number in range(5):
        cache.save(Store(f"http://server{number}"), "runs", INDEX)
    assert len(list(cache.folder().iterdir())) == 3
    monkeypatch.setattr(cache, "MOST_BYTES", 10)
    cache.save(STORE, "runs", INDEX)
    assert cache.load(STORE, "runs") is None


async def test_servers_that_write_at_once_leave_a_whole_file() -> None:
    writes = [asyncio.to_thread(cache.save, STORE, "runs", INDEX) for _ in range(20)]
    await asyncio.gather(*writes)
    assert cache.load(STORE, "runs") is not None
    assert len(list(cache.folder().iterdir())) == 1
