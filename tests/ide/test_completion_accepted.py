"""Whatever is chosen from the menus, one after the other, MLflow accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from mlq.findings import Edit, apply
from mlq.ide.check import check
from mlq.ide.completion import complete
from mlq_grammar.dialect import ENTITIES, load
from support.ide import index
from support.oracle import Oracle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mlq.ide.model import CompletionItem
    from mlq.keys.index import KeyIndex
    from mlq_grammar.dialect import Dialect

VERSIONS = ("2.3.0", "2.22", "3.17.2", None)
NAMES = (
    "auc",
    "val loss",
    "train/loss",
    "a-b",
    "a.b",
    "1",
    "1e5",
    "in",
    "AND",
    "é",
    "日本",
    "a`b",
    "x ",
    "--",
    "a'b",
)
VALUES = ("xgboost", "", "it's", 'say "x"', "a b", "back\\slash", "100%", "a AND b", "é😀", "--", "/* x")
HOSTILE = index(
    metric=dict.fromkeys(NAMES, ()),
    parameter=dict.fromkeys(NAMES, VALUES),
    tag={"mlflow.user": VALUES},
    attribute=dict.fromkeys(("run_name", "run_id", "user_id", "artifact_uri"), VALUES),
    dataset=dict.fromkeys(("name", "digest", "context"), VALUES),
)


# What MLflow refuses values of: not every text is the ID of an experiment or the state of a model.
CHECKED = {"experiment_id", "has_access_endpoints", "prompt", "status", "text", "version"}


def hostile(dialect: Dialect) -> KeyIndex:
    """Return keys and values of all that may be hard to write, in each family of a search."""
    kinds = {
        family.type: dict.fromkeys(NAMES, VALUES)
        if family.keys is None
        else {key.name: VALUES for key in family.keys if key.name not in CHECKED}
        for family in dialect.families
    }
    return index(**kinds)


def chosen(
    text: str, version: str | None, entity: str = "runs", known: KeyIndex = HOSTILE
) -> Iterator[tuple[CompletionItem, str]]:
    """Yield what is offered at the end of a text, and the text after it was chosen."""
    for item in complete(text, len(text), load(entity, version), known).items:
        yield item, apply([Edit(item.span.start, item.span.end, item.text)], text)


def filters(text: str, version: str | None) -> Iterator[str]:
    """Yield all filters of one clause that the menus make of a text that ends in an operator."""
    if text.endswith("NULL"):
        yield text
        return
    values = [filter_ for _, filter_ in chosen(f"{text} ", version)]
    # Numbers are not offered: nobody knows which one is meant.
    yield from values or [f"{text} 5"]


def all_filters(version: str | None) -> Iterator[str]:
    """Yield all filters of one clause that the menus make of nothing."""
    for item, key in chosen("", version):
        if item.kind != "prefix":
            for _, clause in chosen(f"{key} ", version):
                yield from filters(clause, version)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_key_operator_and_value_that_is_offered_is_accepted(version: str | None) -> None:
    offered = list(all_filters(version))
    assert len(offered) > len(NAMES) * len(VALUES)
    assert [
        (filter_, finding.message)
        for filter_ in offered
        for finding in check(filter_, mlflow_version=version)
        if finding.severity == "error"
    ] == []


def test_mlflow_itself_accepts_all_of_them(tmp_path: Path) -> None:
    oracle = Oracle(tmp_path)
    verdicts = {filter_: oracle.verdict("runs", filter_) for filter_ in all_filters("3.17.2")}
    assert {filter_: message for filter_, (is_ok, message) in verdicts.items() if not is_ok} == {}


@pytest.mark.parametrize("entity", [entity for entity in ENTITIES if entity != "runs"])
def test_so_is_what_is_offered_to_every_other_search(entity: str) -> None:
    known = hostile(load(entity))
    offered: set[str] = set()
    begun = list(chosen("", None, entity, known))
    keys = [text for item, text in begun if item.kind != "prefix"]
    for item, prefix in begun:
        if item.kind == "prefix":
            keys += [text for _, text in chosen(prefix, None, entity, known)]
    for key in keys:
        if key.endswith("."):
            continue  # the name of an attribute of spans begins with it
        for _, clause in chosen(f"{key} ", None, entity, known):
            if clause.endswith("NULL"):
                offered.add(clause)
            else:
                values = [text for _, text in chosen(f"{clause} ", None, entity, known)]
                offered.update(values[:2] + values[-1:])
    assert offered
    errors = {
        filter_: finding.message
        for filter_ in offered
        for finding in check(filter_, entity=entity)
        if finding.severity == "error"
    }
    assert errors == {}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "begun",
    [
        "params.auc = '",
        'params.auc = "',
        "params.`val loss` LIKE '",
        "run_id IN (",
        "run_id IN ('",
        'run_id IN ("',
        "run_id IN ('a', ",
    ],
)
def test_begun_strings_are_ended_so_that_they_are_accepted(begun: str, version: str | None) -> None:
    end = ")" if "(" in begun else ""
    ended = [text + end for _, text in chosen(begun, version)]
    assert len(ended) >= len(VALUES) / 2
    for text in ended:
        assert [
            each.message for each in check(text, mlflow_version=version) if each.severity == "error"
        ] == []
