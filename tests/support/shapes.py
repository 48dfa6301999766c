"""Python files with a filter in a random shape, as hypothesis makes them, that can be run.

A filter is a list of atoms: text, and names of variables for holes. It is written as one expression or built
up over several statements, and given to `mlflow.search_runs` in some way. What is wrong in it is in each
case one token that is written as it is.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any, Literal, TypeVar
from unittest import mock

from hypothesis import strategies as st

T = TypeVar("T")
VARIABLES = {"v0": "zero", "v1": 11, "v2": 2.5, "v3": "thr ee"}
SETUP = "".join(f"{name} = take({value!r})\n" for name, value in VARIABLES.items())


def searched(source: str) -> list[str]:
    """Run a file, with a recorder in the place of mlflow, and return what it searches for."""
    seen: list[str] = []

    def search_runs(_ids: Any = None, filter_string: str = "", **_: Any) -> None:
        seen.append(filter_string)

    mlflow = SimpleNamespace(search_runs=search_runs)
    modules = mock.patch.dict(sys.modules, {"mlflow": mlflow})  # type: ignore[dict-item]
    with modules, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(source, "file.py", "exec"), {"take": lambda value: value, "d": VARIABLES})
    return seen


NUMBER = "params.p{0} = 70{0}"
WRONG = (NUMBER, "params.p{0} = word70{0}", "stat70{0} = 'x'", "prm70{0}.a > 1", "tags.t{0} ~ 'x'")
"""Clauses that MLflow refuses, each for one token."""

_WORD = re.compile(r"[a-z][a-z]+(?![a-z0-9])")
_WRONG_TOKEN = re.compile(r"\b(?:word|stat|prm|)70\d|~")


@dataclass(frozen=True)
class Draw:
    """Hypothesis' choices, by few strategies that are made once: making them anew takes most of the time."""

    by: st.DrawFn

    def of(self, options: Sequence[T]) -> T:
        return options[self.by(_below(len(options)))]

    def order(self, count: int) -> list[int]:
        """Return the numbers below a count in any order."""
        left = list(range(count))
        return [left.pop(self.by(_below(len(left)))) for _ in range(count)]


