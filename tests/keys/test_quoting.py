"""Keys as filters must write them, with MLflow's own parser as the judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mlq.keys.quoting import write_key

if TYPE_CHECKING:
    from collections.abc import Callable

WRITTEN = {
    "auc": "auc",
    "_private": "_private",
    "optimizer.name": "optimizer.name",
    "a.b.c_1": "a.b.c_1",
    # Words of SQL are good keys ...
    "select": "select",
    "end": "end",
    "AND": "AND",
    "inner": "inner",
    # ... but for six, as the whole key or as one of its dotted parts.
    "in": "`in`",
    "IN": "`IN`",
    "As": "`As`",
    "case": "`case`",
    "from": "`from`",
    "values": "`values`",
    "using": "`using`",
    "a.in": "`a.in`",
    "from.a": "`from.a`",
    "a.In.b": "`a.In.b`",
    # Everything that is not a plain word.
    "AUC ROC": "`AUC ROC`",
    "train/loss": "`train/loss`",
    "val-acc": "`val-acc`",
    "a:b": "`a:b`",
    "1": "`1`",
    "1e5": "`1e5`",
    "a.1": "`a.1`",
    "a.": "`a.`",
    ".a": "`.a`",
    "a..b": "`a..b`",
    "größe": "größe",
    "éa": "`éa`",
    "日本": "`日本`",
    " a": "` a`",
    "a ": "`a `",
    " ": "` `",
    "a\n": "`a\n`",
    "a\tb": "`a\tb`",
    "it's": "`it's`",
    'say "x"': '`say "x"`',
    '"x"': '`"x"`',
    "a;b": "`a;b`",
    "a--b": "`a--b`",
    "/* a */": "`/* a */`",
    "a\\": "`a\\`",
    "🚀": "`🚀`",
    # A backtick can only stand in double quotes.
    "a`b": '"a`b"',
    "`": '"`"',
    "``": None,
    "`a`": None,
    'a`"': None,
    "a`\\": None,
    "": None,
}


@pytest.mark.parametrize(("name", "written"), WRITTEN.items())
def test_key_is_written(name: str, written: str | None) -> None:
    assert write_key(name) == written


def keys_that_mlflow_reads(filter_string: str) -> list[str]:
    from mlflow.utils.search_utils import SearchUtils

    parse: Callable[[str], list[dict[str, str]]] = SearchUtils.parse_search_filter
    return [clause["key"] for clause in parse(filter_string)]


HOSTILE = st.text(
    st.sampled_from(
        "aAzé_.-/: 019`\"'\\\n\t;,()[]{}$#@%&*=<>!?日🚀\N{NO-BREAK SPACE}\N{RIGHT-TO-LEFT OVERRIDE}"
    ),
    max_size=8,
)
SQL_WORDS = (
    *(
        "in",
        "case",
        "as",
        "from",
        "values",
        "using",
        "select",
        "end",
        "and",
        "or",
        "not",
        "null",
        "is",
        "like",
    ),
    *(
        "between",
        "order",
        "group",
        "begin",
        "if",
        "for",
        "a",
        "_x",
        "double",
        "union",
        "join",
        "create",
        "desc",
    ),
)
WORDS = st.lists(st.sampled_from(SQL_WORDS), min_size=1, max_size=3).map(".".join)


@given(st.one_of(HOSTILE, WORDS))
@example("a`b")
@settings(max_examples=800, deadline=None, derandomize=True)
def test_mlflow_reads_back_the_key_between_other_clauses(name: str) -> None:
    written = write_key(name)
    if written is not None:
        filter_string = f"""params.`x y` = "q" AND metrics.{written} > 0.5 AND tags.{written} LIKE '%"`%'"""
        assert keys_that_mlflow_reads(filter_string) == ["x y", name, name]


NOT_BARE = [
    "in",
    "As",
    "a.in",
    "AUC ROC",
    "train/loss",
    "val-acc",
    "a:b",
    "1",
    "1e5",
    "a.1",
    "a ",
    " ",
    "a\n",
    "it's",
]


@pytest.mark.parametrize("name", NOT_BARE)
def test_quoting_is_needed(name: str) -> None:
    from mlflow.exceptions import MlflowException

    try:
        read = keys_that_mlflow_reads(f"metrics.{name} > 0.5")
    except MlflowException:
        return
    assert read != [name]
