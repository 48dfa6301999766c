"""One item of an `order_by` list, read as MLflow reads it: what it sorts by, or why MLflow refuses it."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mlq_grammar.sentences import said
from mlq_grammar.spans import Span
from mlq_grammar.sqlparse import NEWEST, holds
from mlq_grammar.tokens import Kind
from mlq_grammar.verdict.clauses import strip_key, unquoted
from mlq_grammar.verdict.limits import INT64, TooComplexError
from mlq_grammar.verdict.nodes import Group
from mlq_grammar.verdict.parsing import parse
from mlq_grammar.verdict.refusal import RefusedError, refused, set_of
from mlq_grammar.verdict.rewriting import Rewritten, rewrite

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlq_grammar.dialect import Dialect, Family

Item = object
"""A string; on logged models a dict with `field_name`. MLflow refuses anything else."""

_DIRECTIONS = ("asc", "desc")
_TIMESTAMP = "timestamp"


@dataclass(frozen=True, slots=True)
class Field:
    """What an item sorts by: the type of its key, or none for a column, and its name in the store.

    `joins` counts the tables that it adds to the query.
    """

    type: str
    name: str
    joins: int = 0


def read_item(item: Item, dialect: Dialect) -> Field:
    """Return what an item sorts by; raise `RefusedError` where MLflow refuses it."""
    return READERS[dialect.order_by.reader](item, dialect)


def rewritten(text: str, dialect: Dialect) -> Rewritten:
    """Return the text of an item as MLflow parses it."""
    return rewrite(text, replace(dialect.syntax, rewrite=dialect.order_by.rewrite), dialect.sqlparse_version)


def check_encodable(text: str) -> None:
    """Refuse half a character, which no database takes."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise RefusedError(str(error)) from None


def _none(_: Item, __: Dialect) -> Field:
    return Field("", "")


def _text(item: Item) -> str:
    if isinstance(item, str):
        return item
    raise refused("order-too-complex", item=item)


def split(text: str, sqlparse_version: str = NEWEST) -> tuple[Span, Span | None, str]:
    """Return where the key and the direction stand in the text that is parsed, and the key as it is read.

    A key with a direction behind it has lost its quotes; another keeps them.
    """
    unparsed = said("order-unparsed", item=text)
    written = _one_name(text, unparsed, sqlparse_version)
    try:
        words = shlex.split(written.replace("`", '"'))
    except ValueError as error:
        raise RefusedError(str(error)) from None
    if len(words) > 2:
        raise RefusedError(unparsed)
    whole = Span(0, len(text))
    if len(words) < 2:
        return whole, None, written.strip()
    behind = Span(len(text.rstrip()) - len(words[1]), len(text.rstrip()))
    if words[1].lower() not in _DIRECTIONS:
        raise refused("order-direction", item=text)
    return Span(0, len(text[: behind.start].rstrip())), behind, words[0].strip()


def _one_name(text: str, unparsed: str, sqlparse_version: str) -> str:
    """Return the text of the one identifier that an item must be; `timestamp` is a type word to sqlparse.

    Before 0.4.3 it was a keyword there.
    """
    try:
        trees = parse(text, sqlparse_version)
    except TooComplexError:
        raise refused("order-too-complex", item=text) from None
    if len(trees) != 1:
        raise RefusedError(unparsed)
    first, *rest = trees[0].children
    if not rest and first.group is Group.IDENTIFIER:
        return first.text
    kind = Kind.BUILTIN if holds(sqlparse_version, since="0.4.3") else Kind.KEYWORD
    is_timestamp = first.kind is kind and first.text == _TIMESTAMP
    if is_timestamp and not rest:
        return _TIMESTAMP
    if is_timestamp and all(node.is_space for node in rest[:-1]) and rest[-1].kind is Kind.ORDER:
        return f"{_TIMESTAMP} {rest[-1].text}"
    raise RefusedError(unparsed)


def _column(item: Item, dialect: Dialect) -> Field:
    """Read an item that is a column without a prefix."""
    text = _text(item)
    changed = rewritten(text, dialect)
    span, _, name = split(changed.text, dialect.sqlparse_version)
    if "quotes" in dialect.order_by.strips:
        name = unquoted(name, "'", '"')
    if "backticks" in dialect.order_by.strips:
        name = unquoted(name, "`")
    if name not in dialect.order_by.columns:
        start, end = changed.source(span)
        raise _bad_column(name, dialect, Span(start, start + len(text[start:end].rstrip())))
    return Field("", _canonical(name, dialect))


