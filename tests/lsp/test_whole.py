"""What is said of a document as a whole: settings that cannot be used, a text that is too long."""

from __future__ import annotations

import pytest
from lsprotocol import types
from mlq.hosts.python import LONGEST
from mlq.lsp import whole
from mlq.lsp.documents import Documents
from mlq.text import LineIndex, Position


def said(name: str, text: str, language: str = "toml") -> list[tuple[str, str]]:
    """Return what is said of a document, each with the text that it stands at."""
    document = Documents().open(types.TextDocumentItem(f"file:///project/{name}", language, 1, text))
    assert document
    found, lines = [], LineIndex(text)
    for each in whole.diagnostics(document):
        places = (each.range.start, each.range.end)
        start, end = (lines.offset(Position(place.line, place.character)) for place in places)
        found.append((text[start:end], each.message))
    return found


SEVERITIES = "must be error, warning, information, hint or off"
CASES = {
    "an unknown setting": (
        'ignore = []\nselct = ["MLQ4"]\n',
        [("selct", 'There is no setting "selct"; did you mean "select"?')],
    ),
    "a value of another kind": (
        "mlflow-version = 3\n",
        [("mlflow-version", '"mlflow-version" must be a string')],
    ),
    "a wrong severity": (
        '[severity]\nMLQ402 = "error"\nMLQ401 = "wrong"\n',
        [("MLQ401", f'"severity" of MLQ401 {SEVERITIES}; did you mean "warning"?')],
    ),
    "nothing": ('select = ["MLQ4"]\n', []),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_a_setting_that_cannot_be_used_is_marked(text: str, expected: list[tuple[str, str]]) -> None:
    assert said("mlq.toml", text) == expected


def test_of_pyproject_only_the_table_for_mlq_counts() -> None:
    text = '[project]\nselct = "x"\n\n[tool.mlq]\nselct = []\n'
    [(token, message)] = said("pyproject.toml", text)

    assert (token, message) == ("selct", 'There is no setting "selct"; did you mean "select"?')
    assert said("pyproject.toml", '[tool.ruff]\nselct = "x"\n') == []
    assert said("other.toml", "selct = []\n") == []


def test_what_is_no_toml_is_marked_on_its_line() -> None:
    [(token, message)] = said("mlq.toml", 'select = ["MLQ4"]\r\nignore = [\r\n')

    assert message.startswith("Is not valid TOML: ")
    assert token == "ignore = ["
    assert [token for token, _ in said("mlq.toml", "a = 1\nselect [\nb = 2\n")] == ["select ["]


def test_a_text_that_is_too_long_is_not_passed_over_in_silence() -> None:
    call = "mlflow.search_runs(filter_string='params.a = 3')\n"

    [(token, message)] = said("long.py", call + "#" * LONGEST, "python")

    assert token == call.rstrip("\n")
    assert message.startswith("Not checked: this file is longer than 2 MB")
    assert said("long.py", "#" * (LONGEST + 1), "python") == []
