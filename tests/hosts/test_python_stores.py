"""Which store a search of a Python file asks, and which experiments, as far as the file says it."""

from __future__ import annotations

from textwrap import dedent

import pytest
from mlq.hosts import find_filters, find_regions
from mlq.hosts.store_reference import Said, StoreReference

Words = tuple[str | None, str | None, tuple[str | None, ...]]


def _shown(said: Said | None) -> str | None:
    if said is None:
        return None
    text = "?" if said.text is None else said.text
    return f"${said.variable} or {text}" if said.variable else text


def stores(source: str, path: str = "train.py") -> list[tuple[str | None, str | None, str]]:
    """Return for each filter its tracking URI, registry URI and experiments."""
    references = [region.store for region in find_filters(dedent(source), path=path)]
    return [
        (
            _shown(each.tracking_uri),
            _shown(each.registry_uri),
            ", ".join(_shown(said) or "" for said in each.experiments),
        )
        for each in references
    ]


SEARCH = "mlflow.search_runs(filter_string='a = 1')\n"

TRACKING = {
    "nothing": (SEARCH, None),
    "a text": ("mlflow.set_tracking_uri('http://a')\n" + SEARCH, "http://a"),
    "a keyword": ("mlflow.set_tracking_uri(uri='http://a')\n" + SEARCH, "http://a"),
    "a constant": ("URI = 'http://a'\nmlflow.set_tracking_uri(URI)\n" + SEARCH, "http://a"),
    "put together": (
        "DB = 'runs.db'\nmlflow.set_tracking_uri(f'sqlite:///{DB}')\n" + SEARCH,
        "sqlite:///runs.db",
    ),
    "a path": ("from pathlib import Path\nmlflow.set_tracking_uri(Path('runs'))\n" + SEARCH, "runs"),
    "another import": (
        "from mlflow import set_tracking_uri as use\nfrom mlflow import set_tracking_uri\n"
        "set_tracking_uri('http://a')\n" + SEARCH,
        "http://a",
    ),
    "not mlflow's": (
        "import other\nother.set_tracking_uri('http://a')\n" + SEARCH,
        None,
    ),
    "the last one before": (
        "mlflow.set_tracking_uri('http://a')\nmlflow.set_tracking_uri('http://b')\n"
        + SEARCH
        + "mlflow.set_tracking_uri('http://c')\n",
        "http://b",
    ),
    "one that comes too late": (SEARCH + "mlflow.set_tracking_uri('http://a')\n", None),
    "the function's own": (
        "mlflow.set_tracking_uri('http://a')\ndef f():\n    mlflow.set_tracking_uri('http://b')\n    "
        + SEARCH,
        "http://b",
    ),
    "the module's, for a function": (
        f"def f():\n    {SEARCH}mlflow.set_tracking_uri('http://a')\nf()\n",
        "http://a",
    ),
    "another function's": (
        "def start():\n    mlflow.set_tracking_uri('http://a')\ndef f():\n    " + SEARCH,
        "http://a",
    ),
    "two other functions that differ": (
        "def a():\n    mlflow.set_tracking_uri('http://a')\ndef b():\n    mlflow.set_tracking_uri('http://b')\n"
        "def f():\n    " + SEARCH,
        None,
    ),
    "behind a main guard": (
        "if __name__ == '__main__':\n    mlflow.set_tracking_uri('http://a')\n    " + SEARCH,
        "http://a",
    ),
    "a parameter's default": (
        "def f(uri='http://a'):\n    mlflow.set_tracking_uri(uri)\n    " + SEARCH,
        "http://a",
    ),
    "what only a run can tell": ("mlflow.set_tracking_uri(args.uri)\n" + SEARCH, "?"),
    "what is set only where it is given": (
        "if args.uri:\n    mlflow.set_tracking_uri(args.uri)\n" + SEARCH,
        None,
    ),
    "a variable of the environment": (
        "mlflow.set_tracking_uri(os.environ['TRACKING'])\n" + SEARCH,
        "$TRACKING or ?",
    ),
    "with a default": (
        "URI = os.getenv('TRACKING', 'http://a')\nmlflow.set_tracking_uri(URI)\n" + SEARCH,
        "$TRACKING or http://a",
    ),
    "with another way to write one": (
        "mlflow.set_tracking_uri(os.environ.get('TRACKING') or 'http://a')\n" + SEARCH,
        "$TRACKING or http://a",
    ),
    "the environment, set in the file": (
        "os.environ['MLFLOW_TRACKING_URI'] = 'http://a'\n" + SEARCH,
        "http://a",
    ),
    "a call counts more": (
        "mlflow.set_tracking_uri('http://b')\nos.environ['MLFLOW_TRACKING_URI'] = 'http://a'\n" + SEARCH,
        "http://b",
    ),
    "a filter that is being typed": (
        "mlflow.set_tracking_uri('http://a')\nmlflow.search_runs(filter_string='a",
        "http://a",
    ),
    "a string that is called a filter": (
        "mlflow.set_tracking_uri('http://a')\nQUERY = 'a = 1'  # mlq: runs\n",
        "http://a",
    ),
}


