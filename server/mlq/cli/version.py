"""`mlq version`: what a bug report needs to say."""

from __future__ import annotations

import argparse
import os
import platform
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from mlq.cli import guard
from mlq.cli.configured import Configured
from mlq.cli.overrides import Overrides
from mlq.cli.versions import Versions

if TYPE_CHECKING:
    from collections.abc import Sequence

DISTRIBUTION = "mlq-lsp"
_OTHERS = ("lark", "tree-sitter", "tree-sitter-python", "pygls", "lsprotocol", "mlflow-skinny", "mlflow")


def main(arguments: Sequence[str], *, prog: str) -> int:
    """Print mlq's version, the packages' that decide how mlq behaves, and which MLflow judges here."""
    parser(prog).parse_args(arguments)
    return guard.guarded(prog, partial(_print, prog))


def parser(prog: str) -> argparse.ArgumentParser:
    """Return the parser of `mlq version`."""
    description = (
        "Print the versions that a bug report needs, and which MLflow judges the filters of this folder."
    )
    return argparse.ArgumentParser(prog=prog, description=description)


def _print(prog: str) -> int:
    print(f"mlq {version(DISTRIBUTION)}")
    print(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}")
    for name in _OTHERS:
        print(f"{name} {_version(name)}")
    failures: list[str] = []
    configured = Configured(Overrides(), lambda path, reason: failures.append(f"{path}: {reason}"))
    versions = Versions(configured, partial(guard.say, prog))
    chosen = versions.chosen(os.curdir)
    for failure in failures:
        guard.say(prog, failure)
    print(f"Filters in this folder are judged by {chosen}")
    if chosen.sqlparse:
        print(f"Beside it stands sqlparse {chosen.sqlparse}")
    return guard.FAILURE if failures else guard.NOTHING_WRONG


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
