"""Which known release of MLflow or sqlparse a requirement allows: `==2.14.3`, `>=2.10,<3`, `~=3.1`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlq_grammar.releases import RELEASES, is_version, numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

_PART = re.compile(
    r"(===|==|~=|!=|>=|<=|>|<|=|\^|~|)\s*v?(\d+(?:\.\d+)*(?:[a-z.+-][\w.+-]*)?|\d+(?:\.\d+)*\.\*)"
)
_EXACT = ("==", "===", "=", "")


def newest_allowed(requirement: str, releases: Sequence[str] = RELEASES) -> str | None:
    """Return the version that a requirement pins, else the newest of these in its range, if it names any.

    The spellings are those of pip, Poetry and conda; of alternatives (`|`) the last counts, as the newest.
    """
    parts = [part.strip() for part in requirement.split("|")[-1].split(",") if part.strip()]
    read = [_PART.fullmatch(part) for part in parts]
    bounds = [(found[1], found[2]) for found in read if found]
    if not bounds or len(bounds) < len(parts):
        return None
    for sign, version in bounds:
        if sign in _EXACT and is_version(version) and version.count(".") >= 2:
            return version
    allowed = [release for release in releases if all(_allows(*bound, release) for bound in bounds)]
    return allowed[-1] if allowed else _beyond(bounds, releases[0], releases[-1])


def _allows(sign: str, version: str, release: str) -> bool:
    """Whether a bound lets a release through."""
    named, at = numbers(version), numbers(release)
    if version.endswith(".*") or (sign in ("=", "") and version.count(".") < 2):
        series = tuple(int(part) for part in version.removesuffix(".*").split(".") if part.isdigit())
        return (at[: len(series)] == series) is (sign != "!=")
    minor = min(version.count(".") + 1, 2)
    compared = {
        "===": at == named,
        "==": at == named,
        "!=": at != named,
        ">=": at >= named,
        "<=": at <= named,
        ">": at > named,
        "<": at < named,
        "^": at >= named and at[0] == named[0],
        "~": at >= named and at[:minor] == named[:minor],
        "~=": at >= named and at[: version.count(".")] == named[: version.count(".")],
    }
    return compared[sign]


def _beyond(bounds: list[tuple[str, str]], oldest: str, newest: str) -> str:
    """Return a version for a range that holds none of the known: one beyond them on the same side."""
    lower = [version for sign, version in bounds if sign in (">=", ">", "^", "~", "~=", *_EXACT)]
    highest = max(lower, key=numbers, default=oldest)
    return highest if numbers(highest) > numbers(newest) and is_version(highest) else oldest
