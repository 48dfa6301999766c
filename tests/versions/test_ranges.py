"""Requirements, and the release of MLflow that each allows."""

from __future__ import annotations

import pytest
from mlq.versions.ranges import newest_allowed


@pytest.mark.parametrize(
    ("requirement", "version"),
    [
        ("==2.14.3", "2.14.3"),
        ("===2.14.3", "2.14.3"),
        ("== 2.14.3", "2.14.3"),
        ("==2.14.*", "2.14.3"),
        ("==3.10", "3.10.0"),
        ("=2.14", "2.14.3"),
        ("2.14.*", "2.14.3"),
        ("2.14.3", "2.14.3"),
        (">=2.10", "3.18.0"),
        (">=2.10,<3", "2.22.5"),
        (">=2.10, <2.14.2", "2.14.1"),
        (">=2.10,!=2.22.5,<3", "2.22.4"),
        ("<=2.16.0", "2.16.0"),
        (">3.17", "3.18.0"),
        ("~=2.14.1", "2.14.3"),
        ("~=3.1", "3.18.0"),
        ("^2.9", "2.22.5"),
        ("~2.9", "2.9.2"),
        ("~2", "2.22.5"),
        (">=2.9,<2.10 | >=3.1,<3.2", "3.1.4"),
        # beyond the tables: what is judged in their place is another's decision
        ("==1.30.0", "1.30.0"),
        ("==3.19.0rc1", "3.19.0rc1"),
        (">=3.19", "3.19"),
        ("<2", "2.3.0"),
    ],
)
def test_the_newest_known_release_of_a_range(requirement: str, version: str) -> None:
    assert newest_allowed(requirement) == version


@pytest.mark.parametrize("requirement", ["", "*", "latest", "@ file:///x", ">=", "==abc", ">=2,nonsense"])
def test_what_names_no_version(requirement: str) -> None:
    assert newest_allowed(requirement) is None
