"""Filters that go through all of something: every word, every spelling of an operator, every pair of clauses.

Each sweep yields the filters of one search API in an order of its own; a hunt takes all of them or a sample.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product

from mlq_grammar.dialect import Dialect, Family, Key
from mlq_grammar.words import WORDS
from support.filter_pieces import COMPARATORS, ENDS, GLUES, SPACES, WORD_COMPARATORS

# What sqlparse lexes as one keyword although it is several words, and words that rules of their own take.
_PHRASES = """ASC|DESC|NULLS FIRST|NULLS LAST|ASC NULLS LAST|UNION ALL|CREATE OR REPLACE|DOUBLE PRECISION
GROUP BY|ORDER BY|PRIMARY KEY|HANDLER FOR|GO 5|LATERAL VIEW EXPLODE|AT TIME ZONE 'x'|NOT NULL|IF EXISTS
IF NOT EXISTS|END IF|END LOOP|END WHILE|END FOR|END CASE|LEFT JOIN|CROSS JOIN|STRAIGHT_JOIN|NOT REGEXP
REGEXP BINARY|NOT RLIKE|OUTER JOIN|FULL OUTER JOIN|NATURAL JOIN|WITH' TIME ZONE 'x'"""
PHRASES = [phrase for line in _PHRASES.splitlines() for phrase in line.split("|")]

_SIGNS = ["".join(signs) for size in (1, 2, 3) for signs in product("<>=~!", repeat=size)]
_OPERATORS = [
    *("->", "->>", "#>", "#>>", "@>", "<@", "?|", "?&", "-", "#-", "+", "/", "@", "#", "%", "^", "&", "|"),
    *("||", "&&", "<->", ":=", "::", "*", "**", ".", "..", ",", ";", "?"),
]
_WORDS_BETWEEN = ["IS NOT", "IS DISTINCT FROM", "NOT BETWEEN", "SIMILAR TO", "OVERLAPS", "COLLATE", "ESCAPE"]

_DEEP = [1, 2, 49, 50, 51, 98, 99, 100, 101, 102, 150, 400]
_LONG = [100, 4_299, 4_300, 4_301, 9_990, 10_001, 100_000]


def left_sides(dialect: Dialect) -> list[tuple[str, Key]]:
    """Return one left side for each key that the tables tell apart, of those that MLflow compares at all."""
    sides = [side for family in dialect.families for side in _of_family(family)]
    return [(left, key) for left, key in sides if key.comparators]


def _of_family(family: Family) -> Iterator[tuple[str, Key]]:
    listed = [(key.name + ("x" if key.is_prefix else ""), key) for key in family.listed]
    opened = [("a", family.pattern)] if family.keys is None else []
    prefix = f"{family.prefixes[0]}." if family.prefixes and not family.is_bare else ""
    yield from ((prefix + name, key) for name, key in [*listed, *opened])


def value_for(key: Key, comparator: str) -> str:
    """Return the usual value behind a comparator, with a space before it; none behind IS NULL."""
    if comparator.upper().endswith("NULL"):
        return ""
    if comparator.upper().endswith("IN"):
        return " ('a', '5')"
    if key.value == "number":
        return " 5"
    return " 'a/1'" if "prompt-version" in key.checks.in_store else " '1'"


def clauses(dialect: Dialect) -> list[str]:
    """Return a clause for each key and comparator that MLflow takes."""
    return [clause for left, key in left_sides(dialect) for clause in _on_key(left, key)]


def _on_key(left: str, key: Key) -> Iterator[str]:
    yield from (f"{left} {comparator}{value_for(key, comparator)}" for comparator in key.comparators)


def words(dialect: Dialect) -> Iterator[str]:
    """Every word that sqlparse knows, as key, as value, as prefix, and beside a clause."""
    left, key = left_sides(dialect)[-1]
    clause = f"{left} {key.comparators[0]}{value_for(key, key.comparators[0])}"
    prefix = next((family.prefixes[0] for family in dialect.families if family.prefixes), "tags")
    for word in (*WORDS, *PHRASES):
        for written in (word, word.lower()):
            yield f"{written} = 'x'"
            yield f"{written} > 5"
            yield f"{written} IS NULL"
            yield f"{written}.a = 'x'"
            yield f"{prefix}.{written} = 'x'"
            yield f"{prefix}.a.{written} = 'x'"
            yield f"{left} = {written}"
            yield f"{left} > {written}(1)"
            yield f"{left} {written} 'x'"
            yield f"{left} {written} = 'x'"
            yield f"{left} AS {written} = 'x'"
            yield f"{left}::{written} = 'x'"
            yield f"{clause} {written}"
            yield f"{written} {clause}"
            yield f"{clause} {written} {clause}"
            yield f"{clause} AND {written} AND {clause}"


