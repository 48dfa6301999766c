"""A recorded picture of keys."""

from __future__ import annotations

from mlq.keys.picture import read_picture, write_picture
from support.ide import CHURN


def test_a_picture_reads_back_as_it_was() -> None:
    assert read_picture(write_picture({"runs": CHURN})) == {"runs": CHURN}
