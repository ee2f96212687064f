"""JUnit XML."""

from pathlib import Path

import pytest
from attrs import evolve
from junitparser import Error, Failure, JUnitXml
from lxml import etree

from alliancekit import check
from alliancekit.check import Report
from tests.shared import ROOT
from tests.unit.check.formats.sample import GONE, QUIET, REPORT, VAGUE, report_of

SCHEMA = etree.XMLSchema(etree.parse(ROOT / "tests" / "schemas" / "junit-10.xsd"))

WHOLE = """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="alliancekit" tests="3" failures="1" errors="1">
<testsuite name="alliancekit check" tests="3" failures="1" errors="1" skipped="0">
<testcase name="a/ana ben.alliance.yaml" classname="alliancekit.check">
<failure message="&#39;&#26089;&#12356;&#39; is no id (and 1 more)" type="bad-id">a/ana ben.alliance.yaml:5:3: error[bad-id] \
&#39;&#26089;&#12356;&#39; is no id (use lower-case words, as in early-word)&#10;\
a/ana ben.alliance.yaml:6:10: error[unknown-member] no member is named &#39;anna&#39; (did you mean &#39;ana&#39;?)</failure>
<system-out>a/ana ben.alliance.yaml:7:11: warning[vague-wording] &#39;often&#39; cannot be seen or counted</system-out>
</testcase>
<testcase name="gone.alliance.yaml" classname="alliancekit.check">
<error message="there is no such file" type="unreadable">gone.alliance.yaml: error[unreadable] there is no such file</error>
</testcase>
<testcase name="sound.alliance.yaml" classname="alliancekit.check">
</testcase>
</testsuite>
</testsuites>
"""


def outcomes(text: str) -> list[str]:
    cases = etree.fromstring(text.encode()).iter("testcase")
    return [next((one.tag for one in case if one.tag != "system-out"), "passed") for case in cases]


def test_whole() -> None:
    """Each file is a test, those that pass too; what does not make it fail is its output."""
    assert REPORT.to("junit") == WHOLE


def test_the_schema() -> None:
    """Every report holds to the schema that Jenkins reads it by."""
    for report in (REPORT, Report(), report_of(evolve(GONE, path=None)), check.check_paths([ROOT / "examples"])):
        SCHEMA.assertValid(etree.fromstring(report.to("junit").encode()))


def test_a_reader_by_others(tmp_path: Path) -> None:
    """Another reader finds the same counts, the same outcomes and the same words."""
    (tmp_path / "junit.xml").write_text(REPORT.to("junit"), encoding="utf-8")
    read = JUnitXml.fromfile(str(tmp_path / "junit.xml"))
    (suite,) = read
    assert (read.tests, read.failures, read.errors) == (3, 1, 1)
    broken, gone, sound = suite
    assert [type(one) for case in (broken, gone, sound) for one in case.result] == [Failure, Error]
    assert broken.name == "a/ana ben.alliance.yaml"
    assert broken.result[0].message == "'早い' is no id (and 1 more)"
    assert len(broken.result[0].text.splitlines()) == 2
    assert sound.is_passed


@pytest.mark.parametrize(
    ("fail_on", "expected"),
    [("error", ["passed", "failure"]), ("warning", ["failure", "failure"]), ("never", ["passed", "passed"])],
)
def test_what_fails(fail_on: check.FailOn, expected: list[str]) -> None:
    """A file fails where it makes the exit code 1."""
    files = [*report_of(VAGUE, QUIET).files, *report_of(GONE).files]
    report = Report(files=tuple(files))
    assert outcomes(report.to("junit", fail_on=fail_on)) == expected
    assert report.exit_code(fail_on) == any(one != "passed" for one in expected)
