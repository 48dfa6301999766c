"""MLQ201: a string whose closing quote is missing."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind
from mlq_grammar.spans import Span

from mlq.findings import Edit, Fix
from mlq.rules.rule import Report, Rule, replace, when
from mlq.rules.syntax import faults
from mlq.rules.writing import is_number
from mlq.semantics.meaning import Meaning, Value
from mlq.semantics.traits import Trait

_OPENINGS = "'\"“‘„«"


def check(meaning: Meaning) -> Iterator[Report]:
    for span in faults(meaning, SyntaxKind.OPEN_STRING):
        text = span.of(meaning.text)
        yield Report(
            span, f"The string that begins with {text[0]} is never closed.", _closed(meaning, span, text)
        )
    for condition in meaning.conditions:
        value = condition.value
        if value and not value.is_whole and value.kind == "text" and value.text[0] not in _OPENINGS:
            message = f"The string that ends with {value.text[-1]} is never opened."
            yield Report(value.span, message, _opened(meaning, value))


def _closed(meaning: Meaning, span: Span, text: str) -> Fix | None:
    quote, content = text[0], text[1:]
    if _is_number_wanted(meaning, span):
        return replace("Remove the quote", span, content) if is_number(content) else None
    if quote in content or content.endswith("\\"):
        return None
    # Where text follows, the place of the missing quote is likely, not certain.
    is_last = not meaning.text[span.end :].strip()
    return Fix(f"Close the string with {quote}", [Edit(span.end, span.end, quote)], safe=is_last)


def _opened(meaning: Meaning, value: Value) -> Fix | None:
    quote, span = value.text[-1], value.span
    if _is_number_wanted(meaning, span):
        return replace("Remove the quote", span, value.content) if is_number(value.content) else None
    if quote in value.content:
        return None
    return Fix(f"Open the string with {quote}", [Edit(span.start, span.start, quote)])


def _is_number_wanted(meaning: Meaning, span: Span) -> bool:
    return any(
        condition.subject and condition.subject.key and condition.subject.key.value == "number"
        for condition in meaning.conditions
        if condition.value and condition.value.span == span
    )


RULE = Rule(
    code="MLQ201",
    name="unclosed-quote",
    severity="error",
    summary="A string is never closed",
    why="""Without its closing quote the string runs on to the next quote of its kind, or is no string
at all; either way MLflow refuses the whole filter and does not say where.""",
    wrong="""\
params.model = 'xgboost
               ^^^^^^^^""",
    right="params.model = 'xgboost'",
    check=check,
    signs=when(SyntaxKind.OPEN_STRING, Trait.BROKEN),
)
