"""What is found in a file is what the file searches for when it is run."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from mlq.hosts import find_filters
from mlq.ide.check import NEWEST
from mlq.ide.diagnostics import of_region
from mlq_grammar.spans import Span
from support.shapes import File, files, searched

EXAMPLES = 2_000


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(file=files())
def test_the_text_found_is_what_python_makes(file: File) -> None:
    [text] = searched(file.source)
    found = [region for region in find_filters(file.source) if not text.strip() or region.text.strip()]
    assert len(found) == 1, file.source
    [region] = found
    pattern = "".join(
        re.escape(part) if index % 2 == 0 else ".*"
        for index, part in enumerate(_parts(region.text, region.holes))
    )
    assert re.fullmatch(pattern, text, re.DOTALL), (file.source, region.text, text)
    for hole in region.gaps:
        place = region.map.to_outer(hole.span).of(file.source)
        assert place == hole.source or place[0] + place[-1] == "{}" or place in {"%s", f"%({hole.source})s"}
    assert region.is_static == (not region.gaps)


def _parts(text: str, holes: tuple[Span, ...]) -> list[str]:
    parts, at = [], 0
    for hole in holes:
        parts += [text[at : hole.start], "{}"]
        at = hole.end
    return [*parts, text[at:]]


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(file=files())
def test_each_finding_stands_on_the_wrong_token(file: File) -> None:
    found = [each for region in find_filters(file.source) for each in of_region(region, NEWEST)]
    places = sorted(
        (each.finding.start, each.finding.end) for each in found if each.finding.severity == "error"
    )
    cut = [file.source[start:end] for start, end in places]
    # `{v0=}` outside of quotes writes `v0=…`, which MLflow refuses too.
    assert [token for token in cut if "=}" not in token] == list(file.wrong), file.source
