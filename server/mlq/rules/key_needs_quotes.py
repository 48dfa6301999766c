"""MLQ204: a key with characters or words that a bare key cannot have."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.keys.quoting import write_key
from mlq.rules.rule import Report, Rule, replace
from mlq.semantics.meaning import Meaning

_QUOTES = frozenset("`\"'")


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        subject = condition.subject
        if not subject or not subject.key or subject.quote or not subject.name.strip():
            continue
        if subject.is_expression or not condition.operator:
            continue
        name = subject.name.strip("“”‘’")
        written = write_key(name)
        if written and written != subject.name and name[0] not in _QUOTES and name[-1] not in _QUOTES:
            # Quotes inside a key are rather what stands wrong there.
            fix = None if _QUOTES & set(name) else replace("Quote the key", subject.name_span, written)
            dotted = f"{subject.prefix}.{written}" if subject.prefix else written
            yield Report(subject.name_span, f"This key needs backticks: write {dotted}.", fix)


RULE = Rule(
    code="MLQ204",
    name="key-needs-quotes",
    severity="error",
    summary="A key with special characters stands without backticks",
    why="""A bare key is made of letters, digits, underscores and dots, and does not begin with a digit.
Anything else (a hyphen, a space, a slash, a colon) and the words `in`, `as`, `case`, `from`, `using`
and `values` are read as operators or keywords, so such keys stand in backticks. They are common:
frameworks log `train/loss` and `eval-acc`.""",
    wrong="""\
metrics.val-acc > 0.9
        ^^^^^^^""",
    right="metrics.`val-acc` > 0.9",
    check=check,
)
