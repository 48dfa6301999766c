"""Finds the filters in TOML files: the values of keys that hold one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from mlq_grammar.spans import Span

from mlq.hosts import evidence

if TYPE_CHECKING:
    from mlq.hosts.embedding import Embedding
    from mlq.hosts.keyed import Entry, FilterKeys, Path
    from mlq.hosts.region import FilterRegion
    from mlq.hosts.valued import Value

_BLANKS = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_INDENTATION = re.compile(r"[ \t]*")
_KEY = re.compile(r"""[ \t]*(?:([\w-]+)|"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)')[ \t]*(\.?)""")
_STRING = re.compile(
    r"""
      (?P<opening3>\"{3}) (?P<basic3> (?:[^"\\]|\\.|\"{1,2}(?!\"))* ) \"{0,2}? \"{3}
    | (?P<opening4>'{3}) (?P<raw3> (?:[^']|'{1,2}(?!'))* ) '{0,2}? '{3}
    | (?P<opening1>") (?P<basic> (?:[^"\\\n]|\\.)* ) "
    | (?P<opening2>') (?P<raw> [^'\n]* ) '
    """,
    re.VERBOSE | re.DOTALL,
)
_OTHER = re.compile(r"[^,\]}\n#]*")
_LINE = re.compile(r"[^\n]*\n?")
_ESCAPE = re.compile(r"\\(?:[ \t]*\r?\n[ \t\r\n]*|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|.)", re.DOTALL)
_NAMED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b", '"': '"', "\\": "\\"}
_DEEPEST = 50


@lru_cache(maxsize=32)
def regions(text: str, keys: FilterKeys = ()) -> tuple[FilterRegion, ...]:
    """Return the filters of a TOML file in order; `keys` are those that a setting names. Never raises."""
    from mlq.hosts import keyed

    if keyed.FILTER_KEY not in text and not keyed.may_be_named(text, keys):
        return ()
    return keyed.regions(text, _Reader(text).entries(), keys)


def region_at(text: str, offset: int, keys: FilterKeys = ()) -> FilterRegion | None:
    """Return the filter that a cursor stands in, and in no hole."""
    return next((region for region in regions(text, keys) if region.place_of(offset) is not None), None)


@lru_cache(maxsize=32)
def embeddings(text: str) -> tuple[Embedding, ...]:
    """Return the shell commands in a TOML file, as of a task, as far as they may hold filters."""
    from mlq.hosts import keyed

    return tuple(keyed.embeddings(_Reader(text).entries())) if evidence.anywhere(text) else ()


class _Reader:
    """One file, read from its start to its end; what is broken ends with its line."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._tables = 0

    def entries(self) -> Iterator[Entry]:
        """Yield the keys with plain values."""
        table: Path = ()
        while self._skip(_BLANKS) < len(self._text):
            if self._text.startswith("[", self._at):
                table = self._table()
            else:
                yield from self._pair(table, 0)
            self._skip(_LINE)

    def _table(self) -> Path:
        is_list = self._text.startswith("[[", self._at)
        self._at += 1 + is_list
        path = self._keys()
        self._tables += is_list
        return (*path, f"#{self._tables}") if is_list else path

    def _pair(self, path: Path, depth: int) -> Iterator[Entry]:
        keys = self._keys()
        if keys and self._text.startswith("=", self._at):
            self._at += 1
            self._skip(_INDENTATION)
            yield from self._value((*path, *keys), depth)

    def _keys(self) -> Path:
        found: list[str] = []
        while key := _KEY.match(self._text, self._at):
            found.append(key[1] or key[2] or key[3] or "")
            self._at = key.end()
            if not key[4]:
                break
        return tuple(found)

    def _value(self, path: Path, depth: int) -> Iterator[Entry]:
        string = _STRING.match(self._text, self._at)
        if string:
            from mlq.hosts.keyed import Entry

            self._at = string.end()
            yield Entry(path, string[0].strip("'\""), partial(_read, self._text, string))
        elif self._text.startswith(("[", "{"), self._at) and depth < _DEEPEST:
            yield from self._items(path, depth)
        else:
            self._skip(_OTHER)

    def _items(self, path: Path, depth: int) -> Iterator[Entry]:
        """Yield what a list or an inline table holds."""
        is_list = self._text[self._at] == "["
        self._at += 1
        count = 0
        while self._skip(_BLANKS) < len(self._text) and self._text[self._at] not in "]}":
            start = self._at
            yield from (
                self._value((*path, f"#{count}"), depth + 1) if is_list else self._pair(path, depth + 1)
            )
            self._skip(_BLANKS)
            if self._text.startswith(",", self._at):
                self._at += 1
            elif self._at == start:
                return  # broken
            count += 1
        self._at += 1

    def _skip(self, what: re.Pattern[str]) -> int:
        found = what.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at


def _read(text: str, string: re.Match[str]) -> Value:
    from mlq.hosts.valued import Reader

    kind = next(kind for kind in ("basic3", "raw3", "basic", "raw") if string[kind] is not None)
    start = string.start(kind)
    opening = text[string.start() : start]
    end = string.end() - len(opening)  # up to two quotes may stand before the closing ones
    if len(opening) == 3 and (line_end := re.compile(r"\r?\n").match(text, start)):
        start = line_end.end()
    content = Span(start, end)
    is_raw = kind.startswith("raw")
    reader = Reader(opening, content, partial(_write_raw, opening=opening) if is_raw else _write)
    at = start
    for found in () if is_raw else _ESCAPE.finditer(text, start, end):
        reader.put(text[at : found.start()], Span(at, found.start()))
        if character := _character(found[0]):
            reader.put(character, Span(*found.span()))
        at = found.end()
    reader.put(text[at:end], Span(at, end))
    return reader.value(Span(*string.span()))


def _character(escape: str) -> str:
    letter = escape[1]
    if letter in "xuU" and len(escape) > 2:
        code = int(escape[2:], 16)
        return chr(code) if code < 0x110000 else escape
    return "" if letter.isspace() else _NAMED.get(letter, escape)


def _write(text: str) -> str:
    named = {"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"}
    return "".join(named.get(char, char) for char in text)


def _write_raw(text: str, opening: str) -> str:
    # A line end right behind three quotes is none of the text's.
    if "'" in text or text.startswith("\n") or (len(opening) == 1 and ("\n" in text or "\r" in text)):
        raise ValueError("a literal string cannot hold this text")
    return text
