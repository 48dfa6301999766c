"""How the demo speaks: chapters, sentences, commands with their output."""

from __future__ import annotations

import subprocess
import sys
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_numbers = count(1)


def chapter(title: str) -> None:
    """Begin a part of the story."""
    heading = f"{next(_numbers)}. {title}"
    say(f"\n{heading}\n{'=' * len(heading)}\n")


def say(text: str) -> None:
    """Say something at once, even into a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def say_indented(text: str) -> None:
    """Say what somebody else said."""
    say("\n".join(f"    {line}".rstrip() for line in text.splitlines()))


def shell(command: str, folder: Path, programs: Path) -> None:
    """Run one of our commands in a folder as a person would, its output and all."""
    say(f"$ {command}")
    name, *arguments = command.split()
    done = subprocess.run([programs / name, *arguments], cwd=folder, stderr=sys.stdout, check=False)
    if done.returncode > 1:
        raise SystemExit(f"{name} failed with status {done.returncode}")
    say("")
