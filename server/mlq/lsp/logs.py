"""Where the log goes: one line each to the client and to standard error, everything to a file if asked."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from mlq.lsp.server import Server


class ClientHandler(logging.Handler):
    """Sends records to the client, without the traceback."""

    def __init__(self, server: Server) -> None:
        super().__init__(logging.INFO)
        self._server = server

    def emit(self, record: logging.LogRecord) -> None:
        """Send one record."""
        if self._server.protocol.writer is not None:
            message = _one_line(record)
            self._server.window_log_message(types.LogMessageParams(_message_type(record.levelno), message))


def set_up_logs(server: Server, log_file: str | None, *, says_port: bool) -> None:
    """Start logging. pygls itself stays quiet: it logs whole messages, with the secrets in settings."""
    logs = logging.getLogger("mlq")
    logs.setLevel(logging.DEBUG if log_file else logging.INFO)
    stderr = logging.StreamHandler(sys.stderr)
    stderr.setLevel(logging.INFO)
    stderr.setFormatter(logging.Formatter("mlq: %(message)s"))
    logs.addHandler(stderr)
    logs.addHandler(ClientHandler(server))
    if says_port:
        logging.getLogger("pygls.server").setLevel(logging.INFO)
        logging.getLogger("pygls.server").addHandler(stderr)
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
