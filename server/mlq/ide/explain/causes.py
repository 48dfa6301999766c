"""Which filters MLflow answers with a sentence, and by which rules: tried, and proved by the verdict."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import islice, product

from mlq_grammar.dialect import ENTITIES, Checks, Dialect, Family, OrderBy, Syntax, load
from mlq_grammar.verdict import judge as judge_filter
from mlq_grammar.verdict import judge_order_by

from mlq.findings import Finding
from mlq.ide.check import Judge
from mlq.ide.explain.recognition import Said, recognise_exactly
from mlq.keys.quoting import write_key
from mlq.rules.answers import ANSWERS
from mlq.rules.engine import findings
from mlq.rules.order_by.engine import findings as order_findings
from mlq.rules.page import ALL_RULES, AnyRule, refusal

_COMPARATORS = ("=", ">", "LIKE", "IN", "IS NULL", "IS NOT NULL", "NOT IN", "BETWEEN", "==")
_VALUES = ("'x'", "1", "('x', 'y')", "x", "('a', 1)", "()", "('a' b)", "1.5", "9" * 20)
_SHAPES = (
    *("{left} {comparator}", "{left}", "{left} {comparator} {value} {value}", "{value} {comparator} {left}"),
    *("({left} {comparator} {value})", "NOT {left} {comparator} {value}", "{left} {comparator} {left}"),
    "{left} {comparator} {value} -- {value}",
    "{left} {comparator} {value} OR {left} {comparator} {value}",
)
_MOST_KEYS = 12  # of a closed family that are tried
_LONGEST = 1_000  # of what a sentence names; a whole filter may be longer
_MOST_TRIED = 300  # filters of one search
_MOST_EXAMPLES = 3  # of one search


@dataclass(frozen=True, slots=True)
class Cause:
    """A filter, or `order_by` list, that MLflow answers with the sentence, and why: the findings on it."""

    entity: str
    mlflow_version: str
    asked: str | tuple[object, ...]
    findings: tuple[Finding, ...]


def cause_of(text: str, said: Said, dialect: Dialect, *, is_loose: bool = False) -> Cause | None:
    """Return the cause that a filter is; None where MLflow runs it, or answers with another sentence.

    A loose look takes an answer for the sentence that names other keys and comparators, as other versions do.
    """
    message = judge_filter(text, dialect).message
    if message is None or not _is_answer(message, said, is_loose=is_loose):
        return None
    errors = [finding for finding in findings(text, dialect) if finding.severity == "error"]
    about = [error for error in errors if message in error.message] or errors
    return Cause(dialect.entity, dialect.mlflow_version, text, tuple(about))


def causes(
    said: Said, judge: Judge, entities: Iterable[str] = ENTITIES, *, is_loose: bool = False
) -> list[Cause]:
    """Return small filters and lists that an MLflow answers with the sentence, by the search."""
    if any(len(value) > _LONGEST for name, value in said.facts if name != "filter"):
        return []
    dialects = [load(entity, judge.mlflow_version, judge.sqlparse_version) for entity in entities]
    told = [dialect for dialect in dialects if not _sentences_of(dialect).isdisjoint(said.sentences)]
    # What no table has, a step of the verdict says of any search.
    searched = told or [dialect for dialect in dialects if dialect.exists]
    return [cause for dialect in searched for cause in _of_search(said, dialect, is_loose=is_loose)]


@lru_cache(maxsize=256)
def _sentences_of(dialect: Dialect) -> frozenset[str]:
    """Return the sentences that the table of a search has."""
    if not dialect.exists:
        return frozenset()
    keys = [key for each in dialect.families for key in (each.pattern, *(each.keys or ()), *each.known)]
    checks = [key.checks for key in keys]
    rows: list[Checks | Family | OrderBy | Syntax] = [
        dialect.syntax,
        dialect.order_by,
        *dialect.families,
        *checks,
    ]
    named = [(row, field.name) for row in rows for field in fields(row)]
    return frozenset(
        getattr(row, name) for row, name in named if name.startswith("bad_") or name == "refused"
    )


def rules_with(said: Said) -> list[AnyRule]:
    """Return the rules on whose pages such a sentence stands: those with it as their example's first."""
    by_example = [rule for rule in ALL_RULES if (answer := refusal(rule)) and _names(answer) == said.names]
    listed = [rule for rule in ALL_RULES if not set(said.names).isdisjoint(ANSWERS.get(rule.code, ()))]
    return [*by_example, *(rule for rule in listed if rule not in by_example)]


def _names(message: str) -> tuple[str, ...]:
    found = recognise_exactly(message)
    return found.names if found else ()


def _is_answer(message: str, said: Said, *, is_loose: bool) -> bool:
    if not any(message.startswith(sentence.partition("{")[0]) for sentence in said.sentences):
        return False
    ours = recognise_exactly(message)
    return ours is not None and said.agrees(ours, is_loose=is_loose)


def _of_search(said: Said, dialect: Dialect, *, is_loose: bool) -> Iterator[Cause]:
    tried = dict.fromkeys(islice(_filters(said, dialect), _MOST_TRIED))
    filters = (cause_of(text, said, dialect, is_loose=is_loose) for text in tried)
    lists = (_order_cause(items, said, dialect, is_loose=is_loose) for items in _lists(said, dialect))
    codes: set[tuple[str, ...]] = set()
    for found in (
        *islice(filter(None, filters), 3 * _MOST_EXAMPLES),
        *islice(filter(None, lists), _MOST_EXAMPLES),
    ):
        explained = tuple(finding.code for finding in found.findings)
        if explained not in codes and len(codes) < _MOST_EXAMPLES:
            codes.add(explained)
            yield found


