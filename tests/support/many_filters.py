"""Filters that run, about a store whose keys and values are known: made at random, the same for each seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

from mlq.keys.quoting import write_key, write_value
from mlq_grammar.dialect import Dialect, Family, Key
from mlq_grammar.verdict import judge

Pools = Mapping[str, Mapping[str, Sequence[object]]]


def running_filters(dialect: Dialect, pools: Pools, seed: int) -> Iterator[str]:
    """Yield filters that MLflow runs, without end: of one to four conditions.

    `pools` has by the type of a key its names, each with values that some have.
    """
    chance = random.Random(f"{dialect.entity} {seed}")
    families = [family for family in dialect.families if family.type in pools]
    while True:
        clauses = [
            _clause(chance.choice(families), pools, chance) for _ in range(chance.choice([1, 1, 2, 3, 4]))
        ]
        text = " AND ".join(clauses)
        if judge(text, dialect).ok:
            yield text


def _clause(family: Family, pools: Pools, chance: random.Random) -> str:
    name, values = chance.choice(list(pools[family.type].items()))
    key = family.key(name) or family.pattern
    comparator = chance.choice(key.comparators)
    written = write_key(name) or name
    left = f"{chance.choice(family.prefixes)}.{written}" if family.prefixes else written
    if comparator in ("IS NULL", "IS NOT NULL"):
        return f"{left} {comparator}"
    return f"{left} {comparator} {_value(key, comparator, values, chance)}"


def _value(key: Key, comparator: str, values: Sequence[object], chance: random.Random) -> str:
    value = chance.choice(values)
    if comparator.endswith("IN"):
        some = [str(each) for each in chance.sample(list(values), min(len(values), 2))]
        return "(" + ", ".join(repr(each) for each in some) + ",)"
    if key.value == "number" and not isinstance(value, str):
        return repr(value)
    text = str(value)
    if "LIKE" in comparator:
        text = _pattern(text, chance)
    return write_value(text) or "'x'"


def _pattern(text: str, chance: random.Random) -> str:
    """Return a pattern that a text matches, or nearly."""
    cut = chance.randrange(len(text) + 1)
    changed = chance.choice([str.upper, str.lower, str])(text)
    return chance.choice(
        [text, f"{text[:cut]}%", f"%{text[cut:]}", f"%{changed[cut:]}%", f"_{changed[1:]}", changed]
    )
