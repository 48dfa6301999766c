"""The version of MLflow that a project pins: in locks, requirements, `pyproject.toml` or conda's files."""

from __future__ import annotations

import importlib
import json
import re
import sys
from typing import TYPE_CHECKING, Any

from mlq_grammar.releases import RELEASES, is_version, numbers
from mlq_grammar.sqlparse import RELEASES as RELEASES_OF_SQLPARSE

from mlq.versions.choice import Clue
from mlq.versions.ranges import newest_allowed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NAMES = ("mlflow", "mlflow-skinny", "mlflow-tracing")
"""The distributions that hold MLflow's searches, the one that decides first."""

_WATCHED = ("sqlparse", *NAMES)
_MAX_BYTES = 32 * 1024 * 1024
_MAX_LINE = 1000
_Found = tuple[str, str]

# What follows the name in a line: extras, then the requirement, up to a marker, an option or a comment.
_REQUIREMENT = re.compile(
    r"(?P<name>mlflow(?:[-_.](?:skinny|tracing))?|sqlparse)\s*(?:\[[^\]]*\])?\s*\(?(?P<range>[^;#@)\s\\-][^;#@)\\]*?)?\)?"
    r"\s*(?:[;#\\].*|--hash.*)?",
    re.IGNORECASE,
)
_LOCKED = re.compile(
    r'^name = "(mlflow(?:[-_.](?:skinny|tracing))?|sqlparse)"\s*\nversion = "([^"\n]+)"', re.MULTILINE
)
_NAMED = re.compile(
    r"^\W*name: ['\"]?(mlflow(?:[-_.](?:skinny|tracing))?|sqlparse)['\"]?\n\s*version: ['\"]?([^'\"\s]+)",
    re.MULTILINE,
)
_PACKAGE_URL = re.compile(
    r"/(mlflow(?:[-_](?:skinny|tracing))?|sqlparse)-(\d[\w.]*)-[\w.+-]+(?:\.conda|\.bz2|\.whl)"
)
_INCLUDED = re.compile(
    r"^\s*(?:-[rc]|--requirement|--constraint)[ =\t]*([\w.][\w./-]*)[ \t]*(?:#.*)?$", re.MULTILINE
)
_MOST_INCLUDED = 20
_CONDA = re.compile(r"^[ \t]*-[ \t]*['\"]?(?:[\w./-]+::)?((?:mlflow|sqlparse)[^'\"\n]*)", re.MULTILINE)


def pinned(folder: Path) -> Clue | None:
    """Return what the files of a folder say, the most exact kind of file first; None where none speaks."""
    for pattern, read in _FILES:
        for path in _matching(folder, pattern):
            clue = _clue(path.relative_to(folder).as_posix(), read(_with_included(path)))
            if clue is not None:
                return clue
    return None


def _matching(folder: Path, pattern: str) -> list[Path]:
    """Return the files of a pattern, the one with the plainest name first."""
    try:
        return sorted(folder.glob(pattern), key=lambda path: (len(path.name), path.name))
    except OSError:
        return []


def _clue(file: str, found: Iterator[_Found]) -> Clue | None:
    """Return MLflow's version in a file: the newest where a lock for several Pythons has more than one."""
    versions: dict[str, str] = {}
    for name, version in found:
        name = re.sub("[_.]", "-", name.lower())
        if is_version(version) and numbers(version) >= numbers(versions.get(name, "0")):
            versions[name] = version
    first = next((versions[name] for name in NAMES if name in versions), None)
    return Clue(first, f"from {file}", versions.get("sqlparse", "")) if first else None


def _text(path: Path) -> str:
    """Return a file's text, empty where it cannot be read or is too long to be what its name says."""
    try:
        if not path.is_file() or path.stat().st_size > _MAX_BYTES:
            return ""
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ""


def _with_included(path: Path) -> str:
    """Return a file's text and, for pip's files, those of the files that it names by `-r` and `-c`."""
    texts, seen, waiting = [], {path}, [path]
    while waiting and len(seen) <= _MOST_INCLUDED:
        file = waiting.pop(0)
        texts.append(_text(file))
        named = _INCLUDED.findall(texts[-1]) if file.suffix in (".txt", ".in") else ()
        further = [found for name in named if (found := file.parent / name) not in seen]
        seen.update(further)
        waiting += further
    return "\n".join(texts)


