"""`mlq version`: what a bug report needs to say."""

from __future__ import annotations

import argparse
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from mlq.cli import guard

if TYPE_CHECKING:
    from collections.abc import Sequence

DISTRIBUTION = "mlq-lsp"
_OTHERS = ("lark", "tree-sitter", "tree-sitter-python", "pygls", "lsprotocol", "mlflow-skinny", "mlflow")


def main(arguments: Sequence[str], *, prog: str) -> int:
    """Print mlq's version, Python's, and those of the packages that decide how mlq behaves."""
    argparse.ArgumentParser(prog=prog, description="Print the versions that a bug report needs.").parse_args(
        arguments
    )
    return guard.guarded(prog, _print)


def _print() -> int:
    print(f"mlq {version(DISTRIBUTION)}")
    print(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}")
    for name in _OTHERS:
        print(f"{name} {_version(name)}")
    return guard.NOTHING_WRONG


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
