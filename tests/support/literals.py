"""Python string literals as hypothesis makes them, and a call to put them in."""

from __future__ import annotations

from hypothesis import strategies as st

CALL = "mlflow.search_runs(filter_string={})"

PLAIN = st.text(
    alphabet=st.characters(blacklist_categories=["Cs"], blacklist_characters="\\'\"\r\n\0\ufeff"), max_size=6
)
TRICKY = st.sampled_from(
    ["metrics.a > 1", "\U0001f600", "e\u0301", "\t", "#", "{", "}", "%s", "\f", "\u2028", "\x85"]
)
LETTERS = [r"\a", r"\b", r"\f", r"\r", r"\t", r"\v", r"\n", r"\\", r"\'", r"\"", r"\d"]
CODES = [r"\x41", r"\u00e9", r"\U0001F600", r"\N{BULLET}", r"\N{lf}", r"\0", r"\101", r"\18", r"\ud83d"]
ESCAPES = st.sampled_from([*LETTERS, *CODES, "\\\n", "\\\r\n"])
LINE_ENDS = st.sampled_from(["\n", "\r\n", "\n\n"])


@st.composite
def literal(draw: st.DrawFn) -> str:
    prefix = draw(st.sampled_from(["", "", "u", "U", "r", "R"]))
    quote = draw(st.sampled_from(["'", '"', "'''", '"""']))
    parts = [PLAIN, TRICKY, ESCAPES]
    if len(quote) == 3:
        parts.append(LINE_ENDS)
    inside = "".join(draw(st.lists(st.one_of(parts), max_size=6)))
    if prefix.lower() == "r" and inside.endswith("\\"):
        inside += " "
    return prefix + quote + inside + quote


@st.composite
def expression(draw: st.DrawFn) -> str:
    literals = draw(st.lists(literal(), min_size=1, max_size=4))
    if len(literals) == 1 and draw(st.booleans()):
        return literals[0]
    gap = draw(st.sampled_from([" ", "\n    ", '  # not "text"\r\n  ']))
    return "(" + gap.join(literals) + gap + ")"
