"""MLQ203: typographic quotes."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind

from mlq.keys.quoting import write_value
from mlq.rules.rule import Report, Rule, replace, when
from mlq.rules.syntax import faults
from mlq.semantics.meaning import Meaning

_CURLY = "“”‘’„«»"


def check(meaning: Meaning) -> Iterator[Report]:
    for span in faults(meaning, SyntaxKind.CURLY_QUOTES):
        written = write_value(span.of(meaning.text).strip(_CURLY))
        message = "Typographic quotes make no string. Use ' or \"."
        yield Report(span, message, replace("Use straight quotes", span, written) if written else None)


RULE = Rule(
    code="MLQ203",
    name="curly-quotes",
    severity="error",
    summary="A string stands in typographic quotes",
    why="""Word processors and chat programs turn straight quotes into typographic ones, which MLflow
does not know.""",
    wrong="""\
params.model = ‘xgboost’
               ^^^^^^^^^""",
    right="params.model = 'xgboost'",
    check=check,
    signs=when(SyntaxKind.CURLY_QUOTES),
)
