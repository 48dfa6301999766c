"""The committed tables say what the installed MLflow and sqlparse do: `make dialects` shows nothing."""

from __future__ import annotations

import pytest
from mlq_grammar.dialect import changes
from oracle import dialects
from support.oracle import Oracle


@pytest.mark.parametrize("entity", dialects.CLASSES)
def test_the_tables_and_mlflow_differ_in_nothing(entity: str, oracle: Oracle) -> None:
    assert list(dialects.differences([entity], oracle)) == []


def test_the_words_are_those_of_sqlparse() -> None:
    assert list(dialects.word_differences()) == []


def test_the_signatures_are_those_of_mlflow() -> None:
    assert list(dialects.signature_differences()) == []


def test_what_an_older_table_lacks_is_shown_line_by_line(
    oracle: Oracle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the tables of today will lack what comes with the next MLflow."""
    assert "3.11.1" in changes("runs")
    older = dialects.load("runs", "3.10.1")
    monkeypatch.setattr(dialects, "load", lambda *_: older)

    lines = list(dialects.differences(["runs"], oracle))

    assert "-params.any_key  text: = != LIKE ILIKE" in lines
    assert "+params.any_key  text: = != LIKE ILIKE  nothing: IS NULL IS NOT NULL" in lines
    assert not any("metrics.any_key" in line for line in lines)
