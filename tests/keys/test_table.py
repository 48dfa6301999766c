"""A table of keys: found by name and by what was typed, whatever their number."""

from __future__ import annotations

import pytest
from mlq.keys.index import KeyIndex
from mlq.keys.parts import Assembly, parts_of
from mlq.keys.table import DETAILED, KeyInfo, KeyTable

NAMES = ["val_loss", "loss", "train/loss", "Lossless", "lr", "layer.0.loss"]


def table(*names: str) -> KeyTable:
    return KeyTable.of(KeyInfo(name, 9) for name in names)


def found(typed: str, known: KeyTable, limit: int = 100) -> list[str]:
    return [key.name for key in known.search(typed, limit)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", NAMES),
        ("loss", ["loss", "Lossless", "val_loss", "train/loss", "layer.0.loss"]),
        ("LOSSL", ["Lossless"]),
        ("lss", ["val_loss", "loss", "train/loss", "Lossless", "layer.0.loss"]),
        ("t/l", ["train/loss"]),
        ("l.*s", []),
        ("x", []),
    ],
)
def test_beginnings_come_before_insides_and_these_before_scattered_letters(
    typed: str, names: list[str]
) -> None:
    assert found(typed, table(*NAMES)) == names


def test_no_more_than_the_limit() -> None:
    assert found("l", table(*NAMES), 2) == ["loss", "Lossless"]


@pytest.mark.parametrize("name", ["a\nb", "`a`", "a'\"b", "\u202edlog", "a\0b", "x" * 8000, "ẞ", "İ", "日本"])
def test_hostile_names_are_found(name: str) -> None:
    known = table("first", name, "last")
    assert found(name, known) == [name]
    assert known[name] == KeyInfo(name, 9)


@pytest.fixture(scope="module")
def large() -> KeyTable:
    """Fifty used keys, and thirty thousand that nobody uses."""
    used = [KeyInfo(f"used_{number}", 50 - number, ("x",)) for number in range(50)]
    return KeyTable.of([*used, *(KeyInfo(f"Key_{number:06}") for number in range(30_000))])


def test_the_less_used_keys_are_found_by_their_beginning(large: KeyTable) -> None:
    assert found("key_02999", large) == [f"Key_02999{digit}" for digit in range(10)]
    assert found("used_4", large, 3) == ["used_4", "used_40", "used_41"]
    assert large["Key_029999"] == KeyInfo("Key_029999")
    assert "key_029999" not in large
    assert len(large) == 30_050
    assert list(large)[-1] == "Key_029999"


def test_a_picture_comes_in_parts_and_is_the_same(large: KeyTable) -> None:
    picture = KeyIndex("somewhere", 50, kinds={"tag": large, "metric": table("a")}, listed=frozenset({"tag"}))
    assembly = Assembly()
    *parts, last = parts_of(picture.to_json())
    assert all(assembly.add(part) is None for part in parts)
    assert assembly.add(last, "digest") == picture
    # What is in a part is decoded in one go.
    assert max(len(part.get("names", part.get("keys"))) for part in parts) <= 2_000
    assert sum(len(part.get("names", ())) for part in parts) == 30_050 - DETAILED


@pytest.mark.parametrize(
    "part",
    [
        None,
        [],
        {},
        {"kind": "tag", "names": ["a"], "counts": []},
        {"kind": "tag", "keys": [["a"]]},
        {"picture": 1},
    ],
)
def test_other_parts_are_refused(part: object) -> None:
    with pytest.raises(ValueError, match="no part"):
        Assembly().add(part)
