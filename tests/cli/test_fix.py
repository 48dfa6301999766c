"""`--fix` and `--diff` on real files: what changes, what stays, and what is said."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from typing import TYPE_CHECKING

import pytest
from mlq.cli.files import read_file
from mlq.cli.rewrite import rewrite

if TYPE_CHECKING:
    from pathlib import Path

    from support.cli import Here

BAD = """\
import mlflow

mlflow.search_runs(filter_string="params.a = 32 AND metrics.val-acc > '0.9'")
mlflow.search_runs(filter_string="status = 'Completed'")
mlflow.search_runs(filter_string="metrics.a > 1 OR metrics.b > 2")
"""
GOOD = (
    BAD.replace("= 32", "= '32'")
    .replace("val-acc", "`val-acc`")
    .replace("'0.9'", "0.9")
    .replace("Completed", "FINISHED")
)


def test_what_can_be_mended_is_and_the_rest_is_reported(here: Here) -> None:
    path = here.folder / "a.py"
    path.write_text(BAD)

    result = here.check("--fix", "--output-format", "concise")

    assert path.read_text() == GOOD
    assert result.status == 1
    assert [line.partition(" MLflow")[0] for line in result.out.splitlines()] == ["a.py:5:49: error[MLQ101]"]
    assert result.err == "Fixed 3 errors, 1 warning in 1 file\n3 filters in 1 file: 1 error\n"


def test_a_second_run_changes_nothing(here: Here) -> None:
    path = here.folder / "a.py"
    path.write_text(BAD)
    here.check("--fix")
    before = (path.stat().st_mtime_ns, path.stat().st_ino)

    result = here.check("--fix")

    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before, "not even written anew"
    assert result.err == "3 filters in 1 file: 1 error\n"


def test_a_diff_changes_nothing_and_says_what_would(here: Here) -> None:
    path = here.folder / "a.py"
    path.write_text(BAD)

    for arguments in (["--diff"], ["--fix", "--diff"]):
        result = here.check(*arguments, "--output-format", "concise")

        assert path.read_text() == BAD
        assert result.status == 1
        assert "a.py:5:49: error[MLQ101]" in result.err, "what stays is not lost"
        assert "Would fix 3 errors, 1 warning in 1 file\n" in result.err
        patched = subprocess.run(["patch", "-o", "-", "a.py"], input=result.out.encode(), capture_output=True,
                                 cwd=here.folder, check=True)  # fmt: skip
        assert patched.stdout.decode() == GOOD


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
@pytest.mark.parametrize(
    "data",
    [
        BAD.encode(),
        BAD.replace("\n", "\r\n").encode(),
        BAD.rstrip().encode(),
        ("# coding: latin-1\n# é\n" + BAD).encode("latin-1"),
        b"\xef\xbb\xbf" + BAD.encode(),
    ],
    ids=["plain", "CRLF", "no line end", "Latin-1", "byte order mark"],
)
def test_a_diff_is_a_patch_that_git_takes(here: Here, data: bytes) -> None:
    (here.folder / "a.py").write_bytes(data)
    patch = here.check("--diff").out.encode("utf-8", "surrogateescape")
    here.check("--fix")
    mended = (here.folder / "a.py").read_bytes()
    (here.folder / "a.py").write_bytes(data)

    subprocess.run(["git", "apply", "-p0", "-"], input=patch, cwd=here.folder, check=True)

    assert (here.folder / "a.py").read_bytes() == mended


def test_a_diff_of_what_is_right_is_empty(here: Here) -> None:
    (here.folder / "a.py").write_text("import mlflow\nmlflow.search_runs(filter_string='metrics.a > 1')\n")

    result = here.check("--diff")

    assert (result.status, result.out) == (0, "")
    assert result.err == "1 filter in 1 file: nothing to complain about\n"


CALL = 'mlflow.search_runs(filter_string="params.a = 32")'
MENDED = CALL.replace("32", "'32'")


@pytest.mark.parametrize(
    "data",
    [
        b"import mlflow\r\n" + CALL.encode() + b"\r\nx = '\\r\\n'\r\n",
        b"import mlflow\r" + CALL.encode() + b"\r",
        b"import mlflow\n\r\n" + CALL.encode() + b"\r# mixed\n",
        b"import mlflow\n" + CALL.encode(),
        b"\xef\xbb\xbfimport mlflow\n" + CALL.encode() + b"\n",
        b"\xef\xbb\xbf# coding: utf-8\nimport mlflow\n" + CALL.encode() + b"\n",
        b"# -*- coding: latin-1 -*-\nimport mlflow # \xe9\xff\n" + CALL.encode() + b"\n",
        b"#!/usr/bin/env python\n# vim: set fileencoding=cp1252 :\nimport mlflow # \x80\n" + CALL.encode(),
        "# coding: shift_jis\nimport mlflow # 漢字\n".encode("shift_jis") + CALL.encode(),
        "import mlflow # 漢😀\u2028\x85\x0c\n\x0c".encode() + CALL.encode() + b"  \t \n\n\n",
        b"import mlflow\n%matplotlib inline\n" + CALL.encode() + b"\ndef broken(:\n",
    ],
)
def test_the_rest_of_the_file_stays_byte_for_byte(here: Here, data: bytes) -> None:
    path = here.folder / "a.py"
    path.write_bytes(data)

    result = here.check("--fix")

    assert (result.status, result.err[:5]) == (0, "Fixed"), result.err
    assert path.read_bytes() == data.replace(CALL.encode(), MENDED.encode())


def test_an_encoding_that_does_not_give_back_the_same_bytes_is_left_alone(here: Here) -> None:
    path = here.folder / "a.py"
    # Two sequences of escapes say the same; written anew, one would get lost.
    data = b"# coding: iso-2022-jp\nimport mlflow # \x1b$B4A\x1b(B\x1b$B;z\x1b(B\n" + CALL.encode()
    path.write_bytes(data)

    result = here.check("--fix")

    assert (result.status, path.read_bytes()) == (2, data)
    assert "a.py: cannot be written again as it is in iso-2022-jp, so it was not fixed" in result.err


def test_mode_and_links_are_kept(here: Here) -> None:
    real = here.folder / "real.py"
    real.write_text(BAD)
    real.chmod(0o754)
    (here.folder / "linked.py").symlink_to("real.py")

    here.check("linked.py", "--fix")

    assert (here.folder / "linked.py").is_symlink()
    assert (real.read_text(), stat.S_IMODE(real.stat().st_mode)) == (GOOD, 0o754)
    assert sorted(path.name for path in here.folder.iterdir()) == ["linked.py", "real.py"], (
        "nothing is left behind"
    )


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_is_kept(here: Here) -> None:
    path = here.folder / "a.py"
    path.write_text(BAD)
    os.chown(path, 1234, 1235)

    here.check("--fix")

    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 1235)


def test_a_file_that_may_not_be_written_is_said_and_the_others_are_mended(here: Here) -> None:
    for name in ("a.py", "b.py"):
        (here.folder / name).write_text(BAD)
    (here.folder / "a.py").chmod(0o444)

    result = here.check("--fix")

    assert result.status == 2
    assert result.err.startswith("mlq check: a.py: is read-only, so it was not fixed\n")
    assert "a.py:3:" in result.out, "its findings are still there"
    assert [(here.folder / name).read_text() for name in ("a.py", "b.py")] == [BAD, GOOD]


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("x = 1\n")
    source = read_file(str(path))
    path.write_text("x = 2\n")

    with pytest.raises(Exception, match="has changed meanwhile"):
        rewrite(source, source)
    assert path.read_text() == "x = 2\n"


def test_standard_input_comes_out_mended(here: Here) -> None:
    data = BAD.replace("\n", "\r\n").encode("utf-8-sig")

    result = here.check("--fix", "-", "--output-format", "concise", stdin=data)

    assert result.out.encode() == GOOD.replace("\n", "\r\n").encode("utf-8-sig")
    assert result.err.startswith("<stdin>:5:49: error[MLQ101]")
    assert result.status == 1


def test_standard_input_comes_out_also_where_nothing_is_to_mend(here: Here) -> None:
    (here.folder / "mlq.toml").write_text('exclude = ["old.py"]\nforce-exclude = true\n')

    for name in ("new.py", "old.py", "notes.md"):
        assert here.check("--fix", "-", "--stdin-filename", name, stdin=b"x = 1\r").out == "x = 1\r"
    assert here.check("--fix", "-", "--stdin-filename", "old.py", stdin=BAD.encode()).out == BAD


def test_a_name_for_standard_input_is_no_file_to_write(here: Here) -> None:
    (here.folder / "a.py").write_text(BAD)

    here.check("--fix", "-", "--stdin-filename", "a.py", stdin=BAD.encode())

    assert (here.folder / "a.py").read_text() == BAD


def test_what_may_change_the_meaning_is_left_to_people(here: Here) -> None:
    path = here.folder / "a.mlq"
    path.write_text("tags.user = 'ada'")

    careful = here.check("--fix")
    assert path.read_text() == "tags.user = 'ada'"
    assert "Fixed" not in careful.err

    bold = here.check("--fix", "--unsafe-fixes")
    assert path.read_text() == "tags.mlflow.user = 'ada'"
    assert bold.err == "Fixed 1 note in 1 file\n1 filter in 1 file: nothing to complain about\n"


def test_a_literal_that_several_searches_share_is_left_to_people(here: Here) -> None:
    path = here.folder / "a.py"
    text = """\
