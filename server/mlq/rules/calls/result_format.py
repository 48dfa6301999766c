"""MLQ813: a form of the result that MLflow does not make."""

from __future__ import annotations

from collections.abc import Iterator

from mlq.findings import Edit, Fix
from mlq.rules.calls.bound import Bound
from mlq.rules.calls.parameters import FORMATS
from mlq.rules.calls.rule import CallRule
from mlq.rules.rule import Report

_MEANT = {
    "df": "pandas",
    "dataframe": "pandas",
    "pd": "pandas",
    "panda": "pandas",
    "pd.dataframe": "pandas",
    "pandas.dataframe": "pandas",
    "lists": "list",
    "runs": "list",
    "traces": "list",
}


def check(bound: Bound) -> Iterator[Report]:
    name, formats = FORMATS.get(bound.call.api, ("", ()))
    argument = bound.given(name)
    if argument is None or argument.text is None or argument.text in formats:
        return
    meant = next((each for each in formats if each == argument.text.lower()), None)
    meant = meant or _MEANT.get(argument.text.lower())
    fix = Fix(f'Write "{meant}"', [Edit(*argument.value, f'"{meant}"')]) if meant else None
    yield Report(argument.value, f"`{name}` is " + " or ".join(f'"{each}"' for each in formats) + ".", fix)


RULE = CallRule(
    code="MLQ813",
    name="unknown-result-format",
    severity="error",
    summary="The result is a DataFrame or a list",
    why="""`output_format` of `search_runs` and `search_logged_models`, and `return_type` of `search_traces`,
are `"pandas"` or `"list"`, written in lower case. MLflow refuses anything else.""",
    wrong="""\
mlflow.search_runs(output_format="dataframe")
                                 ^^^^^^^^^^^""",
    right="""mlflow.search_runs(output_format="pandas")""",
    check=check,
    says="Unsupported output format: dataframe. Supported string values are 'pandas' or 'list'",
)
