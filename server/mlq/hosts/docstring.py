"""Finds the code in a docstring, whichever markup it is written in."""

from __future__ import annotations

from functools import lru_cache

from mlq.hosts import evidence, markdown, rst, snippets
from mlq.hosts.embedding import Embedding


@lru_cache(maxsize=128)
def embeddings(text: str) -> tuple[Embedding, ...]:
    """Return the texts of other languages in a docstring; never raises."""
    if not evidence.anywhere(text):
        return ()
    lines = snippets.lines_of(text)
    fenced = list(markdown.fences(text, lines))
    inside = {line for fence in fenced for line in fence.lines}
    others = [block for block in rst.blocks(text, lines) if inside.isdisjoint(block.lines)]
    found = sorted([*fenced, *others], key=lambda snippet: snippet.lines[0])
    return snippets.embeddings(text, found)
