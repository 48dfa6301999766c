"""What may stand in a hole of a filter: several texts for each, so that what all of them show is known."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from mlq_grammar.dialect import Dialect, Family
    from mlq_grammar.spans import Span

    from mlq.hosts.region import Hole

Place = Literal["quoted", "name", "prefix", "part", "key", "value", "clause"]

WORD = "mlqhole"
"""The usual stand-in for a text; it is no key, no value and no word of the language."""

NUMBER = "7531"
"""The usual stand-in for a number, with the hole's index behind it."""

_TEXTS = ("1", "1.5", "RUNNING", "FINISHED", "OK", "ERROR", "%a%", "a", "")
_COMPARATOR_BEFORE = re.compile(
    r"(?:[=<>]|\b(?:I?LIKE|IN|IS|NOT|BETWEEN))\s*$|\bIN\s*\([^()]*$", re.IGNORECASE
)
_COMPARATOR_AFTER = re.compile(r"\s*(?:[=<>!]|(?:I?LIKE|IN|IS|NOT|BETWEEN)\b)", re.IGNORECASE)
_PREFIX_BEFORE = re.compile(r"([\w`]+)\.$")
_QUOTES = re.compile(r"""'[^']*'?|"[^"]*"?|`[^`]*`?""")
_OPERATORS = ("=", "!=", ">", "LIKE", "AND")


def place_of(hole: Span, text: str, quotes: tuple[tuple[int, int], ...]) -> Place:
    """Return what kind of place a hole takes in a filter."""
    before, after = text[: hole.start], text[hole.end :]
    if any(start < hole.start < end for start, end in quotes):
        return "quoted"
    if after[:1] == ".":
        return "prefix"
    if before[-1:] == ".":
        return "name"
    if re.search(r"\w$", before) or re.match(r"[\w{]", after) or before.endswith("{}"):
        return "part"
    if _COMPARATOR_BEFORE.search(before):
        return "value"
    return "key" if _COMPARATOR_AFTER.match(after) else "clause"


def quotes_in(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the quoted stretches of a filter are, unclosed ones up to its end."""
    return tuple(found.span() for found in _QUOTES.finditer(text))


def options(hole: Hole, index: int, place: Place, text: str, dialect: Dialect) -> tuple[str, ...]:
    """Return what may stand in a hole, the usual first; in quotes, what may stand between them."""
    known = _known(hole, index)
    word, number = f"{WORD}{index}", f"{NUMBER}{index}"
    match place:
        case "quoted":
            return known if hole.kind in {"integer", "number", "boolean"} else (word, *_TEXTS)
        case "name":
            return _names(word, text[: hole.span.start], dialect)
        case "prefix":
            return tuple(family.prefixes[0] for family in dialect.families if family.prefixes) or (word,)
        case "part":
            return known or (word, number)
        case "key":
            return _keys(dialect)
        case "value":
            return known or (number, f"'{word}'", f"('{word}')")
    return known or ("", *_clauses(dialect), *_keys(dialect), *_OPERATORS)


def _known(hole: Hole, index: int) -> tuple[str, ...]:
    """Return what stands in a hole of a known kind."""
    match hole.kind:
        case "integer":
            return (f"{NUMBER}{index}", "0")
        case "number":
            return (f"{NUMBER}{index}.5", "1e-05")
        case "boolean":
            return ("True", "False")
        case "quoted":
            return (f"'{WORD}{index}'", *(f"'{text}'" for text in _TEXTS))
    return ()


def _names(word: str, before: str, dialect: Dialect) -> tuple[str, ...]:
    found = _PREFIX_BEFORE.search(before)
    family = dialect.family(found[1].strip("`")) if found else None
    if family is None or family.keys is None:
        return (word, f"`{word}`")
    return tuple(key.name for key in family.keys)


@lru_cache(maxsize=64)
def _keys(dialect: Dialect) -> tuple[str, ...]:
    return tuple(key for family in dialect.families for key in _keys_of(family))


def _keys_of(family: Family) -> tuple[str, ...]:
    """Return a key of each sort that a family has."""
    prefix = f"{family.prefixes[0]}." if family.prefixes else ""
    sorts = {(key.value, key.comparators, key.takes_list, key.checks): key.name for key in family.keys or ()}
    names = (WORD,) if family.keys is None else tuple(sorts.values())
    bare = names if family.is_bare else ()
    return (*bare, *(prefix + name for name in names)) if prefix else names


@lru_cache(maxsize=64)
def _clauses(dialect: Dialect) -> tuple[str, ...]:
    """Return whole conditions, with AND before or behind them and without."""
    from mlq_grammar.verdict import judge

    wanted = (f"{key} = {value}" for key in _keys(dialect) for value in (f"'{WORD}'", NUMBER))
    clause = next((text for text in wanted if judge(text, dialect).ok), "")
    return (clause, f"{clause} AND", f"AND {clause}", f"AND {clause} AND") if clause else ()
