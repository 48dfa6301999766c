"""Whether something given to a search is a filter."""

from __future__ import annotations

import re

from mlq.hosts.calls import Argument

_COMPARISON = re.compile(
    r"""[\w`"'\]}]\s*(?:[=<>]|!=|\b(?:NOT\s+)?(?:I?LIKE|RLIKE|IN)\b\s*["'({]|\bIS\s+(?:NOT\s+)?NULL\b)""",
    re.IGNORECASE,
)


def is_filter(argument: Argument) -> bool:
    """Whether an argument is a text with a comparison in it."""
    if argument.kind != "text":
        return False
    text = argument.text
    return _COMPARISON.search(argument.source if text is None else text) is not None
