"""`mlq explain`: what a message of MLflow's is about, and what a filter means."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mlq_grammar.dialect import ENTITIES

from mlq.cli import guard
from mlq.cli.checked import UncheckableError
from mlq.cli.configured import Configured
from mlq.cli.files import read_text_from_stdin
from mlq.cli.options import STDIN
from mlq.cli.overrides import Overrides, version
from mlq.cli.stores import NoStoreError, add_options
from mlq.cli.style import style_for
from mlq.cli.versions import Versions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mlq.rules.matches.matched import Matched
    from mlq.versions.choice import Chosen

UNKNOWN = 1

_EPILOG = """\
exit status:
  0  explained
  1  the text holds no message of MLflow's that mlq knows
  2  wrong usage, an input that cannot be read, or an internal error

examples:
  mlq explain "Expected a quoted string value for parameter (e.g. 'my-value'). Got value 32"
  python train.py 2>&1 | mlq explain
  mlq explain --filter "params.lr IS NOT NULL"
  mlq explain --filter "params.lr > 0.1" --output-format json
  mlq explain --filter "params.model = 'xgb'" --connect --tracking-uri http://localhost:5000
"""


@dataclass(frozen=True, slots=True)
class _Asked:
    message: str | None
    filter: str | None
    entity: str | None
    given: argparse.Namespace

    def counted(self, entity: str, chosen: Chosen) -> Matched | None:
        """Return the filter beside what its store says; raises `NoStoreError`."""
        from mlq.cli.counted import counted

        return counted(self.filter or "", entity, chosen, self.given)

    @property
    def is_connected(self) -> bool:
        """Whether the store is to be asked of the filter."""
        return bool(self.given.connect) and self.filter is not None


def main(arguments: Sequence[str], *, prog: str) -> int:
    """Explain a message, a filter or both; return 0, 1 for a message that is not known, 2 for a failure."""
    made = parser(prog)
    given = made.parse_args(arguments)
    return guard.guarded(prog, lambda: _run(given, prog))


def parser(prog: str) -> argparse.ArgumentParser:
    """Return the parser of `mlq explain`."""
    made = argparse.ArgumentParser(
        prog=prog,
        description="Say what a message of MLflow's is about: which rule, which part of the filter, what to "
        "write. With --filter alone, say what the filter means and which versions of MLflow run it.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = made.add_argument
    add(
        "message",
        nargs="*",
        metavar="MESSAGE",
        help="MLflow's message, or a traceback that holds one; - or nothing: standard input",
    )
    add("--filter", metavar="TEXT", help="the filter that it was said of, or that is to be explained")
    add(
        "--entity",
        metavar="ENTITY",
        choices=ENTITIES,
        help="what was searched (default: what the message fits, else runs)",
    )
    add(
        "--mlflow-version", type=version, metavar="V", help="the MLflow that said it (default: the project's)"
    )
    add("--connect", action="store_true", help="ask the store how many match --filter, and why none does")
    add_options(made)
    add("--experiment", metavar="NAME", action="append", help="only this experiment; may be given again")
    add(
        "--output-format",
        choices=("full", "json"),
        default="full",
        help="full for people (default), or one object of JSON",
    )
    return made


def _run(given: argparse.Namespace, prog: str) -> int:
    try:
        asked = _Asked(_message(given), given.filter, given.entity, given)
    except UncheckableError as error:
        guard.say(prog, str(error))
        return guard.FAILURE
    overrides = {"mlflow-version": given.mlflow_version} if given.mlflow_version else {}
    failures: list[str] = []
    configured = Configured(Overrides(overrides), lambda path, reason: failures.append(f"{path}: {reason}"))
    versions = Versions(configured, partial(guard.say, prog))
    chosen = versions.chosen(os.curdir)
    for failure in failures:
        guard.say(prog, failure)
    show = _print_json if given.output_format == "json" else _print_text
    try:
        if not show(asked, chosen):
            return UNKNOWN
    except NoStoreError as error:
        guard.say(prog, str(error))
        return guard.FAILURE
    return guard.FAILURE if failures else guard.NOTHING_WRONG


def _print_text(asked: _Asked, chosen: Chosen) -> bool:
    """Print for people; return whether the message, if there is one, is known."""
    from mlq.cli import explained

    show = explained.Shown(sys.stdout, style_for(sys.stdout), chosen)
    found = None if asked.message is None else show.message(asked.message, asked.filter, asked.entity)
    if asked.filter is not None:
        about = asked.entity or (found.causes[0].entity if found and found.is_certain else "runs")
        show.filter(asked.filter, about, is_alone=asked.message is None)
        if asked.is_connected:
            show.store(asked.counted(about, chosen))
    return asked.message is None or found is not None


def _print_json(asked: _Asked, chosen: Chosen) -> bool:
    """Print one object; return whether the message, if there is one, is known."""
    import json

    from mlq.cli.explained_json import filter_fields, message_fields
    from mlq.ide.check import Judge
    from mlq.ide.explain.answer import explain

    judge = Judge(chosen.version, chosen.sqlparse or None)
    found = None if asked.message is None else explain(asked.message, judge, asked.entity, asked.filter)
    entity = asked.entity or (found.causes[0].entity if found and found.is_certain else "runs")
    printed = {
        "message": message_fields(found) if found else None,
        "filter": None if asked.filter is None else filter_fields(asked.filter, entity, chosen),
    }
    if asked.is_connected:
        from mlq.cli.counted import fields

        printed["matches"] = fields(asked.counted(entity, chosen))
    print(json.dumps(printed, indent=2, default=str))
    return asked.message is None or found is not None


def _message(given: argparse.Namespace) -> str | None:
    """Return the pasted text; None where a filter alone is asked about."""
    if given.message and given.message != [STDIN]:
        return " ".join(given.message)
    if given.filter is not None and not given.message:
        return None
    return read_text_from_stdin()
