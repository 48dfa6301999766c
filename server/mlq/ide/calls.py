"""What is wrong with the calls around the filters of a file."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.hosts.calls import find_calls
from mlq.hosts.region import FilterRegion
from mlq.ide.model import Diagnostic
from mlq.rules.calls.engine import findings


def of_calls(text: str, language: str, mlflow_version: str | None) -> Iterator[Diagnostic]:
    """Yield the findings of each call of a text that is surely MLflow's."""
    for call in find_calls(text, language):
        for finding in findings(call, mlflow_version):
            yield Diagnostic(
                finding, next((each for each in call.filters if _is_in(finding.start, each)), None)
            )


def _is_in(offset: int, region: FilterRegion) -> bool:
    return region.start <= offset < region.end
