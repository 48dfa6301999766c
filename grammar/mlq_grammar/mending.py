"""Puts clauses together again that a misplaced word or sign has cut in two.

    metrics.auc NOT > 0.9      a key, NOT, and an operator with its value
    metrics.auc > , 0.9        a key with its operator, a comma, and a value
    metrics. , auc > 0.9       a prefix, a comma, and the rest

Each is one clause with an intruder: one mistake, and the clause keeps its meaning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mlq_grammar.spans import Span
from mlq_grammar.tree import Atom, AtomKind, Clause, Joint, JointKind, Operand, Part, Stray, StrayKind

_LITERALS = frozenset({AtomKind.NUMBER, AtomKind.STRING, AtomKind.SYMBOL})
_WORDS = frozenset({JointKind.AND, JointKind.OR})


def without_intruders(parts: list[Part]) -> tuple[list[Part], list[Joint | Stray]]:
    """Return the parts with such clauses whole, and what had cut them."""
    whole: list[Part] = []
    intruders: list[Joint | Stray] = []
    for part in parts:
        if len(whole) > 1 and isinstance(part, Clause):
            before, between = whole[-2:]
            if isinstance(before, Clause) and not isinstance(between, Clause):
                joined = _joined(before, between, part)
                if joined:
                    whole[-2:] = [joined]
                    intruders.append(between)
                    continue
        whole.append(part)
    return whole, intruders


def _joined(before: Clause, between: Joint | Stray, after: Clause) -> Clause | None:
    """Return the one clause that two halves make; None where each may stand for itself."""
    if isinstance(between, Stray) and between.kind in {StrayKind.SQL, StrayKind.COMMENT}:
        return None
    span = before.span.joined(after.span)
    if before.left and not before.comparisons:
        if not after.left:
            return Clause(span, before.left, after.comparisons, after.rest)
        if before.left.text.endswith(".") or after.left.text.startswith("."):
            return replace(after, span=span, left=_glued(before.left, after.left))
    value = _value(after, between)
    if before.comparisons and not before.rest and _lacks_value(before) and value:
        *others, last = before.comparisons
        filled = replace(last, span=last.span.joined(after.span), value=value)
        return Clause(span, before.left, (*others, filled))
    return None


def _lacks_value(clause: Clause) -> bool:
    last = clause.comparisons[-1]
    return last.value is None and not last.operator.name.endswith("NULL")


def _value(clause: Clause, between: Joint | Stray) -> Atom | None:
    """Return the one value that half a clause is; behind AND and OR a word may be the next key."""
    if not clause.left or clause.comparisons or len(clause.left.atoms) != 1:
        return None
    atom = clause.left.atoms[0]
    may_be_key = isinstance(between, Joint) and between.kind in _WORDS and atom.kind not in _LITERALS
    return None if may_be_key else atom


def _glued(first: Operand, second: Operand) -> Operand:
    span = Span(first.span.start, second.span.end)
    return Operand(span, first.atoms + second.atoms, first.text + second.text)


def with_spelt_joints(parts: list[Part]) -> tuple[list[Part], list[Joint]]:
    """Return the parts with every misspelt AND between two conditions a joint, and these joints."""
    spelt: list[Part] = []
    misspelt: list[Joint] = []
    for part in parts:
        before = spelt[-1] if spelt else None
        if isinstance(part, Clause) and isinstance(before, Clause) and before.comparisons and part.left:
            first, *others = part.left.atoms
            if others and _is_misspelt_and(first.text):
                joint = Joint(first.span, JointKind.AND)
                misspelt.append(joint)
                spelt.append(joint)
                part = _without_first_atom(part, part.left)  # the rest of the same clause
        spelt.append(part)
    return spelt, misspelt


def _is_misspelt_and(word: str) -> bool:
    """Whether a word is AND in quotes, or AND with one letter missing, doubled or in another's place."""
    bare = word.strip("'\"`").upper()
    return bare == "AND" or (set(bare) <= set("AND") and 2 <= len(bare) <= 4)


def _without_first_atom(clause: Clause, left: Operand) -> Clause:
    atoms = left.atoms[1:]
    start = atoms[0].span.start
    rest = Operand(Span(start, left.span.end), atoms, left.text[start - left.span.start :])
    return replace(clause, span=Span(start, clause.span.end), left=rest)


def with_rests(parts: list[Part]) -> Iterator[Part]:
    """Join atoms that have no operator of their own to the complete condition before them."""
    pending: Clause | None = None
    for part in parts:
        if isinstance(part, Clause) and part.left and not part.comparisons and pending:
            pending = Clause(pending.span.joined(part.span), pending.left, pending.comparisons, part.left)
            continue
        if pending:
            yield pending
            pending = None
        if isinstance(part, Clause) and part.comparisons:
            pending = part
        else:
            yield part
    if pending:
        yield pending
