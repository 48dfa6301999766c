"""`--jsonl`: a verdict for each line of standard input, in order and as they come."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mlq_grammar.dialect import ENTITIES

from mlq.cli import guard
from mlq.cli.bare import check_bare, check_order_by, check_searched
from mlq.cli.checked import NotJudgedError, UncheckableError
from mlq.cli.files import MEGABYTE, open_stdin
from mlq.cli.report.fields import finding_fields, fix_fields

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from mlq.cli.tally import Tally
    from mlq.findings import Finding

LIMIT = 10 * MEGABYTE
"""The longest line read, in bytes."""


class BrokenLineError(Exception):
    """Raised when a line asks nothing that can be answered; the message says why."""


def answer(mlflow_version: str | None, tally: Tally) -> int:
    """Answer every line that is not blank with one line; a broken one makes the exit status 2."""
    try:
        lines = open_stdin()
    except UncheckableError as error:
        tally.fail("--jsonl", str(error))
        return tally.status
    for number, line in _numbered(lines):
        reply = _reply(line, mlflow_version)
        print(json.dumps(reply), flush=True)
        if "error" in reply:
            tally.fail(f"line {number}", reply["error"])
        elif reply["ok"] is False:
            tally.severities["error"] += 1
    return tally.status


def _numbered(lines: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield each line that is not blank with its number, from 1."""
    for number, line in enumerate(iter(lambda: lines.readline(LIMIT + 1), b""), start=1):
        if line.strip():
            yield number, line


def _reply(line: bytes, mlflow_version: str | None) -> dict[str, Any]:
    """Return `ok` (MLflow's verdict; null where there is none, with a `reason`) and the findings."""
    findings: list[dict[str, Any]] = []
    try:
        from mlq.ide.check import Judge

        asked = _question(line)
        findings += _findings(asked, mlflow_version)
        check_searched(asked["entity"], Judge(mlflow_version))
    except BrokenLineError as error:
        return {"ok": None, "findings": [], "error": str(error)}
    except NotJudgedError as error:
        return {"ok": None, "findings": findings, "reason": str(error)}
    except Exception as error:  # noqa: BLE001 (a mistake of ours must not silence the lines behind)
        return {"ok": None, "findings": [], "error": guard.internal_error(error)}
    return {"ok": all(finding["severity"] != "error" for finding in findings), "findings": findings}


def _question(line: bytes) -> dict[str, Any]:
    """Return what a line asks: an `entity`, and a `filter`, an `order_by` or both."""
    if len(line) > LIMIT:
        raise BrokenLineError(f"longer than {LIMIT // MEGABYTE} MB")
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BrokenLineError(f"not JSON: {error}") from error
    if not isinstance(asked, dict):
        raise BrokenLineError('not an object such as {"entity": "runs", "filter": "metrics.auc > 0.9"}')
    asked.setdefault("entity", "runs")
    if asked["entity"] not in ENTITIES:
        raise BrokenLineError(f"no such entity: {asked['entity']!r}; there are {', '.join(ENTITIES)}")
    if not asked.keys() & {"filter", "order_by"}:
        raise BrokenLineError("filter is missing")
    for name, kind, description in (("filter", str, "a string"), ("order_by", list, "a list")):
        if name in asked and not isinstance(asked[name], kind):
            raise BrokenLineError(f"{name} is not {description}")
    return asked


def _findings(asked: dict[str, Any], mlflow_version: str | None) -> Iterator[dict[str, Any]]:
    from mlq.ide.check import Judge

    entity = asked["entity"]
    if "filter" in asked:
        for finding in check_bare(asked["filter"], entity, Judge(mlflow_version)):
            yield _fields(finding, entity, asked["filter"])
    if "order_by" in asked:
        for index, finding in check_order_by(asked["order_by"], entity, mlflow_version):
            yield _fields(finding, entity, None) | {"index": index}


def _fields(finding: Finding, entity: str, text: str | None) -> dict[str, Any]:
    """Return a finding with offsets into the text that was asked about."""
    return {
        "path": None,
        "start": finding.start,
        "end": finding.end,
        **finding_fields(finding),
        "entity": entity,
        "api": None,
        "filter": text,
        **fix_fields(finding),
    }
