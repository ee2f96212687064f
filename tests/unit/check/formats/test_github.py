"""Workflow commands, and the page of a step."""

from attrs import evolve

from alliancekit.check import Report
from alliancekit.findings import Severity
from tests.unit.check.formats.sample import GONE, ID, QUIET, REPORT, VAGUE, report_of


def test_whole() -> None:
    """Each finding is one command, the most severe first; columns are told where it stands on one line."""
    assert REPORT.to("github") == (
        "::error title=alliancekit%3A bad-id,file=a/ana ben.alliance.yaml,line=5,endLine=5,col=3,endColumn=5::"
        "'早い' is no id%0Ause lower-case words, as in early-word\n"
        "::error title=alliancekit%3A unknown-member,file=a/ana ben.alliance.yaml,line=6,endLine=6,col=10,endColumn=14::"
        "no member is named 'anna'%0Adid you mean 'ana'?\n"
        "::error title=alliancekit%3A unreadable,file=gone.alliance.yaml::there is no such file\n"
        "::warning title=alliancekit%3A vague-wording,file=a/ana ben.alliance.yaml,line=7,endLine=9::"
        "'often' cannot be seen or counted\n"
    )
    assert report_of(QUIET).to("github").startswith("::notice ")


def test_nothing() -> None:
    """Where nothing was found, nothing is said."""
    assert report_of().to("github") == ""


def test_no_file() -> None:
    """What belongs to no file names none."""
    assert report_of(evolve(GONE, path=None)).to("github").startswith("::error title=alliancekit%3A unreadable::")


def test_more_than_github_shows() -> None:
    """Where GitHub will leave some out, the first line says so."""
    at_most = report_of(*[VAGUE] * 10, *[ID] * 10).to("github").splitlines()
    assert len(at_most) == 20
    more = report_of(*[VAGUE] * 11, ID).to("github").splitlines()
    assert more[0] == (
        "::notice title=alliancekit::1 file checked: 1 error, 11 warnings; "
        "GitHub marks 10 of a kind, and all are in the log"
    )
    assert len(more) == 13
    assert more[1].startswith("::error ")


def test_the_page() -> None:
    """The page of a step has the summary, and a table of the findings, the most severe first."""
    assert REPORT.to_step_summary() == (
        "### alliancekit: 2 files checked, 1 not readable: 3 errors, 1 warning\n"
        "\n"
        "| where | rule | what is wrong |\n"
        "|---|---|---|\n"
        f"| a/ana ben\\.alliance\\.yaml\\:5:3 | error [bad-id]({ID.url}) "
        "| '早い' is no id<br>use lower-case words, as in early-word |\n"
        f"| a/ana ben\\.alliance\\.yaml\\:6:10 | error [unknown-member]({ID.url.replace('bad-id', 'unknown-member')}) "
        "| no member is named 'anna'<br>did you mean 'ana'? |\n"
        f"| gone\\.alliance\\.yaml | error [unreadable]({GONE.url}) | there is no such file |\n"
        f"| a/ana ben\\.alliance\\.yaml\\:7:11 | warning [vague-wording]({VAGUE.url}) "
        "| 'often' cannot be seen or counted |\n"
    )
    assert Report().to_step_summary() == "### alliancekit: 0 files checked: nothing found\n"


def test_a_rule_without_a_page() -> None:
    """A rule that is explained nowhere is named, and links to nothing."""
    page = report_of(evolve(VAGUE, rule="acme-words", page="")).to_step_summary()
    assert "| warning acme-words | " in page


def test_a_long_page() -> None:
    """A page stays below what GitHub takes, 1 MiB, and says how many findings it leaves out."""
    long = evolve(VAGUE, message="&#" * 5_000, hint="@" * 5_000, path="𝕏" * 5_000, severity=Severity.INFO)
    page = report_of(*[long] * 5_000, ID).to_step_summary()
    assert len(page.encode()) < 1024 * 1024
    assert page.splitlines()[4].startswith("| a/ana ben")
    assert page.endswith(" more are in the log.\n")
