"""`--statistics`: how often each rule was broken, the most often first."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from mlq.cli.checked import Checked
    from mlq.cli.style import Style


def write(results: Iterable[Checked], out: TextIO, style: Style) -> None:
    """Print a line for each rule: how often, its code, its name, and how many `--fix` would mend."""
    rows = _rows(results)
    digits = len(str(rows[0]["count"])) if rows else 0
    width = max((len(row["name"]) for row in rows), default=0)
    for row in rows:
        label = style.severity(row["code"], row["severity"])
        note = style.faint(f"{row['fixable']} can be fixed") if row["fixable"] else ""
        print(f"{row['count']:>{digits}}  {label}  {row['name']:<{width}}  {note}".rstrip(), file=out)


def write_json(results: Iterable[Checked], out: TextIO, style: Style) -> None:  # noqa: ARG001 (every format takes it)
    """Print one array with an object for each rule."""
    json.dump(_rows(results), out, indent=2)
    print(file=out)


def _rows(results: Iterable[Checked]) -> list[dict[str, Any]]:
    from mlq.rules.page import ALL_RULES

    names = {rule.code: rule.name for rule in ALL_RULES}
    counts: Counter[tuple[str, str]] = Counter()
    fixable: Counter[tuple[str, str]] = Counter()
    for checked in results:
        for finding in (diagnostic.finding for diagnostic in checked.diagnostics):
            kind = (finding.code, finding.severity)
            counts[kind] += 1
            fixable[kind] += any(fix.safe for fix in finding.fixes)
    kinds = sorted(counts, key=lambda kind: (-counts[kind], kind))
    return [
        {
            "code": code,
            "name": names[code],
            "severity": severity,
            "count": counts[code, severity],
            "fixable": fixable[code, severity],
        }
        for code, severity in kinds
    ]
