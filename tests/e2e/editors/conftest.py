"""The project that the editors open, with its store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.editors import Project, make_project, make_store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def tracking_uri(tmp_path_factory: pytest.TempPathFactory) -> str:
    return make_store(tmp_path_factory.mktemp("store"))


@pytest.fixture
def project(tmp_path: Path, tracking_uri: str) -> Project:
    return make_project(tmp_path / "project", tracking_uri)
