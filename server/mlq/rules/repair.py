"""The one word that is too much or in another's place: found by trying, and proved by MLflow's verdict."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice, pairwise

from mlq_grammar.parser import parse
from mlq_grammar.plain import plain_clauses
from mlq_grammar.spans import Span
from mlq_grammar.tree import Clause
from mlq_grammar.verdict import Verdict

from mlq.findings import Edit, Fix, apply

_WORD = re.compile(r"""(?:'[^']*'|"[^"]*"|`[^`]*`|\S)+""")
_LONE_QUOTE = re.compile(r"['\"`“”‘’]")
# To remove one of these would turn the meaning round.
_KEPT = frozenset({"NOT", "OR", "AND", "||"})
_MOST_WORDS = 12
_MOST_QUOTES = 12
_OR = re.compile(r"[^'\"`]*\sOR\s[^'\"`]*", re.IGNORECASE)
_OPERATOR = re.compile(r"[<>=]|LIKE\b|\b(?:IN|IS|BETWEEN)\b", re.IGNORECASE)
_SIGNS = ("<", ">", "=")


def repair(text: str, judge: Callable[[str], Verdict]) -> Fix | None:
    """Return the one small change after which MLflow runs a condition; None where there are none or several.

    The offsets are those of the text. What is found is likely, not certain: MLflow would run it.
    """
    if plain_clauses(text):  # nothing in it is out of its place
        return None
    words = [Span(*match.span()) for match in _WORD.finditer(text)]
    if not 1 < len(words) <= _MOST_WORDS or _OR.fullmatch(text):  # no candidate is without its OR
        return None
    for candidates in (
        _unquoted(text, words),
        _without_a_quote(text),
        _without_a_word(text, words),
        _swapped(text, words),
    ):
        sound = list(islice((fix for fix in candidates if _runs(apply(fix.edits, text), judge)), 2))
        if sound:
            return sound[0] if len(sound) == 1 else None
    return None


def _unquoted(text: str, words: list[Span]) -> Iterator[Fix]:
    for word in words:
        written = word.of(text)
        if len(written) > 2 and written[0] == written[-1] and written[0] in "'\"`":
            yield Fix(f"Write {written[1:-1]}", [Edit(*word, written[1:-1])], safe=False)


def _without_a_quote(text: str) -> Iterator[Fix]:
    quotes = list(_LONE_QUOTE.finditer(text))
    for match in quotes if len(quotes) <= _MOST_QUOTES else ():
        yield Fix(f"Remove {match[0]}", [Edit(*match.span(), "")], safe=False)


def _without_a_word(text: str, words: list[Span]) -> Iterator[Fix]:
    for word in words:
        if word.of(text).upper() not in _KEPT:
            start = word.start - 1 if word.start and text[word.start - 1].isspace() else word.start
            yield Fix(f"Remove {word.of(text)}", [Edit(start, word.end, "")], safe=False)


def _swapped(text: str, words: list[Span]) -> Iterator[Fix]:
    for left, right in pairwise(words):
        first, second = left.of(text), right.of(text)
        edits = [Edit(*left, second), Edit(*right, first)]
        yield Fix(f"Swap {first} and {second}", edits, safe=False)


def _runs(text: str, judge: Callable[[str], Verdict]) -> bool:
    """Whether MLflow runs the text as one or more whole conditions, with AND between them."""
    if not _may_be_condition(text.strip()) or not judge(text).ok:
        return False
    read = parse(text)
    parts = read.tree.parts
    if not parts or read.errors:
        return False
    if any(isinstance(part, Clause) and isinstance(after, Clause) for part, after in pairwise(parts)):
        return False
    keys = [clause.left.text for clause in read.tree.clauses if clause.left]
    return not any(key.endswith(".") or ".." in key or ". " in key for key in keys)


def _may_be_condition(text: str) -> bool:
    """Whether a text has an operator with something on both sides; most candidates have none."""
    return not text.startswith(_SIGNS) and not text.endswith(_SIGNS) and _OPERATOR.search(text) is not None
