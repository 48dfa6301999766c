"""A call is MLflow's when its receiver comes from mlflow; other libraries own the same names."""

from __future__ import annotations

import pytest
from support.hosts import check

OURS = {
    "module": """
        import mlflow
        mlflow.search_runs(["1"], filter_string="a = 'x'")
                                                ^^^^^^^^^ search_runs: a = 'x'
        """,
    "module under another name": """
        import mlflow as ml
        ml.search_experiments(filter_string="a = 'x'")
                                            ^^^^^^^^^ search_experiments: a = 'x'
        """,
    "submodule": """
        import mlflow.genai.datasets
        mlflow.genai.datasets.search_datasets(["1"], "a = 'x'")
                                                     ^^^^^^^^^ search_datasets: a = 'x'
        """,
    "function": """
        from mlflow import search_runs
        search_runs([], "a = 'x'")
                        ^^^^^^^^^ search_runs: a = 'x'
        """,
    "function under another name": """
        from mlflow.genai import search_prompts as find
        find("a = 'x'")
             ^^^^^^^^^ search_prompts: a = 'x'
        """,
    "everything": """
        from mlflow import *
        search_model_versions(5, "a = 'x'")
                                 ^^^^^^^^^ search_model_versions: a = 'x'
        """,
    "a client made in place": """
        from mlflow.tracking import MlflowClient
        MlflowClient().search_model_versions("a = 'x'")
                                             ^^^^^^^^^ search_model_versions: a = 'x'
        """,
    "a client by its full name": """
        import mlflow
        mlflow.tracking.MlflowClient("http://h").search_prompts("a = 'x'")
                                                                ^^^^^^^^^ search_prompts: a = 'x'
        """,
    "a variable": """
        import mlflow
        c = mlflow.MlflowClient()
        c.search_prompts("a = 'x'")
                         ^^^^^^^^^ search_prompts: a = 'x'
        """,
    "a module variable used in a function, assigned through global": """
        from mlflow import MlflowClient
        c = None
        def start():
            global c
            c = MlflowClient()
        def f():
            return c.search_traces(["1"], "a = 'x'")
                                          ^^^^^^^^^ search_traces: a = 'x'
        """,
    "unpacked": """
        from mlflow import MlflowClient
        name, c = "n", MlflowClient()
        c.search_traces(["1"], "a = 'x'")
                               ^^^^^^^^^ search_traces: a = 'x'
        """,
    "an annotated parameter": """
        from mlflow import MlflowClient
        def f(c: "MlflowClient | None" = None):
            c.search_traces(["1"], "a = 'x'")
                                   ^^^^^^^^^ search_traces: a = 'x'
        """,
    "an optional one with a default": """
        from typing import Optional
        import mlflow
        def f(c: Optional[mlflow.MlflowClient] = None):
            c = c or mlflow.MlflowClient()
            c.search_traces(["1"], "a = 'x'")
                                   ^^^^^^^^^ search_traces: a = 'x'
        """,
    "an attribute": """
        from mlflow import MlflowClient
        class A:
            def __init__(self, client=None):
                self.client = client or MlflowClient()
            def f(self):
                self.client.search_traces(["1"], "a = 'x'")
                                                 ^^^^^^^^^ search_traces: a = 'x'
        """,
    "a declared attribute of another object": """
        from mlflow import MlflowClient
        class Deps:
            tracking: MlflowClient
        def f(deps: Deps):
            deps.tracking.search_traces(["1"], "a = 'x'")
                                               ^^^^^^^^^ search_traces: a = 'x'
        """,
    "a property": """
        from mlflow import MlflowClient
        class A:
            @property
            def c(self):
                return MlflowClient()
            def f(self):
                self.c.search_traces(["1"], "a = 'x'")
                                            ^^^^^^^^^ search_traces: a = 'x'
        """,
    "what a function returns": """
        import mlflow
        def get() -> mlflow.MlflowClient: ...
        get().search_traces(["1"], "a = 'x'")
                                   ^^^^^^^^^ search_traces: a = 'x'
        """,
    "a context manager": """
        from mlflow import MlflowClient
        with MlflowClient() as c:
            c.search_traces(["1"], "a = 'x'")
                                   ^^^^^^^^^ search_traces: a = 'x'
        """,
    "a walrus": """
        from mlflow import MlflowClient
        if c := MlflowClient():
            c.search_traces(["1"], "a = 'x'")
                                   ^^^^^^^^^ search_traces: a = 'x'
        """,
    "a subclass": """
        from mlflow import MlflowClient
        class Mine(MlflowClient):
            def f(self):
                self.search_traces(["1"], "a = 'x'")
                                          ^^^^^^^^^ search_traces: a = 'x'
                super().search_traces(["1"], "b = 'x'")
                                             ^^^^^^^^^ search_traces: b = 'x'
        Mine().search_traces(["1"], "c = 'x'")
                                    ^^^^^^^^^ search_traces: c = 'x'
        """,
    "a snippet without imports": """
        mlflow.search_traces(filter_string="a = 'x'")
                                           ^^^^^^^^^ search_traces: a = 'x'
        client.search_runs(["1"], "b = 'x'")
                                  ^^^^^^^^^ search_runs: b = 'x'
        """,
    "a parameter of which nothing is known, beside mlflow": """
        import mlflow
        def f(backend):
            backend.search_traces(filter_string="a = 'x'")
                                                ^^^^^^^^^ search_traces: a = 'x'
        """,
    "a helper of the project's own": """
        from .tracking import get_client
        get_client().search_model_versions("a = 'x'")
                                           ^^^^^^^^^ search_model_versions: a = 'x'
        """,
    "a helper that says so": """
        from acme.mlflow_tools import connect
        connect().search_traces(filter_string="a = 'x'")
                                              ^^^^^^^^^ search_traces: a = 'x'
        """,
    "an optional import": """
        try:
            import mlflow
        except ImportError:
            mlflow = None
        async def f():
            await mlflow.search_traces(["1"], "a = 'x'")
                                              ^^^^^^^^^ search_traces: a = 'x'
        """,
    "an import in the function": """
        def f():
            from mlflow import MlflowClient as C
            c: C = make()
            c.search_traces(["1"], "a = 'x'")
                                   ^^^^^^^^^ search_traces: a = 'x'
        """,
    "a call within another literal's hole": """
        import mlflow
        f"{mlflow.search_runs(filter_string='a = 1')}"
                                            ^^^^^^^ search_runs: a = 1
        """,
    "a scoring configuration": """
        from mlflow.genai.scorers import ScorerSamplingConfig
        ScorerSamplingConfig(sample_rate=0.5, filter_string="a = 'x'")
                                                            ^^^^^^^^^ ScorerSamplingConfig: a = 'x'
        """,
    "three filters in one call": """
        from mlflow.tracing.client import TracingClient
        TracingClient().calculate_trace_filter_correlation(
            ["1"],
            "a = 'x'",
            ^^^^^^^^^ calculate_trace_filter_correlation: a = 'x'
            "b = 'x'",
            ^^^^^^^^^ calculate_trace_filter_correlation: b = 'x'
            base_filter="c = 'x'",
                        ^^^^^^^^^ calculate_trace_filter_correlation: c = 'x'
        )
        """,
    "a list of filters": """
        def f(store):
            store.query_trace_metrics(["1"], filters=["a = 'x'", "b = 'x'"])
                                                      ^^^^^^^^^ query_trace_metrics: a = 'x'
                                                                 ^^^^^^^^^ query_trace_metrics: b = 'x'
        """,
    "a name that is not ASCII": """
        import mlflow
        größe = mlflow.MlflowClient()
        größe.search_traces(["größe"], "a = 'ü'")
                                       ^^^^^^^^^ search_traces: a = 'ü'
        """,
}

