"""What others have thought of to command whoever reads a report: planted in every part of one, in every format."""

import json
from typing import Any

import pytest
from lxml import etree
from markdown_it import MarkdownIt

from alliancekit.check import FORMATS, Checked, Report, check_text, escape_terminal
from alliancekit.check._excerpt import excerpts
from alliancekit.findings import HOME, Edit, Finding, Fix
from tests.shared import SHARED, needs_shared
from tests.unit.check.formats.readers import OBEYED, command_of
from tests.unit.check.formats.sample import at

# Reports in any format are printed to logs and terminals, so those attacks are held against each of them.
SINKS = {
    "terminal": tuple(FORMATS),
    "terminal-in-ci": ("text", "github"),
    "sarif": ("sarif",),
    "junit": ("junit",),
    "markdown": ("summary",),
    "markdown-github": ("summary",),
}


def cases(*sinks: str) -> list[Any]:
    found = [(path.stem, json.loads(path.read_text("utf-8"))) for path in sorted((SHARED / "render").glob("*.json"))]
    return [pytest.param(case, id=name) for name, case in found if case["sink"] in sinks]


def planted(text: str) -> Report:
    """Return a report in which every text is *text*."""
    place = at(1, 1, 1, 1 + len(text))
    finding = Finding(
        rule="planted",
        message=text,
        pointer=f"/members/{text}",
        hint=text,
        path=text,
        span=place,
        related=((place, text),),
        elsewhere=((text, place, text),),
        fix=Fix(message=text, edits=(Edit(place, text),)),
    )
    return Report(
        files=(
            Checked(
                path=text,
                findings=(finding,),
                excerpts=excerpts(text, (finding,)),
                suppressed=((finding, text),),
            ),
        )
    )


def told(report: Report, form: str) -> str:
    return report.to_step_summary() if form == "summary" else report.to(form)


@needs_shared
@pytest.mark.parametrize("case", cases(*SINKS))
def test_must_not_contain(case: dict[str, Any]) -> None:
    """What must not come through does not, in any format that reaches the place where it would do harm."""
    report = planted(case["input"])
    for form in SINKS[case["sink"]]:
        text = told(report, form)
        forbidden = [one for one in case["must_not_contain"] if one in text]
        assert (form, forbidden) == (form, [])


@needs_shared
@pytest.mark.parametrize("case", cases("terminal", "terminal-in-ci", "github-actions"))
def test_no_line_is_obeyed(case: dict[str, Any]) -> None:
    """No line of any format is one that a build runner obeys, but for the commands that are ours."""
    report = planted(case["input"])
    for form in FORMATS:
        obeyed = [line for line in report.to(form).split("\n") if OBEYED.search(line)]
        assert len(obeyed) == (len(report.findings) if form == "github" else 0), (form, obeyed)


@needs_shared
@pytest.mark.parametrize("case", cases(*SINKS, "github-actions"))
def test_documents(case: dict[str, Any]) -> None:
    """It is the same where a document has them, as a name, a key, a text and its own name."""
    text = case["input"]
    member = {"name": text, "timezone": text, text: text}
    document = {"alliancekit": "alliance/1", "id": text, "kind": text, "members": {text: member}, text: text}
    findings = check_text(json.dumps(document, indent=1, ensure_ascii=False), path=f"{text}.json")
    shown = excerpts(json.dumps(document, indent=1, ensure_ascii=False), findings)
    report = Report(files=(Checked(path=f"{text}.json", findings=findings, excerpts=shown),))
    assert len(findings) >= 1
    properties = "".join(line.split("::")[1] for line in report.to("github").splitlines())
    for text in [told(report, form) for form in SINKS.get(case["sink"], ())] or [properties]:
        assert [one for one in case["must_not_contain"] if one in text] == []
    for form in FORMATS:
        obeyed = [line for line in report.to(form).split("\n") if OBEYED.search(line)]
        assert len(obeyed) == (len(findings) if form == "github" else 0), (form, obeyed)


@needs_shared
@pytest.mark.parametrize("case", cases("terminal", "terminal-in-ci", "github-actions", "sarif", "markdown", "junit"))
def test_commands_say_what_was_meant(case: dict[str, Any]) -> None:
    """The runner reads one command, with our properties, whose texts are what a terminal would be shown."""
    safe = escape_terminal(case["input"])
    (line,) = planted(case["input"]).to("github").splitlines()
    command = command_of(line)
    assert command.name == "error"
    assert [*command.properties] == ["title", "file", "line", "endLine", "col", "endColumn"]
    assert command.properties["file"].replace("/", "") == safe.replace("/", "")
    assert command.message == f"{safe}\n{safe}"
    assert not [
        one for one in case["must_not_contain"] if case["sink"] == "github-actions" and one in line.split("::")[1]
    ]


@needs_shared
@pytest.mark.parametrize("case", cases("terminal", "terminal-in-ci", "github-actions", "sarif", "junit", "html"))
def test_values_stay(case: dict[str, Any]) -> None:
    """Programs read what was there: JSON as it was, XML but for what XML cannot hold."""
    text = case["input"]
    report = planted(text)
    assert json.loads(report.to("json"))["findings"][0]["message"] == text
    assert json.loads(report.to("gitlab"))[0]["description"] == f"{text} ({text})"
    result = json.loads(report.to("sarif"))["runs"][0]["results"][0]
    assert result["message"]["text"].replace(r"\](", "](") == f"{text} ({text})"
    assert "markdown" not in result["message"]
    failure = etree.fromstring(report.to("junit").encode()).find(".//failure")
    legal = "".join(
        "\ufffd" if (one < " " and one not in "\t\n\r") or "\ud800" <= one <= "\udfff" else one for one in text
    )
    assert failure.get("message") == legal


@needs_shared
@pytest.mark.parametrize(
    "case", cases("terminal", "terminal-in-ci", "github-actions", "markdown", "markdown-github", "html")
)
def test_the_page_is_one_table(case: dict[str, Any]) -> None:
    """On the page of a step there is one row of three cells, and no link or tag that is not ours."""
    tokens = MarkdownIt("gfm-like").parse(planted(case["input"]).to_step_summary())
    kinds = [one.type for one in tokens]
    assert (kinds.count("tr_open"), kinds.count("td_open"), kinds.count("heading_open")) == (2, 3, 1)
    assert {one.type for one in tokens if one.level == 0} == {
        "heading_open",
        "inline",
        "heading_close",
        "table_open",
        "table_close",
    } - {"inline"}
    inner = [one for token in tokens for one in token.children or ()]
    assert {one.type for one in inner} <= {"text", "link_open", "link_close", "html_inline"}
    assert {one.content for one in inner if one.type == "html_inline"} <= {"<br>"}
    assert all(str(one.attrs["href"]).startswith(HOME) for one in inner if one.type == "link_open")
