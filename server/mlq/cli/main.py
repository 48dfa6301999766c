"""`mlq`: the commands for people, one module each."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "check": "find the filters in files and judge them; mlq-check is the same",
    "completions": "print a script by which a shell completes mlq",
    "config": "print each setting, and where it comes from",
    "explain": "say what a message of MLflow's is about, or what a filter means",
    "keys": "list the keys of a tracking store",
    "rule": "explain a rule by its code, such as MLQ401",
    "run": "run a query of a .mlq file",
    "version": "print the versions that a bug report needs",
}
"""Each command is the module of `mlq.cli` of that name: a `main(arguments, prog=…)` and a `parser(prog)`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the first argument names and return its exit status."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    # Only the name is read here: what follows belongs to the command, `--help` too.
    name = _parser().parse_args(given[:1]).command
    module = import_module(f"mlq.cli.{name}")
    status: int = module.main(given[1:], prog=f"mlq {name}")
    return status


def _parser() -> argparse.ArgumentParser:
    width = max(map(len, COMMANDS))
    listing = "\n".join(f"  {name:<{width}}  {summary}" for name, summary in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="mlq",
        usage="mlq COMMAND [options]",
        description="Tools for MLflow search filters.",
        epilog=f"commands:\n{listing}\n\n`mlq COMMAND --help` says more about each.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help="one of those below")
    return parser
