"""Which rules can have something to say of a filter, and of which conditions: most are not asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from mlq_grammar.dialect import Dialect, load
from mlq_grammar.messages import SyntaxKind
from mlq_grammar.plain import PlainClause, part_of, plain_clauses

from mlq.findings import Finding
from mlq.rules import RULES
from mlq.rules.names import every_key
from mlq.rules.rule import Rule
from mlq.semantics.meaning import Meaning, meaning_of, resolve
from mlq.semantics.traits import Trait, traits

Sign = str | SyntaxKind | Trait

_OTHERS = [rule for rule in RULES if rule.severity != "error"]


class _Plan:
    """Some rules by the signs that they look for in a dialect."""

    def __init__(self, rules: Iterable[Rule], dialect: Dialect) -> None:
        signed = [(rule, signs) for rule in rules if (signs := rule.signs(dialect)) is not None]
        self._rules = [rule for rule, _ in signed]
        self.always = [at for at, (_, signs) in enumerate(signed) if not signs]
        self._by_sign: dict[Sign, list[int]] = {}
        for at, (_, signs) in enumerate(signed):
            for sign in signs:
                self._by_sign.setdefault(sign, []).append(at)
        self._texts = [sign for sign in self._by_sign if isinstance(sign, str)]

    def texts_in(self, upper: str) -> list[str]:
        """Return the signs that stand in a text in capitals."""
        return [sign for sign in self._texts if sign in upper]

    def rules(self, signs: Iterable[Sign]) -> list[Rule]:
        """Return the rules that look for one of the signs, in their order."""
        chosen = set(self.always)
        for sign in signs:
            chosen.update(self._by_sign.get(sign, ()))
        return [self._rules[at] for at in sorted(chosen)]


class _Plans(NamedTuple):
    """The plans for a dialect: for what is refused, for what is not, and two for what is plain."""

    errors: _Plan
    others: _Plan
    single: _Plan
    comparing: _Plan
    aliases: dict[str, str]


def _plans(dialect: Dialect) -> _Plans:
    return _planned(dialect.entity, dialect.mlflow_version, dialect.sqlparse_version)


@lru_cache(maxsize=64)
def _planned(entity: str, mlflow_version: str, sqlparse_version: str) -> _Plans:
    dialect = load(entity, mlflow_version, sqlparse_version)
    plain = [rule for rule in _OTHERS if rule.may_be_plain]
    return _Plans(
        _Plan([rule for rule in RULES if rule.severity == "error"], dialect),
        _Plan(_OTHERS, dialect),
        _Plan([rule for rule in plain if not rule.compares], dialect),
        _Plan([rule for rule in plain if rule.compares], dialect),
        {alias: key.name for key in every_key(dialect) for alias in key.aliases},
    )


def explaining(meaning: Meaning) -> list[Rule]:
    """Return the rules on what MLflow refuses that may report something of these conditions."""
    plan = _plans(meaning.dialect).errors
    kinds = {error.kind for error in meaning.parse.errors} | traits(meaning.conditions)
    return plan.rules([*plan.texts_in(meaning.text.upper()), *kinds])


def surprises(text: str, dialect: Dialect, meaning: Meaning | None = None) -> list[Finding]:
    """Return what surprises in a filter, refused or not; whoever has resolved it gives its meaning too."""
    clauses = plain_clauses(text)
    asked = _of_plain(text, clauses, dialect) if clauses else _of_any(meaning or resolve(text, dialect))
    return [finding for rules, meaning in asked for rule in rules for finding in rule.findings(meaning)]


def _of_any(meaning: Meaning) -> Iterator[tuple[list[Rule], Meaning]]:
    plan = _plans(meaning.dialect).others
    yield plan.rules(plan.texts_in(meaning.text.upper())), meaning


def _of_plain(
    text: str, clauses: tuple[PlainClause, ...], dialect: Dialect
) -> Iterator[tuple[list[Rule], Meaning]]:
    """Have rules look at the clauses with their signs alone, and compare conditions where keys repeat."""
    _, _, single, comparing, aliases = _plans(dialect)
    upper = text.upper()
    signs = single.texts_in(upper)
    if signs or single.always:
        seen = [clause for clause in clauses if single.always or _has_sign(clause.group().upper(), signs)]
        yield single.rules(signs), meaning_of(text, dialect, map(part_of, seen))
    repeated = _repeated(clauses, dialect, aliases)
    if repeated:
        yield comparing.rules(comparing.texts_in(upper)), meaning_of(text, dialect, map(part_of, repeated))


def _has_sign(upper: str, signs: list[str]) -> bool:
    return any(sign in upper for sign in signs)


def _repeated(
    clauses: tuple[PlainClause, ...], dialect: Dialect, aliases: dict[str, str]
) -> tuple[PlainClause, ...]:
    """Return the clauses that may speak of one key with another clause."""
    if len(clauses) < 2 or dialect.syntax.routes:
        return clauses[1:] and clauses
    names = [clause["key"].strip('`"') for clause in clauses]
    names = [aliases.get(name, name) for name in names]
    if len(set(names)) == len(names):
        return ()
    counts = Counter(names)
    return tuple(clause for clause, name in zip(clauses, names, strict=True) if counts[name] > 1)
