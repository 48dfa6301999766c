"""MLQ604: a condition that MLflow runs only beside an older sqlparse than the one that is there."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.rules.rule import Report, Rule, never
from mlq.semantics.meaning import Meaning


def check(meaning: Meaning) -> Iterator[Report]:
    """Find nothing: `engine.py` reports by this rule what is refused beside this sqlparse and newer ones."""
    del meaning
    return iter(())


RULE = Rule(
    code="MLQ604",
    name="needs-older-sqlparse",
    severity="error",
    summary="Only an older sqlparse lets MLflow run this",
    why="""MLflow reads filters through the library sqlparse, and takes any version of it from 0.4.0 on: an
update of sqlparse alone can end a filter. Since 0.5.4 a filter of more than 10,000 words, signs and spaces
is refused, which a list of 3,400 ids has; since 0.6.0 a key that begins with a digit needs backticks behind
a prefix that is a word of SQL, such as `parameter`. `mlq version` says which sqlparse was found.""",
    wrong="""\
parameter.1st_layer = '64'
          ^^^^^^^^^""",
    right="parameter.`1st_layer` = '64'",
    check=check,
    signs=never,
)
