"""MLQ202: a quote inside a string of the same quotes."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind

from mlq.keys.quoting import write_value
from mlq.rules.rule import Report, Rule, replace, when
from mlq.rules.syntax import faults
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    for span in faults(meaning, SyntaxKind.TORN_STRING):
        text = span.of(meaning.text)
        quote, written = text[0], write_value(text[1:-1])
        message = f"The {quote} inside ends this string, and MLflow has no escape for it."
        if written:
            fix = replace(f"Quote with {written[0]}", span, written)
            yield Report(span, f"{message} Use the other kind of quote: {written}.", fix)
        else:
            yield Report(
                span, f"{message} A text with both kinds of quotes cannot be written; try LIKE with _."
            )


RULE = Rule(
    code="MLQ202",
    name="quote-in-string",
    severity="error",
    summary="A string holds a quote of its own kind",
    why="""MLflow undoes no escape: a doubled quote and a backslash stay in the value. A text that holds
an apostrophe goes into double quotes, a text that holds a double quote into single ones. One that holds
both has no literal; `LIKE` with `_` in the place of one quote finds it.""",
    wrong="""\
params.owner = 'Bob's'
               ^^^^^^^""",
    right="""params.owner = "Bob's\"""",
    check=check,
    signs=when(SyntaxKind.TORN_STRING),
)
