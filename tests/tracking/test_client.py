"""The supervisor of the worker: whatever a store does, the next request works and no process stays."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from mlq.tracking.client import TrackingError, TrackingWorker, fetch_keys_once, worker_command
from mlq.tracking.protocol import Store
from support.tracking import HTML, Reply, hang, http_server, raw_server, worker

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator
    from pathlib import Path

    from mlq.keys.index import KeyIndex


@pytest.fixture
def churn(churn_store: Path) -> Store:
    return Store("sqlite:///mlflow.db", str(churn_store.parent), ("churn",))


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@asynccontextmanager
async def asking_a_server_that_hangs() -> AsyncIterator[tuple[TrackingWorker, asyncio.Task[KeyIndex]]]:
    """Yield a worker and the request that it is busy with."""
    is_asked = asyncio.Event()
    loop = asyncio.get_running_loop()

    def notice(connection: socket.socket) -> None:
        loop.call_soon_threadsafe(is_asked.set)
        hang(connection)

    with raw_server(notice) as address, worker() as made:
        asking = asyncio.create_task(made.fetch_keys(Store(address)))
        await is_asked.wait()
        yield made, asking


def pid_of(made: TrackingWorker) -> int:
    assert made.pid is not None
    return made.pid


async def test_process_starts_with_the_first_request_and_is_used_again(churn: Store) -> None:
    with worker() as made:
        assert made.pid is None
        assert (await made.fetch_keys(churn)).seen == 18
        pid = pid_of(made)
        assert (await made.fetch_keys(churn)).seen == 18
        assert made.pid == pid
        await made.close()
        assert not is_alive(pid)


async def test_closing_twice_and_asking_again_work(churn: Store) -> None:
    with worker() as made:
        await made.close()
        await made.fetch_keys(churn)
        await made.close()
        await made.close()
        assert (await made.fetch_keys(churn)).seen == 18
        await made.close()


async def test_errors_of_a_store_do_not_cost_the_process(churn: Store, tmp_path: Path) -> None:
    with worker() as made:
        await made.fetch_keys(churn)
        pid = made.pid
        with pytest.raises(TrackingError, match="does not exist"):
            await made.fetch_keys(Store("sqlite:///nothing.db", str(tmp_path)))
        with pytest.raises(TrackingError, match="not supported yet: SQL Server stores"):
            await made.fetch_keys(Store("mssql://u:secret@db/mlflow"))
        assert made.pid == pid
        await made.close()


async def test_requests_at_once_are_answered_each_with_its_own(churn: Store) -> None:
    everything = Store(churn.uri, churn.folder)
    with worker() as made:
        both = await asyncio.gather(
            made.fetch_keys(churn), made.fetch_keys(everything), made.fetch_keys(churn)
        )
        assert [index.seen for index in both] == [18, 36, 18]
        await made.close()


async def test_worker_that_hangs_is_killed_at_its_deadline_and_the_next_request_works(churn: Store) -> None:
    """A stopped process is to us what one on a dead disk is: it does not answer and takes no advice."""
    with worker(deadline=0.5) as made:
        await made.fetch_keys(churn)
        pid = pid_of(made)
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(TrackingError, match=r"sqlite:///mlflow.db does not answer in 0.5 s"):
            await made.fetch_keys(churn)
        assert not is_alive(pid)
        assert (await made.fetch_keys(churn)).seen == 18
        assert made.pid != pid
        await made.close()


async def test_event_loop_goes_on_while_a_store_hangs() -> None:
    turns = 0

    async def count_turns() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0.01)
            turns += 1

    counting = asyncio.create_task(count_turns())
    with raw_server(hang) as address, worker(deadline=1.0) as made:
        with pytest.raises(TrackingError, match="does not answer in time"):
            await made.fetch_keys(Store(address))
        await made.close()
    counting.cancel()
    assert turns > 20


async def test_worker_that_was_killed_is_replaced_unnoticed(churn: Store) -> None:
    with worker() as made:
        await made.fetch_keys(churn)
        pid = pid_of(made)
        os.kill(pid, signal.SIGKILL)
        assert (await made.fetch_keys(churn)).seen == 18
        assert made.pid != pid
        await made.close()


async def test_worker_that_dies_during_a_request_is_told(churn: Store) -> None:
    async with asking_a_server_that_hangs() as (made, asking):
        os.kill(pid_of(made), signal.SIGKILL)
        with pytest.raises(TrackingError, match="ended early"):
            await asking
        assert (await made.fetch_keys(churn)).seen == 18
        await made.close()


async def test_cancelled_request_leaves_nothing_behind(churn: Store) -> None:
    async with asking_a_server_that_hangs() as (made, asking):
        pid = pid_of(made)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert not is_alive(pid)
        assert (await made.fetch_keys(churn)).seen == 18
        await made.close()


def test_worker_ends_with_its_client_even_in_the_middle_of_a_request(tmp_path: Path) -> None:
    client = textwrap.dedent("""
        import asyncio, sys
        from mlq.tracking.client import TrackingWorker
        from mlq.tracking.protocol import Store

        async def main():
            worker = TrackingWorker(deadline=600)
            asyncio.get_running_loop().create_task(worker.fetch_keys(Store(sys.argv[1])))
            while worker.pid is None:
                await asyncio.sleep(0.01)
            print(worker.pid, flush=True)
            await asyncio.sleep(600)

        asyncio.run(main())
    """)
    with raw_server(hang) as address:
        process = subprocess.Popen(
            [sys.executable, "-c", client, address], stdout=subprocess.PIPE, cwd=tmp_path
        )
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        process.kill()
        process.communicate()
        deadline = time.monotonic() + 30
        while is_alive(pid):
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_terminal_gives_up_a_worker_that_hangs(churn: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    hanging = [sys.executable, "-c", "import time; time.sleep(600)"]
    monkeypatch.setattr("mlq.tracking.client.worker_command", lambda: hanging)
    with pytest.raises(TrackingError, match=r"does not answer in 0.1 s"):
        fetch_keys_once(churn, deadline=0.1)


async def test_nonsense_from_the_worker_is_told(churn: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    babbling = [sys.executable, "-c", "print('hello'); input()"]
    monkeypatch.setattr("mlq.tracking.client.worker_command", lambda: babbling)
    with worker() as made, pytest.raises(TrackingError, match="ended early"):
        await made.fetch_keys(churn)
    with pytest.raises(TrackingError, match="ended early"):
        fetch_keys_once(churn)


async def test_errors_of_the_worker_reach_the_log(churn: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    noisy = [sys.executable, "-c", "import os; os.write(2, b'careful\\n')"]
    monkeypatch.setattr("mlq.tracking.client.worker_command", lambda: noisy)
    lines: list[str] = []
    is_logged = asyncio.Event()

    def log(line: str) -> None:
        lines.append(line)
        is_logged.set()

    with worker(log) as made:
        with pytest.raises(TrackingError):
            await made.fetch_keys(churn)
        await asyncio.wait_for(is_logged.wait(), 30)
    assert lines == ["careful"]


async def test_credentials_reach_neither_log_nor_message_nor_command_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_TOKEN", "hunter2\nX-Other: 1")
    lines: list[str] = []
    with http_server(Reply(401, b"hunter2", HTML)) as (address, _), worker(lines.append) as made:
        for uri in (address, address.replace("//", "//ada:hunter2@"), "http://ada:hunter2@no such host/"):
            with pytest.raises(TrackingError) as raised:
                await made.fetch_keys(Store(uri))
            assert "hunter2" not in str(raised.value)
        await made.close()
    assert "hunter2" not in "".join(lines)
    assert "hunter2" not in " ".join(worker_command())


def test_worker_starts_with_the_standard_library_alone() -> None:
    *start, _, folder = worker_command()
    show = "import sys; sys.path.append(sys.argv.pop()); import mlq.tracking.worker; print(*sys.modules)"
    shown = subprocess.run([*start, show, folder], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in shown.stdout.split()} - {"__main__"}
    assert loaded - sys.stdlib_module_names == {"mlq"}
    assert not loaded & {"http", "ssl", "sqlite3", "asyncio"}
