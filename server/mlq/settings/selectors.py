"""How people name rules: by code (`MLQ401`), by the beginning of codes (`MLQ4`) or by name."""

from __future__ import annotations

import re
from functools import lru_cache

from mlq.settings.codes import NAMES

ALL = "ALL"

_CODE = re.compile(r"MLQ\d*")


@lru_cache(maxsize=4096)
def exactness(selector: str, code: str) -> int:
    """Return how exactly a selector names a rule: 0 where it does not, the most for its code or name."""
    if selector.lower() == NAMES.get(code):
        return len(code)
    upper = selector.upper()
    if upper == ALL:
        return 1
    return len(upper) if _CODE.fullmatch(upper) and code.startswith(upper) else 0


def is_selector(text: str) -> bool:
    """Whether a text names a rule at all."""
    return any(exactness(text, code) for code in NAMES)


def meant(text: str) -> str | None:
    """Return the code or name that a text most likely was meant to be; None where none is near."""
    from mlq.rules.near import near  # loads all rules, which only a mistake needs

    return near(text, NAMES if text[:3].upper() == "MLQ" else NAMES.values())
