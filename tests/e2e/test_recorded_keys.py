"""Keys that were recorded in a file: the server checks and completes by them where no store is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types
from mlq.keys.picture import write_picture
from support.ide import CHURN
from support.lsp import capabilities, session

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "metrics.acu > 0.9;\n"


async def test_names_are_checked_and_completed_by_what_was_recorded(tmp_path: Path) -> None:
    (tmp_path / "mlq.toml").write_text('keys = "keys.json"\n', encoding="utf-8")
    (tmp_path / "keys.json").write_text(write_picture({"runs": CHURN}), encoding="utf-8")
    async with session(tmp_path, can=capabilities(configuration=True), settings={}) as (client, _):
        uri = client.open((tmp_path / "best.mlq").as_uri(), SOURCE, "mlq")
        (diagnostic,) = await client.diagnostics(uri)
        assert diagnostic.message == "None of 36 runs has metrics.acu."
        offered = await client.completion(uri, types.Position(0, len("metrics.")))
        assert offered is not None
        assert "auc" in {item.label for item in offered.items}
