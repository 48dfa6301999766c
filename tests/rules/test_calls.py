"""The rules of calls: each by its own example, and all of them against the real MLflow."""

from __future__ import annotations

from pathlib import Path

import pytest
from mlq.findings import apply
from mlq.ide.analysis import Analysis
from mlq.ide.check import Judge
from mlq.ide.model import Document
from mlq.rules import calls
from mlq.rules.calls import CALL_RULES
from mlq.rules.calls.rule import CallRule
from support.marks import read
from support.oracle import Oracle

SHARED = {"bound", "engine", "filters", "parameters", "rule"}
SETUP = "team, rate = 'fraud', 0.1\n"

each_rule = pytest.mark.parametrize("rule", CALL_RULES, ids=lambda rule: f"{rule.code}-{rule.name}")


def codes(source: str, mlflow_version: str | None = None) -> list[str]:
    """Return the codes of what is found in a file, hints left out."""
    found = (
        each.finding for each in Analysis(Document(source, "python"), Judge(mlflow_version)).diagnostics()
    )
    return [finding.code for finding in found if finding.severity != "hint"]


def check(source: str, fixed: str | None = None, *, mlflow_version: str | None = None) -> None:
    """Check that what is found is what is marked, and that all fixes together make what is wanted."""
    marked = read(source)
    analysis = Analysis(Document(marked.text, "python"), Judge(mlflow_version))
    found = [each.finding for each in analysis.diagnostics() if each.finding.code.startswith("MLQ8")]
    places = [(finding.start, finding.end, finding.code) for finding in found]
    assert places == [(*span, code) for span, code in marked.marks]
    edits = [edit for finding in found for fix in finding.fixes for edit in fix.edits]
    assert apply(edits, marked.text).strip() == (marked.text if fixed is None else read(fixed).text).strip()


@each_rule
def test_wrong_is_reported_exactly_where_marked(rule: CallRule) -> None:
    marked = read(rule.wrong)

    found = [
        each.finding
        for each in Analysis(Document(marked.text, "python"), Judge(rule.mlflow_version)).diagnostics()
    ]

    assert [(each.start, each.end) for each in found] == [tuple(span) for span in marked.spans]
    assert [(each.code, each.severity) for each in found] == [(rule.code, rule.severity)]


@each_rule
def test_right_is_silent_and_what_the_fix_makes(rule: CallRule) -> None:
    marked = read(rule.wrong)
    [diagnostic] = Analysis(Document(marked.text, "python"), Judge(rule.mlflow_version)).diagnostics()

    assert codes(rule.right, rule.mlflow_version) == []
    for fix in diagnostic.finding.fixes:
        assert apply(fix.edits, marked.text).rstrip("\n") == rule.right


@each_rule
def test_the_real_mlflow_agrees(rule: CallRule, oracle: Oracle) -> None:
    raised = oracle.run(SETUP + read(rule.wrong).text)

    if rule.mlflow_version is None:
        is_refused = rule.severity == "error" or rule.name == "unquoted-value"
        assert (raised is not None) == is_refused, raised
        assert rule.says in (raised or "")
    assert oracle.run(SETUP + rule.right) is None


def test_every_module_of_a_rule_is_listed() -> None:
    folder = Path(str(calls.__file__)).parent
    modules = {path.stem for path in folder.glob("[a-z]*.py")} - SHARED

    assert {rule.check.__module__.rpartition(".")[2] for rule in CALL_RULES} == modules
    assert [rule.code for rule in CALL_RULES] == sorted({rule.code for rule in CALL_RULES})


CALLER = """\
import mlflow
from mlflow import MlflowClient
from mlflow.entities import ViewType
client = MlflowClient()
team = "x"
"""


def cases(text: str) -> list[tuple[str, str | None]]:
    """Return what is wrong, with marks, and what the fixes make of it, from blocks between blank lines."""
    found = []
    for block in text.strip().split("\n\n"):
        first, *rest = block.splitlines()
        marks = [line for line in rest if line.lstrip().startswith("^")]
        fixed = [line for line in rest if line not in marks]
        found.append(("\n".join([first, *marks]), "\n".join(fixed) or None))
    return found


