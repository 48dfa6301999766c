"""The rules of the comments that suppress findings, in the order of their codes."""

from __future__ import annotations

from mlq.rules.comments import unknown_rule, unused_suppression
from mlq.rules.comments.rule import CommentRule

COMMENT_RULES: tuple[CommentRule, ...] = (unused_suppression.RULE, unknown_rule.RULE)
