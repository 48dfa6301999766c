"""MLflow's sentences are rows of one table, each of which a dialect or a step of the verdict says."""

from __future__ import annotations

from pathlib import Path

import mlq_grammar
import pytest
from mlq_grammar.sentences import of_others, sentences
from mlq_grammar.tables import table

ROOM = Path(mlq_grammar.__file__).parent
SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (*(ROOM / "verdict").glob("*.py"), *(ROOM / "dialects").glob("*.toml"))
    if path.stem != "messages"
)


SAID_BY_US = [
    name
    for name in sentences()
    if all(name not in table("messages")[section] for section in ("recognised", "elsewhere"))
]


@pytest.mark.parametrize("name", SAID_BY_US)
def test_every_sentence_is_said_by_somebody(name: str) -> None:
    assert f'"{name}"' in SOURCES


def test_what_others_say_too_is_told_apart() -> None:
    assert "integer-too-large" in of_others()
    assert "attribute-key" not in of_others()