REFUSED = r"""
client.search_model_versions(10, "name = 'x'")
                             ^^ MLQ802
client.search_model_versions(max_results=10, filter_string="name = 'x'")

mlflow.search_registered_models("name = 'x'", 5)
                                ^^^^^^^^^^^^ MLQ802
mlflow.search_registered_models(filter_string="name = 'x'", max_results=5)

client.search_runs("metrics.a > 1")
                   ^^^^^^^^^^^^^^^ MLQ802
client.search_runs(filter_string="metrics.a > 1")

client.search_runs(['0'], ViewType.ALL)
                          ^^^^^^^^^^^^ MLQ802
client.search_runs(['0'], run_view_type=ViewType.ALL)

client.search_runs(['0'], 100, order_by=[])
                          ^^^ MLQ802
client.search_runs(['0'], max_results=100, order_by=[])

mlflow.search_runs(view_type=ViewType.ALL)
                   ^^^^^^^^^ MLQ803
mlflow.search_runs(run_view_type=ViewType.ALL)

mlflow.search_experiments(run_view_type=ViewType.ALL)
                          ^^^^^^^^^^^^^ MLQ803
mlflow.search_experiments(view_type=ViewType.ALL)

mlflow.search_runs(experiment_id='0')
                   ^^^^^^^^^^^^^ MLQ803
mlflow.search_runs(experiment_ids=['0'])

mlflow.search_runs(experiment_ids=['0'], max_result=5)
                                         ^^^^^^^^^^ MLQ803
mlflow.search_runs(experiment_ids=['0'], max_results=5)

mlflow.search_runs(verbose=True)
                   ^^^^^^^ MLQ803

client.search_runs(['0'], output_format='list')
                          ^^^^^^^^^^^^^ MLQ804
client.search_runs(['0'])

mlflow.search_runs(page_token=None)
                   ^^^^^^^^^^ MLQ804

client.search_runs(['0'], '', ViewType.ALL, 5, [], None, 1)
                                                         ^ MLQ806

client.search_logged_models(filter_string="name = 'm'")
       ^^^^^^^^^^^^^^^^^^^^ MLQ807

client.search_runs(['0'], order_by='metrics.a DESC, start_time')
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MLQ808
client.search_runs(['0'], order_by=['metrics.a DESC', 'start_time'])

client.search_logged_models(['0'], order_by={'field_name': 'name'})
                                            ^^^^^^^^^^^^^^^^^^^^^^ MLQ808
client.search_logged_models(['0'], order_by=[{'field_name': 'name'}])

client.search_logged_models(['0'], order_by='name')
                                            ^^^^^^ MLQ808

client.search_registered_models(max_results=1_001)
                                            ^^^^^ MLQ809
client.search_registered_models(max_results=1000)

client.search_experiments(max_results=0)
                                      ^ MLQ809

client.search_runs(['0'], max_results=10 ** 6)
                                      ^^^^^^^ MLQ809

mlflow.search_runs(max_results='10')
                               ^^^^ MLQ809
mlflow.search_runs(max_results=10)

mlflow.search_logged_models(output_format='df')
                                          ^^^^ MLQ813
mlflow.search_logged_models(output_format="pandas")

client.search_traces('0')
                     ^^^ MLQ815
client.search_traces(['0'])

mlflow.search_runs(filter_string=['metrics.a > 1'])
                                 ^^^^^^^^^^^^^^^^^ MLQ817
mlflow.search_runs(filter_string='metrics.a > 1')
"""


@pytest.mark.parametrize(("source", "fixed"), cases(REFUSED))
def test_what_is_refused_is_an_error_and_mended(source: str, fixed: str | None, oracle: Oracle) -> None:
    check(CALLER + source, CALLER + fixed if fixed else None)

    assert oracle.run(read(CALLER + source).text) is not None
    # A filter without the experiments that the client needs is half mended.
    if fixed and not fixed.startswith("client.search_runs(filter_string"):
        assert oracle.run(CALLER + fixed) is None


