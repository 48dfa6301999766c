"""Every rule of `order_by` lists, in the order of their codes."""

from __future__ import annotations

from mlq.rules.order_by import (
    column,
    direction,
    duplicate,
    general,
    many_in_one,
    not_a_dict,
    quoting,
    surplus,
    swallowed,
)
from mlq.rules.order_by.rule import OrderRule

ORDER_RULES: tuple[OrderRule, ...] = tuple(
    module.RULE
    for module in (
        general,
        column,
        direction,
        quoting,
        duplicate,
        many_in_one,
        surplus,
        not_a_dict,
        swallowed,
    )
)
