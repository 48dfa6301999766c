"""What is wrong with the calls around the filters of a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mlq_grammar.spans import Span

from mlq.findings import Finding, Fix
from mlq.hosts.calls import CallSite, find_calls
from mlq.hosts.embedded import placed
from mlq.hosts.embedding import Embedding
from mlq.hosts.region import FilterRegion
from mlq.ide.model import Diagnostic
from mlq.rules.calls.engine import findings
from mlq.text import LineIndex


def of_calls(text: str, language: str, mlflow_version: str | None) -> Iterator[Diagnostic]:
    """Yield the findings of each call of a text that is surely MLflow's, each once."""
    lines = LineIndex(text)
    seen: set[tuple[int, int, str]] = set()
    for site in find_calls(text, language):
        for finding in findings(site.call, mlflow_version):
            found = _in_file(finding, site)
            place = (found.start, found.end, found.code)
            if place not in seen:
                seen.add(place)
                yield Diagnostic(found, _region(finding, site, lines))


def _region(finding: Finding, site: CallSite, lines: LineIndex) -> FilterRegion | None:
    """Return the filter that a finding speaks of, as one of the file."""
    found = (each for each in site.call.filters if each.start <= finding.start < each.end)
    region = next(found, None)
    for at in range(len(site.chain), 0, -1):
        # Each embedding stands in the text of the one around it, the outermost in the file.
        around = LineIndex(site.chain[at - 2].text) if at > 1 else lines
        region = region and placed(region, site.chain[at - 1], around)
    return region


def _in_file(finding: Finding, site: CallSite) -> Finding:
    for embedding in reversed(site.chain):
        outer = embedding.to_outer(Span(finding.start, finding.end))
        fixes = [mapped for fix in finding.fixes if (mapped := _fix(fix, embedding))]
        finding = replace(finding, start=outer.start, end=outer.end, fixes=fixes)
    return finding


def _fix(fix: Fix, embedding: Embedding) -> Fix | None:
    edits = [mapped for edit in fix.edits if (mapped := embedding.edit(edit))]
    return replace(fix, edits=edits) if len(edits) == len(fix.edits) else None
