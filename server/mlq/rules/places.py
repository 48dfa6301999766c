"""Which part of a filter a finding stands in: the parts follow one another and do not overlap."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from mlq_grammar.spans import Span

from mlq.findings import Finding


class Places:
    """Spans in order, none of which overlaps another."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = tuple(spans)
        self._starts = [span.start for span in self.spans]

    def around(self, start: int, end: int) -> Span | None:
        """Return the span that holds a range; at the border of two, the first."""
        at = bisect_right(self._starts, start)
        near = self.spans[max(at - 2, 0) : at]
        return next((span for span in near if span.start <= start and end <= span.end), None)

    def grouped(self, found: Iterable[Finding]) -> dict[Span | None, list[Finding]]:
        """Return the findings by the spans that hold them, in their order; by None those that none holds."""
        groups: dict[Span | None, list[Finding]] = defaultdict(list)
        for finding in found:
            groups[self.around(finding.start, finding.end)].append(finding)
        return groups
