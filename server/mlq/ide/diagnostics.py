"""What is wrong in a file: the findings of its filters, mapped to where these stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mlq_grammar.dialect import Dialect
from mlq_grammar.spans import Span

from mlq.findings import Finding
from mlq.hosts.region import FilterRegion
from mlq.ide import holes
from mlq.ide.check import Judge
from mlq.ide.model import Diagnostic
from mlq.ide.placing import fix_in_file
from mlq.keys.index import KeyIndex
from mlq.rules.matches import engine as matches
from mlq.rules.matches.matched import Matched
from mlq.rules.store import engine as store


def of_region(region: FilterRegion, judge: Judge) -> Iterator[Diagnostic]:
    """Yield the findings of a filter in offsets of its file; what depends on a hole is not judged."""
    for finding in holes.findings(region.text, region.gaps, region.entity, judge):
        yield Diagnostic(_in_file(finding, region), region)


def of_store(
    region: FilterRegion, dialect: Dialect, index: KeyIndex, matched: Matched | None
) -> Iterator[Diagnostic]:
    """Yield what a store says of a filter, in offsets of its file: of its names, and of how many match it."""
    found = list(store.findings(region.text, dialect, index))
    if matched:
        found += matches.findings(matched, [Span(finding.start, finding.end) for finding in found])
    for finding in found:
        span = Span(finding.start, finding.end)
        if not any(hole.overlaps(span) for hole in region.holes):
            yield Diagnostic(_in_file(finding, region), region)


def _in_file(finding: Finding, region: FilterRegion) -> Finding:
    outer = region.map.to_outer(Span(finding.start, finding.end))
    fixes = [placed for fix in finding.fixes if (placed := fix_in_file(fix, region))]
    return replace(finding, start=outer.start, end=outer.end, fixes=fixes)
