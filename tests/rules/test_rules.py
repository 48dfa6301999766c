"""Each rule's own examples: wrong is reported where it is marked, right is silent, and MLflow agrees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mlflow
import pytest
from mlq.ide.check import check as check_filter
from mlq.rules import RULES
from mlq.rules.__main__ import names
from mlq.rules.page import ALL_RULES, page
from mlq.rules.queries.rule import QueryRule
from mlq.rules.rule import Rule
from mlq.settings import codes
from mlq_grammar.dialect import load
from mlq_grammar.verdict import judge
from support.findings import check, filter_of, fix
from support.oracle import Oracle

INSTALLED = mlflow.__version__
FOLDER = Path(check_filter.__code__.co_filename).parent.parent / "rules"
SHARED = {
    "allowed",
    "answers",
    "base",
    "engine",
    "names",
    "near",
    "other_sqlparses",
    "other_versions",
    "page",
    "places",
    "plan",
    "proof",
    "repair",
    "rule",
    "syntax",
    "text_wanted",
    "topics",
    "version_differences",
    "writing",
}


def _where(rule: Rule) -> dict[str, Any]:
    """Return the search and the versions that a rule's example is for."""
    names = ("entity", "mlflow_version", "sqlparse_version")
    return {name: getattr(rule, name) for name in names}


each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.code}-{rule.name}")


@each_rule
def test_wrong_is_reported_exactly_where_marked(rule: Rule) -> None:
    [finding] = check(f"{rule.wrong} {rule.code}", **_where(rule))

    assert finding.severity == rule.severity
    assert finding.message


@each_rule
def test_right_is_silent(rule: Rule) -> None:
    assert check_filter(rule.right, **_where(rule)) == []


@each_rule
def test_the_fix_makes_wrong_right(rule: Rule) -> None:
    wrong = filter_of(rule.wrong)
    found = check_filter(wrong, **_where(rule))

    if any(finding.fixes for finding in found):
        assert fix(wrong, found) == rule.right


@pytest.mark.parametrize(
    "rule",
    [
        rule
        for rule in RULES
        if rule.mlflow_version in (None, mlflow.__version__) and not rule.sqlparse_version
    ],
    ids=lambda rule: rule.code,
)
def test_the_real_mlflow_agrees(rule: Rule, oracle: Oracle) -> None:
    wrong_runs, message = oracle.verdict(rule.entity, filter_of(rule.wrong))
    right_runs, why = oracle.verdict(rule.entity, rule.right)

    assert wrong_runs == (rule.severity != "error"), message
    assert right_runs, why


@pytest.mark.parametrize(
    "rule",
    [rule for rule in RULES if rule.mlflow_version or rule.sqlparse_version],
    ids=lambda rule: rule.code,
)
def test_the_mlflow_of_the_example_agrees(rule: Rule) -> None:
    """Only one MLflow is installed; for the others our verdict speaks, which recorded ones hold to theirs."""
    dialect = load(**_where(rule))

    assert not judge(filter_of(rule.wrong), dialect).ok
    assert judge(rule.right, dialect).ok


def test_every_module_of_a_rule_is_listed() -> None:
    modules = {path.stem for path in FOLDER.glob("[a-z]*.py")} - SHARED

    assert {rule.check.__module__.rpartition(".")[2] for rule in RULES} == modules


def test_codes_ascend_and_name_their_modules() -> None:
    codes = [rule.code for rule in RULES]

    assert codes == sorted(set(codes))
    for rule in RULES[1:]:
        assert rule.name.replace("-", "_") == rule.check.__module__.rpartition(".")[2]


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_the_committed_page_is_what_the_rule_says(rule: Rule | QueryRule) -> None:
    """`make docs` renews the pages."""
    assert (FOLDER / "pages" / f"{rule.code}.md").read_text(encoding="utf-8") == page(rule)


def test_the_table_of_names_is_what_the_rules_say() -> None:
    """`make docs` renews it."""
    assert Path(codes.__file__).read_text(encoding="utf-8") == names()
    assert {rule.code: rule.name for rule in ALL_RULES} == codes.NAMES


def test_there_is_a_page_for_each_rule_alone() -> None:
    assert {path.stem for path in (FOLDER / "pages").glob("*.md")} == {rule.code for rule in ALL_RULES}
