"""MLQ510: a condition that another one makes needless."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.allowed import Allowed, allowed
from mlq.rules.rule import Report, Rule
from mlq.rules.topics import is_single, removals, topics
from mlq.semantics.meaning import Condition, Meaning

_BOUNDS = frozenset({">", ">=", "<", "<="})


def check(meaning: Meaning) -> Iterator[Report]:
    needless: list[tuple[Condition, Condition]] = []
    for topic, conditions in topics(meaning).items():
        distinct = list(_distinct(conditions, needless))
        if is_single(topic, meaning.dialect):
            _compare_bounds(distinct, needless)
    if not needless:
        return
    fixes = removals("Remove the condition", [condition for condition, _ in needless], meaning)
    for condition, other in sorted(needless, key=lambda pair: pair[0].clause.span):
        span, said = condition.clause.span, other.clause.span.of(meaning.text)
        message = f"This says no more than {said} does."
        yield Report(span, message, fixes.get(span.start))


def _distinct(
    conditions: list[Condition], needless: list[tuple[Condition, Condition]]
) -> Iterator[Condition]:
    """Yield the conditions that are not repeated."""
    seen: dict[tuple[str, str], Condition] = {}
    for condition in conditions:
        operator, value = condition.operator, condition.value
        said = (operator.name if operator else "", value.text if value else "")
        if said in seen:
            needless.append((condition, seen[said]))
        else:
            seen[said] = condition
            yield condition


def _compare_bounds(conditions: list[Condition], needless: list[tuple[Condition, Condition]]) -> None:
    """Keep the narrower of two bounds on the same side."""
    best: dict[str, tuple[Condition, Allowed]] = {}
    for condition in conditions:
        operator = condition.operator.name if condition.operator else ""
        own = allowed(condition) if operator in _BOUNDS else None
        if own is None:
            continue
        known = best.get(operator[0])
        if known is None:
            best[operator[0]] = (condition, own)
        elif known[1].both(own) == known[1]:
            needless.append((condition, known[0]))
        else:
            needless.append((known[0], condition))
            best[operator[0]] = (condition, own)


RULE = Rule(
    code="MLQ510",
    name="repeated-condition",
    severity="information",
    summary="A condition is said by another one",
    why="""A condition that stands twice, or a bound beside a narrower one, changes nothing but the time that
the search takes. Often one of the two was meant for another key.""",
    wrong="""\
metrics.auc > 0.9 AND metrics.auc > 0.9
                      ^^^^^^^^^^^^^^^^^""",
    right="metrics.auc > 0.9",
    check=check,
    compares=True,
)
