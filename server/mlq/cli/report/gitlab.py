"""`--output-format gitlab`: a Code Quality report, which GitLab shows beside the lines of a merge request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mlq.cli.report.places import placed, relative

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from mlq.cli.checked import Checked
    from mlq.cli.report.places import Placed
    from mlq.cli.style import Style
    from mlq.findings import Severity

_SEVERITIES: dict[Severity, str] = {
    "error": "major",
    "warning": "minor",
    "information": "info",
    "hint": "info",
}


def write(results: Iterable[Checked], out: TextIO, style: Style) -> None:  # noqa: ARG001 (every format takes it)
    """Print the findings of all files as one array of issues."""
    issues = [_issue(relative(checked.path), each) for checked in results for each in placed(checked)]
    json.dump(issues, out, indent=2)
    print(file=out)


def _issue(path: str, each: Placed) -> dict[str, Any]:
    finding = each.finding
    return {
        "description": f"{finding.code}: {each.message.splitlines()[0]}",
        "check_name": finding.code,
        "fingerprint": each.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": path, "lines": {"begin": each.line, "end": each.end_line}},
    }
