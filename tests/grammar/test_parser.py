"""The tree for people: any text has one, mistakes leave gaps in it, and good clauses keep their meaning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlq_grammar.parser import parse
from mlq_grammar.tree import Clause
from support.trees import errors, shown

TREES = {
    # What MLflow runs.
    "metrics.auc > 0.9": "[metrics.auc > 0.9:number]",
    "a = 'x' AND tags.`a b` LIKE \"x%\"": "[a = 'x':string] AND [tags.`a b` LIKE \"x%\":symbol]",
    "run_id not in ('a', 'b')": "[run_id NOT IN ('a':string, 'b':string)]",
    "tags.a is  not\nnull": "[tags.a IS NOT NULL]",
    "params.b = 'x'params.c = 'y'": "[params.b = 'x':string] [params.c = 'y':string]",
    "": "",
    # Keys that lack their quotes are one key still.
    "metrics.val-acc > 0.5": "[metrics.val-acc > 0.5:number]",
    "metrics.AUC ROC > 0": "[metrics.AUC+ROC > 0:number]",
    "metrics.in > 1": "[metrics.in > 1:number]",
    "metrics.1 > 1": "[metrics.1 > 1:number]",
    # Gaps.
    "metrics.a >": "[metrics.a > ?]",
    "> 5": "[? > 5:number]",
    "params.lr 0.001": "[params.lr+0.001:number]",
    "metrics.a > AND metrics.b > 1": "[metrics.a > ?] AND [metrics.b > 1:number]",
    # SQL that MLflow lacks.
    "a = 'x' OR NOT (b = 'y')": "[a = 'x':string] OR NOT ( [b = 'y':string] )",
    "metrics.a BETWEEN 1 AND 2 AND b = 'c'": "[metrics.a BETWEEN 1:number to 2:number] AND [b = 'c':string]",
    "0 < metrics.a < 1": "[0:number < metrics.a < 1:number]",
    "SELECT * FROM r WHERE metrics.a > 1 LIMIT 5": "SELECT * FROM r WHERE [metrics.a > 1:number] LIMIT 5",
    "metrics.a > 1 + 1": "[metrics.a > 1:number ...+ 1]",
    "lower(tags.x) = 'y'": "[lower(tags.x) = 'y':string]",
    "metrics.a > 1AND metrics.b > 2": "[metrics.a > 1:number] AND [metrics.b > 2:number]",
    "metrics.a > = 1": "[metrics.a > = 1:number]",
    # Quotes that went wrong end where a person sees them end.
    "params.x = 'open AND metrics.y > 1": "[params.x = 'open:open] AND [metrics.y > 1:number]",
    "params.a = 'x AND params.b = 'y'": "[params.a = 'x:open] AND [params.b = 'y':string]",
    "params.a = 'Bob's run' AND b = 'c'": "[params.a = 'Bob's run':torn] AND [b = 'c':string]",
    "params.a = ‘x y’ AND b = 'c'": "[params.a = ‘x y’:curly] AND [b = 'c':string]",
    "run_id IN ('a' AND metrics.b > 1": "[run_id IN ('a':string] AND [metrics.b > 1:number]",
    "params.model = my model": "[params.model = my ...model]",
}  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), TREES.items())
def test_a_filter_is_read_as_it_was_meant(text: str, tree: str) -> None:
    assert shown(text) == tree


def test_all_errors_of_a_filter_are_reported() -> None:
    text = "params.x = 'open AND NOT metrics.y > OR (5 = 5); tags.z"

    assert errors(text) == [
        ("OPEN_STRING", "'open"),
        ("NOT", "NOT"),
        ("MISSING_VALUE", ">"),
        ("OR", "OR"),
        ("PARENTHESIS", "("),
        ("PARENTHESIS", ")"),
        ("SEMICOLON", ";"),
        ("MISSING_OPERATOR", "tags.z"),
    ]


def test_a_good_filter_has_no_errors() -> None:
    assert errors("metrics.auc > 0.9 AND params.model = 'xgb' AND run_id IN ('a') AND tags.x IS NULL") == []


FRAGMENTS = """metrics.a params.`b c` 'x' ' " ` 5 AND or ( ) , ; = != IN not LIKE IS NULL between -- /* */
é 😀 “ ” select where . {"""
fragments = st.sampled_from([*FRAGMENTS.split(), " ", "\n"])


@given(st.text(max_size=60) | st.lists(fragments, max_size=30).map("".join))
def test_every_text_has_a_tree_whose_parts_lie_in_order_in_it(text: str) -> None:
    tree = parse(text).tree

    ends = [0]
    for part in tree.parts:
        assert ends[-1] <= part.span.start < part.span.end <= len(text)
        ends.append(part.span.end)
        if isinstance(part, Clause) and part.left and not parse(text).tree.intruders:
            assert part.left.span.of(text) == part.left.text
    for fault in parse(text).errors:
        assert 0 <= fault.span.start < fault.span.end <= len(text)


@pytest.mark.parametrize("piece", ["'", '"', "`", "(", ")", "f(", "'x AND b='", "a=", "[", "/*", "$$"])
def test_time_is_linear_in_the_length(piece: str) -> None:
    """A text of 100,000 characters is read at all: a quadratic walk would take minutes."""
    assert parse(piece * (100_000 // len(piece))).tree.span.end >= 99_000
