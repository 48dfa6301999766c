"""One clause read as MLflow's parser reads it: which key, which comparator, which value; or why not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mlq_grammar.sentences import sentences
from mlq_grammar.spans import Span
from mlq_grammar.tokens import Kind
from mlq_grammar.verdict.lists import read_list
from mlq_grammar.verdict.nodes import NUMBERS, Group, Node
from mlq_grammar.verdict.refusal import RefusedError, refused, set_of

if TYPE_CHECKING:
    from mlq_grammar.dialect import Dialect, Family, Key, Syntax
    from mlq_grammar.verdict.joining import Comparison

Value = object
"""A string, a number, a tuple of strings, or None; on logged models any literal of Python."""

NULLS = ("IS NULL", "IS NOT NULL")


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
        named = {
            "key": self.name,
            "type": self.family.type,
            "comparator": self.comparator,
            "written": self.comparison.comparator,
            "comparators": set_of(self.key.checks.named),
            "named": self.key.checks.named,
            "sorted": sorted(self.key.checks.named),
            "keys": set_of(self.family.names),
            **facts,
        }
        return RefusedError(sentence.format(**named), span or self.comparison.span)

    @property
    def value_span(self) -> Span | None:
        """Where the value stands, if there is one."""
        return None if self.comparison.right is None else self.comparison.right.span


def read_clause(comparison: Comparison, dialect: Dialect) -> Clause:
    """Return the clause that a comparison is; raise `RefusedError` where MLflow's parser does."""
    check_parts(comparison, dialect)
    if comparison.right is None and dialect.syntax.bad_null:
        facts = {"quoted": f"'{comparison.left.text} {comparison.comparator}'"}
        raise RefusedError(dialect.syntax.bad_null.format(**facts), comparison.comparator_span)
    clause = read_key(comparison, dialect)
    if comparison.right is None and clause.key.checks.bad_null:
        raise clause.refused(clause.key.checks.bad_null, comparison.comparator_span)
    return clause


def check_parts(comparison: Comparison, dialect: Dialect) -> None:
    """Refuse what has not three parts, the first of them a name; IS [NOT] NULL has two."""
    is_null = comparison.count == 2 and comparison.comparator in NULLS
    if comparison.count != 3 and not is_null:
        raise refused("three-parts", comparison.span, count=comparison.count)
    left = comparison.left
    if left.group is not Group.IDENTIFIER and left.kind is not Kind.BUILTIN:
        sentence = dialect.syntax.bad_left or sentences()["no-identifier"]
        raise RefusedError(sentence.format(left=left.text), left.span)


def read_key(comparison: Comparison, dialect: Dialect) -> Clause:
    """Return a clause without its value."""
    left, syntax = comparison.left, dialect.syntax
    prefix, dot, rest = left.text.partition(".")
    family = dialect.bare
    if dot:
        family = dialect.family(unquoted(prefix, "`") if syntax.prefix_in_backticks else prefix)
    if family is None:
        raise _bad_prefix(left, prefix, dialect)
    written = rest if dot else prefix
    name = strip_key(written, syntax)
    looked_up = name if syntax.strips_first else written
    key = family.key(looked_up)
    clause = Clause(family, key or family.pattern, name, comparison.comparator, None, comparison)
    if key is None and family.stage == "key":
        raise clause.refused(family.bad_key, Span(left.end - len(written), left.end), key=looked_up)
    return clause


def _bad_prefix(left: Node, prefix: str, dialect: Dialect) -> RefusedError:
    span = Span(left.start, left.start + len(prefix))
    if dialect.syntax.prefix_in_backticks:
        prefix = unquoted(prefix, "`")
    prefixes = set_of(known for family in dialect.families for known in family.prefixes)
    return RefusedError(dialect.syntax.bad_prefix.format(prefix=prefix, prefixes=prefixes), span)


def strip_key(name: str, syntax: Syntax) -> str:
    """Take off a key's quotes those that this search API takes off."""
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


def with_value(clause: Clause, syntax: Syntax) -> Clause:
    """Return the clause with its value, if the key takes such a one."""
    node = clause.comparison.right
    if node is None:
        return replace(clause, comparator=clause.comparator.upper())
    return replace(clause, value=_read_value(clause, node, syntax))


def _read_value(clause: Clause, node: Node, syntax: Syntax) -> Value:
    checks = clause.key.checks
    if "quoted" in checks.takes and (node.kind is Kind.STRING or node.group is Group.IDENTIFIER):
        return read_quoted(node)
    if node.group is Group.PARENTHESIS:
        if "list" in checks.takes:
            return read_list(node, syntax.lists)
        if checks.bad_list:
            raise clause.refused(checks.bad_list, node.span, value=node.text, **_lists(clause.family))
    if node.kind in NUMBERS:
        if "number" in checks.takes:
            return _read_number(clause, node)
        if checks.bad_number:
            raise clause.refused(checks.bad_number, node.span, value=node.text, **_lists(clause.family))
    raise clause.refused(checks.bad_value, node.span, value=node.text)


def _lists(family: Family) -> dict[str, object]:
    """Return the keys that take lists, sorted and as a set, and those that take numbers."""
    keys = family.keys or ()
    lists = [key.name for key in keys if "list" in key.checks.takes]
    numbers = [name for key in keys if "number" in key.checks.takes for name in (key.name, *key.aliases)]
    return {"listed": sorted(lists), "lists": set_of(lists), "numbers": set_of(numbers)}


def read_quoted(node: Node) -> str:
    """Return what stands between the quotes of a string or a name in quotes."""
    text = node.text
    if is_quoted(text, "'") or is_quoted(text, '"'):
        return text[1:-1]
    raise refused("unquoted", node.span, value=text)


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


def check_use(clause: Clause) -> None:
    """Refuse a key that its family lacks, an empty one, and a comparator that the key does not have."""
    family, checks = clause.family, clause.key.checks
    left, comparator = clause.comparison.left.span, clause.comparison.comparator_span
    if family.stage != "key" and family.keys is not None and family.key(clause.name) is None:
        raise clause.refused(family.bad_key, left)
    if checks.bad_empty and clause.name == clause.key.name:
        raise clause.refused(checks.bad_empty, left)
    if clause.comparator not in clause.key.comparators:
        is_named = clause.comparator in checks.named and checks.bad_use
        raise clause.refused(checks.bad_use if is_named else checks.bad_comparator, comparator)
