"""Reads the sections of one query of a query file, and says what is wrong with them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, Protocol, TypedDict

from lark import Token, Tree

from mlq_grammar.queryfile_terminals import Terminal
from mlq_grammar.queryfile_tree import ENTITIES, VIEWS, Item, ProblemKind, Query, Section, View
from mlq_grammar.spans import Span

_NAME = re.compile(r"\w[\w.-]*")
_KEYWORDS = {"where": "WHERE", "order_by": "ORDER BY", "view": "VIEW", "limit": "LIMIT"}


class Say(Protocol):
    """Notes a problem."""

    def __call__(self, span: Span, kind: ProblemKind, message: str) -> None:
        """Note one; the message is for people."""


class _Search(TypedDict, total=False):
    entity: str | None
    entity_span: Span
    experiments: tuple[Item, ...]


class _Limit(TypedDict, total=False):
    limit: int
    limit_span: Span


class _View(TypedDict, total=False):
    view: View
    view_span: Span


class _Name(TypedDict, total=False):
    name: str
    name_span: Span


class SectionReader:
    """Reads the queries of one file; `comments` are where its comments stand, in order."""

    def __init__(self, text: str, comments: Sequence[Span], say: Say) -> None:
        self._text = text
        self._comments = comments
        self._say = say

    def query(self, tree: Tree[Any], room: Span) -> Query:
        """Read a query that may fill this stretch of the file."""
        words = [token.value.span for token in tree.scan_values(lambda value: isinstance(value, Token))]
        span = words[0].joined(words[-1])
        label = tree.children[0].value if isinstance(tree.children[0], Token) else None
        sections = self._sections(tree)
        search, misplaced = self._search(sections.get("search"))
        condition = self._written_condition(tree, sections, label, room) or misplaced
        query = Query(
            span=span,
            condition=condition,
            order_by=self._order_by(sections.get("order_by")),
            **self._name(label),
            **search,
            **self._view(sections.get("view")),
            **self._limit(sections.get("limit")),
        )
        self._check_use(query, sections)
        return query

    def condition(self, words: Sequence[Terminal], room: Span) -> Section:
        """Make a filter of its words, which may fill this stretch of the file."""
        span = Span(words[0].span.start, words[-1].span.end) if words else Span(room.end, room.end)
        pieces = self._cut(span)
        text = "".join(outer.of(self._text) for _, outer in pieces)
        return Section(text, span, pieces, self._cut(room))

    def _cut(self, span: Span) -> tuple[tuple[Span, Span], ...]:
        """Return the stretches of a span that are no comments, each with its place in what is left."""
        pieces: list[tuple[Span, Span]] = []
        size, start = 0, span.start
        first, last = (bisect_left(self._comments, (offset,)) for offset in span)
        inside = self._comments[first:last]
        for end, following in [*inside, Span(span.end, span.end)]:
            if start < end or (following == span.end and not pieces):
                pieces.append((Span(size, size + end - start), Span(start, end)))
                size += end - start
            start = following
        return tuple(pieces)

    def _sections(self, tree: Tree[Any]) -> dict[str, Tree[Any]]:
        found: dict[str, Tree[Any]] = {}
        for child in tree.children:
            if isinstance(child, Token):
                continue
            name = "where" if child.data == "bare" else str(child.data)
            if name in found:
                keyword = _KEYWORDS[name]
                message = f"This query has {keyword} already: join both, or end the query with ; above."
                self._say(_words(child)[0].span, "duplicate-section", message)
            found.setdefault(name, child)
        return found

    def _name(self, label: Terminal | None) -> _Name:
        if label is None:
            return {}
        name = label.text[:-1].rstrip()
        span = Span(label.span.start, label.span.start + len(name))
        if not _NAME.fullmatch(name):
            better = re.sub(r"\W+", "_", name).strip("_") or "best"
            self._say(
                span, "bad-name", f"A name is one word of letters, digits, _, - and dots: write {better}:"
            )
        return {"name": name, "name_span": span}

    def _written_condition(
        self, tree: Tree[Any], sections: dict[str, Tree[Any]], label: Terminal | None, room: Span
    ) -> Section | None:
        """Read the filter behind WHERE, or a bare one; None where a SEARCH has none."""
        where = sections.get("where")
        if where is None and "search" in sections:
            return None
        words = _words(where) if where else []
        start = label.span.end if label else room.start
        if words and words[0].type == "WHERE":
            start = words.pop(0).span.end
        begins = (_words(child)[0].span.start for child in tree.children if isinstance(child, Tree))
        first = words[0].span.start if words else start - 1
        end = min((begin for begin in begins if begin > first and begin >= start), default=room.end)
        return self.condition(words, Span(start, end))

    def _search(self, tree: Tree[Any] | None) -> tuple[_Search, Section | None]:
        """Read what is searched, and a filter behind it that lacks its WHERE."""
        if tree is None:
            return {}, None
        keyword, *words = _words(tree)
        if not words or words[0].type == "IN":
            message = f"Write behind {keyword.text} what to search: {', '.join(ENTITIES)}."
            self._say(keyword.span, "missing-entity", message)
            rest = words
            found = _Search(entity=None)
        else:
            entity, *rest = words
            found = _Search(entity=self._entity(entity), entity_span=entity.span)
        if rest and rest[0].type == "IN":
            found["experiments"], rest = self._experiments(rest[0], rest[1:])
        if rest:
            span = rest[0].span.joined(rest[-1].span)
            self._say(span, "missing-where", "Write WHERE before the filter.")
            return found, self.condition(rest, span)
        return found, None

    def _entity(self, word: Terminal) -> str | None:
        name = word.text.lower()
        if name in ENTITIES:
            return name
        near = get_close_matches(name.replace("-", "_"), ENTITIES, n=1, cutoff=0.5)
        advice = f"write {near[0]}" if near else f"write one of {', '.join(ENTITIES)}"
        self._say(word.span, "unknown-entity", f"MLflow has no search for {word.text}: {advice}.")
        return None

    def _experiments(
        self, keyword: Terminal, words: list[Terminal]
    ) -> tuple[tuple[Item, ...], list[Terminal]]:
        """Read names between commas; return them and what is left."""
        items: list[Item] = []
        while words and words[0].type in {"QUOTED", "UNCLOSED", "WORD"}:
            word, *words = words
            items.append(Item(_unquoted(word), word.span))
            if word.type == "WORD":
                message = f"Write experiment names in quotes: '{word.text}'."
                self._say(word.span, "bad-experiments", message)
            if not words or words[0].type != "COMMA":
                break
            comma, *words = words
            if not words:
                message = "Write another experiment's name, or leave out the comma."
                self._say(comma.span, "bad-experiments", message)
        if not items:
            self._say(
                keyword.span, "bad-experiments", "Write experiment names in quotes: IN 'churn', 'churn-v2'."
            )
        return tuple(items), words

    def _order_by(self, tree: Tree[Any] | None) -> tuple[Item, ...]:
        if tree is None:
            return ()
        keyword, *words = _words(tree)
        items: list[Item] = []
        for part in _between_commas(words):
            if part:
                span = Span(part[0].span.start, part[-1].span.end)
                items.append(Item("".join(outer.of(self._text) for _, outer in self._cut(span)), span))
        if len(items) < len(list(_between_commas(words))):
            span = Span(words[0].span.start, words[-1].span.end) if words else keyword.span
            message = "Write keys between commas: ORDER BY metrics.auc DESC, start_time DESC."
            self._say(span, "empty-section", message)
        return tuple(items)

    def _view(self, tree: Tree[Any] | None) -> _View:
        if tree is None:
            return {}
        keyword, *words = _words(tree)
        if len(words) == 1:
            for view in VIEWS:
                if view == words[0].text.lower():
                    return {"view": view, "view_span": words[0].span}
        self._say(_span(words, keyword), "bad-view", f"Write one of {', '.join(VIEWS)} behind VIEW.")
        return {}

    def _limit(self, tree: Tree[Any] | None) -> _Limit:
        if tree is None:
            return {}
        keyword, *words = _words(tree)
        if len(words) == 1 and re.fullmatch(r"[0-9]{1,18}", words[0].text) and int(words[0].text) > 0:
            return {"limit": int(words[0].text), "limit_span": words[0].span}
        self._say(_span(words, keyword), "bad-limit", "Write one whole number above 0 behind LIMIT.")
        return {}

    def _check_use(self, query: Query, sections: dict[str, Tree[Any]]) -> None:
        entity = ENTITIES.get(query.entity or "")
        if entity is None:
            return
        if query.experiments and not entity.has_experiments:
            span = query.experiments[0].span.joined(query.experiments[-1].span)
            self._say(span, "unused-section", f"Searching {query.entity} has no experiments: leave out IN.")
        if query.view_span and not entity.has_view:
            span = _words(sections["view"])[0].span.joined(query.view_span)
            self._say(span, "unused-section", f"Searching {query.entity} has no view: leave out VIEW.")


def _words(tree: Tree[Any]) -> list[Terminal]:
    return [token.value for token in tree.children if isinstance(token, Token)]


def _span(words: Sequence[Terminal], keyword: Terminal) -> Span:
    return words[0].span.joined(words[-1].span) if words else keyword.span


def _between_commas(words: Sequence[Terminal]) -> Iterator[list[Terminal]]:
    part: list[Terminal] = []
    for word in words:
        if word.type == "COMMA":
            yield part
            part = []
        else:
            part.append(word)
    yield part


def _unquoted(word: Terminal) -> str:
    if word.type == "WORD":
        return word.text
    quote = word.text[0]
    inside = word.text[1:] if word.type == "UNCLOSED" else word.text[1:-1]
    return inside.replace(quote * 2, quote)
