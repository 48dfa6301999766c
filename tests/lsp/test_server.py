"""What the server does when something goes wrong inside it, or comes in wrong."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from lsprotocol import types
from mlq.lsp.logs import ClientHandler
from mlq.lsp.server import Server
from pygls.exceptions import JsonRpcInternalError

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


class Wire:
    """Takes what a server writes."""

    def __init__(self) -> None:
        self.data = b""

    def write(self, data: bytes) -> None:
        self.data += data

    def close(self) -> None:
        """Nothing is to be closed."""


def wired() -> tuple[Server, Wire]:
    server, wire = Server(), Wire()
    server.protocol.set_writer(wire)
    return server, wire


def test_a_request_that_crashes_is_logged_and_answered_empty(caplog: pytest.LogCaptureFixture) -> None:
    server = Server()
    # Nobody has said initialize, so there are no workspace, and no settings.
    server.on_open(types.DidOpenTextDocumentParams(types.TextDocumentItem("file:///a.py", "python", 1, "x")))
    ask = server.protocol.fm.features[types.TEXT_DOCUMENT_HOVER]
    params = types.HoverParams(types.TextDocumentIdentifier("file:///a.py"), types.Position(0, 0))
    assert ask(params) is None
    assert "textDocument/hover failed" in caplog.text


def test_a_message_that_nobody_understands_makes_no_pop_up(caplog: pytest.LogCaptureFixture) -> None:
    server, wire = wired()
    server.report_server_error(ValueError("what?"), JsonRpcInternalError)
    assert "what?" in caplog.text
    assert b"showMessage" not in wire.data


def test_a_setting_that_cannot_be_used_is_told_once_and_the_others_hold(tmp_path: Path) -> None:
    server, wire = wired()
    (tmp_path / "mlq.toml").write_text('ignore = ["MLQ4"]\nselct = []\nseverity = 3\n')
    for _ in range(2):
        assert server.configuration.settings(tmp_path).ignore == ("MLQ4",)
        server.configuration.forget()
    assert wire.data.count(b"window/showMessage") == 1
    assert b'mlq.toml: there is no setting \\"selct\\"; did you mean \\"select\\"?' in wire.data


def test_the_client_gets_one_line_without_a_traceback() -> None:
    server, wire = wired()
    handler = ClientHandler(server)
    error = ValueError("first\nsecond")
    faults = (ValueError, error, None)
    handler.handle(logging.LogRecord("mlq", logging.ERROR, "x.py", 1, "%s failed", ("hover",), faults))
    assert b'"hover failed: ValueError: first"' in wire.data
    assert b"Traceback" not in wire.data
