"""Findings by marked text: `check(source)` holds what is said of a filter against the marks under it."""

from __future__ import annotations

from mlq.findings import Finding, apply
from mlq.ide.check import check as check_filter
from support.marks import read


def check(
    source: str,
    *,
    entity: str = "runs",
    fixed: str | None = None,
    mlflow_version: str | None = None,
    sqlparse_version: str | None = None,
) -> list[Finding]:
    """Assert that a filter has the marked findings (`^^^ CODE`), and that its fixes make `fixed` of it."""
    text = filter_of(source)
    found = check_filter(
        text, entity=entity, mlflow_version=mlflow_version, sqlparse_version=sqlparse_version
    )

    assert [((f.start, f.end), f.code) for f in found] == [(tuple(s), code) for s, code in read(source).marks]

    if fixed is not None:
        assert fix(text, found) == fixed
    return found


def fix(text: str, found: list[Finding]) -> str:
    """Return the filter with the first fix of each finding made."""
    return apply([edit for finding in found for edit in finding.fixes[0].edits], text)


def filter_of(source: str) -> str:
    """Return the filter of a marked source, without the line end before its marks."""
    return read(source).text.removesuffix("\n")
