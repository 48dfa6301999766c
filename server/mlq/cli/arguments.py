"""The arguments of `mlq-check`, read into one frozen value."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from mlq_grammar.dialect import ENTITIES

from mlq.cli.overrides import Overrides, add_overrides, overrides
from mlq.cli.overrides import conflict as conflict_of_overrides

if TYPE_CHECKING:
    from collections.abc import Sequence

OutputFormat = Literal["full", "concise", "json"]

OUTPUT_FORMATS: tuple[OutputFormat, ...] = ("full", "concise", "json")
STDIN = "-"

_DESCRIPTION = "Find MLflow search filters and say which ones MLflow refuses, where, and what to write."

_EPILOG = """\
exit status:
  0  nothing at error level
  1  MLflow refuses a filter
  2  wrong usage, an input that cannot be read, or an internal error

examples:
  mlq-check src notebooks/train.py
  mlq-check --filter "params.batch_size = 32"
  git show HEAD:train.py | mlq-check - --stdin-filename train.py
"""


@dataclass(frozen=True, slots=True)
class Options:
    """What `mlq-check` was asked to do."""

    paths: tuple[str, ...] = (".",)
    filter: str | None = None
    entity: str = "runs"
    jsonl: bool = False
    list_filters: bool = False
    overrides: Overrides = field(default_factory=Overrides)
    output_format: OutputFormat = "full"
    stdin_filename: str = ""
    why: tuple[str, int] | None = None


def parse(arguments: Sequence[str] | None, *, prog: str) -> Options:
    """Read the command line; leave with status 2 and one line of advice where it contradicts itself."""
    parser = _parser(prog)
    given = parser.parse_args(arguments)
    conflict = _conflict(given)
    if conflict:
        parser.error(conflict)
    return Options(
        paths=tuple(given.paths) or (".",),
        filter=given.filter,
        entity=given.entity or "runs",
        jsonl=given.jsonl,
        list_filters=given.list_filters,
        overrides=overrides(given),
        output_format=given.output_format or "full",
        stdin_filename=given.stdin_filename or "",
        why=given.why,
    )


def _parser(prog: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=prog,
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_inputs(parser)
    _add_outputs(parser)
    add_overrides(parser)
    return parser


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
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


def _add_outputs(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--list", action="store_true", dest="list_filters", help="list the filters found, and check nothing")
    add(
        "--why",
        type=_place,
        metavar="FILE:LINE",
        help="say why the strings of a line are checked, or why they are not",
    )
    add("--output-format", choices=OUTPUT_FORMATS, help="how to print (default: full)")


def _place(text: str) -> tuple[str, int]:
    path, _, line = text.rpartition(":")
    if not path or not (line.isascii() and line.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is no FILE:LINE, such as train.py:12")
    return path, int(line)


def _conflict(given: argparse.Namespace) -> str | None:
    """Say what is wrong with arguments that are each right alone."""
    one_filter = given.filter is not None
    checks = [
        (one_filter and given.jsonl, "--filter and --jsonl are two different inputs; give one"),
        (given.paths and one_filter, "--filter checks one filter; it takes no PATH"),
        (given.paths and given.jsonl, "--jsonl reads standard input; it takes no PATH"),
        (given.entity and not one_filter, "--entity belongs to --filter"),
        (given.why and (given.paths or one_filter or given.jsonl), "--why asks about one line of one file"),
        (given.list_filters and (one_filter or given.jsonl), "--list takes files and folders"),
        (given.jsonl and given.output_format, "--jsonl has an output of its own; leave out --output-format"),
        (
            given.stdin_filename and STDIN not in given.paths,
            "--stdin-filename names standard input; add - to read it",
        ),
        (given.paths.count(STDIN) > 1, "standard input can be read only once"),
    ]
    wrong = next((message for is_wrong, message in checks if is_wrong), None)
    return wrong or conflict_of_overrides(given)
