"""Reads Python string literals as Python does, and keeps where each character came from."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from mlq_grammar.spans import Span

from mlq.hosts.region import Quoted

if TYPE_CHECKING:
    from mlq.hosts.python.template import Parts

_OPENING = re.compile(r"""([a-zA-Z]*)('''|\"\"\"|'|")""")
_STATIC_PREFIXES = frozenset({"", "r", "u"})

# What is not itself. Python reads every line end of a source file as a line feed.
_SPECIAL = re.compile(
    r"\r\n?|\\(?:\r\n|[\r\n]|[0-7]{1,3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|N\{[^}\\\r\n]{1,100}\}|.)"
)
_LINE_END = re.compile(r"\r\n?")
# In an f-string a brace stands for itself twice, and a backslash before one is only a backslash.
_BRACES = r"\{\{|\}\}|"
_SPECIAL_BESIDE_HOLES = re.compile(_BRACES + _SPECIAL.pattern.replace("|.)", "|[^{}])"))
_LINE_END_BESIDE_HOLES = re.compile(_BRACES + _LINE_END.pattern)
_NAMED = {
    "\\": "\\",
    "'": "'",
    '"': '"',
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
}


def opening(text: str, start: int) -> str | None:
    """Return the prefix and quote that open there; None for bytes, f-strings, templates and no literal."""
    found = _OPENING.match(text, start)
    if found and found[1].lower() in _STATIC_PREFIXES:
        return found[0]
    return None


def read(text: str, start: int, end: int, into: Parts) -> Quoted | None:
    """Append the literal at `start:end` of the text; None, and nothing appended, where it is not static.

    A literal whose closing quote is missing, because it is being typed, reaches to `end`.
    """
    found = opening(text, start)
    if found is None:
        return None
    content = content_of(text, found, start, end)
    into.anchor(content.start)
    _read(text, content, _LINE_END if "r" in found.lower() else _SPECIAL, into)
    into.anchor(content.end)
    return Quoted(found, content)


def read_beside_holes(text: str, span: Span, into: Parts, *, is_raw: bool) -> None:
    """Append what stands between two holes of an f-string."""
    into.anchor(span.start)
    _read(text, span, _LINE_END_BESIDE_HOLES if is_raw else _SPECIAL_BESIDE_HOLES, into)
    into.anchor(span.end)


def content_of(text: str, opening: str, start: int, end: int) -> Span:
    """Return where the content of the literal at `start:end` stands, which has this opening."""
    inside = start + len(opening)
    quote = opening.lstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return Span(inside, _content_end(text, inside, end, quote))


def _read(text: str, content: Span, special: re.Pattern[str], into: Parts) -> None:
    at = content.start
    for match in special.finditer(text, *content):
        if at < match.start():
            into.add(text[at : match.start()], Span(at, match.start()))
        _add_special(match, into)
        at = match.end()
    if at < content.end:
        into.add(text[at : content.end], Span(at, content.end))


def _content_end(text: str, start: int, end: int, quote: str) -> int:
    closing = end - len(quote)
    if closing < start or text[closing:end] != quote:
        return end
    backslashes = closing - len(text[start:closing].rstrip("\\")) - start
    return end if backslashes % 2 else closing


def _add_special(match: re.Match[str], into: Parts) -> None:
    value = _value(match[0])
    if value:  # an escaped line end stands for nothing
        into.add(value, Span(*match.span()))


def _value(special: str) -> str:
    if special[0] == "\r":
        return "\n"
    if special[0] in "{}":
        return special[0]
    kind = special[1]
    if kind in "\r\n":
        return ""
    if kind in _NAMED and len(special) == 2:
        return _NAMED[kind]
    if kind in "01234567":
        return chr(int(special[1:], 8))
    if kind in "xuU" and len(special) > 2:
        return _character(special)
    if kind == "N" and len(special) > 2:
        return _named_character(special)
    return special  # Python keeps the backslash of an escape that it does not know


def _character(escape: str) -> str:
    code = int(escape[2:], 16)
    return chr(code) if code < 0x110000 else escape


def _named_character(escape: str) -> str:
    try:
        found = unicodedata.lookup(escape[3:-1])
    except KeyError:
        return escape
    return found if len(found) == 1 else escape
