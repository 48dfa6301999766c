"""Filters that stand in modules beside the file which searches with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from mlq.hosts import explain, find_regions
from mlq.hosts.modules import Module
from mlq.ide.analysis import Analysis
from mlq.ide.model import Document
from mlq.siblings import modules_of
from support.notebooks import written

FILTERS = """
BEST = "metrics.auc > 0.9"
DEPTH = 3
SHALLOW = f"params.depth = {DEPTH}"

class Queries:
    RECENT = "attributes.start_time > 5"

def of(name):
    return f"tags.team = '{name}'"

CHANGED = "a"
CHANGED = "b"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {
        "pyproject.toml": "",
        "filters.py": FILTERS,
        "package/__init__.py": "from .inner import INNER as SHOWN",
        "package/inner.py": "from filters import BEST\nINNER = BEST + ' AND metrics.f1 > 0.5'",
        "package/round.py": "from .other import Q",
        "package/other.py": "from .round import Q",
        "src/built/named.py": "NAME = \"run_name = 'x'\"",
        "package/big.py": "BIG = 'metrics.a > 1'\n" + "#" * 300_000,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def _texts(project: Path, statement: str, given: str, file: str = "search.py") -> list[str]:
    source = f"import mlflow\n{statement}\nmlflow.search_runs([], {given})\n"
    modules = modules_of(source, "python", str(project / file))
    found = find_regions(source, "python", modules)
    for region in found:
        assert source[region.start : region.end] == given
    return [region.text for region in found]


@pytest.mark.parametrize(
    ("statement", "given", "text"),
    [
        ("from filters import BEST", "BEST", "metrics.auc > 0.9"),
        ("from filters import (  # those\n    BEST as B,\n    DEPTH,\n)", "B", "metrics.auc > 0.9"),
        ("import filters", "filters.BEST", "metrics.auc > 0.9"),
        ("import filters as f", "f.Queries.RECENT", "attributes.start_time > 5"),
        ("from filters import Queries", "Queries.RECENT", "attributes.start_time > 5"),
        ("from filters import SHALLOW", "SHALLOW", "params.depth = 3"),
        ("from filters import of", "of('a')", "tags.team = '{}'"),
        ("from filters import BEST", "BEST + ' AND metrics.b > 1'", "metrics.auc > 0.9 AND metrics.b > 1"),
        ("from package import SHOWN", "SHOWN", "metrics.auc > 0.9 AND metrics.f1 > 0.5"),
        ("from package import inner", "inner.INNER", "metrics.auc > 0.9 AND metrics.f1 > 0.5"),
        ("import package.inner", "package.inner.INNER", "metrics.auc > 0.9 AND metrics.f1 > 0.5"),
        ("from built.named import NAME", "NAME", "run_name = 'x'"),
    ],
)
def test_a_name_from_a_module_beside_is_what_it_holds_there(
    project: Path, statement: str, given: str, text: str
) -> None:
    assert _texts(project, statement, given) == [text]


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        ("from .inner import INNER", "INNER"),
        ("from . import inner", "inner.INNER"),
        ("from ..filters import BEST", "BEST"),
    ],
)
def test_relative_imports_start_at_the_file(project: Path, statement: str, given: str) -> None:
    assert _texts(project, statement, given, "package/search.py")


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        ("from package.round import Q", "Q"),
        ("from package.big import BIG", "BIG"),
        ("from filters import CHANGED", "CHANGED"),
        ("from filters import DEPTH", "DEPTH"),
        ("from filters import NONE", "NONE"),
        ("from nowhere import BEST", "BEST"),
        ("from filters import BEST\nBEST = other", "BEST"),
        ("from ....filters import BEST", "BEST"),
    ],
)
def test_what_cannot_be_told_is_not_guessed(project: Path, statement: str, given: str) -> None:
    assert _texts(project, statement, given) == []


def test_a_mistake_is_reported_where_the_name_stands_and_not_mended_there() -> None:
    source = "import mlflow\nfrom filters import WRONG\nmlflow.search_runs([], WRONG)\n"
    modules = (("filters", Module("WRONG = 'params.depth = 3'")),)

    [diagnostic] = Analysis(Document(source, "python", modules=modules)).diagnostics()

    finding = diagnostic.finding
    assert (source[finding.start : finding.end], finding.code, finding.fixes) == ("WRONG", "MLQ401", [])


def test_a_file_that_searches_nothing_reads_no_modules(project: Path) -> None:
    assert modules_of("from filters import BEST\nprint(BEST)", "python", str(project / "a.py")) == ()


def test_the_cells_of_a_notebook_import_them_too(project: Path) -> None:
    cells = ("import mlflow\nfrom filters import BEST", "mlflow.search_runs(filter_string=BEST)")
    file = written(*cells)
    for text, language in ((file, "notebook"), ("\n\f\n".join(cells), "ipython")):
        modules = modules_of(text, language, str(project / "a.ipynb"))

        [region] = find_regions(text, language, modules)
        assert (region.text, region.shape) == ("metrics.auc > 0.9", "imported")


def test_why_knows_them(project: Path) -> None:
    source = "import mlflow\nfrom filters import BEST\nmlflow.search_runs(filter_string=BEST)\n"
    modules = modules_of(source, "python", str(project / "a.py"))

    [reason] = explain(source, "python", 3, (), modules)
    assert reason == (
        "Checked as a filter of runs, for search_runs: a module beside this file holds it. "
        "MLflow gets: metrics.auc > 0.9"
    )
