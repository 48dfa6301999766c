"""Trees as one line of text, for expectations that can be read."""

from __future__ import annotations

from mlq_grammar.parser import parse
from mlq_grammar.tree import Atom, Clause, Comparison, ListValue, Operand, Part, Value


def shown(text: str) -> str:
    """Return a filter's tree: clauses in brackets, atoms joined by `+`, their kind behind a colon."""
    return " ".join(_part(part, text) for part in parse(text).tree.parts)


def errors(text: str) -> list[tuple[str, str]]:
    """Return a filter's syntax errors: the kind, and the text that it stands on."""
    return [(fault.kind.name, fault.span.of(text)) for fault in parse(text).errors]


def _part(part: Part, text: str) -> str:
    if not isinstance(part, Clause):
        return part.kind.name if part.kind.name in {"AND", "OR", "NOT"} else part.span.of(text)
    sides = [_operand(part.left), *map(_comparison, part.comparisons)]
    rest = f" ...{part.rest.text}" if part.rest else ""
    return f"[{' '.join(sides)}{rest}]"


def _operand(operand: Operand | None) -> str:
    return "+".join(_atom(atom) for atom in operand.atoms) if operand else "?"


def _comparison(comparison: Comparison) -> str:
    upper = f" to {_value(comparison.upper)}" if comparison.upper else ""
    is_null_test = comparison.operator.name.endswith("NULL")
    value = "" if is_null_test else f" {_value(comparison.value)}"
    return f"{comparison.operator.name}{value}{upper}"


def _value(value: Value | None) -> str:
    if value is None:
        return "?"
    if isinstance(value, ListValue):
        return f"({', '.join(_atom(item) for item in value.items)}{')' if value.is_closed else ''}"
    return _atom(value)


def _atom(atom: Atom) -> str:
    return atom.text if atom.kind.value == "word" else f"{atom.text}:{atom.kind.value}"
