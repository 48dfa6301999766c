"""How a key has to be written after its prefix, so that MLflow reads this key and no other.

MLflow hands the filter to sqlparse, which makes a bare word a keyword in some places and drops white space at
its ends. What is written here is what MLflow 3.17.2 was seen to read back (`tests/keys/test_quoting.py`).
"""

from __future__ import annotations

import re

_BARE = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")

# sqlparse looks for these before it looks for a dot in front; after a dot, every other word is a name.
_NEVER_BARE = frozenset({"as", "case", "from", "in", "using", "values"})


def write_key(name: str) -> str | None:
    """Return a key of metrics, params or tags as a runs filter must write it; None where no filter can.

    Bare where that is safe, else in backticks, else in double quotes: `auc`, `` `AUC ROC` ``, ``"a`b"``.
    """
    if _is_safe_bare(name):
        return name
    if name and "`" not in name:
        return f"`{name}`"
    if name and _is_safe_in_double_quotes(name):
        return f'"{name}"'
    return None


def _is_safe_bare(name: str) -> bool:
    return _BARE.fullmatch(name) is not None and _NEVER_BARE.isdisjoint(name.lower().split("."))


def _is_safe_in_double_quotes(name: str) -> bool:
    # A backslash takes the closing quote with it, and MLflow drops a pair of backticks inside the quotes.
    is_in_backticks = len(name) > 1 and name[0] == name[-1] == "`"
    return '"' not in name and not name.endswith("\\") and not is_in_backticks


def write_value(text: str) -> str | None:
    """Return a string literal that MLflow reads as this text; None where none exists.

    MLflow undoes no escape in a string, so a text that holds one kind of quote goes into the other, and one
    with both kinds cannot be written. A backslash at the end would take the closing quote with it.
    """
    for quote in "'\"":
        if quote not in text and not text.endswith("\\"):
            return f"{quote}{text}{quote}"
    return None
