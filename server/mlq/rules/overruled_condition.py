"""MLQ520: a condition that MLflow drops for a later one."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.findings import Fix
from mlq.rules.rule import Report, Rule
from mlq.rules.topics import keeps_last, removals, topics
from mlq.semantics.meaning import Condition, Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    for topic, conditions in topics(meaning).items():
        if not keeps_last(topic, meaning.dialect):
            continue
        equals = [each for each in conditions if each.operator and each.operator.name == "="]
        overruled = [each for each in equals[:-1] if _text(each) != _text(equals[-1])]
        fixes = removals("Remove the condition", overruled, meaning) if overruled else {}
        for condition in overruled:
            span = condition.clause.span
            message = (
                f"MLflow drops this for {equals[-1].clause.span.of(meaning.text)}: only the last one counts."
            )
            fix = fixes.get(span.start)
            yield Report(span, message, Fix(fix.title, fix.edits, safe=False) if fix else None)


def _text(condition: Condition) -> str:
    return condition.value.content if condition.value else ""


RULE = Rule(
    code="MLQ520",
    name="overruled-condition",
    severity="warning",
    summary="Several runs are asked for, and only the last one counts",
    why="""MLflow looks up the run of a trace apart from all other conditions, and remembers only one. Two
runs take two searches.""",
    wrong="""\
run_id = 'a1' AND run_id = 'b2'
^^^^^^^^^^^^^""",
    right="run_id = 'b2'",
    check=check,
    entity="traces",
    signs=lambda dialect: ("RUN",) if dialect.syntax.routes else None,
    compares=True,
)
