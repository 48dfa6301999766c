"""Which releases of MLflow run a filter, and the same filter in a form that all of them run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Literal

from mlq_grammar.dialect import Dialect, Key, changes, load
from mlq_grammar.releases import NEWEST, numbers
from mlq_grammar.verdict import Ran, conditions
from mlq_grammar.verdict import judge as judge_filter

from mlq.findings import Edit, apply
from mlq.ide.check import Judge
from mlq.semantics.meaning import Condition, Subject, Value, resolve

Answer = Literal["runs", "refuses", "absent"]

_LONGEST = 5_000
_MOST_CONDITIONS = 30
_MOST_FORMS = 200  # of one condition


@dataclass(frozen=True, slots=True)
class Release:
    """What MLflow answers from this release on; `absent` where it has no such search yet."""

    version: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Rewriting:
    """The filter as all releases run it; `hindrances` are the conditions that have no such form."""

    text: str | None
    hindrances: tuple[str, ...] = ()


def releases(text: str, entity: str, judge: Judge) -> tuple[Release, ...]:
    """Return the answers of the releases that changed a search, and of the one asked for, in their order."""
    ours = judge.mlflow_version or NEWEST
    dialects = {version: load(entity, version) for version in (*changes(entity), NEWEST)}
    dialects[ours] = load(entity, ours, judge.sqlparse_version)
    return tuple(
        Release(version, _answer(text, dialects[version])) for version in sorted(dialects, key=numbers)
    )


def _answer(text: str, dialect: Dialect) -> Answer:
    if not dialect.exists:
        return "absent"
    return "runs" if judge_filter(text, dialect).ok else "refuses"


def rewritten(text: str, dialect: Dialect) -> Rewriting | None:
    """Return how to write a filter that only some releases run; None where that is no question.

    `dialect` is of a release that runs it. What is written means the same to every release, as MLflow's
    own parser and store have it.
    """
    wanted = conditions(text, dialect)
    others = [load(dialect.entity, version) for version in {*changes(dialect.entity), NEWEST}]
    others = [other for other in others if other.exists]
    if not wanted or len(text) > _LONGEST or all(judge_filter(text, other).ok for other in others):
        return None
    read = resolve(text, dialect).conditions
    if len(read) != len(wanted) or len(read) > _MOST_CONDITIONS:
        return Rewriting(None)
    edits, hindrances = [], []
    for condition in read:
        span = condition.clause.span
        form = _form(span.of(text), dialect, others)
        if form is None:
            hindrances.append(span.of(text))
        else:
            edits.append(Edit(*span, form))
    mended = apply(edits, text)
    if hindrances or not _means(mended, wanted, others):
        return Rewriting(None, tuple(hindrances))
    return Rewriting(mended)


def _form(text: str, dialect: Dialect, others: list[Dialect]) -> str | None:
    """Return the form of a condition that all releases run, as it is where they do."""
    wanted = conditions(text, dialect)
    if wanted is None:
        return None
    [condition] = resolve(text, dialect).conditions
    forms = dict.fromkeys((text, *islice(_forms(text, condition), _MOST_FORMS)))
    return next((form for form in forms if _means(form, wanted, others)), None)


def _means(text: str, wanted: tuple[Ran, ...], others: list[Dialect]) -> bool:
    """Whether all releases run a text, and look for what is wanted."""
    meant = tuple(map(_alike, wanted))
    read = (conditions(text, other) for other in others)
    return all(found is not None and tuple(map(_alike, found)) == meant for found in read)


def _alike(ran: Ran) -> Ran:
    """Return one form of what means the same."""
    value, comparator = ran.value, ran.comparator
    if isinstance(value, tuple) and len(value) == 1 and comparator in _SINGLE:
        [value], comparator = value, _SINGLE[comparator]
    if comparator == "IS NOT NULL" and ran.type in ("tag", "parameter"):
        comparator, value = "LIKE", "%"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return Ran(ran.type, ran.name, comparator, value)


_SINGLE = {"IN": "=", "NOT IN": "!="}


def _forms(text: str, condition: Condition) -> Iterator[str]:
    """Yield other ways to write a condition, the smallest changes first."""
    subject, operator, value = condition.subject, condition.operator, condition.value
    if not subject or not subject.key or not operator:
        return
    gap = " " if operator.name[:1].isalpha() else text[operator.span.end : value.span.start] if value else ""
    lefts = dict.fromkeys((subject.span.of(text), *_lefts(subject, subject.key)))
    rights = dict.fromkeys(
        (f"{operator.text}{gap}{value.text}" if value else operator.text, *_rights(condition))
    )
    between = text[subject.span.end : operator.span.start]
    for right, left in product(rights, lefts):
        yield f"{left}{between}{right}"


def _lefts(subject: Subject, key: Key) -> Iterator[str]:
    """Yield the other names of a key behind the other prefixes of its kind."""
    family = subject.family
    if family is None:
        return
    written = subject.name if not subject.quote else f"{subject.quote}{subject.name}{subject.quote}"
    names = [written, *((key.name, *key.aliases) if key.name and not key.is_prefix else ())]
    for name in dict.fromkeys(names):
        if family.is_bare:
            yield name
        yield from (f"{prefix}.{name}" for prefix in family.prefixes)
    if subject.quote:
        yield from (f"{subject.prefix}.{quote}{subject.name}{quote}" for quote in '`"')


def _rights(condition: Condition) -> Iterator[str]:
    """Yield the other spellings of an operator and its value."""
    operator, value = condition.operator, condition.value
    if operator is None:
        return
    if value is None:
        yield operator.name
        if operator.name == "IS NOT NULL":
            yield "LIKE '%'"
        return
    for written in dict.fromkeys((value.text, *_values(value))):
        yield f"{operator.name} {written}"
        if value.kind == "list" and len(value.items) == 1 and operator.name in _SINGLE:
            yield f"{_SINGLE[operator.name]} {value.items[0].text}"


def _values(value: Value) -> Iterator[str]:
    """Yield a value in single quotes, a list without a comma at its end, a number that is whole."""
    if value.kind == "list":
        items = [_single_quoted(item.text) for item in value.items]
        yield f"({', '.join(items)})"
    elif value.kind == "text":
        yield _single_quoted(value.text)
    elif value.kind == "number":
        number = float(value.text)
        if number.is_integer():
            yield str(int(number))


def _single_quoted(text: str) -> str:
    return f"'{text[1:-1]}'" if text[:1] == '"' and "'" not in text else text
