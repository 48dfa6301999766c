"""What a connected store says of a filter: the findings of all rules of stores."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.dialect import Dialect

from mlq.crashes import contained
from mlq.findings import Finding
from mlq.keys.index import KeyIndex
from mlq.rules.store import STORE_RULES
from mlq.rules.store.known import known_conditions
from mlq.semantics.meaning import resolve


def findings(text: str, dialect: Dialect, index: KeyIndex) -> Iterator[Finding]:
    """Yield what a filter names that the store has not. Never raises; silent where the store is not known."""
    if not index.seen:
        return
    for known in known_conditions(resolve(text, dialect), index):
        for rule in STORE_RULES:
            for span, message, fix in contained(f"rule {rule.code}", rule.check, known):
                fixes = [fix] if fix else []
                yield Finding(rule.code, rule.severity, message, span.start, span.end, fixes, rule.url)
