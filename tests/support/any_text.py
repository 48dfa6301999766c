"""Any text, asked of any search in any version: what hypothesis tries, and what must hold of the answer."""

from __future__ import annotations

import time

from hypothesis import strategies as st
from mlq.crashes import heard_by
from mlq.findings import apply
from mlq.rules.engine import findings
from mlq_grammar.dialect import ENTITIES, Dialect, load
from mlq_grammar.releases import RELEASES
from mlq_grammar.sqlparse import RELEASES as RELEASES_OF_SQLPARSE
from mlq_grammar.verdict import judge
from mlq_grammar.words import WORDS
from support.filter_pieces import COMPARATORS, KEYS, PREFIXES, SPACED_VALUES, SPACES, VALUES, WORD_COMPARATORS

MOST_SECONDS = 5.0
"""Far more than any of these texts takes, on a machine that has other things to do."""

PIECES = """metrics.a metrics.a-b metrics.`a b` params.c tags.d status run_id dataset.name created model.e
= != == > <= LIKE ilike IN not in IS NULL is not null BETWEEN ~ CONTAINS
'x' "y" 'it's' 'open `z` “w” 5 0.9 1e+5 10_000 x NULL ('a') ('a', 5) [1] () f(x) 1 + 1
AND and OR NOT ( ) ; , && -- # /* */ WHERE LIMIT ORDER BY DESC AS :: . *"""

_ODD = [*KEYS, *COMPARATORS, *WORD_COMPARATORS, *VALUES, *SPACED_VALUES, *PREFIXES, *SPACES]
_WORDS = [*PIECES.split(), "AND", "AND", "OR"]

anything = st.text(max_size=60)
pieces = st.lists(st.sampled_from(_WORDS), max_size=14).map(" ".join)
clauses = st.builds("{} {} {}".format, *(st.sampled_from(line.split()) for line in PIECES.splitlines()[:3]))
joined = st.lists(clauses, max_size=4).map(" AND ".join)
odd = st.lists(st.sampled_from([*_ODD, *sorted(WORDS), *_WORDS]) | st.characters(), max_size=10).map("".join)
spread = st.lists(st.sampled_from([*_ODD, *_WORDS]), max_size=8).map(" ".join)
repeated = st.builds(
    lambda piece, count, end: piece * count + end,
    st.sampled_from([*_ODD, "(", "'", "`", "AND ", "a.b=", "IN (", ",", "--", "/*", "NOT ", "\\'"]),
    st.integers(1, 40),
    st.sampled_from(["", "'", ")", "x"]),
)
SHAPES = {"anything": anything, "pieces": pieces, "clauses": joined, "odd": odd, "spread": spread}
SHAPES |= {"repeated": repeated}

dialects = st.builds(
    load,
    st.sampled_from(["runs", "runs", *ENTITIES]),
    st.sampled_from([None, None, *RELEASES]),
    st.sampled_from([None, None, *RELEASES_OF_SQLPARSE]),
)


def is_answered(text: str, dialect: Dialect) -> None:
    """Assert that an error is reported exactly where MLflow refuses, in place, soon and without a crash."""
    started = time.process_time()
    with heard_by(_raise):
        found = findings(text, dialect)
    assert time.process_time() - started < MOST_SECONDS
    if dialect.exists:
        assert any(finding.severity == "error" for finding in found) == (not judge(text, dialect).ok)
    for finding in found:
        assert 0 <= finding.start <= finding.end <= len(text)
        for fix in finding.fixes:
            apply(fix.edits, text)


def _raise(_: str, error: Exception) -> None:
    raise error
