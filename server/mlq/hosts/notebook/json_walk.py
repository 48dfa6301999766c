"""Walks a JSON text and says where in it things stand, which the standard library does not."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn

from mlq_grammar.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BLANKS = re.compile(r"[ \t\r\n]*")
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u....|.)", re.DOTALL)

_SHORT = {r"\n": "\n", r"\"": '"', r"\\": "\\", r"\t": "\t"}  # those that nearly all are


class Walker:
    """Walks one text. A value is read where it starts, and what reads one returns where it ends.

    All methods raise `json.JSONDecodeError` where the text is no JSON, and `RecursionError`.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._scan = json.JSONDecoder().raw_decode

    def value(self, at: int) -> tuple[object, int]:
        """Return any value and its end, at the speed of the standard library."""
        return self._scan(self.text, at)

    def object(self, at: int, member: Callable[[str, int], int]) -> int:
        """Walk an object: `member` takes each key with where its value starts."""

        def pair(at: int) -> int:
            key, end = self.value(at)
            if not isinstance(key, str):
                self._fail("Expecting property name enclosed in double quotes", at)
            return member(key, self.skip_blanks(self._past(":", self.skip_blanks(end))))

        return self._items(at, "{", "}", pair)

    def array(self, at: int, item: Callable[[int], int]) -> int:
        """Walk an array: `item` takes where each item starts."""
        return self._items(at, "[", "]", item)

    def end(self, at: int) -> None:
        """Check that nothing follows."""
        at = self.skip_blanks(at)
        if at < len(self.text):
            self._fail("Extra data", at)

    def skip_blanks(self, at: int) -> int:
        """Return where something stands, from an offset on."""
        found = _BLANKS.match(self.text, at)
        return found.end() if found else at

    def _items(self, at: int, opening: str, closing: str, item: Callable[[int], int]) -> int:
        at = self.skip_blanks(self._past(opening, at))
        if self.text.startswith(closing, at):
            return at + 1
        while True:
            at = self.skip_blanks(item(at))
            if self.text.startswith(closing, at):
                return at + 1
            at = self.skip_blanks(self._past(",", at))

    def _past(self, sign: str, at: int) -> int:
        if not self.text.startswith(sign, at):
            self._fail(f"Expecting '{sign}'", at)
        return at + 1

    def _fail(self, message: str, at: int) -> NoReturn:
        raise json.JSONDecodeError(message, self.text, at)


def parts(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    """Yield what a string says and where, given the span between its quotes.

    Each escape comes by itself, and so does the plain text between two; an empty string is one empty part.
    """
    at = span.start
    for found in _ESCAPE.finditer(text, span.start, span.end):
        if at < found.start():
            yield text[at : found.start()], Span(at, found.start())
        yield _SHORT.get(found[0]) or str(json.loads(f'"{found[0]}"')), Span(*found.span())
        at = found.end()
    if at < span.end or at == span.start:
        yield text[at : span.end], Span(at, span.end)
