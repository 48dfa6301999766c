"""The rules of how many a filter matches in a connected store, in the order of their codes."""

from __future__ import annotations

from mlq.rules.matches import nothing, only_deleted, only_older
from mlq.rules.matches.rule import MatchRule

MATCH_RULES: tuple[MatchRule, ...] = (nothing.RULE, only_deleted.RULE, only_older.RULE)
