"""Finds code of other languages in shell scripts: behind `python -c`, and in here-documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from mlq_grammar.spans import Span

from mlq.hosts import evidence, language_of
from mlq.hosts.embedding import Embedding, joined, lines
from mlq.hosts.shell_words import document_of, nodes_at, text_of, value_of, words_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from mlq.hosts.valued import Value

_PYTHON = re.compile(r"(?:.*/)?(?:i?python|pypy)[\d.]*")
_SHELL = re.compile(r"(?:.*/)?(?:ba|z|k|da)?sh")
_PROGRAMS = ((_PYTHON, "python"), (_SHELL, "shellscript"))
_LANGUAGE = "python"
_INLINE = re.compile(r"(?<![\w-])-[a-z]*c\b")
_COMMAND = re.compile(r"-[a-z]*c")
_DOCUMENT = re.compile(r"<<(?!<)")
_LINE = re.compile(r"(\t*)([^\n]*\n?)")
_MOST = 1_000  # of a file; keeps the time for a hostile one bounded


@lru_cache(maxsize=32)
def embeddings(text: str) -> tuple[Embedding, ...]:
    """Return the texts of other languages in a script, as far as they may hold filters; never raises."""
    if not evidence.anywhere(text):
        return ()
    return (*_inline(text), *_documents(text))


def _inline(text: str) -> Iterator[Embedding]:
    places = (found.start() for found in islice(_INLINE.finditer(text), _MOST))
    for command in nodes_at(text, places, "command"):
        words = words_of(command)
        texts = [value_of(text, word).text for word in words]
        for program, language in _PROGRAMS:
            at = next((at for at, word in enumerate(texts) if program.fullmatch(word)), len(texts))
            given = (place for place in range(at + 1, len(texts) - 1) if _COMMAND.fullmatch(texts[place]))
            place = next(given, None)
            if place is not None:
                yield _embedded(value_of(text, words[place + 1]), language)
                break


def _documents(text: str) -> Iterator[Embedding]:
    places = (found.start() for found in islice(_DOCUMENT.finditer(text), _MOST))
    for document in nodes_at(text, places, "heredoc_redirect"):
        language = _language(text, document)
        parts = {child.type: child for child in document.named_children}
        if language and "heredoc_end" in parts and "heredoc_body" in parts:
            yield from _document(
                text, parts, language, is_dedented=text.startswith("<<-", document.start_byte)
            )


def _document(text: str, parts: dict[str, Node], language: str, *, is_dedented: bool) -> Iterator[Embedding]:
    start, body, end = (parts[f"heredoc_{part}"] for part in ("start", "body", "end"))
    span = Span(text.rfind("\n", 0, body.start_byte) + 1, text.rfind("\n", 0, end.start_byte) + 1)
    is_raw = not text[start.start_byte : start.end_byte].isidentifier()
    if is_raw or (is_dedented and not body.named_children):
        found = list(_LINE.finditer(text, *span))
        tabs = found[0][1] if is_dedented else ""
        places = (line.span(2 if is_dedented else 0) for line in found)
        yield joined(language, [lines(text, (Span(*place) for place in places), tabs)])
    elif not is_dedented:
        yield _embedded(document_of(text, body, span), language)


def _language(text: str, document: Node) -> str:
    """Return the language of what reads a here-document, or of the file that it is written to."""
    commands = [document.parent.named_child(0)] if document.parent else []
    destinations: list[Node] = list(document.parent.named_children if document.parent else [])
    for child in document.named_children:
        commands += child.named_children if child.type == "pipeline" else []
        destinations.append(child)
    words = [[text_of(text, word) for word in words_of(command)] for command in commands if command]
    if any(_is_python(each) for each in words):
        return _LANGUAGE
    written = [
        text_of(text, child.named_children[-1])
        for child in destinations
        if child.type == "file_redirect" and child.named_children
    ]
    written += [word for each in words if each[:1] == ["tee"] for word in each[1:]]
    return next((language for name in written if (language := language_of(name))), "")


def _is_python(words: list[str]) -> bool:
    """Whether a command runs what it reads as a Python program."""
    at = next((at for at, word in enumerate(words) if _PYTHON.fullmatch(word)), len(words))
    first = next((word for word in words[at + 1 :] if word == "-" or not word.startswith("-")), "-")
    return at < len(words) and first == "-"


def _embedded(value: Value, language: str) -> Embedding:
    holes = tuple(hole.span for hole in value.gaps)
    return replace(joined(language, value.stretches), holes=holes)
