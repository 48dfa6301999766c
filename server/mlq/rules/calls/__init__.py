"""Every rule of the calls around filters, in the order of their codes."""

from __future__ import annotations

from mlq.rules.calls import (
    experiments,
    filter_list,
    holes,
    max_results,
    misplaced,
    missing_argument,
    order_by_text,
    other_flavour,
    other_version,
    result_format,
    surplus,
    unknown_argument,
    view,
)
from mlq.rules.calls.rule import CallRule

CALL_RULES: tuple[CallRule, ...] = (
    misplaced.UNREAD,
    misplaced.REFUSED,
    unknown_argument.RULE,
    other_flavour.RULE,
    other_version.RULE,
    surplus.RULE,
    missing_argument.RULE,
    order_by_text.RULE,
    max_results.REFUSED,
    max_results.SERVER,
    view.UNKNOWN,
    view.HIDDEN,
    result_format.RULE,
    experiments.TEXT,
    experiments.REFUSED_TEXT,
    experiments.BOTH,
    filter_list.RULE,
    holes.QUOTED,
    holes.BARE,
)
