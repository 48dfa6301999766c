"""`order_by` lists in files: found, judged and mended where they stand."""

from __future__ import annotations

from typing import Literal

from mlq.findings import apply
from mlq.ide.analysis import Analysis
from mlq.ide.model import Document
from support.marks import read


def _check(source: str, language: Literal["python", "mlq"], fixed: str | None = None) -> None:
    """Assert that the marked places, and no others, are reported, and what the fixes make of the text."""
    marked = read(source)
    found = [each.finding for each in Analysis(Document(marked.text, language)).diagnostics()]

    reported = [((each.start, each.end), each.code) for each in found]
    assert reported == sorted((tuple(span), code) for span, code in marked.marks)
    if fixed is not None:
        edits = [edit for each in found for fix in each.fixes[:1] for edit in fix.edits]
        assert apply(edits, marked.text) == read(fixed).text


def test_keyword_of_a_function_and_place_of_a_method() -> None:
    source = """
        import mlflow
        client = mlflow.MlflowClient()
        mlflow.search_runs(order_by=['accuracy DESC', 'start_time DECS'])
                                      ^^^^^^^^ MLQ851
                                                                  ^^^^ MLQ852
        client.search_runs(['1'], 'metrics.a > 1', 1, 10, ['run_id', 'startTime'])
                                                                      ^^^^^^^^^ MLQ851
        """
    fixed = """
        import mlflow
        client = mlflow.MlflowClient()
        mlflow.search_runs(order_by=['metrics.accuracy DESC', 'start_time DESC'])
        client.search_runs(['1'], 'metrics.a > 1', 1, 10, ['run_id', 'start_time'])
        """
    _check(source, "python", fixed)


def test_a_list_in_a_variable_and_what_only_a_run_can_tell() -> None:
    source = """
        import mlflow
        ORDER = ['accuracy DESC', f'metrics.{name} DECS', name]
                  ^^^^^^^^ MLQ851
        mlflow.search_runs(order_by=ORDER)
        mlflow.search_runs(order_by=['nonsense'] + more)
        mlflow.search_runs(order_by=more)
        """
    _check(source, "python")


def test_several_keys_in_one_string_become_several_strings() -> None:
    source = """
        import mlflow
        mlflow.search_runs(order_by=['metrics.a DESC, start_time'])
                                                    ^^ MLQ855
        """
    fixed = """
        import mlflow
        mlflow.search_runs(order_by=['metrics.a DESC', 'start_time'])
        """
    _check(source, "python", fixed)


def test_a_key_over_two_literals() -> None:
    source = """
        import mlflow
        mlflow.search_runs(order_by=['metrics.val/' 'loss desc'])
                                      ^^^^^^^^^^^^^^^^^^^ MLQ853
        """
    _check(source, "python")


def test_dicts_of_logged_models() -> None:
    source = """
        import mlflow
        mlflow.search_logged_models(order_by=[{'field_name': 'params.a', 'ascending': False}, 'status'])
                                                              ^^^^^^^^ MLQ851
                                                                                               ^^^^^^ MLQ857
        """
    _check(source, "python")


def test_calls_of_other_libraries_are_left_alone() -> None:
    source = """
        import opik
        opik.Opik().search_traces(order_by=["nonsense"])
        shop.search_runs(order_by=["-price"])
        """
    _check(source, "python")


def test_order_by_of_a_query_file() -> None:
    source = """
        SEARCH runs WHERE metrics.a > 1 ORDER BY metrics.auc DECS, accuracy -- why
                                                             ^^^^ MLQ852
                                                                   ^^^^^^^^ MLQ851
          desc, start_time;
        SEARCH logged_models WHERE name = 'x' ORDER BY metrics.auc DESC, params.a;
                                                                         ^^^^^^^^ MLQ851
        """
    fixed = """
        SEARCH runs WHERE metrics.a > 1 ORDER BY metrics.auc DESC, metrics.accuracy -- why
          desc, start_time;
        SEARCH logged_models WHERE name = 'x' ORDER BY metrics.auc DESC, params.a;
        """
    _check(source, "mlq", fixed)
