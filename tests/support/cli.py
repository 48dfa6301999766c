"""Runs the real commands, as a shell would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Result:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The output, read as JSON."""
        return json.loads(self.out)

    @property
    def json_lines(self) -> list[Any]:
        """The output, each line read as JSON."""
        return [json.loads(line) for line in self.out.splitlines()]


def run(
    command: str,
    *arguments: str | Path,
    stdin: str | bytes = b"",
    cwd: Path | None = None,
    **environment: str,
) -> Result:
    """Run an installed command to its end; its output has to be UTF-8 and free of tracebacks."""
    done = subprocess.run(
        [BIN / command, *arguments],
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        check=False,
    )
    result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in result.out + result.err
    return result


def check(
    *arguments: str | Path, stdin: str | bytes = b"", cwd: Path | None = None, **environment: str
) -> Result:
    """Run `mlq-check`."""
    return run("mlq-check", *arguments, stdin=stdin, cwd=cwd, **environment)
