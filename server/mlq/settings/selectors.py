"""How people name rules: by code (`MLQ401`), by the beginning of codes (`MLQ4`) or by name."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile

from mlq.settings.codes import NAMES

ALL = "ALL"

_TELLING = len("MLQ40")
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
    if text.upper().startswith("MLQ"):
        # Of codes the beginning tells most: the family, and the place in it.
        best = max(NAMES, key=lambda code: _shared(code, text))
        return best if _shared(best, text) >= _TELLING else None
    from mlq.rules.near import near  # loads all rules, which only a mistake needs

    return near(text, [*NAMES.values(), *NAMES])


def _shared(code: str, text: str) -> int:
    """Return how many characters a code and a text have in common from the first on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(code, text.upper(), strict=False)))
