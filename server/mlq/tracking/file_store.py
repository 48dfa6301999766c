"""Reads the keys of a store of files, such as `./mlruns`: names of files, and values that are small.

MLflow 3.13 and later make none any more, and older clients still write them. What hangs about there is
hostile until it has the look of MLflow's own: links are not followed, and of a large file only names count.
"""

from __future__ import annotations

import json
import math
import os
import re
import time
from collections.abc import Iterator
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlq.tracking.protocol import StoreError
from mlq.tracking.tally import MAX_VALUE_LENGTH, Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_RUNS = 300
_MAX_META = 64 * 1024
_MAX_DEPTH = 16
# Of the time until the deadline, what may pass before no further run is read.
_SHARE_OF_TIME = 0.5
_EXPERIMENT = re.compile(r"\d+", re.ASCII)
_RUN = re.compile(r"[0-9a-f]{32}", re.ASCII)
_FIELD = re.compile(r"^(\w+): (.*)$", re.MULTILINE)
_META = "meta.yaml"


def read_keys(
    root: Path, entity: str, experiments: Sequence[str], source: str, deadline: float
) -> dict[str, Any]:
    """Return the keys of runs or experiments as JSON data for `KeyIndex.from_json`; raises `StoreError`.

    Of the other entities a store of files has nothing to offer. `deadline` is a time of `time.monotonic`.
    """
    stop = time.monotonic() + _SHARE_OF_TIME * (deadline - time.monotonic())
    found = _experiments(root, source)
    if experiments:
        found = {
            path: fields
            for path, fields in found.items()
            if not {fields.get("name"), path.name}.isdisjoint(experiments)
        }
        if not found:
            unknown = ", ".join(map(repr, experiments))
            raise StoreError("no-experiment", f"{source} has no experiment named {unknown}")
    tally = Tally()
    if entity == "runs":
        return tally.to_json(source, complete=_count_runs(list(found), tally, stop))
    for path, fields in found.items() if entity == "experiments" else ():
        tally.seen += 1
        tally.add("attribute", "name", fields.get("name"))
        _add_texts("tag", path / "tags", tally)
    return tally.to_json(source, complete=entity == "experiments")


def _experiments(root: Path, source: str) -> dict[Path, dict[str, str]]:
    """Return the folders of the active experiments, each with what its description says."""
    try:
        folders = [Path(entry) for entry in _folders(root, _EXPERIMENT)]
    except FileNotFoundError as error:
        raise StoreError("missing", f"{source} does not exist") from error
    except OSError as error:
        raise StoreError("unreadable", f"{source} cannot be read: {error.strerror}") from error
    described = {folder: _meta(folder) for folder in folders}
    if not any(described.values()):
        raise StoreError("not-a-store", f"{source} is not a store of MLflow: it holds no experiment")
    return {folder: fields for folder, fields in described.items() if _is_active(fields)}


def _folders(parent: Path, name: re.Pattern[str]) -> list[os.DirEntry[str]]:
    """Return the folders of names of this form, the newest first."""
    with os.scandir(parent) as listing:
        found = [
            entry for entry in listing if name.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False)
        ]
    return sorted(found, key=lambda entry: -entry.stat(follow_symlinks=False).st_mtime_ns)


def _count_runs(experiments: list[Path], tally: Tally, stop: float) -> bool:
    """Count runs, the newest of each experiment in turn; returns whether these were all."""
    in_turn = chain.from_iterable(zip_longest(*map(_runs, experiments)))
    runs = [path for path in in_turn if path]
    for path in runs:
        if tally.seen == MAX_RUNS or time.monotonic() > stop:
            return False
        fields = _meta(path)
        if _is_active(fields):
            tally.seen += 1
            _count(path, fields, tally)
    return True


def _runs(experiment: Path) -> list[Path]:
    try:
        return [Path(entry) for entry in _folders(experiment, _RUN)]
    except OSError:
        return []


def _count(run: Path, fields: dict[str, str], tally: Tally) -> None:
    for key, path in _files(run / "metrics"):
        tally.add_number("metric", key, _last_number(path))
    _add_texts("parameter", run / "params", tally)
    _add_texts("tag", run / "tags", tally)
    tally.add("attribute", "run_name", fields.get("run_name"))
    tally.add("attribute", "user_id", fields.get("user_id"))


def _add_texts(kind: str, folder: Path, tally: Tally) -> None:
    for key, path in _files(folder):
        # Four bytes are the most that a character takes.
        content = _read(path, 4 * MAX_VALUE_LENGTH)
        tally.add(kind, key, content)


def _files(folder: Path, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Path]]:
    """Yield the keys below a folder: a key with a slash is a file in a folder."""
    try:
        with os.scandir(folder) as listing:
            entries = list(listing)
    except OSError:
        return
    for entry in entries:
        name = f"{prefix}{entry.name}"
        if entry.is_file(follow_symlinks=False):
            yield name, Path(entry)
        elif entry.is_dir(follow_symlinks=False) and depth < _MAX_DEPTH:
            yield from _files(Path(entry), f"{name}/", depth + 1)


def _last_number(path: Path) -> float | None:
    """Return the number of the last of the lines `timestamp number step`."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 256))
            number = float(file.read().split(b"\n")[-2:][0].split()[1])
    except (OSError, IndexError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _meta(folder: Path) -> dict[str, str]:
    """Return the fields of a description: what MLflow writes is YAML of one line each."""
    content = _read(folder / _META, _MAX_META) or ""
    return {name: _scalar(text) for name, text in islice(_FIELD.findall(content), 100)}


def _scalar(text: str) -> str:
    if text[:1] == text[-1:] == "'":
        return text[1:-1].replace("''", "'")
    try:
        # Double quotes of YAML hold what those of JSON do, and some escapes more.
        return str(json.loads(text)) if text.startswith('"') else text
    except ValueError:
        return text.strip('"')


def _is_active(fields: dict[str, str]) -> bool:
    return fields.get("lifecycle_stage") == "active"


def _read(path: Path, most: int) -> str | None:
    """Return a file's text; None where it is longer than `most` bytes, no text, no file, or closed."""
    try:
        if path.is_symlink() or not path.is_file():
            return None
        with path.open("rb") as file:
            content = file.read(most + 1)
        return content.decode("utf-8") if len(content) <= most else None
    except (OSError, ValueError):
        return None
