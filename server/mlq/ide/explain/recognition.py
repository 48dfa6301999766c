"""MLflow's sentences in a text: which one it holds, and what stands where the sentence has `{…}`.

A sentence is looked for as a row of its own pieces, from left to right: in a time that is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from string import Formatter

from mlq_grammar.sentences import of_others, sentences

from mlq.ide.explain.pasted import readings

_EXCEPTION = re.compile(r"(?:^|[\s'\"(|])(?:[\w.]*(?:Error|Exception)|[A-Z][A-Z_]{5,})(?:: ?['\"]?|\(['\"])$")
_OF_MLFLOW = re.compile(r"(?:\bMlflowException|\bRestException|[A-Z][A-Z_]{5,}): ?['\"]?$")
_IN_CODE = re.compile(r"raise |(?:^[ \t]{4,}|[(=,][ \t]*)[fr]{0,2}['\"]$")
_BLOCK_END = re.compile(
    r"\n\s*\n|\n(?=Traceback \(|During handling of|The above exception|\s+File \"|\d{4}[-/]\d\d[-/]|\[\d)"
)
_ADDRESS = re.compile(r"<ast\..*", re.DOTALL)
_BARE = re.compile(r"(?:KeyError|MlflowException|INTERNAL_ERROR): ('.*'|\".*\")$", re.MULTILINE)

_BEHIND_EXCEPTION = 2
_WIDEST = 200  # of what is looked at before a sentence
_MOST_STARTS = 50
_WORDS = frozenset({"type", "count", "line", "most", "view", "entity"})  # each one word
_LONG = 100  # a value that a log may have cut without a sign
_ENOUGH = 20  # letters of its own by which a sentence is known that breaks off
_ENOUGH_OF_MLFLOW = 12  # the same, where an exception of MLflow's stands before it


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of MLflow's in a text: the names that its table has for it, and what it is filled in with.

    `own` counts its own letters; `is_cut` says that the text breaks off within it.
    """

    names: tuple[str, ...]
    message: str
    facts: tuple[tuple[str, str], ...]
    own: int
    is_cut: bool = False

    @property
    def is_of_others(self) -> bool:
        """Whether it is a sentence of Python or a database, which others say as well."""
        return self.names[0] in of_others()

    @property
    def sentences(self) -> frozenset[str]:
        """The sentences of its names, as they stand in the table."""
        return frozenset(sentences()[name] for name in self.names)

    def fact(self, name: str) -> str | None:
        """Return what the sentence is filled in with at `{name}`, as it is written there."""
        return dict(self.facts).get(name)

    def agrees(self, other: Said, *, is_loose: bool = False) -> bool:
        """Whether it is the same sentence on the same things; sets are printed in any order.

        A loose look leaves the sets out: what keys and comparators there are differs between versions.
        """
        if self.names != other.names:
            return False
        is_cut = self.is_cut or other.is_cut
        if len(self.facts) != len(other.facts) and not is_cut:
            return False
        pairs = [(ours, theirs) for (_, ours), (_, theirs) in zip(self.facts, other.facts, strict=False)]
        if is_loose:
            pairs = [pair for pair in pairs if pair[0][:1] not in "{[("]
        *whole, last = pairs or [("", "")]
        return all(_is_same(*pair) for pair in whole) and (_is_same(*last) or _goes_on(*last, is_cut=is_cut))


def _is_same(ours: str, theirs: str) -> bool:
    one, two = _comparable(ours), _comparable(theirs)
    return one == two or (one[:1] == two[:1] == "{" and "{" in (one, two))


def _goes_on(ours: str, theirs: str, *, is_cut: bool) -> bool:
    """Whether one value is the beginning of the other: cut, or where only its first line was kept."""
    shorter, longer = sorted((ours.rstrip(" .…"), theirs.rstrip(" .…")), key=len)
    is_cut = is_cut or len(shorter) > _LONG
    return longer.startswith(shorter) and (is_cut or longer[len(shorter) :].lstrip(" ").startswith("\n"))


def _comparable(value: str) -> str:
    """Leave out white space, the order of a set, and what Python 3.14 prints otherwise."""
    squeezed = _ADDRESS.sub("", "".join(value.split()))
    if not squeezed.startswith("{"):
        return squeezed
    return "{" + ",".join(sorted(squeezed[1:-1].split(","))) if squeezed.endswith("}") else "{"


@dataclass(frozen=True, slots=True)
class _Pattern:
    names: tuple[str, ...]
    pieces: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sentence stands in a text: `standing` is 2 behind an exception's name, 0 in code, else 1."""

    said: Said
    standing: int
    line: int

    @property
    def rank(self) -> tuple[int, int, bool, int]:
        """Of two exceptions the later one counts, of two sentences in one place the longer one."""
        line = self.line if self.standing == _BEHIND_EXCEPTION else 0
        return self.standing, line, not self.said.is_cut, self.said.own

    @property
    def is_certain(self) -> bool:
        return self.standing == _BEHIND_EXCEPTION and not self.said.is_cut


def recognise(text: str) -> Said | None:
    """Return the sentence of MLflow's that a pasted text holds; None where it holds none."""
    best: _Place | None = None
    for reading in readings(text):
        for place in _places(reading)[:1]:
            if best is None or (not place.said.is_cut, place.standing) > (
                not best.said.is_cut,
                best.standing,
            ):
                best = place
        if best and best.is_certain:
            break
    return best.said if best else None


