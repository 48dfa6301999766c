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

# One of them stands in all that has one of those words, or an option of the shell, or a comment of ours.
_STEMS = (
    b"search",
    b"_trace",
    b"scorer",
    b"scoring_config",
    b"discover_issues",
    b"filter-string",
    b"filter_string",
    b"--order-by",
    b"mlq",
)


def in_bytes(data: bytes) -> bool:
    """Whether a file, as it is stored, may hold anything for us: a filter, a list, a call or a comment."""
    small = data.lower()
    return any(stem in small for stem in _STEMS)


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
