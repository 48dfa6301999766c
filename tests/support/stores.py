"""Stores made by the real MLflow, each in a process of its own, so that no test imports mlflow for it."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

QUIET_MLFLOW = {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "DO_NOT_TRACK": "true",
    "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
}
SERVER_START = 90.0

Snapshot = dict[str, tuple[int, int, str]]


def environ_without_mlflow(**more: str) -> dict[str, str]:
    """Return this process's environment without MLflow's variables, with telemetry off and `more` set."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MLFLOW_")}
    return clean | QUIET_MLFLOW | more


def make_churn_store(folder: Path) -> str:
    """Make the store of `churn_store.py` in a folder, unless it is there, and return its tracking URI."""
    return _run_script("churn_store.py", str(folder)).strip()


def make_assistant_store(folder: Path) -> None:
    """Make the store of `assistant_store.py` in an empty folder."""
    _run_script("assistant_store.py", str(folder))


def make_large(store: Path) -> None:
    """Give a churn store 1,500 older runs: param `old` in the oldest, metric `gone` in deleted ones."""
    with closing(sqlite3.connect(store)) as connection:
        connection.executescript("""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
            INSERT INTO runs (run_uuid, name, lifecycle_stage, start_time, experiment_id, source_type, status)
            SELECT 'r' || i, 'run-' || i, iif(i > 1400, 'deleted', 'active'), i,
                (SELECT experiment_id FROM experiments WHERE name = 'churn'), 'LOCAL', 'FINISHED' FROM n;
            INSERT INTO params (key, value, run_uuid)
                SELECT 'old', 'x', run_uuid FROM runs WHERE start_time < 100;
            INSERT INTO params (key, value, run_uuid)
                SELECT 'seed', start_time, run_uuid FROM runs WHERE start_time < 1400;
            INSERT INTO latest_metrics (key, value, is_nan, step, timestamp, run_uuid)
                SELECT 'gone', 1, 0, 0, 1, run_uuid FROM runs
                WHERE lifecycle_stage = 'deleted' AND start_time < 1500;
        """)


def make_file_store(folder: Path) -> None:
    """Make the store of `file_store.py`."""
    _run_script("file_store.py", str(folder))


def make_old_store(store: Path, revision: str) -> None:
    """Make a store with the tables of an older revision of MLflow's schema: see `old_store.py`."""
    _run_script("old_store.py", str(store), revision)


def _run_script(name: str, *arguments: str) -> str:
    script = Path(__file__).with_name(name)
    made = subprocess.run(
        [sys.executable, script, *arguments],
        env=environ_without_mlflow(),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return made.stdout


def snapshot(folder: Path) -> Snapshot:
    """Return size, time of change and digest of every file below a folder, to compare before and after."""
    return {str(path.relative_to(folder)): _state(path) for path in sorted(folder.rglob("*"))}


def _state(path: Path) -> tuple[int, int, str]:
    status = path.stat()
    digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    return status.st_size, status.st_mtime_ns, digest


@contextmanager
def mlflow_server(store: Path) -> Iterator[str]:
    """Run `mlflow server` on a database file, and yield its address once it answers (7 to 25 s)."""
    port = free_port()
    command = [sys.executable, "-m", "mlflow", "server", "--workers", "1", "--no-serve-artifacts"]
    command += ["--backend-store-uri", f"sqlite:///{store}", "--default-artifact-root", str(store.parent)]
    with (store.parent / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)],
            cwd=store.parent,
            env=environ_without_mlflow(),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_healthy(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_until_healthy(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SERVER_START
    while not _is_healthy(address):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"mlflow server does not come up at {address}")
        time.sleep(0.2)


def _is_healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
