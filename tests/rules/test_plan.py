"""Which rules are asked: no rule is left out that has something to say."""

from __future__ import annotations

import pytest
from mlq.rules import RULES
from mlq.rules.plan import explaining, surprises
from mlq.semantics.meaning import resolve
from mlq_grammar.dialect import load
from support.cases import recorded


@pytest.mark.parametrize("severity", ["warning", "information", "hint"])
def test_no_rule_is_left_out_that_has_something_to_say_of_what_runs(severity: str) -> None:
    rules = [rule for rule in RULES if rule.severity == severity]
    for case in (case for case in recorded("cases") if case.ok):
        dialect = load(case.entity)
        meaning = resolve(case.filter, dialect)
        found = [each for rule in rules if rule.signs(dialect) is not None for each in rule.findings(meaning)]
        reported = [each for each in surprises(case.filter, dialect) if each.severity == severity]
        assert reported == found, case


def test_no_rule_is_left_out_that_explains_what_is_refused() -> None:
    rules = [rule for rule in RULES if rule.severity == "error"]
    for case in (case for case in recorded("cases") if not case.ok):
        dialect = load(case.entity)
        meaning = resolve(case.filter, dialect)
        asked = {rule.code for rule in explaining(meaning)}
        silent = [rule for rule in rules if rule.code not in asked and rule.signs(dialect) is not None]
        missed = [rule.name for rule in silent if any(rule.check(meaning))]
        assert not missed, case
