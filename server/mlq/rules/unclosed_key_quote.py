"""MLQ205: a quoted key whose closing quote is missing."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.findings import Edit, Fix
from mlq.rules.rule import Report, Rule
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        subject = condition.subject
        if not subject or subject.quote or not subject.name:
            continue
        quote, span = subject.name[0], subject.name_span
        if quote in "`\"'" and quote not in subject.name[1:]:
            fix = Fix(f"Close the key with {quote}", [Edit(span.end, span.end, quote)])
            yield Report(span, f"The key that begins with {quote} is never closed.", fix)


RULE = Rule(
    code="MLQ205",
    name="unclosed-key-quote",
    severity="error",
    summary="A quoted key is never closed",
    why="""A key in backticks needs both of them; the dot and the prefix stand outside.""",
    wrong="""\
metrics.`val acc > 0.9
        ^^^^^^^^""",
    right="metrics.`val acc` > 0.9",
    check=check,
)
