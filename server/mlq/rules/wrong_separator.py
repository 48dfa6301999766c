"""MLQ110: conditions joined by a comma or an ampersand."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.messages import SyntaxKind
from mlq_grammar.spans import Span

from mlq.rules.rule import Report, Rule, replace
from mlq.rules.syntax import faults
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    for span in faults(meaning, SyntaxKind.SEPARATOR):
        yield Report(
            span,
            f"MLflow joins conditions by AND, not by {span.of(meaning.text)}",
            replace("Use AND", span, _spaced("AND", span, meaning.text)),
        )


def _spaced(word: str, span: Span, text: str) -> str:
    before = "" if text[: span.start][-1:].isspace() else " "
    after = "" if text[span.end :][:1].isspace() else " "
    return f"{before}{word}{after}"


RULE = Rule(
    code="MLQ110",
    name="wrong-separator",
    severity="error",
    summary="Conditions are joined by something else than AND",
    why="""AND, in any case, is the only word that joins conditions; `&&`, `&` and a comma are refused.""",
    wrong="""\
metrics.auc > 0.9 && params.model = 'xgboost'
                  ^^""",
    right="metrics.auc > 0.9 AND params.model = 'xgboost'",
    check=check,
)
