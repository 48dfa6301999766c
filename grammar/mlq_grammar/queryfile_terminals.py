"""The terminals of `queryfile.lark`.

They are not MLflow's tokens: `#` opens a comment without a blank behind it, and a quote that is not closed
must not swallow the queries below it. A string ends where it does for MLflow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mlq_grammar.spans import Span


class Terminal(NamedTuple):
    """A terminal of the grammar and where it stands."""

    type: str
    text: str
    span: Span


def _quoted(quote: str, escapes: str) -> str:
    """Return the pattern of a string that does not run over a semicolon at a line's end."""
    plain = rf"(?:(?!;[ \t]*[\r\n])[^{quote}\\])*"
    return rf"{quote}{plain}(?:(?:{escapes}){plain})*{quote}"


_SINGLE = _quoted("'", r"''|\\'|\\")
_DOUBLE = _quoted('"', r'""|\\"|\\')
_BACKTICK = _quoted("`", r"``|\\")
_TOKEN = re.compile(
    rf"""
      (?P<blank>\s+)
    | (?P<COMMENT>(?:--|\#)[^\r\n]*)
    | (?P<QUOTED>{_SINGLE}|{_DOUBLE}|{_BACKTICK})
    | (?P<UNCLOSED>['"`](?:(?!;?[ \t]*(?:[\r\n]|\Z))[^\r\n])*)
    | (?P<SEMICOLON>;)
    | (?P<COMMA>,)
    | (?P<ORDER_BY>ORDER\s+BY(?![\w.]))
    | (?P<WORD>(?:(?!--)[^\s;,:'"`()\#=<>!~])+)
    | (?P<OTHER>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_NAME = r"\w[\w.]*(?:-\w[\w.]*)*"
_LABEL = re.compile(rf"{_NAME}(?:[ \t]+{_NAME})*[ \t]*:(?![:=])")
_SECTIONS = frozenset({"WHERE", "VIEW", "LIMIT"})


def terminals(text: str) -> Iterator[Terminal]:
    """Yield the terminals of a query file, comments among them, in order; never raises."""
    at = 0
    is_first_of_query = is_first_of_line = True
    section = ""
    while at < len(text):
        label = _LABEL.match(text, at) if is_first_of_line or is_first_of_query else None
        found = label or _TOKEN.match(text, at)
        if found is None:
            return  # never: OTHER matches any character
        type_ = "LABEL" if label else found.lastgroup or ""
        at = found.end()
        if type_ == "blank":
            is_first_of_line = is_first_of_line or "\n" in found[0] or "\r" in found[0]
            continue
        if type_ == "WORD":
            type_ = _type_of_word(found[0].upper(), section, is_first=is_first_of_query or is_first_of_line)
        yield Terminal(type_, found[0], Span(*found.span()))
        if type_ == "COMMENT":
            continue
        if type_ in _OPENERS:
            section = type_
        is_first_of_query = type_ in {"SEMICOLON", "LABEL"}
        is_first_of_line = False


_OPENERS = _SECTIONS | {"SEARCH", "IN", "ORDER_BY", "LABEL", "SEMICOLON"}


def _type_of_word(word: str, section: str, *, is_first: bool) -> str:
    if word in _SECTIONS or (word == "SEARCH" and is_first) or (word == "IN" and section == "SEARCH"):
        return word
    return "WORD"
