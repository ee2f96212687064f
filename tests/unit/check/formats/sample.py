"""A report that has everything that a report can have."""

from alliancekit.check import Checked, Report
from alliancekit.check._excerpt import excerpts
from alliancekit.findings import Edit, Finding, Fix, Position, Severity, Span

TEXT = """\
alliancekit: alliance/1
members:
  ana: {name: Ana}
commitments:
  早い:
    by: [anna]
    text: >-
      Say it early,
      and often.
"""


def at(line: int, column: int, end_line: int, end_column: int) -> Span:
    return Span(Position(line, column), Position(end_line, end_column))


ID = Finding(
    rule="bad-id",
    message="'早い' is no id",
    pointer="/commitments/早い",
    on_key=True,
    hint="use lower-case words, as in early-word",
    path="a/ana ben.alliance.yaml",
    span=at(5, 3, 5, 5),
)
MEMBER = Finding(
    rule="unknown-member",
    message="no member is named 'anna'",
    pointer="/commitments/早い/by/0",
    hint="did you mean 'ana'?",
    path="a/ana ben.alliance.yaml",
    span=at(6, 10, 6, 14),
    related=((at(3, 3, 3, 6), "who is meant"),),
    elsewhere=(("b.alliance.yaml", at(4, 5, 4, 9), "who was meant there"),),
    fix=Fix(message="write 'ana'", edits=(Edit(at(6, 10, 6, 14), "ana"),), is_safe=True),
)
VAGUE = Finding(
    rule="vague-wording",
    message="'often' cannot be seen or counted",
    severity=Severity.WARNING,
    pointer="/commitments/早い/text",
    path="a/ana ben.alliance.yaml",
    span=at(7, 11, 9, 17),
)
QUIET = Finding(
    rule="no-steward",
    message="nobody looks after the alliance itself",
    severity=Severity.INFO,
    path="a/ana ben.alliance.yaml",
    span=at(1, 1, 1, 24),
)
GONE = Finding(rule="unreadable", message="there is no such file", path="gone.alliance.yaml")
HERE = (ID, MEMBER, VAGUE)

REPORT = Report(
    files=(
        Checked(
            path="a/ana ben.alliance.yaml",
            findings=HERE,
            excerpts=excerpts(TEXT, HERE),
            suppressed=((QUIET, "there are two of us"),),
        ),
        Checked(path="gone.alliance.yaml", findings=(GONE,), is_readable=False),
        Checked(path="sound.alliance.yaml"),
    )
)


def report_of(*findings: Finding) -> Report:
    """Return a report of one file with *findings*."""
    return Report(files=(Checked(path="x.alliance.yaml", findings=findings),))
