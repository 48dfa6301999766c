"""A rule of the comments that suppress findings."""

from __future__ import annotations

from dataclasses import dataclass

from mlq.rules.base import BaseRule


@dataclass(frozen=True, slots=True)
class CommentRule(BaseRule):
    """One mistake in a suppression. `wrong` is a Python file with a line of `^` under the place of it."""
