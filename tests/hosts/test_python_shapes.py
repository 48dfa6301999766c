"""Filters in every shape: the text is what Python would make, with holes for what only a run can tell."""

from __future__ import annotations

import pytest
from mlq.hosts import find_filters
from support.hosts import texts

F_STRINGS = {
    """f"a = '{x}'" """: "a = '{}'",
    """f"a = {x!r} AND b > {y:.2f}" """: "a = {} AND b > {}",
    """f"a = '{d['k']}'" """: "a = '{}'",
    """f"a = '{d["k"]}'" """: "a = '{}'",
    """f"a = '{f"{b}"}' AND c = 1" """: "a = '{}' AND c = 1",
    """f"{x:>{w}} = 1" """: "{} = 1",
    """f"tags.`{{a}}` = '{x}'" """: "tags.`{a}` = '{}'",
    """f"a{x=} = 1" """: "ax={} = 1",
    """rf"a = '\\d{x}'" """: "a = '\\d{}'",
    """f'''a = "{x}"\n AND b = 1''' """: 'a = "{}"\n AND b = 1',
    """f"a = '{x}'" " AND b = '{}'" """: "a = '{}' AND b = '{}'",
    """(f"a = '{x}'"\n  f" AND b = '{y}'")""": "a = '{}' AND b = '{}'",
    """f"a = 'b'" """: "a = 'b'",
    """f"a = '{'x'}' AND b = {5} AND c = {1.50:.1f}" """: "a = 'x' AND b = 5 AND c = 1.5",
    """f"a = '\\N{BULLET}{x}\\x41'" """: "a = '\u2022{}A'",
}
OTHERS = {
    """"a = '" + x + "'" """: "a = '{}'",
    """"a = '" + x + "' AND " + "b = 1" """: "a = '{}' AND b = 1",
    """"a = " + str(5) + " AND b = 1" """: "a = {} AND b = 1",
    """"a = '{}'".format(x)""": "a = '{}'",
    """"a = '{1}' AND b = {0}".format(2, x)""": "a = '{}' AND b = 2",
    """"a = '{n}' {{}}".format(n=x)""": "a = '{}' {}",
    """"a = '{n.b[0]}'".format(n=x)""": "a = '{}'",
    """"a = '{}'".format(*x)""": "a = '{}'",
    """"a = '%s'" % x""": "a = '{}'",
    """"a = '%s' AND b = %d AND c LIKE '%%x'" % (x, 5)""": "a = '{}' AND b = 5 AND c LIKE '%x'",
    """"a = '%(n)s'" % {"n": "y"}""": "a = 'y'",
    """" AND ".join(["a = 1", f"b = '{x}'"])""": "a = 1 AND b = '{}'",
    """" AND ".join(("a = 1", y))""": "a = 1 AND {}",
    """" AND ".join(f"a.{k} = '{v}'" for k, v in x)""": "a.{} = '{}'",
    """" AND ".join([f"a.{k} = '{v}'" for k, v in x])""": "a.{} = '{}'",
    """" AND ".join(c for c in ["a = 1", "b = 1"] if c)""": "a = 1 AND b = 1",
    """textwrap.dedent('''\n    a = 1\n      AND b = 1\n    ''')""": "\na = 1\n  AND b = 1\n",
    """'''\n  a = 1\n'''.strip()""": "a = 1",
    """x or "a = 1" """: "a = 1",
    """(q := "a = 1")""": "a = 1",
}
HOLES_ALONE = ["x", "f'{x}'", "x + y", "'{}'.format(x)", "' '.join(x)", "f(x)", "x['k']", "None"]


@pytest.mark.parametrize(("expression", "text"), [*F_STRINGS.items(), *OTHERS.items()])
def test_an_expression_makes_its_text(expression: str, text: str) -> None:
    assert texts(f"mlflow.search_runs([], {expression.strip()})") == [text]
    assert texts(f"q = {expression.strip()}\nmlflow.search_runs([], q)") == [text]


