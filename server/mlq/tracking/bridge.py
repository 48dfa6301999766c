"""Asks a program of `foreign` that another interpreter runs, such as a project's, where its drivers are."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

_PROGRAMS = Path(__file__).parent / "foreign"


class BridgeError(Exception):
    """Raised where the program does not start, ends early or talks nonsense."""


class Bridge:
    """A program that an interpreter runs. It ends with this process, and where it does not answer in time."""

    def __init__(self, python: str, program: str, **environ: str) -> None:
        """Start a program by its name; raises `BridgeError`."""
        command = [python, str(_PROGRAMS / "serve.py"), str(_PROGRAMS / f"{program}.py")]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # What a driver or a store says there may hold anything, a password too.
                stderr=subprocess.DEVNULL,
                cwd=Path(os.sep),
                env={**os.environ, **environ, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            )
        except OSError as error:
            raise BridgeError from error
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def ask(self, request: dict[str, Any], deadline: float) -> dict[str, Any]:
        """Return the answer, by a time of `time.monotonic`; raises `TimeoutError` or `BridgeError`."""
        try:
            self._send(request)
            answer = json.loads(self._answers.get(timeout=max(0.0, deadline - time.monotonic())))
        except queue.Empty:
            self.close()
            raise TimeoutError from None
        except (OSError, ValueError) as error:
            self.close()
            raise BridgeError from error
        if not isinstance(answer, dict):
            self.close()
            raise BridgeError
        return answer

    def close(self) -> None:
        """End the program, whatever it does."""
        self._process.kill()
        self._process.wait()

    @property
    def is_running(self) -> bool:
        """Tell whether it can be asked."""
        return self._process.poll() is None

    def _send(self, request: dict[str, Any]) -> None:
        if self._process.stdin is not None:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()

    def _listen(self) -> None:
        # The end of the output is an empty line, which is no answer.
        while self._process.stdout is not None:
            line = self._process.stdout.readline()
            self._answers.put(line)
            if not line:
                return


_bridges: dict[tuple[str, str], Bridge] = {}


def bridge(python: str, program: str, **environ: str) -> Bridge:
    """Return a running program, the same one as long as it runs; raises `BridgeError`."""
    found = _bridges.get((python, program))
    if found is None or not found.is_running:
        found = _bridges[python, program] = Bridge(python, program, **environ)
    return found
