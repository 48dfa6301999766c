"""Findings in files: on the wrong token, whatever quotes, escapes and characters stand before it."""

from __future__ import annotations

import pytest
from mlq.findings import apply
from mlq.ide.analysis import Analysis
from mlq.ide.model import Document
from mlq_grammar.spans import Span
from support.marks import read

PYTHON = {
    "a keyword": r"""
        import mlflow
        mlflow.search_runs(filter_string="params.batch_size = 32")
                                                              ^^ MLQ401
        """,
    "behind escapes": r"""
        import mlflow
        mlflow.search_runs(filter_string='tags.a = \'x\' and\tparams.b\x20= 3')
                                                                            ^ MLQ401
        """,
    "behind emoji and combining characters": """
        import mlflow
        mlflow.search_runs(filter_string="tags.a = '😀e\u0301' and params.b = 3")
                                                                        ^ MLQ401
        """,
    "in three quotes over lines": '''
        import mlflow
        mlflow.search_runs(filter_string="""
            metrics.a > 1
            AND params.b == '3'
                         ^^ MLQ406
        """)
        ''',
    "in the second of two joined literals": """
        import mlflow
        mlflow.search_runs(
            filter_string="metrics.a > 1 "
            'OR metrics.b > 2',
             ^^ MLQ101
        )
        """,
    "of a client": """
        from mlflow import MlflowClient
        client = MlflowClient()
        client.search_runs(["0"], "metrics.val-acc > 1")
                                           ^^^^^^^ MLQ204
        """,
}


@pytest.mark.parametrize("source", PYTHON.values(), ids=PYTHON)
def test_a_finding_stands_on_the_wrong_token(source: str) -> None:
    marked = read(source)

    found = Analysis(Document(marked.text, "python")).diagnostics()

    places = [(Span(each.finding.start, each.finding.end), each.finding.code) for each in found]
    assert places == list(marked.marks)


@pytest.mark.parametrize(
    ("literal", "mended"),
    [
        ('"params.a = 3"', "\"params.a = '3'\""),
        ("'params.a = 3'", "'params.a = \"3\"'"),
        ("'''params.a = 3'''", "'''params.a = \"3\"'''"),
        (r'"params.a = \x33"', "\"params.a = '3'\""),
        (r"'tags.b = \'x\' and params.a = 3'", r"""'tags.b = \'x\' and params.a = "3"'"""),
        ("r'params.a = 3'", "r'params.a = \"3\"'"),
        ('"metrics.a-b > 1"', '"metrics.`a-b` > 1"'),
    ],
)
def test_a_fix_is_written_as_the_literal_must_hold_it(literal: str, mended: str) -> None:
    source = "import mlflow\nmlflow.search_runs(filter_string={})\n"
    text = source.format(literal)

    [diagnostic] = Analysis(Document(text, "python")).diagnostics()

    [fix] = diagnostic.finding.fixes
    assert apply(fix.edits, text) == source.format(mended)


def test_a_fix_that_would_join_two_literals_is_not_offered() -> None:
    text = "import mlflow\nmlflow.search_runs(filter_string=\"0 < metrics.a \" '< 1')\n"

    [diagnostic] = Analysis(Document(text, "python")).diagnostics()

    assert diagnostic.finding.code == "MLQ111"
    assert diagnostic.finding.fixes == []


@pytest.mark.parametrize(
    ("literals", "mended"),
    [
        ("('metrics.a ='  # why\n '= 1')", "('metrics.a ='  # why\n ' 1')"),
        ("('params.a ' \"= 32\")", "('params.a ' \"= '32'\")"),
        ("('tags.a = \"x\" and ' r'params.a = 32')", "('tags.a = \"x\" and ' r'params.a = \"32\"')"),
    ],
)
def test_a_fix_leaves_alone_what_stands_between_literals(literals: str, mended: str) -> None:
    source = "import mlflow\nmlflow.search_runs(filter_string={})\n"
    text = source.format(literals)

    [diagnostic] = Analysis(Document(text, "python")).diagnostics()

    assert apply(diagnostic.finding.fixes[0].edits, text) == source.format(mended)


def test_code_actions_mend_or_suppress_the_findings_at_a_place() -> None:
    text = "import mlflow\nmlflow.search_runs(filter_string=\"params.a = 3 and params.b == 'x'\")\n"
    at = text.index("==")

    actions = Analysis(Document(text, "python")).code_actions(Span(at, at))

    assert [(action.title, action.is_preferred) for action in actions] == [
        ("Use =", True),
        ("Ignore MLQ406 on this line", False),
        ("Ignore MLQ406 in this file", False),
    ]
    assert "params.b = 'x'" in apply(actions[0].edits, text)
