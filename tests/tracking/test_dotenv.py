"""Reading `.env`: python-dotenv itself, which MLflow brings along, is the judge."""

from __future__ import annotations

import os
from io import StringIO
from typing import TYPE_CHECKING

import dotenv
import pytest
from mlq.tracking.dotenv import nearest, parse

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {
    "plain": "A=http://h:5000\nB=2\n",
    "blanks and export": "  export A = x y \nB=\texport\n",
    "comments": "# A=1\nA=1 # one\nB=a#b\nC=#d\nD= # e\n",
    "single quotes": "A='a # b'  # c\nB='it\\'s \\\\ \\n'\n",
    "double quotes": 'A="a # b"\nB="say \\"x\\"\\tand\\nmore \\q"\n',
    "over lines": "A='one\ntwo'\nB=\"three\nfour\"\nC=5\n",
    "variables": "HOST=h\nA=http://${HOST}:5000\nB=${NONE:-http://d}\nC=${NONE}\nD='${HOST}'\nE=$HOST\n",
    "the environment comes first": "MLQ_TEST_HOST=file\nA=${MLQ_TEST_HOST}\n",
    "a name in quotes": "'A'=1\n",
    "the last one counts": "A=1\nA=2\n",
    "line ends of Windows": "A=1\r\nB='2'\r\n",
    "no value": "A\nB=\nC=''\n",
    "no end": "A=1",
    "broken lines": 'A=\'x\nB=2\n=3\nC="4" 5\nD=6\n',
    "an equals sign": "A=sqlite:///x.db?a=b\n",
    "nothing": "",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_variables_are_those_of_python_dotenv(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLQ_TEST_HOST", "environment")
    theirs = dotenv.main.DotEnv(None, stream=StringIO(text), override=False).dict()
    ours = parse(text, os.environ)
    assert dict(ours) == {name: value for name, value in theirs.items() if value is not None}


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / ".env").write_text("A=outer\n", encoding="utf-8-sig")
    assert nearest([inner, tmp_path]) == "A=outer\n"
    (inner / ".env").write_text("A=inner\n", encoding="utf-8")
    assert nearest([inner, tmp_path]) == "A=inner\n"
    assert nearest([tmp_path / "no such"]) == ""
