"""The ways in which a filter comes to its call, and in which the client does."""

from __future__ import annotations

import pytest
from mlq.hosts import find_filters
from support.hosts import check_map

HEAD = "import mlflow\nfrom mlflow import MlflowClient\n"

WAYS: dict[str, tuple[str, list[str]]] = {
    "replaced in a constant": (
        """\
Q = "metrics.NAME > 0.5"
mlflow.search_runs(filter_string=Q.replace("NAME", "auc"))""",
        ["metrics.auc > 0.5"],
    ),
    "replaced by a parameter": (
        'def f(n): mlflow.search_runs(filter_string="metrics.NAME > 0.5".replace("NAME", n))',
        ["metrics.{} > 0.5"],
    ),
    "replaced twice": (
        'mlflow.search_runs(filter_string="metrics.X > Y".replace("X","a").replace("Y","1"))',
        ["metrics.a > 1"],
    ),
    "line ends replaced": (
        'mlflow.search_runs([], "metrics.a > 1\\n AND metrics.b > 2".replace("\\n", " "))',
        ["metrics.a > 1  AND metrics.b > 2"],
    ),
    "a field's default": (
        """\
@dataclass
class Cfg:
    query: str = field(default="metrics.a > 1")
    def go(self): return mlflow.search_runs(filter_string=self.query)""",
        ["metrics.a > 1"],
    ),
    "a decorated function that returns a client": (
        """\
@lru_cache
def get() -> MlflowClient:
    return _make()
get().search_registered_models("name LIKE 'x%'")""",
        ["name LIKE 'x%'"],
    ),
    "a client's property": (
        """\
class A:
    @property
    def client(self): return MlflowClient()
    def go(self): return self.client.search_model_versions("name = 'x'")""",
        ["name = 'x'"],
    ),
    "a client in a with": (
        """\
with closing(MlflowClient()) as c:
    c.search_model_versions("name = 'x'")""",
        ["name = 'x'"],
    ),
    "a dictionary that is updated by keyword": (
        """\
kw = {}
kw.update(filter_string="metrics.a > 1")
mlflow.search_runs(**kw)""",
        ["metrics.a > 1"],
    ),
    "a dictionary that is updated by another": (
        """\
kw = dict(max_results=1)
kw.update({"filter_string": "metrics.a > 1"})
mlflow.search_runs(**kw)""",
        ["metrics.a > 1"],
    ),
    "a dictionary's setdefault": (
        """\
kw = {}
kw.setdefault("filter_string", "metrics.a > 1")
mlflow.search_runs(**kw)""",
        ["metrics.a > 1"],
    ),
    "a dictionary unpacked into another": (
        """\
base = {"filter_string": "metrics.a > 1"}
mlflow.search_runs(**{**base, "max_results": 3})""",
        ["metrics.a > 1"],
    ),
    "dictionaries joined": (
        """\
base = {"filter_string": "metrics.a > 1"}
mlflow.search_runs(**(base | {"max_results": 3}))""",
        ["metrics.a > 1"],
    ),
    "got from a dictionary": (
        """\
cfg = {"filter": "metrics.a > 1"}
mlflow.search_runs(filter_string=cfg.get("filter"))""",
        ["metrics.a > 1"],
    ),
    "a default of get": (
        'def f(cfg): mlflow.search_runs(filter_string=cfg.get("filter", "metrics.a > 1"))',
        ["metrics.a > 1"],
    ),
    "a default of the environment": (
        'mlflow.search_runs(filter_string=os.getenv("F", "metrics.a > 1"))',
        ["metrics.a > 1"],
    ),
    "a dictionary in a dictionary": (
        """\
Q = {"a": {"f": "metrics.a > 1"}}
mlflow.search_runs(filter_string=Q["a"]["f"])""",
        ["metrics.a > 1"],
    ),
    "an item of a list": (
        """\
Q = ["metrics.a > 1", "metrics.b > 2"]
mlflow.search_runs(filter_string=Q[1])""",
        ["metrics.b > 2"],
    ),
    "a loop over a list": (
        """\
for q in ["metrics.a > 1", "metrics.b > 2"]:
    mlflow.search_runs(filter_string=q)""",
        ["metrics.a > 1", "metrics.b > 2"],
    ),
    "a loop over a constant": (
        """\
QS = ("metrics.a > 1", "metrics.b > 2")
for q in QS:
    mlflow.search_runs(filter_string=q)""",
        ["metrics.a > 1", "metrics.b > 2"],
    ),
    "a loop over items": (
        """\
QS = {"a": "metrics.a > 1", "b": "metrics.b > 2"}
for name, q in QS.items():
    mlflow.search_runs(filter_string=q)""",
        ["metrics.a > 1", "metrics.b > 2"],
    ),
    "a comprehension": (
        'r = [mlflow.search_runs(filter_string=q) for q in ("metrics.a > 1", "metrics.b > 2")]',
        ["metrics.a > 1", "metrics.b > 2"],
    ),
    "joined without what is empty": (
        """\
def f(a):
    parts = ["metrics.a > 1", f"tags.x = '{a}'" if a else None]
    mlflow.search_runs(filter_string=" and ".join(filter(None, parts)))""",
        ["metrics.a > 1 and tags.x = '{}'"],
    ),
    "a partial by place": (
        """\
from functools import partial
s = partial(mlflow.search_runs, ["1"])
s("metrics.a > 1")""",
        ["metrics.a > 1"],
    ),
    "a partial by keyword": (
        """\
from functools import partial
s = partial(mlflow.search_runs, experiment_ids=["1"])
s(filter_string="metrics.a > 1")""",
        ["metrics.a > 1"],
    ),
    "a function's other name": (
        """\
search = mlflow.search_runs
search(filter_string="metrics.a > 1")""",
        ["metrics.a > 1"],
    ),
    "a method's other name": (
        """\
find = MlflowClient().search_model_versions
find("name = 'x'")""",
        ["name = 'x'"],
    ),
    "format_map": (
        'mlflow.search_runs(filter_string="metrics.{m} > 1".format_map({"m": "a"}))',
        ["metrics.a > 1"],
    ),
    "an Enum's value": (
        """\
class Q(str, Enum):
    BEST = "metrics.a > 1"
mlflow.search_runs(filter_string=Q.BEST.value)""",
        ["metrics.a > 1"],
    ),
    "given to a method of the file": (
        """\
class S:
    def __init__(self): self.client = MlflowClient()
    def find(self, q): return self.client.search_runs(["1"], q)
S().find("metrics.a > 1")""",
        ["metrics.a > 1"],
    ),
    "given to a function of the file": (
        """\
def find(q): return mlflow.search_runs(["1"], q)
find("metrics.a > 1")""",
        ["metrics.a > 1"],
    ),
    "given by keyword": (
        """\
def find(*, query, n=3): return mlflow.search_runs(filter_string=query, max_results=n)
find(query="metrics.a > 1")""",
        ["metrics.a > 1"],
    ),
    "given to a lambda": (
        """\
find = lambda q: mlflow.search_runs(filter_string=q)
find("metrics.a > 1")""",
        ["metrics.a > 1"],
    ),
    "a parametrized test": (
        """\
@pytest.mark.parametrize("q", ["metrics.a > 1", "metrics.b > 2"])
def test(q): mlflow.search_runs(filter_string=q)""",
        ["metrics.a > 1", "metrics.b > 2"],
    ),
    "handed to a thread": (
        'async def f(): await asyncio.to_thread(mlflow.search_runs, ["1"], "metrics.a > 1")',
        ["metrics.a > 1"],
    ),
    "a model's default": (
        """\
class S(BaseModel):
    query: str = Field("metrics.a > 1", description="d")
s = S()
mlflow.search_runs(filter_string=s.query)""",
        ["metrics.a > 1"],
    ),
    "given to a constructor": (
        """\
class S:
    def __init__(self, q="metrics.a > 1"):
        self.q = q
    def go(self): return mlflow.search_runs(filter_string=self.q)""",
        ["metrics.a > 1"],
    ),
    "a named tuple's default": (
        """\
class S(NamedTuple):
    q: str = "metrics.a > 1"
mlflow.search_runs(filter_string=S().q)""",
        ["metrics.a > 1"],
    ),
    "a client's subclass": (
        """\
class C(MlflowClient):
    def go(self): return self.search_model_versions("name = 'x'")""",
        ["name = 'x'"],
    ),
}


