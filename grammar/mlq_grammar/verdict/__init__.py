"""What MLflow makes of a filter: the exact passes, and nothing for people."""

from __future__ import annotations

from mlq_grammar.verdict.judge import Verdict, judge
from mlq_grammar.verdict.order_by import OrderVerdict, judge_items, judge_order_by

__all__ = ["OrderVerdict", "Verdict", "judge", "judge_items", "judge_order_by"]
