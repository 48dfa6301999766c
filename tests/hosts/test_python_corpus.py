"""Filters as people write them in public code are found with their entity and text, and nothing else is."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from typing import Any

from mlq.hosts import find_filters
from support.hosts import sites
from support.notebooks import written

HEAD = """\
import mlflow
from mlflow import MlflowClient
from mlflow.genai.scorers import ScorerSamplingConfig
"""
CLIENTS = {"client", "mlflow_client", "CLIENT", "tracker", "store", "deps", "organizer"}
LANGUAGES = {"py", "md", "sh", "ts"}  # some TypeScript holds Python
PATHS = {"runs": "runs", "registered_models": "registered-models"}
ENTITIES = {"datasets": "evaluation_datasets"}
NO_PYTHON = {"cli", "rest-js", "yaml-or-js", "R", "R-paste"}


def is_python(site: dict[str, Any]) -> bool:
    return site["lang"] in LANGUAGES and site["api"] not in NO_PYTHON and "WRONG-SLOT" not in site["arg"]


def is_known(site: dict[str, Any]) -> bool:
    """Whether the row tells the text: what a variable from elsewhere holds it does not."""
    return is_python(site) and ("resolved" in site or "template" in site)


def expected(site: dict[str, Any]) -> tuple[str, str]:
    entity = ENTITIES.get(site["entity"], site["entity"])
    return entity, " ".join(site.get("resolved", site.get("template")).split())


def rebuilt(site: dict[str, Any]) -> str:
    """Return a file that makes the call as the row tells it."""
    name = site["receiver"].rpartition(".")[2]
    setup = f"{name} = MlflowClient()\n" if name in CLIENTS else ""
    source = site.get("filter_source", "")
    if site["receiver"].startswith("self."):
        return (
            f"{HEAD}class A:\n    def __init__(self):\n        self.{name} = MlflowClient()\n"
            f"    def f(self):\n{_indented(definition(site))}        return {called(site, source)}\n"
        )
    return f"{HEAD}{setup}{definition(site)}{called(site, source)}\n"


def called(site: dict[str, Any], source: str) -> str:
    kind, _, name = site["arg"].partition(":")
    function = f"{site['receiver']}{'.' if site['receiver'] else ''}{site['api']}"
    if kind == "keyword":
        return f"{function}({name}={source})"
    if kind == "positional":
        return f"{function}({', '.join([*['None'] * int(name), source])})"
    if kind == "dict" and name == "filter":
        path = f"/api/2.0/mlflow/{PATHS[site['entity']]}/search"
        return f'requests.post(host + "{path}", json={{"filter": {source}}})'
    if kind in {"dict", "splat"}:
        return f'mlflow.search_{site["entity"]}(**{{"filter_string": {source}}})'
    return f"{function}(order_by={site.get('order_by', '[]')})"


def definition(site: dict[str, Any]) -> str:
    """Return the assignment of the variable that the row tells of."""
    if site["shape"] != "variable-same-scope":
        return ""
    if "resolved" in site:
        return f"{site['filter_source']} = {site['resolved']!r}\n"
    names = iter(range(99))
    template = re.sub(r"\{\}", lambda _: f"{{v{next(names)}}}", site["template"])
    if site["value_shape"] == "format-method":
        return f"{site['filter_source']} = {site['template']!r}.format(v0)\n"
    return f'{site["filter_source"]} = f"""{template} """.strip()\n'


def _indented(text: str) -> str:
    return f"        {text}" if text else ""


def found(source: str) -> list[tuple[str, str]]:
    return [(region.entity, " ".join(region.text.split())) for region in find_filters(source)]


def test_the_filters_of_the_corpus_are_found() -> None:
    known = [site for site in sites() if is_known(site)]
    assert len(known) > 170
    missed = [
        (rebuilt(site), found(rebuilt(site))) for site in known if found(rebuilt(site)) != [expected(site)]
    ]
    assert len(missed) <= len(known) * 0.05, missed
    assert all(len(filters) <= 1 for _, filters in missed)


def test_calls_without_a_filter_have_none() -> None:
    without = [site for site in sites() if is_python(site) and site["shape"] in {"no-filter", "none-literal"}]
    assert len(without) > 25
    assert [filters for site in without if (filters := found(rebuilt(site)))] == []


def test_what_comes_from_elsewhere_is_not_guessed() -> None:
    shapes = {"parameter-passthrough", "join", "builder"}
    open_sites = [site for site in sites() if is_python(site) and site["shape"] in shapes]
    assert len(open_sites) > 10
    for site in open_sites:
        assert all(text.replace("{}", "").strip() in {"", "AND", "and"} for _, text in found(rebuilt(site)))


def test_snippets_without_imports_are_found_too() -> None:
    shared = {"search_traces", "search_prompts", "search_datasets", "dict-kwarg"}
    known = [site for site in sites() if is_known(site) and site["api"] not in shared and site["receiver"]]
    snippets = [re.sub(r"^\w+ = MlflowClient\(\)\n", "", rebuilt(site).replace(HEAD, "")) for site in known]
    assert sum(found(snippet) != [] for snippet in snippets) >= 0.95 * len(known)


def test_what_is_found_in_a_script_is_found_in_a_notebook_of_its_statements() -> None:
    for site in filter(is_known, sites()):
        source = rebuilt(site)
        starts = [statement.lineno - 1 for statement in ast.parse(source).body]
        lines = source.splitlines(keepends=True)
        cells = ["".join(lines[start:end]) for start, end in pairwise([*starts, len(lines)])]
        notebook = find_filters(written(*cells), path="churn.ipynb")
        assert [(region.entity, region.text) for region in notebook] == [
            (region.entity, region.text) for region in find_filters(source)
        ]
