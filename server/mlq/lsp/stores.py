"""Reading a store's keys through the tracking worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq.lsp.keys import Target, UnreadableError

if TYPE_CHECKING:
    from mlq.keys.index import KeyIndex


async def read_keys(target: Target) -> KeyIndex:
    """Return the keys of a store; raises `UnreadableError`."""
    raise UnreadableError("not read yet")
