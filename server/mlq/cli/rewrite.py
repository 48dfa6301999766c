"""Replacing a file by another text, at once or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from mlq.cli.checked import UncheckableError
from mlq.cli.files import encoded, read_file, reason_of

if TYPE_CHECKING:
    from mlq.cli.files import Source


def rewrite(before: Source, after: Source) -> None:
    """Put a text in the place of the one that was read; links are followed, mode and owner kept.

    Raises `UncheckableError`, and leaves the file as it was, where it may not be written, where it has
    changed since it was read, and where its encoding does not give back the same bytes.
    """
    path = Path(os.path.realpath(before.path))
    try:
        _refuse_read_only(path)
        if path.read_bytes() != encoded(before):
            raise UncheckableError(f"{_difference(before)}, so it was not fixed")
        _replace(path, encoded(after))
    except OSError as error:
        raise UncheckableError(f"cannot be fixed: {reason_of(error)}") from error


def _difference(before: Source) -> str:
    is_same_text = read_file(before.path).text == before.text
    return (
        f"cannot be written again as it is in {before.encoding}" if is_same_text else "has changed meanwhile"
    )


def _refuse_read_only(path: Path) -> None:
    # Root may write everything; who made a file read-only has meant it all the same.
    is_writable = path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    if not is_writable or not os.access(path, os.W_OK):
        raise UncheckableError("is read-only, so it was not fixed")


def _replace(path: Path, data: bytes) -> None:
    """Write a new file beside the old one and let it take its name: no reader ever sees half of it."""
    old = path.stat()
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.", suffix=".mlq-tmp")
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 (a Path opens no descriptor)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if hasattr(os, "chown"):
            with contextlib.suppress(PermissionError):  # Only root may give files away.
                os.chown(name, old.st_uid, old.st_gid)
        Path(name).chmod(stat.S_IMODE(old.st_mode))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
