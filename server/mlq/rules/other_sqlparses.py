"""Beside which other sqlparse MLflow runs what it refuses beside the one that is there."""

from __future__ import annotations

import re
from itertools import pairwise

from mlq_grammar import sqlparse
from mlq_grammar.dialect import Dialect, load
from mlq_grammar.verdict import judge

from mlq.rules.version_differences import Other

# Longer ones are no search of a person's, and to judge them once for each release takes long.
_MAX_LENGTH = 5_000

# The releases that ended something, and what a text must hold to be about it; a judgement costs far more.
_ENDED = {
    "0.6.0": re.compile(r"[^\W\d_]\w*\s*\.\d"),  # `parameter.1a`
    "0.5.4": re.compile(r"(?s:.){10000}"),  # statements of more than 10,000 tokens
    "0.4.2": re.compile(r"[.\s=<>]e-?\d|\.\d+e", re.IGNORECASE),  # `.5e3`
}


def running(text: str, dialect: Dialect) -> Other | None:
    """Return the first newer sqlparse that lets MLflow run a refused text, else the last older one."""
    return _newer(text, dialect) or _older(text, dialect)


def _newer(text: str, dialect: Dialect) -> Other | None:
    if dialect.sqlparse_version == sqlparse.NEWEST or len(text) > _MAX_LENGTH:
        return None
    if not judge(text, _beside(sqlparse.NEWEST, dialect)).ok:
        return None
    newer = sqlparse.RELEASES[sqlparse.RELEASES.index(dialect.sqlparse_version) + 1 :]
    beside = (Other(_beside(release, dialect), release, is_newer=True) for release in newer)
    return next(other for other in beside if judge(text, other.dialect).ok)


def _older(text: str, dialect: Dialect) -> Other | None:
    before = {following: release for release, following in pairwise(sqlparse.RELEASES)}
    for ended, sign in _ENDED.items():
        if sqlparse.holds(dialect.sqlparse_version, since=ended) and sign.search(text):
            other = Other(_beside(before[ended], dialect), ended, is_newer=False)
            if judge(text, other.dialect).ok:
                return other
    return None


def _beside(release: str, dialect: Dialect) -> Dialect:
    return load(dialect.entity, dialect.mlflow_version, release)
