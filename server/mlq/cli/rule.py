"""`mlq rule`: a rule's page in the terminal."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from mlq.cli import guard

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str], *, prog: str) -> int:
    """Print the page of the rule of this code or name; without one, list all rules."""
    wanted = parser(prog).parse_args(arguments).rule
    return guard.guarded(prog, lambda: _explain(wanted, prog) if wanted else _list())


def parser(prog: str) -> argparse.ArgumentParser:
    """Return the parser of `mlq rule`."""
    made = argparse.ArgumentParser(
        prog=prog,
        description="Explain a rule: what it finds, why that matters, and what to write.",
        allow_abbrev=False,
    )
    made.add_argument(
        "rule", nargs="?", metavar="RULE", help="a code such as MLQ401, or a name; without one, list all"
    )
    return made


def _explain(wanted: str, prog: str) -> int:
    from mlq.rules.page import ALL_RULES, page

    for rule in ALL_RULES:
        if wanted.lower() in {rule.code.lower(), rule.name}:
            print(page(rule), end="")
            return guard.NOTHING_WRONG
    guard.say(prog, f"there is no rule {wanted}; {_near(wanted)}`{prog}` lists all")
    return guard.FAILURE


def _near(wanted: str) -> str:
    """Say which rule may be meant, if one has the same number or a name much like it."""
    from difflib import get_close_matches

    from mlq.rules.page import ALL_RULES

    number = "".join(filter(str.isdigit, wanted))
    close = get_close_matches(wanted.lower(), [rule.name for rule in ALL_RULES], n=1, cutoff=0.75)
    meant = next((rule for rule in ALL_RULES if rule.code == f"MLQ{number}" or rule.name in close), None)
    return f"did you mean {meant.code} ({meant.name})? " if meant else ""


def _list() -> int:
    from mlq.rules.page import ALL_RULES

    width = max(len(rule.name) for rule in ALL_RULES)
    for rule in ALL_RULES:
        print(f"{rule.code}  {rule.name:<{width}}  {rule.summary}")
    return guard.NOTHING_WRONG
