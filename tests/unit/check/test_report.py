"""How findings are told."""

import json
from pathlib import Path

import pytest

from alliancekit import check
from alliancekit.check import Checked, Report
from alliancekit.findings import Finding, Position, Severity, Span


def told(tmp_path: Path, text: str, name: str = "x.alliance.yaml") -> str:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return check.check_paths([tmp_path / name]).to_text().replace(f"{tmp_path}/", "")


def report_of(*findings: Finding) -> Report:
    return Report(files=(Checked(path="x", findings=findings),))


def report(*severities: Severity) -> Report:
    return report_of(*(Finding(rule="r", message="m", severity=one) for one in severities))


class TestText:
    def test_whole(self, tmp_path: Path) -> None:
        """A finding shows its place, its line with a mark under the place, and its remedy; a summary ends it."""
        assert told(
            tmp_path, "alliancekit: bank/1\nid: a\ntitle: A\nprompts: {}\nlanguage: English!\nlicence: MIT\n"
        ) == (
            "x.alliance.yaml:5:11: error[bad-language] language: must be a language tag (BCP 47) like en or pt-BR, not 'English!'\n"
            " 5 | language: English!\n"
            "   |           ^^^^^^^^\n"
            "\n"
            "1 file checked: 1 error\n"
        )

    def test_columns_of_the_screen(self, tmp_path: Path) -> None:
        """Ideographs take two columns and marks none, so the mark stands under the place."""
        text = told(tmp_path, 'alliancekit: bank/1\nid: a\ntitle: A\nlicence: MIT\nprompts: {}\n"早e\u0301\\t": 1\n')
        lines = text.split("\n")
        assert lines[1] == ' 6 | "早e\u0301\\t": 1'
        assert lines[2] == "   | ^^^^^^^"

    def test_tabs(self, tmp_path: Path) -> None:
        """A tab is shown as the spaces to its stop."""
        text = told(tmp_path, '{\n"alliancekit":\t"bnk/1"}', "x.bank.json")
        assert ' 2 | "alliancekit":  "bnk/1"}\n   |                 ^^^^^^^' in text

    def test_a_long_line_is_cut_around_the_place(self, tmp_path: Path) -> None:
        """Of a long line the part around the place is shown, with the mark where it belongs."""
        entries = ", ".join(f'"x-{number}": 1' for number in range(200))
        text = told(
            tmp_path, f'{{"alliancekit": "bank/1", {entries}, "bad": 1, {entries.replace("x-", "x-b")}}}', "x.bank.json"
        )
        shown = [line for line in text.split("\n") if '"bad"' in line]
        assert shown
        mark = text.split("\n")[text.split("\n").index(shown[0]) + 1]
        at = mark.index("^")
        assert shown[0][at : at + 5] == '"bad"'
        assert max(map(len, text.split("\n"))) < 250

    def test_a_hostile_name_is_one_line(self) -> None:
        """The name of a file is escaped like its text."""
        found = report_of(Finding(rule="r", message="m", path="\n::error::x\x1b[2J"))
        assert found.to_text().split("\n")[0] == r"\n\x3a:error::x\x1b[2J: error[r] m"

    def test_a_long_message_is_cut(self) -> None:
        """A message that a file made long is cut."""
        found = report_of(Finding(rule="r", message="m" * 10_000, hint="h" * 10_000))
        assert max(map(len, found.to_text().split("\n"))) < 450

    def test_places_elsewhere(self) -> None:
        """A place in another file is told with that file, whose name is escaped too."""
        there = (Span(Position(2, 5), Position(2, 9)), "the first one")
        found = report_of(Finding(rule="r", message="m", path="b", elsewhere=(("a\x1b", *there), ("c", *there))))
        assert found.to_text().split("\n")[1:3] == [r"   also a\x1b:2:5: the first one", "   also c:2:5: the first one"]
        assert found.to_dict()["findings"][0]["related"][1] == {
            "path": "c",
            "line": 2,
            "column": 5,
            "end_line": 2,
            "end_column": 9,
            "message": "the first one",
        }

    def test_color(self) -> None:
        """Colour is ours, and only on request."""
        assert "\x1b[31merror[r]\x1b[0m" in report(Severity.ERROR).to_text(color=True)
        assert "\x1b" not in report(Severity.ERROR).to_text()

    def test_nothing(self) -> None:
        """Where nothing was found, that is what is said."""
        assert Report(files=(Checked(path="a"), Checked(path="b"))).to_text() == "2 files checked: nothing found\n"


class TestExitCode:
    @pytest.mark.parametrize(
        ("found", "fail_on", "expected"),
        [
            ([], "error", 0),
            ([Severity.WARNING, Severity.INFO], "error", 0),
            ([Severity.ERROR], "error", 1),
            ([Severity.WARNING], "warning", 1),
            ([Severity.ERROR], "warning", 1),
            ([Severity.INFO], "warning", 0),
            ([Severity.ERROR], "never", 0),
        ],
    )
    def test_exit_code(self, found: list[Severity], fail_on: check.FailOn, expected: int) -> None:
        """The exit code is 1 where something at or above the level was found."""
        assert expected == report(*found).exit_code(fail_on)


class TestJson:
    def test_names(self) -> None:
        """The JSON has the names of the design, is ASCII, and can be read back."""
        text = report_of(*check.check_text("alliancekit: bnk/1\nü: 1\n", path="ü.yaml")).to_json()
        data = json.loads(text)
        assert text.isascii()
        assert data["version"] == 1
        assert data["summary"] == {
            "files_checked": 1,
            "files_skipped": 0,
            "errors": 1,
            "warnings": 0,
            "infos": 0,
            "suppressed": 0,
            "fixable": 0,
        }
        assert data["findings"] == [
            {
                "rule": "unknown-document",
                "severity": "error",
                "message": "'bnk/1' is no kind of document",
                "path": "ü.yaml",
                "line": 1,
                "column": 14,
                "end_line": 1,
                "end_column": 19,
                "pointer": "/alliancekit",
                "hint": "did you mean 'bank/1'?",
                "url": "https://alliancekit.readthedocs.io/en/latest/reference/rules/unknown-document/",
                "related": [],
                "fix": {
                    "message": "write bank/1",
                    "is_safe": False,
                    "edits": [{"line": 1, "column": 14, "end_line": 1, "end_column": 19, "text": "bank/1"}],
                },
            }
        ]

    def test_a_place_of_several_lines(self) -> None:
        """The end is told too, where it is on another line."""
        text = "alliancekit: bank/1\nid: a\ntitle:\n  - A\n  - B\nlicence: MIT\n"
        (found,) = report_of(*check.check_text(text)).to_dict()["findings"]
        assert [found[part] for part in ("line", "column", "end_line", "end_column")] == [4, 3, 5, 6]

    def test_related(self) -> None:
        """Both lines of a key that is there twice are told."""
        data = report_of(*check.check_text("alliancekit: bank/1\na: 1\na: 2\n")).to_dict()
        (found,) = (one for one in data["findings"] if one["rule"] == "duplicate-key")
        assert [one["line"] for one in found["related"]] == [2]
