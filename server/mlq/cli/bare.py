"""Filters that stand in no file: those of `--filter` and `--jsonl`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlq_grammar.spans import Span

from mlq.cli.checked import NotJudgedError

if TYPE_CHECKING:
    from mlq.findings import Finding
    from mlq.hosts.region import FilterRegion

ENTITIES = (
    "runs",
    "experiments",
    "registered_models",
    "model_versions",
    "traces",
    "logged_models",
    "evaluation_datasets",
    "prompts",
    "issues",
    "trace_metrics",
    "mcp_servers",
    "mcp_server_versions",
    "mcp_access_endpoints",
    "skills",
    "skill_versions",
)
"""What MLflow searches, each with a filter language of its own."""


def check_bare(text: str, entity: str, mlflow_version: str | None) -> list[Finding]:
    """Return the findings of one filter; raise where its language is not known well enough to judge it."""
    from mlq.ide.check import check, dialect_of

    if dialect_of(entity, mlflow_version) is None:
        raise NotJudgedError(f"filters over {entity} are not judged yet")
    return check(text, entity=entity, mlflow_version=mlflow_version)


def region_of(text: str, entity: str) -> FilterRegion:
    """Return the region that is the whole text."""
    from mlq.hosts.region import FilterRegion, OffsetMap, Piece

    whole = Span(0, len(text))
    return FilterRegion(
        entity=entity,
        api="",
        text=text,
        start=0,
        end=len(text),
        line=1,
        column=1,
        shape="text",
        is_static=True,
        map=OffsetMap((Piece(whole, whole),)),
    )
