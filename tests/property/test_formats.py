"""Laws of the formats: whatever a finding says, each reader reads it."""

import json
import re
from unicodedata import category

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree

from alliancekit.check import FORMATS, Checked, Report, report_schema
from alliancekit.check._excerpt import excerpts
from alliancekit.findings import Edit, Finding, Fix, Position, Severity, Span
from tests.shared import ROOT
from tests.unit.check.formats.readers import OBEYED, command_of

GITLAB = Draft202012Validator(json.loads((ROOT / "tests/schemas/gitlab-code-quality.schema.json").read_text("utf-8")))
OURS = Draft202012Validator(report_schema())
JUNIT = etree.XMLSchema(etree.parse(ROOT / "tests" / "schemas" / "junit-10.xsd"))

# Anything, and often what some reader treats in its own way.
HOSTILE = st.sampled_from(
    ["::error::", "##[", "%0A", "\n", "\x1b[2J", "\u202e", "]]>", "<!--", "&", "](", "|", "\ud800", "\ufffe"]
)
TEXTS = st.lists(st.one_of(st.text(max_size=12), HOSTILE), max_size=4).map("".join)
PLACES = st.builds(Position, st.integers(1, 3), st.integers(1, 20))
SPANS = st.tuples(PLACES, PLACES).map(lambda both: Span(*sorted(both)))
FIXES = st.builds(
    Fix,
    message=TEXTS,
    edits=st.lists(st.builds(Edit, SPANS, TEXTS), max_size=2).map(tuple),
    is_safe=st.booleans(),
)
FINDINGS = st.builds(
    Finding,
    rule=st.sampled_from(["bad-id", "unknown-member", "of-somebody-else"]),
    message=TEXTS.filter(bool),
    severity=st.sampled_from(Severity),
    pointer=TEXTS,
    hint=TEXTS,
    path=st.none() | TEXTS,
    span=st.none() | SPANS,
    related=st.lists(st.tuples(SPANS, TEXTS), max_size=2).map(tuple),
    elsewhere=st.lists(st.tuples(TEXTS, SPANS, TEXTS), max_size=2).map(tuple),
    fix=st.none() | FIXES,
)


def checked(path: str | None, text: str, findings: list[Finding], quiet: list[tuple[Finding, str]]) -> Checked:
    shown = excerpts(text, tuple(findings))
    return Checked(path=path, findings=tuple(findings), excerpts=shown, suppressed=tuple(quiet))


FILES = st.builds(
    checked,
    st.none() | TEXTS,
    TEXTS,
    st.lists(FINDINGS, max_size=3),
    st.lists(st.tuples(FINDINGS, TEXTS), max_size=1),
)
REPORTS = st.builds(Report, files=st.lists(FILES, max_size=3).map(tuple))


@given(REPORTS)
@settings(max_examples=60)
def test_programs_read_them(report: Report) -> None:
    """The JSON of each kind parses and holds to its schema, and says each finding."""
    told = json.loads(report.to("json"))
    assert [*OURS.iter_errors(told)] == []
    assert [one["message"] for one in told["findings"]] == [one.message for one in report.findings]
    quality = json.loads(report.to("gitlab"))
    assert [*GITLAB.iter_errors(quality)] == []
    assert len({one["fingerprint"] for one in quality}) == len(quality) == len(report.findings)
    (run,) = json.loads(report.to("sarif"))["runs"]
    assert len(run["results"]) == len(report.findings) + len(report.suppressed)


@given(REPORTS, st.sampled_from(["error", "warning", "never"]))
@settings(max_examples=60)
def test_xml_readers_read_it(report: Report, fail_on: str) -> None:
    """The XML parses, holds to its schema, and has a failure exactly where the exit code is 1."""
    read = etree.fromstring(report.to("junit", fail_on=fail_on).encode())
    JUNIT.assertValid(read)
    assert len(read.findall(".//testcase")) == len(report.files)
    assert bool(read.findall(".//failure")) == bool(report.exit_code(fail_on))


@given(REPORTS)
@settings(max_examples=60)
def test_each_line_is_one_command(report: Report) -> None:
    """For GitHub each line is one command for one finding."""
    lines = report.to("github").splitlines()
    assert len(lines) == len(report.findings)
    assert sorted(command_of(line).name for line in lines) == sorted(
        {"error": "error", "warning": "warning", "info": "notice"}[one.severity.value] for one in report.findings
    )


@given(REPORTS)
@settings(max_examples=60)
def test_text_has_no_control_character(report: Report) -> None:
    """Text has no control character but line breaks and tabs, and colours are the only escapes that colour adds."""
    text = report.to("text")
    assert not [one for one in text if category(one) in ("Cc", "Cs") and one not in "\n\t"]
    painted = report.to("text", color=True)
    assert re.sub(r"\x1b\[\d+m", "", painted) == text


@given(REPORTS)
@settings(max_examples=60)
def test_no_format_has_a_line_that_is_obeyed(report: Report) -> None:
    """In no format is there a line that a build runner obeys, nor, but for text, a character beyond ASCII."""
    for form in FORMATS:
        text = report.to(form)
        assert form == "github" or not [line for line in text.split("\n") if OBEYED.search(line)]
        assert form in {"text", "github"} or text.isascii()


@given(REPORTS)
@settings(max_examples=30)
def test_the_same_report_is_told_the_same(report: Report) -> None:
    """What is told depends on the report alone."""
    assert {form: report.to(form) for form in FORMATS} == {
        form: Report(files=report.files).to(form) for form in FORMATS
    }
