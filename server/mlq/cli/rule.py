"""`mlq rule`: a rule's page in the terminal."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from mlq.cli import guard

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str], *, prog: str) -> int:
    """Print the page of the rule of this code or name; without one, list all rules."""
    parser = argparse.ArgumentParser(
        prog=prog, description="Explain a rule: what it finds, why that matters, and what to write."
    )
    parser.add_argument("rule", nargs="?", help="a code such as MLQ401, or a name; without one, list all")
    wanted = parser.parse_args(arguments).rule
    return guard.guarded(prog, lambda: _explain(wanted, prog) if wanted else _list())


def _explain(wanted: str, prog: str) -> int:
    from mlq.rules.page import ALL_RULES, page

    for rule in ALL_RULES:
        if wanted.lower() in {rule.code.lower(), rule.name}:
            print(page(rule), end="")
            return guard.NOTHING_WRONG
    guard.say(prog, f"there is no rule {wanted}; `{prog}` lists all")
    return guard.FAILURE


def _list() -> int:
    from mlq.rules.page import ALL_RULES

    width = max(len(rule.name) for rule in ALL_RULES)
    for rule in ALL_RULES:
        print(f"{rule.code}  {rule.name:<{width}}  {rule.summary}")
    return guard.NOTHING_WRONG
