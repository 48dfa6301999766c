"""Reads the scalars of YAML: quotes, escapes, folds and indentation taken off, each with its place."""

from __future__ import annotations

import re
from functools import partial
from typing import NamedTuple

from mlq_grammar.spans import Span

from mlq.hosts.valued import Reader, Value

_FOLD = r"[ \t]*(?:\r\n|\r|\n)[ \t]*(?:(?:\r\n|\r|\n)[ \t]*)*"
_SPECIAL_PLAIN = re.compile(_FOLD)
_SPECIAL_SINGLE = re.compile(rf"''|{_FOLD}")
_SPECIAL_DOUBLE = re.compile(
    r"\\(?:(?:\r\n|\r|\n)[ \t]*|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|.)"
    rf"|{_FOLD}"
)
_ESCAPES = dict(zip('0abtnvfre "/\\N_LP\t', '\0\a\b\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029\t', strict=True))
_LINE_END = re.compile(r"\r\n|\r|\n")
_HEADER = re.compile(r"([|>])([+-]?)([1-9]?)([+-]?)[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)")
_LINE = re.compile(r"([ ]*)([^\r\n]*)(\r\n|\r|\n|$)")
# What a plain scalar cannot hold, in a flow or outside of one, and what it cannot begin with.
_NOT_PLAIN = re.compile(r":(?=\s|$)|\s#|[\r\n,\[\]{}]|^[-?:,\[\]{}#&*!|>'\"%@`]")


def read_flow(text: str, span: Span) -> Value:
    """Return the text of a plain or quoted scalar."""
    opening = text[span.start] if text[span.start] in "'\"" else ""
    content = Span(span.start + len(opening), span.end - len(opening))
    special, write = {
        "": (_SPECIAL_PLAIN, _write_plain),
        "'": (_SPECIAL_SINGLE, _write_single),
        '"': (_SPECIAL_DOUBLE, _write_double),
    }[opening]
    reader = Reader(opening, content, write)
    at = content.start
    for found in special.finditer(text, *content):
        reader.put(text[at : found.start()], Span(at, found.start()))
        if found[0][0] in "\\'":
            _put(reader, _character(found[0]), Span(*found.span()))
        else:
            _put_fold(reader, found)
        at = found.end()
    reader.put(text[at : content.end], Span(at, content.end))
    return reader.value(span)


def _put(reader: Reader, text: str, outer: Span) -> None:
    if text:
        reader.put(text, outer)


def _put_fold(reader: Reader, found: re.Match[str]) -> None:
    """Append a blank for one line end, or one line end less than there are."""
    ends = [end.end() for end in _LINE_END.finditer(found.string, *found.span())]
    if len(ends) == 1:
        reader.put(" ", Span(*found.span()))
    starts = [found.start(), *ends[1:]]
    for at in range(len(ends) - 1):
        stop = found.end() if at + 2 == len(ends) else starts[at + 1]
        reader.put("\n", Span(starts[at], stop))


def _character(special: str) -> str:
    if special == "''":
        return "'"
    letter = special[1]
    if letter in "\r\n":
        return ""
    if letter in "xuU" and len(special) > 2:
        code = int(special[2:], 16)
        return chr(code) if code < 0x110000 else special
    return _ESCAPES.get(letter, special)


class _Line(NamedTuple):
    """A line of a block behind the block's indentation, its line end, and whether it is indented more."""

    content: Span
    end: Span
    is_more: bool

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing but indentation."""
        return self.content.start == self.content.end


def read_block(text: str, start: int, around: int) -> Value | None:
    """Return the text of a block scalar, whose key is indented by `around`; None where it holds none."""
    header = _HEADER.match(text, start)
    lines = _lines(text, header.end(), around, int(header[3] or 0)) if header else []
    last = max((at for at, line in enumerate(lines) if not line.is_empty), default=-1)
    if header is None or last < 0:
        return None
    chomping = header[2] or header[4]
    lines = lines if chomping == "+" else lines[: last + 1]
    first = next(line for line in lines if not line.is_empty).content
    margin = text[max(text.rfind("\n", 0, first.start), text.rfind("\r", 0, first.start)) + 1 : first.start]
    write = partial(_write_block, margin=margin, is_folded=header[1] == ">")
    stop = lines[-1].content.end if chomping == "-" else lines[-1].end.end
    reader = Reader(header[1], Span(lines[0].content.start, stop), write)
    for at, line in enumerate(lines):
        reader.put(line.content.of(text), line.content)
        is_last = at == last
        end = "\n" if is_last or header[1] == "|" else _folded(lines, at)
        if line.end.start < line.end.end and end and not (is_last and chomping == "-"):
            # The next line's indentation goes with the end of this one.
            following = lines[at + 1].content.start if at + 1 < len(lines) else line.end.end
            reader.put(end, Span(line.end.start, following))
    return reader.value(Span(start, stop))


def _lines(text: str, start: int, around: int, explicit: int) -> list[_Line]:
    """Return the lines of a block, with the empty ones behind it."""
    found: list[_Line] = []
    margin = around + explicit if explicit else 0
    for line in _LINE.finditer(text, start):
        indentation = len(line[1])
        if line[2] and indentation <= around:
            break
        margin = margin or (indentation if line[2] else 0)
        begin = line.start() + min(indentation, margin or indentation)
        is_more = text[begin : begin + 1] in {" ", "\t"}
        found.append(_Line(Span(begin, line.end(2)), Span(*line.span(3)), is_more))
        if not line[3]:
            break
    return found


def _folded(lines: list[_Line], at: int) -> str:
    """Return what stands for a line's end in a folded block: a blank, where it goes on like this."""
    line = lines[at]
    following = next((each for each in range(at + 1, len(lines)) if not lines[each].is_empty), None)
    if line.is_empty or line.is_more or following is None or lines[following].is_more:
        return "\n"
    return " " if following == at + 1 else ""


def _write_plain(text: str) -> str:
    if _NOT_PLAIN.search(text):
        raise ValueError("a plain scalar cannot hold this text")
    return text


def _write_single(text: str) -> str:
    if "\n" in text or "\r" in text:
        raise ValueError("in single quotes a line end is a blank")
    return text.replace("'", "''")


def _write_double(text: str) -> str:
    named = {"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"}
    return "".join(named.get(char, char) for char in text)


def _write_block(text: str, margin: str, *, is_folded: bool) -> str:
    if "\r" in text or (is_folded and "\n" in text):
        raise ValueError("the block cannot hold this line end")
    return text.replace("\n", "\n" + margin)
