"""The code cells of an open notebook as one text: editors send the cells, and no file."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mlq_grammar.spans import Span

from mlq.hosts import evidence
from mlq.hosts.embedding import Stretch
from mlq.hosts.notebook import cells
from mlq.hosts.region import OffsetMap, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlq.hosts.embedding import Embedding

SEPARATOR = "\n\f\n"
"""What stands between two cells: nothing that people write."""


@lru_cache(maxsize=8)
def embeddings(text: str) -> tuple[Embedding, ...]:
    """Return the texts that the cells hold, as far as they may hold filters. Never raises."""
    return tuple(cells.embeddings(_stretches(text))) if evidence.anywhere(text) else ()


def _stretches(text: str) -> Iterator[Stretch]:
    at = 0
    for source in text.split(SEPARATOR):
        size = len(source)
        yield Stretch(source, OffsetMap((Piece(Span(0, size), Span(at, at + size)),)))
        at += size + len(SEPARATOR)
