"""Whether another MLflow runs what the one that judges refuses, and which part of the text it is about."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.dialect import Dialect
from mlq_grammar.spans import Span
from mlq_grammar.tree import Operator
from mlq_grammar.verdict import Verdict, judge

from mlq.findings import Edit, Finding, Fix, apply
from mlq.rules import needs_newer_mlflow, needs_newer_sqlparse, needs_older_mlflow, needs_older_sqlparse
from mlq.rules.other_sqlparses import running
from mlq.rules.version_differences import Other, differing, others
from mlq.semantics import nouns
from mlq.semantics.meaning import Condition, Meaning, Subject, Value, resolve

# Longer ones are no search of a person's, and to judge them once for each version takes long.
_MAX_LENGTH = 5_000
_MANY = 1_000
_LONGEST_SHOWN = 40
_NOUNS = {"metric": "a metric", "parameter": "a param", "tag": "a tag"}


def absent(text: str, dialect: Dialect) -> Finding:
    """Return the finding on a filter of a search that this MLflow does not have."""
    newer = others(dialect.entity, dialect.mlflow_version, dialect.sqlparse_version)
    search = f"The search of {nouns.plural(dialect.entity)}"
    message = f"{search}: MLflow {dialect.mlflow_version} has none; since {newer[0].limit}."
    rule = needs_newer_mlflow.RULE
    return Finding(rule.code, rule.severity, message, 0, len(text), [], rule.url)


def instead(text: str, refused: Verdict, meaning: Meaning) -> Finding | None:
    """Return the finding on a refused text that another MLflow runs, in its offsets; None where none does.

    `meaning` has the conditions of the text; it may be a part of a filter.
    """
    dialect = meaning.dialect
    found = _elsewhere(text, meaning)
    if found is None:  # How many clauses are too many is not up to sqlparse.
        return None if refused.is_size else _with_other_sqlparse(text, refused, dialect)
    place, what = _cause(text, dialect, found.dialect, refused)
    history = f"since {found.limit}" if found.is_newer else f"it ran before {found.limit}"
    message = f"{what}: MLflow {dialect.mlflow_version} refuses it; {history}."
    rule = needs_newer_mlflow.RULE if found.is_newer else needs_older_mlflow.RULE
    fixes = [] if found.is_newer else list(_whole(text, place, dialect))
    return Finding(rule.code, rule.severity, message, place.start, place.end, fixes, rule.url)


def _with_other_sqlparse(text: str, refused: Verdict, dialect: Dialect) -> Finding | None:
    """Return the finding on a text that only the sqlparse beside this MLflow is too old or too new for."""
    found = running(text, dialect)
    if found is None:
        return None
    place, what = _cause(text, dialect, found.dialect, refused)
    here = f"MLflow {dialect.mlflow_version} with sqlparse {dialect.sqlparse_version}"
    history = f"since sqlparse {found.limit}" if found.is_newer else f"it ran before sqlparse {found.limit}"
    message = f"{what}: {here} refuses it; {history}."
    rule = needs_newer_sqlparse.RULE if found.is_newer else needs_older_sqlparse.RULE
    return Finding(rule.code, rule.severity, message, place.start, place.end, [], rule.url)


def _whole(text: str, place: Span, dialect: Dialect) -> Iterator[Fix]:
    """Write `5.0` as `5`, where MLflow takes that: since 3.17 several numbers have to be whole."""
    try:
        number = float(place.of(text).strip("'\""))
        edit = Edit(place.start, place.end, str(int(number)))
    except (ValueError, OverflowError):
        return
    if number == int(number) and judge(apply([edit], text), dialect).ok:
        yield Fix("Write it whole", [edit])


def _elsewhere(text: str, meaning: Meaning) -> Other | None:
    """Return the next newer MLflow that runs a text, else the last older one; None where none does."""
    if len(text) > _MAX_LENGTH or not meaning.dialect.exists:
        return None
    return next((other for other in _candidates(text, meaning) if judge(text, other.dialect).ok), None)


def _candidates(text: str, meaning: Meaning) -> tuple[Other, ...]:
    conditions, dialect = meaning.conditions, meaning.dialect
    if len(conditions) > 1:
        return others(dialect.entity, dialect.mlflow_version, dialect.sqlparse_version)
    subject = conditions[0].subject if conditions and conditions[0].operator else None
    return differing(text, subject, dialect) if subject else ()


def _cause(text: str, here: Dialect, there: Dialect, refused: Verdict) -> tuple[Span, str]:
    """Return the part of a condition that only the other MLflow takes, and what to call it."""
    place = refused.span or Span(0, len(text))
    ours, theirs = resolve(text, here).conditions, resolve(text, there).conditions
    if len(ours) != 1 or len(theirs) != 1:
        return place, "This combination"
    operator = ours[0].operator
    if operator and operator.name.endswith("NULL") and there.syntax.joins and not here.syntax.joins:
        place = operator.span  # to an old sqlparse no clause at all
    return (
        _of_key(ours[0], theirs[0], is_prefix=_opened(theirs[0], here, there))
        or _of_operator(text, ours[0], theirs[0], place)
        or _of_value(ours[0], place)
        or _of_spelling(text, ours[0], place)
        or (place, "This condition")
    )


def _opened(theirs: Condition, here: Dialect, there: Dialect) -> bool:
    """Whether a prefix and the key behind it came with the same release, or went with it."""
    prefix = theirs.subject.prefix.strip("`") if theirs.subject else ""
    known = (other.dialect for other in others(here.entity, here.mlflow_version, here.sqlparse_version))
    first = next((dialect for dialect in known if dialect.family(prefix)), there)
    return first.mlflow_version == there.mlflow_version


def _of_key(ours: Condition, theirs: Condition, *, is_prefix: bool) -> tuple[Span, str] | None:
    left, known = ours.subject, theirs.subject
    if not left or not known:
        return None
    if known.family and not left.family and is_prefix:
        return left.prefix_span, f"The prefix `{left.prefix}`"
    if known.key and not left.key:
        return (left.name_span if left.family else left.span), f"The key `{left.label}`"
    return None


def _of_operator(text: str, ours: Condition, theirs: Condition, place: Span) -> tuple[Span, str] | None:
    operator, subject = ours.operator, ours.subject
    if not operator or not subject:
        return None
    is_new = theirs.operator_fits and not ours.operator_fits
    if is_new or (place != ours.clause.span and operator.span.start <= place.start < operator.span.end):
        return operator.span, f"{_spelling(operator, text)} on {_noun(subject)}"
    return None


def _of_value(ours: Condition, place: Span) -> tuple[Span, str] | None:
    value, subject = ours.value, ours.subject
    if not value or not subject or not value.span.overlaps(place):
        return None
    return value.span, f"{_kind(value)} for {_noun(subject)}"


def _of_spelling(text: str, ours: Condition, place: Span) -> tuple[Span, str] | None:
    subject = ours.subject
    if not subject or subject.key is None or not subject.span.overlaps(place):
        return None
    return subject.name_span, f"The key `{subject.span.of(text)}`"


def _spelling(operator: Operator, text: str) -> str:
    """Name an operator: as it is written where the case of its letters is what matters."""
    written = operator.span.of(text)
    return operator.name if written.upper() == written else f"`{written}`"


def _noun(subject: Subject) -> str:
    kind = subject.family.type if subject.family and subject.family.keys is None else ""
    return _NOUNS.get(kind, f"`{subject.label}`")


def _kind(value: Value) -> str:
    if len(value.items) > _MANY:
        return f"A list of {len(value.items):,}"
    if value.kind == "list" or len(value.text) > _LONGEST_SHOWN:
        return "Such a list" if value.kind == "list" else "Such a value"
    return f"The {'number' if value.kind == 'number' else 'value'} `{value.text}`"
