"""Put the server and all it needs into bundled/libs, for this platform and every Python that mlq supports."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

EXTENSION = Path(__file__).resolve().parents[1]
REPOSITORY = EXTENSION.parents[1]
LIBS = EXTENSION / "bundled" / "libs"
PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14")


BINARY = ("--only-binary=:all:", "--implementation=cp", "--no-compile")


def bundle() -> None:
    """Build the wheel, then lay it and its dependencies for each Python over one another.

    Compiled modules carry their Python in their file names, so that one folder serves all.
    """
    shutil.rmtree(LIBS, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        pip("wheel", "--no-deps", "--wheel-dir", folder, str(REPOSITORY))
        (wheel,) = Path(folder).glob("*.whl")
        for python in PYTHONS:
            target = Path(folder, python)
            where = ("--target", str(target), "--python-version", python)
            pip("install", *where, *BINARY, *needs(python, wheel))
            shutil.copytree(target, LIBS, dirs_exist_ok=True, ignore=shutil.ignore_patterns("bin"))


def needs(python: str, wheel: Path) -> list[str]:
    """Return what to install for a Python version; pip reads markers by the Python that runs it."""
    backports = ["exceptiongroup", "tomli"] if python == "3.10" else []
    return [str(wheel), *backports]


def pip(command: str, *arguments: str) -> None:
    """Run pip quietly; raise where it fails."""
    quiet = ("--quiet", "--disable-pip-version-check")
    subprocess.run([sys.executable, "-m", "pip", command, *quiet, *arguments], check=True)


if __name__ == "__main__":
    bundle()
