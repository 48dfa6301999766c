"""Asks a tracking server over HTTP: JSON in and out, with deadlines of its own, one retry and capped bytes.

MLflow's own client would import for a second, retry for minutes and follow redirects to anywhere.
"""

from __future__ import annotations

import http.client
import json
import re
import socket
import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from mlq.tracking.credentials import authorization, tls_context
from mlq.tracking.http_proxy import connect, proxied_path
from mlq.tracking.protocol import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import Message

    from mlq.tracking.uri import HttpUri

CONNECT_TIMEOUT = 2.0
MAX_BYTES = 32 * 1024 * 1024
_CHUNK = 65_536
_VERSION = re.compile(r"\d+\.\d+[\w.+]*", re.ASCII)
_WORTH_A_RETRY = {502, 503, 504}


class Server(Protocol):
    """What answers as a tracking server does; every question raises `StoreError` where it fails."""

    name: str

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Ask with a body of JSON."""

    def get(self, path: str) -> dict[str, Any]:
        """Ask without a body."""

    def version(self) -> str:
        """Return the version of MLflow that it says it is; empty where it does not say."""

    def close(self) -> None:
        """Let go of it."""


class HttpServer:
    """A tracking server, asked over one connection; every question raises `StoreError` where it fails."""

    def __init__(self, uri: HttpUri, source: str, deadline: float, environ: Mapping[str, str]) -> None:
        self._uri = uri
        self.name = source
        self._deadline = deadline
        self._tls = tls_context(environ) if uri.scheme == "https" else None
        self._headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "User-Agent": "mlq",
        }
        credentials = authorization(uri, environ)
        if credentials is not None:
            self._headers["Authorization"] = credentials
        workspace = environ.get("MLFLOW_WORKSPACE", "").strip()
        if workspace.isprintable() and workspace:
            self._headers["X-MLFLOW-WORKSPACE"] = workspace
        self._connection: http.client.HTTPConnection | None = None
        self._may_retry = True
        self._bytes_left = MAX_BYTES

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Ask with a body of JSON."""
        return self._ask("POST", path, json.dumps(body))

    def get(self, path: str) -> dict[str, Any]:
        """Ask without a body."""
        return self._ask("GET", path, None)

    def version(self) -> str:
        """Return the version of MLflow that the server says it is; empty where it does not say."""
        try:
            reply = self._exchange("GET", "/version", None)
        except StoreError:
            return ""
        text = reply.content[:100].decode("ascii", "replace").strip()
        return text if reply.status == 200 and _VERSION.fullmatch(text) else ""

    def close(self) -> None:
        """Close the connection, if any."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, method: str, path: str, body: str | None) -> dict[str, Any]:
        try:
            reply = self._exchange(method, path, body)
        except _DroppedError:
            # A server may close a connection that it kept alive for a while.
            if not self._use_retry():
                raise
        else:
            if reply.status not in _WORTH_A_RETRY or not self._use_retry():
                return self._judge(reply)
        return self._judge(self._exchange(method, path, body))

    def _use_retry(self) -> bool:
        may_retry, self._may_retry = self._may_retry, False
        self.close()
        return may_retry

    def _exchange(self, method: str, path: str, body: str | None) -> _Reply:
        try:
            return self._send_and_receive(method, f"{self._uri.path}{path}", body)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise self._explained(error) from None

    def _send_and_receive(self, method: str, path: str, body: str | None) -> _Reply:
        if self._connection is None or self._connection.sock is None:
            self._connection = connect(self._uri, self._tls, min(CONNECT_TIMEOUT, self._time_left()))
        connection = self._connection
        connection.sock.settimeout(self._time_left())
        address, proxy_headers = proxied_path(self._uri, path)
        connection.request(method, address, body, self._headers | proxy_headers)
        # The connection lets go of its socket once it knows that this answer is the last one.
        channel = connection.sock
        response = connection.getresponse()
        content = bytearray()
        while chunk := response.read1(_CHUNK):
            content += chunk
            self._bytes_left -= len(chunk)
            if self._bytes_left < 0:
                raise StoreError(
                    "bad-answer", f"{self.name} answers with too much: over {MAX_BYTES >> 20} MB"
                )
            channel.settimeout(self._time_left())
        response.close()
        return _Reply(response.status, response.headers, bytes(content))

    def _time_left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def _judge(self, reply: _Reply) -> dict[str, Any]:
        """Return the JSON object of a good answer; raises `StoreError` for every other."""
        if reply.status == 200 and reply.is_json:
            return self._object(reply.content)
        if reply.status == 401:
            raise StoreError("needs-login", f"{self.name} {self._login_advice()}")
        if reply.status == 403:
            raise StoreError("needs-login", f"{self.name} forbids this (403)")
        if 300 <= reply.status < 400:
            raise StoreError("needs-login", f"{self.name} sends us to {reply.target}, which may want a login")
        if reply.status == 200:
            message = "answers with a web page: it wants a login, or is no MLflow server"
            raise StoreError("needs-login", f"{self.name} {message}")
        if reply.status == 404 and not reply.is_json:
            raise StoreError("bad-answer", f"{self.name} is no MLflow server: nothing at its address (404)")
        code = f"{reply.status} {reply.error_code}".strip()
        kind = "no-such-thing" if reply.error_code == "RESOURCE_DOES_NOT_EXIST" else "bad-answer"
        raise StoreError(kind, f"{self.name} answers with an error ({code})")

    def _object(self, content: bytes) -> dict[str, Any]:
        try:
            data = json.loads(content)
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict):
            raise StoreError("bad-answer", f"{self.name} answers with broken JSON")
        return data

    def _login_advice(self) -> str:
        if "Authorization" in self._headers:
            return "refuses the user and password, or token, that it was given (401)"
        return (
            "wants a login (401): set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, "
            "or MLFLOW_TRACKING_TOKEN"
        )

    def _explained(self, error: Exception) -> StoreError:
        if isinstance(error, TimeoutError):
            return StoreError("timeout", f"{self.name} does not answer in time")
        if isinstance(error, ssl.SSLCertVerificationError):
            return StoreError("unreachable", f"{self.name}: certificate not trusted: {error.verify_message}")
        if isinstance(error, ssl.SSLError):
            return StoreError("unreachable", f"{self.name} does not speak TLS as we do: {error.reason}")
        if isinstance(error, socket.gaierror):
            return StoreError("unreachable", f"{self.name}: no machine of this name is known")
        if isinstance(error, ConnectionRefusedError):
            return StoreError("unreachable", f"{self.name} refuses connections: is the server running?")
        if isinstance(error, (ConnectionResetError, BrokenPipeError)):
            return _DroppedError("unreachable", f"{self.name} closes the connection")
        if isinstance(error, OSError):
            return StoreError("unreachable", f"{self.name} cannot be reached: {error.strerror}")
        return StoreError("bad-answer", f"{self.name} does not answer as a web server does")


class _DroppedError(StoreError):
    pass


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    headers: Message
    content: bytes

    @property
    def is_json(self) -> bool:
        return self.headers.get_content_type() == "application/json"

    @property
    def target(self) -> str:
        """The scheme and host that a redirect names; the rest of it may hold secrets."""
        try:
            parts = urlsplit(self.headers.get("Location", ""))
        except ValueError:
            return "another page"
        return f"{parts.scheme}://{parts.hostname}" if parts.hostname else "another page"

    @property
    def error_code(self) -> str:
        """MLflow's word for the error, of its own harmless alphabet: the message may repeat what was sent."""
        try:
            code = str(json.loads(self.content)["error_code"])
        except (KeyError, TypeError, ValueError, RecursionError):
            return ""
        return code if re.fullmatch(r"[A-Z_]{1,60}", code) else ""
