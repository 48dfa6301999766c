"""MLQ402: a tag compared with something that is not a quoted string."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.rule import Report, Rule, when
from mlq.rules.text_wanted import unquoted_values
from mlq.semantics.meaning import Meaning
from mlq.semantics.traits import Trait


def check(meaning: Meaning) -> Iterator[Report]:
    return unquoted_values(meaning, "Tags are", lambda kind: kind == "tag")


RULE = Rule(
    code="MLQ402",
    name="tag-not-text",
    severity="error",
    summary="A tag is compared with something that is not a quoted string",
    why="""Tags are text. MLflow compares them with quoted strings only.""",
    wrong="""\
tags.stage = production
             ^^^^^^^^^^""",
    right="tags.stage = 'production'",
    check=check,
    signs=when(Trait.NUMBER, Trait.WORD),
)
