"""MLQ401: a param compared with something that is not a quoted string."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.rule import Report, Rule, when
from mlq.rules.text_wanted import unquoted_values
from mlq.semantics.meaning import Meaning
from mlq.semantics.traits import Trait


def check(meaning: Meaning) -> Iterator[Report]:
    return unquoted_values(meaning, "Params are", lambda kind: kind == "parameter")


RULE = Rule(
    code="MLQ401",
    name="param-not-text",
    severity="error",
    summary="A param is compared with something that is not a quoted string",
    why="""MLflow stores every param as text, also a number that was logged as one, and compares it as
text: the value stands in quotes. `'0.1'` and `'0.10'` are two values. What is to be compared as a
number must be logged as a metric.""",
    wrong="""\
params.batch_size = 32
                    ^^""",
    right="params.batch_size = '32'",
    check=check,
    signs=when(Trait.NUMBER, Trait.WORD),
)
