"""From a call to its findings, by the rules of calls. All offsets are the file's."""

from __future__ import annotations

from mlq.crashes import contained
from mlq.findings import Finding
from mlq.hosts.calls import Call
from mlq.hosts.signatures import signature
from mlq.rules.calls import CALL_RULES
from mlq.rules.calls.bound import Bound

_MOST_ARGUMENTS = 100  # more are no program; keeps the time for a hostile file bounded


def findings(call: Call, mlflow_version: str | None = None) -> list[Finding]:
    """Return what is wrong with a call, for this MLflow or else the newest known, sorted by place.

    Nothing is said of a function that this MLflow does not have. Never raises.
    """
    found = signature(call.api, is_client=call.is_client, mlflow_version=mlflow_version)
    if found is None or len(call.arguments) > _MOST_ARGUMENTS:
        return []
    bound = Bound(call, found, mlflow_version)
    reported = [
        Finding(rule.code, rule.severity, message, *span, [fix] if fix else [], rule.url)
        for rule in CALL_RULES
        for span, message, fix in contained(f"rule {rule.code}", rule.check, bound)
    ]
    return sorted(reported, key=lambda finding: (finding.start, finding.end, finding.code))
