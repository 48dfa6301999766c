"""Each refusal quotes MLflow: the recorded message, word for word, but for the order in which sets print."""

from __future__ import annotations

import re

from mlq.ide.check import check
from mlq_grammar.dialect import NEWEST
from support.cases import recorded

_SAYS = re.compile(r"MLflow (?:says|refuses this): (.*)")
_EVERY = 7  # of the recorded cases, so that the test stays short


def test_nine_of_ten_refusals_quote_mlflows_own_sentence() -> None:
    cases = [case for case in recorded("cases") if case.mlflow == NEWEST and not case.ok][::_EVERY]
    same = [_plain(case.error or "") == _plain(_quoted(case.filter, case.entity)) for case in cases]

    assert len(cases) > 1000
    assert sum(same) / len(same) >= 0.9


def _quoted(text: str, entity: str) -> str:
    messages = [finding.message for finding in check(text, entity=entity) if finding.severity == "error"]
    found = [match[1] for message in messages if (match := _SAYS.search(message))]
    assert len(found) >= 1, text
    return found[0]


def _plain(message: str) -> str:
    """Leave out the error's type, what the recording cut off, and the order of a set's members."""
    sentence = re.sub(r"^\w+: ", "", message)[:300]
    return re.sub(r"\{[^}]*\}", lambda match: "".join(sorted(match[0])), sentence)
