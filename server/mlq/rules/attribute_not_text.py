"""MLQ403: an attribute compared with something that is not a quoted string."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.rule import Report, Rule, when
from mlq.rules.text_wanted import unquoted_values
from mlq.semantics.meaning import Meaning
from mlq.semantics.traits import Trait


def check(meaning: Meaning) -> Iterator[Report]:
    return unquoted_values(meaning, "{} is", lambda kind: kind not in {"parameter", "tag"})


RULE = Rule(
    code="MLQ403",
    name="attribute-not-text",
    severity="error",
    summary="An attribute that is text is compared with something that is not a quoted string",
    why="""`status`, `run_id`, `run_name`, `user_id`, `artifact_uri` and the names of datasets are text,
and MLflow compares them with quoted strings only.""",
    wrong="""\
status = FINISHED
         ^^^^^^^^""",
    right="status = 'FINISHED'",
    check=check,
    signs=when(Trait.NUMBER, Trait.WORD),
)
