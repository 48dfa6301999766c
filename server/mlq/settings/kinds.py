"""The kinds of settings: what a value must be, and how each kind is described to editors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from mlq_grammar.entities import ENTITIES
from mlq_grammar.releases import is_version

Kind = Literal[
    "text", "version", "names", "patterns", "rules", "rules by pattern", "levels", "entities", "switch"
]
Level = Literal["error", "warning", "information", "hint", "off"]
Schema = Mapping[str, Any]

LEVELS: tuple[Level, ...] = get_args(Level)

_STRING: Schema = {"type": "string"}
_STRINGS: Schema = {"type": "array", "items": _STRING}


@dataclass(frozen=True, slots=True)
class KindRow:
    """What a value of a kind must be: `fault` says, behind the setting's name, what is wrong; or nothing.

    `schema` is JSON Schema's; `unset` the value by which VS Code says that the person said nothing.
    """

    fault: Callable[[object], str]
    schema: Schema
    unset: object


def _text(value: object) -> str:
    return "" if isinstance(value, str) else "must be a string"


def _version(value: object) -> str:
    if not isinstance(value, str):
        return "must be a string"
    return "" if is_version(value) else 'must be a version such as "2.22" or "3.17.2"'


def _switch(value: object) -> str:
    return "" if isinstance(value, bool) else "must be true or false"


def _strings(value: object) -> str:
    is_list = isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)
    return "" if is_list else "must be a list of strings"


def _patterns(value: object) -> str:
    return _strings(value) or next(filter(None, map(_pattern, _listed(value))), "")


def _pattern(text: str) -> str:
    from pathspec import GitIgnoreSpec  # slow to import, and few have patterns

    try:
        GitIgnoreSpec.from_lines([text])
    except ValueError:
        return f'has "{text}", which is no pattern of .gitignore'
    return ""


def _rules(value: object) -> str:
    return _strings(value) or next(filter(None, map(_rule, _listed(value))), "")


def _rule(selector: str) -> str:
    from mlq.settings.selectors import is_selector, meant  # few settings name rules

    if is_selector(selector):
        return ""
    near = meant(selector)
    return f'names "{selector}", which is no rule' + (
        f'; did you mean "{near}"?' if near else " (`mlq rule` lists all)"
    )


def _rules_by_pattern(value: object) -> str:
    if not isinstance(value, Mapping):
        return 'must be a table such as { "tests/**" = ["MLQ401"] }'
    for pattern, rules in value.items():
        fault = _pattern(pattern.removeprefix("!")) or _rules(rules)
        if fault:
            return f'for "{pattern}" {fault}'
    return ""


def _levels(value: object) -> str:
    if not isinstance(value, Mapping):
        return 'must be a table such as { MLQ505 = "error" }'
    for rule, level in value.items():
        if fault := _rule(rule):
            return fault
        if level not in LEVELS:
            return f"of {rule} must be {', '.join(LEVELS[:-1])} or {LEVELS[-1]}{_near_level(level)}"
    return ""


def _entities(value: object) -> str:
    if not isinstance(value, Mapping):
        return 'must be a table such as { "evaluation.where" = "runs" }'
    for key, entity in value.items():
        if entity not in ENTITIES:
            return f'for "{key}" must be one of {", ".join(ENTITIES)}'
    return ""


def _near_level(level: object) -> str:
    import difflib  # seldom needed, and the command line starts faster without it

    near = difflib.get_close_matches(str(level), LEVELS, n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def _listed(value: object) -> list[str]:
    return list(value) if isinstance(value, (list, tuple)) else []


KINDS: Mapping[Kind, KindRow] = {
    "text": KindRow(_text, _STRING, ""),
    "version": KindRow(_version, _STRING, ""),
    "names": KindRow(_strings, _STRINGS, []),
    "patterns": KindRow(_patterns, _STRINGS, []),
    "rules": KindRow(_rules, _STRINGS, []),
    "rules by pattern": KindRow(_rules_by_pattern, {"type": "object", "additionalProperties": _STRINGS}, {}),
    "levels": KindRow(
        _levels, {"type": "object", "additionalProperties": {"type": "string", "enum": list(LEVELS)}}, {}
    ),
    "entities": KindRow(
        _entities,
        {"type": "object", "additionalProperties": {"type": "string", "enum": list(ENTITIES)}},
        {},
    ),
    "switch": KindRow(_switch, {"type": "boolean"}, None),
}
