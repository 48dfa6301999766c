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
_ANYWHERE = (*_IN_PYTHON, "filter-string", "filter_string", "mlq")


@lru_cache(maxsize=4)
def in_python(text: str) -> bool:
    """Whether a text in Python may hold a filter."""
    return any(word in text for word in _IN_PYTHON)


@lru_cache(maxsize=4)
def anywhere(text: str) -> bool:
    """Whether a text in any language may hold a filter."""
    return any(word in text for word in _ANYWHERE)