@pytest.mark.parametrize(("source", "texts"), WAYS.values(), ids=WAYS.keys())
def test_a_filter_is_found_on_its_way(source: str, texts: list[str]) -> None:
    found = find_filters(HEAD + source)

    assert [region.text for region in found] == texts
    for region in found:
        if region.is_static and not region.fixed:
            check_map(region, HEAD + source)


OPEN = {
    "a default is not the only value": "mlflow.search_runs([], f\"tags.a = '{os.getenv('A', 'b')}'\")",
    "an item of several": "for t in ['a', 'b']:\n    mlflow.search_runs(filter_string=f\"tags.a = '{t}'\")",
    "a parameter that is given once": "def f(t):\n    mlflow.search_runs([], f\"tags.a = '{t}'\")\nf('b')",
}


@pytest.mark.parametrize("source", OPEN.values(), ids=OPEN.keys())
def test_a_hole_stays_one_where_other_values_may_come(source: str) -> None:
    [region] = find_filters(HEAD + source)

    assert region.text == "tags.a = '{}'"
    assert not region.is_static


SILENT = {
    "another object's method": "def find(q): mlflow.search_runs([], q)\nshop.find('a')\nre.find('b', q)",
    "another class's": "class A:\n    def find(self, q): mlflow.search_runs([], q)\nB().find('a')",
    "a parameter that is changed": "def f(q):\n    q = build(q)\n    mlflow.search_runs([], q)\nf('a')",
    "a partial of another": "s = partial(other.search_runs, ['1'])\ns('metrics.a > 1')",
    "another's get": "mlflow.search_runs(['1'], settings.get('filter'))",
    "a replaced unknown": "mlflow.search_runs(['1'], q.replace('a', 'b'))",
}


@pytest.mark.parametrize("source", SILENT.values(), ids=SILENT.keys())
def test_what_only_looks_like_a_way_is_silent(source: str) -> None:
    assert find_filters(HEAD + source) == []