import mlflow
BASE = "params.a = 3"
mlflow.search_runs([], BASE + " and metrics.b > 1")
mlflow.search_runs([], BASE + " and metrics.c == 1")
"""
    path.write_text(text)

    result = here.check("--fix")

    assert path.read_text() == text.replace("==", "=")
    assert result.err.startswith("Fixed 1 error in 1 file\n2 filters in 1 file: 2 errors\n")


def test_a_fix_that_leaves_something_worse_is_not_made(here: Here) -> None:
    path = here.folder / "a.mlq"
    path.write_text("status LIKE 'done'")  # with = it would be a status that no run has

    assert "Fixed" not in here.check("--fix").err
    assert path.read_text() == "status LIKE 'done'"


def test_only_what_is_reported_is_mended(here: Here) -> None:
    path = here.folder / "a.py"
    path.write_text(BAD)

    here.check("--fix", "--ignore", "MLQ401,MLQ404")

    assert path.read_text() == BAD.replace("val-acc", "`val-acc`").replace("Completed", "FINISHED")


def test_a_document_is_mended_in_place(here: Here) -> None:
    path = here.folder / "a.md"
    document = f"# Title\r\n\r\n> ```python\r\n> import mlflow\r\n> {CALL}\r\n> ```\r\n"
    path.write_bytes(document.encode())

    assert here.check("--fix").status == 0
    assert path.read_bytes() == document.replace(CALL, MENDED).encode()
