"""MLQ509: conditions that nothing can meet together."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.findings import Edit, Fix
from mlq.rules.allowed import Allowed, allowed
from mlq.rules.rule import Report, Rule
from mlq.rules.topics import is_single, removals, topics
from mlq.semantics.meaning import Condition, Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    for topic, conditions in topics(meaning).items():
        if not is_single(topic, meaning.dialect):
            continue
        pair = _conflict(conditions)
        if pair:
            first, second = pair
            said = first.clause.span.of(meaning.text)
            message = f"Nothing meets both this and {said}: the search finds nothing."
            yield Report(second.clause.span, message, _as_list(first, second, meaning))


def _conflict(conditions: list[Condition]) -> tuple[Condition, Condition] | None:
    """Return the first condition that leaves nothing, behind one that it conflicts with."""
    left: Allowed | None = None
    known: list[tuple[Condition, Allowed]] = []
    for condition in conditions:
        own = allowed(condition)
        if own is None:
            continue
        left = left.both(own) if left else own
        if left.is_empty:
            return next(((other, condition) for other, its in known if its.both(own).is_empty), None)
        known.append((condition, own))
    return None


def _as_list(first: Condition, second: Condition, meaning: Meaning) -> Fix | None:
    """Make one IN of two `=`: whoever writes them means one or the other."""
    key = first.subject.key if first.subject else None
    values = (first.value, second.value)
    operators = (first.operator, second.operator)
    if not key or "IN" not in key.comparators or any(each is None or each.name != "=" for each in operators):
        return None
    removal = removals("", [second], meaning).get(second.clause.span.start)
    if removal is None or not first.operator or not values[0] or not values[1]:
        return None
    place = first.operator.span.joined(values[0].span)
    space = "" if meaning.text[place.start - 1].isspace() else " "
    written = f"{space}IN ({values[0].text}, {values[1].text})"
    return Fix("Write IN, for one or the other", [Edit(*place, written), *removal.edits], safe=False)


RULE = Rule(
    code="MLQ509",
    name="contradiction",
    severity="warning",
    summary="Two conditions exclude each other",
    why="""All conditions of a filter must hold at once, and a run has one value of a key, so nothing is
found. MLflow has no OR: where a key takes IN, a list says one or the other; else it takes two searches.""",
    wrong="""\
run_id = 'a1' AND run_id = 'b2'
                  ^^^^^^^^^^^^^""",
    right="run_id IN ('a1', 'b2')",
    check=check,
    compares=True,
)
