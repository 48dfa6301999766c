"""`--output-format sarif`: SARIF 2.1.0, which code scanning services take."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlq.cli.report.places import placed, uri
from mlq.cli.version import DISTRIBUTION
from mlq.text import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from mlq.cli.checked import Checked
    from mlq.cli.report.places import Placed
    from mlq.cli.style import Style
    from mlq.findings import Fix, Severity
    from mlq.rules.page import AnyRule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS: dict[Severity, str] = {
    "error": "error",
    "warning": "warning",
    "information": "note",
    "hint": "note",
}


def write(results: Iterable[Checked], out: TextIO, style: Style) -> None:  # noqa: ARG001 (every format takes it)
    """Print the findings of all files as the log of one run."""
    found: list[dict[str, Any]] = []
    indexes: dict[str, int] = {}
    for checked in results:
        lines = LineIndex(checked.text)
        for each in placed(checked):
            index = indexes.setdefault(each.finding.code, len(indexes))
            found.append(_result(uri(checked.path), lines, each, index))
    run = {
        "tool": {"driver": _driver(indexes)},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {_ROOT: {"uri": f"{Path.cwd().as_uri()}/"}},
        "results": found,
    }
    json.dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, out, indent=2)
    print(file=out)


def _driver(codes: Iterable[str]) -> dict[str, Any]:
    from mlq.rules.page import ALL_RULES

    rules = {rule.code: rule for rule in ALL_RULES}
    described = [_rule(rules[code]) for code in codes]
    return {"name": "mlq", "semanticVersion": version(DISTRIBUTION), "rules": described}


def _rule(rule: AnyRule) -> dict[str, Any]:
    from mlq.rules.page import page

    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": f"{rule.summary}."},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.why, "markdown": page(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(reference: str, lines: LineIndex, each: Placed, index: int) -> dict[str, Any]:
    finding = each.finding
    artifact = _artifact(reference)
    place = {"artifactLocation": artifact, "region": _region(lines, finding.start, finding.end)}
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": each.message},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"mlq/v1": each.fingerprint},
    }
    if finding.fixes:
        result["fixes"] = [_fix(artifact, lines, fix) for fix in finding.fixes]
    return result


def _artifact(reference: str) -> dict[str, str]:
    is_absolute = reference.startswith("file:")
    return {"uri": reference} if is_absolute else {"uri": reference, "uriBaseId": _ROOT}


def _fix(artifact: dict[str, str], lines: LineIndex, fix: Fix) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(lines, edit.start, edit.end), "insertedContent": {"text": edit.text}}
        for edit in fix.edits
    ]
    change = {"artifactLocation": artifact, "replacements": replacements}
    return {"description": {"text": fix.title}, "artifactChanges": [change]}


def _region(lines: LineIndex, start: int, end: int) -> dict[str, int]:
    line, column = lines.position1(start)
    end_line, end_column = lines.position1(end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
