"""A filter that is built up over several statements is followed to where it is used."""

from __future__ import annotations

import pytest
from mlq.hosts import find_filters
from mlq_grammar.spans import Span
from support.hosts import check, texts

BUILT = {
    "added to": """
        q = "a = 1"
        q += f" AND b = '{x}'"
        mlflow.search_runs([], q)
        -> a = 1 AND b = '{}'
        """,
    "made of itself": """
        q = "a = 1"
        q = q + " AND b = 1"
        q = f"{q} AND c = '{x}'"
        mlflow.search_runs([], q)
        -> a = 1 AND b = 1 AND c = '{}'
        """,
    "added to where wanted": """
        q = "a = 1"
        if x:
            q += " AND b = 1"
        for k in y:
            q += f" AND tags.{k} = 'c'"
        mlflow.search_runs([], q)
        -> a = 1 AND b = 1 AND tags.{} = 'c'
        """,
    "one of several": """
        q = None
        if x:
            q = "a = 1"
        elif y:
            q = "b = 1"
        else:
            q = "c = 1"
        mlflow.search_runs([], q)
        -> a = 1
        -> b = 1
        -> c = 1
        """,
    "in the branch that uses it": """
        if x:
            q = "a = 1"
            mlflow.search_runs([], q)
        else:
            q = "b = 1"
        -> a = 1
        """,
    "a new one before each use": """
        q = "a = 1"
        mlflow.search_runs([], q)
        q = "b = 1"
        mlflow.search_runs([], q)
        -> a = 1
        -> b = 1
        """,
    "added to what is not known": """
        def f(q):
            q += " AND b = 1"
            mlflow.search_runs([], q)
        -> {} AND b = 1
        """,
    "in a try": """
        try:
            q = "a = 1"
        except KeyError:
            q = "b = 1"
        mlflow.search_runs([], q)
        -> a = 1
        -> b = 1
        """,
    "with a context": """
        with x:
            q = "a = 1"
        mlflow.search_runs([], q)
        -> a = 1
        """,
    "a list that grows": """
        def f(name):
            parts = ["a = 1"]
            if name:
                parts.append(f"b = '{name}'")
            parts += ["c = 1"]
            mlflow.search_runs([], " AND ".join(parts))
        -> a = 1 AND b = '{}' AND c = 1
        """,
    "a list in a variable": """
        parts = ["a = 1", "b = 1"]
        q = " AND ".join(parts) if parts else ""
        mlflow.search_runs([], q)
        -> a = 1 AND b = 1
        """,
    "a constant of the module": """
        Q = "a = 1"
        Q += " AND b = 1"
        def f():
            mlflow.search_runs([], Q)
        -> a = 1 AND b = 1
        """,
    "a constant of a class": """
        class A:
            Q = "a = 1"
            def f(self):
                mlflow.search_runs([], self.Q)
        -> a = 1
        """,
    "a field set once": """
        class A:
            def __init__(self, x):
                self.q = f"a = '{x}'"
            def f(self):
                mlflow.search_runs([], self.q)
        -> a = '{}'
        """,
    "a default": """
        def f(q: str = "a = 1"):
            mlflow.search_runs([], filter_string=q)
        -> a = 1
        """,
    "a default for None": """
        def f(q=None):
            if q is None:
                q = "a = 1"
            mlflow.search_runs([], filter_string=q)
        -> a = 1
        """,
    "what a function returns": """
        def by(name):
            return f"a = '{name}'"
        def f():
            mlflow.search_runs([], by("x"))
        -> a = '{}'
        """,
    "what a method returns": """
        class A:
            def by(self, name):
                if not name:
                    return "a = 1"
                return f"a = '{name}'"
            def f(self):
                mlflow.search_runs([], self.by("x"))
        -> a = 1
        -> a = '{}'
        """,
    "of a table": """
        Q = {"best": "a = 1", "all": ""}
        mlflow.search_runs([], Q["best"])
        -> a = 1
        """,
    "unpacked": """
        mlflow.search_runs(**{"filter_string": "a = 1"})
        mlflow.search_runs(**dict(filter_string="b = 1"))
        how = dict(filter_string="c = 1")
        mlflow.search_runs(**how)
        more = {"max_results": 1}
        more["filter_string"] = f"d = {x}"
        mlflow.search_runs(**more)
        -> a = 1
        -> b = 1
        -> c = 1
        -> d = {}
        """,
    "called later": """
        import functools, asyncio
        functools.partial(mlflow.search_runs, ["1"], "a = 1")
        functools.partial(mlflow.search_runs, filter_string="b = 1")
        asyncio.to_thread(mlflow.search_runs, ["1"], "c = 1")
        pool.submit(mlflow.search_runs, ["1"], filter_string="d = 1")
        loop.run_in_executor(None, mlflow.search_runs, ["1"], "e = 1")
        -> a = 1
        -> b = 1
        -> c = 1
        -> d = 1
        -> e = 1
        """,
    "by a comment": '''
        # mlq: runs
        Q = ("a = 1"
             " AND b = 1")
        save(  # mlq: traces
            f"c = '{x}'".strip(),
        )
        W = "d = 1"  # mlq: experiments
        # mlq: nothing
        E = "e = 1"
        # mlq: runs

        R = "f = 1"
        """ # mlq: runs """
        -> a = 1 AND b = 1
        -> c = '{}'
        -> d = 1
        ''',
    "by a path of the REST API": """
        requests.post(f"{host}/api/2.0/mlflow/runs/search", json={"filter": f"a = '{x}'", "other": "x"})
        url = "{}/api/2.0/mlflow/registered-models/search".format(host)
        body = {"filter": "b = 1"}
        requests.post(url, data=json.dumps(body))
        requests.post(f"{host}/api/2.0/other/runs/search", json={"filter": "c = 1"})
        -> a = '{}'
        -> b = 1
        """,
}


@pytest.mark.parametrize("source", BUILT.values(), ids=BUILT.keys())
def test_what_is_built_up_is_followed(source: str) -> None:
    lines = [line.removeprefix("        ") for line in source.strip("\n").splitlines()]
    expected = [line.removeprefix("-> ") for line in lines if line.startswith("->")]
    file = "\n".join(line for line in lines if not line.startswith("->"))
    assert texts("import mlflow\n" + file) == expected


def test_each_part_keeps_its_place() -> None:
    source = (
        "q = 'a = 1'\nq += ' AND b = 1'\nparts = ['c = 1', q]\nmlflow.search_runs([], ' AND '.join(parts))"
    )
    [region] = find_filters(source)
    assert region.text == "c = 1 AND a = 1 AND b = 1"
    for token in ("c = 1", " AND "):
        assert region.map.to_outer(_span(region.text, token)).of(source) == token


def test_a_finding_across_two_places_is_shown_in_one() -> None:
    source = "mlflow.search_runs([], ' OR '.join(['a = 1', 'b = 2']))"
    [region] = find_filters(source)
    assert region.map.to_outer(_span(region.text, "= 1 OR b")).of(source) == " OR "
    assert region.map.to_outer(_span(region.text, "OR")).of(source) == "OR"


def test_a_filter_is_found_once_for_all_its_uses() -> None:
    check(
        """
        import mlflow
        def f():
            q = "a = 1"
                ^^^^^^^ search_runs: a = 1
            mlflow.search_runs([], q)
            mlflow.search_runs([], q)
        """
    )


def _span(text: str, part: str) -> Span:
    return Span(text.index(part), text.index(part) + len(part))
