"""Which conditions of a filter speak of the same thing, for the rules that compare them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mlq_grammar.dialect import Dialect, Key

from mlq.findings import Edit, Fix
from mlq.semantics.meaning import Condition, Meaning, Subject

# Of these, one run, trace or model has several, and each condition may be met by another of them.
_SEVERAL = frozenset(
    {
        ("runs", "dataset"),
        ("traces", "span"),
        ("traces", "feedback"),
        ("traces", "expectation"),
        ("traces", "issue"),
        ("logged_models", "metrics"),
        ("skills", "attribute"),
    }
)
# The second of these is the same in any case.
_SEVERAL_KEYS = frozenset({("traces", "mlflow.linkedPrompts"), ("mcp_servers", "has_access_endpoints")})


class Topic(NamedTuple):
    """A key as MLflow reads it: its family's type and its name, aliases and routes resolved."""

    type: str
    name: str


def topics(meaning: Meaning) -> dict[Topic, list[Condition]]:
    """Return the conditions of each key that has several, in the order of the text."""
    if len(meaning.conditions) < 2 or _are_distinct(meaning) or meaning.parse.errors:
        return {}
    found: dict[Topic, list[Condition]] = {}
    for condition in meaning.conditions:
        if condition.subject and condition.operator and condition.operator_fits:
            found.setdefault(topic(condition.subject, meaning.dialect), []).append(condition)
    return {each: conditions for each, conditions in found.items() if len(conditions) > 1}


def _are_distinct(meaning: Meaning) -> bool:
    """Whether all conditions clearly have keys of their own, as they nearly always have."""
    if meaning.dialect.syntax.routes:
        return False
    subjects = [each.subject for each in meaning.conditions if each.subject]
    names = {each.key.name or each.name if each.key else each.name for each in subjects}
    return len(names) == len(subjects)


def topic(subject: Subject, dialect: Dialect) -> Topic:
    """Return what MLflow reads a known key as."""
    type_ = subject.family.type if subject.family else ""
    route = route_of(subject, dialect)
    if route:
        return Topic(route[1] or type_, route[2])
    key = subject.key
    named = key is not None and key.name and not key.is_prefix
    if named and key:
        return Topic(type_, key.name)
    kept = subject.quote if keeps_quotes(subject, dialect) else ""
    return Topic(type_, f"{kept}{subject.name}{kept}")


def route_of(subject: Subject, dialect: Dialect) -> tuple[str, str, str] | None:
    """Return the row of the dialect by which a key means one of another family: key, type, name."""
    if not dialect.syntax.routes or subject.family is None or subject.family.stage == "clause":
        return None
    name = subject.name.lower()
    return next((route for route in dialect.syntax.routes if route[0] == name), None)


def keeps_quotes(subject: Subject, dialect: Dialect) -> bool:
    """Whether MLflow leaves a key's quotes in the key."""
    if not subject.quote:
        return False
    if dialect.syntax.reader == "logged-models":
        return subject.quote != "`"
    return ("backticks" if subject.quote == "`" else "quotes") not in dialect.syntax.strips


def key_of(of: Topic, dialect: Dialect) -> Key | None:
    """Return the key of a topic in the dialect."""
    family = next((family for family in dialect.families if family.type == of.type), None)
    return family.key(of.name) if family else None


def keeps_last(of: Topic, dialect: Dialect) -> bool:
    """Whether MLflow runs only the last of several `=` on a key, which it looks up by other means."""
    key = key_of(of, dialect)
    return key is not None and "=" in key.checks.free


def is_single(of: Topic, dialect: Dialect) -> bool:
    """Whether nothing has two values of a key, so that all conditions speak of the same value."""
    several = (dialect.entity, of.type) in _SEVERAL or (dialect.entity, of.name) in _SEVERAL_KEYS
    return not several and not keeps_last(of, dialect)


def number_of(text: str) -> int | float | None:
    """Return a number as MLflow compares it; None where the text is none."""
    try:
        return int(text) if text.lstrip("-").isdecimal() else float(text)
    except ValueError:
        return None


def removals(title: str, unwanted: Sequence[Condition], meaning: Meaning) -> dict[int, Fix]:
    """Return a fix for each unwanted condition, by where it starts, that removes it with one AND.

    All fixes can be made together, and one condition stays at least. There is none where something else than
    one AND stands on that side.
    """
    clauses = [clause.span for clause in meaning.parse.tree.clauses]
    starts = {condition.clause.span.start for condition in unwanted}
    fixes = {}
    is_first = True
    for index, span in enumerate(clauses):
        if span.start not in starts:
            is_first = False
            continue
        start, end = span
        if is_first and index + 1 < len(clauses):
            end = clauses[index + 1].start
            gap = meaning.text[span.end : end]
        else:
            start = clauses[index - 1].end
            gap = meaning.text[start : span.start]
        if gap.strip().upper() == "AND":
            fixes[span.start] = Fix(title, [Edit(start, end, "")])
    return fixes
