"""MLQ115: a number that runs into AND."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.tree import Joint

from mlq.rules.rule import Report, Rule, replace
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    for part in meaning.parse.tree.parts:
        start = part.span.start
        if (
            isinstance(part, Joint)
            and part.kind.value.isalpha()
            and meaning.text[start - 1 : start].isdigit()
        ):
            word = part.span.of(meaning.text)
            fix = replace("Insert a space", part.span, f" {word}")
            yield Report(
                part.span, f"Without a space before {word} MLflow reads it as part of the number.", fix
            )


RULE = Rule(
    code="MLQ115",
    name="missing-space",
    severity="error",
    summary="AND stands right behind a number",
    why="""sqlparse reads `9AND` as one word. Behind a quoted string no space is needed.""",
    wrong="""\
metrics.epochs > 9AND metrics.auc > 0.9
                  ^^^""",
    right="metrics.epochs > 9 AND metrics.auc > 0.9",
    check=check,
)
