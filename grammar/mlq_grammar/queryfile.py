"""From the text of a query file to its queries and its problems. Never fails: every text has both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer

from mlq_grammar.queryfile_sections import SectionReader
from mlq_grammar.queryfile_terminals import Terminal, terminals
from mlq_grammar.queryfile_tree import Problem, ProblemKind, Query, QueryFile, Section
from mlq_grammar.spans import Span

__all__ = ["Problem", "Query", "QueryFile", "parse"]

_MISSING_SEMICOLON = "A semicolon is missing before the next query: write ; here."


@lru_cache(maxsize=32)
def parse(text: str) -> QueryFile:
    """Read a query file; good queries beside a bad one keep their meaning."""
    return _Reader(text).read()


class _NoLexer(Lexer):
    """Stands in for a lexer: the reader feeds the terminals itself."""

    def __init__(self, _configuration: object) -> None:
        pass

    def lex(self, _text: str) -> Iterator[Token]:  # type: ignore[override]  # as lark calls a plain lexer
        return iter(())


@cache
def _grammar() -> Lark:
    return Lark.open_from_package(
        "mlq_grammar", "queryfile.lark", parser="lalr", lexer=_NoLexer, start="file", maybe_placeholders=False
    )


class _Reader:
    """Reads one file."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.problems: list[Problem] = []
        self.comments: list[Span] = []

    def read(self) -> QueryFile:
        tree = self._tree()
        queries: list[Query] = []
        gaps: list[Section] = []
        sections = SectionReader(self.text, self.comments, self.say)
        start = 0
        for child, semicolon in self._bounded(tree):
            room = Span(start, semicolon.start)
            if child.children:
                queries.append(sections.query(child, room))
            else:
                gaps.append(sections.condition((), room))
            start = semicolon.end
        self._check_names(queries)
        ordered = sorted(self.problems, key=lambda problem: problem.span)
        return QueryFile(self.text, tuple(queries), tuple(ordered), tuple(gaps), tuple(self.comments))

    def _tree(self) -> Tree[Any]:
        parser = _grammar().parse_interactive("")
        previous = Span(0, 0)
        for terminal in terminals(self.text):
            if terminal.type == "COMMENT":
                self.comments.append(terminal.span)
                continue
            if terminal.type == "UNCLOSED":
                self._say_unclosed(terminal)
            token = _token(terminal)
            try:
                parser.feed_token(token)
            except UnexpectedToken:
                self.say(Span(previous.end - 1, previous.end), "missing-semicolon", _MISSING_SEMICOLON)
                parser.feed_token(_token(Terminal("SEMICOLON", "", Span(previous.end, previous.end))))
                parser.feed_token(token)
            previous = terminal.span
        tree: Tree[Any] = parser.feed_eof()  # type: ignore[no-untyped-call]
        return tree

    def _bounded(self, tree: Tree[Any]) -> Iterator[tuple[Tree[Any], Span]]:
        """Yield each query with the semicolon that ends it, or where one is missing."""
        end = Span(len(self.text), len(self.text))
        children = tree.children
        semicolons = [child.value.span for child in children if isinstance(child, Token)]
        queries = [child for child in children if isinstance(child, Tree)]
        yield from zip(queries, [*semicolons, end], strict=True)

    def say(self, span: Span, kind: ProblemKind, message: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(span, message, kind))

    def _say_unclosed(self, terminal: Terminal) -> None:
        quote = terminal.text[0]
        message = f"This {quote} is never closed: write another {quote} behind the text."
        self.say(terminal.span, "unclosed-quote", message)

    def _check_names(self, queries: Iterable[Query]) -> None:
        seen: set[str] = set()
        for query in queries:
            if query.name in seen and query.name_span:
                message = f"A query above is named {query.name} already: choose another name."
                self.say(query.name_span, "duplicate-name", message)
            if query.name is not None:
                seen.add(query.name)


def _token(terminal: Terminal) -> Token:
    token = Token(terminal.type, "")
    token.value = terminal
    return token
