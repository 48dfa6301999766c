"""MLQ519: a key that means another one, whatever its prefix."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.dialect import Dialect

from mlq.findings import Edit, Fix
from mlq.rules.rule import Report, Rule
from mlq.rules.topics import route_of
from mlq.semantics.meaning import Meaning, Subject

_BARE = {"text": "trace.text"}


def check(meaning: Meaning) -> Iterator[Report]:
    for condition in meaning.conditions:
        subject = condition.subject
        if not subject or not subject.family or subject.family.is_bare or not condition.operator:
            continue
        route = route_of(subject, meaning.dialect)
        if route:
            yield _report(subject, route, meaning)


def _report(subject: Subject, route: tuple[str, str, str], meaning: Meaning) -> Report:
    key, type_, name = route
    if not type_:
        return Report(
            subject.span, f"MLflow looks for {subject.prefix}.{name} here, not for {subject.label}."
        )
    written = _BARE.get(key, key)
    message = f"MLflow looks for the {key} of {meaning.noun} here: {subject.label} itself cannot be searched."
    fix = Fix(f"Write {written}", [Edit(*subject.span, written)], safe=False)
    return Report(subject.span, message, fix)


def signs(dialect: Dialect) -> tuple[str, ...] | None:
    return tuple(key.upper() for key, _, _ in dialect.syntax.routes) or None


RULE = Rule(
    code="MLQ519",
    name="rerouted-key",
    severity="warning",
    summary="A key behind a prefix means something else",
    why="""On traces some names mean the same behind every prefix but `span`, in any case: `name` the name
of the trace, `run_id` the run that made it, `prompt`, `text`, and the times. A tag or a feedback of such a
name cannot be searched.""",
    wrong="""\
tags.run_id = 'a1'
^^^^^^^^^^^""",
    right="run_id = 'a1'",
    check=check,
    entity="traces",
    signs=signs,
)
