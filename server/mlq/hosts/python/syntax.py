"""A Python file as a syntax tree, with offsets in code points of the text, even while it is being typed."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tree_sitter import Language, Node, Parser, Tree

from mlq.hosts.python import LONGEST
from mlq.hosts.python.scripts import as_module, is_ordered
from mlq.hosts.python.unfinished import complete

if TYPE_CHECKING:
    from collections.abc import Iterator

# A lone carriage return ends a line for Python, but not for the grammar.
_LONE_CR = re.compile(rb"\r(?!\n)")
# An escape of any kind neither ends a string nor means anything here; thousands of them are slow to parse.
# The braces of a named character are no hole, those behind any other backslash are.
_ESCAPE = re.compile(rb"\\(?:N\{[\w -]{1,100}\}|[^\r\n{}])")
# All unfinished calls of a file together: keeps the time for a hostile file bounded.
_MOST_COMPLETED = 400_000
_RETURN = re.compile(r"\breturn\b")
_YIELD = re.compile(r"\byield\b")
_MOST_RETURNS = 20


@cache
def _parser() -> Parser:
    import tree_sitter_python

    return Parser(Language(tree_sitter_python.language()))


def parse(text: str) -> Tree:
    """Parse a stand-in of the text that has one byte for each code point.

    Any character beyond ASCII becomes a letter: names stay names; what strings hold is read from the text.
    A text whose tree would take too much memory is taken to hold nothing.
    """
    if len(text) > LONGEST:
        return _parser().parse(b"")
    stand_in = as_module(text).encode("ascii", "replace").replace(b"?", b"_").replace(b"\0", b"_")
    if text.startswith("\ufeff"):
        stand_in = b" " + stand_in[1:]
    if b"\r" in stand_in:
        stand_in = _LONE_CR.sub(b"\n", stand_in)
    if b"\\" in stand_in:
        stand_in = _ESCAPE.sub(lambda found: b"_" * len(found[0]), stand_in)
    return _parser().parse(stand_in)


class Call(NamedTuple):
    """A call: what is called, its arguments, and how to bring the arguments' offsets to the text's.

    The arguments of an unfinished call are read from a completed copy: add `shift` to their offsets; what
    lies behind `end` was added. `skipped` are the first arguments that are not the function's own, as of
    `partial(search_runs, …)`; `filled` are the places that a `partial` which is called has filled.
    """

    function: Node
    arguments: Node
    shift: int
    end: int
    is_complete: bool
    skipped: int = 0
    filled: int = 0


class Source:
    """The text of a Python file with its tree. All offsets are code points."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = parse(text).root_node
        self.is_ordered = is_ordered(text)
        self.begin()
        self._children = self.root.children
        self._starts = [child.start_byte for child in self._children]

    def begin(self) -> None:
        """Allow as much again for unfinished calls: who reads the file anew finds what was found before."""
        self._left_to_complete = _MOST_COMPLETED

    def text_of(self, node: Node) -> str:
        """Return the text that a node of this source covers."""
        return self.text[node.start_byte : node.end_byte]

    def name_at(self, start: int, end: int) -> Node | None:
        """Return the name that stands exactly there; None in strings, comments and elsewhere."""
        node = self._statement_at(start).descendant_for_byte_range(start, end)
        if node and node.type == "identifier" and (node.start_byte, node.end_byte) == (start, end):
            return node
        return None

    def node_at(self, start: int, end: int) -> Node | None:
        """Return the smallest node around a span."""
        statement = self._statement_at(start)
        around = statement if end <= statement.end_byte else self.root
        return around.descendant_for_byte_range(start, end)

    def _statement_at(self, offset: int) -> Node:
        """Return the last statement of the file that begins there or before; a long file's are many."""
        at = bisect_right(self._starts, offset) - 1
        return self._children[at] if at >= 0 else self.root

    def returns_of(self, function: Node) -> Iterator[Node]:
        """Yield the return statements in a function, those of functions within it too; not too many."""
        return self._keywords(_RETURN, "return_statement", function)

    def yields_of(self, function: Node) -> Iterator[Node]:
        """Yield the same of its `yield …`."""
        return self._keywords(_YIELD, "yield", function)

    def _keywords(self, word: re.Pattern[str], kind: str, function: Node) -> Iterator[Node]:
        places = word.finditer(self.text, function.start_byte, function.end_byte)
        for found in islice(places, _MOST_RETURNS):
            keyword = function.descendant_for_byte_range(*found.span())
            if keyword and keyword.parent and keyword.parent.type == kind:
                yield keyword.parent

    def call_at(self, start: int, end: int) -> Call | None:
        """Return the call of the function whose last name stands there."""
        name = self.name_at(start, end)
        if name is None:
            return self._call_by_name(start, end)
        function = name
        parent = name.parent
        if parent and parent.type == "attribute" and parent.child_by_field_name("attribute") == name:
            function, parent = parent, parent.parent
        if parent and parent.type in {"function_definition", "class_definition"}:
            return None
        if parent and parent.type == "call" and not parent.has_error:
            arguments = parent.child_by_field_name("arguments")
            if arguments and parent.child_by_field_name("function") == function:
                return Call(function, arguments, 0, len(self.text), is_complete=True)
        return self._unfinished(function, start)

    def _call_by_name(self, start: int, end: int) -> Call | None:
        """Return the call of `getattr(…, "name")` whose name stands there."""
        node = self.node_at(start, end)
        string = node.parent if node and node.type == "string_content" else node
        named = string.parent.parent if string and string.type == "string" and string.parent else None
        call = named.parent if named and named.type == "call" else None
        arguments = call.child_by_field_name("arguments") if call and call.type == "call" else None
        if named is None or call is None or arguments is None or call.has_error:
            return None
        is_called = call.child_by_field_name("function") == named
        return Call(named, arguments, 0, len(self.text), is_complete=True) if is_called else None

    def deferred_at(self, start: int, end: int) -> Call | None:
        """Return the call that hands its arguments on to the function whose last name stands there."""
        name = self.name_at(start, end)
        function = name.parent if name and name.parent and name.parent.type == "attribute" else name
        arguments = function.parent if function else None
        call = arguments.parent if arguments else None
        if function is None or arguments is None or arguments.type != "argument_list" or call is None:
            return None
        given = [child.start_byte for child in arguments.named_children if child.type != "comment"]
        is_first = function.start_byte in given[:2] and call.type == "call" and not call.has_error
        skipped = given.index(function.start_byte) + 1 if is_first else 0
        return (
            Call(function, arguments, 0, len(self.text), is_complete=True, skipped=skipped)
            if skipped
            else None
        )

    def _unfinished(self, function: Node, start: int) -> Call | None:
        if re.search(r"\b(?:def|class)\s+$", self.text[max(0, start - 20) : start]):
            return None
        if self._left_to_complete < 0:
            return None
        completed, size = complete(self.text, start)
        self._left_to_complete -= size
        node: Node | None = parse(completed).root_node
        while node and node.type != "call":
            node = node.named_children[0] if node.named_children else None
        arguments = node.child_by_field_name("arguments") if node else None
        return Call(function, arguments, start, start + size, is_complete=False) if arguments else None
