"""Which findings are shown in a file, and at which level: what the settings say of rules and paths."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from mlq.settings.options import NONE
from mlq.settings.selectors import exactness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pathspec import GitIgnoreSpec

    from mlq.findings import Finding
    from mlq.ide.model import Diagnostic
    from mlq.settings import Settings
    from mlq.settings.kinds import Level


@dataclass(frozen=True, slots=True)
class Selection:
    """The rules that report in a file; of two words about one, that which names it more exactly counts."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    severity: Mapping[str, Level] = field(default_factory=lambda: NONE)

    def of(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield what is to be shown of the findings, at its level."""
        if self == EVERYTHING:
            yield from found
            return
        for diagnostic in found:
            level = self._level(diagnostic.finding)
            if level != "off":
                finding = replace(diagnostic.finding, severity=level)
                yield replace(diagnostic, finding=finding)

    def _level(self, finding: Finding) -> Level:
        code = finding.code
        chosen = _exactest(self.select, code) if self.select else 1
        if _exactest(self.never, code) or chosen <= _exactest(self.ignore, code):
            return "off"
        selector = max(self.severity, key=lambda each: exactness(each, code), default="")
        return self.severity[selector] if selector and exactness(selector, code) else finding.severity


EVERYTHING = Selection()
"""What holds where nothing is set."""

NOTHING = Selection(never=("ALL",))
"""What holds in a file that is not to be checked."""


def selection_for(settings: Settings, path: Path, workspace: Path) -> Selection:
    """Return what the settings say of a file, an absolute path.

    Patterns that no file says start in `workspace`.
    """
    folder = settings.folder("per-file-ignores", workspace)
    never = [
        rule
        for pattern, rules in settings.per_file_ignores.items()
        if _speaks_of(pattern, path, folder)
        for rule in rules
    ]
    ignore = settings.ignore + settings.extend_ignore
    return Selection(settings.select, ignore, tuple(never), settings.severity)


def is_excluded(settings: Settings, path: Path, workspace: Path, *, is_folder: bool = False) -> bool:
    """Whether the settings exclude a file or folder, or a folder that it is in. `path` is absolute."""
    return any(
        patterns and _matches(patterns, path, settings.folder(name, workspace), is_folder=is_folder)
        for name, patterns in (("exclude", settings.exclude), ("extend-exclude", settings.extend_exclude))
    )


def _speaks_of(pattern: str, path: Path, folder: Path) -> bool:
    if pattern.startswith("!"):
        return not _matches((pattern[1:],), path, folder)
    return _matches((pattern,), path, folder)


def _matches(patterns: tuple[str, ...], path: Path, folder: Path, *, is_folder: bool = False) -> bool:
    if not path.is_relative_to(folder):
        return False
    relative = path.relative_to(folder).as_posix()
    return _spec(patterns).match_file(relative + "/" if is_folder else relative)


@lru_cache(maxsize=256)
def _spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # slow to import, and few have patterns

    return GitIgnoreSpec.from_lines(patterns)


def _exactest(selectors: Iterable[str], code: str) -> int:
    return max((exactness(selector, code) for selector in selectors), default=0)
