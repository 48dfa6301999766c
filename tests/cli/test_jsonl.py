"""`--jsonl`: one answer a line, whatever the line is."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
from mlq_grammar.dialect import ENTITIES
from support import cli


def _ask(*questions: Any) -> cli.Result:
    lines = [question if isinstance(question, str) else json.dumps(question) for question in questions]
    return cli.check("--jsonl", stdin="".join(f"{line}\n" for line in lines))


def test_every_line_is_answered_in_order() -> None:
    result = _ask(
        {"entity": "runs", "filter": "metrics.auc > 0.9"},
        {"entity": "runs", "filter": "params.batch_size = 32"},
        {"filter": ""},
    )

    assert [answer["ok"] for answer in result.json_lines] == [True, False, True]
    assert (result.status, result.err) == (1, "")


def test_a_finding_has_offsets_into_the_filter() -> None:
    (answer,) = _ask({"entity": "runs", "filter": "params.batch_size = 32"}).json_lines

    (finding,) = answer["findings"]
    assert " ".join(finding) == "path start end code severity message entity api filter fix url"
    assert (finding["start"], finding["end"], finding["severity"]) == (20, 22, "error")
    assert finding["fix"]["edits"] == [{"start": 20, "end": 22, "text": "'32'"}]


def test_what_only_warns_is_accepted() -> None:
    result = _ask({"entity": "runs", "filter": "status = 'Completed'"})

    assert result.json_lines[0]["ok"] is True
    assert result.status == 0


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("{", "not JSON: "),
        ("[" * 100_000, "not JSON: "),
        ('"metrics.auc > 1"', 'not an object such as {"entity": "runs"'),
        ('{"entity": "run", "filter": ""}', "no such entity: 'run'; there are runs, experiments"),
        ('{"entity": ["runs"], "filter": ""}', "no such entity"),
        ('{"entity": "runs"}', "filter is missing"),
        ('{"entity": "runs", "filter": 1}', "filter is not a string"),
        ('{"entity": "runs", "order_by": "auc"}', "order_by is not a list"),
    ],
)
def test_a_broken_line_is_answered_and_makes_the_status_2(line: str, error: str) -> None:
    result = _ask(line, {"entity": "runs", "filter": "metrics.auc > 0.9"})

    broken, fine = result.json_lines
    assert (broken["ok"], broken["findings"]) == (None, [])
    assert broken["error"].startswith(error)
    assert fine == {"ok": True, "findings": []}
    assert result.status == 2
    assert result.err.startswith("mlq-check: line 1: ")


def test_bytes_that_are_no_utf_8_are_a_broken_line() -> None:
    result = cli.check("--jsonl", stdin=b'{"filter": "\xff"}\n{"filter": ""}\n')

    assert [answer["ok"] for answer in result.json_lines] == [None, True]


def test_half_a_character_is_judged_as_the_database_judges_it() -> None:
    result = cli.check("--jsonl", stdin='{"filter": "params.a = \'\\ud800\'"}\n')

    assert [answer["ok"] for answer in result.json_lines] == [False]


def test_what_has_no_verdict_is_said_and_is_no_failure() -> None:
    traces = json.dumps({"entity": "traces", "filter": "name = 'x'"})

    result = cli.check("--jsonl", "--mlflow-version", "2.5", stdin=f"{traces}\n")

    [answer] = result.json_lines
    [finding] = answer["findings"]
    assert (answer["ok"], answer["reason"]) == (None, "MLflow 2.5.0 does not search traces")
    assert finding["message"] == "The search of traces: MLflow 2.5.0 has none; since 2.13.0."
    assert result.status == 0


def test_an_order_by_list_is_judged_item_by_item() -> None:
    fine = {"entity": "runs", "order_by": ["metrics.auc DESC", "start_time"]}
    wrong = {"entity": "runs", "order_by": ["start_time", "metrics.auc DOWN"]}

    result = _ask(fine, wrong)

    accepted, refused = result.json_lines
    assert accepted == {"ok": True, "findings": []}
    (finding,) = refused["findings"]
    assert (refused["ok"], finding["index"], finding["severity"]) == (False, 1, "error")
    assert (finding["code"], "metrics.auc DOWN"[finding["start"] : finding["end"]]) == ("MLQ852", "DOWN")
    assert finding["fix"]["edits"] == [{"start": 12, "end": 16, "text": "DESC"}]
    assert result.status == 1


def test_a_search_without_order_by_says_so() -> None:
    (answer,) = _ask({"entity": "trace_metrics", "order_by": ["trace.status"]}).json_lines

    assert answer["ok"] is None
    assert answer["reason"] == "MLflow's search of trace_metrics takes no order_by"


def test_every_search_is_judged() -> None:
    result = _ask(*({"entity": entity, "filter": "no such key"} for entity in ENTITIES))

    assert [answer["ok"] for answer in result.json_lines] == [False] * len(ENTITIES)


def test_blank_lines_are_passed_over_and_no_line_is_no_answer() -> None:
    assert _ask("", '{"filter": ""}', "  ").json_lines == [{"ok": True, "findings": []}]
    assert cli.check("--jsonl").status == 0


def test_an_answer_comes_before_the_next_question() -> None:
    with subprocess.Popen(
        [cli.BIN / "mlq-check", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        for value, ok in (("32", False), ("'32'", True), ("32", False)):
            process.stdin.write(json.dumps({"entity": "runs", "filter": f"params.a = {value}"}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["ok"] is ok
        process.stdin.close()
    assert process.returncode == 1
