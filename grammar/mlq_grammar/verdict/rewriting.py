"""What some search APIs do to a filter before they parse it, and the way back to the text as written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlq_grammar.lexer import tokenize
from mlq_grammar.spans import Span
from mlq_grammar.sqlparse import NEWEST
from mlq_grammar.tokens import KEYWORDS
from mlq_grammar.verdict.refusal import refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlq_grammar.dialect import Syntax

_PROMPTS_ONLY = "tags.`mlflow.prompt.is_prompt` = 'true' AND "
_VERSION = re.compile(r"(?<![`\w.])version(?=\s*(?:=|!=|<=|>=|<|>|LIKE|ILIKE))")
_EXPERIMENT = re.compile(r"""experiment_id\s*=\s*['"]([^'"]+)['"]""")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text made of pieces: each with the offset that it had, or the one it was put at if it is new.

    An inserted piece is one that does not stand at its offset; all of it means that place.
    """

    pieces: tuple[tuple[str, int], ...]
    original: str

    @property
    def text(self) -> str:
        """The text that is parsed."""
        return "".join(text for text, _ in self.pieces)

    def source(self, span: Span) -> Span:
        """Return where a part of the rewritten text stands in the text as written."""
        start = self._offset(span.start, is_end=False)
        return Span(start, max(start, self._offset(span.end, is_end=True)))

    def _offset(self, offset: int, *, is_end: bool) -> int:
        for text, start in self.pieces:
            if offset < len(text) or (is_end and offset == len(text)):
                is_kept = self.original.startswith(text, start)
                return start + offset if is_kept else start
            offset -= len(text)
        return len(self.original)


def rewrite(text: str, syntax: Syntax, sqlparse_version: str = NEWEST) -> Rewritten:
    """Return the text that MLflow parses; raise `RefusedError` where it refuses it already here."""
    return Rewritten(tuple(_REWRITES[syntax.rewrite](text, syntax, sqlparse_version)), text)


def _as_it_is(text: str, _: Syntax, __: str) -> list[tuple[str, int]]:
    return [(text, 0)]


def _quote_words(text: str, syntax: Syntax, sqlparse_version: str) -> list[tuple[str, int]]:
    """Put backticks round keywords that are names of fields: skills."""
    pieces: list[tuple[str, int]] = []
    for token in tokenize(text, sqlparse_version):
        if token.kind in KEYWORDS and token.text.lower() in syntax.words:
            pieces += [("`", token.start), (token.text, token.start), ("`", token.end)]
        else:
            pieces.append((token.text, token.start))
    return pieces


def _quote_version(text: str, _: Syntax, __: str) -> list[tuple[str, int]]:
    """Put backticks round `version` before a comparator, even in strings: MCP server versions, until 3.17."""
    pieces: list[tuple[str, int]] = []
    end = 0
    for found in _VERSION.finditer(text):
        pieces += [(text[end : found.start()], end), ("`", found.start()), (found.group(), found.start())]
        pieces.append(("`", found.end()))
        end = found.end()
    return [*pieces, (text[end:], end)]


def _prompts(text: str, _: Syntax, __: str) -> list[tuple[str, int]]:
    """Search registered models that are prompts."""
    return [(_PROMPTS_ONLY, 0), (text, 0)]


def _prompts_of_experiment(text: str, _: Syntax, __: str) -> list[tuple[str, int]]:
    """Turn `experiment_id = '…'`, wherever it stands, into a clause on a tag: prompts, since 3.7."""
    found = _EXPERIMENT.search(text)
    if found is None:
        return [(_PROMPTS_ONLY, 0), (text, 0)]
    number = found.group(1)
    if not number.isdigit():
        raise refused("prompts-experiment", Span(*found.span(1)), value=number)
    rest = _EXPERIMENT.sub("", text).strip()
    for pattern, instead in ((r"^\s*AND\s+", ""), (r"\s+AND\s*$", ""), (r"\s+AND\s+AND\s+", " AND ")):
        rest = re.sub(pattern, instead, rest)
    clause = f"tags._mlflow_experiment_ids LIKE '%,{number},%'"
    pieces = [(_PROMPTS_ONLY, 0), (clause, found.start())]
    return [*pieces, (" AND ", found.start()), (rest, max(text.find(rest), 0))] if rest else pieces


_REWRITES: dict[str, Callable[[str, Syntax, str], list[tuple[str, int]]]] = {
    "": _as_it_is,
    "quote-words": _quote_words,
    "quote-version": _quote_version,
    "prompts": _prompts,
    "prompts-of-experiment": _prompts_of_experiment,
}
