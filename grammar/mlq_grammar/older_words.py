"""The words that older releases of sqlparse took for something else than the newest does."""

from __future__ import annotations

from functools import cache

from mlq_grammar.sqlparse import holds
from mlq_grammar.tokens import Kind
from mlq_grammar.words import WORDS

# Before which release a word was what: the newest releases first. `tests/oracle/make_words.py`, run beside an
# older sqlparse, shows what that one has.
_UNTIL: tuple[tuple[str, Kind, str], ...] = (
    ("0.6.0", Kind.NAME, "MATERIALIZED ROW_FORMAT"),
    ("0.5.4", Kind.NAME, "ATTACH DETACH"),
    ("0.5.2", Kind.NAME, "EXTENSION"),
    ("0.5.1", Kind.ORDER, "ASC DESC"),
    ("0.5.0", Kind.KEYWORD, "GRANT REVOKE TRUNCATE"),
    ("0.5.0", Kind.NAME, "ACCOUNT ASSERT_ROWS_MODIFIED BIGNUMERIC DEFINE ENUM GSCLUSTER HASH ISSUE LOOKUP"),
    ("0.5.0", Kind.NAME, "ORGANIZATION PIVOT PRECEDING PROTO QUALIFY REGEXP RESPECT RLIKE SAMPLE"),
    ("0.5.0", Kind.NAME, "TABLESAMPLE TRY_CAST UNPIVOT VARIANT"),
    ("0.4.3", Kind.KEYWORD, "INDITCATOR MAP TIMESTAMP"),
    ("0.4.3", Kind.NAME, "DISTINCTROW DIV STRING STRUCT"),
    ("0.4.2", Kind.NAME, "CONFLICT ELSIF ON_ERROR_STOP"),
)


@cache
def words_of(sqlparse_version: str) -> dict[str, Kind]:
    """Return the words, in capitals, that this release of sqlparse does not take for plain names."""
    words = dict(WORDS)
    for until, kind, changed in _UNTIL:
        if holds(sqlparse_version, until=until):
            words.update(dict.fromkeys(changed.split(), kind))
    return words
