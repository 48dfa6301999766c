"""Counting keys and values."""

from __future__ import annotations

from mlq.keys.index import KeyIndex
from mlq.tracking.tally import Tally


def index_of(tally: Tally) -> KeyIndex:
    return KeyIndex.from_json(tally.to_json("somewhere", complete=False))


def values_of(*values: object, kind: str = "parameter", key: str = "a") -> tuple[str, ...]:
    tally = Tally()
    for value in values:
        tally.add(kind, key, value)
    return index_of(tally).keys(kind)[key].values


def test_most_used_values_come_first() -> None:
    assert values_of("b", "a", "c", "c") == ("c", "a", "b")


def test_few_values_are_offered_though_all_are_different() -> None:
    assert values_of("1", "2", "3") == ("1", "2", "3")


def test_many_different_values_are_not_offered() -> None:
    assert values_of(*map(str, range(20))) == ()
    assert values_of(*map(str, range(20)), *["7"] * 20) != ()


def test_names_are_offered_though_all_are_different() -> None:
    assert len(values_of(*map(str, range(100)), kind="attribute", key="run_name")) == 50


def test_values_that_nobody_would_type_are_not_offered() -> None:
    assert values_of("", "x" * 201, "two\nlines", None, 7, "x") == ("x",)
    assert values_of('[{"run_id": 1}]', kind="tag", key="mlflow.log-model.history") == ()


def test_keys_that_are_no_text_are_passed_over() -> None:
    tally = Tally()
    for key in (None, 7, b"a", ["a"]):
        tally.add("tag", key, "x")
        tally.add_unseen("tag", key)
    assert tally.is_empty


def test_key_that_no_run_has_comes_last() -> None:
    tally = Tally()
    tally.add_unseen("tag", "a")
    tally.add_unseen("tag", "b")
    tally.add("tag", "b")
    keys = index_of(tally).keys("tag")
    assert [(key.name, key.count) for key in keys.values()] == [("b", 1), ("a", 0)]


def numbers_of(*numbers: object) -> object:
    tally = Tally()
    for number in numbers:
        tally.add_number("metric", "auc", number)
    return index_of(tally).keys("metric")["auc"].numbers


def test_numbers_are_told_by_their_spread() -> None:
    assert numbers_of(3, 1, 2) == (1, 2, 3, 3, (1, 0, 0, 0, 1, 0, 0, 1))
    assert numbers_of(7) == (7, 7, 7, 7, (1, 0, 0, 0, 0, 0, 0, 0))
    assert numbers_of(-1e308, 1e308) == (-1e308, 0, 1e308, -1e308, (1, 0, 0, 0, 0, 0, 0, 1))


def test_what_is_no_number_is_only_a_key() -> None:
    assert numbers_of(float("nan"), float("inf"), "NaN", None) is None


def test_an_owner_that_has_a_key_twice_counts_once() -> None:
    tally = Tally()
    for owner, value in ((1, "a"), (1, "b"), (2, "a")):
        tally.add("span", "name", value, owner)
    key = index_of(tally).keys("span")["name"]
    assert (key.count, key.values) == (2, ("a", "b"))
