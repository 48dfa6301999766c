"""Which rules can have something to say of a filter: most have not, and are not asked."""

from __future__ import annotations

from mlq.rules import RULES
from mlq.rules.rule import Rule
from mlq.semantics.meaning import Meaning

_OTHERS = tuple(rule for rule in RULES if rule.severity != "error")
_PLANS: dict[tuple[str, str], tuple[tuple[Rule, tuple[str, ...]], ...]] = {}


def surprising(meaning: Meaning) -> list[Rule]:
    """Return the rules on what MLflow runs that may report something, by the signs that they look for."""
    dialect = meaning.dialect
    plan = _PLANS.get((dialect.entity, dialect.mlflow_version))
    if plan is None:
        plan = tuple((rule, found) for rule in _OTHERS if (found := rule.signs(dialect)) is not None)
        _PLANS[dialect.entity, dialect.mlflow_version] = plan
    text = meaning.text.upper()
    return [rule for rule, signs in plan if not signs or any(map(text.__contains__, signs))]
