"""`mlq config`: each setting of a place, and where it comes from."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlq.cli import guard
from mlq.cli.frame import printable, width
from mlq.cli.overrides import add_overrides, conflict, overrides

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mlq.settings import Settings


def main(arguments: Sequence[str], *, prog: str) -> int:
    """Print the settings of a file or folder; return 0, or 2 where something in them cannot be used."""
    made = parser(prog)
    given = made.parse_args(arguments)
    wrong = conflict(given)
    if wrong:
        made.error(wrong)
    return guard.guarded(prog, lambda: _run(given, prog))


def parser(prog: str) -> argparse.ArgumentParser:
    """Return the parser of `mlq config`."""
    made = argparse.ArgumentParser(
        prog=prog,
        description="Print each setting of a place, and where it comes from: a file, the command line, or "
        "mlq's own default. The language server reads the very same, below what the editor says.",
        allow_abbrev=False,
    )
    add = made.add_argument
    add("path", nargs="?", default=os.curdir, metavar="PATH", help="a file or folder (default: .)")
    add("--output-format", choices=("full", "json"), default="full", help="how to print (default: full)")
    add("--schema", action="store_true", help="print the JSON Schema of mlq.toml instead")
    add_overrides(made)
    return made


def _run(given: argparse.Namespace, prog: str) -> int:
    from mlq.cli.configured import Configured
    from mlq.settings.schema import file_schema

    if given.schema:
        print(json.dumps(file_schema(), indent=2))
        return guard.NOTHING_WRONG
    failures: list[str] = []
    configured = Configured(overrides(given), lambda path, reason: failures.append(f"{path}: {reason}"))
    path = Path(os.path.abspath(given.path))  # noqa: PTH100 (a Path would keep `..`)
    rows = _rows(configured.of(path if path.is_dir() else path.parent))
    if given.output_format == "json":
        print(
            json.dumps({name: {"value": value, "origin": origin} for name, value, origin in rows}, indent=2)
        )
    else:
        _print(rows)
    for failure in failures:
        guard.say(prog, failure)
    return guard.FAILURE if failures else guard.NOTHING_WRONG


def _rows(settings: Settings) -> list[tuple[str, Any, str]]:
    """Return the name, value and origin of each setting that a file may have."""
    from mlq.settings import OPTIONS

    return [
        (option.name, _plain(getattr(settings, option.attribute)), settings.origin(option.name))
        for option in OPTIONS
        if not option.is_clients
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return {key: _plain(each) for key, each in value.items()} if hasattr(value, "items") else value


def _print(rows: Sequence[tuple[str, Any, str]]) -> None:
    shown = [
        (name, printable(json.dumps(value, ensure_ascii=False)), printable(origin))
        for name, value, origin in rows
    ]
    widths = [max(width(row[column]) for row in shown) for column in range(2)]
    for name, value, origin in shown:
        print(name.ljust(widths[0]), value + " " * (widths[1] - width(value)), origin, sep="  ")