WARNED = r"""
mlflow.search_experiments(f"tags.team = '{team}'", 5)
                          ^^^^^^^^^^^^^^^^^^^^^^^ MLQ801
mlflow.search_experiments(filter_string=f"tags.team = '{team}'", max_results=5)

mlflow.genai.datasets.search_datasets("name = 'x'")
                                      ^^^^^^^^^^^^ MLQ801
mlflow.genai.datasets.search_datasets(filter_string="name = 'x'")

client.search_runs(['0'], run_view_type='deleted')
                                        ^^^^^^^^^ MLQ811
client.search_runs(['0'], run_view_type=ViewType.DELETED_ONLY)

[e for e in client.search_experiments(ViewType.DELETED_ONLY) if e.lifecycle_stage == 'active']
                                      ^^^^^^^^^^^^^^^^^^^^^ MLQ812
[e for e in client.search_experiments(ViewType.ACTIVE_ONLY) if e.lifecycle_stage == 'active']

mlflow.search_runs('12')
                   ^^^^ MLQ814
mlflow.search_runs(['12'])
"""


@pytest.mark.parametrize(("source", "fixed"), cases(WARNED))
def test_what_runs_and_was_not_meant_is_a_warning(source: str, fixed: str, oracle: Oracle) -> None:
    check(CALLER + source, CALLER + fixed)

    assert oracle.run(CALLER + read(source).text) is None
    assert oracle.run(CALLER + fixed) is None


@pytest.mark.parametrize(
    "source",
    [
        "client.search_runs(*where)",
        "client.search_runs(**options)",
        "client.search_runs(['0'])",
        "mlflow.search_runs(order_by=order, experiment_ids=ids, run_view_type=view)",
        "functools.partial(client.search_runs, max_results=10)(['0'])",
        "pool.submit(client.search_runs, ['0'], timeout=3)",
        "mlflow.search_runs(max_results=1_000_000)",
        "client.search_model_versions(\"name = 'x'\", 200_000)",
        "mlflow.search_model_versions(10, \"name = 'x'\")",
        "mlflow.search_runs(order_by='')",
        "[e for e in client.search_experiments(ViewType.ALL) if e.lifecycle_stage == 'deleted']",
        "mlflow.genai.search_prompts(\"name = 'x'\", max_results=5)",
    ],
)
def test_what_is_right_or_not_sure_is_silent(source: str) -> None:
    assert codes(CALLER + source) == []


@pytest.mark.parametrize(
    "source",
    [
        "import opik\nopik.Opik().search_traces(project_name='p', filter_string='tags contains \"x\"')",
        "import mlflow\nrepository.search_runs(verbose=True)",
        "import mlflow\nclient.search_runs(tenant='x')",
        "import mlflow\nclass C(mlflow.MlflowClient):\n    def search_runs(self): ...\nC().search_runs()",
        "from mlflow import MlflowClient\nretry(MlflowClient().search_runs, times=3)",
        "import mlflow\nmlflow.search_runs(verbose=",
    ],
)
def test_calls_of_others_are_left_alone(source: str) -> None:
    assert codes(source) == []


def test_arguments_are_those_of_the_mlflow_that_judges() -> None:
    source = (
        "import mlflow\nmlflow.MlflowClient().search_traces(['0'], sql_warehouse_id='w', include_spans=False)"
    )

    assert codes(source, "2.20.0") == ["MLQ805", "MLQ805"]
    assert codes(source, "3.4.0") == []
    assert codes(source, "3.5.0") == ["MLQ805"]
    assert codes("import mlflow\nmlflow.MlflowClient().search_traces()", "3.4.0") == ["MLQ807"]
    assert codes("import mlflow\nmlflow.MlflowClient().search_traces()", "3.5.0") == []


