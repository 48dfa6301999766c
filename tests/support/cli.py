"""Runs the real commands, as a shell would."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlq.cli.main import main

if TYPE_CHECKING:
    import pytest

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


def run_here(
    patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str], folder: Path, *arguments: str
) -> Result:
    """Run `mlq` in this process, where MLflow is imported only once."""
    with patch.context() as patched:
        patched.chdir(folder)
        # Set here, so that it is undone what the command sets for MLflow.
        for name in ("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "MLFLOW_DISABLE_TELEMETRY"):
            patched.setenv(name, "1")
        patched.setenv("MLFLOW_TRACKING_URI", "")
        status = main(arguments)
    out, err = capture.readouterr()
    return Result(status, out, err)


def check(
    *arguments: str | Path, stdin: str | bytes = b"", cwd: Path | None = None, **environment: str
) -> Result:
    """Run `mlq-check`."""
    return run("mlq-check", *arguments, stdin=stdin, cwd=cwd, **environment)


@dataclass(frozen=True, slots=True)
class Here:
    """Runs `mlq-check` in this process, in a folder of the test's own."""

    folder: Path
    patch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[bytes]

    def check(self, *arguments: str, stdin: bytes = b"") -> Result:
        """Run `mlq-check`; its output may hold any bytes."""
        self.capture.readouterr()
        with self.patch.context() as patched:
            patched.chdir(self.folder)
            patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            status = main(["check", *arguments])
        out, err = (stream.decode("utf-8", "surrogateescape") for stream in self.capture.readouterr())
        assert "Traceback" not in out + err
        assert "internal error" not in err
        return Result(status, out, err)