def _key(item: Item, dialect: Dialect) -> Field:
    """Read an item that is a column or a key, each behind its prefix."""
    text = _text(item)
    order = dialect.order_by
    span, _, written = split(text, dialect.sqlparse_version)
    prefix, dot, rest = written.partition(".")
    known = unquoted(prefix, "`") if dialect.syntax.prefix_in_backticks else prefix
    family = dialect.family(known) if dot else dialect.bare
    if family is None:
        prefixes = set_of(one for family in dialect.families for one in family.prefixes)
        message = dialect.syntax.bad_prefix.format(prefix=known, prefixes=prefixes)
        raise RefusedError(message, Span(0, len(prefix)))
    name = strip_key(rest if dot else prefix, dialect.syntax)
    if family.is_bare and name not in order.columns:
        raise _bad_column(name, dialect, span)
    if not family.is_bare and family.stage == "key" and family.key(name) is None:
        raise RefusedError(family.bad_key.format(key=name, keys=set_of(family.names)), span)
    return _sorted_by(family, name, dialect, span)


def _sorted_by(family: Family, name: str, dialect: Dialect, span: Span) -> Field:
    """Return the field that a key really stands for, if the store can sort by it."""
    order = dialect.order_by
    facts = {"keys": set_of(order.columns)}
    family, name = _routed(family, name, dialect)
    if not family.is_bare and (
        family.type not in order.families or (order.is_closed and name not in order.columns)
    ):
        raise RefusedError(order.bad_family.format(type=family.type, key=name, **facts), span)
    if family.is_bare and name in order.absent:
        raise RefusedError(order.bad_absent.format(key=name), span)
    if (family.type, name) in order.reserved:
        raise RefusedError(order.bad_reserved.format(key=name), span)
    if family.is_bare or order.is_closed:
        return Field("", _canonical(name, dialect))
    key = family.key(name) or family.pattern
    return Field(family.type, _canonical(name, dialect), key.checks.joins)


def _routed(family: Family, name: str, dialect: Dialect) -> tuple[Family, str]:
    if family.stage == "clause":
        return family, name
    for key, type_, target in dialect.syntax.routes:
        if name.lower() == key:
            meant = (known for known in dialect.families if known.type == type_)
            return next(meant, family), target
    return family, name


def _words(item: Item, dialect: Dialect) -> Field:
    """Read an item that is split at white space: issues."""
    text = _text(item)
    words = text.split()
    if (
        not 1 <= len(words) <= 2
        or words[0] not in dialect.order_by.columns
        or words[1:] not in ([], *_spelt(words))
    ):
        raise _bad_column(text, dialect, Span(0, len(text)))
    return Field("", words[0])


def _spelt(words: list[str]) -> list[list[str]]:
    return [[word] for word in words[1:] if word.lower() in _DIRECTIONS]


def _field(item: Item, dialect: Dialect) -> Field:
    """Read an item that is a dict: logged models. Whether it ascends may be anything."""
    order = dialect.order_by
    if not isinstance(item, Mapping):
        raise refused("order-no-dict", type=type(item).__name__)
    name = item.get("field_name")
    if not isinstance(name, str):
        raise refused("order-no-name", type=type(name).__name__)
    prefix, dot, key = name.partition(".")
    if not dot:
        if name not in order.columns:
            raise _bad_column(name, dialect, Span(0, len(name)))
        return Field("", _canonical(name, dialect))
    if prefix not in order.families:
        raise RefusedError(order.bad_family.format(key=name), Span(0, len(prefix)))
    for wanted in ("dataset_name", "dataset_digest"):
        _check_bound(item.get(wanted))
    return Field(prefix, key, joins=1)


def _check_bound(value: object) -> None:
    """Refuse what SQLite does not take as the value of a column."""
    if isinstance(value, str):
        check_encodable(value)
    elif isinstance(value, int) and value not in INT64:
        raise refused("integer-too-large")
    elif value and not isinstance(value, int | float):
        raise refused("unbindable", type=type(value).__name__)


def _canonical(name: str, dialect: Dialect) -> str:
    return dict(dialect.order_by.aliases).get(name, name)


def _bad_column(name: str, dialect: Dialect, span: Span) -> RefusedError:
    order = dialect.order_by
    facts = {"keys": set_of(order.columns), "sorted": sorted(order.columns), "item": name}
    return RefusedError(order.bad_column.format(key=name, **facts), span)


READERS: dict[str, Callable[[Item, Dialect], Field]] = {
    "": _none,
    "columns": _column,
    "keys": _key,
    "words": _words,
    "fields": _field,
}
