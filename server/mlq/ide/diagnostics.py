"""What is wrong in a file: the findings of its filters, mapped to where these stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mlq_grammar.spans import Span

from mlq.findings import Finding, Fix
from mlq.hosts.region import FilterRegion
from mlq.ide.check import checked
from mlq.ide.model import Diagnostic


def of_region(region: FilterRegion, mlflow_version: str | None) -> Iterator[Diagnostic]:
    """Yield the findings of a filter in offsets of its file."""
    for finding in checked(region.text, region.entity, mlflow_version):
        span = Span(finding.start, finding.end)
        if not any(hole.overlaps(span) for hole in region.holes):
            yield Diagnostic(_in_file(finding, region), region)


def _in_file(finding: Finding, region: FilterRegion) -> Finding:
    outer = region.map.to_outer(Span(finding.start, finding.end))
    fixes = [mapped for fix in finding.fixes if (mapped := _fix_in_file(fix, region))]
    return replace(finding, start=outer.start, end=outer.end, fixes=fixes)


def _fix_in_file(fix: Fix, region: FilterRegion) -> Fix | None:
    """Map a fix; None where the file's literals cannot hold it."""
    edits = [mapped for edit in fix.edits if (mapped := region.edit(edit))]
    return replace(fix, edits=edits) if len(edits) == len(fix.edits) else None
