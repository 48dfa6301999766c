"""Which store is read, and why: for a folder, or for each search of a file; nothing is connected to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mlq.cli.frame import printable

if TYPE_CHECKING:
    from mlq.hosts.region import FilterRegion
    from mlq.text import LineIndex
    from mlq.tracking.resolve import Asked


def say_store(asked: Asked, entity: str) -> None:
    """Print which store the searches of an entity ask where their file says nothing of it."""
    from mlq.tracking.asking import decide

    print(printable(decide(asked, entity).sentence()))


def say_stores_of(file: str, asked: Asked) -> None:
    """Print for each search of a file which store it asks, a line each; raises `OSError`, `UnicodeError`."""
    from mlq.hosts import find_filters
    from mlq.text import LineIndex
    from mlq.tracking.asking import working_folders

    text = Path(file).read_bytes().decode("utf-8-sig")
    folder = Path(file).absolute().parent
    is_notebook = file.lower().endswith(".ipynb")
    asked = replace(asked, folders=working_folders(folder, asked.workspace, is_notebook=is_notebook))
    lines = LineIndex(text)
    for region in find_filters(text, path=file):
        print(printable(f"{file}:{region.line}: {region.api}: {_sentence(region, asked, file, lines)}"))


def _sentence(region: FilterRegion, asked: Asked, file: str, lines: LineIndex) -> str:
    from mlq.tracking.asking import decide

    resolved = decide(replace(asked, reference=region.store), region.entity)
    said = next((each for each in region.store.said if each == resolved.said), None)
    place = f"{file}:{lines.position1(said.span.start)[0]}" if said else ""
    experiments = resolved.store.experiments if resolved.store else ()
    among = f" (experiments {', '.join(experiments)})" if experiments else ""
    return f"{resolved.sentence(place)}{among}"
