"""What tells in a glance that a file holds nothing for us: it must never be wrong about one that does."""

from __future__ import annotations

import pytest
from mlq.hosts import evidence
from mlq.hosts.apis import APIS


@pytest.mark.parametrize("word", sorted({*evidence._ANYWHERE, *APIS}))
def test_each_word_that_is_looked_for_in_texts_is_seen_in_bytes(word: str):
    assert evidence.in_bytes(f"a{word}b".encode())


@pytest.mark.parametrize(
    "text",
    ["# MLQ: ignore", "x = 1  # noqa: E501, MLQ401", "<!-- Mlq:ignore-file -->", "mlflow runs --order-by x"],
)
def test_comments_and_lists_are_seen_in_bytes(text: str):
    assert evidence.in_bytes(text.encode())


def test_other_files_are_passed_over():
    assert not evidence.in_bytes(b"re.search(pattern, text)")
    assert not evidence.in_bytes(b"import mlflow\n\nmlflow.log_metric('accuracy', 0.9)  # noqa\n")
