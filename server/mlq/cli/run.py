"""`mlq run`: run a query of a `.mlq` file, and print what it finds."""

from __future__ import annotations

import argparse
import json
import os
from typing import TYPE_CHECKING, Any

from mlq.cli import guard
from mlq.cli.stores import NoStoreError, add_options, asked_here, refuse_to_make, store_here
from mlq.cli.table import columns_of, print_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mlq.queries import Query, QueryFile

# MLflow's own would try for minutes, and report on us.
_PATIENCE = {"MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1", "MLFLOW_DISABLE_TELEMETRY": "true"}


class NoQueryError(Exception):
    """Raised where a file has no such query; the message says which it has."""


def main(arguments: Sequence[str], *, prog: str) -> int:
    """Run one query and print its results; return 1 where MLflow refuses it."""
    given = parser(prog).parse_args(arguments)
    return guard.guarded(prog, lambda: _run(given, prog))


def parser(prog: str) -> argparse.ArgumentParser:
    """Return the parser of `mlq run`."""
    made = argparse.ArgumentParser(
        prog=prog,
        description="Run a query of a .mlq file through MLflow's own client, which has to be installed.",
        allow_abbrev=False,
    )
    add = made.add_argument
    add("file", metavar="FILE", help="a .mlq file")
    add("query", metavar="NAME", nargs="?", help="the query's name, or its number in the file, from 1")
    add_options(made)
    add("--output-format", choices=("full", "json"), default="full", help="how to print (default: full)")
    return made


def _run(given: argparse.Namespace, prog: str) -> int:
    from mlq import load, running
    from mlq.queries import QueryFileError

    try:
        query = _chosen(load(given.file), given.query)
        asked = asked_here(given.tracking_uri, is_trusted=given.trust_workspace)
        uri = store_here(asked, query.entity)[0].uri
        refuse_to_make(uri)
        for name, value in _PATIENCE.items():
            os.environ.setdefault(name, value)
        client = running.client_of(uri)
    except QueryFileError as error:
        for line in str(error).splitlines():
            guard.say(prog, line)
        return guard.FAILURE
    except (OSError, UnicodeError, ImportError, NoQueryError, NoStoreError) as error:
        guard.say(prog, _reason(error, given.file))
        return guard.FAILURE
    try:
        found = query.run(client)
    except running.refusals() as error:
        return _say_refused(prog, str(error), query, given.file)
    _print(found, query, given.output_format)
    return guard.NOTHING_WRONG


def _say_refused(prog: str, reason: str, query: Query, file: str) -> int:
    from mlq import check

    if any(finding.severity == "error" for finding in check(query.filter, entity=query.entity)):
        guard.say(prog, f"{reason}; `mlq check {file}` shows where, and what to write")
        return guard.FINDINGS
    guard.say(prog, reason)
    return guard.FAILURE


def _reason(error: Exception, file: str) -> str:
    if isinstance(error, UnicodeError):
        return f"{file}: is not UTF-8"
    if isinstance(error, OSError):
        return f"{file}: {error.strerror}".lower()
    return str(error)


def _chosen(file: QueryFile, wanted: str | None) -> Query:
    """Return the query of this name or number; the only one where none is asked for."""
    names = [query.name or str(number) for number, query in enumerate(file.queries, start=1)]
    if wanted is None and len(names) == 1:
        return file.queries[0]
    if wanted and wanted in file:
        return file[wanted]
    numbers = [str(number) for number in range(1, len(names) + 1)]
    if wanted in numbers:
        return file.queries[numbers.index(wanted)]
    complaint = f"has no query {wanted}" if wanted else "has several queries"
    raise NoQueryError(
        f"{file.path} {complaint if names else 'has no query'}; name one of {', '.join(names)}"
    )


def _print(found: list[Any], query: Query, output_format: str) -> None:
    if output_format == "json":
        print(json.dumps([_fields(each) for each in found], indent=2, default=str))
    else:
        print_table([columns_of(each, query) for each in found])


def _fields(entity: Any) -> dict[str, Any]:
    to_dictionary = getattr(entity, "to_dictionary", None) or getattr(entity, "to_dict", None)
    fields: dict[str, Any] = to_dictionary() if to_dictionary else dict(entity)
    return fields
