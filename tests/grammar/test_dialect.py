"""The dialect tables, as one version of MLflow has them."""

from __future__ import annotations

from dataclasses import fields

import pytest
from mlq_grammar.dialect import ENTITIES, Checks, Family, Key, OrderBy, Syntax, load
from mlq_grammar.tables import table


def test_a_prefix_opens_a_family_in_this_case_only() -> None:
    runs = load("runs")
    assert [runs.family(prefix).type for prefix in ("param", "metrics", "run")] == [
        "parameter",
        "metric",
        "attribute",
    ]
    assert runs.family("Metrics") is None


def test_an_open_family_has_any_key_and_a_closed_one_only_its_own() -> None:
    runs = load("runs")
    assert runs.family("metrics").key("anything at all").value == "number"
    assert runs.family("attributes").key("created").name == "start_time"
    assert runs.family("attributes").key("lifecycle_stage") is None


def test_only_run_id_and_datasets_take_lists() -> None:
    families = load("runs").families
    keys = [f"{family.type}.{key.name}" for family in families for key in family.keys or () if key.takes_list]
    assert keys == ["attribute.run_id", "dataset.name", "dataset.digest", "dataset.context"]


@pytest.mark.parametrize(
    ("version", "is_there"),
    [
        ("2.3.2", False),
        ("3.10.1", False),
        ("3.11", False),
        ("3.11.1", True),
        ("3.18.0", True),
        ("4.0.0rc1", True),
    ],
)
def test_a_row_holds_from_since_on(version: str, is_there: bool) -> None:
    assert ("IS NULL" in load("runs", version).family("params").key("x").comparators) is is_there


def test_an_unknown_entity_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        load("wombats")


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_field_of_a_table_is_one_that_is_read(entity: str) -> None:
    names = {
        shape: {field.name for field in fields(shape)} for shape in (Checks, Key, Family, Syntax, OrderBy)
    }
    life = {"since", "until"}
    key_fields = names[Checks] | names[Key] | {"is_open"} | life
    data = table(entity)
    assert data.keys() <= {"first", "syntax", "family", "order_by"}
    assert data.get("syntax", {}).keys() <= names[Syntax]
    assert data.get("order_by", {}).keys() <= names[OrderBy]
    for family in data["family"]:
        assert family.keys() <= names[Family] | key_fields | {"key"}
        for key in family.get("key", ()):
            assert key.keys() <= key_fields