def operators(dialect: Dialect) -> Iterator[str]:
    """Every spelling of an operator, for every key, with values of each kind."""
    named = [*COMPARATORS, *WORD_COMPARATORS, *_WORDS_BETWEEN]
    spelled = [
        *_SIGNS,
        *_OPERATORS,
        *named,
        *(name.lower() for name in named),
        *(name.title() for name in named),
    ]
    for (left, _), operator in product(left_sides(dialect), dict.fromkeys(spelled)):
        for value in ("'1'", "5", "('a')", "NULL", "x", ""):
            yield f"{left} {operator} {value}"
            yield f"{left}{operator}{value}"


def joints(dialect: Dialect) -> Iterator[str]:
    """Every pair of clauses, joined in every way."""
    glues = dict.fromkeys([" AND ", *GLUES, *SPACES, *(f"{space}AND{space}" for space in SPACES), *ENDS])
    each = clauses(dialect)
    yield from (f"{first}{glue}{then}" for first, glue, then in product(each, glues, each))


def characters(dialect: Dialect) -> Iterator[str]:
    """Characters of every kind that Unicode has, controls and NUL among them, in every place of a clause."""
    places = [
        text
        for left, _ in left_sides(dialect)[:: -max(len(left_sides(dialect)) // 3, 1)]
        for text in _places(left)
    ]
    yield from (text.replace("@", character) for character in _characters() for text in places)


def _places(left: str) -> list[str]:
    clause = f"{left} = 'x'"
    return [
        *(f"@{clause}", f"{clause}@", f"{left}@ = 'x'", f"{left}@b = 'x'", f"{left} @ 'x'", f"{left} =@'x'"),
        *(f"{left} = '@'", f'{left} = "@"', f"{left} = @", f"{left} > @", f"{left} > 5@", f"{left} IN ('@')"),
        *(
            f"{left} IN (@'x')",
            f"{clause}@AND {clause}",
            f"{clause} AND@{clause}",
            f"{left} IS@NULL",
            "@.a = 'x'",
        ),
        *(
            "@ = 'x'",
            f"{left[:-1]}@ = 'x'",
            "`@` = 'x'",
            f"{left.partition('.')[0]}.`@` = 'x'",
            f"{left}.@ = 'x'",
        ),
    ]


@cache
def _characters() -> tuple[str, ...]:
    """Return all of Latin, of the rest what folds to a letter of ASCII, and a few of each category."""
    found = list(map(chr, range(0x250)))
    seen: dict[str, int] = {}
    for character in map(chr, range(0x250, 0x110000)):
        category = unicodedata.category(character)
        folds = character.lower().isascii() or character.upper().isascii() or character.isspace()
        seen[category] = seen.get(category, 0) + 1
        if folds or seen[category] in (1, 2, 30, 300):
            found.append(character)
    return tuple(found)


def sizes(dialect: Dialect) -> Iterator[str]:
    """Many clauses, long texts and deep brackets, near the limits that there are and far beyond."""
    for left, key in left_sides(dialect):
        # MLflow takes minutes to find that hundreds of joined tables are too many.
        counts = (21, 22, 31, 32, 63, 64) if key.checks.joins else (480, 1_000)
        yield from (" AND ".join([clause] * count) for clause in _on_key(left, key) for count in counts)
    for left, _ in left_sides(dialect):
        for count in _LONG:
            yield from _long(left, count)
        for depth in _DEEP:
            yield from _deep(left, depth)


def _long(left: str, count: int) -> Iterator[str]:
    many = "x" * count
    yield from (
        f"{left} = '{many}'",
        f"{left} LIKE '{many}%'",
        f"{left}{many} = 'x'",
        f"{left} = {'1' * count}",
    )
    yield from (
        f"{left} ={' ' * count}'x'",
        f"{left} = 'x'{' AND' * count}",
        f"{left} IN ({chr(39)}{many}{chr(39)})",
    )
    yield from (
        f"{left} IN ({','.join(['1'] * count)})",
        f"{left} = 'x'{chr(10) * count}",
        f"{left}{'.a' * count} = 'x'",
    )


def _deep(left: str, depth: int) -> Iterator[str]:
    opened, closed = "(" * depth, ")" * depth
    yield from (
        f"{opened}{left} = 'x'{closed}",
        f"{left} = {opened}'x'{closed}",
        f"{left} IN {opened}'x'{closed}",
    )
    yield from (
        f"{left}{'[' * depth}0{']' * depth} = 'x'",
        f"{left} = 'x' {opened}",
        f"{left}{opened}x{closed} = 'x'",
    )
    yield from (
        f"{left}::{'case ' * depth}{'end ' * depth}= 'x'",
        f"{left}{'::a' * depth} = 'x'",
        f"{left} IN {opened}'x'",
    )


SWEEPS: dict[str, Callable[[Dialect], Iterator[str]]] = {
    "words": words,
    "operators": operators,
    "joints": joints,
    "characters": characters,
    "sizes": sizes,
}


def sample(sweep: str, dialect: Dialect, seed: int, count: int) -> list[str]:
    """Return so many filters of a sweep, all where it has no more, the same ones for the same seed."""
    every = list(SWEEPS[sweep](dialect))
    return random.Random(f"{dialect.entity} {sweep} {seed}").sample(every, min(count, len(every)))
