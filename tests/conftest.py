"""Fixtures for all rooms."""

from __future__ import annotations

import pytest
from support.oracle import Oracle


@pytest.fixture(scope="session")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> Oracle:
    """The installed MLflow, asked in this process."""
    return Oracle(tmp_path_factory.mktemp("oracle"))
