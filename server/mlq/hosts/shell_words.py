"""Reads the words of shell commands: quotes and escapes taken off, with holes for what is expanded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice

from mlq_grammar.spans import Span
from tree_sitter import Language, Node, Parser

from mlq.hosts.valued import Reader, Value

_ESCAPED = re.compile(r"""\\(\r?\n|[\\"$`])""")
_ESCAPED_IN_DOCUMENT = re.compile(r"\\(\r?\n|[\\$`])")
_ESCAPED_ANSI = re.compile(
    r"\\(?:x[\da-fA-F]{1,2}|u[\da-fA-F]{1,4}|U[\da-fA-F]{1,8}|[0-7]{1,3}|c.|[abeEfnrtv\\'\"?])", re.DOTALL
)
_WHOLE_ANSI = re.compile(r"\$'(?:[^'\\]|\\.)*'", re.DOTALL)
_ESCAPED_BARE = re.compile(r"\\(\r?\n|.)", re.DOTALL)
_ANSI = dict(zip("abeEfnrtv\\'\"?", "\a\b\x1b\x1b\f\n\r\t\v\\'\"?", strict=True))
_SAFE = re.compile(r"[\w@%+=:,./-]*")


@cache
def _parser() -> Parser:
    import tree_sitter_bash

    return Parser(Language(tree_sitter_bash.language()))


@lru_cache(maxsize=4)
def _root(text: str) -> Node:
    """Return the tree of a script; its offsets are code points of the text.

    What is parsed has one byte for each code point: any beyond ASCII becomes a letter.
    """
    return _parser().parse(text.encode("ascii", "replace").replace(b"?", b"_").replace(b"\0", b"_")).root_node


def nodes_at(text: str, places: Iterable[int], kind: str) -> Iterator[Node]:
    """Yield the nodes of a kind that stand at places of a script or around them, each once."""
    seen: set[int] = set()
    for place in places:
        node = _root(text).descendant_for_byte_range(place, place + 1)
        while node and node.type != kind:
            node = node.parent
        if node and node.start_byte not in seen:
            seen.add(node.start_byte)
            yield node


def assigned(text: str, name: str) -> Value | None:
    """Return what a variable of a script holds that is assigned once; None where that cannot be told."""
    places = (found.start() for found in re.finditer(rf"(?<![\w$]){re.escape(name)}(?=\+?=)", text))
    found = list(islice(nodes_at(text, places, "variable_assignment"), 2))
    value = found[0].child_by_field_name("value") if len(found) == 1 else None
    return value_of(text, value) if value else None


def words_of(command: Node) -> list[Node]:
    """Return the name and the arguments of a command, without what it is assigned or redirected to."""
    unsaid = {"variable_assignment", "variable_assignments", "comment"}
    kept = [child for child in command.named_children if child.type not in unsaid]
    return [child for child in kept if not child.type.endswith("_redirect")]


def text_of(text: str, node: Node) -> str:
    """Return what a word stands for, with `{}` for what is expanded."""
    return value_of(text, node).text


def span_of(node: Node) -> Span:
    """Return where a node stands."""
    return Span(node.start_byte, node.end_byte)


def value_of(text: str, node: Node, start: int = 0) -> Value:
    """Return what a word stands for, from an offset of the text on."""
    if node.type in {"command_name", "concatenation"}:
        found: Value | None = None
        for part in _parts(node, start):
            value = value_of(text, part, start)
            found = found.then(value) if found else value
        if found:
            return found
    span = Span(max(node.start_byte, start), node.end_byte)
    return _READERS.get(node.type, _hole)(text, node, span)


def _parts(node: Node, start: int) -> Iterator[Node]:
    for child in node.named_children:
        if child.end_byte > start:
            yield child


def _raw(text: str, node: Node, span: Span) -> Value:
    reader = Reader("'", content := Span(span.start + 1, node.end_byte - 1), write_raw)
    reader.put(content.of(text), content)
    return reader.value(span)


def _double(text: str, node: Node, span: Span) -> Value:
    content = Span(span.start + 1, node.end_byte - 1)
    reader = Reader('"', content, write_double)
    _put_expanded(text, node, content, _ESCAPED, reader)
    return reader.value(span)


def document_of(text: str, body: Node, span: Span) -> Value:
    """Return what a here-document says that is expanded."""
    reader = Reader("", span, write_expanded)
    _put_expanded(text, body, span, _ESCAPED_IN_DOCUMENT, reader)
    return reader.value(span)


def _put_expanded(text: str, node: Node, content: Span, escaped: re.Pattern[str], reader: Reader) -> None:
    at = content.start
    for child in node.named_children:
        if child.type in _EXPANSIONS:
            _put(text, Span(at, child.start_byte), escaped, _plain, reader)
            reader.hole(span_of(child), span_of(child).of(text))
            at = child.end_byte
    _put(text, Span(at, content.end), escaped, _plain, reader)


def _ansi(text: str, node: Node, span: Span) -> Value:
    if not _WHOLE_ANSI.fullmatch(span.of(text)):
        return _hole(text, node, span)  # the grammar takes a backslash that is escaped for one that escapes
    content = Span(span.start + 2, node.end_byte - 1)
    reader = Reader("$'", content, write_ansi)
    _put(text, content, _ESCAPED_ANSI, _ansi_character, reader)
    return reader.value(span)


def _bare(text: str, node: Node, span: Span) -> Value:
    del node
    reader = Reader("", span, write_bare)
    _put(text, span, _ESCAPED_BARE, _plain, reader)
    return reader.value(span)


def _hole(text: str, node: Node, span: Span) -> Value:
    reader = Reader("", span, _refuse)
    reader.hole(span, span_of(node).of(text))
    return reader.value(span)


_EXPANSIONS = frozenset({"simple_expansion", "expansion", "command_substitution", "arithmetic_expansion"})
_READERS: dict[str, Callable[[str, Node, Span], Value]] = {
    "raw_string": _raw,
    "string": _double,
    "ansi_c_string": _ansi,
    "word": _bare,
    "number": _bare,
}


def _put(
    text: str, span: Span, escaped: re.Pattern[str], value: Callable[[str], str], reader: Reader
) -> None:
    at = span.start
    for found in escaped.finditer(text, *span):
        reader.put(text[at : found.start()], Span(at, found.start()))
        if character := value(found[0]):
            reader.put(character, Span(*found.span()))
        at = found.end()
    reader.put(text[at : span.end], Span(at, span.end))


def _plain(escape: str) -> str:
    return "" if escape.endswith("\n") else escape[1:]


def _ansi_character(escape: str) -> str:
    letter = escape[1]
    if letter in _ANSI:
        return _ANSI[letter]
    if letter == "c":
        return chr(ord(escape[2]) & 0x1F)
    code = int(escape[2:], 16) if letter in "xuU" else int(escape[1:], 8)
    return chr(code) if code < 0x110000 else escape


def write_raw(text: str) -> str:
    """Write text between single quotes."""
    return text.replace("'", r"'\''")


def write_expanded(text: str) -> str:
    """Write text in a document that is expanded."""
    return re.sub(r"[\\$`]", r"\\\g<0>", text)


def write_double(text: str) -> str:
    """Write text between double quotes."""
    return re.sub(r'[\\"$`]', r"\\\g<0>", text)


def write_ansi(text: str) -> str:
    """Write text between `$'` and `'`."""
    return re.sub(r"[\\']", r"\\\g<0>", text).replace("\n", r"\n")


def write_bare(text: str) -> str:
    """Write text without quotes; ValueError where that cannot be."""
    if "\n" in text or "\r" in text:
        raise ValueError("a word without quotes holds no line end")
    return "".join(char if _SAFE.fullmatch(char) else f"\\{char}" for char in text)


def _refuse(text: str) -> str:
    raise ValueError(f"an expansion stands there, not {text}")
