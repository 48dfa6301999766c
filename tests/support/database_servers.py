"""Real database servers for tests: the machine's own, else unpacked from Debian's packages into `.cache`."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg
import pymysql
import pytest
from support.stores import environ_without_mlflow, free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

USER, PASSWORD = "ada", "p@ss/w?rd"
LOGIN = "ada:p%40ss%2Fw%3Frd"

Connection = TypeVar("Connection")

_CACHE = Path(__file__).parents[2] / ".cache" / "databases"
_START = 60.0


@contextmanager
def postgresql(*databases: str) -> Iterator[str]:
    """Run PostgreSQL with empty databases; yield the start of their URIs, up to the slash."""
    programs = _postgresql_programs()
    # The socket's path must be short, and the server does not run as root.
    with _folder() as folder:
        words = folder / "words"
        words.write_text(PASSWORD)
        data, port = folder / "data", free_port()
        made = ["--username", USER, "--pwfile", words, "--auth", "scram-sha-256", "--encoding", "UTF8"]
        _run([programs / "initdb", "-D", data, *made, "--locale", "C", "--no-sync"], input=None)
        options = {
            "port": port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": folder,
            "fsync": "off",
        }
        with (data / "postgresql.auto.conf").open("a") as settings:
            settings.writelines(f"{name} = '{value}'\n" for name, value in options.items())
        with _server([programs / "postgres", "-D", data]):
            with _when_up(
                lambda: psycopg.connect(**_login(port), dbname="postgres", autocommit=True)
            ) as connection:
                for database in databases:
                    connection.execute(f"CREATE DATABASE {database}")
            yield f"postgresql://{LOGIN}@127.0.0.1:{port}/"


@contextmanager
def mariadb(*databases: str) -> Iterator[str]:
    """Run MariaDB with empty databases; yield the start of their URIs, up to the slash."""
    root = _unpacked("mariadb-server-core", "usr/sbin/mariadbd")
    libraries = sorted({str(path.parent) for path in root.rglob("*.so.*")})
    share = root / "usr" / "share" / "mysql"
    with _folder() as folder:
        port = free_port()
        command = [
            root / "usr/sbin/mariadbd",
            "--no-defaults",
            f"--datadir={folder}",
            f"--lc-messages-dir={share}",
        ]
        command += ["--user=root"] if os.geteuid() == 0 else []
        environ = {"LD_LIBRARY_PATH": ":".join(libraries)}
        _run([*command, "--bootstrap"], input=_mariadb_script(share, databases), as_root=True, **environ)
        command += [f"--socket={folder}/server.sock", f"--port={port}", "--bind-address=127.0.0.1"]
        # An id of 0, as MLflow's first experiment has it, is an id.
        command += ["--innodb-flush-log-at-trx-commit=0", "--sql-mode=NO_AUTO_VALUE_ON_ZERO"]
        with _server(command, as_root=True, **environ):
            _when_up(lambda: pymysql.connect(**_login(port))).close()
            yield f"mysql://{LOGIN}@127.0.0.1:{port}/"


def copy_stores(stores: Mapping[str, Path]) -> None:
    """Copy stores of SQLite to the databases of these URIs."""
    script = Path(__file__).with_name("database_copy.py")
    named = [("postgresql:", "postgresql+psycopg:"), ("mysql:", "mysql+pymysql:")]
    arguments = []
    for uri, file in stores.items():
        for scheme, with_driver in named:
            uri = uri.replace(scheme, with_driver)
        arguments += [str(file), uri]
    subprocess.run([sys.executable, script, *arguments], env=environ_without_mlflow(), check=True)


def _mariadb_script(share: Path, databases: tuple[str, ...]) -> str:
    tables = [(share / f"mysql_system_tables{name}.sql").read_text() for name in ("", "_data")]
    # Of a bootstrap's input each line that ends with a semicolon is one statement.
    start = ["CREATE DATABASE mysql;", "USE mysql;", *tables, "FLUSH PRIVILEGES;"]
    user = [f"CREATE USER {USER}@'%' IDENTIFIED BY '{PASSWORD}';", f"GRANT ALL ON *.* TO {USER}@'%';"]
    return "\n".join([*start, *user, *(f"CREATE DATABASE {database};" for database in databases), ""])


def _postgresql_programs() -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if installed:
        return installed[-1].parent
    root = _unpacked("postgresql", "usr/lib/postgresql/*/bin/initdb")
    return next(root.glob("usr/lib/postgresql/*/bin/initdb")).parent


def _unpacked(package: str, program: str) -> Path:
    """Return a folder with the files of a Debian package and of what it needs; skips where apt is missing."""
    if shutil.which("apt-get") is None or shutil.which("dpkg") is None:
        pytest.skip(f"there is no apt to get {package} from")
    place = _CACHE / package
    if any(place.glob(program)):
        return place
    _CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_CACHE) as made:
        folder = Path(made)
        folder.chmod(0o755)
        if not _download(package, folder):
            if os.geteuid() == 0:
                _run(["apt-get", "update", "-q"], input=None, as_root=True)
            if not _download(package, folder):
                pytest.skip(f"apt does not give {package}")
        for archive in folder.glob("*.deb"):
            _run(["dpkg", "-x", archive, folder / "root"], input=None, as_root=True)
        # Another process may have been faster.
        with suppress(OSError):
            (folder / "root").rename(place)
    return place


def _download(package: str, folder: Path) -> bool:
    """Download a package and what it needs of what this machine lacks."""
    simulate = ["apt-get", "install", "--simulate", "--no-install-recommends", package]
    planned = subprocess.run(simulate, capture_output=True, text=True, check=False)
    names = re.findall(r"^Inst (\S+)", planned.stdout, re.MULTILINE)
    if not names:
        return False
    return (
        subprocess.run(
            ["apt-get", "download", *names], cwd=folder, capture_output=True, check=False
        ).returncode
        == 0
    )


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="mlq-"))
    folder.chmod(0o755)
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _login(port: int) -> dict[str, Any]:
    return {"host": "127.0.0.1", "port": port, "user": USER, "password": PASSWORD}


def _when_up(connect: Callable[[], Connection]) -> Connection:
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline:
        with suppress(psycopg.OperationalError, pymysql.OperationalError):
            return connect()
        time.sleep(0.1)
    return connect()


def _user(*, as_root: bool) -> dict[str, Any]:
    return {} if as_root or os.geteuid() != 0 else {"user": "nobody", "cwd": "/"}


def _run(command: list[Any], *, input: str | None, as_root: bool = False, **environ: str) -> None:  # noqa: A002
    subprocess.run(
        command,
        input=input,
        text=True,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | environ,
        **_user(as_root=as_root),
    )


@contextmanager
def _server(command: list[Any], *, as_root: bool = False, **environ: str) -> Iterator[None]:
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | environ,
        start_new_session=True,
        **_user(as_root=as_root),
    )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
