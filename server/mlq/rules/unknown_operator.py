"""MLQ406: an operator that MLflow does not have."""

from __future__ import annotations

from collections.abc import Iterator

from mlq_grammar.tree import Operator

from mlq.findings import Edit, Fix
from mlq.keys.quoting import write_value
from mlq.rules.rule import Report, Rule, replace, when
from mlq.semantics.meaning import Condition, Meaning
from mlq.semantics.traits import Trait

_SPELLINGS = {
    "==": "=",
    "= =": "=",
    ":=": "=",
    "<>": "!=",
    "!==": "!=",
    "! =": "!=",
    "=!": "!=",
    "=<": "<=",
    "< =": "<=",
    "=>": ">=",
    "> =": ">=",
    "IS": "=",
    "IS NOT": "!=",
}
# How a search inside a text is written with LIKE.
_PATTERNS = {"CONTAINS": "%{}%", "STARTSWITH": "{}%", "ENDSWITH": "%{}"}
_REGULAR = frozenset({"~", "!~", "=~", "RLIKE", "REGEXP", "MATCHES", "~*", "!~*"})


def check(meaning: Meaning) -> Iterator[Report]:
    known = {name for family in meaning.dialect.families for name in family.pattern.comparators}
    known |= {
        name for family in meaning.dialect.families for key in family.keys or () for name in key.comparators
    }
    for condition in meaning.conditions:
        operator = condition.operator
        if not operator or operator.name in known or operator.name in {"IS NULL", "IS NOT NULL"}:
            continue
        if len(condition.clause.comparisons) == 1 and "BETWEEN" not in operator.name:
            yield _report(condition, operator)


def _report(condition: Condition, operator: Operator) -> Report:
    message = f"MLflow has no operator {operator.text}."
    right = _SPELLINGS.get(operator.name)
    if right:
        return Report(
            operator.span, f"{message} Write {right}.", replace(f"Use {right}", operator.span, right)
        )
    if operator.name in _PATTERNS:
        return Report(operator.span, f"{message} Use LIKE with % for any text.", _like(condition, operator))
    if operator.name in _REGULAR:
        return Report(operator.span, f"{message} There are no regular expressions here; LIKE takes % and _.")
    if operator.name in {"NOT LIKE", "NOT ILIKE"}:
        return Report(operator.span, f"{message} Search without this condition, and leave out what matches.")
    return Report(operator.span, message)


def _like(condition: Condition, operator: Operator) -> Fix | None:
    value = condition.value
    if not value or value.kind != "text" or not value.is_whole or any(sign in value.content for sign in "%_"):
        return None
    written = write_value(_PATTERNS[operator.name].format(value.content))
    if written is None:
        return None
    edits = [
        Edit(operator.span.start, operator.span.end, "LIKE"),
        Edit(value.span.start, value.span.end, written),
    ]
    return Fix("Use LIKE", edits)


RULE = Rule(
    code="MLQ406",
    name="unknown-operator",
    severity="error",
    summary="A condition has an operator that MLflow does not have",
    why="""For runs MLflow has `=`, `!=`, `<`, `<=`, `>`, `>=`, `LIKE`, `ILIKE`, `IN`, `NOT IN`, `IS
NULL` and `IS NOT NULL`, and not each of them for every key. Python's `==` and SQL's `<>` are refused.""",
    wrong="""\
params.model == 'xgboost'
             ^^""",
    right="params.model = 'xgboost'",
    check=check,
    signs=when(Trait.MISFIT),
)
