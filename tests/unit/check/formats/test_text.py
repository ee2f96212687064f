"""What people read."""

from alliancekit.findings import Edit, Finding, Fix, Position, Severity, Span
from tests.unit.check.formats.sample import REPORT, at, report_of

WHOLE = """\
a/ana ben.alliance.yaml:5:3: error[bad-id] '早い' is no id
 5 |   早い:
   |   ^^^^
   hint: use lower-case words, as in early-word

a/ana ben.alliance.yaml:6:10: error[unknown-member] no member is named 'anna'
 6 |     by: [anna]
   |          ^^^^
   also line 3: who is meant
   also b.alliance.yaml:4:5: who was meant there
   hint: did you mean 'ana'?

a/ana ben.alliance.yaml:7:11: warning[vague-wording] 'often' cannot be seen or counted
 7 |     text: >-
   |           ^^

gone.alliance.yaml: error[unreadable] there is no such file

2 files checked, 1 not readable: 3 errors, 1 warning
1 fixable with --fix
"""


def fixable(*, is_safe: bool) -> Finding:
    place = Span(Position(1, 1), Position(1, 1))
    return Finding(
        rule="r", message="m", severity=Severity.INFO, fix=Fix(message="f", edits=(Edit(place, ""),), is_safe=is_safe)
    )


def test_whole() -> None:
    """Each finding has its place, its line underlined, other places and its remedy; one empty line is between two."""
    assert REPORT.to("text") == WHOLE


def test_color() -> None:
    """In colour how bad it is stands out, and what frames it steps back; without the escapes it is the same text."""
    painted = REPORT.to("text", color=True)
    assert painted.startswith(
        "\x1b[1ma/ana ben.alliance.yaml:5:3\x1b[0m: \x1b[31merror[bad-id]\x1b[0m '早い' is no id\n"
        "\x1b[2m 5 |\x1b[0m   早い:\n"
        "\x1b[2m   |\x1b[0m   \x1b[31m^^^^\x1b[0m\n"
        "\x1b[2m   hint: use lower-case words, as in early-word\x1b[0m\n"
    )
    bare = painted
    for code in ("0", "1", "2", "31", "33"):
        bare = bare.replace(f"\x1b[{code}m", "")
    assert bare == WHOLE


def test_fixes_that_need_a_look() -> None:
    """Fixes that could change what is meant are counted apart from those that cannot."""
    assert (
        report_of(fixable(is_safe=True), fixable(is_safe=False))
        .to("text")
        .endswith("\n1 file checked: 2 infos\n1 fixable with --fix\n1 more fixable with --fix --unsafe-fixes\n")
    )
    assert report_of(fixable(is_safe=False)).to("text").endswith("\n1 fixable with --fix --unsafe-fixes\n")


def test_many_related_places() -> None:
    """Of many other places the first three are named."""
    found = Finding(rule="r", message="m", related=tuple((at(n, 1, n, 2), "here too") for n in range(1, 9)))
    assert report_of(found).to("text").count("also line") == 3
