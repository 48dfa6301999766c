"""Filters that look like what people write and like what could go wrong: a seeded generator for hunts."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from mlq_grammar.dialect import Dialect, Family, Key, load
from mlq_grammar.words import WORDS
from support.filter_pieces import (
    COMPARATORS,
    ENDS,
    GLUES,
    INSERTS,
    KEYS,
    PREFIXES,
    SPACED_VALUES,
    SPACES,
    SUFFIXES,
    VALUES,
    WORD_COMPARATORS,
)


class _Writer:
    """Writes filters of one search API, each choice an odd one at a rate that changes with every filter."""

    def __init__(self, dialect: Dialect, seed: object) -> None:
        self.dialect = dialect
        self.chance = random.Random(f"{dialect.entity} {seed}")
        self.rate = 0.0

    def filter(self) -> str:
        """Return the next filter."""
        self.rate = self.chance.choice([0.0, 0.03, 0.1, 0.3])
        count = self.chance.choice([1, 1, 1, 2, 2, 3, 5])
        glues = [self.pick([" AND "], GLUES) for _ in range(count - 1)]
        text = self.pick([""], ENDS) + self.clause()
        text += "".join(glue + self.clause() for glue in glues) + self.pick([""], ENDS)
        while self.is_odd():
            text = _mutated(text, self.chance)
        return text

    def is_odd(self) -> bool:
        return self.chance.random() < self.rate

    def pick(self, usual: Sequence[str], odd: Sequence[str]) -> str:
        return self.chance.choice(odd if self.is_odd() else usual)

    def clause(self) -> str:
        family = self.chance.choice(self.dialect.families)
        listed = family.keys or family.known
        name = self.pick([key.name for key in listed] or KEYS, KEYS)
        key = family.key(name) or family.pattern
        comparator = self.pick(key.comparators or COMPARATORS, [*COMPARATORS, *WORD_COMPARATORS])
        left = self.left(family, key, name)
        if comparator in ("IS NULL", "IS NOT NULL"):
            return f"{left} {comparator}"
        space = self.pick([" ", " ", "  "], SPACES)
        return f"{left}{space}{comparator}{self.pick([space], SPACES)}{self.value(key, comparator)}"

    def left(self, family: Family, key: Key, name: str) -> str:
        name = self.chance.choice([name, name, *key.aliases])
        if key.is_prefix:
            name += self.chance.choice(["x", "`x`", *KEYS])
        quoted = self.pick(["{}", "{}", "{}", "`{}`", '"{}"'], ["'{}'", '`"{}"`', '"`{}`"']).format(name)
        prefixes = [prefix + "." for prefix in family.prefixes] + ([""] * 2 if family.is_bare else [])
        prefix = self.pick(prefixes or [""], [*(prefix.upper() for prefix in prefixes), *PREFIXES])
        return prefix + quoted + self.pick([""], SUFFIXES)

    def value(self, key: Key, comparator: str) -> str:
        if comparator.upper().endswith("IN"):
            usual = [value for value in VALUES if value.startswith("('") and value.endswith("')")]
            return self.pick(usual, [value for value in (*VALUES, *SPACED_VALUES) if value.startswith("(")])
        usual = (
            ["1", "0.5", "-1", "1e5", "5"]
            if key.value == "number"
            else ["'x'", '"x"', "'a/1'", "'1.2.3'", "'5'"]
        )
        return self.pick([*usual, *key.values], [*VALUES, *SPACED_VALUES])


def filters(entity: str, seed: int, *, mlflow_version: str | None = None) -> Iterator[str]:
    """Yield filters of a search API without end, the same ones for the same seed."""
    writer = _Writer(load(entity, mlflow_version), seed)
    while True:
        yield writer.filter()


def _mutated(text: str, chance: random.Random) -> str:
    """Return the text with one piece dropped, doubled, put in, or moved."""
    at = chance.randrange(len(text) + 1)
    end = min(len(text), at + chance.choice([1, 1, 1, 2, 5]))
    kind = chance.randrange(5)
    if kind == 0:
        return text[:at] + text[end:]
    if kind == 1:
        return text[:end] + text[at:end] + text[end:]
    if kind == 2:
        piece = chance.choice(INSERTS)
        return text[:at] + piece + text[at:]
    if kind == 3:
        word = chance.choice([*WORDS, "AS", "IN", "NULL", "x", "1", "'x'"])
        return f"{text[:at]} {word} {text[at:]}"
    return text[:at] + chance.choice(SPACES) + text[at:]
