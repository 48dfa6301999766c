"""Python files with a filter in a random shape, as hypothesis makes them, that can be run.

A filter is a list of atoms: text, and names of variables for holes. It is written as one expression or built
up over several statements, and given to `mlflow.search_runs` in some way. Wrong in it are numbers that a
param is compared with, each one token that is written as it is.
"""

from __future__ import annotations

import re
import sys
import warnings
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Literal
from unittest import mock

from hypothesis import strategies as st

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
def files(draw: st.DrawFn) -> File:
    count = draw(st.integers(1, 4))
    clauses = [draw(_clauses(index)) for index in range(count)]
    atoms = [atom for index, clause in enumerate(clauses) for atom in ([_AND] if index else []) + clause]
    wrong = tuple(word for atom in atoms for word in atom.text.split() if word.startswith("70"))
    return File("import mlflow\n" + SETUP + draw(_carried(atoms)) + "\n", wrong)


_AND = Atom("text", " AND ")


@st.composite
def _clauses(draw: st.DrawFn, index: int) -> list[Atom]:
    kind = draw(st.sampled_from(["metric", "tag", "wrong", "hole in quotes", "value", "key"]))
    if kind == "metric":
        return [Atom("text", f"metrics.m{index} > {draw(st.integers(0, 9))}")]
    if kind == "tag":
        value = draw(st.sampled_from(["a", "é", "\U0001f600", "{}", "%s", "{x}", "%%", "#", "a b"]))
        return [
            Atom("text", f"tags.t{index} = {draw(st.sampled_from([chr(34), chr(39)])).join(['', value, ''])}")
        ]
    if kind == "wrong":
        return [Atom("text", f"params.p{index} = 70{index}")]
    name = draw(st.sampled_from(sorted(VARIABLES)))
    if kind == "hole in quotes":
        quote = draw(st.sampled_from(["'", '"']))
        return [Atom("text", f"tags.t{index} = {quote}"), Atom("hole", name), Atom("text", quote)]
    if kind == "value":
        return [Atom("text", f"metrics.m{index} < "), Atom("hole", name)]
    return [Atom("text", "tags."), Atom("hole", name), Atom("text", " != 'x'")]


@st.composite
def _carried(draw: st.DrawFn, atoms: list[Atom]) -> str:
    """Return statements that search with the filter."""
    kind = draw(st.sampled_from(sorted(_CARRIERS)))
    expression = draw(expressions(atoms))
    if kind == "added to":
        at = draw(st.integers(0, len(atoms)))
        first, rest = draw(expressions(atoms[:at])), draw(expressions(atoms[at:]))
        adding = draw(st.sampled_from([f"q += {rest}", f"q = q + {rest}", f"if v1:\n    q += {rest}"]))
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


@st.composite
def expressions(draw: st.DrawFn, atoms: list[Atom], depth: int = 0) -> str:
    """Return an expression that makes the text of the atoms."""
    is_plain = all(atom.kind == "text" for atom in atoms)
    kinds = ["f-string", "format", "percent"] + (["literal"] * 3 if is_plain else [])
    if len(atoms) > 1 and depth < 3:
        kinds += ["sum", "sum", "implicit"]
    if _AND in atoms and depth < 3:
        kinds += ["join", "join"]
    text = "".join(atom.text for atom in atoms)
    if is_plain and depth < 3 and text == text.strip() != "":
        kinds += ["strip", "dedent", "replace"]
    kind = draw(st.sampled_from(kinds))
    if kind == "sum":
        at = draw(st.integers(1, len(atoms) - 1))
        operands = [draw(_operand(part, depth)) for part in (atoms[:at], atoms[at:])]
        return f"({' + '.join(operands)})"
    if kind == "implicit":
        at = draw(st.integers(1, len(atoms) - 1))
        parts = [draw(_f_string(part)) for part in (atoms[:at], atoms[at:])]
        return f"({draw(st.sampled_from([' ', chr(10) + '    '])).join(parts)})"
    if kind == "join":
        items = ", ".join([draw(expressions(item, depth + 1)) for item in _split(atoms)])
        return f'" AND ".join({draw(st.sampled_from(["[{}]", "({},)", "[{},]"])).format(items)})'
    if kind == "strip":
        return f"({draw(_literal([Atom('text', '  '), *atoms, Atom('text', ' ')]))}).strip()"
    if kind == "replace":
        return draw(_replaced(text))
    if kind == "dedent":
        text = text.replace(" AND ", " AND\n    ")
        return f"__import__('textwrap').dedent({draw(_literal([Atom('text', '    ' + text)]))})"
    return draw(_KINDS[kind](atoms))


