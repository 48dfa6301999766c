"""Counts in an MLflow database what a filter matches, exactly as MLflow's own search would find it.

Where that is not sure (a key of which MLflow's query is not known here, several workspaces, a statement that
takes too long), there is no count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mlq.keys.matches import Count, Question
from mlq.tracking.conditions import Sql, UnknownConditionError, all_of, conditions, one_of
from mlq.tracking.database import Database, experiment_ids
from mlq.tracking.protocol import StoreError
from mlq.tracking.searches import SEARCHES, Searched

_UNSURE = {"timeout", "unreadable"}
_ELSEWHERE = "SELECT 1 FROM {table} WHERE workspace <> 'default' LIMIT 1"
_ACTIVE_EXPERIMENTS = (
    "e.experiment_id IN (SELECT experiment_id FROM experiments WHERE lifecycle_stage = 'active')"
)
_COUNT = "SELECT count(*), {newest} FROM {table} AS e WHERE {where}"

Catalogue = Mapping[str, set[str]]


def count_matches(
    database: Database, entity: str, experiments: Sequence[str], questions: Sequence[Question]
) -> tuple[Count | None, ...]:
    """Return how many match each question; None where that cannot be told. Raises `StoreError`."""
    catalogue = database.catalogue()
    searched = SEARCHES.get(entity)
    if searched is None or searched.table not in catalogue or _has_workspaces(database, catalogue):
        return (None,) * len(questions)
    scope = _scope(database, searched, experiments)
    return tuple(_count(database, catalogue, searched, scope, question) for question in questions)


def _has_workspaces(database: Database, catalogue: Catalogue) -> bool:
    """Tell whether some are not in the default workspace: then each search sees those of its own."""
    kept = [
        table for table in ("experiments", "registered_models") if "workspace" in catalogue.get(table, ())
    ]
    return any(database.fetch(_ELSEWHERE.format(table=table)) for table in kept)


def _scope(database: Database, searched: Searched, experiments: Sequence[str]) -> Sql:
    if not searched.is_in_experiments:
        return all_of(())
    if not experiments:
        return Sql(_ACTIVE_EXPERIMENTS)
    return one_of(database.product, "e.experiment_id", experiment_ids(database, experiments))


def _count(
    database: Database, catalogue: Catalogue, searched: Searched, scope: Sql, question: Question
) -> Count | None:
    view = searched.views.get(question.view)
    if view is None:
        return None
    newest = f"max(e.{searched.newest})" if searched.newest in catalogue[searched.table] else "NULL"
    try:
        where = all_of([scope, Sql(view), *conditions(database.product, searched, question)])
        statement = _COUNT.format(newest=newest, table=searched.table, where=where.text)
        ((number, latest),) = database.fetch(statement, where.values)
    except UnknownConditionError:
        return None
    except StoreError as error:
        if error.kind not in _UNSURE:
            raise
        return None
    return Count(int(number), newest=None if latest is None else int(latest))