PLACES = {
    "the registry's function has the filter second": """
        import mlflow
        mlflow.search_model_versions("a = 'x'")
        mlflow.search_registered_models(5, "b = 'x'")
                                           ^^^^^^^^^ search_registered_models: b = 'x'
        """,
    "experiments have it third": """
        import mlflow
        mlflow.search_experiments("a = 'x'")
        mlflow.search_experiments(1, 5, "b = 'x'")
                                        ^^^^^^^^^ search_experiments: b = 'x'
        """,
    "what stands behind an unpacked list is at no known place": """
        import mlflow
        mlflow.search_runs(*some, "a = 'x'")
        mlflow.search_runs(*some, filter_string="b = 'x'", **more)
                                                ^^^^^^^^^ search_runs: b = 'x'
        """,
    "comments are no arguments": """
        import mlflow
        mlflow.search_runs(  # all
            ["1"],  # one
            # two
            "b = 'x'",
            ^^^^^^^^^ search_runs: b = 'x'
        )
        """,
    "an order is no filter": """
        import mlflow
        mlflow.search_runs(["1"], order_by=["a DESC"], output_format="list")
        """,
    "a store's places are its own": """
        from mlflow.store.model_registry.sqlalchemy_store import SqlAlchemyStore
        s = SqlAlchemyStore("sqlite:///x.db")
        s.search_registered_models("a = 'x'", filter_string="b = 'x'")
                                                            ^^^^^^^^^ search_registered_models: b = 'x'
        """,
}

