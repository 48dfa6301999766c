"""A rule that crashes takes nothing with it: all others report, and somebody hears of it."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from mlq.crashes import heard_by
from mlq.ide.analysis import Analysis
from mlq.ide.model import Document
from mlq.rules import param_not_text, plan
from mlq.rules.order_by import engine as order_engine
from support.cli import run_here

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mlq.rules.rule import Report

# Answers are remembered by text: no other test asks about this one.
FILTER = "params.crash = 1 AND metrics.crash = 'x'"


def crash(_: object) -> Iterator[Report]:
    raise ValueError("no such thing")
    yield


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """MLQ401 crashes on every filter."""
    rules = [replace(rule, check=crash) if rule is param_not_text.RULE else rule for rule in plan.RULES]
    monkeypatch.setattr(plan, "RULES", tuple(rules))
    plan._planned.cache_clear()
    yield FILTER
    plan._planned.cache_clear()


def codes(text: str) -> list[str]:
    return [each.finding.code for each in Analysis(Document(text, "mlq")).diagnostics()]


def test_the_other_rules_report_and_the_verdict_stands(broken: str, caplog: pytest.LogCaptureFixture) -> None:
    with heard_by(lambda what, error: logging.error("%s: %s", what, error)):
        assert codes(broken) == ["MLQ100", "MLQ404"]
    assert caplog.messages == ["rule MLQ401: no such thing"]


def test_a_list_of_order_by_is_judged_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = []
    rules = [replace(rule, check=crash) for rule in order_engine._IN_TURN]
    monkeypatch.setattr(order_engine, "_IN_TURN", rules)
    with heard_by(lambda what, _: heard.append(what)):
        assert codes("WHERE metrics.a > 1 ORDER BY accuracy") == ["MLQ850"]
    assert heard == [f"rule {rule.code}" for rule in rules if rule.severity == "error"]


def test_the_command_line_says_so_and_ends_with_2(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.mlq").write_text(broken)

    result = run_here(monkeypatch, capsys, tmp_path, "check", "--output-format", "concise")

    assert result.status == 2
    assert [line.split("[")[1][:6] for line in result.out.splitlines()] == ["MLQ100", "MLQ404"]
    assert "mlq check: rule MLQ401: internal error, ValueError: no such thing; please report it" in result.err
