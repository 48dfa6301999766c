"""MLflow's messages, however they are pasted: which sentence it is, and which rule it is about."""

from __future__ import annotations

import json

import pytest
from mlq.ide.check import Judge
from mlq.ide.explain.answer import explain
from mlq.ide.explain.causes import cause_of
from mlq.ide.explain.recognition import recognise
from mlq_grammar.dialect import load
from mlq_grammar.releases import NEWEST
from support.cases import recorded, recorded_order_by

SAID = "Expected a quoted string value for parameter (e.g. 'my-value'). Got value 32"
BODY = json.dumps({"error_code": "INVALID_PARAMETER_VALUE", "message": SAID})
IN_CODE = f"""\
Traceback (most recent call last):
  File "search_utils.py", line 9, in _get_value
    raise MlflowException("Expected a quoted string value for dataset attributes. Got value " + value)
mlflow.exceptions.MlflowException: {SAID}
"""
CHAINED = f"""\
Traceback (most recent call last):
  File "train.py", line 3, in best
mlflow.exceptions.MlflowException: {SAID}

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "train.py", line 9, in <module>
RuntimeError: no best run
"""
DRESSED = {
    "alone": SAID,
    "exception": f"mlflow.exceptions.MlflowException: {SAID}",
    "server": f"RestException: INVALID_PARAMETER_VALUE: {SAID}",
    "body": BODY,
    "request": f"API request to /api/2.0 failed with error code 400 != 200. Response body: '{BODY}'",
    "log": f"2026/11/24 10:00:00 ERROR mlflow.server: {SAID}\n2026/11/24 10:00:01 INFO next",
    "colours": f"\x1b[0;31mMlflowException\x1b[0m: {SAID}\x1b[0m",
    "repr": repr(f"MlflowException: {SAID}").replace("'my-value'", "\\'my-value\\'"),
    "object": f'MlflowException("{SAID}")',
    "json log": json.dumps({"level": "error", "exc": f"MlflowException: {SAID}"}),
    "between words": f"MlflowException: {SAID}".replace("value for", "value\n    for"),
    "at a width": f"MlflowException: {SAID}".replace("parameter", "para\nmeter"),
    "quoted": "\n".join(f"> {line}" for line in f"It says\nMlflowException: {SAID}".split("\n")),
    "group": f"  | Traceback (most recent call last):\n  | mlflow.exceptions.MlflowException: {SAID}",
    "curly": f"MlflowException: {SAID}".replace(" '", " ‘").replace("'.", "’."),
    "html": f"MlflowException: {SAID}".replace("'", "&#39;"),
    "windows": f"MlflowException: {SAID}\r\n\r\n(venv) C:\\>",
    "in code": IN_CODE,
    "chained": CHAINED,
}


@pytest.mark.parametrize("pasted", DRESSED.values(), ids=DRESSED)
def test_a_message_is_recognised_however_it_is_pasted(pasted: str) -> None:
    said = recognise(pasted)

    assert said
    assert said.names == ("quoted-for-type",)
    assert said.facts[0] == ("type", "parameter")
    assert (said.fact("value") or "").startswith("32")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "KeyError: 5",
        "ValueError: Invalid filter 'brightness'",
        "Invalid entity",
        '{"message": 5}',
        "{" * 50_000,
    ],
    ids=lambda text: text[:20],
)
def test_what_is_not_mlflows_is_not_recognised(text: str) -> None:
    assert recognise(text) is None


@pytest.mark.parametrize("text", ["KeyError: 'like'", "MlflowException: 'like'"])
def test_a_bare_name_is_a_message_behind_an_exception_only(text: str) -> None:
    said = recognise(text)

    assert said
    assert said.names == ("comparator-unknown",)
    assert recognise("'like'") is None


def test_a_message_that_breaks_off_is_known_by_its_beginning() -> None:
    said = recognise("Invalid attribute key 'lifecycle_stage' specified. Valid keys are '{'status', 'end_t…")

    assert said
    assert said.is_cut
    assert said.fact("key") == "lifecycle_stage"


_EVERY = 53  # of the recorded cases, so that the test stays short


def test_every_recorded_message_is_recognised_and_its_filter_explained() -> None:
    cases = [case for name in ("cases", "versions") for case in recorded(name) if case.ok is False][::_EVERY]
    unexplained = []
    for case in cases:
        said = recognise(case.error or "")
        assert said, case.error
        if cause_of(case.filter, said, load(case.entity, case.mlflow)) is None:
            unexplained.append(case)

    assert len(cases) > 400
    assert len(unexplained) <= len(cases) / 100, unexplained[:5]


def test_every_recorded_message_on_order_by_is_recognised() -> None:
    messages = {case.error or "" for case in recorded_order_by() if not case.ok}
    unknown = [message for message in messages if recognise(message) is None]

    assert len(messages) > 500
    assert unknown == []


ALONE = {
    SAID: "MLQ401",
    "Invalid clause(s) in filter string: 'OR'": "MLQ101",
    "Invalid entity type 'metricx'. Valid entity types are ('attribute', 'tag', 'tags')": "MLQ301",
    "Invalid attribute key 'wombat' specified. Valid keys are '{'future', 'ones'}'": "MLQ302",
    "Expected numeric value type for metric. Found 'high'": "MLQ404",
    "IS NULL / IS NOT NULL is only supported for tags and params, not for 'metric' 'auc'": "MLQ409",
    "Invalid ordering key in order_by clause 'accuracy DECS'.": "MLQ852",
}


@pytest.mark.parametrize(("message", "code"), ALONE.items())
def test_a_message_alone_leads_to_the_rule_that_it_most_likely_is_about(message: str, code: str) -> None:
    explained = explain(message, Judge(NEWEST))

    assert explained
    assert not explained.is_certain
    assert code in {finding.code for finding in explained.causes[0].findings}


def test_a_filter_that_is_given_is_what_it_was_about() -> None:
    explained = explain(SAID, Judge(NEWEST), "runs", "params.batch_size = 32")

    assert explained
    assert explained.is_certain
    assert [finding.code for finding in explained.causes[0].findings] == ["MLQ401"]


def test_an_older_mlflow_is_told_by_what_it_says() -> None:
    message = "Invalid clause(s) in filter string: 'IS', 'NULL'"
    explained = explain(message, Judge(NEWEST), "runs", "params.lr IS NULL")

    assert explained
    assert explained.is_certain is False
    message = "Invalid clause(s) in filter string: 'params.lr', 'IS', 'NULL'"
    explained = explain(message, Judge(NEWEST), "runs", "params.lr IS NULL")
    assert explained
    assert explained.is_certain
    assert explained.causes[0].mlflow_version != NEWEST


def test_a_filter_that_runs_is_not_blamed() -> None:
    explained = explain(SAID, Judge(NEWEST), "runs", "params.batch_size = '32'")

    assert explained
    assert not explained.is_certain
