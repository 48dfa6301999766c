"""Servers that misbehave, and shortcuts to ask a store for its keys as the language server does."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from mlq.tracking.client import TrackingError, TrackingWorker, fetch_keys_once
from mlq.tracking.protocol import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mlq.keys.index import KeyIndex

JSON = "application/json"
HTML = "text/html; charset=utf-8"


def read(
    uri: str,
    *experiments: str,
    entity: str = "runs",
    folder: Path | str = "",
    deadline: float = 10.0,
    python: Path | str = "",
) -> KeyIndex:
    """Return a store's keys, read by a worker of their own."""
    return fetch_keys_once(Store(uri, str(folder), experiments, str(python)), entity, deadline)


def refusal(uri: str, *experiments: str, deadline: float = 10.0, python: Path | str = "") -> str:
    """Return the one line that says why a store gives no keys."""
    with pytest.raises(TrackingError) as raised:
        read(uri, *experiments, deadline=deadline, python=python)
    message = str(raised.value)
    assert message.isprintable()
    assert len(message) <= 300
    return message


def keys(index: KeyIndex) -> dict[str, list[str]]:
    """Return the names of keys by kind, sorted."""
    return {kind: sorted(index.keys(kind)) for kind in index.kinds}


@contextmanager
def worker(log: Callable[[str], None] | None = None, deadline: float = 10.0) -> Iterator[TrackingWorker]:
    """Yield a worker that must be closed by the test; fail where it was not."""
    made = TrackingWorker(log, deadline)
    yield made
    assert made.pid is None


@dataclass
class Reply:
    """What a fake server answers to every request."""

    status: int = 200
    body: bytes = b"{}"
    content_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, data: Any, status: int = 200) -> Reply:
        """Return a reply in JSON."""
        return cls(status, json.dumps(data).encode())


@dataclass
class Seen:
    """A request that a fake server got."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


@contextmanager
def http_server(*replies: Reply, tls: ssl.SSLContext | None = None) -> Iterator[tuple[str, list[Seen]]]:
    """Run a server that gives these replies in turn, the last one ever after; yield address and log."""
    seen: list[Seen] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(replies, seen))
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(replies: tuple[Reply, ...], seen: list[Seen]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle(self) -> None:
            # A client that hangs up, also in the middle of a handshake, is part of these tests.
            with suppress(OSError):
                super().handle()

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            seen.append(Seen(self.command, self.path, dict(self.headers), json.loads(body) if body else None))
            reply = replies[min(len(seen), len(replies)) - 1]
            self.send_response(reply.status)
            for name, value in {"Content-Type": reply.content_type, **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


@contextmanager
def tls_server(folder: Path, *replies: Reply) -> Iterator[tuple[str, str]]:
    """Run `http_server` with a certificate of its own making; yield address and certificate."""
    certificate, key = folder / "server.pem", folder / "server.key"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1"
    command += " -addext subjectAltName=IP:127.0.0.1"
    subprocess.run(
        [*command.split(), "-keyout", key, "-out", certificate], check=True, stderr=subprocess.DEVNULL
    )
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    with http_server(*replies, tls=tls) as (address, _):
        yield address, str(certificate)


@contextmanager
def raw_server(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """Run a server that hands every connection to `talk`, which need not speak HTTP; yield its address."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=_talk_and_hang_up, args=(connection, talk), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _talk_and_hang_up(connection: socket.socket, talk: Callable[[socket.socket], None]) -> None:
    with connection:
        try:
            talk(connection)
        except OSError:
            return


def hang(connection: socket.socket) -> None:
    """Read what comes, and never answer."""
    while connection.recv(65_536):
        pass


def pour(connection: socket.socket) -> None:
    """Answer with a body that never ends."""
    connection.recv(65_536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while True:
        connection.sendall(b" " * 1_000_000)


def drip(connection: socket.socket) -> None:
    """Answer with a body of a byte every tenth of a second."""
    connection.recv(65_536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    pause = threading.Event()
    while not pause.wait(0.1):
        connection.sendall(b" ")


def hang_up(connection: socket.socket) -> None:
    """Close the connection without a word."""
    connection.recv(65_536)


def babble(connection: socket.socket) -> None:
    """Speak another protocol, and listen until the other side leaves."""
    connection.sendall(b"220 mail.example ESMTP\r\n" * 10)
    while connection.recv(65_536):
        pass
