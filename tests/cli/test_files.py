"""Which files are read, and what is said of those that cannot be."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from mlq.cli.configured import Configured
from mlq.cli.files import UncheckableError, read_file
from mlq.cli.overrides import Overrides
from mlq.cli.walk import walk
from mlq.hosts.languages import SUFFIXES
from support import cli

if TYPE_CHECKING:
    from pathlib import Path

BAD = 'import mlflow\nmlflow.search_runs(filter_string="params.batch_size = 32")\n'


def _make(root: Path, **texts: str) -> None:
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def _walked(root: Path) -> list[str]:
    def refuse(path: str, why: str) -> None:
        raise AssertionError(f"{path}: {why}")

    configured = Configured(Overrides(), refuse)
    return [os.path.relpath(path, root) for path in walk(str(root), configured, refuse)]


def test_a_folder_is_searched_for_what_may_hold_filters(tmp_path: Path) -> None:
    _make(tmp_path, **{"a.py": "", "b.pyi": "", "c/d.mlq": "", "c/e.txt": "", "README.MD": "", "f.pyw": ""})

    assert _walked(tmp_path) == ["README.MD", "a.py", "b.pyi", "c/d.mlq", "f.pyw"]


def test_hidden_folders_and_what_tools_made_are_left_out(tmp_path: Path) -> None:
    _make(
        tmp_path,
        **{
            ".tox/a.py": "",
            ".hidden.py": "",
            "__pycache__/a.py": "",
            "node_modules/x/a.py": "",
            "mlruns/0/a.py": "",
            "our-env/pyvenv.cfg": "",
            "our-env/lib/a.py": "",
            "conda/conda-meta/history": "",
            "conda/a.py": "",
            "environment/a.py": "",
        },
    )

    assert _walked(tmp_path) == ["environment/a.py"]


def test_what_git_ignores_is_left_out(tmp_path: Path) -> None:
    _make(
        tmp_path,
        **{
            ".gitignore": "build/\n*_pb2.py\n!kept_pb2.py\n/only_here.py\n",
            "build/a.py": "",
            "a_pb2.py": "",
            "kept_pb2.py": "",
            "only_here.py": "",
            "src/only_here.py": "",
            "src/.gitignore": "local.py\n!b_pb2.py\n",
            "src/local.py": "",
            "src/b_pb2.py": "",
            "local.py": "",
        },
    )

    assert _walked(tmp_path) == ["kept_pb2.py", "local.py", "src/b_pb2.py", "src/only_here.py"]


def test_ignore_files_above_the_folder_count_up_to_the_top_of_the_repository(tmp_path: Path) -> None:
    _make(
        tmp_path,
        **{
            ".gitignore": "everything_outside.py\n",
            "repo/.git/info/exclude": "mine.py\n",
            "repo/.gitignore": "/src/generated/\n",
            "repo/src/generated/a.py": "",
            "repo/src/mine.py": "",
            "repo/src/everything_outside.py": "",
        },
    )

    assert _walked(tmp_path / "repo/src") == ["everything_outside.py"]
    assert _walked(tmp_path / "repo/src/generated") == ["a.py"], "named by the person, so it is wanted"


def test_links_are_followed_to_files_and_not_to_folders(tmp_path: Path) -> None:
    _make(tmp_path, **{"real/a.py": ""})
    (tmp_path / "linked").symlink_to(tmp_path)
    (tmp_path / "b.py").symlink_to(tmp_path / "real/a.py")
    (tmp_path / "broken.py").symlink_to(tmp_path / "nowhere")

    assert _walked(tmp_path) == ["b.py", "real/a.py"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"x = '\0'\n", "is a binary file"),
        ("x = 1\n".encode("utf-16"), "is UTF-16; save it as UTF-8"),
        (b"x = 1\ny = 2\nz = '\xe9'\n", "line 3 is not UTF-8; save the file as UTF-8"),
        (b"x = '\xe9'\n", "line 1 is not UTF-8; save the file as UTF-8"),
        (b"# coding: ascii\nx = '\xe9'\n", "line 2 is not ASCII; save the file as UTF-8"),
        (b"# coding: klingon\n", "unknown encoding: klingon; save it as UTF-8"),
        (b"# coding: rot13\n", "declares an encoding that is none for text; save it as UTF-8"),
        (b"\xef\xbb\xbf# coding: latin-1\n", "encoding problem: utf-8; save it as UTF-8"),
        (b"search_runs" + b"#" * 10_000_000, "longer than 10 MB, the most that is read"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(data)

    with pytest.raises(UncheckableError) as refused:
        read_file(str(path))
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("x = 'é'\r\n".encode(), "x = 'é'\r\n"),
        ("# -*- coding: latin-1 -*-\nx = 'é'\n".encode("latin-1"), "# -*- coding: latin-1 -*-\nx = 'é'\n"),
        ("#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n€".encode("cp1252"), None),
        (b"\xef\xbb\xbfx = 1\n", "x = 1\n"),
        (b"", ""),
    ],
)
def test_text_is_read_as_python_reads_it(tmp_path: Path, data: bytes, text: str | None) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(data)

    assert read_file(str(path)).text == (text or data.decode("cp1252"))


def test_a_query_file_is_utf_8_whatever_its_first_comment_says(tmp_path: Path) -> None:
    path = tmp_path / "a.mlq"
    path.write_text("# coding: latin-1\nparams.a = 'é'", encoding="utf-8")

    source = read_file(str(path))
    assert (source.language, source.text[-2]) == ("mlq", "é")


def test_each_file_that_cannot_be_read_has_its_line_and_the_others_are_checked(tmp_path: Path) -> None:
    _make(tmp_path, **{"bad.py": BAD})
    (tmp_path / "binary.py").write_bytes(b"\0")
    (tmp_path / "latin.py").write_bytes(b"'\xe9'")

    result = cli.check("binary.py", "gone.py", "notes.txt", "latin.py", "bad.py", cwd=tmp_path)

    assert result.status == 2
    assert result.err.splitlines()[:4] == [
        "mlq-check: binary.py: is a binary file",
        "mlq-check: gone.py: no such file or folder",
        f"mlq-check: notes.txt: filters are not looked for in .txt files, only in {', '.join(SUFFIXES)}",
        "mlq-check: latin.py: line 1 is not UTF-8; save the file as UTF-8",
    ]
    assert "bad.py:2:" in result.out


def test_a_document_that_cannot_be_read_counts_only_where_it_may_hold_a_filter(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"caf\xe9")
    (tmp_path / "b.md").write_bytes(b"caf\xe9 mlflow.search_runs()")

    assert read_file(str(tmp_path / "a.md")).text == ""
    with pytest.raises(UncheckableError, match="line 1 is not UTF-8"):
        read_file(str(tmp_path / "b.md"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_what_may_not_be_read_is_said(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    _make(tmp_path, **{"a.py": "", "closed/b.py": ""})
    (tmp_path / "a.py").chmod(0)
    (tmp_path / "closed").chmod(0)

    result = cli.check(".", cwd=tmp_path)
    (tmp_path / "closed").chmod(0o700)

    assert result.status == 2
    assert "mlq-check: a.py: permission denied" in result.err
    assert "mlq-check: closed: permission denied" in result.err


def test_links_that_lead_in_a_circle_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.py").symlink_to("a.py")

    result = cli.check("a.py", cwd=tmp_path)

    assert result.status == 2
    assert result.err.startswith("mlq-check: a.py: too many levels of symbolic links\n")


def test_a_file_that_is_named_twice_is_checked_once(tmp_path: Path) -> None:
    _make(tmp_path, **{"bad.py": BAD})

    once = cli.check("bad.py", "--output-format", "json", cwd=tmp_path)
    twice = cli.check("bad.py", ".", tmp_path / "bad.py", "--output-format", "json", cwd=tmp_path)

    assert twice.json == once.json


@pytest.mark.skipif(os.name == "nt", reason="there a file has no permission to run")
def test_a_script_without_a_suffix_is_read_as_its_first_line_says(tmp_path: Path) -> None:
    _make(
        tmp_path,
        deploy="#!/usr/bin/env bash\n",
        tool="#!/usr/bin/env -S uv run --script\n",
        other="#!/usr/bin/perl\n",
        LICENSE="",
        closed="#!/bin/sh\n",
    )
    for name in ("deploy", "tool", "other", "LICENSE"):
        (tmp_path / name).chmod(0o755)

    assert _walked(tmp_path) == ["deploy", "tool"]
    languages = {path.name: read_file(str(path)).language for path in tmp_path.iterdir()}
    assert languages == {
        "deploy": "shellscript",
        "tool": "python",
        "other": "python",
        "LICENSE": "python",
        "closed": "shellscript",
    }