def _order_cause(items: tuple[object, ...], said: Said, dialect: Dialect, *, is_loose: bool) -> Cause | None:
    message = judge_order_by(items, dialect).message
    if message is None or not _is_answer(message, said, is_loose=is_loose):
        return None
    errors = [each.finding for each in order_findings(items, dialect) if each.finding.severity == "error"]
    return Cause(dialect.entity, dialect.mlflow_version, items, tuple(errors))


def _filters(said: Said, dialect: Dialect) -> Iterator[str]:
    """Yield filters that the sentence may be about, made of what it names."""
    whole = said.fact("filter")
    if whole is not None:
        yield _unquoted(whole)
        return
    clause = said.fact("clause")
    if clause is not None:
        yield clause
    for junk in filter(None, (said.fact("quoted"), said.fact("bare"))):
        yield from _with_junk(junk, dialect)
    lefts, comparators, values = _lefts(said, dialect), _comparators(said), _given_values(said)
    for comparator, value, left in product(comparators, values, lefts):
        yield f"{left} {comparator}" if comparator.endswith("NULL") else f"{left} {comparator} {value}"
    if not said.facts or said.fact("count") or said.fact("left"):
        for shape, left, comparator in product(_SHAPES, lefts[:3], comparators[:2]):
            yield shape.format(left=left, comparator=comparator, value=values[0])


def _with_junk(junk: str, dialect: Dialect) -> Iterator[str]:
    """Yield filters with parts that MLflow calls no clauses, alone and beside clauses that it runs."""
    parts = junk[1:-1].split("', '") if junk[:1] == "'" == junk[-1:] else junk.split(", ")
    sound = _sound(dialect)
    yield f" {' '.join(parts)} ".join((sound, sound))
    yield f"{sound} {' '.join(parts)}"
    yield f"{' '.join(parts)} {sound}"
    yield " ".join(parts)
    yield f"{sound} {f' {sound} '.join(parts)} {sound}"
    yield f" {sound} ".join(parts)


def _sound(dialect: Dialect) -> str:
    """Return a condition that MLflow runs."""
    for left, comparator, value in product(_known_lefts(dialect.families), ("=", "LIKE"), ("'x'", "1")):
        text = f"{left} {comparator} {value}"
        if judge_filter(text, dialect).ok:
            return text
    return ""


def _lefts(said: Said, dialect: Dialect) -> list[str]:
    """Return left sides that the sentence may be about."""
    key, prefix, left, type_ = map(said.fact, ("key", "prefix", "left", "type"))
    if left is not None:
        return [_unquoted(left)]
    families = tuple(family for family in dialect.families if type_ in (None, family.type))
    if prefix is not None:
        return [f"{_unquoted(prefix)}.{key or 'x'}", f"{_unquoted(prefix)}.x.y"]
    if key is None:
        return list(_known_lefts(families or dialect.families))
    written = (key, write_key(key) or key)
    return [
        text
        for name in dict.fromkeys(written)
        for family in families or dialect.families
        for text in (*([name] if family.is_bare else []), *(f"{one}.{name}" for one in family.prefixes))
    ]


def _known_lefts(families: tuple[Family, ...]) -> Iterator[str]:
    for family in families:
        names = [key.name for key in (*(family.keys or ()), *family.known)][:_MOST_KEYS]
        for name in ["x"] * (family.keys is None) + names:
            yield name if family.is_bare else f"{family.prefixes[0]}.{name}"


def _comparators(said: Said) -> tuple[str, ...]:
    given = said.fact("comparator")
    if given is None:
        return _COMPARATORS if said.facts else _COMPARATORS[:4]
    return (_unquoted(given),)


def _given_values(said: Said) -> tuple[str, ...]:
    value = said.fact("value")
    if value is None:
        return _VALUES
    return tuple(
        dict.fromkeys((value, _unquoted(value), f"'{value}'", f"({value})", value.replace(",)", ")")))
    )


def _lists(said: Said, dialect: Dialect) -> Iterator[tuple[object, ...]]:
    """Yield `order_by` lists that the sentence may be about."""
    items = said.fact("items")
    if items is not None:
        found = _literal(items)
        yield tuple(found) if isinstance(found, list) else ()
    names = [said.fact(name) for name in ("item", "key", "prefix", "type")]
    for name in [_unquoted(name) for name in names if name]:
        written = [name, f"{name} DESC", f"{name}.x", *(f"{one}.{name}" for one in _prefixes(dialect))]
        for text in written:
            item: object = {"field_name": text} if dialect.order_by.reader == "fields" else text
            yield (item,)
            yield (item, item)


def _prefixes(dialect: Dialect) -> list[str]:
    return [family.prefixes[0] for family in dialect.families if family.prefixes]


def _unquoted(text: str) -> str:
    """Return the string that a literal of Python stands for; any other text as it is."""
    found = _literal(text)
    return found if isinstance(found, str) else text


def _literal(text: str) -> object:
    try:
        found: object = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return found
