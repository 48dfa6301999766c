"""The rules of names and values that a connected store has or has not, in the order of their codes."""

from __future__ import annotations

from mlq.rules.store import other_kind, unseen_key, unseen_value
from mlq.rules.store.rule import StoreRule

STORE_RULES: tuple[StoreRule, ...] = (unseen_key.RULE, other_kind.RULE, unseen_value.RULE)
