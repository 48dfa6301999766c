"""The fields of findings and filters in JSON, the same for every format that has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlq.cli.report.views import Views
from mlq.text import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlq.cli.checked import Checked
    from mlq.findings import Finding
    from mlq.hosts.region import FilterRegion


def finding_fields(finding: Finding) -> dict[str, Any]:
    """Return what a finding says, apart from where."""
    return {"code": finding.code, "severity": finding.severity, "message": finding.message}


def fix_fields(finding: Finding) -> dict[str, Any]:
    """Return the first fix of a finding, null where it has none, and the address of its rule's page."""
    return {"fix": _fix(finding), "url": finding.url}


def _fix(finding: Finding) -> dict[str, Any] | None:
    for fix in finding.fixes:
        edits = [{"start": edit.start, "end": edit.end, "text": edit.text} for edit in fix.edits]
        return {"title": fix.title, "safe": fix.safe, "edits": edits}
    return None


def located_findings(checked: Checked) -> Iterator[dict[str, Any]]:
    """Yield the findings of a file with lines and columns, from 1, in code points; and a notebook's cells."""
    lines, views = LineIndex(checked.text), Views(checked)
    for diagnostic in checked.diagnostics:
        finding, region = diagnostic.finding, diagnostic.region
        line, column = lines.position1(finding.start)
        end_line, end_column = lines.position1(finding.end)
        yield {
            "path": checked.path,
            "line": line,
            "column": column,
            "end_line": end_line,
            "end_column": end_column,
            **_cell(views, finding.start, finding.end),
            **finding_fields(finding),
            "entity": region.entity if region else None,
            "api": region.api or None if region else None,
            "filter": region.text if region else None,
            **fix_fields(finding),
        }


def listed_filters(checked: Checked) -> Iterator[dict[str, Any]]:
    """Yield what is known of the filters that were found in a file."""
    views = Views(checked)
    for region in checked.regions:
        yield {**_region(checked.path, region), **_cell(views, region.start, region.end)}


def _cell(views: Views, start: int, end: int) -> dict[str, int]:
    """Return the number of a notebook's cell, from 1 among all cells; nothing in any other file."""
    cell = views.of(start, end).view.cell
    return {"cell": cell} if cell else {}


def _region(path: str, region: FilterRegion) -> dict[str, Any]:
    return {
        "path": path,
        "entity": region.entity,
        "api": region.api,
        "text": region.text,
        "start": region.start,
        "end": region.end,
        "line": region.line,
        "column": region.column,
        "shape": region.shape,
        "is_static": region.is_static,
    }
