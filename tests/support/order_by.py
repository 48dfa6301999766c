"""A seeded generator of `order_by` lists: columns, keys, quotes, directions, and mistakes with them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from mlq_grammar.dialect import Dialect, load
from mlq_grammar.words import WORDS

_PREFIXES = (
    *("metrics", "metric", "params", "param", "parameters", "parameter", "tags", "tag", "attributes"),
    *("attribute", "attr", "run", "trace", "dataset", "datasets", "metadata", "request_metadata", "span"),
    *("feedback", "expectation", "issue", "assessment", "Metrics", "`metrics`", "`tag`", "`attribute`"),
)
_KEYS = (
    *("acc", "val/loss", "val_loss", "a b", "a.b.c", "mlflow.user", "1a", "12a", "_x", "x-y", "x:y", "p@1"),
    *("name", "Name", "run_id", "prompt", "text", "timestamp", "execution_time", "end_time", "status"),
    *("run name", "Run Name", "created", "start_time", "version", "server_name", "organization", "é", "😀"),
    *("context", "digest", "mlflow.trace.cost", "mlflow.trace.session", "mlflow.traceName", "x#y", "a'b"),
    *('a"b', "a\\b", "", " ", "\ud800", "f(x)", "a[0]", "a::b", "*", "$x", "a\nb", "experiment_id"),
)
_ENDS = (
    *("", "", "", "", " ASC", " DESC", " asc", " Desc", "  DESC", "\tDESC", "\nASC", " ASC DESC"),
    *(" DESCENDING", " ascending", " DECS", " NULLS LAST", " DESC NULLS FIRST", ";", ",", " -- c", " "),
    *("\n", " = 1", "DESC", " AS x", " AS DESC", "::DESC", " /* c */", " /* c */ DESC", " `DESC`", ' "asc"'),
    *(" 'DESC'", "\u00a0DESC", "\x0bDESC", " DESC\u2003", " a b", " 1", "+", " , name", " \\DESC", " DESC;"),
)
_STARTS = (
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    " ",
    "ORDER BY ",
    "-",
    "(",
    "NOT ",
    "AND ",
    "-- c\n",
    "/* c */ ",
    "`",
)
_DICTS: tuple[Any, ...] = (None, True, False, "d", "", 1, 1.5, [], ["d"], {}, {"a": 1}, "\ud800", 2**70)
_FIELDS = (
    *("tags", "params", "metrics", "experiment", "metadata", "registry", "ALIASES", "mro", "__tablename__"),
    *(
        "creation_time",
        "creation_timestamp",
        "last_updated_time",
        "last_updated_timestamp",
        "no_such",
        " name",
    ),
    *(
        "is_numeric",
        "__class__",
        "__table__",
        "_sa_registry",
        "logged_model",
        "`name`",
        "NAME",
        "name DESC",
        "",
    ),
)


def order_by_lists(entity: str, seed: int, *, mlflow_version: str | None = None) -> Iterator[list[Any]]:
    """Yield lists of one to three items without end, the same for the same seed."""
    dice = random.Random(f"{entity} {seed}")
    dialect = load(entity, mlflow_version)
    make = _dict_item if dialect.order_by.reader == "fields" else _item
    while True:
        yield [make(dice, dialect) for _ in range(dice.choice((1, 1, 1, 2, 2, 3)))]


def _item(dice: random.Random, dialect: Dialect) -> Any:
    if dice.random() < 0.005:
        return dice.choice((None, 1, {"field_name": "name"}, ["name"]))
    if dice.random() < 0.4:
        return f"{_column(dice, dialect)}{dice.choice((' ASC', ' DESC', '', ' desc'))}"
    text = f"{dice.choice(_STARTS)}{_name(dice, dialect)}{dice.choice(_ENDS)}"
    if text and dice.random() < 0.1:
        at = dice.randrange(len(text))
        text = text[:at] + dice.choice("`'\".,;() \\\nx1") + text[at + dice.randrange(2) :]
    return text


def _column(dice: random.Random, dialect: Dialect) -> str:
    names = [*dialect.order_by.columns, *(key.name for f in dialect.families for key in f.keys or ())]
    return dice.choice(names)


def _name(dice: random.Random, dialect: Dialect) -> str:
    key = dice.choice((dice.choice(_KEYS), _column(dice, dialect), dice.choice(list(WORDS)).lower()))
    key = dice.choice((key, key, f"`{key}`", f'"{key}"', f"'{key}'", f"`{key}", f'"`{key}`"'))
    own = [prefix for family in dialect.families for prefix in family.prefixes]
    prefix = dice.choice(("", dice.choice(own) if own else "", dice.choice(_PREFIXES)))
    return f"{prefix}{dice.choice(('.', '.', '.', ' .', '. ', '..'))}{key}" if prefix else key


def _dict_item(dice: random.Random, dialect: Dialect) -> Any:
    if dice.random() < 0.05:
        return dice.choice(("name", None, 1, ["name"], "metrics.a DESC"))
    fields = (*dialect.order_by.columns, *_FIELDS)
    name = dice.choice((dice.choice(fields), f"metrics.{dice.choice(_KEYS)}", _name(dice, dialect)))
    item: dict[str, Any] = {"field_name": name}
    for key in ("ascending", "dataset_name", "dataset_digest"):
        if dice.random() < 0.3:
            item[key] = dice.choice(_DICTS)
    if dice.random() < 0.03:
        item["field_name"] = dice.choice((None, 1, ["."], {}))
    return item
