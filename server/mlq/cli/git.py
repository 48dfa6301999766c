"""What git says of files: which have changed since a commit, and what it would commit of them."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mlq.cli.checked import UncheckableError

if TYPE_CHECKING:
    from collections.abc import Iterable

_REGULAR = {b"100644", b"100755"}


class GitError(UncheckableError):
    """Raised where git cannot answer; the message says why, in one line."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The files that differ from a commit, new ones among them; each repository is asked once.

    The commit is the last that the work here and the one named share: what a branch adds to `main`, not what
    `main` has got since.
    """

    since: str
    _known: dict[str, frozenset[str]] = field(default_factory=dict)

    def __contains__(self, path: str) -> bool:
        """Whether a file has changed; raise `GitError` where it is in no repository or there is no commit."""
        top = _top(path, self._known)
        if top not in self._known:
            base = _base(top, self.since)
            names = _names(top, "diff", "--no-renames", "--diff-filter=d", "--name-only", "-z", base, "--")
            names += _names(top, "ls-files", "--others", "--exclude-standard", "-z")
            self._known[top] = frozenset(_joined(top, name) for name in names)
        return _place(path) in self._known[top]


@dataclass(frozen=True, slots=True)
class Staged:
    """The files that the next commit adds or changes, as it will hold them."""

    _known: dict[str, dict[str, str]] = field(default_factory=dict)

    def content(self, path: str) -> bytes | None:
        """Return what is staged of a file, None where nothing is; raise `GitError` as `Changed` does."""
        top = _top(path, self._known)
        if top not in self._known:
            self._known[top] = _staged(top)
        blob = self._known[top].get(_place(path))
        return _git(top, "cat-file", "blob", blob) if blob else None


def _staged(top: str) -> dict[str, str]:
    """Return the blobs of the staged files by path; links and submodules are none."""
    diff = ("diff", "--cached", "--raw", "--no-renames", "--no-abbrev", "--diff-filter=d", "-z", "--")
    fields = _git(top, *diff).split(b"\0")
    found = {}
    for entry, name in zip(fields[::2], fields[1::2], strict=False):
        _, mode, _, blob, _ = entry.split(b" ")
        if mode in _REGULAR:
            found[_joined(top, os.fsdecode(name))] = blob.decode()
    return found


def _base(top: str, ref: str) -> str:
    try:
        commit = _line(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    except GitError:
        raise GitError(f"git knows no commit {ref!r} here") from None
    try:
        return _line(top, "merge-base", commit, "HEAD")
    except GitError:
        raise GitError(
            f"{ref!r} and the work here share no commit that git has; fetch more of them"
        ) from None


def _joined(top: str, name: str) -> str:
    return os.path.normpath(os.path.join(top, name))  # noqa: PTH118 (as in `_place`)


def _place(path: str) -> str:
    """Return a path as git has it: through no link, but to a link itself."""
    folder, name = os.path.split(os.path.abspath(path))  # noqa: PTH100 (a Path would keep `..`)
    return os.path.join(os.path.realpath(folder), name)  # noqa: PTH118 (a Path for each file is slow)


def _top(path: str, known: Iterable[str]) -> str:
    """Return the top folder of the repository that a file is in, a known one without asking git."""
    place = Path(_place(path))
    for top in known:
        if place.is_relative_to(top):
            return top
    folder = next(folder for folder in place.parents if folder.is_dir())
    return os.path.realpath(_line(str(folder), "rev-parse", "--show-toplevel"))


def _names(top: str, *arguments: str) -> list[str]:
    return [os.fsdecode(name) for name in _git(top, *arguments).split(b"\0") if name]


def _line(folder: str, *arguments: str) -> str:
    return os.fsdecode(_git(folder, *arguments)).rstrip("\r\n")


def _git(folder: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)
    except FileNotFoundError:
        raise GitError("git is not installed") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise GitError(said[0].removeprefix("fatal: ") if said else f"git {arguments[0]} failed")
    return done.stdout
