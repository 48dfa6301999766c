"""MLQ407: an operator that MLflow has, but not for this kind of key."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.dialect import Key
from mlq_grammar.tree import AtomKind, Operator

from mlq.findings import Edit, Fix
from mlq.rules.rule import Report, Rule, when
from mlq.rules.unknown_operator import check as unknown_operators
from mlq.rules.writing import listed
from mlq.semantics.meaning import Condition, Meaning, Subject
from mlq.semantics.traits import Trait

_NOUNS = {
    "metric": "Metrics are numbers",
    "parameter": "Params are text",
    "tag": "Tags are text",
    "attribute": "This attribute is {}",
    "dataset": "Dataset keys are text",
}


def check(meaning: Meaning) -> Iterator[Report]:
    unknown = {report.span for report in unknown_operators(meaning)}
    for condition in meaning.conditions:
        subject, operator = condition.subject, condition.operator
        if (
            not subject
            or not subject.key
            or not operator
            or operator.span in unknown
            or condition.operator_fits
        ):
            continue
        if (
            operator.name.endswith("NULL")
            or "BETWEEN" in operator.name
            or len(condition.clause.comparisons) > 1
        ):
            continue
        yield _report(condition, subject, subject.key, operator)


def _report(condition: Condition, subject: Subject, key: Key, operator: Operator) -> Report:
    kind = subject.family.type if subject.family else ""
    noun = _NOUNS.get(kind, "This key is {}").format("a number" if key.value == "number" else "text")
    known = listed([name for name in key.comparators if not name.endswith("NULL")])
    message = f"{noun}: {subject.label} cannot be compared with {operator.name}, only with {known}."
    return Report(operator.span, message, _equality(condition, operator, key))


def _equality(condition: Condition, operator: Operator, key: Key) -> Fix | None:
    """Write a list of one as an equality."""
    value = condition.value
    if operator.name not in {"IN", "NOT IN"} or not value or value.kind != "list" or len(value.items) != 1:
        return None
    item = value.items[0]
    wanted = {AtomKind.STRING, AtomKind.SYMBOL} if key.value == "text" else {AtomKind.NUMBER}
    if item.kind not in wanted:
        return None
    sign = "=" if operator.name == "IN" else "!="
    edits = [
        Edit(operator.span.start, operator.span.end, sign),
        Edit(value.span.start, value.span.end, item.text),
    ]
    return Fix(f"Use {sign}", edits)


RULE = Rule(
    code="MLQ407",
    name="operator-not-for-key",
    severity="error",
    summary="An operator is not to be had for this kind of key",
    why="""Metrics and times are numbers: they take `=`, `!=`, `<`, `<=`, `>` and `>=`. Params, tags and
the other attributes are text: they take `=`, `!=`, `LIKE` and `ILIKE`, and have no order, so that
`params.lr > '0.1'` is refused. `IN` is there for `run_id` and the datasets alone. What is to be ordered
must be logged as a metric.""",
    wrong="""\
params.learning_rate > '0.1'
                     ^""",
    right="metrics.learning_rate > 0.1",
    check=check,
    signs=when(Trait.MISFIT),
)
