"""MLQ503: a quote that is doubled or escaped in a string."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.findings import Fix
from mlq.keys.quoting import write_value
from mlq.rules.rule import Report, Rule, replace
from mlq.semantics.meaning import Meaning, Value, conditions_with


def check(meaning: Meaning) -> Iterator[Report]:
    for _, _, _, value in conditions_with(meaning, "text"):
        quote = value.text[0]
        for escape in (quote * 2, f"\\{quote}"):
            if escape in value.content:
                message = f"MLflow undoes no escape: this string holds {escape} as it stands."
                yield Report(value.span, message, _fix(value, escape, quote))
                break


def _fix(value: Value, escape: str, quote: str) -> Fix | None:
    written = write_value(value.content.replace(escape, quote))
    return replace(f"Quote with {written[0]}", value.span, written) if written else None


RULE = Rule(
    code="MLQ503",
    name="escape-in-string",
    severity="warning",
    summary="A quote is escaped in a string, where MLflow has no escapes",
    why="""`''` and `\\\\'` do not end the string, so the filter runs, but both characters stay in the
value, and nothing is found. A text with an apostrophe goes into double quotes.""",
    wrong="""\
tags.owner = 'Bob''s'
             ^^^^^^^^""",
    right="""tags.owner = "Bob's\"""",
    check=check,
    signs=lambda _: ("\\", "''", '""'),
    may_be_plain=False,
)
