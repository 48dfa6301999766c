"""What `mlq explain --output-format json` prints: the same as for people, as one object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlq_grammar.dialect import load

from mlq.cli.explained import edits_of, read_by
from mlq.cli.report.fields import finding_fields, fix_fields
from mlq.findings import apply
from mlq.ide.check import Judge
from mlq.ide.explain.releases import releases, rewritten
from mlq.ide.explain.words import in_words
from mlq.rules.engine import findings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlq.findings import Finding
    from mlq.ide.explain.answer import Explained
    from mlq.ide.explain.causes import Cause
    from mlq.versions.choice import Chosen


def message_fields(found: Explained) -> dict[str, Any]:
    """Return what a message is about: its causes, the likeliest first, each with the findings on it."""
    codes = [finding.code for cause in found.causes for finding in cause.findings]
    return {
        "text": found.said.message,
        "is_cut": found.said.is_cut,
        "is_certain": found.is_certain,
        "rules": list(dict.fromkeys([*codes, *(rule.code for rule in found.rules)])),
        "causes": [_cause(cause) for cause in found.causes],
    }


def filter_fields(text: str, entity: str, chosen: Chosen) -> dict[str, Any]:
    """Return what a filter means, which versions run it and how all would; `mended` where only that runs."""
    judge = Judge(chosen.version, chosen.sqlparse or None)
    dialect = load(entity, *judge)
    found = findings(text, dialect)
    edits = [edit for each in found if each.severity == "error" for edit in edits_of(each)]
    mended = apply(edits, text)
    answers = releases(text, entity, judge)
    repaired = releases(mended, entity, judge) if edits else answers
    is_mended = read_by(repaired, chosen.version) is not None and read_by(answers, chosen.version) is None
    read, answers = (mended, repaired) if is_mended else (text, answers)
    version = read_by(answers, chosen.version)
    reading = load(entity, version, judge.sqlparse_version if version == chosen.version else None)
    other = rewritten(read, reading) if version else None
    return {
        "text": text,
        "entity": entity,
        "mlflow_version": chosen.version,
        "why": chosen.why,
        "findings": _findings(found),
        "mended": mended if is_mended else None,
        "read_by": version,
        "means": list(in_words(read, reading) or ()) if version else None,
        "versions": [{"version": each.version, "answer": each.answer} for each in answers],
        "for_all_versions": other.text if other else None,
        "hindrances": list(other.hindrances) if other else [],
    }


def _cause(cause: Cause) -> dict[str, Any]:
    is_filter = isinstance(cause.asked, str)
    return {
        "entity": cause.entity,
        "mlflow_version": cause.mlflow_version,
        "filter": cause.asked if is_filter else None,
        "order_by": None if is_filter else list(cause.asked),
        "findings": _findings(cause.findings),
    }


def _findings(found: Iterable[Finding]) -> list[dict[str, Any]]:
    return [
        {"start": each.start, "end": each.end, **finding_fields(each), **fix_fields(each)} for each in found
    ]
