"""What `pip install` gives people is all that they need."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel of this very tree."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return zipfile.ZipFile(built)


def test_every_file_of_the_packages_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    sources = {
        path.relative_to(package.parent).as_posix()
        for package in (ROOT / "grammar/mlq_grammar", ROOT / "server/mlq")
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert {"mlq_grammar/filter.lark", "mlq_grammar/dialects/runs.toml", "mlq/py.typed"} <= sources
    assert sources <= set(wheel.namelist())


def test_the_wheel_works_by_itself(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path)
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import mlq, mlq_grammar; "
        "print([finding.code for finding in mlq.check('params.a = 1')], mlq.__file__, mlq_grammar.__file__)"
    )

    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, check=True)

    codes, ours, grammars = done.stdout.decode().rsplit(maxsplit=2)
    assert codes == "['MLQ401']"
    assert Path(ours).is_relative_to(tmp_path)
    assert Path(grammars).is_relative_to(tmp_path)
