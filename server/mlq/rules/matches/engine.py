"""What a store says of how many a filter matches: the findings of all rules of matches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlq_grammar.spans import Span

from mlq.crashes import contained
from mlq.findings import Finding
from mlq.rules.matches import MATCH_RULES
from mlq.rules.matches.matched import Matched


def findings(matched: Matched, taken: Sequence[Span] = ()) -> Iterator[Finding]:
    """Yield what there is to know of what a filter finds. Never raises; silent where it is not known.

    `taken` are the places of what else the store says of the filter.
    """
    for rule in MATCH_RULES:
        for span, message, fix in contained(f"rule {rule.code}", rule.check, matched):
            if rule.gives_way and any(span.overlaps(other) for other in taken):
                continue
            fixes = [fix] if fix else []
            yield Finding(rule.code, rule.severity, message, span.start, span.end, fixes, rule.url)
