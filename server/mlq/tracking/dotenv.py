"""Reads `.env` files as python-dotenv does, which is how their variables reach the programs beside them."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

NAME = ".env"
_LARGEST = 100_000

# A name with or without `export` and quotes; a value in quotes, which may go over lines, or up to a comment.
_LINE = re.compile(
    r"""
    \s* (?:export[^\S\r\n]+)?
    (?: '(?P<quoted>[^'\r\n]+)' | (?P<name>[^=\#\s]+) )
    [^\S\r\n]* = [^\S\r\n]*
    (?: '(?P<single>(?:[^'\\]|\\.)*)' | "(?P<double>(?:[^"\\]|\\.)*)"
      | (?<![=])(?=\#) | (?P<bare>(?!['"])[^\r\n]*) )
    [^\S\r\n]* (?:\#[^\r\n]*)? (?=[\r\n]|\Z)
    """,
    re.VERBOSE | re.DOTALL,
)
_LINE_END = re.compile(r"\r\n|\n|\r")
_COMMENT = re.compile(r"\s+#.*")
_IN_SINGLE = re.compile(r"\\([\\'])")
_IN_DOUBLE = re.compile(r"\\([\\'\"abfnrtv])")
_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_VARIABLE = re.compile(r"\$\{([^}:]*)(?::-([^}]*))?\}")


def nearest(folders: Iterable[Path]) -> str:
    """Return the text of the `.env` in the first of the folders that has one; empty where none has."""
    return next((text for folder in folders if (text := _read(folder / NAME))), "")


def _read(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            return file.read(_LARGEST)
    except (OSError, ValueError):
        return ""


def parse(text: str, environ: Mapping[str, str]) -> Mapping[str, str]:
    """Return the variables that a text sets; `${NAME}` is the environment's, else the lines before's."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        line = _LINE.match(text, at)
        if line:
            name = line["quoted"] or line["name"]
            found[name] = _expanded(_value(line), {**found, **environ})
        rest = _LINE_END.search(text, line.end() if line else at)
        at = rest.end() if rest else len(text)
    return MappingProxyType(found)


def _value(line: re.Match[str]) -> str:
    if line["single"] is not None:
        return _IN_SINGLE.sub(r"\1", line["single"])
    if line["double"] is not None:
        return _IN_DOUBLE.sub(lambda escape: _ESCAPES.get(escape[1], escape[1]), line["double"])
    return _COMMENT.sub("", line["bare"] or "").rstrip()


def _expanded(value: str, known: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda each: known.get(each[1], each[2] or ""), value)
