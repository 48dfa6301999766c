"""The parser of the arguments of `mlq-check`, with their help."""

from __future__ import annotations

import argparse
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from mlq_grammar.entities import ENTITIES

from mlq.cli.conflicts import conflict
from mlq.cli.options import OUTPUT_FORMATS, Options
from mlq.cli.overrides import add_overrides, overrides
from mlq.cli.overrides import conflict as conflict_of_overrides

if TYPE_CHECKING:
    from collections.abc import Sequence

_DESCRIPTION = "Find MLflow search filters and say which ones MLflow refuses, where, and what to write."

_EPILOG = """\
exit status:
  0  nothing at error level
  1  MLflow refuses a filter, --diff would change a file, or there are more warnings than --max-warnings
  2  wrong usage, an input that cannot be read, or an internal error

examples:
  mlq-check src notebooks/train.py
  mlq-check --filter "params.batch_size = 32"
  mlq-check --fix --since main
  git show HEAD:train.py | mlq-check - --stdin-filename train.py
"""


def read(arguments: Sequence[str], prog: str) -> Options:
    """Read the command line; leave with status 2 and one line of advice where it contradicts itself."""
    built = parser(prog)
    given = built.parse_args(arguments)
    contradiction = conflict(given) or conflict_of_overrides(given)
    if contradiction:
        built.error(contradiction)
    values: dict[str, Any] = {each.name: getattr(given, each.name, None) for each in fields(Options)}
    values |= {"paths": tuple(given.paths) or (".",), "overrides": overrides(given)}
    # What is not given is None here, and has its default there.
    return Options(**{name: value for name, value in values.items() if value is not None})


def parser(prog: str) -> argparse.ArgumentParser:
    """Return the parser of `mlq-check`, called by the name `prog`."""
    made = argparse.ArgumentParser(
        prog=prog,
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_inputs(made)
    _add_outputs(made)
    _add_fixes(made)
    add_overrides(made)
    return made


def _add_inputs(made: argparse.ArgumentParser) -> None:
    add = made.add_argument_group("what to check").add_argument
    add("paths", nargs="*", metavar="PATH", help="files and folders (default: .); - is standard input")
    add("--stdin-filename", metavar="NAME", help="the name of what comes on standard input")
    add("--filter", metavar="TEXT", help="check this one filter instead of files")
    add("--entity", metavar="ENTITY", choices=ENTITIES, help="what --filter searches (default: runs)")
    add(
        "--jsonl",
        action="store_true",
        help='answer each line {"entity": …, "filter": …} or {"entity": …, "order_by": […]} of standard '
        'input with {"ok": …, "findings": […]}; offsets are the filter\'s, or those of the item at "index"',
    )
    add("--since", metavar="REF", help="only files that changed since this commit or branch of git")
    add(
        "--staged",
        action="store_true",
        help="only files that are staged, as git will commit them and not as they are in the folder",
    )
    add("--watch", action="store_true", help="check again whenever a file changes, until Ctrl-C")


def _add_outputs(made: argparse.ArgumentParser) -> None:
    add = made.add_argument_group("what to print").add_argument
    add("--list", action="store_true", dest="list_filters", help="list the filters found, and check nothing")
    add(
        "--why",
        type=_place,
        metavar="FILE:LINE",
        help="say why the strings of a line are checked, or why they are not",
    )
    add("--output-format", choices=OUTPUT_FORMATS, help="how to print (default: full)")
    add("--output-file", metavar="FILE", help="write what would be printed to this file")
    add("--statistics", action="store_true", help="print how often each rule was broken, not where")
    add("--exit-zero", action="store_true", help="leave with status 0 whatever MLflow refuses")
    add("--max-warnings", type=_amount, metavar="N", help="leave with status 1 at more warnings than this")


def _add_fixes(made: argparse.ArgumentParser) -> None:
    add = made.add_argument_group("what to change").add_argument
    add("--fix", action="store_true", help="mend what can be mended safely, and report the rest")
    add(
        "--unsafe-fixes", action="store_true", help="mend also where the meaning may change; look at it after"
    )
    add("--diff", action="store_true", help="print as a diff what --fix would change, and change nothing")
    add("--add-ignores", action="store_true", help="suppress what is found by comments, and report the rest")


def _place(text: str) -> tuple[str, int]:
    path, _, line = text.rpartition(":")
    if not path or not (line.isascii() and line.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is no FILE:LINE, such as train.py:12")
    return path, int(line)


def _amount(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is no number such as 0 or 10")
    return int(text)
