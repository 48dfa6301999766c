"""What MLflow makes of a filter: the exact passes, and nothing for people."""

from __future__ import annotations

from mlq_grammar.verdict.judge import Verdict, judge

__all__ = ["Verdict", "judge"]
