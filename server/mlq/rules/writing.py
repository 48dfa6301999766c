"""How to write numbers and lists of words: what the rules' fixes and messages are made of."""

from __future__ import annotations

import re

_MLFLOW_NUMBER = re.compile(r"-?\d+(\.\d+)?e-?\d+|-?(\d+\.\d*|\.\d+)|-?\d+", re.IGNORECASE)
_INTEGER = re.compile(r"[+-]?\d[\d_]*")


def is_number(text: str) -> bool:
    """Whether MLflow's lexer takes the text as one number: `1e+5`, `+5` and `10_000` it does not."""
    return _MLFLOW_NUMBER.fullmatch(text) is not None


def number(text: str) -> str | None:
    """Return the number that a person meant, as MLflow reads it; None where the text is no finite number."""
    text = text.strip().replace("_", "")
    try:
        if text.lower().lstrip("+-").startswith("0x"):
            return str(int(text, 16))
        float(text)
    except ValueError:
        return None
    plain = re.sub(r"e\+", "e", text.lstrip("+"), flags=re.IGNORECASE)
    plain = re.sub(r"^(-?)\.", r"\g<1>0.", plain)
    plain = re.sub(r"\.(?=e)", ".0", plain, flags=re.IGNORECASE)
    return plain if is_number(plain) else None


def is_integer(text: str) -> bool:
    """Whether the text is a whole number in digits."""
    return _INTEGER.fullmatch(text) is not None


def listed(words: tuple[str, ...] | list[str], joint: str = "and") -> str:
    """Return words as a sentence holds them: `a, b and c`."""
    if not words:
        return ""
    *first, last = words
    return f"{', '.join(first)} {joint} {last}" if first else last
