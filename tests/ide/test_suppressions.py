"""Comments that suppress findings: which ones, where they may stand, and what is said of the others."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlq.findings import apply
from mlq.hosts.languages import LANGUAGES
from mlq.ide.analysis import Analysis
from mlq.ide.model import Document
from mlq.ide.suppressions import unsuppressed
from support.marks import read


def codes(text: str, language: str = "python") -> list[str]:
    return [each.finding.code for each in Analysis(Document(text, language)).diagnostics()]


def check(source: str, language: str = "python", fixed: str | None = None) -> None:
    """Assert that a file has the marked findings; the fixes of those on comments make `fixed` of it."""
    marked = read(source)
    found = [each.finding for each in Analysis(Document(marked.text, language)).diagnostics()]
    assert [((each.start, each.end), each.code) for each in found] == [
        (tuple(span), code) for span, code in marked.marks
    ]
    if fixed is not None:
        edits = [edit for each in found if each.code < "MLQ1" for edit in each.fixes[0].edits]
        assert apply(edits, marked.text) == read(fixed).text


CALL = 'mlflow.search_runs(filter_string="params.a = 1")'

BESIDE = {
    "by code": "# mlq: ignore[MLQ401]",
    "by name": "# mlq: ignore[param-not-text]",
    "by the beginning of codes": "# mlq: ignore[MLQ4]",
    "one of several": "# mlq: ignore[MLQ401, MLQ001, MLQ502]",
    "all": "# mlq: ignore",
    "loosely written": "#mlq:ignore [ mlq401 ]",
    "unclosed": "# mlq: ignore[MLQ401",
    "noqa": "# noqa: MLQ401",
    "noqa of several tools": "# noqa: E501,MLQ401 too long, and no filter",
    "noqa of several tools, parted by blanks": "# NOQA:MLQ401 E501",
    "every tool's noqa": "# noqa",
    "behind another comment": "# type: ignore  # mlq: ignore[MLQ401]",
    "before another comment": "# mlq: ignore[MLQ401] as the store is ours  # type: ignore",
}


@pytest.mark.parametrize("comment", BESIDE.values(), ids=BESIDE.keys())
def test_beside_it(comment: str) -> None:
    check(f"{CALL}  {comment}\n")


OTHERS = {
    "another rule": "# mlq: ignore[MLQ502, MLQ001]",
    "no rule": "# mlq: ignore[MLQ001]",
    "another tool's list": "# noqa: E501",
    "prose": "# noqa: as told",
    "another tool's file": "# flake8: noqa",
    "another word": "# mlq: ignored",
    "another opening": "# see mlq: ignore",
}


@pytest.mark.parametrize("comment", OTHERS.values(), ids=OTHERS.keys())
def test_what_speaks_of_something_else_suppresses_nothing(comment: str) -> None:
    assert "MLQ401" in codes(f"{CALL}  {comment}\n")


PLACES = {
    "above": f"# mlq: ignore[MLQ401]\n{CALL}",
    "above, with more comments": f"# mlq: ignore[MLQ401]\n# noqa\n# for good\n{CALL}",
    "above, as noqa": f"# noqa: MLQ401\n{CALL}",
    "above the argument": """
        mlflow.search_runs(
            # mlq: ignore[MLQ401]
            filter_string="params.a = 1",
        )
        """,
    "above the statement": """
        # mlq: ignore[MLQ401]
        mlflow.search_runs(
            filter_string="params.a = 1",
        )
        """,
    "on the first line of the statement": """
        mlflow.search_runs(  # mlq: ignore[MLQ401]
            filter_string="params.a = 1",
        )
        """,
    "on the last line of the statement": """
        mlflow.search_runs(
            filter_string="params.a = 1",
        )  # noqa: MLQ401
        """,
    "on the last line of the string": '''
        mlflow.search_runs(filter_string="""
            params.a = 1
            AND params.b = 'x'
        """,  # mlq: ignore[MLQ401]
        )
        ''',
    "on the first line of the argument": """
        mlflow.search_runs(
            filter_string=(  # mlq: ignore[MLQ401]
                "params.b = 'x' "
                "AND params.a = 1"
            ),
        )
        """,
    "behind a backslash": """
        found = \\
            mlflow.search_runs(filter_string="params.a = 1") \\
            or None  # mlq: ignore[MLQ401]
        """,
    "on the head of a block": """
        for run in mlflow.search_runs(
            filter_string="params.a = 1",
        ):  # mlq: ignore[MLQ401]
            print(run)
        """,
    "on a decorator": """
        @cached(mlflow.search_runs(filter_string="params.a = 1"))  # mlq: ignore[MLQ401]
        def f():
            pass
        """,
    "where the text stands": """
        query = "params.a = 1"  # mlq: ignore[MLQ401]
        mlflow.search_runs(filter_string=query)
        """,
    "for the file": f"import mlflow\n\n# mlq: ignore-file[MLQ4]\n{CALL}",
    "for all of the file": f"# mlq: ignore-file\n\n{CALL}",
    "with other line ends": f"# mlq: ignore[MLQ401]\r\n{CALL}\r\n{CALL}  # noqa: MLQ401\r\n",
}


@pytest.mark.parametrize("source", PLACES.values(), ids=PLACES.keys())
def test_places_that_speak_of_it(source: str) -> None:
    check(source)


ELSEWHERE = {
    "above, with a line between": f"# mlq: ignore[MLQ401]\n\n{CALL}",
    "below": f"{CALL}\n# mlq: ignore[MLQ401]",
    "above, as everybody's noqa": f"# noqa\n{CALL}",
    "beside another argument": """
        mlflow.search_runs(
            filter_string="params.a = 1",
            max_results=3,  # mlq: ignore[MLQ401]
        )
        """,
    "on another line of the block": """
        for run in mlflow.search_runs(filter_string="params.a = 1"):
            print(run)  # mlq: ignore[MLQ401]
        """,
    "in a string": f"{CALL}; x = '# mlq: ignore[MLQ401]'",
}


@pytest.mark.parametrize("source", ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_places_that_do_not(source: str) -> None:
    assert "MLQ401" in codes(read(source).text)


QUERIES = {
    "beside": "params.a = 1  -- mlq: ignore[MLQ401]",
    "beside, with the other sign": "params.a = 1  # mlq: ignore[MLQ401]",
    "above": "-- mlq: ignore[MLQ401]\nparams.a = 1",
    "above the query": "# mlq: ignore[MLQ4]\nname:\n  SEARCH runs\n  WHERE params.a = 1;",
    "on its last line": "name:\n  WHERE params.a = 1\n  LIMIT 3;  -- mlq: ignore[MLQ401]",
    "for the file": "params.a = 1;\n\n-- mlq: ignore-file[MLQ401]\nparams.b = 2",
    "of the file's own rules": "SEARCH runz;  -- mlq: ignore[query-unknown-entity]",
}


@pytest.mark.parametrize("text", QUERIES.values(), ids=QUERIES.keys())
def test_in_query_files(text: str) -> None:
    check(text, "mlq")


def fence(code: str, language: str = "python") -> str:
    return f"```{language}\n{code}\n```\n"


PAGES = {
    "above the fence": f"# Title\n\n<!-- mlq: ignore[MLQ401] -->\n{fence(CALL)}",
    "above the fence, for all": f"<!-- mlq: ignore -->\n{fence('import mlflow' + chr(10) + CALL)}",
    "for the file": f"{fence(CALL)}\n<!-- mlq: ignore-file[param-not-text] as shown -->\n{fence(CALL)}",
    "in the code": fence(f"{CALL}  # mlq: ignore[MLQ401]"),
    "above, in the code": fence(f"# mlq: ignore[MLQ401]\n{CALL}"),
    "for the file, in the code": f"{fence(CALL)}\n{fence('# mlq: ignore-file' + chr(10) + CALL)}",
    "in a fence of queries": fence("params.a = 1  -- mlq: ignore[MLQ401]", "mlq"),
    "in a list": f"- Text\n\n  <!-- mlq: ignore[MLQ401] -->\n  ```python\n  {CALL}\n  ```\n",
}


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES.keys())
def test_in_markdown(text: str) -> None:
    check(text, "markdown")


def test_in_markdown_what_suppresses_nothing_is_reported_and_removed() -> None:
    check(
        f"""
        <!-- mlq: ignore[MLQ502] -->
        ^^^^^^^^^^^^^^^^^^^^^^^^ MLQ001
        ```python
        {CALL}  # mlq: ignore[MLQ401, MLQ502]
                                                                                ^^^^^^ MLQ001
        ```
        <!-- mlq: ignore[MLQ401] -->
        ^^^^^^^^^^^^^^^^^^^^^^^^ MLQ001
        """,
        "markdown",
        fixed=f"""
        ```python
        {CALL}  # mlq: ignore[MLQ401]
        ```
        """,
    )


def test_in_shell_scripts() -> None:
    search = "mlflow traces search \\\n  --filter-string 'tags.a = 3'"
    assert codes(search, "shellscript") == ["MLQ402"]
    check(f"{search}  # mlq: ignore[MLQ402]\n", "shellscript")
    check(f"# mlq: ignore[MLQ402]\n{search}\n", "shellscript")


@pytest.mark.parametrize("language", ["yaml", "toml"])
def test_in_files_of_keys(language: str) -> None:
    is_yaml = language == "yaml"
    head = "tool: mlflow\n" if is_yaml else 'tool = "mlflow"\n'
    line = 'filter_string: "params.a = 1"' if is_yaml else 'filter_string = "params.a = 1"'
    assert codes(f"{head}{line}\n", language) == ["MLQ401"]
    check(f"{head}{line}  # mlq: ignore[MLQ401]\n", language)
    check(f"{head}# mlq: ignore[MLQ401]\n{line}\n", language)
    check(f"{head}{line}\n# mlq: ignore-file[MLQ4]\n", language)


def test_what_suppresses_nothing_is_reported_and_removed() -> None:
    check(
        """
        import mlflow  # mlq: ignore
                       ^^^^^^^^^^^^^ MLQ001
        # mlq: ignore[MLQ401, MLQ502]
                              ^^^^^^ MLQ001
        mlflow.search_runs(filter_string="params.a = 1")
            # mlq: ignore-file[MLQ5]
            ^^^^^^^^^^^^^^^^^^^^^^^^ MLQ001
        """,
        fixed="""
        import mlflow
        # mlq: ignore[MLQ401]
        mlflow.search_runs(filter_string="params.a = 1")
        """,
    )


def test_other_words_of_the_comment_stay() -> None:
    check(
        """
        a = 1  # type: ignore  # mlq: ignore[MLQ401] as told  # fmt: skip
                               ^^^^^^^^^^^^^^^^^^^^^ MLQ001
        b = 1  # mlq: ignore[MLQ401] -- as told  # type: ignore
               ^^^^^^^^^^^^^^^^^^^^^ MLQ001
        c = 1  # noqa: E501, MLQ401, F401
                             ^^^^^^ MLQ001
        d = 1  # noqa: MLQ401
               ^^^^^^^^^^^^^^ MLQ001
        e = 1  # noqa: E501
        f = 1  # noqa
        """,
        fixed="""
        a = 1  # type: ignore  # fmt: skip
        b = 1  # type: ignore
        c = 1  # noqa: E501, F401
        d = 1
        e = 1  # noqa: E501
        f = 1  # noqa
        """,
    )


def test_a_name_of_no_rule_is_reported() -> None:
    check(
        """
        a = 1  # mlq: ignore[param-no-text, E501]
                             ^^^^^^^^^^^^^ MLQ002
                                            ^^^^ MLQ002
        b = 1  # noqa: E501, MLQ4011
                             ^^^^^^^ MLQ002
        """
    )


def test_what_is_said_of_comments_can_be_suppressed() -> None:
    check("a = 1  # mlq: ignore[MLQ401, unused-suppression]")
    check("a = 1  # mlq: ignore[MLQ999, MLQ0]")
    check("# mlq: ignore-file[MLQ001]\na = 1  # mlq: ignore")
    check("a = 1  # mlq: ignore[MLQ001]\n       ^^^^^^^^^^^^^^^^^^^^^ MLQ001\n")


def test_a_string_that_a_comment_calls_a_filter_is_none_the_less() -> None:
    check("x = 'params.a = 1'  # mlq: runs  # mlq: ignore[MLQ401]")
    check("# mlq: runs\n# mlq: ignore[MLQ401]\nx = 'params.a = 1'")


_PARTS = [
    "# mlq: ignore",
    "[MLQ401]",
    "-file",
    "# noqa",
    ": MLQ4",
    CALL,
    '"""',
    "\n",
    "\r\n",
    "(",
    "\\",
    "--",
    "é",
    ";",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(_PARTS), max_size=12).map("".join), st.sampled_from(sorted(LANGUAGES)))
def test_no_text_is_too_odd(text: str, language: str) -> None:
    for each in Analysis(Document(text, language)).diagnostics():
        for fix in each.finding.fixes:
            assert apply(fix.edits, text) != text


@pytest.mark.parametrize(
    "text",
    [
        "# mlq: ignore\n" * 5_000,
        f"{CALL}  # mlq: ignore[MLQ401]\n" * 1_000,
        f"{CALL}\n# mlq: ignore-file\n" * 500,
        "x = (" + "# noqa: MLQ401\n" * 3_000 + ")",
    ],
    ids=["a row", "many beside", "many for the file", "in one statement"],
)
def test_a_hostile_file_takes_seconds_at_most(text: str) -> None:
    document = Document(text, "python")
    found = Analysis(document)._found()
    started = time.process_time()
    unsuppressed(document, found)
    assert time.process_time() - started < 10
