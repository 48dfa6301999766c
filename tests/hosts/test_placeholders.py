"""In documents, what tells readers to put a filter of their own there is no mistake."""

from __future__ import annotations

import pytest
from mlq.hosts import explain
from support.hosts import texts

PLACEHOLDERS = [
    "YOUR_FILTER_STRING",
    "FILTER",
    "<your filter>",
    "<filter-string>",
    "[your filter]",
    "{filter}",
    "your filter here",
    "your-filter",
    "filter_string",
    "...",
    "\u2026",
    "metrics.<name> > 0.5",
    "<key> = 'x'",
    "tags.team = '<team>' AND ...",
]
FILTERS = [
    "params.lr = 0.1",
    "tags.team = '<team>'",
    "tags.team = '...'",
    "metrics.a <b AND metrics.c> 1",
    "status = FINISHED",
    "filter = 'x'",
    "metrics.a",
]
CALL = 'mlflow.search_runs(filter_string="FILTER!")'


@pytest.mark.parametrize("text", PLACEHOLDERS)
def test_a_placeholder_in_a_document_is_silent_and_said_to_be_one(text: str) -> None:
    document = f"# How to\n```python\n{CALL.replace('FILTER!', text)}\n```\n"

    assert texts(document, path="a.md") == []
    assert explain(document, "markdown", 3) == (
        f"Not checked: `{text}` tells readers to put a filter of their own there.",
    )


@pytest.mark.parametrize("text", FILTERS)
def test_a_filter_in_a_document_is_checked(text: str) -> None:
    assert texts(f"```python\n{CALL.replace('FILTER!', text)}\n```\n", path="a.md") == [text]


@pytest.mark.parametrize("text", [*PLACEHOLDERS, *FILTERS])
def test_in_code_every_text_is_checked(text: str) -> None:
    assert texts(CALL.replace("FILTER!", text)) == [text]


def test_docstrings_and_restructuredtext_are_documents_too() -> None:
    call = "mlflow.search_runs(filter_string='...')"

    assert texts(f'def f():\n    """Find.\n\n    >>> {call}\n    """\n') == []
    assert texts(f".. code-block:: python\n\n   {call}\n", path="a.rst") == []
