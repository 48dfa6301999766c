"""Filters with holes: what is wrong whatever stands in them is found, and nothing else."""

from __future__ import annotations

import pytest
from mlq.findings import apply
from mlq.ide.analysis import Analysis
from mlq.ide.model import Diagnostic, Document
from support import marks

HEAD = "import mlflow\n"

WRONG = {
    "beside a hole in quotes": """
        mlflow.search_runs([], f"tags.a = '{x}' AND params.b = 5")
                                                               ^ MLQ401
        """,
    "a text for a number, whatever it says": """
        mlflow.search_runs([], f"metrics.auc > '{x}'")
                                               ^^^^^ MLQ404
        """,
    "a number for a param": """
        def f(n: int):
            mlflow.search_runs([], f"params.depth = {n}")
                                                    ^^^ MLQ401
        """,
    "a number that str makes a text": """
        def f(n: int):
            mlflow.search_runs([], "params.depth = " + str(n))
                                                       ^^^^^^ MLQ401
        """,
    "a measured time for a param": """
        mlflow.search_runs([], "params.at = %.1f" % x)
                                            ^^^^ MLQ401
        """,
    "the value of a constant": """
        DEPTH = 8
        mlflow.search_runs([], f"params.depth = {DEPTH}")
                                                ^^^^^^^ MLQ401
        """,
    "the operator of any param": """
        mlflow.search_runs([], f"params.{key} > '{x}'")
                                              ^ MLQ407
        """,
    "the value of any metric": """
        mlflow.search_runs([], f"metrics.{key} = 'high'")
                                                 ^^^^^^ MLQ404
        """,
    "behind a whole clause": """
        mlflow.search_runs([], f"{more} AND metrics.a = 'high'")
                                                        ^^^^^^ MLQ404
        """,
    "behind an operator": """
        mlflow.search_runs([], f"tags.a {op} '{x}' AND metrics.a = 'high'")
                                                                   ^^^^^^ MLQ404
        """,
    "OR": """
        mlflow.search_runs([], " OR ".join(["metrics.a > 1", f"metrics.b > {x}"]))
                                 ^^ MLQ101
        """,
    "quotes that Python writes": """
        def f(name: str):
            mlflow.search_runs([], f"metrics.a = {name!r}")
                                                 ^^^^^^^^ MLQ404
        """,
}
RIGHT = [
    "f\"tags.a = '{x}'\"",
    'f"params.depth = {x}"',
    'f"{key} = {value}"',
    'f"{key} {op} {value}"',
    "f\"{more} AND status = 'FINISHED'\"",
    "f\"{more} status = 'FINISHED'\"",
    "f\"status = '{status}'\"",
    'f"attributes.{key} > 5"',
    "f\"attributes.{key} = 'x'\"",
    'f"attributes.start_time > {x}"',
    'f"attributes.start_time > {x}000"',
    "f\"tags.{key} = 'x'\"",
    "f\"tags.`{key}` = 'x'\"",
    "f\"{prefix}.a = 'x'\"",
    'f"{prefix}.a > 1"',
    "f\"tags.a_{x}_b = 'x'\"",
    'f"run_id IN ({ids})"',
    'f"run_id IN {ids}"',
    "f\"run_id IN ('{ids}')\"",
    'f"metrics.{a} > {b} AND {c} AND tags.{d} LIKE {e} AND {f} {g} {h}"',
    "f\"tags.a LIKE '{x}%'\"",
    'f"params.a = {x!r}"',
]


def found(source: str) -> list[Diagnostic]:
    return Analysis(Document(source, "python")).diagnostics()


@pytest.mark.parametrize("source", WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_whatever_stands_in_the_holes_is_found(source: str) -> None:
    marked = marks.read(source)
    errors = [each.finding for each in found(HEAD + marked.text) if each.finding.severity == "error"]
    shift = len(HEAD)
    [(span, code)] = marked.marks
    assert [(each.start - shift, each.end - shift, each.code) for each in errors] == [(*span, code)]


@pytest.mark.parametrize("expression", RIGHT)
def test_what_may_be_right_is_not_guessed_to_be_wrong(expression: str) -> None:
    errors = [each for each in found(f"{HEAD}mlflow.search_runs([], {expression})") if _is_error(each)]
    assert errors == []


def _is_error(diagnostic: Diagnostic) -> bool:
    return diagnostic.finding.severity == "error"


def test_a_message_and_a_fix_speak_of_the_hole() -> None:
    source = f"{HEAD}mlflow.search_runs([], f'params.depth = {{len(x)}}')"
    [diagnostic] = found(source)
    assert "{len(x)}" in diagnostic.finding.message
    assert "7531" not in diagnostic.finding.message
    [fix, *_] = diagnostic.finding.fixes
    assert apply(fix.edits, source).endswith("""f'params.depth = "{len(x)}"')""")


def test_a_fix_leaves_the_holes_alone() -> None:
    source = f"{HEAD}mlflow.search_runs([], f\"tags.a = '{{x}}' AND params.b = 5\")"
    [diagnostic] = filter(_is_error, found(source))
    [fix, *_] = diagnostic.finding.fixes
    assert apply(fix.edits, source).endswith("f\"tags.a = '{x}' AND params.b = '5'\")")


def test_many_holes_are_judged_in_no_time() -> None:
    many = " AND ".join(f"{{k{n}}} = {{v{n}}}" for n in range(12))
    assert [each for each in found(f'{HEAD}mlflow.search_runs([], f"{many}")') if _is_error(each)] == []
