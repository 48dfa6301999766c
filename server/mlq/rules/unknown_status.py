"""MLQ502: a status that no run has."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.dialect import Dialect, Key

from mlq.keys.quoting import write_value
from mlq.rules.names import names_where
from mlq.rules.near import near
from mlq.rules.rule import Report, Rule, replace
from mlq.rules.writing import listed
from mlq.semantics.meaning import Meaning, Subject, Value, conditions_with

# What people call it: the first of these that the key has.
_MEANT = {
    "completed": ("FINISHED", "OK", "READY"),
    "complete": ("FINISHED", "OK", "READY"),
    "success": ("FINISHED", "OK", "READY"),
    "succeeded": ("FINISHED", "OK", "READY"),
    "done": ("FINISHED", "OK", "READY"),
    "finished": ("FINISHED", "OK", "READY"),
    "error": ("ERROR", "FAILED"),
    "failed": ("FAILED", "ERROR"),
    "failure": ("FAILED", "ERROR"),
    "active": ("RUNNING",),
    "running": ("RUNNING", "IN_PROGRESS"),
}


def check(meaning: Meaning) -> Iterator[Report]:
    for condition, subject, key, value in conditions_with(meaning, "text"):
        operator = condition.operator
        if not key.values or not operator or operator.name not in {"=", "!="}:
            continue
        if _is_number(key, meaning):
            version = meaning.dialect.mlflow_version
            message = f"MLflow {version} keeps the {subject.name} as a number: no text equals it."
            yield Report(value.span, message)
        elif value.content not in key.values and not _is_case_free(key, value):
            yield _report(subject, key, value, meaning)


def _report(subject: Subject, key: Key, value: Value, meaning: Meaning) -> Report:
    noun = meaning.noun.partition(" ")[2]
    message = f"No {noun} has the {subject.name} {value.text}: there are {listed(key.values)}."
    named = (name for name in _MEANT.get(value.content.lower(), ()) if name in key.values)
    meant = next(named, None) or near(value.content, key.values)
    if meant is None:
        return Report(value.span, message)
    fix = replace(f"Use {meant}", value.span, write_value(meant) or meant)
    return Report(value.span, f"{message} Did you mean {meant}?", fix)


def _is_case_free(key: Key, value: Value) -> bool:
    return "true-or-false" in key.checks.in_store and value.content.lower() in key.values


def _is_number(key: Key, meaning: Meaning) -> bool:
    """Whether MLflow compares a status with the number that it is stored as: logged models until 3.18."""
    is_status = meaning.dialect.syntax.reader == "logged-models" and key.name == "status"
    return is_status and "model-status" not in key.checks.in_store


def signs(dialect: Dialect) -> tuple[str, ...] | None:
    return names_where(lambda key: bool(key.values), dialect)


RULE = Rule(
    code="MLQ502",
    name="unknown-status",
    severity="warning",
    summary="A run is asked for a status that does not exist",
    why="""MLflow checks no status: the filter runs and finds nothing. A run is RUNNING, SCHEDULED,
FINISHED, FAILED or KILLED, in capitals, and `=` respects case.""",
    wrong="""\
status = 'Completed'
         ^^^^^^^^^^^""",
    right="status = 'FINISHED'",
    check=check,
    signs=signs,
)
