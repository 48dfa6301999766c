"""`--fix` on filters in every shape that a person might write: only the wrong token changes."""

from __future__ import annotations

import ast
import io
import itertools
import re
import tokenize

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from mlq.cli.checked import Checked
from mlq.cli.files import Source
from mlq.cli.fix import fix, fixable
from mlq.hosts import find_regions
from mlq.ide.analysis import Analysis
from mlq.ide.model import Document
from support.shapes import NUMBER, File, files, searched

EXAMPLES = 120
ANYTHING = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


def check(source: Source) -> Checked:
    """Check a text as the command line does."""
    found = Analysis(Document(source.text, "python")).diagnostics()
    return Checked(source.path, source.text, find_regions(source.text, "python"), tuple(found))


def mended(text: str) -> str:
    """Return a Python text with its fixes made, which is sound and stays as it is."""
    fixed = fix(Source("file.py", text, "python"), check, unsafe=False)
    ast.parse(fixed.after.text)
    assert list(fixable(fixed.left, unsafe=False)) == []
    assert fix(fixed.after, check, unsafe=False).after == fixed.after
    assert skeleton(fixed.after.text) == skeleton(text)
    return fixed.after.text


_OPENING = re.compile(r"""^([a-zA-Z]*(?:'''|\"{3}|'|")).*""", re.DOTALL)


def skeleton(text: str) -> list[str]:
    """Return the tokens of a Python text, of literals only how they open."""
    tokens = tokenize.generate_tokens(io.StringIO(text, newline="").readline)
    outside = [token for token in tokens if tokenize.tok_name[token.type] != "FSTRING_MIDDLE"]
    return [_OPENING.sub(r"\1", token.string) for token in outside]


@ANYTHING
@given(file=files(wrong=(NUMBER,)))
def test_only_the_wrong_token_changes_in_what_is_searched(file: File) -> None:
    [before] = searched(file.source)

    [after] = searched(mended(file.source))

    assert re.sub(r"""(['"])(70\d)\1""", r"\2", after) == before, file.source


WRONG = {
    "params.a = 32": "params.a = {q}32{q}",
    "metrics.a-b > 1": "metrics.`a-b` > 1",
    "metrics.a == 1": "metrics.a = 1",
    "metrics.a > '0.5'": "metrics.a > 0.5",
    "metrics.a > 1 && metrics.b > 2": "metrics.a > 1 AND metrics.b > 2",
    "metrics.a > 1 metrics.b > 2": "metrics.a > 1 AND metrics.b > 2",
}
BEFORE = [
    "",
    "tags.t = 'é' AND ",
    "tags.`漢 😀` = 'x\\y' AND\t",
    "metrics.z > 1\n  AND ",
    "tags.q = 'it''s' AND ",
]
LETTERS = ["\\x61", "\\141", "\\u0061", "\\N{LATIN SMALL LETTER A}"]
LINE_ENDS = st.sampled_from(["\n", "\r\n"])


@st.composite
def literals(draw: st.DrawFn, text: str) -> str:
    """Write a text as one literal or several, with any prefixes and quotes that can hold it."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=2)))
    edges = [0, *cuts, len(text)]
    parts = [text[start:end] for start, end in itertools.pairwise(edges)]
    gap = draw(st.sampled_from([" ", "\n    ", "  # a comment\n    "]))
    return f"({gap.join(draw(_literal(part)) for part in parts)})"


@st.composite
def _literal(draw: st.DrawFn, text: str) -> str:
    prefix = draw(st.sampled_from(["", "", "u", "f", "r", "rf", "R", "F"]))
    quote = draw(st.sampled_from(["'", '"', "'''", '"""']))
    is_long = len(quote) == 3
    if "r" in prefix.lower():
        is_possible = quote[0] not in text and (is_long or "\n" not in text) and not text.endswith("\\")
        return prefix + quote + text + quote if is_possible else repr(text)
    text = text.replace("\\", "\\\\").replace(quote[0], "\\" + quote[0])
    if not (is_long and draw(st.booleans())):
        text = text.replace("\n", "\\n")
    if draw(st.booleans()):
        text = text.replace("a", draw(st.sampled_from(LETTERS)))
    return prefix + quote + text + quote


@st.composite
def sources(draw: st.DrawFn) -> str:
    """Return a file with a wrong filter."""
    literal = draw(literals(draw(st.sampled_from(BEFORE)) + draw(st.sampled_from(sorted(WRONG)))))
    return f"import mlflow\n\nx = '\\x41'; mlflow.search_runs(\n\tfilter_string={literal} ,)   # é\x0c\n"


@ANYTHING
@given(text=sources(), line_end=LINE_ENDS)
@example(text='import mlflow\nmlflow.search_runs(filter_string=b"params.a = 32")\n', line_end="\n")
def test_a_filter_is_mended_within_its_own_quotes(text: str, line_end: str) -> None:
    mended(text.replace("\n", line_end))


def test_what_can_be_mended_is_mended() -> None:
    for wrong, right in WRONG.items():
        text = 'import mlflow\nmlflow.search_runs(filter_string="{}")\n'
        assert mended(text.format(wrong)) == text.format(right.format(q="'"))
