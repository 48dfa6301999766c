"""A recorded picture of a store's keys, kept in a file, so that names can be checked without a connection."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

from mlq.keys.index import KeyIndex

_FORMAT = 1
_NO_PICTURE = "this is no picture of a store's keys; `mlq keys --save` writes one"


def write_picture(indexes: Mapping[str, KeyIndex]) -> str:
    """Return the keys of each entity as the text of a file."""
    entities = {entity: index.to_json() for entity, index in indexes.items()}
    return json.dumps({"format": _FORMAT, "entities": entities}, ensure_ascii=False, indent=1) + "\n"


def read_picture(text: str) -> Mapping[str, KeyIndex]:
    """Return the keys of each entity. Raises `ValueError`, with a line for people, for any other text."""
    try:
        data = json.loads(text)
        if data["format"] != _FORMAT:
            raise ValueError("another mlq wrote it; write it anew with `mlq keys --save`")
        entities = data["entities"].items()
    except (AttributeError, KeyError, RecursionError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(_NO_PICTURE) from error
    try:
        return MappingProxyType({entity: KeyIndex.from_json(index) for entity, index in entities})
    except ValueError as error:
        raise ValueError(_NO_PICTURE) from error