@pytest.mark.parametrize(
    ("setup", "value"),
    [
        ("", "{run.info.run_id}"),
        ("", "{parent_run_id}"),
        ("", "{experiment.experiment_id}"),
        ("count: int = take()", "{count}"),
        ("", "{len(names)}"),
        ("model: Literal['a', 'b'] = take()", "{model}"),
        ("class Stage(StrEnum):\n    ON = 'on'\nstage: Stage = take()", "{stage}"),
        ("", "{Stage.ON.value}"),
        ("from elsewhere import PREFIX", "{PREFIX}"),
        ("name = 'plain'", "{name}"),
        ("names = ['a', 'b']\nfor name in names:\n    pass", "{name}"),
        ("", "{uuid.uuid4()}"),
        ("", "{when.isoformat()}"),
        ("", "{when:%Y-%m-%d}"),
    ],
)
def test_values_without_quotes_are_safe_between_quotes(setup: str, value: str) -> None:
    source = f"import mlflow\n{setup}\nmlflow.search_runs(filter_string=f\"tags.a = '{value}'\")"

    assert [each.finding.code for each in Analysis(Document(source, "python")).diagnostics()] == []


OPEN = r"""
mlflow.search_runs(filter_string=f"tags.a = '{name}' AND metrics.b > 1")
                                             ^^^^^^ MLQ820
mlflow.search_runs(filter_string=f"tags.a = {str(name)!r} AND metrics.b > 1")

mlflow.search_runs(filter_string=f"tags.a LIKE '%{name}%'")
                                                 ^^^^^^ MLQ820

mlflow.search_runs(filter_string="tags.a = '{}'".format(request.args['x']))
                                            ^^ MLQ820

mlflow.search_runs(filter_string="tags.a = '%s'" % (user.name,))
                                            ^^ MLQ820

mlflow.search_runs(filter_string="tags.a = '" + name + "'")
                                                ^^^^ MLQ820
"""


@pytest.mark.parametrize(("source", "fixed"), cases(OPEN))
def test_a_value_that_can_carry_a_quote_is_a_hint(source: str, fixed: str | None) -> None:
    check(source, fixed)


def test_the_safe_rewrite_says_what_was_meant_or_finds_nothing(oracle: Oracle) -> None:
    for value in ("plain", "it's", 'say "x"', "x' AND metrics.a > 1 AND tags.b = 'y", 5):
        assert (
            oracle.run(f"team = {value!r}\nmlflow.search_runs(filter_string=f'tags.team = {{str(team)!r}}')")
            is None
        )


@pytest.mark.parametrize(
    ("hole", "found"),
    [
        ("params.a = {value}", ["MLQ821"]),
        ("tags.a != {config.value} and metrics.b > {limit}", ["MLQ821"]),
        ("run_name LIKE {args['name']}", ["MLQ821"]),
        ("params.a = {value!r}", []),
        ("params.a = {quote(value)}", []),
        ("params.a = {quoted_value}", []),
        ("params.a = {value_expr}", []),
        ("run_id IN {ids}", []),
        ("run_id NOT IN ({value})", []),
        ("params.{key} = '1'", []),
        ("metrics.a > {value}", []),
        ("params.a {operator} '1'", []),
    ],
)
def test_a_value_without_quotes_where_text_is_wanted_is_a_warning(hole: str, found: list[str]) -> None:
    assert (
        codes(f'import mlflow\ndef f(value, key, ids):\n    mlflow.search_runs(filter_string=f"{hole}")')
        == found
    )


def test_no_quotes_are_put_round_code_outside_the_strings() -> None:
    source = 'import mlflow\ndef f(n):\n    mlflow.search_runs(filter_string="params.a = " + str(n))'
    [diagnostic] = Analysis(Document(source, "python")).diagnostics()

    assert diagnostic.finding.code == "MLQ821"
    assert "`str(n)` has no quotes" in diagnostic.finding.message
    assert not any("quotes" in each.title for each in diagnostic.finding.fixes)