THEIRS = {
    "Opik": """
        import opik
        client = opik.Opik()
        client.search_traces(project_name="p", filter_string='input contains "x"')
        client.search_prompts(filter_string='tags contains "a"')
        opik.Opik().search_spans(filter_string="a = 1")
        """,
    "Opik beside mlflow": """
        import mlflow
        from opik import Opik
        class A:
            def __init__(self):
                self.client = Opik()
                self.tracking = mlflow.MlflowClient()
            def f(self, other):
                self.client.search_traces(filter_string="feedback_scores.x > 0.5")
                other.search_traces(filter_string="feedback_scores.x > 0.5")
        """,
    "Opik as a parameter": """
        import mlflow, opik
        def f(client: opik.Opik):
            client.search_traces(filter_string="a")
        """,
    "python-gvm": """
        from gvm.protocols.gmp import Gmp
        with Gmp(connection=c) as gmp:
            gmp.get_tasks(filter_string="rows=-1")
            gmp.get_reports(filter_string="severity>5")
        """,
    "LangSmith": """
        from langsmith import Client
        client = Client()
        client.list_runs(project_name="p", filter='eq(name, "x")')
        client.search_runs(filter_string='eq(name, "x")')
        """,
    "Langfuse": """
        from langfuse import Langfuse
        langfuse = Langfuse()
        langfuse.search_traces(filter_string="a")
        """,
    "wandb": """
        import wandb
        api = wandb.Api()
        api.runs("e/p", filters={"config.lr": 0.1})
        api.search_runs(filter_string="x")
        """,
    "Azure": """
        from azure.search.documents import SearchClient
        client = SearchClient(endpoint, "index", key)
        client.search(search_text="x", filter="rating gt 4")
        filter_string = "eventTimestamp ge '2024-01-01'"
        """,
    "Azure, though its method had our name": """
        import mlflow
        from azure.ai.projects import AIProjectClient
        client = AIProjectClient()
        client.search_traces(filter_string="a eq 'b'")
        """,
    "Vertex AI": """
        from google.cloud import aiplatform
        aiplatform.Model.list(filter='display_name="x"')
        """,
    "an in-house store": """
        class TraceStore:
            def search_traces(self, filter_string="status:ok"):
                return self.search_prompts("x")
        TraceStore().search_traces(filter_string="status:error")
        def search_datasets(filter_string="name:x"): ...
        search_datasets(filter_string="name:y")
        """,
    "an in-house store beside mlflow": """
        import mlflow
        class TraceStore:
            def search_traces(self, filter_string): ...
            def f(self):
                self.search_traces(filter_string="status:error")
        TraceStore().search_traces(filter_string="status:error")
        """,
    "a prompt library that nobody knows": """
        from prompts import library
        library.search_prompts("greeting")
        library.search_prompts(filter_string="greeting")
        """,
    "another library of the reader's": """
        from acme import Client
        c = Client()
        c.search_datasets(filter_string="x")
        """,
    "text that only looks like it": '''
        import mlflow
        # mlflow.search_runs(filter_string="a")
        """mlflow.search_runs(filter_string="a")"""
        text = "mlflow.search_runs(filter_string='a')"
        def search_runs(ids, filter_string="a"): ...
        class search_traces(Base): ...
        frame["tags.mlflow.parentRunId"]
        mlflow.research_runs(filter_string="a")
        mlflow.search_runs_all(filter_string="a")
        ''',
}


@pytest.mark.parametrize("source", OURS.values(), ids=OURS.keys())
def test_a_call_of_mlflows_is_found(source: str) -> None:
    check(source)


@pytest.mark.parametrize("source", PLACES.values(), ids=PLACES.keys())
def test_a_filter_is_looked_for_in_its_place(source: str) -> None:
    check(source)


@pytest.mark.parametrize("source", THEIRS.values(), ids=THEIRS.keys())
def test_another_librarys_call_stays_silent(source: str) -> None:
    check(source)