def recognise_exactly(message: str) -> Said | None:
    """Return the sentence that a message is, as a verdict has it."""
    return next((place.said for place in _places(f"MlflowException: {message}")), None)


def _places(text: str) -> list[_Place]:
    """Return the sentences in a text, the one that it most likely is about first."""
    found = (_place(pattern, text) for pattern in _patterns())
    return sorted(filter(None, found), key=lambda place: place.rank, reverse=True)


@cache
def _patterns() -> tuple[_Pattern, ...]:
    by_shape: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for name, sentence in sentences().items():
        pieces, fields = [""], []
        for literal, field, _, _ in Formatter().parse(sentence):
            pieces[-1] += literal
            if field:
                fields.append(field)
                pieces.append("")
        by_shape.setdefault((tuple(pieces), tuple(fields)), []).append(name)
    return tuple(_Pattern(tuple(names), *shape) for shape, names in by_shape.items())


def _place(pattern: _Pattern, text: str) -> _Place | None:
    """Return the last place where a sentence stands as a message, else one where it stands in code."""
    if not any(pattern.pieces):
        return _bare(pattern, text)
    in_code = None
    for start in _starts(pattern, text):
        said = _said(pattern, text, start)
        if said is None:
            continue
        place = _Place(said, _standing(text, start), text.count("\n", 0, start))
        if place.standing:
            return place
        in_code = in_code or place
    return in_code


def _bare(pattern: _Pattern, text: str) -> _Place | None:
    """Find a sentence that is nothing but a value: MLflow passes on that of a `KeyError`."""
    found = next(reversed(list(_BARE.finditer(text))), None)
    if found is None:
        return None
    said = Said(pattern.names, found[0], ((pattern.fields[0], found[1]),), own=0)
    return _Place(said, _BEHIND_EXCEPTION, text.count("\n", 0, found.start()))


def _starts(pattern: _Pattern, text: str) -> Iterator[int]:
    """Yield where the sentence may begin, the last place first."""
    first = pattern.pieces[0]
    sign = first or pattern.pieces[1]
    at = text.rfind(sign)
    for _ in range(_MOST_STARTS):
        if at < 0:
            return
        yield at if first else _begin_of_value(text, at)
        at = text.rfind(sign, 0, at)


def _begin_of_value(text: str, at: int) -> int:
    line = text.rfind("\n", 0, at) + 1
    colon = text.rfind(": ", line, at)
    return colon + 2 if colon >= 0 else line


def _standing(text: str, start: int) -> int:
    before = _line_before(text, start)
    if _EXCEPTION.search(before):
        return _BEHIND_EXCEPTION
    return 0 if _IN_CODE.search(before) else 1


def _line_before(text: str, start: int) -> str:
    return text[max(text.rfind("\n", 0, start) + 1, start - _WIDEST) : start]


def _said(pattern: _Pattern, text: str, start: int) -> Said | None:
    """Read the sentence from where it begins; None where it does not go on."""
    block = _BLOCK_END.search(text, start)
    ends = (block.start(), len(text)) if block else (len(text),)
    for end in ends:
        spans, stop = _spans(pattern, text, start, end)
        if stop is not None:
            facts = _facts(pattern, text, spans)
            return Said(pattern.names, text[start:stop], facts, sum(map(len, pattern.pieces)))
    spans, _ = _spans(pattern, text, start, ends[0])
    own = sum(len(piece) for piece in pattern.pieces[: len(spans)])
    is_mlflows = _OF_MLFLOW.search(_line_before(text, start)) is not None
    if own < (_ENOUGH_OF_MLFLOW if is_mlflows else _ENOUGH):
        return None
    return Said(pattern.names, text[start : ends[0]].rstrip(), _facts(pattern, text, spans), own, is_cut=True)


def _facts(pattern: _Pattern, text: str, spans: list[tuple[int, int]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text[start:end]) for name, (start, end) in zip(pattern.fields, spans, strict=False))


def _end_of_set(text: str, at: int, end: int) -> int:
    """Return where the set ends that begins here, in which quotes stand; the place itself where none does."""
    if not text.startswith("{", at):
        return at
    close = text.find("}", at, end)
    return close + 1 if close >= 0 else end + 1


def _spans(pattern: _Pattern, text: str, start: int, end: int) -> tuple[list[tuple[int, int]], int | None]:
    """Return where the values stand, and where the sentence ends: None where the text breaks off before."""
    at = start + len(pattern.pieces[0])
    stop = max(len(text[:end].rstrip()), at)
    spans: list[tuple[int, int]] = []
    for index, piece in enumerate(pattern.pieces[1:], start=1):
        is_last = index == len(pattern.fields)
        if is_last and text.endswith(piece, at, stop):
            following = stop - len(piece)
        else:
            following = text.find(piece, _end_of_set(text, at, end), end)
        is_wrapped = pattern.fields[index - 1] in _WORDS and len(text[at:following].split()) > 1
        if following < 0 or is_wrapped:
            return [*spans, (at, stop)], None
        spans.append((at, following))
        at = following + len(piece)
    return spans, at
