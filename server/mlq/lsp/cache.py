"""Keys on the disk, so that the next start has some in its first second: names and counts, never a value.

Each file is written whole and put in its place at once, so that servers that write at the same time are no
danger to each other. One that is damaged, or of another version, counts for nothing and is replaced.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from mlq.keys.parts import Assembly, parts_of
from mlq.tracking.uri import show_uri

if TYPE_CHECKING:
    from mlq.keys.index import KeyIndex
    from mlq.keys.table import KeyTable
    from mlq.tracking.protocol import Store

_VERSION = 1
_MOST_KEYS = 50_000
MOST_BYTES = 16 * 1024 * 1024
"""A file is no longer than that; what is longer is not kept."""
MOST_FILES = 64
"""More files than that are not kept: the oldest go."""


def folder() -> Path:
    """Return where the cache is: one folder, which may be removed at any time."""
    return user_cache_path("mlq", appauthor=False)


def load(store: Store, entity: str) -> KeyIndex | None:
    """Return the keys that were kept of a store; None where there are none. They may be out of date."""
    try:
        checksum, _, content = _file(store, entity).read_bytes()[: MOST_BYTES + 100].partition(b"\n")
        if checksum.decode() != _checksum(content):
            return None
        assembly, index = Assembly(), None
        for line in content.splitlines():
            index = assembly.add(json.loads(line))
    except (OSError, ValueError, RecursionError):
        return None
    # Of an old picture nobody can say that a key is not there.
    return replace(index, complete=False, listed=frozenset()) if index else None


def save(store: Store, entity: str, index: KeyIndex) -> None:
    """Keep the keys of a store, without their values; a disk that is full or closed is nobody's business."""
    content = b"".join(_lines(index))
    if len(content) > MOST_BYTES:
        return
    file = _file(store, entity)
    with contextlib.suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _put(file, _checksum(content).encode() + b"\n" + content)
        _remove_oldest(file.parent)


def _file(store: Store, entity: str) -> Path:
    # Without the credentials that a URI may have; with them, a hash could be searched for them.
    named = json.dumps([show_uri(store.uri), store.folder, store.experiments, entity])
    return folder() / f"keys-{_VERSION}-{blake2b(named.encode(), digest_size=16).hexdigest()}.jsonl"


def _lines(index: KeyIndex) -> Iterator[bytes]:
    kinds = {kind: _without_values(keys) for kind, keys in index.kinds.items()}
    for part in parts_of({**replace(index, kinds={}).to_json(), "kinds": kinds}):
        yield json.dumps(part, separators=(",", ":")).encode() + b"\n"


def _without_values(keys: KeyTable) -> list[list[object]]:
    return [[key.name, key.count, [], False, None] for key in islice(keys.values(), _MOST_KEYS)]


def _checksum(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def _put(file: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as part:
            part.write(content)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _remove_oldest(place: Path) -> None:
    by_age = sorted(place.glob("keys-*.jsonl"), key=lambda file: -file.stat().st_mtime)
    for file in by_age[MOST_FILES:]:
        file.unlink(missing_ok=True)
