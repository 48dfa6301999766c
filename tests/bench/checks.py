"""Filters that are checked in turn by MLflow's parser and by mlq, every one of them a new text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import count, cycle
from statistics import median
from time import process_time
from typing import NamedTuple

import mlq
from mlflow.exceptions import MlflowException
from mlflow.utils.search_utils import SearchUtils

SIZES = {1: 300, 3: 200, 10: 80, 50: 30}
"""How many clauses the filters have, and how many rounds are measured of each."""

CLAUSES = (
    "metrics.m{0} > 0.{0}",
    "params.p{0} = 'value {0}'",
    "tags.t{0} != 'v{0}'",
    "params.`p {0}` LIKE '%{0}%'",
    "tags.\"t.{0}\" ILIKE 'v{0}%'",
    "metrics.a.m{0} <= 1e-{1}",
    "params.p{0} IS NOT NULL",
)
ATTRIBUTES = (
    "status = 'FINISHED'",
    "start_time >= 17{0:011}",
    "run_id IN ('r{0}', 'r{0}a')",
    "attributes.run_name LIKE 'n%{0}'",
)
FAULTS = {
    "a number for a param": "params.p{0} = {0}",
    "a text for a metric": "metrics.m{0} > '{0}'",
    "an unknown prefix": "metric_.m{0} > 1",
    "an unknown attribute": "attr{0} = 'x'",
    "an operator that params lack": "params.p{0} > 'x'",
    "an operator that MLflow lacks": "params.p{0} == 'x'",
    "no value": "metrics.m{0} >",
    "an open quote": "params.p{0} = 'v{0}",
    "OR": "metrics.m{0} > 1 OR metrics.n{0} > 2",
    "parentheses": "(metrics.m{0} > 1)",
}


class Line(NamedTuple):
    """What was measured of filters of one kind: microseconds of MLflow's, and our share of it."""

    name: str
    mlflow: float
    ratio: float
    goal: float


def lines() -> Iterator[Line]:
    """Measure valid filters, then broken ones."""
    numbers = count(100)
    for size, rounds in SIZES.items():
        yield in_turns(f"{size} clauses", partial(valid, size, numbers), rounds, 0.18)
    faults = cycle(FAULTS.values())
    for size, rounds in SIZES.items():
        make = partial(broken, faults, size, numbers)
        yield in_turns(f"{size} clauses, one of them broken", make, rounds, 0.5)


def valid(size: int, numbers: Iterator[int]) -> str:
    """Return a filter of so many clauses with keys of their own; one in five is on an attribute, if few."""
    written = []
    for place in range(size):
        number = next(numbers)
        forms = ATTRIBUTES if place % 5 == 4 and place < 20 else CLAUSES
        form = forms[place // 5 % len(forms)] if forms is ATTRIBUTES else forms[number % len(forms)]
        written.append(form.format(number, number % 90 + 1))
    return " AND ".join(written)


def broken(faults: Iterator[str], size: int, numbers: Iterator[int]) -> str:
    """Return the same with the next fault in its last clause."""
    number = next(numbers)
    good = [valid(size - 1, numbers)] if size > 1 else []
    return " AND ".join([*good, next(faults).format(number)])


def in_turns(name: str, make: Callable[[], str], rounds: int, goal: float) -> Line:
    """Give each new text to both, in turn; the ratio is the median of the rounds' ratios."""
    theirs, ratios = [], []
    for turn in range(rounds + 3):
        text = make()
        # Who comes first changes, since the second finds the text in the processor's cache.
        first, second = (parse, mlq.check) if turn % 2 else (mlq.check, parse)
        taken = {function: seconds(function, text) for function in (first, second)}
        if turn >= 3:  # The first rounds pay for what is loaded once.
            theirs.append(taken[parse] * 1e6)
            ratios.append(taken[mlq.check] / taken[parse])
    return Line(name, median(theirs), median(ratios), goal)


def parse(text: str) -> None:
    """Have MLflow parse a filter."""
    with suppress(MlflowException):
        SearchUtils.parse_search_filter(text)


def seconds(function: Callable[[str], object], text: str) -> float:
    """Return how long the processor works on a call: on a busy machine the clock tells of others too."""
    began = process_time()
    function(text)
    return process_time() - began


def growth() -> tuple[float, float]:
    """Return the time of a clause among 400 that run, and 1,000 that are refused, over that of one of 50."""
    numbers = count(100)
    return _growth("attributes.user_id != 'u{0}'", 400, numbers), _growth(CLAUSES[0], 1000, numbers)


def _growth(form: str, size: int, numbers: Iterator[int]) -> float:
    """Return how much longer a clause takes among so many, measured in turns with one among 50."""

    def among(size: int) -> float:
        return seconds(mlq.check, " AND ".join(form.format(next(numbers)) for _ in range(size))) / size

    among(50)
    return median(among(size) / median(among(50) for _ in range(5)) for _ in range(9))
