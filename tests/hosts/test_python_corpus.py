"""Filters as people write them in public code are found with their entity and text."""

from __future__ import annotations

from typing import Any

from mlq.hosts import find_filters
from support.hosts import sites

HEAD = """\
import mlflow
from mlflow import MlflowClient
from mlflow.genai.scorers import ScorerSamplingConfig
"""
SETUP = {"client": "client = MlflowClient()\n"}


def _is_plain(site: dict[str, Any]) -> bool:
    is_python = site["lang"] in {"py", "md", "sh"} and site["api"] != "cli"
    shapes = {"literal", "implicit-concat", "triple"}
    return is_python and site["shape"] in shapes and "WRONG-SLOT" not in site["arg"]


def _expected(site: dict[str, Any]) -> tuple[str, str]:
    entity = {"datasets": "evaluation_datasets"}.get(site["entity"], site["entity"])
    return entity, " ".join(site["resolved"].split())


def _file(site: dict[str, Any]) -> str:
    receiver, kind, name = site["receiver"], *site["arg"].split(":")
    if kind == "keyword":
        arguments = f"{name}={site['filter_source']}"
    else:
        arguments = ", ".join([*["None"] * int(name), site["filter_source"]])
    return f"{HEAD}{SETUP.get(receiver, '')}{receiver}{'.' if receiver else ''}{site['api']}({arguments})\n"


def test_every_plain_filter_of_the_corpus_is_found() -> None:
    plain = [site for site in sites() if _is_plain(site)]
    assert len(plain) > 90
    missed = []
    for site in plain:
        found = [(region.entity, region.text) for region in find_filters(_file(site))]
        if [(entity, " ".join(text.split())) for entity, text in found] != [_expected(site)]:
            missed.append((_file(site), found))
    assert not missed


def test_snippets_without_imports_are_found_too() -> None:
    shared = {"search_traces", "search_prompts", "search_datasets"}
    plain = [site for site in sites() if _is_plain(site) and site["api"] not in shared and site["receiver"]]
    found = [find_filters(_file(site).replace(HEAD, "").replace(SETUP["client"], "")) for site in plain]
    assert sum(map(bool, found)) == len(plain)
