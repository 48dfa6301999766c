"""A hostile filter is answered soon: what one character more costs does not grow with the text."""

from __future__ import annotations

import time

import pytest
from mlq.rules.engine import findings
from mlq_grammar.dialect import load

RUNS = load("runs")
PIECES = (
    "(",
    "'",
    "`",
    "AND ",
    "a.b=",
    ",",
    "--",
    "/*",
    "é日",
    "\0",
    "NOT ",
    "[",
    "a IS NULL ",
    "a.b='x' OR ",
)


@pytest.mark.parametrize("piece", PIECES)
def test_the_time_for_each_character_does_not_grow(piece: str) -> None:
    findings(piece, RUNS)
    short, long = (_seconds(piece * (size // len(piece))) for size in (2_500, 10_000))

    # Four times as long a text; time that grew with the square would be sixteen times, before the noise.
    assert long < 4 * 4 * max(short, 0.1)


def _seconds(text: str) -> float:
    """Return the least of three times, for what else runs on the machine only adds to it."""
    times = []
    for _ in range(3):
        started = time.process_time()
        findings(text, RUNS)
        times.append(time.process_time() - started)
    return min(times)