@cache
def _below(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


@dataclass(frozen=True)
class Atom:
    kind: Literal["text", "hole"]
    text: str


@dataclass(frozen=True)
class File:
    """A file, and the tokens that are wrong in its filter."""

    source: str
    wrong: tuple[str, ...]


@st.composite
def files(by: st.DrawFn, wrong: Sequence[str] = WRONG) -> File:
    """Return a file in whose filter only such clauses are wrong."""
    draw = Draw(by)
    clauses = [_clause(draw, index, wrong) for index in range(draw.of(range(1, 5)))]
    atoms = [atom for index, clause in enumerate(clauses) for atom in ([_AND] if index else []) + clause]
    tokens = tuple(token for atom in atoms for token in _WRONG_TOKEN.findall(atom.text))
    return File("import mlflow\n" + SETUP + _carried(draw, atoms) + "\n", tokens)


_AND = Atom("text", " AND ")


def _clause(draw: Draw, index: int, wrong: Sequence[str]) -> list[Atom]:
    kind = draw.of(["metric", "tag", "wrong", "hole in quotes", "value", "key"])
    if kind == "metric":
        return [Atom("text", f"metrics.m{index} > {draw.of(range(10))}")]
    if kind == "tag":
        value = draw.of(["a", "é", "\U0001f600", "{}", "%s", "{x}", "%%", "#", "a b"])
        return [Atom("text", f"tags.t{index} = {draw.of([chr(34), chr(39)]).join(['', value, ''])}")]
    if kind == "wrong":
        return [Atom("text", draw.of(wrong).format(index))]
    name = draw.of(sorted(VARIABLES))
    if kind == "hole in quotes":
        quote = draw.of(["'", '"'])
        return [Atom("text", f"tags.t{index} = {quote}"), Atom("hole", name), Atom("text", quote)]
    if kind == "value":
        return [Atom("text", f"metrics.m{index} < "), Atom("hole", name)]
    return [Atom("text", "tags."), Atom("hole", name), Atom("text", " != 'x'")]


def _carried(draw: Draw, atoms: list[Atom]) -> str:
    """Return statements that search with the filter."""
    kind = draw.of(sorted(_CARRIERS))
    expression = expressions(draw, atoms)
    if kind == "added to":
        at = draw.of(range(len(atoms) + 1))
        first, rest = expressions(draw, atoms[:at]), expressions(draw, atoms[at:])
        adding = draw.of([f"q += {rest}", f"q = q + {rest}", f"if v1:\n    q += {rest}"])
        return f"q = {first}\n{adding}\nmlflow.search_runs([], q)"
    return _CARRIERS[kind].replace("EXPRESSION", expression)


_CARRIERS = {
    "added to": "",
    "by keyword": "mlflow.search_runs(filter_string=EXPRESSION)",
    "by place": "mlflow.search_runs(['1'], EXPRESSION, max_results=5)",
    "in parentheses": "mlflow.search_runs(filter_string=(  # why\n    EXPRESSION\n))",
    "variable": "query = EXPRESSION\nmlflow.search_runs(filter_string=query)",
    "constant": "Q: str = EXPRESSION\ndef f():\n    return mlflow.search_runs([], Q)\nf()",
    "class": "class A:\n    Q = EXPRESSION\n    def f(self): mlflow.search_runs([], self.Q)\nA().f()",
    "default": "def f(q=EXPRESSION):\n    mlflow.search_runs([], q)\nf()",
    "function": "def q():\n    return EXPRESSION\nmlflow.search_runs([], q())",
    "branch": "mlflow.search_runs([], EXPRESSION if v1 else None)",
    "other branch": "mlflow.search_runs([], None if v1 is None else EXPRESSION)",
    "if": "if v1:\n    q = EXPRESSION\nelse:\n    q = None\nmlflow.search_runs([], q)",
    "splat": 'mlflow.search_runs(**{"max_results": 1, "filter_string": EXPRESSION})',
    "dict": "how = dict(filter_string=EXPRESSION)\nmlflow.search_runs(**how)",
    "partial": "import functools\nfunctools.partial(mlflow.search_runs, ['1'], EXPRESSION)()",
    "loop": "for q in [EXPRESSION]:\n    mlflow.search_runs([], q)",
    "items": "for n, q in {'a': EXPRESSION}.items():\n    mlflow.search_runs([], q)",
    "comprehension": "[mlflow.search_runs([], q) for q in (EXPRESSION,)]",
    "item": "Q = {'best': EXPRESSION}\nmlflow.search_runs([], Q['best'])",
    "index": "Q = ['a', EXPRESSION]\nmlflow.search_runs([], Q[1])",
    "get": "mlflow.search_runs([], {}.get('q', EXPRESSION))",
    "given": "def f(n, q):\n    mlflow.search_runs([], q)\nf(1, EXPRESSION)",
    "given by keyword": "def f(*, q):\n    mlflow.search_runs([], q)\nf(q=EXPRESSION)",
    "given to a method": "class A:\n    def f(self, q): mlflow.search_runs([], q)\nA().f(EXPRESSION)",
    "constructor": "class A:\n    def __init__(self, q): self.q = q\n"
    "    def f(self): mlflow.search_runs([], self.q)\nA(EXPRESSION).f()",
    "updated": "how = {}\nhow.update(filter_string=EXPRESSION)\nmlflow.search_runs(**how)",
    "called partial": "from functools import partial\ns = partial(mlflow.search_runs, [])\ns(EXPRESSION)",
    "other name": "search = mlflow.search_runs\nsearch([], EXPRESSION)",
    "walrus": "if q := EXPRESSION:\n    mlflow.search_runs([], q)",
}


def expressions(draw: Draw, atoms: list[Atom], depth: int = 0) -> str:
    """Return an expression that makes the text of the atoms."""
    is_plain = all(atom.kind == "text" for atom in atoms)
    kinds = ["f-string", "format", "percent"] + (["literal"] * 3 if is_plain else [])
    if len(atoms) > 1 and depth < 3:
        kinds += ["sum", "sum", "implicit"]
    if _AND in atoms and depth < 3:
        kinds += ["join", "join"]
    text = "".join(atom.text for atom in atoms)
    if is_plain and depth < 3 and text == text.strip() != "":
        kinds += ["strip", "dedent"] + ["replace"] * bool(_WORD.search(text))
    kind = draw.of(kinds)
    if kind == "sum":
        at = draw.of(range(1, len(atoms)))
        operands = [_operand(draw, part, depth) for part in (atoms[:at], atoms[at:])]
        return f"({' + '.join(operands)})"
    if kind == "implicit":
        at = draw.of(range(1, len(atoms)))
        parts = [_f_string(draw, part) for part in (atoms[:at], atoms[at:])]
        return f"({draw.of([' ', chr(10) + '    ']).join(parts)})"
    if kind == "join":
        items = ", ".join([expressions(draw, item, depth + 1) for item in _split(atoms)])
        return f'" AND ".join({draw.of(["[{}]", "({},)", "[{},]"]).format(items)})'
    if kind == "strip":
        return f"({_literal(draw, [Atom('text', '  '), *atoms, Atom('text', ' ')])}).strip()"
    if kind == "replace":
        return _replaced(draw, text)
    if kind == "dedent":
        text = text.replace(" AND ", " AND\n    ")
        return f"__import__('textwrap').dedent({_literal(draw, [Atom('text', '    ' + text)])})"
    return _KINDS[kind](draw, atoms)


def _replaced(draw: Draw, text: str) -> str:
    """Return a literal with a mark for one of the text's words, and the call that puts the word there."""
    word = draw.of(_WORD.findall(text))
    mark = draw.of(["<MARK>", "@", "$x"])
    literal = _literal(draw, [Atom("text", text.replace(word, mark, 1))])
    return f"({literal}).replace({mark!r}, {word!r})"


def _split(atoms: list[Atom]) -> list[list[Atom]]:
    items: list[list[Atom]] = [[]]
    for atom in atoms:
        if atom == _AND:
            items.append([])
        else:
            items[-1].append(atom)
    return items


def _operand(draw: Draw, atoms: list[Atom], depth: int) -> str:
    if len(atoms) == 1 and atoms[0].kind == "hole":
        name = atoms[0].text
        return name if isinstance(VARIABLES[name], str) else f"str({name})"
    return expressions(draw, atoms, depth + 1)


def _quotes(draw: Draw, prefixes: tuple[str, ...]) -> tuple[str, str]:
    return draw.of(prefixes), draw.of(["'", '"', "'''", '"""'])


def _inside(text: str, quote: str) -> str:
    written = text.replace("\\", "\\\\").replace(quote[0], "\\" + quote[0])
    return written if len(quote) == 3 else written.replace("\n", "\\n")


def _literal(draw: Draw, atoms: list[Atom]) -> str:
    text = "".join(atom.text for atom in atoms)
    prefix, quote = _quotes(draw, ("", "u", "r"))
    if prefix == "r":
        is_possible = quote[0] not in text and ("\n" not in text or len(quote) == 3)
        return f"r{quote}{text}{quote}" if is_possible else repr(text)
    written = _inside(text, quote)
    if draw.of((False, True)):
        written = written.replace("AND", draw.of(["\\x41ND", "A\\116D", "AN\\N{LATIN CAPITAL LETTER D}"]))
    return prefix + quote + written + quote


def _f_string(draw: Draw, atoms: list[Atom]) -> str:
    _, quote = _quotes(draw, ("f",))
    other = "'" if quote[0] == '"' else '"'
    fields = [
        "{{{}}}",
        "{{{}}}",
        "{{ {} }}",
        "{{{}!s}}",
        "{{{}:>8}}",
        "{{{}=}}",
        "{{f" + other + "{{{}}}" + other + "}}",
        "{{d[" + other + "{}" + other + "]}}",
    ]
    parts = [
        draw.of(fields).format(atom.text)
        if atom.kind == "hole"
        else _inside(atom.text, quote).replace("{", "{{").replace("}", "}}")
        for atom in atoms
    ]
    return f"{draw.of('fF')}{quote}{''.join(parts)}{quote}"


def _format(draw: Draw, atoms: list[Atom]) -> str:
    names = [atom.text for atom in atoms if atom.kind == "hole"]
    style = draw.of(["places", "indexes", "names"])
    order = draw.order(len(names))
    quote = draw.of(["'", '"', "'''"])
    written, at = "", 0
    for atom in atoms:
        if atom.kind == "text":
            written += _inside(atom.text, quote).replace("{", "{{").replace("}", "}}")
            continue
        field = {"places": "", "indexes": str(order.index(at)), "names": f"n{at}"}[style]
        written += "{" + field + draw.of(["", "!s", ":>8"]) + "}"
        at += 1
    given = {
        "places": ", ".join(names),
        "indexes": ", ".join(names[index] for index in order),
        "names": ", ".join(f"n{index}={name}" for index, name in enumerate(names)),
    }
    return f"{quote}{written}{quote}.format({given[style]})"


def _percent(draw: Draw, atoms: list[Atom]) -> str:
    names = [atom.text for atom in atoms if atom.kind == "hole"]
    is_dict = draw.of((False, True))
    quote = draw.of(["'", '"', "'''"])
    written = "".join(
        _inside(atom.text, quote).replace("%", "%%")
        if atom.kind == "text"
        else f"%({atom.text})s"
        if is_dict
        else "%s"
        for atom in atoms
    )
    if is_dict:
        values = "{" + ", ".join(f'"{name}": {name}' for name in names) + "}"
    else:
        values = (
            names[0]
            if len(names) == 1 and draw.of((False, True))
            else f"({', '.join(names)}{',' if len(names) == 1 else ''})"
        )
    return f"({quote}{written}{quote} % {values})"


_KINDS = {"literal": _literal, "f-string": _f_string, "format": _format, "percent": _percent}
