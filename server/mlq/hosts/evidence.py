"""Words one of which stands in every file with a filter in it: most files are done after looking for them."""

from __future__ import annotations

from functools import lru_cache

_IN_PYTHON = (
    "search_",
    "query_trace",
    "calculate_trace",
    "Scorer",
    "scoring_config",
    "discover_issues",
    "/search",
    "mlq:",
)
_IN_OTHERS = ("filter-string", "filter_string", "mlq")
_ANYWHERE = (*_IN_PYTHON, *_IN_OTHERS)

_OURS = b"mlq"
_IN_BYTES = tuple(word.encode() for word in (*_ANYWHERE, "--order-by"))
# One of them, in small letters, stands wherever one of those words or a comment of ours does.
_STEMS = (
    b"search",
    b"_trace",
    b"scorer",
    b"scoring_config",
    b"discover_issues",
    b"filter-string",
    b"filter_string",
    b"--order-by",
    _OURS,
)


def in_bytes(data: bytes) -> bool:
    """Whether a file, as it is stored, may hold anything for us: a filter, a list, a call or a comment."""
    small = data.lower()
    if not any(stem in small for stem in _STEMS):  # true of nine files in ten
        return False
    return _OURS in small or any(word in data for word in _IN_BYTES)


@lru_cache(maxsize=4)
def in_python(text: str) -> bool:
    """Whether a text in Python may hold a filter."""
    return any(word in text for word in _IN_PYTHON)


def in_others(text: str) -> bool:
    """Whether a text may hold a filter that is not in Python."""
    return any(word in text for word in _IN_OTHERS)


@lru_cache(maxsize=4)
def anywhere(text: str) -> bool:
    """Whether a text in any language may hold a filter."""
    return any(word in text for word in _ANYWHERE)
