"""What MLflow makes of a filter: the exact passes, and nothing for people."""

from __future__ import annotations

from mlq_grammar.verdict.judge import Ran, Verdict, conditions, judge
from mlq_grammar.verdict.order_by import OrderVerdict, judge_items, judge_order_by

__all__ = ["OrderVerdict", "Ran", "Verdict", "conditions", "judge", "judge_items", "judge_order_by"]
