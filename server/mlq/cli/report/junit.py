"""`--output-format junit`: a test report, in which each error is a failed test of its file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from mlq.cli.report.places import placed, relative

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from mlq.cli.checked import Checked
    from mlq.cli.report.places import Placed
    from mlq.cli.style import Style

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(results: Iterable[Checked], out: TextIO, style: Style) -> None:  # noqa: ARG001 (every format takes it)
    """Print a suite for each file with filters; what is no error is a passed test that says so."""
    suites = [_suite(checked) for checked in results if checked.regions or checked.diagnostics]
    failures = sum(int(suite.get("failures", "0")) for suite in suites)
    tests = sum(len(suite) for suite in suites)
    root = ET.Element("testsuites", name="mlq-check", tests=str(tests), failures=str(failures))
    root.extend(suites)
    ET.indent(root)
    # ASCII reads back the same, whatever the terminal's encoding.
    print('<?xml version="1.0" encoding="utf-8"?>', file=out)
    print(ET.tostring(root).decode("ascii"), file=out)


def _suite(checked: Checked) -> ET.Element:
    path = _text(relative(checked.path))
    cases = [_case(path, each) for each in placed(checked)]
    cases = cases or [ET.Element("testcase", name="filters", classname=path)]
    failures = sum(case.find("failure") is not None for case in cases)
    suite = ET.Element("testsuite", name=path, tests=str(len(cases)), failures=str(failures), errors="0")
    suite.extend(cases)
    return suite


def _case(path: str, each: Placed) -> ET.Element:
    finding = each.finding
    case = ET.Element("testcase", name=f"{finding.code} at {each.line}:{each.column}", classname=path)
    first = each.message.splitlines()[0]
    if finding.severity == "error":
        ET.SubElement(case, "failure", type=finding.code, message=_text(first)).text = _text(each.message)
    else:
        ET.SubElement(case, "system-out").text = _text(f"{finding.severity}: {each.message}")
    return case


def _text(text: str) -> str:
    """Return a text without the characters that no XML can hold, not even escaped."""
    return _NO_XML.sub("\ufffd", text)
