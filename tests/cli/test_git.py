"""`--since` and `--staged`: only what git says has changed."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from support.cli import Here, Result

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")

BAD = "params.a = 32"
GOOD = "params.a = '32'"


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(here: Here) -> Here:
    """A repository with one commit on `main`, in which every file is bad, and a branch with another."""
    (here.folder / "src").mkdir()
    for name in ("old.mlq", "src/touched.mlq", "src/é \n.mlq"):
        (here.folder / name).write_text(BAD)
    (here.folder / ".gitignore").write_text("ignored.mlq\n")
    git(here.folder, "init", "-q", "-b", "main")
    git(here.folder, "add", ".")
    git(here.folder, "commit", "-qm", "first")
    git(here.folder, "checkout", "-qb", "feature")
    (here.folder / "src/touched.mlq").write_text(BAD + " ")
    (here.folder / "src/é \n.mlq").write_text(BAD + " ")
    git(here.folder, "commit", "-qam", "second")
    return here


def paths(result: Result) -> list[str]:
    return [finding["path"] for finding in result.json]


def since(here: Here, *arguments: str) -> list[str]:
    return paths(here.check("--output-format", "json", "--since", *arguments))


def test_since_takes_what_the_branch_changed(repository: Here) -> None:
    assert since(repository, "main") == ["src/touched.mlq", "src/é \n.mlq"]
    assert since(repository, "HEAD") == []
    assert since(repository, "main", "src/touched.mlq", "old.mlq") == ["src/touched.mlq"]


def test_since_takes_what_is_not_committed_yet(repository: Here) -> None:
    (repository.folder / "old.mlq").write_text(BAD + "  ")
    (repository.folder / "new.mlq").write_text(BAD)
    (repository.folder / "ignored.mlq").write_text(BAD)

    assert since(repository, "HEAD") == ["new.mlq", "old.mlq"]


def test_what_the_other_branch_got_since_is_not_ours(repository: Here) -> None:
    git(repository.folder, "checkout", "-q", "main")
    (repository.folder / "old.mlq").write_text(GOOD)
    git(repository.folder, "commit", "-qam", "third")
    git(repository.folder, "checkout", "-q", "feature")

    assert since(repository, "main") == ["src/touched.mlq", "src/é \n.mlq"]


def test_paths_within_the_repository_are_what_people_call_them(repository: Here) -> None:
    inside = type(repository)(repository.folder / "src", repository.patch, repository.capture)

    assert since(inside, "main") == ["touched.mlq", "é \n.mlq"]
    assert since(inside, "main", str(repository.folder)) == [
        str(repository.folder / "src/touched.mlq"),
        str(repository.folder / "src/é \n.mlq"),
    ]


def test_fixes_go_to_changed_files_alone(repository: Here) -> None:
    repository.check("--since", "main", "--fix")

    assert (repository.folder / "src/touched.mlq").read_text() == GOOD + " "
    assert (repository.folder / "old.mlq").read_text() == BAD


def test_staged_takes_what_will_be_committed(repository: Here) -> None:
    (repository.folder / "old.mlq").write_text(BAD + " ")
    (repository.folder / "new.mlq").write_text(BAD)
    git(repository.folder, "add", "old.mlq", "new.mlq")
    (repository.folder / "old.mlq").write_text(GOOD)
    (repository.folder / "src/touched.mlq").write_text(BAD + "   ")

    result = repository.check("--staged", "--output-format", "json")

    assert paths(result) == ["new.mlq", "old.mlq"]
    git(repository.folder, "add", "old.mlq")
    assert paths(repository.check("--staged", "--output-format", "json")) == ["new.mlq"]


def test_staged_before_the_first_commit(here: Here) -> None:
    git(here.folder, "init", "-q")
    (here.folder / "a.mlq").write_text(BAD)
    assert here.check("--staged").status == 0
    git(here.folder, "add", "a.mlq")
    assert here.check("--staged").status == 1


def test_what_git_cannot_answer_is_one_line(
    repository: Here, tmp_path_factory: pytest.TempPathFactory
) -> None:
    unknown = repository.check("--since", "nowhere")
    option = repository.check("--since=--all")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "a.mlq").write_text(BAD)
    outside = repository.check("--staged", str(elsewhere))

    assert (unknown.status, unknown.out) == (2, "")
    assert unknown.err == "mlq check: .: git knows no commit 'nowhere' here\n"
    assert option.err == "mlq check: .: git knows no commit '--all' here\n"
    assert outside.status == 2
    assert "not a git repository" in outside.err


def test_a_machine_without_git_is_told_so(repository: Here) -> None:
    with repository.patch.context() as patched:
        patched.setenv("PATH", "")
        result = repository.check("--since", "main")

    assert result.err == "mlq check: .: git is not installed\n"
