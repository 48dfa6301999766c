"""How people name rules: by code (`MLQ401`), by the beginning of codes (`MLQ4`) or by name."""

from __future__ import annotations

import re
from functools import cache

from mlq.rules.near import near
from mlq.rules.page import ALL_RULES

ALL = "ALL"

_CODE = re.compile(r"MLQ\d*")


def exactness(selector: str, code: str) -> int:
    """Return how exactly a selector names a rule: 0 where it does not, the most for its code or name."""
    if selector.lower() == _names().get(code):
        return len(code)
    upper = selector.upper()
    if upper == ALL:
        return 1
    return len(upper) if _CODE.fullmatch(upper) and code.startswith(upper) else 0


def is_selector(text: str) -> bool:
    """Whether a text names a rule at all."""
    return any(exactness(text, code) for code in _names())


def code_of(text: str) -> str | None:
    """Return the code of the one rule that a text names by its code or name; None for any other text."""
    return next(
        (code for code, name in _names().items() if text.upper() == code or text.lower() == name), None
    )


def meant(text: str) -> str | None:
    """Return the code or name that a text most likely was meant to be; None where none is near."""
    names = _names()
    return near(text, names if text[:3].upper() == "MLQ" else names.values())


@cache
def _names() -> dict[str, str]:
    return {rule.code: rule.name for rule in ALL_RULES}