@st.composite
def _replaced(draw: st.DrawFn, text: str) -> str:
    """Return a literal with a mark for one of the text's words, and the call that puts the word there."""
    word = draw(st.sampled_from(re.findall(r"[a-z][a-z]+", text) or [text]))
    mark = draw(st.sampled_from(["<MARK>", "@", "$x"]))
    literal = draw(_literal([Atom("text", text.replace(word, mark, 1))]))
    return f"({literal}).replace({mark!r}, {word!r})"


def _split(atoms: list[Atom]) -> list[list[Atom]]:
    items: list[list[Atom]] = [[]]
    for atom in atoms:
        if atom == _AND:
            items.append([])
        else:
            items[-1].append(atom)
    return items


@st.composite
def _operand(draw: st.DrawFn, atoms: list[Atom], depth: int) -> str:
    if len(atoms) == 1 and atoms[0].kind == "hole":
        name = atoms[0].text
        return name if isinstance(VARIABLES[name], str) else f"str({name})"
    return draw(expressions(atoms, depth + 1))


@st.composite
def _quotes(draw: st.DrawFn, prefixes: tuple[str, ...]) -> tuple[str, str]:
    return draw(st.sampled_from(prefixes)), draw(st.sampled_from(["'", '"', "'''", '"""']))


def _inside(text: str, quote: str) -> str:
    written = text.replace("\\", "\\\\").replace(quote[0], "\\" + quote[0])
    return written if len(quote) == 3 else written.replace("\n", "\\n")


@st.composite
def _literal(draw: st.DrawFn, atoms: list[Atom]) -> str:
    text = "".join(atom.text for atom in atoms)
    prefix, quote = draw(_quotes(("", "u", "r")))
    if prefix == "r":
        is_possible = quote[0] not in text and ("\n" not in text or len(quote) == 3)
        return f"r{quote}{text}{quote}" if is_possible else repr(text)
    written = _inside(text, quote)
    if draw(st.booleans()):
        written = written.replace(
            "AND", draw(st.sampled_from(["\\x41ND", "A\\116D", "AN\\N{LATIN CAPITAL LETTER D}"]))
        )
    return prefix + quote + written + quote


@st.composite
def _f_string(draw: st.DrawFn, atoms: list[Atom]) -> str:
    _, quote = draw(_quotes(("f",)))
    other = "'" if quote[0] == '"' else '"'
    fields = [
        "{{{}}}",
        "{{{}}}",
        "{{ {} }}",
        "{{{}!s}}",
        "{{{}:>8}}",
        "{{{}=}}",
        "{{d[" + other + "{}" + other + "]}}",
    ]
    parts = [
        draw(st.sampled_from(fields)).format(atom.text)
        if atom.kind == "hole"
        else _inside(atom.text, quote).replace("{", "{{").replace("}", "}}")
        for atom in atoms
    ]
    return f"{draw(st.sampled_from('fF'))}{quote}{''.join(parts)}{quote}"


@st.composite
def _format(draw: st.DrawFn, atoms: list[Atom]) -> str:
    names = [atom.text for atom in atoms if atom.kind == "hole"]
    style = draw(st.sampled_from(["places", "indexes", "names"]))
    order = draw(st.permutations(range(len(names))))
    quote = draw(st.sampled_from(["'", '"', "'''"]))
    written, at = "", 0
    for atom in atoms:
        if atom.kind == "text":
            written += _inside(atom.text, quote).replace("{", "{{").replace("}", "}}")
            continue
        field = {"places": "", "indexes": str(order.index(at)), "names": f"n{at}"}[style]
        written += "{" + field + draw(st.sampled_from(["", "!s", ":>8"])) + "}"
        at += 1
    given = {
        "places": ", ".join(names),
        "indexes": ", ".join(names[index] for index in order),
        "names": ", ".join(f"n{index}={name}" for index, name in enumerate(names)),
    }
    return f"{quote}{written}{quote}.format({given[style]})"


@st.composite
def _percent(draw: st.DrawFn, atoms: list[Atom]) -> str:
    names = [atom.text for atom in atoms if atom.kind == "hole"]
    is_dict = draw(st.booleans())
    quote = draw(st.sampled_from(["'", '"', "'''"]))
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
            if len(names) == 1 and draw(st.booleans())
            else f"({', '.join(names)}{',' if len(names) == 1 else ''})"
        )
    return f"({quote}{written}{quote} % {values})"


_KINDS = {"literal": _literal, "f-string": _f_string, "format": _format, "percent": _percent}
