"""Tells what stands for a filter in a document: `YOUR_FILTER`, `<your filter>`, `metrics.<name> > 1`."""

from __future__ import annotations

import re

_WHOLE = re.compile(
    r"""\s*(?:
      [A-Z][A-Z0-9]*(?:[_ ][A-Z0-9]+)*               # YOUR_FILTER_STRING
    | <[^<>='"]+> | \[[^\[\]='"]+\] | \{[^{}='"]+\}     # <your filter>, [filter], {filter}
    | (?:an?|my|optional|some|the|your)?[\s_-]*       # your filter, filter_string, search query here
      (?:search[\s_-]*)?(?:filter|query)(?:[\s_-]*(?:expression|here|string))*
    | (?:\.{3}|\u2026)?                               # nothing but what comes behind it
    )(?:\.{3}|\u2026)?\s*""",
    re.VERBOSE,
)
# What MLflow refuses in any filter: a name in angle brackets that stands for a key or a value, an ellipsis.
_PART = re.compile(r"(?:^|[\s.(])<[A-Za-z][\w -]*>|(?:\.{3}|\u2026)\s*$")
_QUOTED = re.compile(r"""'[^']*'|"[^"]*\"""")


def is_placeholder(text: str) -> bool:
    """Whether a text that MLflow refuses tells readers to put a filter of their own there, or a part."""
    if not text.strip():
        return False
    return bool(_WHOLE.fullmatch(text) or _PART.search(_QUOTED.sub("", text)))
