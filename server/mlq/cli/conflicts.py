"""Which arguments of `mlq-check` contradict each other, and what to say about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.cli.options import STDIN

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator


def conflict(given: argparse.Namespace) -> str | None:
    """Say what is wrong with arguments that are each right alone; None where nothing is."""
    checks = (*_inputs(given), *_outputs(given), *_fixes(given), *_choices(given))
    return next((message for is_wrong, message in checks if is_wrong), None)


def _inputs(given: argparse.Namespace) -> Iterator[tuple[object, str]]:
    one_filter = given.filter is not None
    yield one_filter and given.jsonl, "--filter and --jsonl are two different inputs; give one"
    yield given.paths and one_filter, "--filter checks one filter; it takes no PATH"
    yield given.paths and given.jsonl, "--jsonl reads standard input; it takes no PATH"
    yield given.entity and not one_filter, "--entity belongs to --filter"
    yield given.why and (given.paths or one_filter or given.jsonl), "--why asks about one line of one file"
    yield given.list_filters and (one_filter or given.jsonl), "--list takes files and folders"
    yield (
        given.stdin_filename and STDIN not in given.paths,
        "--stdin-filename names standard input; add - to read it",
    )
    yield given.paths.count(STDIN) > 1, "standard input can be read only once"


def _outputs(given: argparse.Namespace) -> Iterator[tuple[object, str]]:
    kind = given.output_format or "full"
    yield given.jsonl and given.output_format, "--jsonl has an output of its own; leave out --output-format"
    yield (
        given.list_filters and kind not in {"full", "concise", "json", "jsonl"},
        f"--list prints filters, and {kind} is for findings; take json or jsonl",
    )
    yield (
        given.statistics and kind not in {"full", "concise", "json"},
        f"--statistics prints a table, or json; {kind} is for findings",
    )
    yield given.statistics and given.list_filters, "--statistics counts findings, and --list makes none"
    is_alone = given.jsonl or given.why
    yield is_alone and given.statistics, "--statistics counts the findings of files or of one filter"
    yield is_alone and given.output_file, "--output-file takes the findings of files or of one filter"


def _fixes(given: argparse.Namespace) -> Iterator[tuple[object, str]]:
    mends = given.fix or given.diff
    yield (
        given.add_ignores
        and (mends or given.filter is not None or given.jsonl or given.list_filters or given.why),
        "--add-ignores changes files; it does not go with --fix, --filter, --jsonl, --list or --why",
    )
    yield given.add_ignores and STDIN in given.paths, "--add-ignores changes files, not standard input"
    yield given.unsafe_fixes and not mends, "--unsafe-fixes belongs to --fix or --diff"
    yield (
        mends and (given.filter is not None or given.jsonl or given.list_filters or given.why),
        "--fix mends files; it does not go with --filter, --jsonl, --list or --why",
    )
    yield (
        (mends or given.add_ignores) and given.staged,
        "--staged checks what git will commit, which is no file that could be mended; leave one out",
    )
    yield (
        given.fix and not given.diff and STDIN in given.paths and len(given.paths) > 1,
        "--fix prints standard input mended; it takes no other PATH beside -",
    )


def _choices(given: argparse.Namespace) -> Iterator[tuple[object, str]]:
    no_files = given.filter is not None or given.jsonl or given.why or STDIN in given.paths
    yield given.since is not None and given.staged, "--since and --staged are two choices of files; give one"
    yield no_files and given.since is not None, "--since chooses among files and folders"
    yield no_files and given.staged, "--staged chooses among files and folders"
    yield no_files and given.watch, "--watch takes files and folders"
    yield given.watch and given.staged, "--watch looks at files, and --staged at what git will commit"
    changes = given.fix or given.diff or given.add_ignores
    yield given.watch and changes, "--watch only reports; run --fix beside it"
    yield (
        given.watch and (given.output_format or "full") not in {"full", "concise"},
        "--watch is for people; take full or concise",
    )
    yield given.watch and given.output_file, "--watch is for people; it writes no --output-file"