@pytest.mark.parametrize("expression", HOLES_ALONE)
def test_what_is_nothing_but_a_hole_is_no_filter(expression: str) -> None:
    assert texts(f"mlflow.search_runs([], {expression})") == []


def test_each_branch_is_a_filter_of_its_own() -> None:
    source = "mlflow.search_runs([], \"a = 'x'\" if full else f\"b = '{c}'\")"
    first, second = find_filters(source)
    assert source[first.start : first.end] == "\"a = 'x'\""
    assert source[second.start : second.end] == "f\"b = '{c}'\""


def test_a_hole_knows_where_it_is_what_it_says_and_what_it_holds() -> None:
    source = "def f(n: int):\n    mlflow.search_runs([], f\"a = {n} AND b = '{x.y}' AND c = {x!r}\")"
    [region] = find_filters(source)
    assert not region.is_static
    assert [region.map.to_outer(hole.span).of(source) for hole in region.gaps] == ["{n}", "{x.y}", "{x!r}"]
    assert [hole.source for hole in region.gaps] == ["n", "x.y", "x"]
    assert [hole.kind for hole in region.gaps] == ["integer", "unknown", "unknown"]


KINDS = {
    "5 + 1": "integer",
    "len(x)": "integer",
    "time.time()": "number",
    "int(time.time() * 1000)": "integer",
    "float(x)": "number",
    "t.timestamp()": "number",
    "x > 1": "boolean",
    "x": "unknown",
    "x.y": "unknown",
    "str(x)": "unknown",
    "str(x)!r": "quoted",
    "x:.3f": "number",
    "x:d": "integer",
    "x:>10": "unknown",
}


@pytest.mark.parametrize(("hole", "kind"), KINDS.items())
def test_the_kind_of_a_hole_is_what_the_file_shows(hole: str, kind: str) -> None:
    [region] = find_filters(f"mlflow.search_runs([], f'a = {{{hole}}}')")
    assert [gap.kind for gap in region.gaps] == [kind]


CONSTANTS = """
import mlflow
KEY = "params.lr"
LIMIT = 0.5
NAME: str = "x"
class Names:
    TAG = "team"
"""


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ('f"{KEY} = {LIMIT}"', "params.lr = 0.5"),
        ("f\"a = '{NAME}'\"", "a = 'x'"),
        ('f"a = {NAME!r}"', "a = 'x'"),
        ('f"tags.{Names.TAG} = 1"', "tags.team = 1"),
        ('"a = \'" + NAME + "\'"', "a = 'x'"),
        ('"{} > %s" % LIMIT', "{} > 0.5"),
        ('"a > {:.2f}".format(LIMIT)', "a > 0.50"),
    ],
)
def test_a_constant_is_filled_in(expression: str, text: str) -> None:
    assert texts(f"{CONSTANTS}mlflow.search_runs([], {expression})") == [text]


def test_what_is_beside_a_constant_keeps_its_place() -> None:
    source = "N = 'long name'\nmlflow.search_runs([], f\"a = '{N}' AND b = 1\")"
    [region] = find_filters(source)
    at = region.text.index("b")
    assert source[region.to_source(at)] == "b"
    assert region.map.to_inner(source.index("b = 1")) == at
    assert [span.of(region.text) for span in region.fixed] == ["long name"]


@pytest.mark.parametrize(
    ("items", "kind"),
    [
        ("[0.1, 0.01]", "number"),
        ("(1, 0.5)", "number"),
        ("range(3)", "integer"),
        ("RATES", "number"),
        ("['a', 2]", "unknown"),
        ("rates", "unknown"),
    ],
)
def test_the_kind_of_a_loops_name_is_that_of_all_it_goes_through(items: str, kind: str) -> None:
    source = f"RATES = [0.5]\nfor r in {items}:\n    mlflow.search_runs([], f'params.a = {{r}}')"
    [region] = find_filters(source)
    assert [gap.kind for gap in region.gaps] == [kind]
