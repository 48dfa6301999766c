"""The command `mlq-lsp`."""

from __future__ import annotations

import argparse
import sys
from importlib import metadata
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HOST = "127.0.0.1"


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve one client; return the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.ws and find_spec("websockets") is None:
        parser.error("--ws needs the package websockets: pip install websockets")

    try:
        _serve(options)
    except OSError as error:
        # A port that is taken, a log file that cannot be written.
        sys.stderr.write(f"mlq-lsp: {error}\n")
        return 2
    return 0


def _serve(options: argparse.Namespace) -> None:
    # Help and wrong arguments need not wait for these.
    from mlq.lsp.logs import set_up_logs
    from mlq.lsp.server import Server

    server = Server()
    set_up_logs(server, options.log_file, says_port=bool(options.tcp or options.ws))
    if options.tcp:
        server.start_tcp(*options.tcp)
    elif options.ws:
        server.start_ws(*options.ws)
    else:
        server.start_io()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mlq-lsp", description="The language server for MLflow search filters.", allow_abbrev=False
    )
    transport = parser.add_mutually_exclusive_group()
    transport.add_argument(
        "--stdio", action="store_true", help="speak on standard input and output (default)"
    )
    transport.add_argument(
        "--tcp", metavar="[HOST:]PORT", type=_address, help="wait for one client on a port"
    )
    transport.add_argument(
        "--ws", metavar="[HOST:]PORT", type=_address, help="the same, by WebSocket, for a page in a browser"
    )
    parser.add_argument("--log-file", metavar="PATH", help="write the log to this file too, in full")
    parser.add_argument("--version", action="version", version=f"mlq-lsp {metadata.version('mlq-lsp')}")
    return parser


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not (port.isascii() and port.isdigit() and int(port) < 65536):
        raise argparse.ArgumentTypeError(f"not a port, nor HOST:PORT: {text}")
    return host.strip("[]") or HOST, int(port)


if __name__ == "__main__":
    sys.exit(main())
