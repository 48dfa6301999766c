"""Make a store as an older MLflow made it: `python tests/support/old_store.py FILE REVISION`.

MLflow's own migrations make the tables; there is one run with a metric, a param and a tag.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config

_ROWS = """
    INSERT INTO experiments (experiment_id, name, lifecycle_stage) VALUES (1, 'churn', 'active');
    INSERT INTO runs
        (run_uuid, name, user_id, status, start_time, lifecycle_stage, experiment_id, source_type)
        VALUES ('aa', 'first', 'ada', 'FINISHED', 1, 'active', 1, 'LOCAL');
    INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid)
        VALUES ('auc', 0.9, 1, 0, 0, 'aa');
    INSERT INTO params (key, value, run_uuid) VALUES ('model', 'xgboost', 'aa');
    INSERT INTO tags (key, value, run_uuid) VALUES ('team', 'growth', 'aa');
"""


def write_old_store(store: Path, revision: str) -> None:
    """Write the store with the tables of a revision of MLflow's schema."""
    from alembic import command
    from mlflow.store.db import utils
    from mlflow.store.tracking.dbmodels.initial_models import Base
    from sqlalchemy import create_engine

    uri = f"sqlite:///{store}"
    Base.metadata.create_all(create_engine(uri))
    config: Config = utils._get_alembic_config(uri)  # type: ignore[no-untyped-call]
    command.upgrade(config, revision)
    with closing(sqlite3.connect(store)) as connection:
        connection.executescript(_ROWS)


if __name__ == "__main__":
    write_old_store(Path(sys.argv[1]), sys.argv[2])
