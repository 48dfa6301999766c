"""How text is written inside a Python string literal, so that it reads back the same."""

from __future__ import annotations

import re

_NAMED = {"\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\0": r"\x00"}
_PLAIN = re.compile("[^\\\\\r\n\t\0'\"\ud800-\udfff]*")
_SURROGATE = re.compile("[\ud800-\udfff]")


def escape(text: str, opening: str) -> str:
    """Write text for the inside of a literal with this opening quote (`'`, `r"`, `u'''`).

    Raises `ValueError` where a raw literal cannot hold the text. The answer can stand anywhere in the
    literal: it neither ends it nor joins with what is around it.
    """
    prefix = opening.rstrip("'\"")
    quote = opening[len(prefix) :]
    is_raw = "r" in prefix.lower()
    if is_raw:
        _refuse_raw(text, quote)
        return text
    if _PLAIN.fullmatch(text):
        return text
    kept = "\t\n" if len(quote) == 3 else "\t"
    written = "".join(char if char in kept else _NAMED.get(char, char) for char in text)
    written = _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
    return _escape_quotes(written, quote)


def _escape_quotes(text: str, quote: str) -> str:
    mark = quote[0]
    if len(quote) == 1:
        return text.replace(mark, "\\" + mark)
    # A lone quote is plain text in a triple-quoted literal; beside another one it could end it.
    return re.sub(rf"(?<![^{mark}]){mark}|{mark}(?![^{mark}])", lambda found: "\\" + found[0], text)


def _refuse_raw(text: str, quote: str) -> None:
    mark = quote[0]
    is_triple = len(quote) == 3
    forbidden = "\r\0" if is_triple else f"\r\n\0{mark}"
    edges = text[:1] + text[-1:] if is_triple else ""
    if any(char in text for char in forbidden) or mark in edges or mark * 2 in text or text.endswith("\\"):
        raise ValueError("a raw string literal cannot hold this text")
    if _SURROGATE.search(text):
        raise ValueError("a raw string literal cannot hold half of a surrogate pair")
