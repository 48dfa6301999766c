"""Where the log goes: to the client, to standard error as long as there is none, and to a file if asked."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, TextIO

from lsprotocol import types

if TYPE_CHECKING:
    from mlq.lsp.server import Server


class ClientHandler(logging.StreamHandler[TextIO]):
    """Sends records to the client, one line each; to standard error as long as there is none.

    Never to both: editors show what comes on standard error too, and call it an error.
    """

    def __init__(self, server: Server) -> None:
        super().__init__(sys.stderr)
        self.setLevel(logging.INFO)
        self._server = server

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for standard error."""
        return f"mlq: {_one_line(record)}"

    def emit(self, record: logging.LogRecord) -> None:
        """Send one record."""
        if self._server.protocol.writer is None:
            super().emit(record)
        else:
            message = types.LogMessageParams(_message_type(record.levelno), _one_line(record))
            self._server.window_log_message(message)


def set_up_logs(server: Server, log_file: str | None, *, says_port: bool) -> None:
    """Start logging. pygls itself stays quiet: it logs whole messages, with the secrets in settings."""
    logs = logging.getLogger("mlq")
    logs.setLevel(logging.DEBUG if log_file else logging.INFO)
    client = ClientHandler(server)
    logs.addHandler(client)
    if says_port:
        logging.getLogger("pygls.server").setLevel(logging.INFO)
        logging.getLogger("pygls.server").addHandler(client)
    if log_file:
        file = logging.FileHandler(log_file, encoding="utf-8")
        file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logs.addHandler(file)


def _one_line(record: logging.LogRecord) -> str:
    message = record.getMessage()
    if record.exc_info and record.exc_info[0]:
        message += f": {record.exc_info[0].__name__}: {record.exc_info[1]}"
    return message.partition("\n")[0]


def _message_type(level: int) -> types.MessageType:
    if level >= logging.ERROR:
        return types.MessageType.Error
    return types.MessageType.Warning if level >= logging.WARNING else types.MessageType.Info