def _lock(text: str) -> Iterator[_Found]:
    for found in _LOCKED.finditer(text.replace("\r\n", "\n")):
        yield found[1], found[2]


def _pipfile_lock(text: str) -> Iterator[_Found]:
    try:
        locked = json.loads(text)
    except (ValueError, RecursionError):
        return
    for section in locked.values() if isinstance(locked, dict) else ():
        for name in _WATCHED:
            entry = section.get(name) if isinstance(section, dict) else None
            if isinstance(entry, dict):
                yield from _requirement(name, str(entry.get("version", "")))


def _url_lock(text: str) -> Iterator[_Found]:
    """Read what conda and pixi lock: by name and version, and in the addresses of packages."""
    for found in (*_NAMED.finditer(text.replace("\r\n", "\n")), *_PACKAGE_URL.finditer(text)):
        yield found[1], found[2]


def _requirements(text: str) -> Iterator[_Found]:
    """Read lines of pip's; a constraint and a requirement hold together, of exact ones each holds."""
    wanted: dict[str, list[str]] = {}
    for line in text.splitlines():
        if "mlflow" in line.lower() or "sqlparse" in line.lower():
            for name, requirement in _parts(line):
                wanted.setdefault(name.lower(), []).append(requirement)
    for name, requirements in wanted.items():
        exact = [each for each in requirements if each.startswith("==")]
        for requirement in exact or [",".join(requirements)]:
            yield from _requirement(name, requirement)


def _line(line: str) -> Iterator[_Found]:
    for name, requirement in _parts(line):
        yield from _requirement(name, requirement)


def _parts(line: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the range of a line that has both."""
    found = _REQUIREMENT.fullmatch(line.strip()[:_MAX_LINE])
    if found and found["range"]:
        yield found["name"], found["range"]


def _requirement(name: str, requirement: str) -> Iterator[_Found]:
    version = newest_allowed(requirement, RELEASES_OF_SQLPARSE if name.lower() == "sqlparse" else RELEASES)
    if version:
        yield name, version


def _pyproject(text: str) -> Iterator[_Found]:
    if "mlflow" not in text.lower():
        return
    toml = importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        yield from _in_table(toml.loads(text))
    except (toml.TOMLDecodeError, RecursionError):
        return


def _in_table(node: Any) -> Iterator[_Found]:
    """Yield the requirements of a table and all below: as lines of lists, or by name as Poetry has them."""
    if isinstance(node, dict):
        for name, value in node.items():
            if re.sub("[_.]", "-", name.lower()) in _WATCHED:
                for each in value if isinstance(value, list) else [value]:
                    wanted = each.get("version") if isinstance(each, dict) else each
                    yield from _requirement(name, wanted if isinstance(wanted, str) else "")
            yield from _in_table(value)
    elif isinstance(node, list):
        for item in node:
            yield from _line(item) if isinstance(item, str) else _in_table(item)


def _conda(text: str) -> Iterator[_Found]:
    for found in _CONDA.finditer(text):
        # conda's own lines may name a build behind the version: `mlflow=2.14.3=py310_0`.
        yield from _line(re.sub(r"(?<=[\d*])=[\w*]+$", "", found[1].strip()))


_FILES: tuple[tuple[str, Callable[[str], Iterator[_Found]]], ...] = (
    ("uv.lock", _lock),
    ("poetry.lock", _lock),
    ("pdm.lock", _lock),
    ("pylock.toml", _lock),
    ("pylock.*.toml", _lock),
    ("Pipfile.lock", _pipfile_lock),
    ("pixi.lock", _url_lock),
    ("conda-lock.y*ml", _url_lock),
    ("conda-*.lock", _url_lock),
    ("requirements*.txt", _requirements),
    ("requirements/*.txt", _requirements),
    ("constraints*.txt", _requirements),
    ("requirements*.in", _requirements),
    ("requirements/*.in", _requirements),
    ("pyproject.toml", _pyproject),
    ("Pipfile", _pyproject),
    ("pixi.toml", _pyproject),
    ("environment*.y*ml", _conda),
    ("conda*.y*ml", _conda),
)
