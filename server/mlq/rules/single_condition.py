"""MLQ417: AND, where MLflow takes one condition alone."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.tree import Joint, JointKind

from mlq.rules.rule import Report, Rule
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    message = "A filter of trace metrics is one condition: pass the others as filters of their own."
    for part in meaning.parse.tree.parts:
        if isinstance(part, Joint) and part.kind is JointKind.AND:
            yield Report(part.span, message)


RULE = Rule(
    code="MLQ417",
    name="single-condition",
    severity="error",
    summary="Conditions are joined where MLflow takes one alone",
    why="""The search for trace metrics takes a list of filters, each of which is a single condition.""",
    entity="trace_metrics",
    wrong="""\
trace.status = 'OK' AND span.type = 'LLM'
                    ^^^""",
    right="trace.status = 'OK'",
    check=check,
    signs=lambda dialect: () if "one-clause" in dialect.syntax.steps else None,
)
