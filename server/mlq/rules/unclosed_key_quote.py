"""MLQ205: a quoted key whose closing quote is missing."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.spans import Span

from mlq.findings import Edit, Fix
from mlq.keys.quoting import write_key
from mlq.rules.rule import Report, Rule
from mlq.semantics.meaning import Meaning, is_quoted

_QUOTES = "`\"'"


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        subject = condition.subject
        if not subject or subject.quote or len(subject.name) < 2:
            continue
        first, last, span = subject.name[0], subject.name[-1], subject.name_span
        if first in _QUOTES and first not in subject.name[1:]:
            message = f"The key that begins with {first} is never closed."
            yield Report(span, message, _fix(span, subject.name, first))
        elif last in _QUOTES and not any(quote in subject.name[:-1] for quote in _QUOTES):
            fix = Fix(f"Open the key with {last}", [Edit(span.start, span.start, last)])
            yield Report(span, f"The key that ends with {last} is never opened.", fix)


def _fix(span: Span, name: str, quote: str) -> Fix:
    """Remove a quote that the key does not need, or that another kind stands behind; else close it."""
    if write_key(name[1:]) == name[1:] or is_quoted(name[1:]):
        return Fix(f"Remove {quote}", [Edit(span.start, span.start + 1, "")])
    return Fix(f"Close the key with {quote}", [Edit(span.end, span.end, quote)])


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
