"""One clause read as MLflow's parser reads it: which key, which comparator, which value; or why not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mlq_grammar.spans import Span
from mlq_grammar.tokens import Kind
from mlq_grammar.verdict.lists import read_list
from mlq_grammar.verdict.nodes import NUMBERS, Group, Node
from mlq_grammar.verdict.refusal import RefusedError, set_of

if TYPE_CHECKING:
    from mlq_grammar.dialect import Dialect, Family, Key, Syntax
    from mlq_grammar.verdict.joining import Comparison

Value = str | int | float | tuple[str, ...] | None

_NULLS = ("IS NULL", "IS NOT NULL")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that MLflow's parser takes: `name` is the key as MLflow has it, its quotes stripped."""

    family: Family
    key: Key
    name: str
    comparator: str
    value: Value
    comparison: Comparison

    def refused(self, sentence: str, span: Span | None = None, **facts: object) -> RefusedError:
        """Make the refusal of this clause in MLflow's words."""
        named = {"key": self.name, "type": self.family.type, "comparator": self.comparator, **facts}
        return RefusedError(sentence.format(**named), span or self.comparison.span)


def read_clause(comparison: Comparison, dialect: Dialect) -> Clause:
    """Return the clause that a comparison is; raise `RefusedError` where MLflow's parser does."""
    syntax = dialect.syntax
    _check_parts(comparison)
    if comparison.right is None and syntax.bad_null:
        raise RefusedError(syntax.bad_null, comparison.comparator_span)
    family, key, name = read_key(comparison.left, dialect)
    clause = Clause(family, key, name, comparison.comparator, None, comparison)
    if comparison.right is None:
        if key.checks.bad_null:
            raise clause.refused(key.checks.bad_null, comparison.comparator_span)
        return replace(clause, comparator=comparison.comparator.upper())
    return replace(clause, value=read_value(clause, comparison.right, syntax))


def _check_parts(comparison: Comparison) -> None:
    is_null = comparison.count == 2 and comparison.comparator in _NULLS
    if comparison.count != 3 and not is_null:
        message = f"Invalid comparison clause. Expected 3 tokens found {comparison.count}"
        raise RefusedError(message, comparison.span)
    left = comparison.left
    if left.group is not Group.IDENTIFIER and left.kind is not Kind.BUILTIN:
        message = f"Invalid comparison clause. Expected 'Identifier' found '{left.text}'"
        raise RefusedError(message, left.span)


def read_key(left: Node, dialect: Dialect) -> tuple[Family, Key, str]:
    """Return the family, the key and the key's name of a left side."""
    text, syntax = left.text, dialect.syntax
    prefix, dot, rest = text.partition(".")
    family = dialect.bare
    written = Span(left.start + len(text) - len(rest), left.end) if dot else left.span
    if dot:
        if syntax.prefix_in_backticks:
            prefix = unquoted(prefix, "`")
        family = dialect.family(prefix)
    if family is None:
        prefixes = set_of(prefix for family in dialect.families for prefix in family.prefixes)
        message = syntax.bad_prefix.format(prefix=prefix, prefixes=prefixes)
        raise RefusedError(message, Span(left.start, left.start + len(text.partition(".")[0])))
    name = rest if dot else text
    stripped = strip_key(name, syntax)
    key = family.key(stripped if syntax.strips_first else name)
    if key is None:
        message = family.bad_key.format(
            key=stripped if syntax.strips_first else name, keys=set_of(family.names)
        )
        raise RefusedError(message, written)
    return family, key, stripped


def strip_key(name: str, syntax: Syntax) -> str:
    """Take the quotes off a key that this search API takes off."""
    if "quotes" in syntax.strips:
        name = unquoted(name, "'", '"')
    return unquoted(name, "`") if "backticks" in syntax.strips else name


def unquoted(text: str, *quotes: str) -> str:
    """Return the text without the first of these quotes that stands at both ends."""
    for quote in quotes:
        if is_quoted(text, quote):
            return text[1:-1]
    return text


def is_quoted(text: str, quote: str) -> bool:
    """Whether the text begins and ends with the quote, as two characters."""
    return len(text) >= 2 and text[0] == quote == text[-1]


def read_value(clause: Clause, node: Node, syntax: Syntax) -> Value:
    """Return the value that a right side is, if the key takes such a one."""
    checks = clause.key.checks
    facts = {"value": node.text, "comparators": set_of(checks.comparators)}
    if "quoted" in checks.takes and (node.kind is Kind.STRING or node.group is Group.IDENTIFIER):
        return _read_quoted(node)
    if node.group is Group.PARENTHESIS:
        if "list" in checks.takes:
            return read_list(node, syntax.lists)
        if checks.bad_list:
            raise clause.refused(checks.bad_list, node.span, **_listed(clause.family))
    if node.kind in NUMBERS:
        if "number" in checks.takes:
            return _read_number(clause, node)
        if checks.bad_number:
            keys = [key for key in clause.family.keys or () if key.value == "number"]
            raise clause.refused(checks.bad_number, node.span, numbers=set_of(_names(keys)), **facts)
    raise clause.refused(checks.bad_value, node.span, **facts)


def _listed(family: Family) -> dict[str, object]:
    names = [key.name for key in family.keys or () if "list" in key.checks.takes]
    return {"listed": sorted(names), "lists": set_of(names)}


def _names(keys: list[Key]) -> list[str]:
    return [name for key in keys for name in (key.name, *key.aliases)]


def _read_quoted(node: Node) -> str:
    text = node.text
    if is_quoted(text, "'") or is_quoted(text, '"'):
        return text[1:-1]
    raise RefusedError(
        "Parameter value is either not quoted or unidentified quote types used for string value "
        f"{text}. Use either single or double quotes.",
        node.span,
    )


def _read_number(clause: Clause, node: Node) -> Value:
    """Return the number, as text where MLflow keeps it so; Python does not read very long integers."""
    if clause.key.checks.number == "text":
        return node.text
    if node.kind is Kind.FLOAT:
        return float(node.text)
    try:
        return int(node.text)
    except ValueError as error:
        raise RefusedError(str(error), node.span) from None