@pytest.mark.parametrize(("source", "uri"), TRACKING.values(), ids=TRACKING)
def test_the_tracking_uri(source: str, uri: str | None) -> None:
    assert [each[0] for each in stores(f"import mlflow, os\n{source}")] == [uri]


FIND = "client.search_runs(['1'], 'a = 1')\n"

CLIENTS = {
    "by place": ("client = MlflowClient('http://a')\n" + FIND, "http://a", None),
    "by keyword": ("client = MlflowClient(tracking_uri='http://a')\n" + FIND, "http://a", None),
    "both": ("client = MlflowClient('http://a', 'http://r')\n" + FIND, "http://a", "http://r"),
    "none": ("mlflow.set_tracking_uri('http://a')\nclient = MlflowClient(None)\n" + FIND, "http://a", None),
    "its own counts before what is set": (
        "mlflow.set_tracking_uri('http://b')\nclient = MlflowClient('http://a')\n" + FIND,
        "http://a",
        None,
    ),
    "what was set when it was made": (
        "mlflow.set_tracking_uri('http://a')\nclient = MlflowClient()\n"
        "mlflow.set_tracking_uri('http://b')\n" + FIND,
        "http://a",
        None,
    ),
    "made in place": ("MlflowClient('http://a').search_runs(['1'], 'a = 1')\n", "http://a", None),
    "one of two": (
        "a = MlflowClient('http://a')\nclient = MlflowClient('http://b')\n" + FIND,
        "http://b",
        None,
    ),
    "what a function returns": (
        "def make():\n    return MlflowClient('http://a')\nclient = make()\n" + FIND,
        "http://a",
        None,
    ),
    "an attribute": (
        (
            "class A:\n    def __init__(self):\n        self.client = MlflowClient('http://a')\n"
            "    def f(self):\n        self.client.search_runs(['1'], 'a = 1')\n"
        ),
        "http://a",
        None,
    ),
    "the other where none is given": (
        "def f(client=None):\n    client = client or MlflowClient('http://a')\n    " + FIND,
        "http://a",
        None,
    ),
    "the registry that is set": (
        "mlflow.set_registry_uri('http://r')\nclient = MlflowClient('http://a')\n" + FIND,
        "http://a",
        "http://r",
    ),
}


@pytest.mark.parametrize(("source", "uri", "registry"), CLIENTS.values(), ids=CLIENTS)
def test_a_client_has_uris_of_its_own(source: str, uri: str, registry: str | None) -> None:
    found = stores(f"import mlflow\nfrom mlflow import MlflowClient\n{source}")
    assert [each[:2] for each in found] == [(uri, registry)]


