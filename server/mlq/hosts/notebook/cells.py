"""Says what the code cells of a notebook hold: one Python for all, and the texts that stand apart."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mlq.hosts import evidence
from mlq.hosts.embedding import embed
from mlq.hosts.notebook import magics
from mlq.hosts.python.cells import scoped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlq.hosts.embedding import Embedding, Stretch


def embeddings(cells: Iterable[Stretch]) -> Iterator[Embedding]:
    """Yield the texts that code cells hold, as far as they may hold filters.

    Python of the notebook's own process is one text, that of another process a text for each cell, and so is
    what a cell hands to a shell.
    """
    read = [(*_read(cell.text), cell) for cell in cells]
    own = [cell._replace(text=content.python) for content, _, cell in read if content.kind == "shared"]
    yield from scoped(own)
    for content, commands, cell in read:
        if content.kind == "alone" and evidence.in_python(content.python):
            yield embed("python", [cell._replace(text=content.python)])
        if commands:
            yield embed("shellscript", [cell._replace(text=commands)])


@lru_cache(maxsize=1024)
def _read(source: str) -> tuple[magics.Cell, str]:
    """Read a cell; of all cells, a key typed in one changes only that."""
    return magics.read(source), magics.shell(source)
