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


MESSAGES = [
    (
        "f'params.depth = {len(x)}'",
        (
            "Params are text: compare params.depth with a quoted string, not with a number. "
            "Put quotes around `len(x)`.\n"
            "MLflow says: Expected a quoted string value for parameter (e.g. 'my-value'). Got value …"
        ),
    ),
    (
        "'params.at = %.1f' % x",
        (
            "Params are text: compare params.at with a quoted string, not with a number. "
            "Put quotes around this value.\n"
            "MLflow says: Expected a quoted string value for parameter (e.g. 'my-value'). Got value …"
        ),
    ),
    (
        "f\"metrics.auc > '{x}'\"",
        (
            "metrics.auc is a number: compare it with a number, without quotes.\n"
            "MLflow says: Expected numeric value type for metric. Found '…'"
        ),
    ),
    # What MLflow says of this list depends on what is in it.
    ("f'run_id IN [{ids}]'", "The list of IN stands in parentheses, not in brackets."),
    ("f'metrics.{name} LIKE 5'", "Metrics are numbers: metrics.{name} cannot be compared with LIKE,"),
]


@pytest.mark.parametrize(("expression", "message"), MESSAGES)
def test_a_message_says_of_a_hole_what_a_person_would(expression: str, message: str) -> None:
    [diagnostic] = filter(_is_error, found(f"{HEAD}mlflow.search_runs([], {expression})"))
    whole = diagnostic.finding.message
    assert whole.startswith(message) if message.endswith(",") else whole == message


def test_a_fix_puts_the_hole_between_quotes() -> None:
    source = f"{HEAD}mlflow.search_runs([], f'params.depth = {{len(x)}}')"
    [diagnostic] = found(source)
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
