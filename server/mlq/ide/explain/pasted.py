"""What terminals, logs and JSON do to a message, undone: the texts that a pasted one may have been."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

LONGEST = 100_000
"""How much of a pasted text is read, from its end: the message of a traceback stands there."""

_ESCAPE_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
# Before each line of a quotation, of an exception group or of a box.
_MARGIN = re.compile(r"^[ \t]*[|>│❱]+ ?", re.MULTILINE)
_BACKSLASHED = re.compile(r"\\(['\"\\n])")
_WRAP = re.compile(r"[ \t]*\n[ \t]*")
_CURLY = str.maketrans("‘’‚“”„\N{NO-BREAK SPACE}", "'''\"\"\" ")
_MOST_OBJECTS = 200


def readings(text: str) -> Iterator[str]:
    """Yield the texts that a pasted one may have been, the likeliest first, each once."""
    plain = _ESCAPE_SEQUENCE.sub("", text[-LONGEST:]).replace("\r\n", "\n").replace("\r", "\n")
    found = dict.fromkeys([*_json_messages(plain), plain])
    for undo in (_unboxed, _unescaped, html.unescape, _straightened, _unwrapped, _joined):
        found.update(dict.fromkeys(map(undo, tuple(found))))
    yield from found


def _json_messages(text: str) -> Iterator[str]:
    """Yield the messages of the answers of MLflow's REST API in a text, the last first."""
    decoder = json.JSONDecoder(strict=False)
    starts = [match.start() for match in re.finditer(r"\{\s*\\?\"", text)][-_MOST_OBJECTS:]
    for start in reversed(starts):
        for written in (text[start:], _unescaped(text[start:])):
            try:
                answer, _ = decoder.raw_decode(written)
            except (ValueError, RecursionError):
                continue
            if isinstance(answer, dict) and isinstance(answer.get("message"), str):
                code = answer.get("error_code")
                yield f"{code}: {answer['message']}" if isinstance(code, str) else answer["message"]


def _unboxed(text: str) -> str:
    lines = [line for line in text.split("\n") if line.strip()]
    return _MARGIN.sub("", text) if all(map(_MARGIN.match, lines)) else text


def _unescaped(text: str) -> str:
    """Undo the backslashes of a Python or JSON string."""
    return _BACKSLASHED.sub(lambda match: "\n" if match[1] == "n" else match[1], text)


def _straightened(text: str) -> str:
    return text.translate(_CURLY)


def _unwrapped(text: str) -> str:
    """Undo a wrap between words."""
    return _WRAP.sub(" ", text.strip())


def _joined(text: str) -> str:
    """Undo a wrap at the width of a terminal, within words."""
    return _WRAP.sub("", text.strip())
