"""The releases of MLflow that the tables know, and how versions are read and compared."""

from __future__ import annotations

import re

_SERIES = {
    "2.3": (0, 1, 2),
    "2.4": (0, 1, 2),
    "2.5": (0,),
    "2.6": (0,),
    "2.7": (0, 1),
    "2.8": (0, 1),
    "2.9": (0, 1, 2),
    "2.10": (0, 1, 2),
    "2.11": (0, 1, 2, 3, 4, 5),
    "2.12": (1, 2),
    "2.13": (0, 1, 2, 3),
    "2.14": (0, 1, 2, 3),
    "2.15": (0, 1),
    "2.16": (0, 1, 2),
    "2.17": (0, 1, 2),
    "2.18": (0,),
    "2.19": (0,),
    "2.20": (0, 1, 2, 3, 4),
    "2.21": (0, 1, 2, 3),
    "2.22": (0, 1, 2, 4, 5),
    "3.0": (0, 1),
    "3.1": (0, 1, 3, 4),
    "3.2": (0,),
    "3.3": (0, 1, 2),
    "3.4": (0,),
    "3.5": (0, 1),
    "3.6": (0,),
    "3.7": (0,),
    "3.8": (0, 1),
    "3.9": (0,),
    "3.10": (0, 1),
    "3.11": (1,),
    "3.12": (0,),
    "3.13": (0,),
    "3.14": (0,),
    "3.15": (0, 1, 2),
    "3.16": (0, 1),
    "3.17": (0, 1, 2),
    "3.18": (0,),
}

RELEASES = tuple(f"{series}.{patch}" for series, patches in _SERIES.items() for patch in patches)
"""Every release on the package index from the oldest known to the newest, in order."""

OLDEST = RELEASES[0]
"""The oldest MLflow that the tables know; older ones are judged as this one."""

NEWEST = RELEASES[-1]
"""The newest MLflow that the tables know; later ones are judged as this one."""

_VERSION = re.compile(
    r"\d+(?:\.\d+){1,3}(?:(?:a|b|rc)\d+)?(?:\.post\d+)?(?:\.dev\d+)?(?:\+[\w.]+)?", re.ASCII
)


def is_version(text: str) -> bool:
    """Whether a text is a version of MLflow: `2.22`, `3.17.2`, `3.18.0rc1`."""
    return len(text) < 100 and _VERSION.fullmatch(text) is not None


def numbers(version: str) -> tuple[int, ...]:
    """Return what of a version can be compared: `3.18.0rc1` is 3.18.0, `3.4` is 3.4.0."""
    found = re.match(r"\d+(?:\.\d+)*", version, re.ASCII)
    parts = [int(part) for part in found.group().split(".")] if found else [0]
    return tuple(parts + [0] * (3 - len(parts)))[:3]


def completed(version: str) -> str:
    """Return the newest known release of a series, `3.11.1` for `3.11`; any other version as it is."""
    patches = _SERIES.get(version)
    return f"{version}.{patches[-1]}" if patches else version
