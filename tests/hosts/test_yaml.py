"""Filters in YAML files: under keys that are MLflow's, in every kind of scalar."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from mlq.findings import Edit, apply
from mlq.hosts import find_filters, find_regions
from mlq.hosts.yaml import regions
from support.embedded import accepted, check
from support.hosts import check_map

# What is wrong is mended in the words of the scalar.
MENDED = {
    "plain": (
        """
        mlflow:
          filter_string: metrics.a > 1 AND params.b = 3
                                                      ^ MLQ401
        """,
        "'3'",
    ),
    "plain over lines": (
        """
        mlflow:
          filter_string: metrics.a > 1
            AND params.b = 3 AND metrics.c = 2
                           ^ MLQ401
        """,
        "'3'",
    ),
    "single quotes": (
        """
        _target_: mlflow.search_runs
        filter_string: 'tags.a = ''x'' AND params.b = 3'
                                                      ^ MLQ401
        """,
        '"3"',
    ),
    "double quotes": (
        r"""
        mlflow: {"filter_string": "tags.a = \"x\" AND
             params.b = 3"}
                        ^ MLQ401
        """,
        "'3'",
    ),
    "a block": (
        """
        - uses: mlflow
          with:
            filter_string: |-
              metrics.a > 1

              AND params.b = 3
                             ^ MLQ401
        """,
        "'3'",
    ),
    "a folded block": (
        """
        mlflow:
          filter_string: >  # why
            metrics.a > 1
            AND params.b = 3
                           ^ MLQ401
          x: 1
        """,
        "'3'",
    ),
    "a list": (
        """
        mlflow:
          filter_string:
            - metrics.a > 1
            - params.b = 3
                         ^ MLQ401
        """,
        "'3'",
    ),
    "what stands nearest": (
        """
        experiments:
          opik: {project: a, filter_string: a contains 3}
          other:
            type: mlflow.entities
            traces:
              filter_string: tags.b = 3
                                      ^ MLQ402
        """,
        "'3'",
    ),
    "a template": (
        """
        mlflow:
          filter_string: "tags.a = '{{ team }}' AND metrics.c > ${LIMIT} AND params.b = 3"
                                                                                        ^ MLQ401
        """,
        "'3'",
    ),
    "a step of a workflow": (
        """
        jobs:
          build:
            steps:
              - run: |
                  pip install mlflow
                  mlflow traces search --filter-string "tags.b = 3"
                                                                 ^ MLQ402
        """,
        "'3'",
    ),
    "a fence of Markdown": (
        """
        > ```yaml
        > mlflow:
        >   filter_string: params.b = 3
                                      ^ MLQ401
        > ```
        """,
        "'3'",
    ),
}


@pytest.mark.parametrize(("source", "fixed"), MENDED.values(), ids=MENDED.keys())
def test_a_filter_is_checked_and_mended(source: str, fixed: str) -> None:
    check(source, "a.md" if "```" in source else "a.yml", fixed)


SILENT = {
    "nobody's": "filter_string: a = 1\n",
    "another library's": "gvm:\n  filter_string: rows=-1\n",
    "another library's beside MLflow": "x: mlflow\nopik:\n  filter_string: a = 1\n",
    "another key": "mlflow:\n  filter: a = 1\n",
    "an alias": "mlflow:\n  filter_string: *a\n",
    "a tag": "mlflow:\n  filter_string: !include a.txt\n",
    "a mapping": "mlflow:\n  filter_string:\n    a: b\n",
    "nothing": "mlflow:\n  filter_string:\n",
    "a comment": "mlflow:\n  # filter_string: a = 1\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_nothing_is_said_of_the_rest(text: str) -> None:
    assert find_filters(text, path="a.yaml") == []


ENTITIES = {
    "mlflow: {filter_string: a}": "runs",
    "mlflow: {traces: {filter_string: a}}": "traces",
    "mlflow: {search_experiments: {filter_string: a}}": "experiments",
    "x: {_target_: mlflow.MlflowClient.search_model_versions, filter_string: a}": "model_versions",
    "mlflow: {entity: logged_model, filter_string: a}": "logged_models",
    "mlflow: {datasets: [{filter_string: a}]}": "evaluation_datasets",
}


@pytest.mark.parametrize(("text", "entity"), ENTITIES.items())
def test_what_stands_around_tells_what_is_searched(text: str, entity: str) -> None:
    [region] = find_filters(text, path="a.yaml")
    assert region.entity == entity


def test_a_setting_names_other_keys() -> None:
    text = "evaluation:\n  - where: a = 1\n    query: b = 2\nwhere: c = 3\n"
    found = find_regions(text, "yaml", (), (("evaluation.where", "traces"), ("query", "runs")))
    assert [(region.entity, region.text) for region in found] == [("traces", "a = 1"), ("runs", "b = 2")]


def test_completion_writes_what_the_scalar_must_hold() -> None:
    source = "mlflow:\n  filter_string: 'attributes.status = $0'"
    assert accepted(source, "a.yaml", "FINISHED").endswith("'attributes.status = \"FINISHED\"'")


TEXT = st.text("ab'\"\\ \n#:", min_size=1, max_size=8)
LINES = st.lists(st.sampled_from(["a", "  b", "", "c d", "'", "# x"]), min_size=1, max_size=5)


@st.composite
def scalar(draw: st.DrawFn) -> str:
    """A scalar of any style, as people and programs write it."""
    style = draw(st.sampled_from(["plain", "'", '"', "|", ">"]))
    if style in "|>":
        lines = "".join(f"    {line}\n" for line in draw(LINES))
        return style + draw(st.sampled_from(["", "-", "+"])) + "\n    x\n" + lines
    text = draw(TEXT)
    if style == "plain":
        return (
            str(yaml.dump("x" + text + "x", width=5)).removesuffix("...\n").replace("\n", "\n    ").rstrip()
        )
    return str(yaml.dump(text, default_style=style, width=5)).replace("\n", "\n    ").rstrip()


@settings(deadline=None)
@given(written=scalar(), new=TEXT, data=st.data())
def test_a_scalar_says_and_takes_what_yaml_reads(written: str, new: str, data: st.DataObject) -> None:
    file = f"mlflow:\n  filter_string: {written}\n  x: 1\n"
    value = yaml.safe_load(file)["mlflow"]["filter_string"]
    if not value.strip():
        return
    [region] = regions(file)
    assert region.text == value
    check_map(region, file)
    start = data.draw(st.integers(0, len(region.text)))
    end = data.draw(st.integers(start, len(region.text)))
    edit = region.edit(Edit(start, end, new))
    if edit and "\n" not in value + new and value.strip() == value and new.strip() == new:
        assert yaml.safe_load(apply([edit], file))["mlflow"]["filter_string"] == apply(
            [Edit(start, end, new)], value
        )


DEEP = {
    "keys": "".join(" " * at + "a:\n" for at in range(2000)),
    "lists": "- " * 2000,
    "lists below each other": "".join(" " * at + "-\n" for at in range(2000)),
    "questions": "? " * 2000,
    "flows": "a: " + "[" * 2000,
    "mappings": "a: " + "{a: " * 2000,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
def test_a_file_that_nobody_writes_is_left_alone(text: str) -> None:
    assert regions(f"{text}\nfilter_string: mlflow\n") == ()


@given(text=st.text("ab:-'\"\\ \n\t#|>{}[],!&*", max_size=60))
def test_any_text_is_read(text: str) -> None:
    for region in regions(f"mlflow:\n  filter_string: {text}"):
        assert region.text