EXPERIMENTS = {
    "none": ("mlflow.search_runs(filter_string='a = 1')", ""),
    "ids": ("mlflow.search_runs(['1', '2'], 'a = 1')", "1, 2"),
    "ids by keyword": ("mlflow.search_runs(filter_string='a = 1', experiment_ids=['1'])", "1"),
    "names": ("mlflow.search_runs(filter_string='a = 1', experiment_names=['churn', NAME])", "churn, credit"),
    "a list in a variable": ("IDS = ['1', '2']\nmlflow.search_runs(IDS, 'a = 1')", "1, 2"),
    "a number": ("mlflow.search_runs([1], 'a = 1')", "1"),
    "all": ("mlflow.search_runs(filter_string='a = 1', search_all_experiments=True)", "?"),
    "by its name": (
        "e = mlflow.get_experiment_by_name('churn')\nmlflow.search_runs([e.experiment_id], 'a = 1')",
        "churn",
    ),
    "by the name of a constant": (
        "e = mlflow.get_experiment_by_name(NAME)\nmlflow.search_runs([e.experiment_id], 'a = 1')",
        "credit",
    ),
    "by its id in a variable": (
        "i = mlflow.get_experiment_by_name('churn').experiment_id\nmlflow.search_runs([i], 'a = 1')",
        "churn",
    ),
    "what only a run can tell": ("mlflow.search_runs([exp.experiment_id], 'a = 1')", "?"),
    "of which one only a run can tell": ("mlflow.search_runs(['1', other], 'a = 1')", "1, ?"),
    "the active one": (
        "mlflow.set_experiment('churn')\nmlflow.search_runs(filter_string='a = 1')",
        "churn",
    ),
    "the active one by its id": (
        "mlflow.set_experiment(experiment_id='7')\nmlflow.search_runs(filter_string='a = 1')",
        "7",
    ),
    "the call's own count first": (
        "mlflow.set_experiment('churn')\nmlflow.search_runs(['1'], 'a = 1')",
        "1",
    ),
    "where traces are": ("mlflow.search_traces(locations=['3'], filter_string=\"a = 'x'\")", "3"),
    "models are in none": (
        "mlflow.set_experiment('churn')\nmlflow.search_registered_models(filter_string=\"name = 'x'\")",
        "",
    ),
    "what a client is given": ("mlflow.MlflowClient().search_runs(['5'], 'a = 1')", "5"),
    "a client knows no active one": (
        "mlflow.set_experiment('churn')\nmlflow.MlflowClient().search_traces(filter_string=\"a = 'x'\")",
        "",
    ),
}


@pytest.mark.parametrize(("source", "experiments"), EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_the_experiments(source: str, experiments: str) -> None:
    assert [each[2] for each in stores(f"import mlflow\nNAME = 'credit'\n{source}")] == [experiments]


def test_what_is_said_has_a_place_and_is_equal_wherever_it_stands() -> None:
    first, second = (
        find_filters(f"import mlflow\n{more}mlflow.set_tracking_uri('http://a')\n{SEARCH}")[0].store
        for more in ("", "x = 1\n")
    )
    assert first == second == StoreReference(Said("http://a", "set_tracking_uri"))
    assert first.tracking_uri
    assert first.tracking_uri.span.start == len("import mlflow\n")
    assert second.tracking_uri
    assert second.tracking_uri.span.start == len("import mlflow\nx = 1\n")


def test_cells_of_a_notebook_run_in_their_order() -> None:
    source = (
        "```python\nimport mlflow\nmlflow.set_tracking_uri('http://a')\n```\n\n"
        f"```python\n{SEARCH}```\n\n```python\nmlflow.set_tracking_uri('http://b')\n{SEARCH}```\n"
    )
    (first, _, _), (second, _, _) = stores(source, "page.md")
    assert (first, second) == ("http://a", "http://b")
    region = find_filters(source, path="page.md")[0]
    assert region.store.tracking_uri
    assert region.store.tracking_uri.span.of(source) == "mlflow.set_tracking_uri('http://a')"


def test_a_query_names_its_experiments() -> None:
    source = (
        "a: SEARCH runs IN 'churn', 'churn-v2' WHERE metrics.a > 1;\nb: SEARCH runs WHERE metrics.b > 1;\n"
    )
    assert stores(source, "a.mlq") == [(None, None, "churn, churn-v2"), (None, None, "")]


@pytest.mark.parametrize(
    ("call", "has_view"),
    [
        ("mlflow.search_runs(filter_string='')", False),
        ("mlflow.search_runs(filter_string='', run_view_type=ViewType.ALL)", True),
        ("mlflow.search_runs(['1'], '', ViewType.DELETED_ONLY)", True),
        ("mlflow.search_runs(['1'], '', ViewType.ACTIVE_ONLY)", False),
        ("mlflow.search_runs(['1'], '', view)", True),
        ("mlflow.search_experiments(ViewType.ALL, filter_string='')", True),
        ("mlflow.search_experiments(filter_string='')", False),
    ],
)
def test_a_search_may_ask_for_others_than_the_active_ones(call: str, has_view: bool) -> None:
    (region,) = find_regions(f"import mlflow\nfrom mlflow.entities import ViewType\n{call}\n", "python")
    assert region.store.has_view is has_view


def test_so_may_a_query() -> None:
    text = "SEARCH runs WHERE metrics.a > 1 VIEW deleted;\nSEARCH runs WHERE metrics.a > 1;"
    assert [region.store.has_view for region in find_regions(text, "mlq")] == [True, False]
