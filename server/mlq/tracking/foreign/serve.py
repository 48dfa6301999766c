"""Answers requests by a program beside it, one line of JSON each: `python serve.py driver.py`.

It ends with its input, also in the middle of a call that does not return.
"""

from __future__ import annotations

import json
import os
import queue
import runpy
import sys
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def serve(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Answer requests for ever; what `answer` raises is an answer too."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    # Drivers and MLflow may print.
    os.dup2(2, 1)
    requests: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    while True:
        try:
            reply = answer(json.loads(requests.get()))
        except Exception as error:  # noqa: BLE001 - drivers and stores raise what they like
            reply = {"error": {"type": type(error).__name__, "code": _code(error), "text": _text(error)}}
        answers.write(json.dumps(reply, separators=(",", ":"), default=_plain) + "\n")
        answers.flush()


def _listen(requests: queue.Queue[str]) -> None:
    for line in sys.stdin:
        requests.put(line)
    os._exit(0)


def _code(error: Exception) -> str:
    """Return the code that a database or MLflow gave the error, wherever its driver keeps it."""
    first = error.args[0] if error.args else None
    numbers = [getattr(error, "errno", None), first]
    texts = [getattr(error, name, None) for name in ("error_code", "sqlstate", "pgcode")]
    texts += [first.get("C") if isinstance(first, dict) else None]
    found = [code for code in numbers if isinstance(code, int)] + [code for code in texts if code]
    return str(found[0]) if found else ""


def _text(error: Exception) -> str:
    """Return what the error says; some drivers say only in its cause why they cannot connect."""
    return f"{error} ({error.__cause__})" if error.__cause__ else str(error)


def _plain(value: Any) -> Any:
    """Return a number or a text for what JSON does not know, such as a decimal or bytes."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value).decode("utf-8", "replace")
    try:
        return float(value)
    except (TypeError, ValueError):
        return str(value)


if __name__ == "__main__":
    # Python puts the folder of a program before all others: nobody shall find these modules there.
    del sys.path[0]
    serve(runpy.run_path(sys.argv[1])["answer"])
