"""What is known of a key or an operator: how it compares, how many runs have it, with which values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq_grammar import sqlparse

from mlq.ide.markdown import code, plural
from mlq.ide.matching import about_filter, how_many
from mlq.ide.model import Hover
from mlq.ide.prose import about
from mlq.ide.prose import operator as about_operator
from mlq.keys.index import NO_KEYS, KeyIndex
from mlq.keys.table import KeyInfo
from mlq.semantics.meaning import Condition, Subject, resolve
from mlq.semantics.nouns import plural as plural_of
from mlq.semantics.nouns import singular

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlq_grammar.dialect import Dialect, Family, Key
    from mlq_grammar.tree import Operator

    from mlq.rules.matches.matched import Matched

_MOST_VALUES = 10
# An empty step, then eighths of the fullest one.
_BARS = " ▁▂▃▄▅▆▇█"


def hover(
    text: str,
    offset: int,
    dialect: Dialect,
    known: KeyIndex = NO_KEYS,
    why: str = "",
    matched: Matched | None = None,
) -> Hover | None:
    """Return what is known of the thing at an offset of a filter, the span being the filter's.

    That is a key, an operator or, elsewhere, the whole filter, of which `matched` tells how many it matches.
    `why` says where the version of the dialect is from.
    """
    return _with_judge(_with_count(_on_part(text, offset, dialect, known), matched), dialect, why)


def _on_part(text: str, offset: int, dialect: Dialect, known: KeyIndex) -> Hover | None:
    for condition in resolve(text, dialect).conditions:
        subject, operator = condition.subject, condition.operator
        if subject and subject.span.touches(offset):
            return _on_key(subject, dialect, known)
        if operator and operator.span.touches(offset):
            return _on_operator(operator, condition, dialect)
    return None


def _on_operator(operator: Operator, condition: Condition, dialect: Dialect) -> Hover | None:
    key = condition.subject.key if condition.subject else None
    prose = about_operator(operator.name, dialect.entity, key)
    lines = _operator(operator.name, prose, condition)
    return Hover(operator.span, "\n\n".join(lines)) if prose else None


def _on_key(subject: Subject, dialect: Dialect, known: KeyIndex) -> Hover | None:
    if subject.family is None or subject.key is None or subject.is_expression:
        return None
    lines = [*_key(subject, subject.family, subject.key, dialect)]
    lines += _seen(subject, subject.family, known, singular(dialect.entity))
    return Hover(subject.span, "\n\n".join(lines))


def _key(subject: Subject, family: Family, key: Key, dialect: Dialect) -> Iterator[str]:
    yield f"{code(subject.label)} {family.type}, compared as {key.value}"
    if prose := about(dialect.entity, family.type, key.name):
        yield prose
    yield "Operators: " + " ".join(code(comparator) for comparator in key.comparators)
    if key.values:
        yield "Values: " + ", ".join(code(f"'{value}'") for value in key.values)


def _seen(subject: Subject, family: Family, known: KeyIndex, noun: str) -> Iterator[str]:
    info = known.keys(family.type).get(subject.name)
    if not known.seen:
        return
    looked_at = plural(known.seen, noun) if known.complete else f"the newest {plural(known.seen, noun)}"
    if info:
        yield f"{info.count} of {looked_at} have it."
        yield from _values(info)
        yield from _numbers(info)
    elif family.keys is None:
        yield f"None of {looked_at} has it."
    if known.source and (info or family.keys is None):
        yield f"Store: {code(known.source)}"


def _values(info: KeyInfo) -> Iterator[str]:
    if info.values:
        more = ", …" if len(info.values) > _MOST_VALUES else ""
        yield "Most used values: " + ", ".join(code(value) for value in info.values[:_MOST_VALUES]) + more


def _numbers(info: KeyInfo) -> Iterator[str]:
    if info.numbers:
        least, median, greatest, latest, histogram = info.numbers
        bars = "".join(_BARS[-(-count * (len(_BARS) - 1) // max(histogram))] for count in histogram)
        yield f"From {least:.6g} to {greatest:.6g}, median {median:.6g}, latest {latest:.6g}: {code(bars)}"


def _operator(name: str, prose: str, condition: Condition) -> Iterator[str]:
    yield f"{code(name)} {prose}"
    subject = condition.subject
    if subject and subject.key and not condition.operator_fits:
        allowed = " ".join(code(comparator) for comparator in subject.key.comparators)
        yield f"MLflow does not take it for {code(subject.label)}, only {allowed}"


def _with_count(found: Hover | None, matched: Matched | None) -> Hover | None:
    if matched is None:
        return found
    if found is None:
        return about_filter(matched)
    count = how_many(matched)
    return Hover(found.span, f"{found.markdown}\n\n{count}") if count else found


def _with_judge(found: Hover | None, dialect: Dialect, why: str) -> Hover | None:
    if found is None:
        return None
    judge = dialect.mlflow_version
    if dialect.sqlparse_version != sqlparse.NEWEST:
        judge += f" with sqlparse {dialect.sqlparse_version}"
    judge += f", {why}," if why else ""
    line = f"*As MLflow {judge} searches {plural_of(dialect.entity)}.*"
    return Hover(found.span, f"{found.markdown}\n\n{line}")
